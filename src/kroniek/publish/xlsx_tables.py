"""The dataset as one Excel workbook: a sheet for each table, every text marked as text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kroniek.errors import ExportError
from kroniek.publish.extras import load_extra
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import Cell, Kind, Table
from kroniek.publish.tables.dataset import write_dataset
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.register import TABLES

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
        source, folder, settings, write=lambda into: _write(into, source, settings), files=FILES, opening=OPENING
    )  # fmt: skip


def _write(folder: Path, source: Source, settings: Settings) -> Mapping[str, int]:
    openpyxl = load_extra("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "kroniek"
    book.properties.created = book.properties.modified = STAMP
    counts = {table.name: _sheet(book, table, source, settings) for table in TABLES}
    book.save(folder / WORKBOOK)
    _fix_times(folder / WORKBOOK)
    return counts


def _sheet(book: Any, table: Table[Any], source: Source, settings: Settings) -> int:
    cell, styles = load_extra("openpyxl.cell"), load_extra("openpyxl.styles")
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    bold = styles.Font(bold=True)
    header = [cell.WriteOnlyCell(sheet, column.name) for column in table.columns]
    for item in header:
        item.font = bold
    sheet.append(header)
    rows = 0
    for cells in table.cells(source, settings):
        rows += 1
        if rows >= MOST_ROWS:
            raise ExportError(
                f"the table {table.name} has more rows than a sheet holds ({MOST_ROWS - 1}): take --format csv or parquet"
            )
        pairs = zip(cells.values(), table.columns, strict=True)
        row = [_cell(cell, sheet, value, column.kind) for value, column in pairs]
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
