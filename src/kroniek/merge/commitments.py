"""Promises and offers with what became of them: kept, broken, expired or open, each step quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from kroniek.merge.digest import REPORTS
from kroniek.merge.events import EVENT_OF, EVENTS
from kroniek.merge.pledges import PLEDGES, Pledge
from kroniek.merge.shelf import Shelf, Table, one
from kroniek.model import REACHED, Commitment, CommitmentStep, Event, Published, Status, Telling, interval_of

BROKEN = frozenset({Status.CANCELLED, Status.NOT_HAPPENED})

COMMITMENTS: Table[Commitment] = Table("commitments", Commitment)
WAITING: Table[tuple[tuple[str, str], ...]] = Table(
    "waiting", tuple[tuple[str, str], ...]
)  # (due, commitment)
LAST_DAY: Table[str] = Table("last day", str)  # of publication of any report


def update_commitments(
    shelf: Shelf, documents: Collection[str], gone: Collection[str], last: date | None
) -> None:
    """Bring the commitments of these reports up to date, and those whose day has passed at the last report.

    The outcome is read from the event that the content tells, as later reports tell it: kept when it
    happened, broken when it was cancelled or did not happen, expired when its day had passed at the
    last report, else open. `gone` are ids of commitments that no report makes any more.
    """
    before = {key: due for due, key in one(shelf, WAITING, "all", ())}
    reports = shelf.get(REPORTS, documents)
    ids = {key for report in reports.values() for key in report.pledges}
    ids |= {key for key, due in before.items() if last and due < last.isoformat()}
    made = {key: _commitment(shelf, pledge, last) for key, pledge in shelf.get(PLEDGES, ids).items()}
    shelf.put(COMMITMENTS, {**dict.fromkeys(gone), **made})
    waiting = {key: due for key, due in before.items() if key not in made and key not in gone}
    waiting |= {
        key: day.isoformat()
        for key, item in made.items()
        if item.outcome == "open" and (day := _day(item.due))
    }
    shelf.put(WAITING, {"all": tuple(sorted((due, key) for key, due in waiting.items()))})


def commitment_order(commitment: Commitment) -> str:
    """Sort commitments by report and place in it."""
    return f"{commitment.words.document} {commitment.words.span.start:09d} {commitment.id}"


def last_day(shelf: Shelf, fresh: Iterable[Published], gone: Iterable[Published]) -> date | None:
    """Return the latest day on which a report can have appeared, with these in and those out."""
    known = one(shelf, LAST_DAY, "", "")
    days = [interval.latest for published in fresh if (interval := published.interval)]
    if any(published.interval and published.interval.latest.isoformat() == known for published in gone):
        days += [interval.latest for report in shelf.all(REPORTS) if (interval := report.published.interval)]
    elif known:
        days.append(date.fromisoformat(known))
    last = max(days, default=None)
    shelf.put(LAST_DAY, {"": last.isoformat() if last else None})
    return last


def _day(value: str) -> date | None:
    interval = interval_of(value)
    return interval.latest if interval else None


def _commitment(shelf: Shelf, pledge: Pledge, last: date | None) -> Commitment:
    found = shelf.get(EVENTS, set(shelf.get(EVENT_OF, pledge.tells).values()))
    events = [found[key] for key in sorted(found)]
    told = () if pledge.kind == "threat" else events  # that a threat was made says nothing of its end
    due = pledge.due or max((event.time for event in told if event.interval), default="")
    later = _later(told, pledge)
    outcome = "open"
    if later:
        outcome = _outcome(later[-1])
    elif due and last and (day := _day(due)) and day < last:
        outcome = "expired"
    return Commitment(
        pledge.id, pledge.by, pledge.to, pledge.words, due, outcome, tuple(telling.evidence for telling in later),
        pledge.kind, pledge.made, events[0].id if events else "",
        tuple(CommitmentStep(_outcome(telling), telling.reported, telling.evidence) for telling in later),
    )  # fmt: skip


def _outcome(telling: Telling) -> str:
    return "kept" if telling.status in REACHED else "broken"


def _later(events: Iterable[Event], pledge: Pledge) -> Sequence[Telling]:
    """Return what was told of the events since the promise was made, in the order of reporting."""
    later = [
        telling for event in events for telling in event.tellings
        if telling.event_mention not in pledge.tells and telling.status in REACHED | BROKEN
        and telling.reported >= pledge.made
    ]  # fmt: skip
    return sorted(later, key=lambda telling: (telling.reported, telling.event_mention))
