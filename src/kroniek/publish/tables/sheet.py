"""Rows on their way to or from a file: what the modules of the table formats write and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from kroniek.errors import ExportError
from kroniek.publish.folder import read_manifest
from kroniek.publish.source import Settings, Source
from kroniek.publish.tables.column import Cell, Column, Kind, Located
from kroniek.publish.tables.register import TABLES

FORMATS = {
    "csv": "kroniek.publish.csv_tables",
    "parquet": "kroniek.publish.parquet_tables",
    "xlsx": "kroniek.publish.xlsx_tables",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table's name, columns and rows; the rows can be gone through once."""

    name: str
    columns: tuple[Column[Any], ...]
    rows: Iterable[Mapping[str, Cell]]


class TableFormat(Protocol):
    """What a module of a table format has besides `export`."""

    def write(self, folder: Path, sheets: Iterable[Sheet]) -> Mapping[str, int]:
        """Write tables into a folder; return the number of rows of each."""
        ...

    def read(self, folder: Path, name: str, columns: tuple[Column[Any], ...]) -> Iterator[dict[str, Cell]]:
        """Yield the rows of a table as they were written; "" for an empty text or day, None for an empty number."""
        ...


def sheets_of(source: Source, settings: Settings) -> Iterator[Sheet]:
    """Yield all tables of a chronicle."""
    return (Sheet(table.name, table.columns, table.cells(source, settings)) for table in TABLES)


def format_of(folder: Path) -> TableFormat:
    """Return the module of the format of a dataset's folder; raises ExportError when it is no dataset."""
    name = read_manifest(folder).get("format")
    if name not in FORMATS:
        raise ExportError(
            f"{folder}: is an export of the format {name}; only {', '.join(FORMATS)} hold tables"
        )
    module: Any = import_module(FORMATS[name])
    return module  # type: ignore[no-any-return]


def columns_of(resource: Mapping[str, Any]) -> tuple[Column[Any], ...]:
    """Return the columns that a data package describes; they can be read and written, not computed."""
    return tuple(_column(field) for field in resource["schema"]["fields"])


def _column(field: Mapping[str, Any]) -> Column[Any]:
    located = field.get("kroniek:located")
    return Column(
        field["name"], Kind(field["type"]), field.get("description", ""), lambda row: row, "",
        located=Located(**located) if located is not None else None,
    )  # fmt: skip


def typed(value: Any, kind: Kind) -> Cell:
    """Return a cell that was read as text or as a value of its own type, as tables give it."""
    if value is None or value == "":
        return "" if kind in (Kind.STRING, Kind.DATE) else None
    if kind is Kind.BOOLEAN:
        return value if isinstance(value, bool) else str(value).lower() == "true"
    if kind is Kind.INTEGER:
        return int(value)
    if kind is Kind.NUMBER:
        return float(value)
    if kind is Kind.DATE:
        return str(value.isoformat() if hasattr(value, "isoformat") else value)[:10]
    return str(value)
