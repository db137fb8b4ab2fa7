"""`kroniek read`: reports into a chronicle file. `kroniek languages`: the packs that are installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kroniek.cli import inputs
from kroniek.cli.app import app, print_json_list
from kroniek.cli.inputs import Asked
from kroniek.cli.progress import progress_bar
from kroniek.cli.text import printable, table


@app.command()
def read(
    paths: inputs.Paths,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FILE", help="Chronicle file to add to.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be read; nothing is analysed or written.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Analyse known reports anew; people's judgements are kept.")
    ] = False,
    language: inputs.Language = "nl",
    parser: inputs.Parser = "",
    text: inputs.Text = "",
    date: inputs.Date = "",
    id: inputs.Id = "",
    title: inputs.Title = "",
    outlet_column: inputs.OutletColumn = "",
    url: inputs.Url = "",
    outlet: inputs.Outlet = "",
    format: inputs.Format = "",
    encoding: inputs.Encoding = "",
    limit_mb: inputs.Limit = 10.0,
    any_language: inputs.AnyLanguage = False,
) -> None:
    """Read reports into a chronicle file.

    Reading the same reports again adds nothing. A run that was cut off is taken up by giving the same
    command again.
    """
    asked = Asked(
        language, parser, text, date, id, title, outlet_column, url, outlet, format, encoding, limit_mb,
        any_language,
    )  # fmt: skip
    if dry_run:
        raise typer.Exit(_dry_run(paths, asked))
    if into is None:
        raise typer.BadParameter("name the chronicle file to add to: --into FILE", param_hint="--into")
    raise typer.Exit(_read(paths, into, asked, again=again))


def _read(paths: list[str], into: Path, asked: Asked, *, again: bool) -> int:
    from kroniek.chronicle import Chronicle

    resources = inputs.resources_for(asked)
    with Chronicle.open(into, create=True) as chronicle, progress_bar("reading") as tell:
        outcome = chronicle.add(
            inputs.read_all(paths, asked), resources, parser=asked.parser, again=again,
            progress=lambda counts: tell(counts.announced),
        )  # fmt: skip
    inputs.report_rejections(outcome.rejections)
    counts = outcome.counts
    print(
        inputs.closing_line(read=counts.added + counts.renewed, known=counts.known, rejected=counts.rejected)
    )
    if not (counts.added or counts.renewed):
        print(f"nothing new: {into} is as it was")
    if counts.known and not again:
        _warn_of_older_packs(into, asked)
    return inputs.REJECTS if outcome.rejections else 0


def _warn_of_older_packs(into: Path, asked: Asked) -> None:
    """Say so when known reports were analysed with another version than the present one."""
    from kroniek import __version__
    from kroniek.chronicle import Chronicle
    from kroniek.language import load_language

    present = (__version__, load_language(asked.language).version)
    with Chronicle.open(into) as chronicle:
        older = sum(
            use.documents for use in chronicle.packs()
            if use.language == asked.language and (use.program, use.pack) != present
        )  # fmt: skip
    if older:
        print(
            f"{older} known reports were analysed with another version of kroniek or of the language pack; "
            "--again analyses them anew",
            file=sys.stderr,
        )


def _dry_run(paths: list[str], asked: Asked) -> int:
    from kroniek.model import Document, Rejection

    documents: set[str] = set()
    rejected: list[Rejection] = []
    known = 0
    for item in inputs.read_all(paths, asked):
        if isinstance(item, Document):
            known += item.id in documents
            documents.add(item.id)
            place = f"{item.origin.path} {item.origin.record}".strip()
            print(f"{item.id}  {item.given.value or '-'}  {printable(item.name or place)}")
        else:
            rejected.append(item)
    inputs.report_rejections(rejected)
    print(inputs.closing_line(read=len(documents), known=known, rejected=len(rejected)) + " (dry run)")
    return inputs.REJECTS if rejected else 0


@app.command()
def languages(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List the language packs that are installed."""
    from kroniek.language import load_language
    from kroniek.registry import LANGUAGES, plugins

    packs = [load_language(code) for code in plugins(LANGUAGES)]
    if as_json:
        print_json_list(
            {"code": pack.code, "name": pack.name, "version": pack.version, "parser": pack.parser}
            for pack in packs
        )
        return
    for line in table(
        ("code", "name", "version", "parser"),
        [(pack.code, pack.name, f"v{pack.version}", pack.parser) for pack in packs],
    ):
        print(line)
