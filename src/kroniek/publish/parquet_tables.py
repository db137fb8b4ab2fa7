"""The dataset as Parquet: typed columns, days as dates, some thousand rows in memory at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from kroniek.errors import ExportError
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import Cell, Column, Kind
from kroniek.publish.tables.dataset import files_of_tables, write_dataset
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.sheet import Sheet, typed

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
    return write_dataset(
        source, folder, settings, format=sys.modules[__name__], files=FILES, opening=OPENING
    )  # fmt: skip


def write(folder: Path, sheets: Iterable[Sheet]) -> Mapping[str, int]:
    """Write tables some thousand rows at a time; return the number of rows of each."""
    return {sheet.name: _write(folder, sheet) for sheet in sheets}


def read(folder: Path, name: str, columns: tuple[Column[Any], ...]) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a table as they were written; raises ExportError for a file that is none."""
    import pyarrow as pa
    from pyarrow import parquet

    path = folder / f"{name}.parquet"
    names = [column.name for column in columns]
    try:
        for batch in parquet.ParquetFile(path).iter_batches(ROWS, columns=names):
            for row in batch.to_pylist():
                yield {column.name: typed(row[column.name], column.kind) for column in columns}
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise ExportError(f"{path}: cannot be read as a table of an export: {error}") from error


def _write(folder: Path, sheet: Sheet) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([_field(pa, column) for column in sheet.columns])
    rows = 0
    with parquet.ParquetWriter(folder / f"{sheet.name}.parquet", schema, compression="zstd") as writer:
        for group in _groups(iter(sheet.rows)):
            columns = [
                [_value(cells[column.name], column.kind) for cells in group] for column in sheet.columns
            ]
            writer.write_table(pa.table(columns, schema=schema))
            rows += len(group)
    return rows


def _groups(cells: Iterator[Mapping[str, Cell]]) -> Iterator[list[Mapping[str, Cell]]]:
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
