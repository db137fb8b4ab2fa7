"""Events as people read them on a timeline: names instead of ids, dates with their precision, evidence.

An event that did not happen is never put among those that did: each belongs to one of four groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kroniek.model import (
    Document,
    Event,
    EventMention,
    Evidence,
    HowKnown,
    Published,
    Span,
    Status,
    interval_of,
    precision_of,
    to_json,
)


class Group(StrEnum):
    """How real an event is, for a reader in a hurry."""

    HAPPENED = "happened"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"


GROUPS = {
    Status.HAPPENED: Group.HAPPENED, Status.ONGOING: Group.HAPPENED,
    Status.PLANNED: Group.PLANNED, Status.OFFERED: Group.PLANNED, Status.CALLED_FOR: Group.PLANNED,
    Status.ALLEGED: Group.ALLEGED, Status.POSSIBLE: Group.ALLEGED,
    Status.DENIED: Group.DENIED, Status.NOT_HAPPENED: Group.DENIED, Status.CANCELLED: Group.DENIED,
}  # fmt: skip

# Ways of dating that conclude rather than read.
CONCLUDED = {"publication", "narrative"}


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its publication time as the analysis found it."""

    document: Document
    published: Published
    title: str = ""

    @property
    def label(self) -> str:
        """Return what to call the report in a list: outlet or file, and the date."""
        name = self.document.origin.outlet or self.document.name or self.document.origin.path
        return f"{name}, {self.date}" if self.published.value else name

    @property
    def date(self) -> str:
        """Return the publication time; `~` stands before an inferred one."""
        mark = "~" if self.published.how is HowKnown.INFERRED else ""
        return f"{mark}{self.published.value or ''}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report with the words that carry the record: `before` + `words` + `after`."""

    document: str
    report: str
    path: str
    published: str
    before: str
    words: str
    after: str
    span: Span
    status: str = ""

    @property
    def sentence(self) -> str:
        """Return the whole sentence."""
        return f"{self.before}{self.words}{self.after}"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An event, ready to be shown."""

    id: str
    date: str  # ISO value as long as it is known, "" when unknown
    precision: str
    inferred: bool
    group: Group
    status: str
    type: str
    mode: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str
    according_to: tuple[str, ...]
    sources: int
    quotes: tuple[Quote, ...]
    judged: tuple[str, ...] = ()  # who accepted or corrected one of the tellings

    @property
    def leading(self) -> tuple[Quote, ...]:
        """Return the quotes with those first that give the event's own status."""
        return tuple(sorted(self.quotes, key=lambda quote: quote.status != self.status))

    @property
    def year(self) -> str:
        """Return the year in which the event lies, or begins; "" when that is unknown."""
        interval = interval_of(self.date)
        return f"{interval.earliest.year:04}" if interval else ""

    @property
    def shown_date(self) -> str:
        """Return the date for a table: `~` marks an inferred one, `?` an unknown one."""
        return f"{'~' if self.inferred else ''}{self.date}" if self.date else "?"


def quote(evidence: Evidence, report: Report, status: str = "") -> Quote:
    """Return the evidence's sentence, divided at the words that carry the record."""
    text, span = report.document.text, evidence.span
    sentence = evidence.sentence.joined(span)
    return Quote(
        evidence.document, report.label, report.document.origin.path, report.published.value or "",
        Span(sentence.start, span.start).of(text), span.of(text), Span(span.end, sentence.end).of(text),
        span, status,
    )  # fmt: skip


def timeline_item(
    event: Event,
    *,
    names: Mapping[str, str],
    mentions: Mapping[str, EventMention],
    report_of: Callable[[str], Report],
) -> TimelineItem:
    """Return an event with its names and quotes; `mentions` are its tellings by chronicle-wide id."""
    reports = [report_of(telling.document) for telling in event.tellings]
    return TimelineItem(
        id=event.id, date=event.time, precision=precision_of(event.time).value if event.time else "",
        inferred=is_inferred(event, mentions, report_of),
        group=GROUPS[event.status], status=event.status.value, type=event.type, mode=event.mode,
        actors=_named(event.actors, names), recipients=_named(event.recipients, names),
        place=names.get(event.place, event.place), according_to=_named(event.according_to, names),
        sources=event.sources,
        quotes=tuple(
            quote(telling.evidence, report, telling.status.value)
            for telling, report in zip(event.tellings, reports, strict=True)
        ),
        judged=event.judged,
    )  # fmt: skip


def is_inferred(
    event: Event, mentions: Mapping[str, EventMention], report_of: Callable[[str], Report]
) -> bool:
    """Tell whether an event's date was concluded: from reports without a stated day, or by how it was dated."""
    if not event.time:
        return False
    told = [
        mentions[telling.event_mention] for telling in event.tellings if telling.event_mention in mentions
    ]
    reports = (report_of(telling.document) for telling in event.tellings)
    return all(item.time_how in CONCLUDED for item in told if item.time == event.time) or all(
        report.published.how is HowKnown.INFERRED for report in reports
    )


def item_json(item: TimelineItem) -> dict[str, Any]:
    """Return a timeline item as plain values, every field present, in a fixed order."""
    return {
        "id": item.id, "date": item.date or None, "precision": item.precision or None,
        "inferred": item.inferred, "group": item.group.value, "status": item.status, "type": item.type,
        "mode": item.mode or None, "actors": list(item.actors), "recipients": list(item.recipients),
        "place": item.place or None, "according_to": list(item.according_to), "sources": item.sources,
        "judged_by": list(item.judged), "evidence": [quote_json(entry) for entry in item.quotes],
    }  # fmt: skip


def quote_json(entry: Quote) -> dict[str, Any]:
    """Return a quote as plain values."""
    return {
        "document": entry.document, "report": entry.report, "path": entry.path,
        "published": entry.published or None, "status": entry.status or None, "sentence": entry.sentence,
        "words": entry.words, **to_json(entry.span),
    }  # fmt: skip


def _named(ids: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(key, key) for key in ids))
