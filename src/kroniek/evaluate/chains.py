"""Scores of chains: who is meant by names, descriptions and pronouns together, on mentions as found.

Gold chains come from OpenBoek (van Cranenburgh and van Noord 2022; novels, every mention) or from the
gold corpus (names and the sources of statements, by actor). Beside each score stands that of a
baseline on the same mentions: those with the same head word belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain as joined
from pathlib import Path

from kroniek.errors import GoldError
from kroniek.evaluate.coreference import CoreferenceScores, score_clusters
from kroniek.evaluate.gold import GoldDocument
from kroniek.model import Span

HEADER = "#begin document"
PART = re.compile(r"(?P<open>\()?(?P<chain>\d+)(?P<close>\))?")
WORD, CHAINS = 3, -1  # columns
BEFORE_NO_BLANK = frozenset([",", ".", ":", ";", "?", "!", ")", "...", "....", "....!", "....?"])
AFTER_NO_BLANK = frozenset(["(", ",,", "„"])

Spans = Sequence[Sequence[Span]]


@dataclass(frozen=True, slots=True)
class GoldChains:
    """A text with its chains; `partial` when only some of its mentions are annotated."""

    id: str
    text: str
    chains: tuple[tuple[Span, ...], ...]
    published: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class FoundChains:
    """What the machine finds in a text: chains, and the head word of each mention."""

    chains: tuple[tuple[Span, ...], ...]
    heads: tuple[tuple[Span, Span], ...]  # mention, its head word


def is_openboek(path: Path) -> bool:
    """Tell whether a file is a novel of OpenBoek: CoNLL 2012 with a header line."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER.encode()


def read_openboek(path: Path) -> GoldChains:
    """Return a novel with its chains; a line of the text is a sentence.

    Raises GoldError with file and line for a row without the columns, or an open bracket.
    """
    text, quoted = "", False
    opened: dict[str, list[int]] = {}
    chains: dict[str, list[Span]] = {}
    glued = True
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            text += "\n" if text and not text.endswith("\n") else ""
            glued = True
            continue
        row = line.split("\t")
        if len(row) <= WORD + 1:
            raise GoldError(f"{path}:{number}: want the columns of CoNLL 2012, got {len(row)}")
        word = row[WORD]
        closing = word == '"' and quoted
        text += "" if glued or closing or word in BEFORE_NO_BLANK else " "
        quoted ^= word == '"'
        glued = word in AFTER_NO_BLANK or (word == '"' and quoted)
        _mark(row[CHAINS], Span(len(text), len(text) + len(word)), opened, chains)
        text += word
    if any(opened.values()):
        raise GoldError(f"{path}: a bracket of a chain is not closed")
    return GoldChains(path.stem, text, tuple(tuple(spans) for spans in chains.values()))


def _mark(column: str, word: Span, opened: dict[str, list[int]], chains: dict[str, list[Span]]) -> None:
    for match in PART.finditer(column):
        if match["open"]:
            opened.setdefault(match["chain"], []).append(word.start)
        if match["close"] and opened.get(match["chain"]):
            span = Span(opened[match["chain"]].pop(), word.end)
            chains.setdefault(match["chain"], []).append(span)


def gold_chains(document: GoldDocument) -> GoldChains:
    """Return the chains of a gold document: its names and the sources of its statements, by actor."""
    chains: dict[str, set[Span]] = {}
    for name in document.names:
        if name.actor:
            chains.setdefault(name.actor, set()).add(name.span)
    for item in document.attributions:
        names_it = any(item.source and item.source.covers(name.span) for name in document.names)
        if item.actor and item.source and not names_it:
            chains.setdefault(item.actor, set()).add(item.source)
    spans = tuple(tuple(sorted(chain)) for chain in chains.values())
    return GoldChains(document.id, document.text, spans, document.published or "", partial=True)


def head_matches(found: FoundChains, text: str) -> list[list[Span]]:
    """Return the baseline's chains: the found mentions with the same head word, in small letters."""
    groups: dict[str, list[Span]] = {}
    for span, head in found.heads:
        groups.setdefault(head.of(text).lower(), []).append(span)
    return list(groups.values())


def score_found(gold: GoldChains, found: FoundChains, chains: Spans) -> CoreferenceScores:
    """Return the scores of one document.

    Where all mentions are annotated, a found one must be exact. Where only some are, a found mention
    stands for the gold one that holds its head word, and what stands for none is left out.
    """
    if not gold.partial:
        return score_clusters(gold.chains, _each_once(chains))
    standing = _standing(gold, dict(found.heads))
    kept = ([standing[span] for span in chain if span in standing] for chain in chains)
    return score_clusters(gold.chains, _each_once(kept))


def _standing(gold: GoldChains, heads: dict[Span, Span]) -> dict[Span, Span]:
    """Return the gold mention that each found mention stands for; the shortest that holds its head."""
    wanted = sorted(joined.from_iterable(gold.chains), key=len)
    by_place: dict[int, Span] = {}
    for span in wanted:
        for place in range(span.start, span.end):
            by_place.setdefault(place, span)
    taken: dict[Span, Span] = {}
    for found, head in heads.items():
        meant = by_place.get(head.start)
        if meant is not None and (meant not in taken or len(found) > len(taken[meant])):
            taken[meant] = found
    return {found: meant for meant, found in taken.items()}


def _each_once(chains: Iterable[Iterable[Span]]) -> list[list[Span]]:
    seen: set[Span] = set()
    kept = []
    for chain in chains:
        fresh = list(dict.fromkeys(span for span in chain if span not in seen))
        seen.update(fresh)
        if fresh:
            kept.append(fresh)
    return kept


def score_chains(pairs: Iterable[tuple[GoldChains, FoundChains]]) -> dict[str, float]:
    """Return the scores over documents in percent: CoNLL, MUC, B-cubed, CEAF-e, the baseline, the gain."""
    ours, baseline = CoreferenceScores(), CoreferenceScores()
    for gold, found in pairs:
        ours += score_found(gold, found, found.chains)
        baseline += score_found(gold, found, head_matches(found, gold.text))
    return {
        "coreference conll": ours.conll,
        "coreference muc": 100 * ours.muc.f1,
        "coreference b3": 100 * ours.b_cubed.f1,
        "coreference ceafe": 100 * ours.ceaf_e.f1,
        "coreference head match": baseline.conll,
        "coreference gain": ours.conll - baseline.conll,
    }


def chain_table(scores: dict[str, float]) -> str:
    """Return the scores of `score_chains`, one a line."""
    return "\n".join(f"{name:<24}{value:6.1f}" for name, value in scores.items())
