"""The kinds of records that people judge: where they lie in an analysis, and the words they are found by."""

from __future__ import annotations

from typing import Any

from kroniek.model import (
    AgreementMention,
    Attribution,
    EventMention,
    Mention,
    Span,
    Timex,
)

NAME, TIME, STATEMENT, EVENT, AGREEMENT = "name", "time", "statement", "event", "agreement"
STORY, ENTITY = "story", "entity"  # which tellings are one event; which entities are one

LAYERS: dict[str, str] = {
    NAME: "mentions", TIME: "timexes", STATEMENT: "attributions", EVENT: "events", AGREEMENT: "agreements",
}  # fmt: skip
RECORDS: dict[str, type] = {
    NAME: Mention, TIME: Timex, STATEMENT: Attribution, EVENT: EventMention, AGREEMENT: AgreementMention,
}  # fmt: skip


def place_of(record: Any) -> Span:
    """Return the words by which a record is found again: its own, its cue, its trigger, or its head."""
    if isinstance(record, EventMention):
        return record.trigger[0]
    if isinstance(record, Attribution):
        return record.cue[0]
    if isinstance(record, AgreementMention):
        return record.head
    span: Span = record.span
    return span
