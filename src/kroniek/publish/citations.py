"""What formats for other programs share: an event in one line, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kroniek.model import Evidence, precision_of
from kroniek.publish.source import (
    Quotes,
    Settings,
    Source,
    Told,
    names_of,
    sentence_of,
    words_of,
)
from kroniek.publish.tables.column import shortened
from kroniek.publish.tables.events import EventRow, event_row
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.meanings import ONTOLOGY


def chosen(source: Source, settings: Settings) -> Iterator[EventRow]:
    """Yield the events with the statuses that are asked for."""
    return (event_row(source, told) for told in source.told() if told.event.status in settings.statuses)


def left_out(number: int, why: str) -> tuple[str, ...]:
    """Return the note on events that could not be written, none for no events."""
    return (f"{number} {'event' if number == 1 else 'events'} {why}",) if number else ()


def headline(source: Source, told: Told) -> str:
    """Return an event in one line: who, what, to whom, and its status where it did not happen.

    `John Kerry, Sergey Lavrov: consult by phone`; `Russia: withdraw (planned)`.
    """
    event = told.event
    actors, recipients = names_of(source, event.actors), names_of(source, event.recipients)
    what = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    line = f"{', '.join(actors) or 'Unknown actor'}: {what}"
    if recipients:
        line += f" → {', '.join(recipients)}"
    if event.status not in ONTOLOGY.happened:
        line += f" ({event.status.value.replace('_', ' ')})"
    return clean(line)


def passage(source: Source, evidence: Evidence, settings: Settings) -> dict[str, Any]:
    """Return where the words of a record stand, with the words as far as the settings allow."""
    report = source.report(evidence.document)
    words = words_of(source, evidence)
    found: dict[str, Any] = {
        "document_id": evidence.document, "report": report.label, "title": report.title,
        "url": report.document.origin.url, "start": evidence.span.start, "end": evidence.span.end,
        "sha256": words.sha256,
    }  # fmt: skip
    if settings.quotes is not Quotes.NONE:
        found["words"] = shown_words(words.words, settings)
    if settings.quotes is Quotes.FULL:
        found["sentence"] = sentence_of(source, evidence).words
    return {name: clean(value) if isinstance(value, str) else value for name, value in found.items()}


def shown_words(words: str, settings: Settings) -> str:
    """Return words of a report as the settings allow: whole, cut, or none."""
    if settings.quotes is Quotes.NONE:
        return ""
    return words if settings.quotes is Quotes.FULL else shortened(words)


def cited(found: dict[str, Any]) -> str:
    """Return a passage as one line for people: its sentence or words, and its report with offsets."""
    quote = found.get("sentence") or found.get("words") or ""
    place = f"{found['report']}, {found['start']}–{found['end']}"
    return f"“{' '.join(quote.split())}” ({place})" if quote else f"({place})"


def date_words(value: str) -> str:
    """Return an ISO date with its precision: `2016-09 (precision: month)`."""
    return f"{value} (precision: {precision_of(value).value})" if value else "date unknown"
