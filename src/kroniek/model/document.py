"""A report as it was read: immutable text, its origin, its zones and its publication time."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from kroniek.model.dates import Interval, interval_of
from kroniek.model.span import Span, content_id

STATED_FROM = 0.8  # share of the weight from which on a day becomes the inferred value
LEAST_KEPT = 0.0005  # days with a smaller share of the weight are not listed
MOST_DAYS = 62  # candidates for a day of publication; a report known to the year alone is left alone


class ZoneKind(StrEnum):
    """The function of a stretch of a document."""

    TITLE = "title"
    HEADER = "header"  # dateline, source line, byline, update stamps
    CAPTION = "caption"
    CREDIT = "credit"
    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the document with one function; zones are in text order and do not overlap."""

    kind: ZoneKind
    span: Span


class HowKnown(StrEnum):
    """Where a publication time comes from."""

    STATED = "stated"  # the report's own header or metadata says so
    GIVEN = "given"  # a column, an option or a file said so
    INFERRED = "inferred"  # concluded from the text and from other reports
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """Publication time with the precision that is known, and how we know it.

    `value` is an ISO prefix (`2017-04`, `2016-09-09T00:34`) or None. `weights` is the
    distribution over days (ISO day, probability) when the time was inferred; `grounds` says from what.
    """

    value: str | None = None
    how: HowKnown = HowKnown.UNKNOWN
    grounds: str = ""
    span: Span | None = None
    weights: tuple[tuple[str, float], ...] = ()

    @property
    def interval(self) -> Interval | None:
        """Return the days in which the report can have appeared, or None when unknown."""
        return interval_of(self.value) if self.value else None

    @property
    def day(self) -> date | None:
        """Return the day of publication, or None when it is not known to the day."""
        interval = self.interval
        return interval.earliest if interval and interval.earliest == interval.latest else None

    def candidates(self) -> list[date]:
        """Return the days that have a weight, else those of the stated time; none for more than two months."""
        if self.weights:
            return sorted(date.fromisoformat(day) for day, _ in self.weights)
        interval = self.interval
        if interval is None or interval.days() > MOST_DAYS:
            return []
        return [interval.earliest + timedelta(days=count) for count in range(interval.days())]

    def weighed(self, weights: Mapping[date, float], grounds: Sequence[str]) -> Published:
        """Return the publication time with normalised weights for its days, and what they rest on.

        A day from 80% on becomes the value, with `how` inferred; below that the value stays what the
        report states. Without weight or grounds nothing changes.
        """
        total = sum(weights.values())
        if not total or not grounds:
            return self
        shares = sorted(
            ((day, weight / total) for day, weight in weights.items()), key=lambda item: (-item[1], item[0])
        )
        kept = tuple((day.isoformat(), round(share, 4)) for day, share in shares if share >= LEAST_KEPT)
        inferred = replace(self, weights=kept, grounds="; ".join(grounds))
        if shares[0][1] < STATED_FROM:
            return inferred
        return replace(inferred, value=shares[0][0].isoformat(), how=HowKnown.INFERRED)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: a file's name as the user gave it, and the record inside it."""

    path: str
    record: str = ""  # line or row number inside a collection, "" for a file that is one report
    format: str = "text"
    outlet: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report. The text never changes; every span of every record points into it.

    `id` hashes text, outlet and stated time, so that the same report read twice is one document.
    `raw_offsets` maps text to source where they differ: pairs (offset in text, offset in source),
    sorted; between two pairs the distance is constant. For HTML the source is the extracted text.
    """

    text: str
    origin: Origin
    language: str = "nl"
    name: str = ""  # an id that the input gave (a JSON Lines `id`), or ""
    title: str = ""  # a title that stands in the input's metadata and not in the text
    given: Published = field(default_factory=Published)
    updated: str | None = None
    agencies: tuple[str, ...] = ()  # credits found in metadata or markup only
    raw_offsets: tuple[tuple[int, int], ...] = ()
    hint_zones: tuple[Zone, ...] = ()  # what a reader knew from markup (headings, captions)

    @property
    def id(self) -> str:
        """Return the content hash that names the document."""
        return content_id("doc", self.text, self.origin.outlet, self.given.value or "", self.name)

    def source_offset(self, offset: int) -> int:
        """Return where a code point of the text stands in the source, before NFC and newlines."""
        before = bisect_right(self.raw_offsets, (offset, sys.maxsize))
        here, there = self.raw_offsets[before - 1] if before else (0, 0)
        return there + offset - here


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a report states; spans point to the words where they stand in the text."""

    published: Published = field(default_factory=Published)
    updated: str | None = None
    agencies: tuple[str, ...] = ()
    byline: str = ""
    photo_credit: str = ""
    place: str = ""  # of a dateline such as `GENÈVE -`
    title: str = ""
    captions: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
