"""`kroniek show`: any record with its sentence highlighted, its context and its provenance."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli.app import app, print_json
from kroniek.cli.ask import File, Json
from kroniek.cli.text import printable

if TYPE_CHECKING:
    from kroniek.records import Shown

BOLD, PLAIN = "\x1b[1;7m", "\x1b[0m"


@app.command()
def show(
    file: File,
    record: Annotated[str, typer.Argument(metavar="ID", help="A record's id, or the beginning of one.")],
    as_json: Json = False,
) -> None:
    """Show one record: what it says, the words it rests on, and what made it."""
    from kroniek.chronicle import Chronicle
    from kroniek.records import show_record

    with Chronicle.open(Path(file)) as chronicle:
        shown = show_record(chronicle, record)
    if as_json:
        print_json(shown.json())
        return
    _print(shown)


def _print(shown: Shown) -> None:
    mark = (BOLD, PLAIN) if sys.stdout.isatty() else ("[", "]")
    print(f"{shown.kind} {shown.id}")
    widest = max((len(name) for name in shown.fields), default=0)
    for name, value in shown.fields.items():
        print(f"  {name.ljust(widest)}  {printable(value)}")
    for passage in shown.passages:
        print(f"\n{printable(passage.report)} ({passage.document})")
        before, words, after = passage.before, passage.words, passage.after
        head = printable(f"{before}|")[:-1]
        tail = printable(f"|{after}")[1:]
        print(f"  {head}{mark[0]}{printable(words)}{mark[1]}{tail}")
