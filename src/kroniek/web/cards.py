"""One record as a reviewer sees it: its sentence in context, the reading, what can be chosen, who judged it."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from kroniek.errors import NotFoundError
from kroniek.judging import Place, applied_to, before_correction, judged_at
from kroniek.model import Analysis, Attribution, EventMention, Judgement, Span, record_id
from kroniek.publish.timeline import Report
from kroniek.review.apply import Applied
from kroniek.review.coding import QUESTIONS, Unit, options_of
from kroniek.review.fields import FIELDS, read_field
from kroniek.review.kinds import AGREEMENT, EVENT, LAYERS, NAME, STATEMENT, TIME, place_of
from kroniek.review.state import token_of
from kroniek.review.values import entities_of, names_of
from kroniek.store import judgements as stored
from kroniek.store.load import load_report

# The field that the digits choose a value of, and the layer of questions that gives the values.
CHOSEN: dict[str, str] = {NAME: "links", STATEMENT: "statements", EVENT: "status", AGREEMENT: "phases"}
SHOWN: dict[str, tuple[str, ...]] = {
    NAME: ("type", "entity"), TIME: ("type", "value"), STATEMENT: ("sources", "stance", "addressees", "time"),
    EVENT: ("type", "mode", "actors", "recipients", "time", "place", "status"),
    AGREEMENT: ("phase", "status", "time", "parties"),
}  # fmt: skip
LONGEST_CONTEXT = 700  # code points on each side
CODES = {"type", "mode", "status", "stance", "phase", "kind"}  # fields whose values have words of their own


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence and what part of the record they are: "" for none."""

    words: str
    part: str


@dataclass(frozen=True, slots=True)
class Value:
    """A field: its text for the form, its words for people, and who corrected it."""

    name: str
    text: str
    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen with one key."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A record to be judged. `place` and `token` go back with every decision about it."""

    place: Place
    token: str
    present: str  # its id now, "" when it was rejected
    before: str
    sentence: tuple[Piece, ...]
    after: str
    span: Span
    words: str
    report: Report
    values: tuple[Value, ...]
    field: str
    options: tuple[Option, ...]
    rows: tuple[Judgement, ...]
    verdict: str
    base: Any
    record: Any
    analysis: Analysis

    @property
    def kind(self) -> str:
        """Return the kind of the record."""
        return self.place.kind

    def value(self, name: str) -> Value:
        """Return one of the values by its field's name."""
        return next(value for value in self.values if value.name == name)

    def people(self, name: str) -> tuple[Any, ...]:
        """Return the entities of a field."""
        return entities_of(self.value(name).text)


def card_of(connection: Connection, kind: str, document: str, record: str) -> Card:
    """Return the card of a record, by its id now or before correction; raises NotFoundError."""
    applied = applied_to(connection, document)
    place = Place(kind, document, before_correction(applied, record))
    judged = judged_at(applied, place)
    machine = stored.machine_analysis(connection, document)
    base = judged.base if judged else _record(machine, kind, record)
    if base is None:
        raise NotFoundError(f"no record {record!r} in this chronicle")
    now = judged.record if judged else _record(applied.analysis, kind, record) or base
    rows = judged.rows if judged else ()
    return _card(place, applied, base, now, rows, Report(*load_report(connection, document)))


def _record(analysis: Analysis, kind: str, record: str) -> Any:
    document = analysis.document.id
    return next(
        (item for item in getattr(analysis, LAYERS[kind]) if record_id(document, item.id) == record), None
    )


def _card(
    place: Place, applied: Applied, base: Any, now: Any, rows: Sequence[Judgement], report: Report
) -> Card:
    shown = now or base
    analysis = applied.analysis
    span = place_of(shown)
    before, whole, after = surroundings(analysis, parts_of(shown))
    open_rows = tuple(row for row in rows if not row.task.startswith("sample:"))
    verdict = (
        "rejected" if now is None else "corrected" if any(r.verdict == "corrected" for r in open_rows) else ""
    )
    accepted = any(row.verdict in ("accepted", "added") for row in open_rows)
    return Card(
        place, token_of(rows), record_id(place.document, now.id) if now else "", before.of(analysis.text),
        pieces(analysis.text, whole, parts_of(shown)), after.of(analysis.text), span, span.of(analysis.text), report,
        tuple(_values(place.kind, shown, analysis, open_rows)), QUESTIONS[CHOSEN[place.kind]][1] if place.kind in CHOSEN else "",
        tuple(options(place, shown, analysis)), open_rows, verdict or ("accepted" if accepted else ""), base, now, analysis,
    )  # fmt: skip


def _values(kind: str, record: Any, analysis: Analysis, rows: Iterable[Judgement]) -> Iterable[Value]:
    by = {row.field: row.by for row in rows if row.verdict == "corrected"}
    for name in dict.fromkeys((*SHOWN[kind], *FIELDS[kind])):
        text = read_field(kind, name, record, analysis)
        yield Value(name, text, _words(name, text, analysis), by.get(name, ""))


def _words(name: str, text: str, analysis: Analysis) -> str:
    if name in ("span", "trigger", "cue", "content", "source"):
        return " … ".join(_span(part).of(analysis.text) for part in text.split())
    return names_of(text)


def _span(part: str) -> Span:
    start, _, end = part.partition("-")
    return Span(int(start), int(end))


def options(place: Place, record: Any, analysis: Analysis) -> Iterable[Option]:
    """Yield the values that can be chosen with one key."""
    layer = CHOSEN.get(place.kind)
    if layer is None:
        return
    name = QUESTIONS[layer][1]
    unit = Unit(layer, place.document, place.record, Span(0, 0), "")
    present = read_field(place.kind, name, record, analysis)
    for value in options_of(unit, record, analysis):
        yield Option(value, names_of(value), value == present)


def parts_of(record: Any) -> list[tuple[Span, str]]:
    """Return the words of a record's parts with what they are."""
    if isinstance(record, Attribution):
        found = [(span, "cue") for span in record.cue] + [(span, "content") for span in record.content]
        return [*found, *([(record.source, "source")] if record.source else [])]
    if isinstance(record, EventMention):
        named = [(item.span, item.role) for item in record.arguments if item.span]
        return [*((span, "trigger") for span in record.trigger), *named]
    return [(place_of(record), "trigger")]


def surroundings(analysis: Analysis, parts: Sequence[tuple[Span, str]]) -> tuple[Span, Span, Span]:
    """Return the sentence before, the sentences that hold the parts, and the sentence after."""
    size = len(analysis.text)
    near = [span for span, _ in parts]
    start, end = min(span.start for span in near), max(span.end for span in near)
    if not analysis.sentences:
        whole = Span(max(0, start - LONGEST_CONTEXT), min(size, end + LONGEST_CONTEXT))
        return Span(whole.start, whole.start), whole, Span(whole.end, whole.end)
    spans = [item.span for item in analysis.sentences]
    first = max(0, bisect_right(spans, start, key=lambda span: span.start) - 1)
    last = max(first, bisect_right(spans, max(start, end - 1), key=lambda span: span.start) - 1)
    begin = max(spans[first].start, start - LONGEST_CONTEXT)
    whole = Span(min(begin, start), max(end, min(spans[last].end, end + LONGEST_CONTEXT)))
    before = Span(max(spans[max(0, first - 1)].start, whole.start - LONGEST_CONTEXT), whole.start)
    after_end = spans[min(len(spans) - 1, last + 1)].end
    after = Span(whole.end, max(whole.end, min(after_end, whole.end + LONGEST_CONTEXT)))
    return before if before.start <= before.end else Span(whole.start, whole.start), whole, after


def pieces(text: str, whole: Span, parts: Sequence[tuple[Span, str]]) -> tuple[Piece, ...]:
    """Return a stretch of text cut at the borders of the parts; where parts overlap the shorter one is named."""
    inside = [(span, part) for span, part in parts if span.overlaps(whole)]
    borders = {whole.start, whole.end}
    for span, _ in inside:
        borders |= {max(whole.start, span.start), min(whole.end, span.end)}
    ordered = sorted(borders)
    found = []
    for start, end in itertools.pairwise(ordered):
        over = [item for item in inside if item[0].start <= start and end <= item[0].end]
        part = min(over, key=lambda item: len(item[0]))[1] if over else ""
        found.append(Piece(text[start:end], part))
    return tuple(found)


__all__ = ["Card", "card_of", "pieces", "surroundings"]
