"""Which events belong to one story: a plan that was put off, and what took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from kroniek.model import Event, Status

PLANS = frozenset({Status.PLANNED, Status.OFFERED, Status.CANCELLED, Status.NOT_HAPPENED})
DONE = frozenset({Status.HAPPENED, Status.ONGOING})
LATER = timedelta(days=30)  # within which what was put off counts as made up for
INSTEAD, REPLACES = "held_instead", "planned_as"


def relate(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events with `related` filled in: `held_instead` from a plan, `planned_as` back to it.

    A plan that did not come about on its day is linked with the first event of the same type with
    exactly the same participants in the thirty days after, which no plan of its own led to.
    """
    listed = list(events)
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in listed:
        if event.interval and event.interval.days() == 1 and len(event.actors) + len(event.recipients) > 1:
            groups[event.type, frozenset((*event.actors, *event.recipients))].append(event)
    links: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group in groups.values():
        for plan, outcome in _pairs(group):
            links[plan.id].append((INSTEAD, outcome.id))
            links[outcome.id].append((REPLACES, plan.id))
    return tuple(
        replace(event, related=tuple(sorted(links[event.id]))) if event.id in links else event
        for event in listed
    )


def _pairs(group: Sequence[Event]) -> Iterable[tuple[Event, Event]]:
    ordered = sorted(group, key=lambda event: (event.interval.earliest if event.interval else 0, event.id))
    for position, plan in enumerate(ordered):
        if plan.status not in PLANS or plan.interval is None:
            continue
        for other in ordered[position + 1 :]:
            if other.interval is None or other.interval.earliest - plan.interval.latest > LATER:
                break
            planned_itself = any(status in PLANS for _, status, _ in other.history)
            if other.status in DONE and other.interval != plan.interval and not planned_itself:
                yield plan, other
                break
