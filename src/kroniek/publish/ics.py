"""iCalendar (RFC 5545): dated events as all-day entries over the days that they can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kroniek import __version__
from kroniek.model import Status, precision_of
from kroniek.publish.citations import chosen, cited, date_words, headline, left_out, passage
from kroniek.publish.extras import load_extra
from kroniek.publish.source import Settings, Source, Written, name_of
from kroniek.publish.tables.events import EventRow

SUMMARY = "dated events as a calendar (iCalendar)"
EPOCH = "1980-01-01T00:00:00+00:00"  # for a chronicle without reports
AHEAD = {Status.PLANNED, Status.OFFERED, Status.CALLED_FOR, Status.POSSIBLE, Status.ALLEGED}
MOST_DAYS = 366  # an event known to the decade would cover every day of the calendar


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write the calendar entry by entry; events without a date, or known to the decade only, are left out."""
    icalendar = load_extra("icalendar")
    stamp = datetime.fromisoformat(source.facts.entered or EPOCH).astimezone(UTC)
    frame = icalendar.Calendar()
    frame.add("prodid", f"-//kroniek//{__version__}//EN")
    frame.add("version", "2.0")
    frame.add("x-wr-calname", source.facts.name)
    opening, closing = frame.to_ical().split(b"END:VCALENDAR")
    dated = undated = 0
    with folder.joinpath("events.ics").open("wb") as file:
        file.write(opening)
        for row in chosen(source, settings):
            entry = _entry(icalendar, row, stamp, settings)
            if entry is None:
                undated += 1
                continue
            file.write(entry.to_ical())
            dated += 1
        file.write(b"END:VCALENDAR" + closing)
    return Written({"entries": dated}, left_out(undated, "without a date, or known to the decade only"))


def _entry(icalendar: Any, row: EventRow, stamp: datetime, settings: Settings) -> Any:
    event = row.told.event
    interval = event.interval if event.time else None
    if interval is None or interval.days() > MOST_DAYS:
        return None
    found = passage(row.source, row.lead.evidence, settings)
    entry = icalendar.Event()
    entry.add("uid", f"{event.id}@kroniek")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", interval.earliest)
    entry.add("dtend", interval.latest + timedelta(days=1))  # RFC 5545: the end is not part of the entry
    entry.add("summary", headline(row.source, row.told))
    entry.add("description", f"Date: {date_words(event.time)}\nStatus: {event.status.value}\n{cited(found)}")
    entry.add("categories", [event.type])
    entry.add("transp", "TRANSPARENT")
    entry.add("status", _status(event.status))
    entry.add("x-kroniek-date", event.time)
    entry.add("x-kroniek-precision", precision_of(event.time).value)
    entry.add(
        "x-kroniek-evidence", f"{found['document_id']} {found['start']}-{found['end']} {found['sha256']}"
    )
    if event.place:
        entry.add("location", name_of(row.source, event.place))
    return entry


def _status(status: Status) -> str:
    """Return RFC 5545's word: what is planned or alleged is tentative, what is off or denied cancelled."""
    if status in (Status.HAPPENED, Status.ONGOING):
        return "CONFIRMED"
    return "TENTATIVE" if status in AHEAD else "CANCELLED"
