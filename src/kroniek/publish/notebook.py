"""A chronicle as notebooks show it: what it holds, and its first events with their sentences, escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kroniek.publish.timeline import TimelineItem

HEADER = ("date", "what", "status", "who", "to whom", "where", "words")
FIRST = 20  # events that are shown


def chronicle_html(name: str, reports: int, items: Iterable[TimelineItem]) -> str:
    """Return a table of events under a line that says how many reports they come from."""
    head = "".join(f"<th>{escape(title)}</th>" for title in HEADER)
    rows = "".join(_row(item) for item in items)
    caption = f"{name}: {reports} reports; its first {FIRST} events"
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(item: TimelineItem) -> str:
    kind = f"{item.type} ({item.mode})" if item.mode else item.type
    cells = (
        item.shown_date,
        kind,
        item.status,
        ", ".join(item.actors),
        ", ".join(item.recipients),
        item.place,
    )
    plain = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{plain}<td>{_words(item)}</td></tr>"


def _words(item: TimelineItem) -> str:
    if not item.quotes:
        return ""
    quote = item.leading[0]
    place = f"{quote.report}, {quote.span.start}–{quote.span.end}"
    return f"{escape(quote.before)}<b>{escape(quote.words)}</b>{escape(quote.after)} <small>{escape(place)}</small>"
