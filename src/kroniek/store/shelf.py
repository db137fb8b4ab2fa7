"""What merging remembers, in the chronicle file: read as it is asked for, written where it has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, select

from kroniek.merge.chronicle import PRODUCTS
from kroniek.merge.events import EVENTS
from kroniek.merge.families import SKETCHES
from kroniek.merge.passages import Sketch, sketches
from kroniek.merge.shelf import MemoryShelf, Table
from kroniek.model import Analysis, Document, Header, Published
from kroniek.store import schema
from kroniek.store.codec import dumps, loads, unpack_sentences
from kroniek.store.places import place_all, replace_all, replace_records
from kroniek.store.summaries import Placed, update_summaries

Value = TypeVar("Value")

# A list of keys as one value: there is a limit to the number of values in a query.
LISTED = "(SELECT value FROM json_each(:keys))"
KINDS = {product.table.name: kind for kind, product in PRODUCTS.items()}


class FileShelf:
    """The shelf of a chronicle file, within one transaction; `save` writes what has changed.

    Families, events and the other records of the chronicle are their own rows; sketches are made from the
    texts whenever they are wanted.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, Any]] = {}  # what was read or put; None for what is not there
        self._changed: dict[str, set[str]] = {}

    def get(self, table: Table[Value], keys: Iterable[str]) -> dict[str, Value]:
        """Return the values of those keys that the table has."""
        known, wanted = self._known.setdefault(table.name, {}), set(keys)
        missing = sorted(wanted - known.keys())
        if missing:
            known.update(dict.fromkeys(missing))
            known.update(self._read(table, missing))
        return {key: value for key in wanted if (value := known[key]) is not None}

    def put(self, table: Table[Value], values: Mapping[str, Value | None]) -> None:
        """Replace values; None takes a key out."""
        self._known.setdefault(table.name, {}).update(values)
        self._changed.setdefault(table.name, set()).update(values)

    def all(self, table: Table[Value]) -> Iterator[Value]:
        """Yield every value of a table that is the shelf's own."""
        query = select(schema.ShelfRow.key).where(schema.ShelfRow.name == table.name)
        keys = {*self._connection.scalars(query), *self._known.get(table.name, ())}
        yield from self.get(table, keys).values()

    def save(self, documents: Iterable[str] = ()) -> None:
        """Write what has changed; `documents` are those whose layers have.

        Raises NoRoomError when records no longer fit between the others that stand in order.
        """
        gone: dict[str, Sequence[Placed]] = {}
        fresh: dict[str, Sequence[Placed]] = {}
        for name in sorted(self._changed.keys() - {SKETCHES.name}):
            values = {key: self._known[name][key] for key in sorted(self._changed[name])}
            if name in KINDS:
                gone[KINDS[name]], fresh[KINDS[name]] = replace_records(self._connection, KINDS[name], values)
            else:
                _replace_values(self._connection, name, values)
        update_summaries(self._connection, gone, fresh, documents)
        self._changed.clear()

    def _read(self, table: Table[Any], keys: Sequence[str]) -> dict[str, Any]:
        if table.name == SKETCHES.name:
            return {sketch.document: sketch for sketch in _sketches(self._connection, keys)}
        if table.name == EVENTS.name:
            query = f"SELECT id, payload FROM event WHERE id IN {LISTED}"
        elif table.name in KINDS:
            query = f"SELECT key, payload FROM merged WHERE kind = :name AND key IN {LISTED}"
        else:
            query = f"SELECT key, value FROM shelf WHERE name = :name AND key IN {LISTED}"
        name = KINDS.get(table.name, table.name)
        rows = self._connection.exec_driver_sql(query, {"name": name, "keys": json.dumps(keys)})
        return {key: loads(table.kind, payload) for key, payload in rows}


def replace_shelf(connection: Connection, shelf: MemoryShelf) -> None:
    """Put a whole shelf in the place of what the file remembers, and its chronicle with it."""
    connection.execute(delete(schema.ShelfRow))
    placed = {}
    for name, values in shelf.tables.items():
        if name in KINDS:
            placed[KINDS[name]] = place_all(KINDS[name], values.values())
        elif name != SKETCHES.name:
            _insert_values(connection, name, values)
    replace_all(connection, placed)


def _insert_values(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    rows = [(name, key, dumps(value)) for key, value in sorted(values.items())]
    if rows:
        connection.exec_driver_sql("INSERT INTO shelf (name, key, value) VALUES (?, ?, ?)", rows)


def _replace_values(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    query = f"DELETE FROM shelf WHERE name = :name AND key IN {LISTED}"
    connection.exec_driver_sql(query, {"name": name, "keys": json.dumps(list(values))})
    _insert_values(connection, name, {key: value for key, value in values.items() if value is not None})


def _sketches(connection: Connection, documents: Sequence[str]) -> list[Sketch]:
    query = (
        "SELECT text, document, header, publication, sentences FROM document "
        f"WHERE id IN {LISTED} ORDER BY id"
    )
    rows = connection.exec_driver_sql(query, {"keys": json.dumps(documents)})
    return sketches([
        Analysis(
            _with_text(loads(Document, row.document), row.text), loads(Header, row.header),
            loads(Published, row.publication), sentences=unpack_sentences(row.sentences),
        )
        for row in rows
    ])  # fmt: skip


def _with_text(document: Document, text: str) -> Document:
    return replace(document, text=text)
