"""Counting on from a day: `drie dagen geleden`, `volgend kwartaal`, `over vier werkdagen`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from kroniek.analyse.times.calendar import NTH_DAY, add_months, in_year, nth_weekday
from kroniek.analyse.times.forms import DURATION
from kroniek.model import interval_of

LONG_UNITS = re.compile(r"P(?P<count>[\d.]+)(?P<unit>Q|DE|CE|WE|BD)\Z")


def shift(day: date, sign: int, span: str, tail: str, minute: int | None = None) -> str:
    """Return the day or moment a duration before (-1) or after (1) a day, cut to its unit, with a tail behind it.

    Raises ValueError when that is no value of the calendar.
    """
    parsed = DURATION.match(span)
    if parsed is None:
        raise ValueError(f"{span} is no duration")
    count = {part: sign * float(parsed[part] or 0) for part in ("Y", "M", "W", "D", "TH", "TM", "TS")}
    months = round(12 * count["Y"] + count["M"])
    year, month = add_months(day.year, day.month, months)
    moved = date(year, month, min(day.day, monthrange(year, month)[1]))
    moved += timedelta(days=round(7 * count["W"] + count["D"]))
    if tail == "D":  # `vandaag een jaar geleden` is a day, whatever the unit
        return moved.isoformat()
    if "T" in span:
        hours = timedelta(hours=count["TH"], minutes=count["TM"], seconds=count["TS"])
        start = datetime.combine(moved, datetime.min.time()) + timedelta(minutes=minute or 0)
        if minute is None:
            return (start + hours).date().isoformat() if abs(hours) >= timedelta(days=1) else day.isoformat()
        return (start + hours).isoformat(timespec="minutes")
    unit = span[-1] if count["Y"] == int(count["Y"]) else "M"
    return _cut(moved, unit, tail)


def _cut(day: date, unit: str, tail: str) -> str:
    """Return a day at the precision of the unit that it was counted in, with a tail appended."""
    if unit == "Y":
        return in_year(day.year, tail[1:]) if tail else f"{day.year:04d}"
    if unit == "M":
        if nth := NTH_DAY.match(tail):
            return nth_weekday(day.year, day.month, nth["nth"], int(nth["weekday"])).isoformat()
        value = f"{day.year:04d}-{day.month:02d}{tail}"
        if interval_of(value) is None:
            raise ValueError(f"{value} is no calendar value")
        return value
    if unit == "W":
        year, week, _ = day.isocalendar()
        if match := re.match(r"-([1-7])(T.*)?\Z", tail):
            return date.fromisocalendar(year, week, int(match[1])).isoformat() + (match[2] or "")
        return f"{year}-W{week:02d}{tail}"
    return day.isoformat() + tail


def long_shift(day: date, sign: int, count: str, unit: str) -> str:
    """Return the quarter, decade, century, weekend or working day so many away."""
    steps = sign * round(float(count))
    if unit == "DE":
        return str(day.year // 10 + steps)
    if unit == "CE":
        return str(day.year // 100 + steps)
    if unit == "WE":
        year, week, _ = (day + timedelta(weeks=steps)).isocalendar()
        return f"{year}-W{week:02d}-WE"
    if unit == "BD":
        return _working_days(day, steps).isoformat()
    quarters = day.year * 4 + (day.month - 1) // 3 + steps
    return f"{quarters // 4}-Q{quarters % 4 + 1}"


def _working_days(day: date, steps: int) -> date:
    """Return the day so many working days away, Saturdays and Sundays left out."""
    if day.isoweekday() > 5:  # from the working day on the far side
        day -= timedelta(days=(day.isoweekday() - 5) if steps > 0 else day.isoweekday() - 8)
    weeks, rest = divmod(abs(steps), 5)
    step = 1 if steps > 0 else -1
    day += timedelta(weeks=step * weeks)
    for _ in range(rest):
        day += timedelta(days=step * (3 if day.isoweekday() == (5 if step > 0 else 1) else 1))
    return day
