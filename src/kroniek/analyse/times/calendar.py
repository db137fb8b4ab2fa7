"""The calendar's own arithmetic: months, nth weekdays, Easter, and yearly days by name."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from kroniek.model import interval_of

NTH_DAY = re.compile(r"#(?P<nth>\d|last)-(?:(?P<month>\d\d)-)?(?P<weekday>[1-7])\Z")
ISLAMIC = re.compile(r"islamic-(?P<month>\d\d)-(?P<day>\d\d)\+(?P<days>\d+)\Z")
ISLAMIC_EPOCH = date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar
EASTER = re.compile(r"easter(?P<days>[+-]\d+)\Z")


def in_year(year: int, rest: str) -> str:
    """Return the value of a yearly form in a year. Raises ValueError when the year has no such day."""
    if easter := EASTER.match(rest):
        return (easter_sunday(year) + timedelta(days=int(easter["days"]))).isoformat()
    if feast := ISLAMIC.match(rest):
        start = islamic_day(year, int(feast["month"]), int(feast["day"]))
        return f"{start}/{start + timedelta(days=int(feast['days']) - 1)}"
    if nth := NTH_DAY.match(rest):
        return nth_weekday(year, int(nth["month"]), nth["nth"], int(nth["weekday"])).isoformat()
    value = f"{year:04d}-{rest}"
    if interval_of(value) is None:
        raise ValueError(f"{value} is no calendar value")
    return value


def nth_weekday(year: int, month: int, nth: str, weekday: int) -> date:
    """Return the nth (`1` to `5`, `last`) weekday of a month. Raises ValueError when there is none."""
    if nth == "last":
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    offset = (weekday - first.isoweekday()) % 7 + 7 * (int(nth) - 1)
    return date(year, month, 1 + offset)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def islamic_day(year: int, month: int, day: int) -> date:
    """Return the first such day of the Islamic calendar in a Gregorian year, by the tabular calendar.

    The moon is sighted up to a day before or after (Reingold and Dershowitz 2018, chapter 7). Raises ValueError
    before the year 623.
    """
    for islamic_year in range((year - 623) * 33 // 32, (year - 621) * 33 // 32 + 2):
        days = (
            (islamic_year - 1) * 354 + (3 + 11 * islamic_year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
        )
        if islamic_year >= 1 and (found := date.fromordinal(ISLAMIC_EPOCH + days)).year == year:
            return found
    raise ValueError(f"no such day of the Islamic calendar in {year}")


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month so many months on. Raises ValueError outside the calendar."""
    total = year * 12 + month - 1 + months
    if not MINYEAR <= total // 12 <= MAXYEAR:
        raise ValueError(f"year {total // 12} is outside the calendar")
    return total // 12, total % 12 + 1
