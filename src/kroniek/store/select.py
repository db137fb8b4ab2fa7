"""Choosing among merged events that are not in the file, with the meaning that queries on the file have."""

from __future__ import annotations

from collections.abc import Collection

from kroniek.model import Event
from kroniek.store.queries import Filter


def fits(event: Event, wanted: Filter, actors: Collection[str]) -> bool:
    """Tell whether an event is asked for; `actors` are the entity ids that `wanted.actor` stands for.

    `wanted.about` is not looked at here.
    """
    interval = event.interval
    if wanted.since and (interval is None or interval.latest.isoformat() < wanted.since):
        return False
    if wanted.until and (interval is None or interval.earliest.isoformat() > wanted.until):
        return False
    if wanted.type and event.type != wanted.type.upper():
        return False
    if wanted.statuses and event.status not in wanted.statuses:
        return False
    return not wanted.actor or not {*event.actors, *event.recipients}.isdisjoint(actors)
