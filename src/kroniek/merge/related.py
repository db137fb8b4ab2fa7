"""Which events belong to one story: a plan that was put off, and what took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kroniek.merge.events import EVENTS
from kroniek.merge.shelf import Postings, Shelf
from kroniek.model import REACHED, Event, Status

PLANS = frozenset({Status.PLANNED, Status.OFFERED, Status.CANCELLED, Status.NOT_HAPPENED})
LATER = timedelta(days=30)  # within which what was put off counts as made up for
INSTEAD, REPLACES = "held_instead", "planned_as"

Keys = Mapping[str, Sequence[str]]

STORIES = Postings("stories")  # type and participants -> events


def relate(shelf: Shelf, gone: Keys, fresh: Keys) -> None:
    """Bring `related` up to date in the stories that events left or joined; both map events to `stories_of`.

    A plan that did not come about on its day is linked (`held_instead`, and back `planned_as`) with the
    first event of the same type with exactly the same participants in the thirty days after, which no
    plan of its own led to.
    """
    moves = STORIES.change(shelf, gone, fresh)
    events = shelf.get(EVENTS, {key for _, ids in moves.values() for key in ids})
    for _, ids in moves.values():
        links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for plan, outcome in _pairs([events[key] for key in ids]):
            links[plan.id].append((INSTEAD, outcome.id))
            links[outcome.id].append((REPLACES, plan.id))
        for key in ids:
            if (found := tuple(sorted(links[key]))) != events[key].related:
                shelf.put(EVENTS, {key: replace(events[key], related=found)})


def stories_of(event: Event) -> tuple[str, ...]:
    """Return under what an event meets those that it may have been put off from; nothing without a day."""
    everybody = {*event.actors, *event.recipients}
    if event.interval and event.interval.days() == 1 and len(event.actors) + len(event.recipients) > 1:
        return (" ".join((event.type, *sorted(everybody))),)
    return ()


def _pairs(group: Sequence[Event]) -> Iterable[tuple[Event, Event]]:
    ordered = sorted(group, key=lambda event: (event.interval.earliest if event.interval else 0, event.id))
    for position, plan in enumerate(ordered):
        if plan.status not in PLANS or plan.interval is None:
            continue
        for other in ordered[position + 1 :]:
            if other.interval is None or other.interval.earliest - plan.interval.latest > LATER:
                break
            planned_itself = any(status in PLANS for _, status, _ in other.history)
            if other.status in REACHED and other.interval != plan.interval and not planned_itself:
                yield plan, other
                break
