"""TimelineJS 3 JSON: a slide for each dated event; dates are as long as they are known, texts are escaped."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from kroniek.model import Interval, interval_of
from kroniek.model.dates import VALUE
from kroniek.publish.citations import chosen, cited, date_words, headline, left_out, passage
from kroniek.publish.folder import write_items
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.events import EventRow

SUMMARY = "dated events as TimelineJS JSON"


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write the slides one by one; events without a date are counted and left out."""
    facts = source.facts
    title = {"text": {"headline": escape(facts.name), "text": f"{facts.reports} reports, read by kroniek"}}
    slides = (_slide(row, settings) for row in chosen(source, settings))
    head = f'{{"title": {json.dumps(title, ensure_ascii=False)}, "events": '
    dated, undated = write_items(folder / "timeline.json", slides, head=head, tail="}")
    return Written({"slides": dated}, left_out(undated, "without a date"))


def _slide(row: EventRow, settings: Settings) -> dict[str, Any] | None:
    event = row.told.event
    interval = interval_of(event.time)
    if interval is None:
        return None
    start, end = _dates(event.time, interval)
    slide = {
        "unique_id": event.id,
        "start_date": start,
        "display_date": date_words(event.time),
        "group": event.type.lower(),
        "text": {
            "headline": escape(headline(row.source, row.told)),
            "text": f"<p>{escape(cited(passage(row.source, row.lead.evidence, settings)))}</p>",
        },
    }
    return {**slide, "end_date": end} if end else slide


def _dates(value: str, interval: Interval) -> tuple[dict[str, int], dict[str, int] | None]:
    """Return start and end: year, month and day as far as the value states them, else the whole stretch."""
    match = VALUE.match(value)
    if match and (match["month"] or interval.days() > 360) and not (match["quarter"] or match["half"]):
        parts = {name: int(match[name]) for name in ("year", "month", "day") if match[name]}
        return parts, None
    days = [
        {"year": day.year, "month": day.month, "day": day.day} for day in (interval.earliest, interval.latest)
    ]
    return days[0], days[1] if interval.days() > 1 else None
