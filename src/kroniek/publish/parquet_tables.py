"""The dataset as Parquet: typed columns, days as dates, some thousand rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import Cell, Column, Kind, Table
from kroniek.publish.tables.dataset import files_of_tables, write_dataset
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.register import TABLES

SUMMARY = "dataset of tables as Parquet, with codebook and data package"
ROWS = 5000  # rows of a group
FILES = files_of_tables("parquet", mediatype="application/vnd.apache.parquet")
OPENING = """```
# R
events <- arrow::read_parquet("events.parquet")

# Python
import pandas as pd
events = pd.read_parquet("events.parquet")
happened = events[events.happened]
```

Empty cells are null, days are dates, codes are text."""


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write every table as one Parquet file."""

    def write(into: Path) -> Mapping[str, int]:
        return {table.name: _write(table, into, source, settings) for table in TABLES}

    return write_dataset(source, folder, settings, write=write, files=FILES, opening=OPENING)


def _write(table: Table[Any], folder: Path, source: Source, settings: Settings) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([_field(pa, column) for column in table.columns])
    rows = 0
    with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as writer:
        for group in _groups(table.cells(source, settings)):
            columns = [
                [_value(cells[column.name], column.kind) for cells in group] for column in table.columns
            ]
            writer.write_table(pa.table(columns, schema=schema))
            rows += len(group)
    return rows


def _groups(cells: Iterator[dict[str, Cell]]) -> Iterator[list[dict[str, Cell]]]:
    while group := list(islice(cells, ROWS)):
        yield group


def _field(pa: Any, column: Column[Any]) -> Any:
    types = {
        Kind.STRING: pa.string(), Kind.INTEGER: pa.int64(), Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(), Kind.DATE: pa.date32(),
    }  # fmt: skip
    return pa.field(column.name, types[column.kind], metadata={"description": column.meaning})


def _value(cell: Cell, kind: Kind) -> Any:
    if cell is None or cell == "":
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(str(cell))
    if kind is Kind.NUMBER:
        return float(cell)
    return clean(cell) if isinstance(cell, str) else cell
