"""The text of a report cut into pieces by what was found in it, so that layers can be shown and hidden.

A long report is read in parts: only what lies in one part is looked up and drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Any

from sqlalchemy import Connection, text

from kroniek.model import Attribution, EventMention, Link, Mention, Span, Timex, Zone
from kroniek.publish.timeline import GROUPS
from kroniek.store.codec import loads

LAYERS = ("names", "times", "statements", "events", "zones", "own")
PART = 24_000  # code points of a part, about
MOST_MARKS = 4_000  # of one layer in one part
BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one layer. `detail` says what they are; `target` is where their record is shown."""

    layer: str
    span: Span
    kind: str  # a class of its own inside the layer: an event's group, a statement's part
    detail: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two borders of marks, with the classes of all marks over them."""

    words: str
    start: int
    classes: str
    target: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch between line ends: a paragraph, a heading, a title."""

    zone: str
    start: int
    pieces: tuple[Piece, ...]


def part_at(content: str, place: int) -> Span:
    """Return the part of a text that holds a place; parts begin and end at line ends where there are any."""
    start = 0
    while True:
        end = _part_end(content, start)
        if place < end or end >= len(content):
            return Span(start, end)
        start = end


def _part_end(content: str, start: int) -> int:
    end = start + PART
    if end >= len(content):
        return len(content)
    for sign in ("\n", " "):
        found = content.rfind(sign, start + PART // 2, end)
        if found > 0:
            return found + 1
    return end


def cut(content: str, part: Span, marks: Sequence[Mark], zones: Sequence[Zone]) -> list[Block]:
    """Return the part's lines as blocks of pieces."""
    inside = sorted((mark for mark in marks if mark.span.overlaps(part)), key=lambda mark: mark.span)
    blocks: list[Block] = []
    active: list[Mark] = []
    following = zone = 0
    for line in _lines(content, part):
        active = [mark for mark in active if mark.span.end > line.start]
        while following < len(inside) and inside[following].span.start < line.end:
            active.append(inside[following])
            following += 1
        over = [mark for mark in active if mark.span.end > line.start]
        while zone < len(zones) and zones[zone].span.end <= line.start:
            zone += 1
        blocks.append(Block(_kind(zones, zone, line), line.start, tuple(_pieces(content, line, over))))
    return blocks


def _kind(zones: Sequence[Zone], first: int, line: Span) -> str:
    """Return the kind of the zone that has most of a line, of those from `first` on; "" when none has any."""
    over = takewhile(lambda zone: zone.span.start < line.end, islice(zones, first, None))
    widest = max(over, key=lambda zone: _shared(zone.span, line), default=None)
    return widest.kind.value if widest else ""


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _lines(content: str, part: Span) -> Iterator[Span]:
    start = part.start
    for match in BREAK.finditer(content, part.start, part.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < part.end:
        yield Span(start, part.end)


def _pieces(content: str, line: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    borders = {line.start, line.end}
    for mark in marks:
        borders |= {max(line.start, mark.span.start), min(line.end, mark.span.end)}
    active: list[Mark] = []
    following = 0
    for start, end in pairwise(sorted(borders)):
        while following < len(marks) and marks[following].span.start <= start:
            active.append(marks[following])
            following += 1
        active = [mark for mark in active if mark.span.end > start]
        yield _piece(content[start:end], start, active)


def _piece(words: str, start: int, over: Sequence[Mark]) -> Piece:
    classes = dict.fromkeys(name for mark in over for name in (mark.layer, f"{mark.layer}-{mark.kind}"))
    linked = sorted(
        (mark for mark in over if mark.target), key=lambda mark: (mark.layer != "events", len(mark.span))
    )
    titles = dict.fromkeys(mark.detail for mark in over if mark.detail)
    return Piece(words, start, " ".join(classes), linked[0].target if linked else "", " · ".join(titles))


@dataclass(frozen=True, slots=True)
class Layers:
    """What was found in one part of a report, as the steps gave it."""

    zones: tuple[Zone, ...]
    names: tuple[tuple[Mention, tuple[str, ...]], ...]  # with the entities that are meant
    times: tuple[Timex, ...]
    statements: tuple[tuple[str, Attribution], ...]  # with chronicle-wide ids
    tellings: tuple[tuple[str, EventMention], ...]


def load_layers(connection: Connection, pk: int, part: Span) -> Layers:
    """Return what was found in a part of the document with that key."""

    def rows(table: str, kind: Any, more: str = "", column: str = "payload") -> list[Any]:
        query = text(
            f'SELECT {column} FROM {table} WHERE document = :pk AND start < :end AND "end" > :start {more}'
            " ORDER BY start LIMIT :most"
        )
        values = {"pk": pk, "start": part.start, "end": part.end, "most": MOST_MARKS}
        return [(*row[:-1], loads(kind, row[-1])) for row in connection.execute(query, values)]

    mentions = [mention for (mention,) in rows("mention", Mention, "AND layer = 'mentions'")]
    meant = _meant(connection, pk, [mention.id for mention in mentions])
    return Layers(
        tuple(zone for (zone,) in rows("zone", Zone)),
        tuple((mention, meant.get(mention.id, ())) for mention in mentions),
        tuple(timex for (timex,) in rows("timex", Timex)),
        tuple(rows("attribution", Attribution, column="id, payload")),
        tuple(rows("event_mention", EventMention, column="id, payload")),
    )


def _meant(connection: Connection, pk: int, mentions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    wanted = set(mentions)
    query = text("SELECT mention, payload FROM link WHERE document = :pk AND layer = 'links'")
    rows = connection.execute(query, {"pk": pk})
    return {row[0]: loads(Link, row[1]).entities for row in rows if row[0] in wanted}


def telling_marks(tellings: Iterable[tuple[str, EventMention]], events: dict[str, str]) -> Iterator[Mark]:
    """Yield the marks of tellings; `events` leads from a telling's id to its merged event's."""
    for identity, mention in tellings:
        target = f"/events/{events[identity]}" if identity in events else ""
        for span in mention.trigger:
            yield Mark("events", span, GROUPS[mention.status].value, f"{mention.type}", target)


def statement_marks(statements: Iterable[tuple[str, Attribution]]) -> Iterator[Mark]:
    """Yield the marks of statements: source, cue and content apart."""
    for identity, item in statements:
        target = f"/statements/{identity}"
        if item.source:
            yield Mark("statements", item.source, "source")
        yield from (Mark("statements", span, "cue", item.stance.value, target) for span in item.cue)
        yield from (Mark("statements", span, "content") for span in item.content)
