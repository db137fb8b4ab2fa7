"""`kroniek annotate`: what the machine finds in each report, one JSON file a report, without a chronicle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli import inputs
from kroniek.cli.app import app
from kroniek.cli.inputs import Asked
from kroniek.cli.progress import progress_bar
from kroniek.errors import KroniekError

if TYPE_CHECKING:
    from kroniek.model import Document, Rejection


@app.command()
def annotate(
    paths: inputs.Paths,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the JSON files.")],
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
    """Write what is found in each report as JSON in the gold format, with offsets.

    A file is named after the report's own id, or after its source file. Two reports never share a
    file: the second of a name gets a number.
    """
    asked = Asked(
        language, parser, text, date, id, title, outlet_column, url, outlet, format, encoding, limit_mb,
        any_language,
    )  # fmt: skip
    raise typer.Exit(_annotate(paths, out, asked))


def _annotate(paths: list[str], out: Path, asked: Asked) -> int:
    from kroniek.pipeline import analyse
    from kroniek.publish.annotation import annotation, given_id
    from kroniek.publish.files import Names

    resources = inputs.resources_for(asked)
    _make_folder(out)
    sorting, names = _Sorting(), Names()
    written = 0
    with progress_bar("annotating") as tell:
        for analysis in analyse(sorting.documents(inputs.read_all(paths, asked)), resources):
            _write(out / f"{names.free(given_id(analysis.document))}.json", annotation(analysis))
            written += 1
            tell(written)
    inputs.report_rejections(sorting.rejections)
    print(inputs.closing_line(read=written, known=sorting.known, rejected=len(sorting.rejections)))
    return inputs.REJECTS if sorting.rejections else 0


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KroniekError(f"{out}: cannot be made or used as a folder: {error.strerror}") from error


def _write(path: Path, content: object) -> None:
    """Write the file whole or not at all: a run that is cut off leaves no half of one."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise KroniekError(f"{path}: cannot be written: {error.strerror}") from error


@dataclass(slots=True)
class _Sorting:
    """What came in besides documents that are new to this run."""

    rejections: list[Rejection] = field(default_factory=list)
    known: int = 0
    seen: set[str] = field(default_factory=set)

    def documents(self, items: Iterable[Document | Rejection]) -> Iterator[Document]:
        """Yield each document once; keep the rejections and count the repeats."""
        from kroniek.model import Rejection
        from kroniek.read import checked

        for item in checked(items):
            if isinstance(item, Rejection):
                self.rejections.append(item)
            elif item.id in self.seen:
                self.known += 1
            else:
                self.seen.add(item.id)
                yield item
