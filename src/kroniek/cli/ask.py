"""The questions: timeline, events, statements, actors, documents, gaps, search."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kroniek.cli.app import app, print_json_list
from kroniek.cli.text import printable, table
from kroniek.cli.views import event_lines, statement_lines

if TYPE_CHECKING:
    from kroniek.chronicle import Chronicle
    from kroniek.model import Span
    from kroniek.publish.timeline import TimelineItem

File = Annotated[Path, typer.Argument(metavar="FILE", help="Chronicle file.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="Show at most so many; 0 shows all.")]
Since = Annotated[str, typer.Option("--from", metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[
    str, typer.Option("--to", metavar="DATE", help="Up to and including this day, month or year.")
]
Actor = Annotated[
    str, typer.Option("--actor", metavar="NAME", help="With this actor: a name, words for it, an id.")
]
About = Annotated[
    str, typer.Option("--about", metavar="WORDS", help="With all these words, also inside others.")
]
Type = Annotated[str, typer.Option("--type", metavar="TYPE", help="Of this PLOVER type, such as CONSULT.")]
Status = Annotated[
    str,
    typer.Option(
        "--status", metavar="STATUS", help="With this status (happened, denied, ...); several with commas."
    ),
]
Stance = Annotated[str, typer.Option("--stance", metavar="STANCE", help="With this stance, such as denies.")]
AsKnownOn = Annotated[
    str,
    typer.Option("--as-known-on", metavar="DATE", help="Only from reports that had appeared by that day."),
]
SEARCH_CONTEXT = 60  # code points on each side of a word found


@app.command()
def timeline(
    file: File, since: Since = "", until: Until = "", actor: Actor = "", type: Type = "",
    status: Status = "", about: About = "", known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write a page for the browser.")
    ] = None,
) -> None:  # fmt: skip
    """Show dated events in order, with their evidence.

    What is planned, alleged or denied stands apart from what happened. `~` marks an inferred date.
    """
    wanted = _filter(since, until, actor, type, status, about, limit) | {"as_known_on": known_day(known)}
    with _open(file) as chronicle:
        answer = chronicle.timeline(**wanted)
        if as_json:
            print_json_list(row for row in answer.rows() if row["date"])
            return
        items = list(answer)
        if html:
            _write_page(chronicle, items, html)
    dated = [item for item in items if item.date]
    _print(event_lines(dated), nothing="no dated events fit")
    if len(dated) < len(items):
        print(f"{len(items) - len(dated)} more without a date: kroniek events {file}", file=sys.stderr)


@app.command()
def events(
    file: File, since: Since = "", until: Until = "", actor: Actor = "", type: Type = "",
    status: Status = "", about: About = "", known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0,
) -> None:  # fmt: skip
    """List all events, dated or not, with every report that tells them."""
    wanted = _filter(since, until, actor, type, status, about, limit) | {"as_known_on": known_day(known)}
    with _open(file) as chronicle:
        answer = chronicle.timeline(**wanted)
        if as_json:
            print_json_list(answer.rows())
            return
        _print(event_lines(list(answer), every_report=True), nothing="no events fit")


@app.command()
def statements(
    file: File, since: Since = "", until: Until = "", actor: Actor = "", stance: Stance = "",
    about: About = "", known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0,
) -> None:  # fmt: skip
    """List who said what, by the day of the report."""
    wanted = {
        **_period(since, until),
        "actor": actor,
        "about": about,
        "limit": limit,
        "stance": _stance(stance),
        "as_known_on": known_day(known),
    }
    with _open(file) as chronicle:
        rows = list(chronicle.statements(**wanted).rows())
    if as_json:
        print_json_list(rows)
        return
    _print(statement_lines(rows), nothing="no statements fit")


@app.command()
def actors(
    file: File, actor: Actor = "",
    type: Annotated[str, typer.Option("--type", metavar="TYPE", help="Of this kind: PER, ORG, GPE, ...")] = "",
    as_json: Json = False, limit: Limit = 0,
) -> None:  # fmt: skip
    """List who and what is spoken of, with the numbers of reports, events and statements."""
    with _open(file) as chronicle:
        rows = list(chronicle.actors(actor=actor, type=type, limit=limit).rows())
    if as_json:
        print_json_list(rows)
        return
    columns = ("name", "type", "country", "wikidata", "documents", "events", "statements", "id")
    _print(_table(columns, rows), nothing="nobody fits")


@app.command()
def documents(file: File, as_json: Json = False, limit: Limit = 0) -> None:
    """List the reports by the day of publication; `~` marks an inferred one."""
    with _open(file) as chronicle:
        rows = _first(chronicle.documents().rows(), limit)
    if as_json:
        print_json_list(rows)
        return
    shown = [
        {**row, "published": f"{'~' if row['published_how'] == 'inferred' else ''}{row['published'] or '?'}"}
        for row in rows
    ]
    columns = ("published", "outlet", "title", "path", "record", "characters", "id")
    _print(_table(columns, shown), nothing="no documents")


@app.command()
def gaps(file: File, as_json: Json = False, limit: Limit = 0) -> None:
    """List what could not be read or analysed, and why."""
    with _open(file) as chronicle:
        rejected = [
            {"document": None, "path": f"{item.path} {item.record}".strip(), "step": "read", "reason": item.reason,
             "start": None, "end": None}
            for item in chronicle.rejections()
        ]  # fmt: skip
        rows = _first([*rejected, *chronicle.gaps().rows()], limit)
    if as_json:
        print_json_list(rows)
        return
    _print(_table(("step", "path", "reason", "document"), rows), nothing="no gaps")


@app.command()
def search(
    file: File,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words that must all stand in the report.")
    ],
    as_json: Json = False,
    limit: Limit = 0,
) -> None:
    """Find reports by their words, also inside longer words: `akkoord` finds `veiligheidsakkoord`."""
    wanted = " ".join(words)
    if not wanted.strip():
        raise typer.BadParameter("give at least one word", param_hint="WORDS")
    with _open(file) as chronicle:
        hits = [(chronicle.report(hit.document), hit) for hit in chronicle.search(wanted, limit)]
    if as_json:
        print_json_list(
            {
                "document": hit.document, "report": report.label, "published": report.published.value,
                "spans": [{"start": span.start, "end": span.end} for span in hit.spans if len(span)],
            }
            for report, hit in hits
        )  # fmt: skip
        return
    lines = []
    for report, hit in hits:
        lines.append(f"{hit.document}  {printable(report.label)}")
        lines.extend(f"    {_context(report.document.text, span)}" for span in hit.spans if len(span))
    _print(lines, nothing="no report holds these words")


def _write_page(chronicle: Chronicle, items: list[TimelineItem], target: Path) -> None:
    from kroniek.publish.page import timeline_page

    documents, gaps = (sum(1 for _ in answer) for answer in (chronicle.documents(), chronicle.gaps()))
    target.parent.mkdir(parents=True, exist_ok=True)
    stem = chronicle.path.stem
    page = timeline_page(items, title=stem[:1].upper() + stem[1:], documents=documents, gaps=gaps)
    target.write_text(page, encoding="utf-8")


def _context(text: str, span: Span) -> str:
    start, end = max(0, span.start - SEARCH_CONTEXT), min(len(text), span.end + SEARCH_CONTEXT)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    words = printable(text[span.start : span.end])
    head = printable(f"{text[start : span.start]}|")[:-1]
    tail = printable(f"|{text[span.end : end]}")[1:]
    return f"{before}{head}[{words}]{tail}{after}"


@contextmanager
def _open(file: Path) -> Iterator[Chronicle]:
    from kroniek.chronicle import Chronicle

    with Chronicle.open(file) as chronicle:
        yield chronicle


def _filter(
    since: str, until: str, actor: str, type: str, status: str, about: str, limit: int
) -> dict[str, Any]:
    return {
        **_period(since, until), "actor": actor, "type": type, "statuses": statuses(status),
        "about": about, "limit": limit,
    }  # fmt: skip


def known_day(given: str) -> str:
    """Return the last day of what `--as-known-on` names, "" when it was not given."""
    from kroniek.model import interval_of

    interval = interval_of(given)
    if given and interval is None:
        raise typer.BadParameter(
            f"{given!r} is no date; write 2016-09-09, 2016-09 or 2016", param_hint="--as-known-on"
        )
    return interval.latest.isoformat() if interval else ""


def _period(since: str, until: str) -> dict[str, str]:
    """Return the first day of `since` and the last of `until`, which may be a day, a month or a year."""
    from kroniek.model import interval_of

    period = {}
    for option, value in (("since", since), ("until", until)):
        interval = interval_of(value)
        if value and interval is None:
            hint = "--from" if option == "since" else "--to"
            raise typer.BadParameter(
                f"{value!r} is no date; write 2016-09-09, 2016-09 or 2016", param_hint=hint
            )
        if interval:
            period[option] = (interval.earliest if option == "since" else interval.latest).isoformat()
    return period


def statuses(given: str) -> tuple[Any, ...]:
    from kroniek.model import Status

    return tuple(_member(Status, name, "--status") for name in given.split(",") if name.strip())


def _stance(given: str) -> Any:
    from kroniek.model import Stance

    return _member(Stance, given, "--stance") if given else None


def _member(kind: Any, name: str, option: str) -> Any:
    try:
        return kind(name.strip().lower().replace("-", "_"))
    except ValueError as error:
        known = ", ".join(item.value for item in kind)
        raise typer.BadParameter(f"{name.strip()!r} is none of: {known}", param_hint=option) from error


def _first(rows: Iterable[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    return list(rows)[: limit or None]


def _table(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> list[str]:
    used = [name for name in columns if any(row[name] for row in rows)]
    return table(used, [["" if row[name] is None else row[name] for name in used] for row in rows])


def _print(lines: Iterable[str], *, nothing: str) -> None:
    shown = False
    for line in lines:
        print(line)
        shown = True
    if not shown:
        print(nothing, file=sys.stderr)
