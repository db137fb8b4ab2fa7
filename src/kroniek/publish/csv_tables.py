"""The dataset as CSV: UTF-8 without a byte-order mark, commas, quotes where needed, one line feed a row."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import Cell, Kind, Table
from kroniek.publish.tables.dataset import files_of_tables, write_dataset
from kroniek.publish.tables.guard import clean, guarded
from kroniek.publish.tables.register import TABLES

SUMMARY = "dataset of tables as CSV, with codebook and data package"
FILES = files_of_tables("csv", mediatype="text/csv", encoding="utf-8", profile="tabular-data-resource", dialect={"delimiter": ",", "lineTerminator": "\n", "header": True})  # fmt: skip
OPENING = """```
# R: codes such as cameo 042 keep their zero when the data package is used; with plain read.csv say so
events <- read.csv("events.csv", na.strings = "", encoding = "UTF-8", colClasses = c(cameo = "character"))
happened <- subset(events, happened == "true" | happened == TRUE)

# Python
import pandas as pd
events = pd.read_csv("events.csv", keep_default_na=False, na_values=[""], dtype={"cameo": str})
happened = events[events.happened]
```

A cell of text that begins with `=`, `+`, `-`, `@` or a tab has an apostrophe in front, so that no spreadsheet runs
it. For Excel take `--format xlsx`: it needs no import."""


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write every table as one CSV file."""

    def write(into: Path) -> Mapping[str, int]:
        return {table.name: _write(table, into, source, settings) for table in TABLES}

    return write_dataset(source, folder, settings, write=write, files=FILES, opening=OPENING)


def _write(table: Table[Any], folder: Path, source: Source, settings: Settings) -> int:
    """Write one table row by row; return the number of rows."""
    rows = 0
    texts = [column.kind is Kind.STRING for column in table.columns]
    with folder.joinpath(f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        for cells in table.cells(source, settings):
            writer.writerow(
                _cell(value, guard=text) for value, text in zip(cells.values(), texts, strict=True)
            )
            rows += 1
    return rows


def _cell(value: Cell, *, guard: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(clean(str(value))) if guard else str(value)
