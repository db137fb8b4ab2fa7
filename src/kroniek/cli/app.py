"""The commands, and what they share."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from kroniek import __version__

app = typer.Typer(
    name="kroniek",
    help="Read news reports and ask for their chronicle: who did what to whom, when, where, according to whom.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: loading Rich for it would double the time it takes
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"kroniek {__version__}")
        raise typer.Exit


@app.callback()
def settings(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")] = False,
) -> None:
    """Set what holds for all commands."""
    del version
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="kroniek: %(message)s", stream=sys.stderr)


def print_json(value: Any) -> None:
    """Print one JSON value, indented, with letters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_json_list(values: Iterable[Any]) -> None:
    """Print a JSON list item by item, so that a long one needs no memory."""
    sys.stdout.write("[")
    separator = "\n"
    for value in values:
        sys.stdout.write(separator + json.dumps(value, ensure_ascii=False))
        separator = ",\n"
    sys.stdout.write("\n]\n")


# The commands register themselves with `app`; what they need is loaded when they run.
from kroniek.cli import (  # noqa: E402,F401
    annotate,
    ask,
    brief,
    changes,
    claims,
    dossier,
    evaluate,
    export,
    knowledge,
    merged,
    plot,
    read,
    review,
    serve,
    show,
)
