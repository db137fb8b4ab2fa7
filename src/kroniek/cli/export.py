"""`kroniek export|rehydrate|diff`: a chronicle as files for other programs, and what changed between two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kroniek.cli.app import app
from kroniek.cli.ask import File
from kroniek.cli.text import printable

if TYPE_CHECKING:
    from kroniek.model import Status

To = Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder to write; it is made.")]


@app.command()
def export(
    file: File,
    to: To,
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME",
            help="csv, parquet, xlsx, graphml, gexf, turtle, claimreview, geojson, ics, timelinejs, conllu, xmi, vault, or a plug-in's.",
        ),
    ] = "csv",
    quotes: Annotated[
        str,
        typer.Option("--quotes", metavar="HOW", help="Words of the reports: full, short (cut, no sentences) or none (hashes and offsets)."),
    ] = "full",
    status: Annotated[
        str,
        typer.Option(
            "--status", metavar="STATUS",
            help="Statuses in formats that cannot say that an event did not happen; several with commas, or all.",
        ),
    ] = "happened,ongoing",
    force: Annotated[bool, typer.Option("--force", help="Replace an export that is there.")] = False,
) -> None:  # fmt: skip
    """Write a chronicle as a dataset or in another program's format, with codebook and manifest.

    The tables of csv, parquet and xlsx, and turtle, claimreview and vault, hold every event with its
    status. The layouts after POLECAT and ICEWS, networks, maps, calendars and timelines hold what
    happened, unless --status widens them.
    """
    from kroniek.export import export_file
    from kroniek.publish.source import Settings
    from kroniek.store.database import open_database

    settings = Settings(_quotes(quotes), _statuses(status))
    with open_database(file) as database:
        made = export_file(database, to, format=format, settings=settings, force=force)
    for name, number in made.written.counts.items():
        print(f"{name}: {number}")
    for line in made.written.left_out:
        print(f"left out: {printable(line)}")
    shown = made.files if len(made.files) <= MOST_SHOWN else (*made.files[:MOST_SHOWN], "...")
    print(f"{to}: {len(made.files)} files: {', '.join(printable(name) for name in shown)}")


MOST_SHOWN = 24  # names of files that are listed


def _quotes(given: str) -> Any:
    from kroniek.publish.source import Quotes

    try:
        return Quotes(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is none of: full, short, none", param_hint="--quotes") from error


def _statuses(given: str) -> frozenset[Status]:
    from kroniek.cli.ask import statuses
    from kroniek.model import Status

    chosen = frozenset(Status) if given.strip() == "all" else frozenset(statuses(given))
    if not chosen:
        raise typer.BadParameter("name at least one status, or all", param_hint="--status")
    return chosen
