"""Quotations of OpenBoek (van Cranenburgh and others 2022): novels with quotations, their speakers and who is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from kroniek.errors import GoldError
from kroniek.evaluate.scores import Counts, Metric, Tally
from kroniek.model import Analysis, Span

TAG = re.compile(r"<(?P<close>/?)(?P<name>\w+)(?P<attributes>[^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of a novel and its speaker: a quotation, or words that name one; `other` is the one's id for the other."""

    span: Span
    speaker: str
    id: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Novel:
    """A novel's text, a line for each sentence, with its quotations and the words that name their speakers."""

    id: str
    text: str
    quotes: tuple[Spoken, ...]
    namings: tuple[Spoken, ...]


def read_novel(path: Path) -> Novel:
    """Return the text of a file without its tags, its quotations and namings. Raises GoldError for another form."""
    raw = path.read_text(encoding="utf-8")
    start, end = raw.find("<text>"), raw.rfind("</text>")
    if start < 0 or end < start:
        raise GoldError(f"{path}: no OpenBoek file with quotations: it has no element `text`")
    text, last = "", start + len("<text>")
    opened: dict[str, tuple[int, dict[str, str]]] = {}
    found: dict[str, list[Spoken]] = {"quote": [], "mention": []}
    for tag in TAG.finditer(raw, last, end):
        text += unescape(raw[last : tag.start()])
        last = tag.end()
        if tag["name"] not in found:
            continue
        if not tag["close"]:
            opened[tag["name"]] = len(text), dict(ATTRIBUTE.findall(tag["attributes"]))
        elif tag["name"] in opened:
            first, has = opened.pop(tag["name"])
            spoken = Spoken(
                Span(first, len(text)), has.get("speaker", ""), has.get("id", ""), has.get("connection", "")
            )
            found[tag["name"]].append(spoken)
    text += unescape(raw[last:end])
    return Novel(path.stem, text, tuple(found["quote"]), tuple(found["mention"]))


def words_of(span: Span, text: str) -> Span | None:
    """Return a span without what is no word at its ends; None when no word is left."""
    words = re.search(r"\w(?:.*\w)?", span.of(text), re.DOTALL)
    return Span(span.start + words.start(), span.start + words.end()) if words else None


def speech_of(analysis: Analysis) -> list[Span]:
    """Return the stretches of speech that were found, those inside others left out."""
    found: list[Span] = []
    for quotation in analysis.quotations:
        if quotation.speech and not (found and found[-1].covers(quotation.span)):
            found.append(quotation.span)
    return found


def compare_quotes(novel: Novel, found: Iterable[Span]) -> tuple[set[Span], set[Span]]:
    """Return the words of the quotations wanted and of those found; marks and white space at the ends do not count."""
    wanted = {words for quote in novel.quotes if (words := words_of(quote.span, novel.text))}
    answered = {words for span in found if (words := words_of(span, novel.text))}
    return wanted, answered


def score_quotes(pairs: Iterable[tuple[Novel, Analysis]]) -> list[Metric]:
    """Return the F1 of quotation spans: the same words from first to last."""
    tally = Tally()
    for novel, analysis in pairs:
        tally.next_document()
        wanted, answered = compare_quotes(novel, speech_of(analysis))
        tally.add("quotation spans", Counts(len(wanted & answered), len(answered), len(wanted)))
    return tally.metrics()


def score_speakers(pairs: Iterable[tuple[Novel, Analysis]]) -> list[Metric]:
    """Return the F1 of speakers over the quotations of the gold.

    Right is a source that overlaps the words naming the speaker, or an entity most of whose mentions, among
    those that the gold names, are of this speaker.
    """
    tally = Tally()
    for novel, analysis in pairs:
        tally.next_document()
        entities = _speakers_of_entities(novel, analysis)
        for quote in novel.quotes:
            answers = [a for a in analysis.attributions if any(quote.span.overlaps(c) for c in a.content)]
            sources = [answer for answer in answers if answer.source is not None or answer.sources]
            right = any(_is_right(quote, item.source, item.sources, novel, entities) for item in sources)
            tally.add("quotation speakers", Counts(int(right), int(bool(sources)), 1))
    return tally.metrics()


def _is_right(
    quote: Spoken, source: Span | None, ids: Iterable[str], novel: Novel, entities: dict[str, str]
) -> bool:
    if source is not None and any(
        naming.speaker == quote.speaker and naming.span.overlaps(source) for naming in novel.namings
    ):
        return True
    return any(entities.get(entity) == quote.speaker for entity in ids)


def _speakers_of_entities(novel: Novel, analysis: Analysis) -> dict[str, str]:
    """Return for each entity the speaker that most of its mentions name."""
    spans = {mention.id: mention.span for mention in (*analysis.mentions, *analysis.references)}
    counts: dict[str, Counter[str]] = {}
    for link in (*analysis.links, *analysis.coreferences):
        span = spans.get(link.mention)
        for naming in novel.namings:
            if span is not None and naming.span.overlaps(span):
                for entity in link.entities:
                    counts.setdefault(entity, Counter())[naming.speaker] += 1
    return {entity: count.most_common(1)[0][0] for entity, count in counts.items()}
