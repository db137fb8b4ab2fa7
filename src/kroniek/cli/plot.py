"""`kroniek plot`: pictures for papers and slides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kroniek.cli.app import app
from kroniek.cli.ask import AsKnownOn, File, known_day
from kroniek.cli.dossier import Interface, chosen_format, chosen_interface

KINDS = ("timeline", "relations", "network", "processes")


@app.command()
def plot(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="timeline, relations, network or processes.")],
    file: File,
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="File to write: .svg or .png.")],
    about: Annotated[
        str, typer.Option("--about", metavar="WORDS", help="Only what is about this: words, names, places.")
    ] = "",
    interface: Interface = "nl",
    known: AsKnownOn = "",
) -> None:
    """Draw the timeline, the processes, relations over time, or who appears with whom.

    Colours differ for colour-blind readers too, and shapes, direction or dashes say the same. Needs
    `pip install 'kroniek[publish]'`.
    """
    from datetime import date

    from kroniek.chronicle import Chronicle
    from kroniek.dossiers import gather_dossier
    from kroniek.publish import plots
    from kroniek.publish.labels import load_labels

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is none of: {', '.join(KINDS)}", param_hint="KIND")
    form = chosen_format("", out, ("svg", "png"))
    labels = load_labels(chosen_interface(interface))
    day = known_day(known)
    with Chronicle.open(file) as chronicle:
        dossier = gather_dossier(
            chronicle, about=about, interface=interface, known_on=date.fromisoformat(day) if day else None
        )
    made = plots.rendered(plots.plot(kind, dossier, labels), form, interface)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(made)
    print(f"{out}: {kind}")
