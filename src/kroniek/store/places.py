"""Merged records in their order: positions with room between them, so that new records fit in.

A position is a number that grows with the rank of a record. A record at the end comes a step behind the
last, so that a file that grows with the days has room for a quarter of a million of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, text

from kroniek.errors import StoreError
from kroniek.merge.chronicle import PRODUCTS
from kroniek.store import schema
from kroniek.store.codec import loads
from kroniek.store.summaries import Placed, write_summaries
from kroniek.store.write import insert_placed

SPACE = 1 << 36  # between records that were placed together
STEP = 1 << 18  # between a record and one put behind it

LISTED = "(SELECT value FROM json_each(:keys))"


class NoRoomError(StoreError):
    """A record does not fit between its neighbours: everything has to be placed anew."""


def place_all(kind: str, records: Iterable[Any]) -> list[Placed]:
    """Return all records of a kind in order, with room between them."""
    ordered = sorted(records, key=PRODUCTS[kind].rank)
    return [(number * SPACE, record) for number, record in enumerate(ordered, 1)]


def replace_all(connection: Connection, placed: Mapping[str, Sequence[Placed]]) -> None:
    """Put records in the place of the whole merged layer."""
    for stale in (schema.EventDocument, schema.EventEntity, schema.EventRow, schema.MergedRow):
        connection.execute(delete(stale))
    for kind, records in placed.items():
        insert_placed(connection, kind, records)
    write_summaries(connection, placed)


def replace_records(
    connection: Connection, kind: str, values: Mapping[str, Any]
) -> tuple[list[Placed], list[Placed]]:
    """Replace records by key, None taking one out; return those that were there and those that are.

    Raises NoRoomError when a record does not fit between its neighbours.
    """
    table, condition = _table(kind)
    named = {"kind": kind, "keys": json.dumps(list(values))}
    query = f"SELECT position, payload FROM {table} WHERE {condition} IN {LISTED}"
    record = PRODUCTS[kind].table.kind
    gone = [(row[0], loads(record, row[1])) for row in connection.execute(text(query), named)]
    connection.execute(text(f"DELETE FROM {table} WHERE {condition} IN {LISTED}"), named)
    fresh = []
    for item in sorted((value for value in values.values() if value is not None), key=PRODUCTS[kind].rank):
        placed = (_place(connection, kind, PRODUCTS[kind].rank(item)), item)
        insert_placed(connection, kind, [placed])
        fresh.append(placed)
    return gone, fresh


def _table(kind: str) -> tuple[str, str]:
    """Return the table of a kind, and the condition that a key in a list completes."""
    return ("event", "id") if kind == "events" else ("merged", "kind = :kind AND key")


def _place(connection: Connection, kind: str, rank: str) -> int:
    """Return a free position behind all records of no higher rank and before all others."""
    table = _table(kind)[0]
    own = "1" if kind == "events" else "kind = :kind"
    near = f"SELECT position FROM {table} WHERE {own} AND rank {{}} :rank ORDER BY rank {{}}, position {{}} LIMIT 1"
    values = {"kind": kind, "rank": rank}
    before = connection.scalar(text(near.format("<=", "DESC", "DESC")), values) or 0
    after = connection.scalar(text(near.format(">", "ASC", "ASC")), values)
    if after is None:
        return int(before) + SPACE
    if after - before < 2:
        raise NoRoomError("a merged record does not fit between its neighbours")
    return int(before) + min(STEP, (int(after) - int(before)) // 2)
