"""Where merging keeps what it knows: named tables of values by key, in memory or in a chronicle file.

The code that merges is the same for both; it asks for what new reports touch and puts back what changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Value = TypeVar("Value")


class Shelf(Protocol):
    """Tables of values that are never changed in place, only replaced."""

    def get(self, table: Table[Value], keys: Iterable[str]) -> dict[str, Value]:
        """Return the values of those keys that the table has."""

    def put(self, table: Table[Value], values: Mapping[str, Value | None]) -> None:
        """Replace values; None takes a key out."""

    def all(self, table: Table[Value]) -> Iterator[Value]:
        """Yield every value of a table, in no order that means anything."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Value]):
    """A table's name, and the type of its values as the JSON codec knows it."""

    name: str
    kind: Any


class MemoryShelf:
    """A shelf in memory. `copy` is cheap: values are shared."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]] = {}) -> None:
        self._tables: dict[str, dict[str, Any]] = {name: dict(values) for name, values in tables.items()}

    def copy(self) -> MemoryShelf:
        """Return a shelf with the same values that can be changed on its own."""
        return MemoryShelf(self._tables)

    @property
    def tables(self) -> Mapping[str, Mapping[str, Any]]:
        """Return everything, by the name of the table and by key."""
        return self._tables

    def get(self, table: Table[Value], keys: Iterable[str]) -> dict[str, Value]:
        """Return the values of those keys that the table has."""
        values = self._tables.get(table.name, {})
        return {key: values[key] for key in keys if key in values}

    def put(self, table: Table[Value], values: Mapping[str, Value | None]) -> None:
        """Replace values; None takes a key out."""
        kept = self._tables.setdefault(table.name, {})
        for key, value in values.items():
            if value is None:
                kept.pop(key, None)
            else:
                kept[key] = value

    def all(self, table: Table[Value]) -> Iterator[Value]:
        """Yield every value of a table."""
        yield from self._tables.get(table.name, {}).values()


def one(shelf: Shelf, table: Table[Value], key: str, default: Value) -> Value:
    """Return the value of one key, `default` when there is none."""
    return shelf.get(table, [key]).get(key, default)


class Postings:
    """Which ids stand under which key: a table of sorted ids that grows and shrinks."""

    def __init__(self, name: str) -> None:
        self.table: Table[tuple[str, ...]] = Table(name, tuple[str, ...])

    def get(self, shelf: Shelf, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the ids under those keys that have any."""
        return shelf.get(self.table, keys)

    def change(
        self, shelf: Shelf, gone: Mapping[str, Iterable[str]], fresh: Mapping[str, Iterable[str]]
    ) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Take ids out and put ids in, given as id -> keys; return key -> (ids before, ids after)."""
        out, into = _turned(gone), _turned(fresh)
        before = self.get(shelf, out.keys() | into.keys())
        changes = {}
        for key in sorted(out.keys() | into.keys()):
            old = before.get(key, ())
            new = tuple(sorted((set(old) - out.get(key, set())) | into.get(key, set())))
            changes[key] = (old, new)
        shelf.put(self.table, {key: new or None for key, (_, new) in changes.items()})
        return changes


def _turned(keys: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Return key -> ids for id -> keys."""
    turned: dict[str, set[str]] = {}
    for identity, found in keys.items():
        for key in found:
            turned.setdefault(key, set()).add(identity)
    return turned
