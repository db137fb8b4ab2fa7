"""What is new since a day: events, changes, contradictions, phases, and what is past due.

Two states of the chronicle are compared: what was known before, and what is known now. Events are
the same when they share a telling; statements when they share an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kroniek.model import Claim, Commitment, Event, Merged, Process, Status, interval_of
from kroniek.publish.dossier import ClaimRow, CommitmentRow, EventRow, PhaseRow, ProcessRow, SourceRow

AHEAD = frozenset({Status.PLANNED, Status.OFFERED})
AGAINST = frozenset({"denies", "does_not_confirm", "revises"})
CONTESTED = frozenset({"disputed", "denied", "not realised", "occurred after denial", "superseded"})


@dataclass(frozen=True, slots=True)
class Changed:
    """An event whose status, date or place is told differently now."""

    before: Event
    after: Event


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states of a chronicle.

    `retold` counts known events that fresh reports tell again without changing them; `plans` and
    `promises` are past due since the day asked for, `older` counts those that were so before.
    """

    new: tuple[Event, ...] = ()
    changed: tuple[Changed, ...] = ()
    retold: int = 0
    contradicted: tuple[Claim, ...] = ()
    moved: tuple[Process, ...] = ()
    plans: tuple[Event, ...] = ()
    promises: tuple[Commitment, ...] = ()
    older: int = 0


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A change as it is shown: the event, and in words what it was and is."""

    row: EventRow
    status_before: str
    date_before: str
    place_before: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is new since a day, ready to be written; `clock` is reported or entered, `now` the last day looked at."""

    about: str
    since: date
    now: date | None
    known_on: str
    clock: str
    independent: int
    undated: int
    sources: tuple[SourceRow, ...]
    new: tuple[EventRow, ...]
    changed: tuple[ChangedRow, ...]
    retold: int
    contradicted: tuple[ClaimRow, ...]
    headlines: Mapping[str, EventRow]
    moved: tuple[tuple[ProcessRow, tuple[PhaseRow, ...]], ...]
    plans: tuple[EventRow, ...]
    promises: tuple[CommitmentRow, ...]
    older: int


def compare(
    before: Merged,
    *,
    events: Sequence[Event],
    claims: Sequence[Claim],
    processes: Sequence[Process],
    commitments: Sequence[Commitment],
    fresh: frozenset[str],
    since: date,
    now: date | None,
) -> Changes:
    """Return what the fresh reports bring; `events` and the like are those of now, already chosen by subject."""
    known = {telling.event_mention: event for event in before.events for telling in event.tellings}
    new: list[Event] = []
    changed: list[Changed] = []
    retold = 0
    for event in events:
        if not any(telling.document in fresh for telling in event.tellings):
            continue
        old = next(
            (known[item.event_mention] for item in event.tellings if item.event_mention in known), None
        )
        if old is None:
            new.append(event)
        elif (old.status, old.time, old.place) != (event.status, event.time, event.place):
            changed.append(Changed(old, event))
        else:
            retold += 1
    late_plans, late_promises = _past_due(events, now), _unkept(commitments, now)
    plans = tuple(event for event in late_plans if _last_day(event.time) >= since)
    promises = tuple(item for item in late_promises if _last_day(item.due) >= since)
    return Changes(
        tuple(new), tuple(changed), retold, tuple(_contradicted(before.claims, claims, fresh)),
        tuple(process for process in processes if any(phase.evidence.document in fresh for phase in process.phases)),
        plans, promises, len(late_plans) + len(late_promises) - len(plans) - len(promises),
    )  # fmt: skip


def _contradicted(before: Iterable[Claim], after: Iterable[Claim], fresh: frozenset[str]) -> Iterator[Claim]:
    """Yield the claims that a fresh report contradicts, or that stand contested only now."""
    stood = {act.attribution: claim.status for claim in before for act in claim.acts}
    for claim in after:
        news = [act for act in claim.acts if act.document in fresh]
        old = {stood[act.attribution] for act in claim.acts if act.attribution in stood}
        turned = claim.status in CONTESTED and bool(old) and claim.status not in old
        if news and (turned or any(act.stance in AGAINST for act in news)):
            yield claim


def _past_due(events: Iterable[Event], now: date | None) -> list[Event]:
    """Return the plans whose last possible day has passed and of which no report says what became of them."""
    return [
        event for event in events
        if now and event.status in AHEAD and event.interval and event.interval.latest < now and not event.related
    ]  # fmt: skip


def _unkept(commitments: Iterable[Commitment], now: date | None) -> list[Commitment]:
    return [
        item for item in commitments
        if item.due and now and item.outcome in ("open", "expired") and _last_day(item.due) < now
    ]  # fmt: skip


def _last_day(value: str) -> date:
    interval = interval_of(value)
    return interval.latest if interval else date.max
