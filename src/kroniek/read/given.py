"""Publication times as metadata states them: ISO 8601, RFC 2822, day-first numbers, epoch seconds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from kroniek.model import HowKnown, Published, interval_of

ISO = re.compile(
    r"""(?P<year>\d{4}) (?: -? (?P<month>\d{2}) (?: -? (?P<day>\d{2})
        (?: [T\s]+ (?P<hour>\d{1,2}) [:.]? (?P<minute>\d{2}) (?: :? \d{2} (?:[.,]\d+)? )?
            \s* (?P<zone> Z | [+-]\d{2}:?(?:\d{2})? )? )? )? )? \Z""",
    re.VERBOSE,
)
DAY_FIRST = re.compile(
    r"""(?P<day>\d{1,2}) [-/.\s] (?P<month>\d{1,2}) [-/.\s] (?P<year>\d{4}|\d{2})
        (?: ,? \s+ (?P<hour>\d{1,2}) [:.uh] (?P<minute>\d{2}) (?::\d{2})? )? \Z""",
    re.VERBOSE,
)
EPOCH = re.compile(r"\d{10}|\d{13}")
WANT = "want a date such as 2016-09-09T00:34, 2016-09-09 or 2016-09"


def read_given(value: object, column: str, timezone: str) -> Published:
    """Return the publication time that a column or key gives, as precise as it is written.

    A value that is no date gives an unknown time whose grounds say so.
    """
    words = "" if value is None else str(value).strip()
    if not words:
        return Published()
    if (iso := parse_stamp(words, timezone)) is None:
        shown = words if len(words) <= 40 else f"{words[:40]}…"
        return Published(grounds=f"column {column}: {shown!r} is not a date; {WANT}")
    return Published(iso, HowKnown.GIVEN, f"column {column}")


def parse_stamp(words: str, timezone: str) -> str | None:
    """Return the ISO prefix that a stamp states, in the outlets' own time zone, or None.

    `2016-09-08T22:34Z` with Europe/Brussels gives `2016-09-09T00:34`; a stamp without an offset is
    taken as it stands.
    """
    if EPOCH.fullmatch(words):
        seconds = int(words[:10])
        return _minutes(datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(timezone)))
    match = ISO.match(words) or DAY_FIRST.match(words)
    return _from_match(match, timezone) if match else _from_mail(words, timezone)


def _from_match(match: re.Match[str], timezone: str) -> str | None:
    parts = match.groupdict()
    year = parts["year"] if len(parts["year"]) == 4 else _full_year(int(parts["year"]))
    value = "-".join([year, *(f"{int(parts[name]):02}" for name in ("month", "day") if parts[name])])
    if interval_of(value) is None:
        return None
    if parts["hour"] is None:
        return value
    hour, minute = int(parts["hour"]), int(parts["minute"])
    if hour > 23 or minute > 59:
        return value
    if zone := parts.get("zone"):
        return _convert(f"{value}T{hour:02}:{minute:02}", zone, timezone)
    return f"{value}T{hour:02}:{minute:02}"


def _full_year(short: int) -> str:
    return str(short + (2000 if short < 70 else 1900))


def _convert(value: str, zone: str, timezone: str) -> str:
    offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[3:].strip(':') or '00'}"
    try:
        return _minutes(datetime.fromisoformat(value + offset).astimezone(ZoneInfo(timezone)))
    except (ValueError, OverflowError):
        return value


def _from_mail(words: str, timezone: str) -> str | None:
    """Read `Fri, 09 Sep 2016 00:34:00 +0200`."""
    try:
        moment = parsedate_to_datetime(words)
        if moment.tzinfo is not None:
            moment = moment.astimezone(ZoneInfo(timezone))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _minutes(moment) if date.min < moment.date() else None


def _minutes(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment.year > 999 else moment.isoformat()[:16]
