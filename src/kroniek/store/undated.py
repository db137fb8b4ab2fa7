"""Which reports state no day and may be dated now, and which others may tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, text

from kroniek.model import HowKnown
from kroniek.store.merging import CHANGED

REACH = timedelta(days=62 + 14)  # a month or two in which it can have appeared, and a fortnight beside them
Window = tuple[str, str]  # ISO days, both inclusive

UNDATED = """
SELECT id, earliest, latest FROM document
WHERE earliest IS NULL OR earliest != latest OR published_how = :how ORDER BY id
"""
# Reports of which an event lies on one day in a window: only such events date another report.
TELLING = """
SELECT DISTINCT document.id FROM event_mention JOIN document ON document.pk = event_mention.document
WHERE event_mention.earliest = event_mention.latest AND event_mention.earliest BETWEEN :first AND :last
"""


def to_date_again(connection: Connection) -> list[str]:
    """Return the reports to look at when reports have come in: undated ones that they may date, and what dates these.

    A report stays as it was dated when neither it nor a report that tells of its weeks has changed.
    """
    changed = {row.id for row in connection.execute(text(CHANGED))}
    wanted: set[str] = set()
    for row in connection.execute(text(UNDATED), {"how": HowKnown.INFERRED.value}).all():
        near = _telling(connection, _window(row.earliest, row.latest))
        if row.id in changed or not changed.isdisjoint(near):
            wanted |= {row.id, *near}
    return sorted(wanted)


def _window(earliest: str | None, latest: str | None) -> Window:
    """Return the days whose events may date a report; all days when nothing is known of its own."""
    if earliest is None or latest is None:
        return "0001-01-01", "9999-12-31"
    first, last = date.fromisoformat(earliest).toordinal(), date.fromisoformat(latest).toordinal()
    bounds = (max(1, first - REACH.days), min(date.max.toordinal(), last + REACH.days))
    begin, end = (date.fromordinal(day).isoformat() for day in bounds)
    return begin, end


def _telling(connection: Connection, window: Window) -> Iterable[str]:
    return set(connection.execute(text(TELLING), {"first": window[0], "last": window[1]}).scalars())
