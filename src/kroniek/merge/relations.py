"""Dyads over time, from events that happened: how often, and how friendly by PLOVER's intensity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from kroniek.merge.events import EVENTS
from kroniek.merge.shelf import Postings, Shelf, Table
from kroniek.model import Event, Relation, Status
from kroniek.ontology import Ontology

COUNTED = frozenset({Status.HAPPENED, Status.ONGOING})
SEPARATOR = "\x1f"
Keys = Mapping[str, Sequence[str]]

RELATIONS: Table[Relation] = Table("relations", Relation)
DYADS = Postings("dyads")  # source, target and month -> events


def find_relations(
    events: Sequence[Event], ontology: Ontology, states: Mapping[str, str], *, period: str = "month"
) -> tuple[Relation, ...]:
    """Return one relation for each (source, target, period) with events, sorted.

    People and bodies stand for their state, by `states` (entity -> state); who has none for himself.

    `period` is `month` (2016-09) or `week` (2016-W36). Only events that happened and whose day or
    month is known count; denied, planned and background ones do not. The intensity is the mean of
    the events' PLOVER scores (-10 to 10). Both directions count when an event has no recipient.
    """
    found: dict[tuple[str, str, str], list[Event]] = {}
    for event in events:
        when = _period(event, period)
        if event.status in COUNTED and when and not event.background:
            for source, target in dyads(event, states):
                found.setdefault((source, target, when), []).append(event)
    return tuple(
        Relation(source, target, when, tuple(sorted(event.id for event in group)), _mean(group, ontology))
        for (source, target, when), group in sorted(found.items())
    )


def update_relations(shelf: Shelf, gone: Keys, fresh: Keys, ontology: Ontology) -> None:
    """Bring the monthly relations up to date that events left or joined; both map events to `dyads_of`."""
    moves = DYADS.change(shelf, gone, fresh)
    events = shelf.get(EVENTS, {key for _, ids in moves.values() for key in ids})
    for key, (_, ids) in moves.items():
        intensity = _mean([events[one] for one in ids], ontology) if ids else 0.0
        source, target, period = key.split(SEPARATOR)
        shelf.put(RELATIONS, {key: Relation(source, target, period, ids, intensity) if ids else None})


def relation_key(relation: Relation) -> str:
    """Return under what a relation stands, and what relations are sorted by."""
    return SEPARATOR.join((relation.source, relation.target, relation.period))


def dyads_of(event: Event, states: Mapping[str, str]) -> tuple[str, ...]:
    """Return source, target and month as one key, for each dyad of an event that counts."""
    when = _period(event, "month")
    if event.status not in COUNTED or not when or event.background:
        return ()
    return tuple(SEPARATOR.join((source, target, when)) for source, target in dyads(event, states))


def dyads(event: Event, states: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the (source, target) pairs of an event; all ordered pairs of its actors when it has no recipient."""
    actors = tuple(dict.fromkeys(states.get(actor, actor) for actor in event.actors))
    others = tuple(dict.fromkeys(states.get(other, other) for other in event.recipients))
    if others:
        return [(actor, other) for actor in actors for other in others if actor != other]
    return permutations(actors, 2)


def _period(event: Event, period: str) -> str:
    if event.interval is None or event.interval.days() > 31:
        return ""
    first = event.interval.earliest
    if period == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    return first.isoformat()[:7]


def _mean(events: Sequence[Event], ontology: Ontology) -> float:
    scores = [ontology.types[event.type].scores_of(event.mode).intensity for event in events]
    return round(sum(scores) / len(scores), 3)
