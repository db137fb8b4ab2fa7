"""`kroniek rehydrate` fills words into a dataset; `kroniek diff` tells what changed between two."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli import inputs
from kroniek.cli.app import app, print_json_list
from kroniek.cli.ask import Json, Limit
from kroniek.cli.inputs import Asked
from kroniek.cli.text import printable

if TYPE_CHECKING:
    from kroniek.model import Document
    from kroniek.publish.diff import Change
    from kroniek.publish.tables.sheet import Sheet

MARKS = {"added": "+", "changed": "~", "removed": "-"}
MOST_LISTED = 50  # cells that do not agree are listed up to here; all are counted
# Columns that follow from one beside them; only --json lists them.
FOLLOWING = ("_start", "_end", "_spans", "_earliest", "_latest", "_precision", "_ids", "_country", "itude", "where_precision")  # fmt: skip
Side = Annotated[str, typer.Argument(metavar="A", help="Chronicle file, or folder of an exported dataset.")]


@app.command()
def rehydrate(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Dataset that was exported with --quotes none or short.")
    ],
    reports: Annotated[
        list[str], typer.Option("--reports", metavar="PATH", help="The reports: files, folders or globs; may be given more than once.")
    ],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Write here instead of into the dataset itself.")
    ] = None,
    text: inputs.Text = "", date: inputs.Date = "", id: inputs.Id = "", title: inputs.Title = "",
    outlet_column: inputs.OutletColumn = "", url: inputs.Url = "", outlet: inputs.Outlet = "",
    format: inputs.Format = "", encoding: inputs.Encoding = "",
) -> None:  # fmt: skip
    """Fill the reports' words into a dataset that holds only their offsets and hashes.

    Words are filled in where their hash agrees; where it does not, the cell stays empty and is listed.
    """
    from kroniek.publish.rehydrate import rehydrate as fill

    asked = Asked(
        text=text, date=date, id=id, title=title, outlet_column=outlet_column, url=url, outlet=outlet,
        format=format, encoding=encoding, any_language=True,
    )  # fmt: skip
    made, filling = fill(folder, _documents(reports, asked), to)
    for item in filling.mismatches[:MOST_LISTED]:
        print(f"not the same words: {item.table} {item.key} {item.column} ({item.where})", file=sys.stderr)
    for name in filling.missing:
        print(f"report not given: {printable(name)}", file=sys.stderr)
    print(
        f"{made.folder}: filled {filling.filled} cells; {len(filling.mismatches)} do not agree; "
        f"{len(filling.missing)} reports not given"
    )
    if filling.mismatches or filling.missing:
        raise typer.Exit(inputs.REJECTS)


def _documents(paths: list[str], asked: Asked) -> Iterator[Document]:
    from kroniek.model import Document

    for item in inputs.read_all(paths, asked):
        if isinstance(item, Document):
            yield item
        else:
            inputs.report_rejections([item])


@app.command()
def diff(
    a: Side,
    b: Annotated[str, typer.Argument(metavar="B", help="The later one, of either kind.")],
    as_json: Json = False,
    limit: Limit = 0,
) -> None:
    """List what was added, changed and removed between two chronicles or exported datasets.

    A removed event names the events in which its tellings now stand. Words are compared by their hash,
    so that exports with and without them can be compared.
    """
    from itertools import islice

    from kroniek.publish.diff import compare

    with _sheets(Path(a)) as before, _sheets(Path(b)) as after:
        changes = compare(before, after)
        if as_json:
            print_json_list(change.json() for change in islice(changes, limit or None))
            return
        counts: Counter[str] = Counter()
        for number, change in enumerate(changes, start=1):
            counts[change.change] += 1
            if not limit or number <= limit:
                print("\n".join(_lines(change)))
    print(", ".join(f"{counts[kind]} {kind}" for kind in MARKS) if counts else "no differences")


def _lines(change: Change) -> Iterator[str]:
    yield f"{MARKS[change.change]} {change.table}  {printable(change.id)}  {printable(change.shown)}"
    for name, old, new in change.fields:
        if name.endswith("_sha256"):
            yield f"    {name.removesuffix('_sha256')}: other words"
        elif not name.endswith(FOLLOWING):
            yield f"    {name}: {_value(old)} -> {_value(new)}"
    if change.successors:
        yield f"    its tellings now stand in: {', '.join(change.successors)}"


def _value(cell: object) -> str:
    return printable(str(cell)) if cell not in ("", None) else "(empty)"


@contextmanager
def _sheets(path: Path) -> Iterator[Iterator[Sheet]]:
    """Give the tables of a chronicle file or of a dataset's folder."""
    from kroniek.export import FileSource
    from kroniek.ingest import merge_chronicle
    from kroniek.publish.rehydrate import stored_sheets
    from kroniek.publish.source import Settings
    from kroniek.publish.tables.sheet import sheets_of
    from kroniek.store.database import open_database

    if path.is_dir():
        yield stored_sheets(path)
        return
    with open_database(path) as database:
        merge_chronicle(database)
        yield sheets_of(FileSource(database), Settings())
