"""The options that `read` and `annotate` share, and what they stand for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli.text import printable

if TYPE_CHECKING:
    from kroniek.analyse.step import Resources
    from kroniek.model import Document, Rejection
    from kroniek.read import ReadOptions

REJECTS = 3  # exit code: done, but some inputs were rejected

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
]
Language = Annotated[str, typer.Option("--language", metavar="CODE", help="Language of the reports.")]
Parser = Annotated[
    str, typer.Option("--parser", metavar="SPEC", help="Another parser, such as spacy:nl_core_news_lg.")
]
Text = Annotated[str, typer.Option("--text", metavar="COLUMN", help="Column or key that holds the text.")]
Date = Annotated[str, typer.Option("--date", metavar="COLUMN", help="Column of the publication time.")]
Id = Annotated[str, typer.Option("--id", metavar="COLUMN", help="Column of the report's own id.")]
Title = Annotated[str, typer.Option("--title", metavar="COLUMN", help="Column of the title.")]
OutletColumn = Annotated[str, typer.Option("--outlet-column", metavar="COLUMN", help="Column of the outlet.")]
Url = Annotated[str, typer.Option("--url", metavar="COLUMN", help="Column of the address.")]
Outlet = Annotated[str, typer.Option("--outlet", metavar="NAME", help="Outlet of all these reports.")]
Format = Annotated[
    str,
    typer.Option("--format", metavar="NAME", help="Kind of input, where it cannot be told from the file."),
]
Encoding = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="Encoding, where it cannot be found out.")
]
Limit = Annotated[float, typer.Option("--limit-mb", min=0.001, help="Largest single report, in megabytes.")]
AnyLanguage = Annotated[
    bool,
    typer.Option("--any-language", help="Take reports in other languages too, instead of rejecting them."),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The shared options as they were given."""

    language: str = "nl"
    parser: str = ""
    text: str = ""
    date: str = ""
    id: str = ""
    title: str = ""
    outlet_column: str = ""
    url: str = ""
    outlet: str = ""
    format: str = ""
    encoding: str = ""
    limit_mb: float = 10.0
    any_language: bool = False


def read_options(asked: Asked) -> ReadOptions:
    """Return the readers' settings for the options given."""
    from kroniek.read import Columns, ReadOptions

    columns = Columns(
        text=asked.text, date=asked.date, id=asked.id, title=asked.title, outlet=asked.outlet_column,
        url=asked.url,
    )  # fmt: skip
    return ReadOptions(
        language=asked.language, columns=columns, outlet=asked.outlet, format=asked.format,
        encoding=asked.encoding, max_bytes=int(asked.limit_mb * 1_000_000),
        check_language=not asked.any_language,
    )  # fmt: skip


def read_all(paths: list[str], asked: Asked) -> Iterator[Document | Rejection]:
    """Yield what the paths announce; standard input is read where `-` stands among them."""
    from kroniek.read import read_inputs

    return read_inputs(paths, read_options(asked), stdin=sys.stdin.buffer)


def resources_for(asked: Asked) -> Resources:
    """Load the language pack, the knowledge base and the parser."""
    from datetime import date

    from kroniek.pipeline import load_resources

    return load_resources(asked.language, parser=asked.parser, today=date.today())


def report_rejections(rejections: Iterable[Rejection]) -> None:
    """Print each rejection with its reason on stderr."""
    for rejection in rejections:
        place = f"{rejection.path}, {rejection.record}" if rejection.record else rejection.path
        print(f"rejected: {printable(place)}: {printable(rejection.reason)}", file=sys.stderr)


def closing_line(*, read: int, known: int, rejected: int) -> str:
    """Return the counts of a run; they always add up."""
    return f"announced {read + known + rejected} = read {read} + already known {known} + rejected {rejected}"
