"""The dataset as one Excel workbook: a sheet for each table, every text marked as text."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kroniek.errors import ExportError
from kroniek.publish.extras import load_extra
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import Cell, Column, Kind
from kroniek.publish.tables.dataset import write_dataset
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.register import TABLES
from kroniek.publish.tables.sheet import Sheet, typed

SUMMARY = "dataset of tables as one Excel workbook, with codebook and data package"
WORKBOOK = "dataset.xlsx"
MOST_ROWS = 1_048_576  # of a sheet, the header too
MOST_CHARACTERS = 32_767  # of a cell
STAMP = datetime(1980, 1, 1, tzinfo=UTC).replace(
    tzinfo=None
)  # so that the same chronicle gives the same file
CORE = "docProps/core.xml"  # openpyxl writes the time of saving here
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
STAMPED = rb"\g<1>" + STAMP.isoformat().encode() + b"Z"
FILES = {
    table.name: {
        "path": WORKBOOK, "format": "xlsx", "dialect": {"headerRows": [1], "excel": {"sheet": table.name}},
        "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for table in TABLES
}  # fmt: skip
OPENING = """Open `dataset.xlsx` in Excel, LibreOffice or Numbers: a sheet for each table. No cell is a formula. A text
longer than a cell can hold (32,767 characters) is cut with an ellipsis; its offsets lead to all of it.

```
import pandas as pd
events = pd.read_excel("dataset.xlsx", sheet_name="events", keep_default_na=False, na_values=[""])
```"""


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write every table as a sheet of one workbook; raises ExportError when a table has too many rows."""
    load_extra("openpyxl")
    return write_dataset(
        source, folder, settings, format=sys.modules[__name__], files=FILES, opening=OPENING
    )  # fmt: skip


def write(folder: Path, sheets: Iterable[Sheet]) -> Mapping[str, int]:
    """Write tables as sheets of one workbook; return the number of rows of each."""
    openpyxl = load_extra("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "kroniek"
    book.properties.created = book.properties.modified = STAMP
    counts = {sheet.name: _sheet(book, sheet) for sheet in sheets}
    book.save(folder / WORKBOOK)
    _fix_times(folder / WORKBOOK)
    return counts


def read(folder: Path, name: str, columns: tuple[Column[Any], ...]) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a sheet as they were written; raises ExportError for a file that is none."""
    openpyxl = load_extra("openpyxl")
    path = folder / WORKBOOK
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        rows = book[name].iter_rows(values_only=True)
        header = next(rows)
        for row in rows:
            cells = dict(zip(header, row, strict=False))
            yield {column.name: typed(cells.get(column.name), column.kind) for column in columns}
        book.close()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, StopIteration) as error:
        raise ExportError(f"{path}: cannot be read as tables of an export: {error}") from error


def _sheet(book: Any, table: Sheet) -> int:
    cell, styles = load_extra("openpyxl.cell"), load_extra("openpyxl.styles")
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    bold = styles.Font(bold=True)
    header = [cell.WriteOnlyCell(sheet, column.name) for column in table.columns]
    for item in header:
        item.font = bold
    sheet.append(header)
    rows = 0
    for cells in table.rows:
        rows += 1
        if rows >= MOST_ROWS:
            raise ExportError(
                f"the table {table.name} has more rows than a sheet holds ({MOST_ROWS - 1}): take --format csv or parquet"
            )
        row = [_cell(cell, sheet, cells[column.name], column.kind) for column in table.columns]
        row[-1] = row[-1] or ""  # without a last cell the row would be read as too short
        sheet.append(row)
    return rows


def _cell(module: Any, sheet: Any, value: Cell, kind: Kind) -> Any:
    if value is None or value == "":
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(str(value))
    if not isinstance(value, str):
        return value
    words = clean(value)
    if len(words) > MOST_CHARACTERS:
        words = words[: MOST_CHARACTERS - 1] + "…"
    item = module.WriteOnlyCell(sheet, words)
    item.data_type = "s"  # never a formula, whatever the words begin with
    item.quotePrefix = True
    return item


def _fix_times(path: Path) -> None:
    """Write the archive again with one time for all its parts: the same content gives the same bytes."""
    unfinished = path.with_suffix(".part")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            fixed = zipfile.ZipInfo(item.filename, STAMP.timetuple()[:6])
            fixed.compress_type = zipfile.ZIP_DEFLATED
            with old.open(item) as part, new.open(fixed, "w") as target:
                while block := part.read(1 << 20):
                    target.write(MODIFIED.sub(STAMPED, block) if item.filename == CORE else block)
    unfinished.replace(path)
