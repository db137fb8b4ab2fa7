"""Dates that carry their precision: the ISO 8601 / TIMEX3 value is as long as what is known.

`2017-04` is April 2017 and never the first of April. Values follow TIMEX3
(Pustejovsky et al. 2003, ISO 24617-1): `2016-09-08`, `2016-W35-WE`, `2016-08-26TMO`,
`2016-09-09T00:34`, `2016-Q3`, `2016-SU`, `198` (the eighties), `PAST_REF`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

VALUE = re.compile(
    r"""(?P<year>\d{4})
        (?: -W(?P<week>\d{2}) (?:-(?P<weekend>WE)|-(?P<weekday>[1-7]))?
          | -Q(?P<quarter>[1-4]) | -H(?P<half>[12]) | -(?P<season>SP|SU|FA|WI)
          | -(?P<month>\d{2}) (?: -(?P<day>\d{2}) )?
        )? (?:T (?P<time> MO|MI|AF|EV|NI|DT | \d{2}(?::\d{2}(?::\d{2})?)? ) )? \Z""",
    re.VERBOSE,
)
# Meteorological seasons; winter runs from December of its year to the end of February.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


class Precision(StrEnum):
    """How much of a date is known."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    SEASON = "season"
    MONTH = "month"
    WEEK = "week"
    WEEKEND = "weekend"
    DAY = "day"
    DAYPART = "daypart"
    TIME = "time"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Calendar days from `earliest` to `latest`, both inclusive."""

    earliest: date
    latest: date

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share at least one day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def days_from(self, other: Interval) -> int:
        """Return the days between two intervals, 0 when they touch or overlap."""
        return max(0, (other.earliest - self.latest).days, (self.earliest - other.latest).days)

    def days(self) -> int:
        """Return the number of days in the interval, at least 1."""
        return (self.latest - self.earliest).days + 1


def interval_of(value: str) -> Interval | None:
    """Return the days that an ISO/TIMEX3 value or a range `A/B` stands for; None for vague or broken values."""
    if "/" in value:
        return _range(value)
    if re.fullmatch(r"\d{3}", value):
        return _years(int(value) * 10, 10)
    if re.fullmatch(r"\d{2}", value):
        return _years(int(value) * 100, 100)
    match = VALUE.match(value)
    if match is None:
        return None
    try:
        return _interval(match)
    except (ValueError, OverflowError):  # no such day or week: 2017-02-30, 2017-W54
        return None


def _range(value: str) -> Interval | None:
    first, _, last = value.partition("/")
    if "/" in last:
        return None
    begin, end = interval_of(first), interval_of(last)
    return Interval(begin.earliest, end.latest) if begin and end and begin.earliest <= end.latest else None


def precision_of(value: str) -> Precision:
    """Return the precision that a value's form states."""
    if re.fullmatch(r"\d{2,3}", value):
        return Precision.DECADE if len(value) == 3 else Precision.CENTURY
    match = VALUE.match(value)
    if match is None:
        return Precision.VAGUE
    if match["time"]:
        return Precision.DAYPART if match["time"].isalpha() else Precision.TIME
    for group, precision in (
        ("day", Precision.DAY), ("weekday", Precision.DAY), ("weekend", Precision.WEEKEND),
        ("week", Precision.WEEK), ("month", Precision.MONTH), ("season", Precision.SEASON),
        ("quarter", Precision.QUARTER), ("half", Precision.HALF),
    ):  # fmt: skip
        if match[group]:
            return precision
    return Precision.YEAR


def _years(first: int, count: int) -> Interval | None:
    if first < 1 or first + count > 9999:
        return None
    return Interval(date(first, 1, 1), date(first + count - 1, 12, 31))


def _months(year: int, first: int, last: int) -> Interval:
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Interval(date(year, first, 1), date(last_year, last_month, monthrange(last_year, last_month)[1]))


def _interval(match: re.Match[str]) -> Interval:
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return Interval(day, day)
    if match["week"]:
        return _week(year, match)
    if match["month"]:
        return _months(year, int(match["month"]), int(match["month"]))
    if match["season"]:
        return _months(year, *SEASON_MONTHS[match["season"]])
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6 * int(match["half"]))
    return _months(year, 1, 12)


def _week(year: int, match: re.Match[str]) -> Interval:
    monday = date.fromisocalendar(year, int(match["week"]), 1)
    if match["weekend"]:
        return Interval(monday + timedelta(days=5), monday + timedelta(days=6))
    if match["weekday"]:
        day = monday + timedelta(days=int(match["weekday"]) - 1)
        return Interval(day, day)
    return Interval(monday, monday + timedelta(days=6))
