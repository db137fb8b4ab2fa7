"""The dataset as CSV: UTF-8 without a byte-order mark, commas, quotes where needed, one line feed a row."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kroniek.errors import ExportError
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import Cell, Column, Kind
from kroniek.publish.tables.dataset import files_of_tables, write_dataset
from kroniek.publish.tables.guard import clean, guarded, unguarded
from kroniek.publish.tables.sheet import Sheet, typed

MOST_CHARACTERS = 10_000_000  # of a cell; a statement can be as long as a report
SUMMARY = "dataset of tables as CSV, with codebook and data package"
FILES = files_of_tables("csv", mediatype="text/csv", encoding="utf-8", profile="tabular-data-resource", dialect={"delimiter": ",", "lineTerminator": "\n", "header": True})  # fmt: skip
OPENING = """```
# R: colClasses keeps the zero of codes such as 042
events <- read.csv("events.csv", na.strings = "", encoding = "UTF-8", colClasses = c(cameo = "character"))
happened <- subset(events, happened)

# Python
import pandas as pd
events = pd.read_csv("events.csv", keep_default_na=False, na_values=[""], dtype={"cameo": str})
happened = events[events.happened]
```

A cell of text that begins with `=`, `+`, `-`, `@` or a tab has an apostrophe in front, so that no spreadsheet runs
it. For Excel take `--format xlsx`: it needs no import."""


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write every table as one CSV file."""
    return write_dataset(
        source, folder, settings, format=sys.modules[__name__], files=FILES, opening=OPENING
    )  # fmt: skip


def write(folder: Path, sheets: Iterable[Sheet]) -> Mapping[str, int]:
    """Write tables row by row; return the number of rows of each."""
    return {sheet.name: _write(folder, sheet) for sheet in sheets}


def read(folder: Path, name: str, columns: tuple[Column[Any], ...]) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a table as they were written; raises ExportError for a file that is none."""
    path = folder / f"{name}.csv"
    kinds = {column.name: column.kind for column in columns}
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {
                    key: typed(unguarded(row[key] or "") if kind is Kind.STRING else row[key], kind)
                    for key, kind in kinds.items()
                }
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ExportError(f"{path}: cannot be read as a table of an export: {error}") from error


def _write(folder: Path, sheet: Sheet) -> int:
    rows = 0
    texts = {column.name: column.kind is Kind.STRING for column in sheet.columns}
    with folder.joinpath(f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(texts)
        for cells in sheet.rows:
            writer.writerow(_cell(cells[name], guard=text) for name, text in texts.items())
            rows += 1
    return rows


def _cell(value: Cell, *, guard: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(clean(str(value))) if guard else str(value)
