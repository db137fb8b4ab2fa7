"""Promises and offers with what became of them: kept, broken, expired or open, each step quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kroniek.merge.sentences import sentence_around
from kroniek.model import (
    Analysis,
    Attribution,
    Commitment,
    Event,
    EventMention,
    Evidence,
    Stance,
    Status,
    content_id,
    interval_of,
    record_id,
)  # fmt: skip

KEPT = frozenset({Status.HAPPENED, Status.ONGOING})
BROKEN = frozenset({Status.CANCELLED, Status.NOT_HAPPENED})


def find_commitments(analyses: Sequence[Analysis], events: Sequence[Event]) -> tuple[Commitment, ...]:
    """Return what sources promised or announced of their own acts, by document and place.

    The outcome is read from the event that the content tells, as later reports tell it: kept when it
    happened, broken when it was cancelled or did not happen, expired when its day had passed at the
    last report, else open.
    """
    merged = {telling.event_mention: event for event in events for telling in event.tellings}
    last = max((day for analysis in analyses if (day := _day(analysis.published.value or ""))), default=None)
    found = [
        commitment
        for analysis in sorted(analyses, key=lambda item: item.document.id)
        for commitment in _of_document(analysis, merged, last)
    ]
    return tuple(found)


def _day(value: str) -> date | None:
    interval = interval_of(value) if value else None
    return interval.latest if interval else None


def _of_document(analysis: Analysis, merged: dict[str, Event], last: date | None) -> Iterable[Commitment]:
    for statement in analysis.attributions:
        if statement.stance is Stance.PROMISES and statement.content:
            told = [event for event in analysis.events if event.attribution == statement.id]
            yield _commitment(analysis, statement, told, merged, last)


def _commitment(
    analysis: Analysis,
    statement: Attribution,
    told: Sequence[EventMention],
    merged: dict[str, Event],
    last: date | None,
) -> Commitment:
    document = analysis.document.id
    events = [event for item in told if (event := merged.get(record_id(document, item.id)))]
    words = Evidence(document, statement.content[0], sentence_around(analysis, statement.cue[0]))
    promised = analysis.published.value or ""
    due = max((event.time for event in events if event.interval), default="")
    own = {record_id(document, item.id) for item in told}
    later = [
        telling for event in events for telling in event.tellings
        if telling.event_mention not in own and telling.status in KEPT | BROKEN and telling.reported >= promised
    ]  # fmt: skip
    later.sort(key=lambda telling: (telling.reported, telling.event_mention))
    outcome = "open"
    if later:
        outcome = "kept" if later[-1].status in KEPT else "broken"
    elif due and last and (day := _day(due)) and day < last:
        outcome = "expired"
    return Commitment(
        content_id("commitment", document, statement.id), statement.sources, statement.addressees, words, due, outcome,
        tuple(telling.evidence for telling in later),
    )  # fmt: skip
