"""Events and statements as aligned lines for people, each with its sentence and its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kroniek.cli.text import printable, table

if TYPE_CHECKING:
    from kroniek.publish.timeline import Quote, TimelineItem

HEADINGS = {
    "happened": "HAPPENED",
    "planned": "PLANNED, OFFERED OR CALLED FOR (not counted as happened)",
    "alleged": "ALLEGED OR POSSIBLE (not counted as happened)",
    "denied": "DENIED, CANCELLED OR NOT HAPPENED",
}
HEADER = ("date", "type", "status", "who", "to whom", "place", "sources", "id")
INDENT = "    "


def event_lines(items: Sequence[TimelineItem], *, every_report: bool = False) -> Iterator[str]:
    """Yield a section for each group of events, with the evidence under each event.

    Without `every_report` the first report's sentence stands for all of them.
    """
    first = True
    for group, heading in HEADINGS.items():
        chosen = [item for item in items if item.group.value == group]
        if not chosen:
            continue
        if not first:
            yield ""
        first = False
        yield f"{heading}: {len(chosen)}"
        header, *rows = table(HEADER, [_cells(item) for item in chosen], widest=44)
        yield header
        for row, item in zip(rows, chosen, strict=True):
            yield row
            for quote in item.quotes if every_report else item.leading[:1]:
                yield f"{INDENT}{quoted(quote)}"


def _cells(item: TimelineItem) -> tuple[object, ...]:
    kind = f"{item.type}/{item.mode}" if item.mode else item.type
    source = f" (says {', '.join(item.according_to)})" if item.according_to else ""
    return (
        item.shown_date, kind, item.status + source, ", ".join(item.actors), ", ".join(item.recipients),
        item.place, item.sources, item.id,
    )  # fmt: skip


def quoted(quote: Quote) -> str:
    """Return a sentence with the words that count between square brackets, and its report."""
    words = printable(quote.words)
    before = printable(f"{quote.before}|")[:-1]
    after = printable(f"|{quote.after}")[1:]
    status = f"; {quote.status}" if quote.status else ""
    return f"“{before}[{words}]{after}” ({printable(quote.report)}{status})"


def statement_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each statement and under it its words and its report."""
    listed = list(rows)
    cells = [
        (row["time"] or row["published"] or "?", row["stance"], ", ".join(row["actors"]) or row["source"] or "-",
         row["kind"], row["id"])
        for row in listed
    ]  # fmt: skip
    lines = table(("date", "stance", "source", "kind", "id"), cells, widest=44)
    if not lines:
        return
    yield lines[0]
    for line, row in zip(lines[1:], listed, strict=True):
        yield line
        yield f"{INDENT}[{printable(row['cue'])}] {printable(row['content'])} ({printable(row['report'])})"
