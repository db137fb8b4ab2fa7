"""What changed between two chronicles or exports: rows added, changed, and removed with what came of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from kroniek.publish.tables.column import Cell, Column
from kroniek.publish.tables.sheet import Sheet

# Tables that follow from others are left out: their rows would only say everything twice.
COMPARED = ("reports", "events", "tellings", "statements", "claim_acts", "processes", "phases", "commitments", "actors", "gaps")  # fmt: skip
# What differs between two runs over the same reports and says nothing about the world.
VOLATILE = frozenset({"entered", "pack_version", "path", "record", "score"})
# What a line about a row shows, as far as the table has it.
SHOWN = ("date", "published", "type", "mode", "phase", "stance", "kind", "standing", "outcome", "status", "actors", "source_names", "parties", "name", "title", "recipients", "place", "reason")  # fmt: skip
KEYS = {
    "reports": ("document_id",), "events": ("event_id",), "tellings": ("telling_id",),
    "statements": ("statement_id",), "claim_acts": ("claim_id", "position"), "processes": ("process_id",),
    "phases": ("process_id", "position"), "commitments": ("commitment_id",), "actors": ("entity_id",),
    "gaps": ("gap_id",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs. `change` is added, changed or removed.

    `fields` gives for a changed row (column, before, after). `successors` are, for a removed event, the
    events in which its tellings now stand.
    """

    table: str
    id: str
    change: str
    shown: str
    fields: tuple[tuple[str, Cell, Cell], ...] = ()
    successors: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        """Return the change as plain values."""
        return {
            "table": self.table, "id": self.id, "change": self.change, "shown": self.shown,
            "fields": [{"column": name, "before": old, "after": new} for name, old, new in self.fields],
            "successors": list(self.successors),
        }  # fmt: skip


def compare(before: Iterable[Sheet], after: Iterable[Sheet]) -> Iterator[Change]:
    """Yield the changes from `before` to `after`, table by table, sorted by id.

    Words are compared by their hashes, so that an export without words can be compared with one that
    has them. The rows lie in a temporary file, not in memory.
    """
    with closing(sqlite3.connect("")) as store:  # "" is a temporary file that SQLite removes itself
        store.execute("CREATE TABLE row (side, name, id, event, shown, cells, PRIMARY KEY (side, name, id))")
        for side, sheets in enumerate((before, after)):
            for sheet in sheets:
                if sheet.name in KEYS:
                    store.executemany(
                        "INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?)", _rows(side, sheet)
                    )
        store.execute("CREATE INDEX by_event ON row (name, side, event)")
        for name in COMPARED:
            yield from _changes(store, name)


def _rows(side: int, sheet: Sheet) -> Iterator[tuple[int, str, str, str, str, str]]:
    columns = [column for column in sheet.columns if _compared(column)]
    for cells in sheet.rows:
        identity = " ".join(str(cells[part]) for part in KEYS[sheet.name])
        kept = {column.name: cells[column.name] for column in columns}
        yield (
            side, sheet.name, identity, str(cells.get("event_id") or ""), _shown(cells),
            json.dumps(kept, ensure_ascii=False, sort_keys=True),
        )  # fmt: skip


def _compared(column: Column[Any]) -> bool:
    return column.located is None and column.name not in VOLATILE


def _shown(cells: Mapping[str, Cell]) -> str:
    words = cells.get("words")
    parts = [value for name in SHOWN if isinstance(value := cells.get(name), str) and value]
    return "  ".join([*parts, *([f"“{words}”"] if words else [])])


def _changes(store: sqlite3.Connection, name: str) -> Iterator[Change]:
    pairs = store.execute(
        "SELECT id, max(shown) FILTER (WHERE side = 0), max(cells) FILTER (WHERE side = 0),"
        " max(shown) FILTER (WHERE side = 1), max(cells) FILTER (WHERE side = 1)"
        " FROM row WHERE name = ? GROUP BY id ORDER BY id",
        (name,),
    )
    for identity, old_shown, old, new_shown, new in pairs:
        if old is None:
            yield Change(name, identity, "added", new_shown)
        elif new is None:
            yield Change(name, identity, "removed", old_shown, (), _successors(store, name, identity))
        elif old != new and (fields := _fields(json.loads(old), json.loads(new))):
            yield Change(name, identity, "changed", new_shown, fields)


def _fields(old: Mapping[str, Cell], new: Mapping[str, Cell]) -> tuple[tuple[str, Cell, Cell], ...]:
    both = [name for name in new if name in old]  # two versions of kroniek may have other columns
    return tuple((name, old[name], new[name]) for name in both if old[name] != new[name])


def _successors(store: sqlite3.Connection, name: str, identity: str) -> tuple[str, ...]:
    """Return the events of the later side that hold a removed event's tellings."""
    if name != "events":
        return ()
    found = store.execute(
        "SELECT DISTINCT new.event FROM row old JOIN row new ON new.name = 'tellings' AND new.side = 1"
        " AND new.id = old.id WHERE old.name = 'tellings' AND old.side = 0 AND old.event = ? ORDER BY 1",
        (identity,),
    )
    return tuple(row[0] for row in found)
