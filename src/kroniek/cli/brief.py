"""`kroniek brief`: what is new, changed, contradicted and past due since a day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli.app import app
from kroniek.cli.ask import AsKnownOn, File, known_day
from kroniek.cli.dossier import Interface, Subject, chosen_format, chosen_interface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kroniek.publish.blocks import Block

CLOCKS = ("reported", "entered")


@app.command()
def brief(
    file: File,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")],
    about: Subject = "",
    clock: Annotated[
        str, typer.Option("--clock", metavar="NAME", help="Day that counts: reported (published) or entered.")
    ] = "reported",
    known: AsKnownOn = "",
    interface: Interface = "nl",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="Write to this .md or .docx file instead.")
    ] = None,
) -> None:
    """Tell what is new, changed, contradicted and past due since a day, with report and sentence.

    Compares what is known now with what was known the day before. What happened earlier and is reported
    only now stands apart.
    """
    from datetime import date

    from kroniek.briefings import gather_briefing
    from kroniek.chronicle import Chronicle
    from kroniek.publish.briefing_blocks import briefing_blocks, briefing_title
    from kroniek.publish.labels import load_labels

    if clock not in CLOCKS:
        raise typer.BadParameter(f"{clock!r} is none of: {', '.join(CLOCKS)}", param_hint="--clock")
    labels = load_labels(chosen_interface(interface))
    chosen = chosen_format("", out, ("md", "docx")) if out else "md"
    first, day = _first_day(since), known_day(known)
    with Chronicle.open(file) as chronicle:
        briefing = gather_briefing(
            chronicle, first, clock=clock, known_on=date.fromisoformat(day) if day else None, about=about,
            interface=interface,
        )  # fmt: skip
    made = _document(briefing_blocks(briefing, labels), chosen, briefing_title(briefing, labels), interface)
    if out is None:
        sys.stdout.write(made.decode("utf-8"))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(made)
    print(f"{out}: {len(briefing.sources)} new reports")


def _document(blocks: Iterator[Block], form: str, title: str, interface: str) -> bytes:
    from kroniek.publish.blocks import markdown, word_document

    if form == "docx":
        return word_document(blocks, title=title, language=interface)
    return markdown(blocks).encode("utf-8")


def _first_day(given: str) -> date:
    from kroniek.model import interval_of

    interval = interval_of(given)
    if interval is None:
        raise typer.BadParameter(
            f"{given!r} is no date; write 2016-09-09, 2016-09 or 2016", param_hint="--since"
        )
    return interval.earliest
