"""Under what an event meets other events: stories, dyads, talks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kroniek.merge.processes import talks_of
from kroniek.merge.related import stories_of
from kroniek.merge.relations import dyads_of
from kroniek.merge.shelf import Table
from kroniek.merge.tellings import Told
from kroniek.model import Event
from kroniek.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Threads:
    """The keys of one event: of events that may have taken its place, of its dyads, of its parties' talks."""

    stories: tuple[str, ...]
    dyads: tuple[str, ...]
    talks: tuple[str, ...]


THREADS: Table[Threads] = Table("threads", Threads)


def threads_of(event: Event, told: Sequence[Told], ontology: Ontology) -> Threads:
    """Return the keys of an event that is told by these tellings; of two states of somebody the first counts."""
    states: dict[str, str] = {}
    for item in told:
        for entity, state in item.states.items():
            states[entity] = min(state, states.get(entity, state))
    named = frozenset().union(*(item.participants - item.hosts for item in told))
    loose = frozenset().union(*(item.loose | (item.hosts - named) for item in told))
    parties = {states.get(key, key) for key in (*event.actors, *event.recipients) if key not in loose}
    return Threads(stories_of(event), dyads_of(event, states), talks_of(event, parties, ontology))
