"""The reports' words put back into a dataset that was exported without them, for those who hold the reports.

Nothing is guessed: words are filled in only where their hash is the one that was exported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from kroniek.errors import ExportError
from kroniek.model import Document, Span
from kroniek.publish.folder import Made, read_manifest, replace_folder, write_json, write_manifest
from kroniek.publish.source import Quotes, Written, hash_of, words_at
from kroniek.publish.tables.codebook import QUOTES
from kroniek.publish.tables.column import Cell, Located
from kroniek.publish.tables.register import BY_NAME
from kroniek.publish.tables.sheet import Sheet, TableFormat, columns_of, format_of

PACKAGE = "datapackage.json"
REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A cell whose words are not those that were exported: table, key of its row, column, and where."""

    table: str
    key: str
    column: str
    where: str


@dataclass(slots=True)
class Filling:
    """How the filling went: cells filled, cells that do not agree, reports that nobody gave."""

    filled: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def rehydrate(
    folder: Path, documents: Iterable[Document], target: Path | None = None
) -> tuple[Made, Filling]:
    """Fill the words of `documents` into a dataset; return what was written and how it went.

    Without `target` the dataset itself is replaced, whole or not at all. Raises ExportError when the
    folder holds no dataset.
    """
    format, package, manifest = format_of(folder), _package(folder), read_manifest(folder)
    resources = {resource["name"]: resource for resource in package["resources"]}
    texts = _texts(folder, format, resources, documents)
    filling = Filling(missing=[f"{name} ({key})" for key, (name, text) in texts.items() if text is None])
    found = {key: text for key, (_, text) in texts.items() if text is not None}

    def write(into: Path) -> Written:
        sheets = (
            Sheet(
                name,
                columns,
                _filled(format.read(folder, name, columns), resource, texts=found, filling=filling),
            )
            for name, resource in resources.items()
            for columns in (columns_of(resource),)
        )
        written = Written(format.write(into, sheets))
        _describe(folder, into, package=package, manifest=manifest, filling=filling)
        return written

    made = replace_folder(target or folder, write, force=target is None)
    return made, filling


def stored_sheets(folder: Path) -> Iterator[Sheet]:
    """Yield the tables of a dataset's folder; raises ExportError when it holds none."""
    format = format_of(folder)
    for resource in _package(folder)["resources"]:
        columns = columns_of(resource)
        yield Sheet(resource["name"], columns, format.read(folder, resource["name"], columns))


def _package(folder: Path) -> Any:
    try:
        package = json.loads(folder.joinpath(PACKAGE).read_text(encoding="utf-8"))
        names = [resource["name"] for resource in package["resources"]]
        if REPORTS not in names or not set(names) <= set(BY_NAME):
            raise ValueError(f"its tables should be among {', '.join(BY_NAME)}")
        for resource in package["resources"]:
            _check_columns(resource)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{folder / PACKAGE}: does not describe an export of kroniek: {error}") from error
    return package


def _check_columns(resource: Mapping[str, Any]) -> None:
    """Raise ValueError when a column's words are said to stand where there is no column."""
    columns = columns_of(resource)
    known = {"", *(column.name for column in columns)}
    wanted = set(resource["schema"]["primaryKey"])
    for column in columns:
        where = column.located
        if where:
            wanted |= {where.document, where.start, where.end, where.spans, where.sha256}
    if not wanted <= known:
        raise ValueError(f"the table {resource['name']} has no column {sorted(wanted - known)[0]}")


def _texts(
    folder: Path, format: TableFormat, resources: Mapping[str, Any], documents: Iterable[Document]
) -> dict[str, tuple[str, str | None]]:
    """Return for each report of the dataset its name and its text, None when nobody gave it.

    A report is known by its id, by the hash of its text, or, for another version of it, by its own id,
    address or file; then only words that have not changed are filled in.
    """
    rows = list(format.read(folder, REPORTS, columns_of(resources[REPORTS])))
    known: dict[tuple[str, str], str | None] = {}
    for row in rows:
        for sign in _signs_of_row(row):
            known[sign] = None if sign in known else str(row["document_id"])  # two reports: no sign at all
    found: dict[str, tuple[int, str]] = {}
    for document in documents:
        for rank, sign in enumerate(_signs(document)):
            key = known.get(sign)
            if key and rank < found.get(key, (len(SIGNS), ""))[0]:
                found[key] = (rank, document.text)
    return {
        str(row["document_id"]): (
            str(row["title"] or row["path"]),
            found[str(row["document_id"])][1] if str(row["document_id"]) in found else None,
        )
        for row in rows
    }


SIGNS = ("id", "text", "name", "url", "file")  # the surest first


def _signs_of_row(row: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    file = f"{PurePath(str(row['path'])).name} {row['record']}".strip()
    values = (row["document_id"], row["text_sha256"], row["name"], row["url"], file)
    return ((sign, str(value)) for sign, value in zip(SIGNS, values, strict=True) if value)


def _signs(document: Document) -> tuple[tuple[str, str], ...]:
    origin = document.origin
    file = f"{PurePath(origin.path).name} {origin.record}".strip()
    values = (document.id, hash_of(document.text), document.name, origin.url, file)
    return tuple(zip(SIGNS, values, strict=True))


def _filled(
    rows: Iterable[dict[str, Cell]], resource: Mapping[str, Any], *, texts: Mapping[str, str], filling: Filling
) -> Iterator[dict[str, Cell]]:  # fmt: skip
    columns = columns_of(resource)
    located = [
        (column.name, column.located) for column in columns if column.located and column.located.sha256
    ]
    keys = resource["schema"]["primaryKey"]
    for cells in rows:
        for name, where in located:
            digest = cells[where.sha256]
            text = texts.get(str(cells[where.document]))
            if not digest or text is None:
                continue
            words = _words(cells, where, text)
            if words is not None and hash_of(words) == digest:
                cells[name] = words
                filling.filled += 1
            else:
                key = " ".join(str(cells[part]) for part in keys)
                filling.mismatches.append(Mismatch(resource["name"], key, name, _place(cells, where)))
        yield cells


def _words(cells: Mapping[str, Cell], where: Located, text: str) -> str | None:
    """Return the words where the cells say that they stand, None when that is no place in the text."""
    try:
        if where.spans:
            ends = (piece.split("-") for piece in str(cells[where.spans]).split())
            spans = [Span(int(start), int(end)) for start, end in ends]
        else:
            spans = [Span(int(str(cells[where.start])), int(str(cells[where.end])))]
    except ValueError:
        return None
    return words_at(text, spans)


def _place(cells: Mapping[str, Cell], where: Located) -> str:
    spans = cells[where.spans] if where.spans else f"{cells[where.start]}-{cells[where.end]}"
    return f"{cells[where.document]} {spans}"


def _describe(folder: Path, into: Path, *, package: Any, manifest: Any, filling: Filling) -> None:
    """Write codebook, README, data package and manifest anew: the words are there now."""
    before = Quotes(package.get("kroniek", {}).get("quotes", Quotes.NONE))
    for name in ("codebook.md", "README.md"):
        if not folder.joinpath(name).is_file():
            continue
        page = folder.joinpath(name).read_text(encoding="utf-8")
        into.joinpath(name).write_text(
            page.replace(QUOTES[before], QUOTES[Quotes.FULL]), encoding="utf-8", newline="\n"
        )
    filled = {
        "filled": filling.filled, "mismatches": len(filling.mismatches), "reports_missing": len(filling.missing),
    }  # fmt: skip
    package["kroniek"] = {**package.get("kroniek", {}), "quotes": Quotes.FULL.value, "rehydrated": filled}
    write_json(into / PACKAGE, package)
    options = {**manifest.get("options", {}), "quotes": Quotes.FULL.value}
    write_manifest(into, {**manifest, "options": options, "rehydrated": filled})
