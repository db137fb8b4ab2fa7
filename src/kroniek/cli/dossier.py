"""`kroniek report`: a dossier on one subject, as a page, Markdown or a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli.app import app
from kroniek.cli.ask import AsKnownOn, File, known_day

if TYPE_CHECKING:
    from kroniek.publish.dossier import Dossier
    from kroniek.publish.labels import Labels

FORMATS = ("html", "md", "docx")
INTERFACES = ("nl", "en")

Interface = Annotated[
    str, typer.Option("--interface", metavar="LANGUAGE", help="Language of the page: nl or en.")
]
Subject = Annotated[
    str, typer.Option("--about", metavar="WORDS", help="Only what is about this: words, names, places.")
]


@app.command()
def report(
    file: File,
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="File to write.")],
    about: Subject = "",
    format: Annotated[
        str, typer.Option("--format", metavar="NAME", help="html, md or docx; else by the file's name.")
    ] = "",
    interface: Interface = "nl",
    known: AsKnownOn = "",
) -> None:
    """Write a dossier: what the reports say about a subject, with every sentence in its context.

    The page is one file that needs no network and runs no script. Other words for the same (`bestand`,
    `wapenstilstand`) and everything in a country that is named count too.
    """
    from datetime import date

    from kroniek.chronicle import Chronicle
    from kroniek.dossiers import gather_dossier
    from kroniek.publish.labels import load_labels

    chosen = chosen_format(format, out, FORMATS)
    labels = load_labels(chosen_interface(interface))
    day = known_day(known)
    with Chronicle.open(file) as chronicle:
        dossier = gather_dossier(
            chronicle, about=about, interface=interface, known_on=date.fromisoformat(day) if day else None
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_rendered(dossier, labels, chosen, interface))
    print(f"{out}: {len(dossier.sources)} reports, {len(dossier.events)} events")


def chosen_format(given: str, out: Path, formats: tuple[str, ...]) -> str:
    """Return the format asked for, or that of the file's name; refuse others with what there is."""
    name = (given or out.suffix.removeprefix(".")).lower()
    name = {"htm": "html", "markdown": "md"}.get(name, name)
    if name not in formats:
        wrong = repr(given or out.name)
        raise typer.BadParameter(
            f"{wrong} {'is' if given else 'ends in'} none of: {', '.join(formats)}",
            param_hint="--format" if given else "--out",
        )
    return name


def chosen_interface(given: str) -> str:
    """Return the language of the page; refuse others with what there is."""
    if given not in INTERFACES:
        raise typer.BadParameter(f"{given!r} is none of: {', '.join(INTERFACES)}", param_hint="--interface")
    return given


def _rendered(dossier: Dossier, labels: Labels, chosen: str, interface: str) -> bytes:
    from kroniek.publish.blocks import markdown, word_document
    from kroniek.publish.dossier_blocks import dossier_blocks

    if chosen == "html":
        from kroniek.publish.dossier_page import dossier_page

        return dossier_page(dossier, labels).encode("utf-8")
    blocks = dossier_blocks(dossier, labels)
    if chosen == "md":
        return markdown(blocks).encode("utf-8")
    return word_document(blocks, title=dossier.title, language=interface)
