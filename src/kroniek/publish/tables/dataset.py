"""The dataset's folder: tables in one format, and beside them what describes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kroniek.publish.folder import write_json
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.codebook import codebook, data_package, readme
from kroniek.publish.tables.register import TABLES

Files = Mapping[str, Mapping[str, Any]]


def write_dataset(
    source: Source,
    folder: Path,
    settings: Settings,
    *,
    write: Callable[[Path], Mapping[str, int]],
    files: Files,
    opening: str,
) -> Written:
    """Let `write` put the tables into the folder, then add codebook, data package and README.

    `write` returns the rows of each table; `files` describes each table's file for the data package.
    """
    counts = write(folder)
    written = Written(counts)
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
