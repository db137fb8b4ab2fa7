"""Single merged events exchanged for others, between two whole merges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count

from sqlalchemy import Connection, delete, func, insert, select

from kroniek.model import Event, Family
from kroniek.store import schema
from kroniek.store.codec import loads
from kroniek.store.merging import PATCHED
from kroniek.store.shelf import FileShelf
from kroniek.store.summaries import update_summaries
from kroniek.store.write import event_rows, set_state

CHUNK = 500


def events_in(connection: Connection, documents: Iterable[str]) -> list[tuple[int, Event]]:
    """Return (position, event) of the events that one of these documents tells."""
    link, table = schema.EventDocument, schema.EventRow
    wanted = sorted(set(documents))
    found: dict[int, Event] = {}
    for first in range(0, len(wanted), CHUNK):
        told = select(link.event).where(link.document.in_(wanted[first : first + CHUNK]))
        query = select(table.position, table.payload).where(table.position.in_(told))
        found |= {row.position: loads(Event, row.payload) for row in connection.execute(query)}
    return sorted(found.items())


def events_with(connection: Connection, entities: Sequence[str]) -> list[tuple[int, Event]]:
    """Return (position, event) of the events in which one of these entities takes part."""
    link, table = schema.EventEntity, schema.EventRow
    taking = select(link.event).where(link.entity.in_(entities))
    query = select(table.position, table.payload).where(
        table.position.in_(taking) | table.place.in_(entities)
    )
    return sorted((row.position, loads(Event, row.payload)) for row in connection.execute(query))


def families_with(connection: Connection, families: Iterable[str]) -> list[Family]:
    """Return families by their ids."""
    table = schema.MergedRow
    query = select(table.payload).where(table.kind == "families", table.id.in_(sorted(set(families))))
    return [loads(Family, payload) for payload in connection.scalars(query)]


def exchange_events(connection: Connection, old: Iterable[int], new: Sequence[Event]) -> None:
    """Put events in the place of those at the positions `old`; further ones go behind all others."""
    free = sorted(set(old))
    gone = _events_at(connection, free)
    for table, column in (
        (schema.EventDocument, schema.EventDocument.event), (schema.EventEntity, schema.EventEntity.event),
        (schema.EventRow, schema.EventRow.position),
    ):  # fmt: skip
        for first in range(0, len(free), CHUNK):
            connection.execute(delete(table).where(column.in_(free[first : first + CHUNK])))
    last = connection.scalar(select(func.max(schema.EventRow.position)))
    behind = max((-1 if last is None else int(last), *free)) + 1
    numbered = list(zip(chain(free, count(behind)), new, strict=False))
    for rows_of, rows in event_rows(numbered):
        if rows:
            connection.execute(insert(rows_of), rows)
    update_summaries(connection, {"events": gone}, {"events": numbered}, ())
    shelf = FileShelf(connection)
    shelf.put(PATCHED, dict.fromkeys((event.id for event in new), True))
    shelf.save()


def _events_at(connection: Connection, positions: Sequence[int]) -> list[tuple[int, Event]]:
    table = schema.EventRow
    found: list[tuple[int, Event]] = []
    for first in range(0, len(positions), CHUNK):
        query = select(table.position, table.payload).where(
            table.position.in_(positions[first : first + CHUNK])
        )
        found += [(row.position, loads(Event, row.payload)) for row in connection.execute(query)]
    return found


def mark_shown(connection: Connection) -> None:
    """Note that the events show every change so far, though the whole was not merged anew."""
    table = schema.State
    revision = connection.scalar(select(table.value).where(table.name == "revision")) or "0"
    set_state(connection, "merged", str(revision))


def event_with_telling(connection: Connection, document: str, telling: str) -> Event | None:
    """Return the event that a telling belongs to."""
    for _, event in events_in(connection, [document]):
        if any(item.event_mention == telling for item in event.tellings):
            return event
    return None
