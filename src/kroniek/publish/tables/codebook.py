"""What describes a dataset, made from the columns: codebook, Frictionless data package, README."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kroniek import __version__
from kroniek.ontology import load_ontology
from kroniek.publish.source import Facts, Quotes, Settings, Written
from kroniek.publish.tables.column import Column, Kind, Link, Located, Table
from kroniek.publish.tables.register import TABLES

QUOTES = {
    Quotes.FULL: "The reports' words and sentences stand in the cells. They are the outlets' own: see that you may pass them on.",
    Quotes.SHORT: "The reports' words are cut after 90 characters and sentences are left out; offsets and hashes lead to them.",
    Quotes.NONE: "The reports' words are left out: offsets and hashes lead to them. Whoever holds the reports fills them in with `kroniek rehydrate`.",
}


def codebook(settings: Settings) -> str:
    """Return the codebook in Markdown: every column of every table."""
    ontology = load_ontology()
    lines = [
        "# Codebook",
        "",
        f"Made by kroniek {__version__}, ontology {ontology.version} (based on PLOVER 2.0). All of it was found by machine; `judged_by` names who checked an event or telling.",
        "",
        "Empty cells mean: not known, or not given by the reports. Dates are as long as they are known (`2016-09` is",
        "September 2016 and never its first day); `_earliest` and `_latest` give the days that they can be. Offsets count",
        "code points from 0; the end is exclusive. Several values in one cell are parted by `; `.",
        "",
        QUOTES[settings.quotes],
        "",
    ]
    for table in TABLES:
        lines += _section(table)
    return "\n".join(lines).rstrip() + "\n"


def _section(table: Table[Any]) -> list[str]:
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [f"## {table.name}", "", f"{table.title}. Key: {key}.", ""]
    if table.notes:
        lines += [table.notes, ""]
    lines += ["| column | type | meaning | values | source |", "|---|---|---|---|---|"]
    lines += [_line(column) for column in table.columns]
    coded = [column for column in table.columns if len(column.values) > SHORT_LIST]
    for column in coded:
        lines += ["", f"Values of `{column.name}`:", ""]
        lines += [f"- `{value}`: {meaning}" for value, meaning in column.values.items()]
    return [*lines, ""]


SHORT_LIST = 7  # values that still fit into the table


def _line(column: Column[Any]) -> str:
    if not column.values:
        values = ""
    elif len(column.values) > SHORT_LIST:
        values = "see below"
    else:
        values = "; ".join(f"`{value}`: {meaning}" for value, meaning in column.values.items())
    kind = f"{column.kind.value}{', never empty' if column.required else ''}"
    cells = (f"`{column.name}`", kind, column.meaning, values, column.source)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def data_package(facts: Facts, files: Mapping[str, Mapping[str, Any]], settings: Settings) -> dict[str, Any]:
    """Return the Frictionless data package (Data Package 1, Table Schema 1).

    `files` gives for each table its path, format and what else its resource needs.
    """
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in facts.name.lower())
    return {
        "profile": "data-package",
        "name": name.strip("-") or "chronicle",
        "title": f"{facts.name}: chronicle of {facts.reports} reports",
        "description": "Events, statements and processes that kroniek found in news reports, each with its words. See codebook.md.",
        "created": facts.entered or None,
        "sources": [{"title": f"{facts.reports} news reports, listed in the table reports"}],
        "kroniek": {"version": __version__, "quotes": settings.quotes.value},
        "resources": [_resource(table, files[table.name]) for table in TABLES if table.name in files],
    }


def _resource(table: Table[Any], file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        **({"description": table.notes} if table.notes else {}),
        **file,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign(link) for link in table.links],
            "missingValues": [""],
        },
    }


def _foreign(link: Link) -> dict[str, Any]:
    return {"fields": [link.column], "reference": {"resource": link.table, "fields": [link.key]}}


def _field(column: Column[Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        codes = list(column.values)
        constraints["enum"] = [int(code) for code in codes] if column.kind is Kind.INTEGER else codes
    field: dict[str, Any] = {"name": column.name, "type": column.kind.value, "description": column.meaning}
    if constraints:
        field["constraints"] = constraints
    if column.values:
        field["kroniek:values"] = dict(column.values)
    field["kroniek:source"] = column.source
    if column.located:
        field["kroniek:located"] = _located(column.located)
    return field


def _located(where: Located) -> dict[str, Any]:
    return {name: value for name in Located.__slots__ if (value := getattr(where, name))}


def readme(facts: Facts, written: Written, settings: Settings, *, opening: str) -> str:
    """Return the README of a dataset; `opening` shows how to read its files."""
    rows = [f"| {table.name} | {written.counts[table.name]} | {table.title} |" for table in TABLES if table.name in written.counts]  # fmt: skip
    statuses = ", ".join(f"`{status.value}`" for status in sorted(settings.statuses))
    return "\n".join(
        [
            f"# {facts.name}: what {facts.reports} reports say",
            "",
            f"Exported from a chronicle by kroniek {__version__}; the last report came in at {facts.entered or '(no report yet)'}.",
            "",
            "| table | rows | what |",
            "|---|---|---|",
            *rows,
            "",
            "All of it was found by machine; `judged_by` names who checked an event or telling.",
            "Denied, planned, alleged and cancelled events are rows too: count only those whose `happened` is true.",
            f"The layouts `polecat` and `icews` hold the statuses {statuses} only.",
            "",
            QUOTES[settings.quotes],
            "",
            "## Open it",
            "",
            opening,
            "",
            "Every column is explained in `codebook.md` and, for programs, in `datapackage.json`. `manifest.json` lists the",
            "files with their hashes and the versions that made them. `kroniek diff OLD NEW` tells what changed between two",
            "exports.",
            "",
            "## Cite it",
            "",
            f"kroniek {__version__}, dataset {facts.name}, state of {facts.entered[:10] or 'an empty chronicle'}, from {facts.reports} reports.",
            "Cite a row by its id together with the report's outlet, title and date: the program reads, the outlet says it.",
            "",
        ]
    )  # fmt: skip
