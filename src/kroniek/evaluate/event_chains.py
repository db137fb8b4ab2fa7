"""Event coreference of MEANTIME (Minard et al. 2016), from the columns of the CLIN26 shared task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kroniek.errors import ReadError
from kroniek.evaluate.coreference import CoreferenceScores, score_clusters
from kroniek.merge.coreference import link_across, link_events
from kroniek.model import Analysis, Document, Origin, Span, Zone, ZoneKind

PART = re.compile(r"(?P<open>\()?(?P<chain>\d+)(?P<close>\))?")
WORD, MARK = 2, 3  # columns of a row: file, number, word, chains


def read_event_chains(record: Mapping[str, Any]) -> tuple[Analysis, list[list[Span]]]:
    """Return a document with a zone for each sentence, and its chains of event mentions in text order.

    A mention that stands in two chains counts for the first. Raises ReadError when a bracket is not
    closed or the document has no such columns.
    """
    if "clin26_coref_event" not in record:
        raise ReadError(f"{record.get('id', '?')}: has no column of event chains")
    text, zones = "", []
    chains: dict[str, list[Span]] = {}
    opened: dict[str, list[int]] = {}
    for sentence in record["clin26_coref_event"]:
        start = len(text)
        for row in sentence:
            span = Span(len(text), len(text) + len(row[WORD]))
            text += row[WORD] + " "
            _mark(row[MARK], span, opened, chains)
        zones.append(Zone(ZoneKind.PARAGRAPH, Span(start, max(start, len(text) - 1))))
        text = text[:-1] + "\n"
    if any(opened.values()):
        raise ReadError(f"{record.get('id', '?')}: a bracket of an event chain is not closed")
    document = Document(text, Origin(str(record.get("id", ""))))
    return Analysis(document, zones=tuple(zones)), _once(chains.values())


def _mark(column: str, span: Span, opened: dict[str, list[int]], chains: dict[str, list[Span]]) -> None:
    for match in PART.finditer(column):
        starts = opened.setdefault(match["chain"], [])
        if match["open"]:
            starts.append(span.start)
        if match["close"] and starts:
            chains.setdefault(match["chain"], []).append(Span(starts.pop(), span.end))


def _once(chains: Iterable[Sequence[Span]]) -> list[list[Span]]:
    seen: set[Span] = set()
    kept = []
    for chain in chains:
        fresh = sorted(set(chain) - seen)
        seen.update(fresh)
        if fresh:
            kept.append(fresh)
    return kept


def score_event_links(articles: Sequence[tuple[Analysis, Sequence[Sequence[Span]]]]) -> dict[str, float]:
    """Return CoNLL scores of linking the gold's event mentions, in percent, beside the usual baseline.

    `articles` are parsed analyses with their chains. `lemma` groups mentions with the same head lemma.
    `across` pools the mentions of all articles: the columns number their chains anew in each article, so
    that the gold links none of two articles and wrong links between articles are what is measured.
    """
    within, lemma, pooled, found = CoreferenceScores(), CoreferenceScores(), [], []
    for number, (analysis, chains) in enumerate(articles):
        mentions = sorted(span for chain in chains for span in chain)
        found.append((analysis, [(span,) for span in mentions]))
        groups = link_events(analysis, found[-1][1])
        within += score_clusters(chains, [[mentions[place] for place in group] for group in groups])
        by_lemma = _by_lemma([(number, analysis, mentions)])
        lemma += score_clusters(chains, [[span for _, span in group] for group in by_lemma])
        pooled += [[(number, span) for span in chain] for chain in chains]
    listed = [(number, item[0], [spans[0] for spans in item[1]]) for number, item in enumerate(found)]
    across = [
        [(number, found[number][1][place][0]) for number, place in group] for group in link_across(found)
    ]
    scores = score_clusters(pooled, across), score_clusters(pooled, _by_lemma(listed))
    return {
        "events within conll": within.conll, "events within gain": within.conll - lemma.conll,
        "events across conll": scores[0].conll, "events across gain": scores[0].conll - scores[1].conll,
    }  # fmt: skip


def _by_lemma(articles: Iterable[tuple[int, Analysis, Sequence[Span]]]) -> list[list[tuple[int, Span]]]:
    """Return the mentions of articles, as (article, span), grouped by the lemma of their first word."""
    groups: dict[str, list[tuple[int, Span]]] = {}
    for number, analysis, mentions in articles:
        lemmas = {token.start: token.lemma.lower() for token in analysis.tokens}
        for span in mentions:
            groups.setdefault(lemmas.get(span.start, f"{number} {span}"), []).append((number, span))
    return list(groups.values())
