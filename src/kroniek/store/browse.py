"""Pages of events: positions, counts and months that fit a filter, from one covering index.

A position is an event's place in the order of the merged layer: by day, those without a day last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from kroniek.model import Event
from kroniek.store.codec import loads

CHUNK = 400  # values in one query
MOST_NAMED = 200  # entities that words may stand for
# Trigrams know nothing shorter; words below are looked for in the sentences only.
SHORTEST_INDEXED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events are asked for; an empty field asks for all.

    `since` and `until` are ISO days, both inclusive: what can have happened in between fits.
    `actors` and `places` are entity ids, any of which fits. `words` must stand in one report.
    """

    since: str = ""
    until: str = ""
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many events of a status lie wholly in an ISO month."""

    month: str
    status: str
    events: int


def find_positions(
    connection: Connection, wanted: Wanted, *, after: int = -1, before: int | None = None, limit: int = 50
) -> list[int]:
    """Return the positions of fitting events: the first behind `after`, or the last ones before `before`."""
    where, values = _where(wanted)
    if before is not None:
        where.append("e.position < :before")
        values["before"] = before
    else:
        where.append("e.position > :after")
        values["after"] = after
    order = "DESC" if before is not None else "ASC"
    query = f"SELECT e.position FROM {_source(wanted)} WHERE {' AND '.join(where)} ORDER BY +e.position {order} LIMIT :limit"
    found = list(connection.scalars(text(query), {**values, "limit": limit}))
    return found[::-1] if before is not None else found


def count_events(connection: Connection, wanted: Wanted) -> int:
    """Return how many events fit."""
    where, values = _where(wanted)
    query = f"SELECT count(*) FROM {_source(wanted)} WHERE {' AND '.join(where) or '1'}"
    return int(connection.scalar(text(query), values) or 0)


def count_statuses(connection: Connection, wanted: Wanted) -> Mapping[str, int]:
    """Return how many fitting events have each status."""
    where, values = _where(wanted)
    query = f"SELECT e.status, count(*) FROM {_source(wanted)} WHERE {' AND '.join(where) or '1'} GROUP BY e.status"
    return {row[0]: row[1] for row in connection.execute(text(query), values)}


def count_months(connection: Connection, wanted: Wanted) -> list[MonthCount]:
    """Return the numbers of fitting events known to the month, by month and status."""
    where, values = _where(wanted)
    where.append("substr(e.earliest, 1, 7) = substr(e.latest, 1, 7)")
    query = (
        f"SELECT substr(e.earliest, 1, 7) AS month, e.status, count(*) FROM {_source(wanted)}"
        f" WHERE {' AND '.join(where)} GROUP BY month, e.status ORDER BY month, e.status"
    )
    return [MonthCount(*row) for row in connection.execute(text(query), values)]


def load_at(connection: Connection, positions: Sequence[int]) -> dict[int, Event]:
    """Return the events at these positions, in their order."""
    found: dict[int, Event] = {}
    for part in _parts(positions):
        query = (
            f"SELECT position, payload FROM event WHERE position IN ({', '.join(map(str, map(int, part)))})"
        )
        found |= {row[0]: loads(Event, row[1]) for row in connection.execute(text(query))}
    return {position: found[position] for position in positions if position in found}


def position_of(connection: Connection, identity: str) -> int | None:
    """Return where an event stands in the order, None when there is no such event."""
    query = text("SELECT position FROM event WHERE id = :id LIMIT 1")
    found: int | None = connection.scalar(query, {"id": identity})
    return found


def first_in(connection: Connection, month: str) -> int | None:
    """Return the position of the first event that begins in an ISO month or later."""
    query = text("SELECT min(position) FROM event WHERE earliest >= :month")
    found: int | None = connection.scalar(query, {"month": month})
    return found


def find_ids(connection: Connection, words: str, limit: int = MOST_NAMED) -> tuple[str, ...]:
    """Return the ids of the entities that go by these words, whatever their case.

    A whole name wins over a part of one, as in `queries.find_entities`; none gives ().
    """
    folded = " ".join(words.split()).casefold()
    whole = text("SELECT DISTINCT entity FROM actor_name WHERE folded = :words ORDER BY entity LIMIT :limit")
    if found := tuple(connection.scalars(whole, {"words": folded, "limit": limit})):
        return found
    part = text(
        "SELECT DISTINCT entity FROM actor_name WHERE instr(' ' || replace(folded, '-', ' ') || ' ', :words) > 0"
        " ORDER BY entity LIMIT :limit"
    )
    return tuple(connection.scalars(part, {"words": f" {folded} ", "limit": limit}))


def matching(words: Iterable[str]) -> str:
    """Return the full-text question for documents that hold all the words, taken literally; "" for none."""
    phrases = ('"' + word.replace('"', '""') + '"' for word in words if len(word) >= SHORTEST_INDEXED)
    return " AND ".join(phrases)


def _source(wanted: Wanted) -> str:
    """Return the table to read; the covering index is named, since SQLite would rather read the rows."""
    narrow = wanted.actors is not None or matching(wanted.words)
    return "event e" if narrow else "event e INDEXED BY ix_event_browse"


def _where(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions and their values."""
    where, values = ["e.status <> ''"], {}
    for field, column, sign in (("since", "latest", ">="), ("until", "earliest", "<=")):
        if day := getattr(wanted, field):
            where.append(f"e.{column} {sign} :{field}")
            values[field] = day
    for field, chosen in (("type", wanted.types), ("status", wanted.statuses), ("place", wanted.places)):
        if chosen is not None and (chosen or field == "place"):
            where.append(f"e.{field} IN ({_list(field, chosen, values)})")
    if wanted.actors is not None:
        names = _list("actor", wanted.actors, values)
        where.append(f"e.position IN (SELECT event FROM event_entity WHERE entity IN ({names}))")
    if question := matching(wanted.words):
        where.append(
            "e.position IN (SELECT d.event FROM document_text t JOIN document r ON r.pk = t.rowid"
            " JOIN event_document d ON d.document = r.id WHERE document_text MATCH :question)"
        )
        values["question"] = question
    return where, values


def _list(name: str, chosen: Sequence[str], values: dict[str, Any]) -> str:
    keys = [f"{name}{number}" for number in range(len(chosen))]
    values.update(zip(keys, chosen, strict=True))
    return ", ".join(f":{key}" for key in keys) or "NULL"


def _parts(items: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(items), CHUNK):
        yield items[first : first + CHUNK]
