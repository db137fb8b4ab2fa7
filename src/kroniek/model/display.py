"""Records as notebooks show them: small HTML tables in which all text of reports is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from kroniek.model.dates import precision_of

if TYPE_CHECKING:
    from kroniek.model.chronicle import Event, Evidence, Process

Cells = tuple[str, str]
MOST_LISTED = 20  # tellings or phases in a table; the rest is counted


def event_html(event: Event) -> str:
    """Return an event with its participants, date, status and where its tellings stand."""
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    tellings = [
        f"{item.status.value}: {_place(item.evidence)}, reported {item.reported or 'at an unknown time'}"
        for item in event.tellings
    ]
    rows = (
        ("status", event.status.value), ("date", _date(event.time)), ("actors", ", ".join(event.actors)),
        ("recipients", ", ".join(event.recipients)), ("place", event.place),
        ("according to", ", ".join(event.according_to)), ("independent sources", str(event.sources)),
    )  # fmt: skip
    return _table(f"{kind}, {event.id}", rows, "tellings", tellings)


def process_html(process: Process) -> str:
    """Return a process with its parties and phases, each with its status and where its words stand."""
    phases = [
        f"{phase.name}, {phase.time or 'no time given'} ({phase.status}): {_place(phase.evidence)}"
        for phase in process.phases
    ]
    rows = (("name", process.name), ("parties", ", ".join(process.parties)), ("subject", process.subject))
    return _table(f"{process.kind}, {process.id}", rows, "phases", phases)


def _date(value: str) -> str:
    return f"{value} (known to the {precision_of(value).value})" if value else "unknown"


def _place(evidence: Evidence) -> str:
    return f"{evidence.document} {evidence.span.start}-{evidence.span.end}"


def _table(title: str, rows: Iterable[Cells], name: str, listed: Sequence[str]) -> str:
    lines = [f"<tr><th>{escape(head)}</th><td>{escape(cell)}</td></tr>" for head, cell in rows if cell]
    items = "".join(f"<li>{escape(item)}</li>" for item in listed[:MOST_LISTED])
    more = f"<li>and {len(listed) - MOST_LISTED} more</li>" if len(listed) > MOST_LISTED else ""
    lines.append(f"<tr><th>{escape(name)}</th><td><ul>{items}{more}</ul></td></tr>")
    return f"<table><caption>{escape(title)}</caption>{''.join(lines)}</table>"
