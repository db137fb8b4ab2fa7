"""The dataset's folder: tables in one format, and beside them what describes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kroniek.publish.folder import write_json
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.codebook import codebook, data_package, readme
from kroniek.publish.tables.register import TABLES
from kroniek.publish.tables.sheet import TableFormat, sheets_of

Files = Mapping[str, Mapping[str, Any]]


def write_dataset(
    source: Source, folder: Path, settings: Settings, *, format: TableFormat, files: Files, opening: str
) -> Written:
    """Write the tables into the folder, then codebook, data package and README.

    `files` describes each table's file for the data package, `opening` shows how to read them.
    """
    written = Written(format.write(folder, sheets_of(source, settings)))
    folder.joinpath("codebook.md").write_text(codebook(settings), encoding="utf-8", newline="\n")
    write_json(folder / "datapackage.json", data_package(source.facts, files, settings))
    page = readme(source.facts, written, settings, opening=opening)
    folder.joinpath("README.md").write_text(page, encoding="utf-8", newline="\n")
    return written


def files_of_tables(extension: str, **more: Any) -> Files:
    """Return the description of one file for each table, named after it."""
    return {
        table.name: {"path": f"{table.name}.{extension}", "format": extension, **more} for table in TABLES
    }
