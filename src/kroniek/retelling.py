"""What a decision does to the merged events at once, without merging everything anew.

Only the reports that tell the events in question are merged, with the grouping that holds already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kroniek.merge import Decision, merge
from kroniek.model import Analysis, Event, EventMention, record_id
from kroniek.review.apply import Applied
from kroniek.review.entities import Aliases
from kroniek.store.load import load_analysis
from kroniek.store.overlay import events_in, events_with, exchange_events
from kroniek.store.write import uses_of

Numbered = tuple[int, Event]  # an event with its position in the file


@dataclass(frozen=True, slots=True)
class Change:
    """A document before a decision and with it."""

    before: Analysis
    applied: Applied

    def tellings(self) -> tuple[dict[str, EventMention], dict[str, EventMention]]:
        """Return the tellings before and after, by id."""
        return _mentions(self.before), _mentions(self.applied.analysis)

    def entities(self) -> set[str]:
        """Return the entities that take part in something else than before."""
        before, after = Counter(_parts(self.before)), Counter(_parts(self.applied.analysis))
        return {entity for entity, *_ in ((before - after) + (after - before))}

    def moved(self) -> dict[str, str]:
        """Return the id that each telling has now, "" for one that is gone."""
        old, new = self.tellings()
        renamed = self.applied.renamed()
        moved = {}
        for key, mention in old.items():
            place = mention.trigger[0]
            near = [
                other for other, item in new.items() if other not in old and item.trigger[0].overlaps(place)
            ]
            moved[key] = key if key in new else renamed.get(key) or next(iter(near), "")
        return moved


def show_tellings(
    connection: Connection, changes: Sequence[Change], decisions: Sequence[Decision] = ()
) -> None:
    """Make the events anew whose tellings were corrected, rejected or added."""
    touched: dict[str, str] = {}
    added: dict[str, str] = {}
    for change in changes:
        old, new = change.tellings()
        moved = change.moved()
        touched |= {key: after for key, after in moved.items() if old[key] != new.get(after)}
        added |= dict.fromkeys(new.keys() - set(moved.values()), change.before.document.id)
    if not touched and not added:
        return
    documents = {change.before.document.id for change in changes}
    old_events = [
        (position, event) for position, event in events_in(connection, documents)
        if touched.keys() & {telling.event_mention for telling in event.tellings}
    ]  # fmt: skip
    _retell(connection, old_events, added, touched, decisions)


def show_decisions(connection: Connection, documents: Iterable[str], decisions: Sequence[Decision]) -> None:
    """Make the events anew in which these documents tell something, as people want them grouped."""
    _retell(connection, events_in(connection, documents), {}, {}, decisions)


def _retell(
    connection: Connection,
    old: Sequence[Numbered],
    added: Mapping[str, str],
    moved: Mapping[str, str],
    decisions: Sequence[Decision],
) -> None:
    """Merge the tellings of these events, and those added, among themselves."""
    ids = {key for _, event in old for key in _group(event, moved)} | added.keys()
    documents = {telling.document for _, event in old for telling in event.tellings} | set(added.values())
    mine = [part for item in decisions if (part := _within(item, ids)).groups]
    made = merge(_stripped(connection, documents, ids), decisions=mine).events
    exchange_events(connection, [position for position, _ in old], _as_before(made, old, moved))


def show_entities(connection: Connection, entities: Sequence[str], aliases: Aliases) -> None:
    """Put the entity that stands for merged ones into the events in which they take part."""
    positions, made = [], []
    for position, event in events_with(connection, entities):
        actors = aliases.all(event.actors)
        changed = replace(
            event, actors=actors, recipients=tuple(key for key in aliases.all(event.recipients) if key not in actors),
            place=aliases.of(event.place), according_to=aliases.all(event.according_to),
        )  # fmt: skip
        if changed != event:
            positions.append(position)
            made.append(changed)
    exchange_events(connection, positions, made)


def _group(event: Event, touched: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tellings of an event under their present ids, without those that are gone."""
    ids = (telling.event_mention for telling in event.tellings)
    return tuple(dict.fromkeys(filter(None, (touched.get(key, key) for key in ids))))


def _stripped(connection: Connection, documents: Iterable[str], ids: set[str]) -> list[Analysis]:
    """Return documents with these tellings only."""
    found = []
    for document in sorted(set(documents)):
        analysis = load_analysis(connection, document, tokens=False)
        told = tuple(event for event in analysis.events if record_id(document, event.id) in ids)
        found.append(replace(analysis, events=told))
    return found


def _as_before(made: Iterable[Event], old: Sequence[Numbered], moved: Mapping[str, str]) -> list[Event]:
    """Return new events with the ids, relations and families that the whole merge gave to the old ones.

    They come in the order of the old events, so that each keeps its place; further ones come last.
    """
    place = {frozenset(_group(event, moved)): number for number, (_, event) in enumerate(old)}
    families = {item.document: item.family for _, event in old for item in event.tellings}
    kept = []
    for event in made:
        number = place.get(frozenset(telling.event_mention for telling in event.tellings), len(old))
        before = old[number][1] if number < len(old) else None
        tellings = tuple(
            replace(telling, family=families.get(telling.document, telling.family))
            for telling in event.tellings
        )
        identity, related = (before.id, before.related) if before else (event.id, event.related)
        kept.append((number, replace(event, id=identity, related=related, tellings=tellings)))
    return [event for _, event in sorted(kept, key=lambda item: (item[0], item[1].id))]


def _within(decision: Decision, ids: set[str]) -> Decision:
    groups = [tuple(telling for telling in group if telling in ids) for group in decision.groups]
    return Decision(tuple(group for group in groups if group))


def _mentions(analysis: Analysis) -> dict[str, EventMention]:
    return {record_id(analysis.document.id, event.id): event for event in analysis.events}


def _parts(analysis: Analysis) -> Iterator[tuple[str, ...]]:
    """Yield (entity, record, role) for every part that an entity has in a document."""
    for record, role, entity, _ in uses_of(analysis):
        yield entity, record, role
    for item in analysis.entities:
        yield item.id, item.name, "entity"
