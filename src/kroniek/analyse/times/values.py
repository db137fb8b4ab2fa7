"""From what the words say to a day: underspecified values are resolved against a reference.

A value that is not yet resolved has one of these forms (`times.toml` writes them, see docs/times.md):
`2018-09-21` as it is; `XXXX-04-07&5` in the year nearest by in which that is a Friday; `A|B` is A in the past
and B in the future; `XXXX-09-21`, `XXXX-WXX-5`, `XXXX-SU`, `XXXX-easter+39`, `XXXX-#3-06-7` (third Sunday
of June), each with `<`, `>` or `=` in front when the words themselves say before, after or in the current
unit; `@-P1D` (from the day of publication) and `~+P1D` (from the event told before), with what is added to
the result behind a colon (`@-P1W:-5`, `@-P1D:TEV`, `@-P1Y:D` for its day); `T15:00` (on the day at hand);
`A/B` from A to B; `!XXXX-WXX-6` stays open (`op een zaterdag`). `^M@-P1Y`, the month told before in another
year, is for the step, which knows what was told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from kroniek.analyse.times.calendar import add_months, in_year
from kroniek.analyse.times.shifts import LONG_UNITS, long_shift, shift
from kroniek.model import Interval, Precision, Published, interval_of, precision_of

UNDERSPECIFIED = re.compile(
    r"(?P<side>[<>=])?(?:XXXX|(?P<year>\d{4}))-(?P<rest>[^/&T]+)(?:&(?P<weekday>[1-7]))?(?P<time>T.+)?\Z"
)
SHIFTED = re.compile(r"(?P<base>[@~])(?P<sign>[+-])(?P<span>P[^:/]+)(?::(?P<tail>[^/]+))?\Z")
WEEKDAY = re.compile(r"WXX-(?P<weekday>[1-7]|WE)(?:\+(?P<weeks>\d))?\Z")
EARLY_HOURS = 3  # a report published before this hour was written the evening before


JUST_OVER = 2  # the weekdays up to which `dit weekend` in the past is the one before
FISCAL = "FY"  # before a year of the books or a quarter of one


class Side(StrEnum):
    """On which side of the reference a time lies."""

    PAST = "past"
    FUTURE = "future"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What values are resolved against: the first and last day that it can be, and the minute of the day."""

    first: date | None = None
    last: date | None = None
    minute: int | None = None

    @property
    def day(self) -> date | None:
        """Return the reference day when it is known to the day."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its days, other readings with their weights (best first), and what it was resolved against.

    `reason` says why a value stays open, "" when it does not.
    """

    value: str
    interval: Interval | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    anchor: str = ""
    reason: str = ""


def resolve(
    raw: str, reference: Reference, side: Side, *, before: Reference | None = None, sure: bool = True
) -> Resolved:
    """Return the value of a time expression.

    `before` is the day of the event told before, for `~` values; `sure` tells whether `side` was read
    from the words (then no other reading is kept). A reference known to the month resolves what holds
    for every day of it; other values stay underspecified with the days that they can mean and a reason.
    """
    if raw.startswith("!"):
        return Resolved(raw[1:])
    if raw.startswith(FISCAL):  # each house begins its year on a day of its own
        year = resolve(raw.removeprefix(FISCAL), reference, side, sure=sure)
        return Resolved(FISCAL + year.value, anchor=year.anchor, reason=year.reason)
    if raw.startswith("~"):
        if before is None or before.first is None:
            return Resolved(_open_form(raw), reason="the event that it is counted from has no date")
        return _against(raw.replace("~", "@", 1), before, side, sure)
    if not _is_relative(raw):
        return Resolved(raw, interval_of_range(raw))
    if reference.first is None:
        return Resolved(_open_form(raw), reason="the day of publication is not known")
    return _against(raw, reference, side, sure)


def _against(raw: str, reference: Reference, side: Side, sure: bool) -> Resolved:
    assert reference.first is not None and reference.last is not None
    readings = _readings(raw, reference.first, side, sure, reference.minute)
    if reference.last != reference.first:
        others = _readings(raw, reference.last, side, sure, reference.minute)
        if [value for value, _ in others] != [value for value, _ in readings]:
            return _undecided(raw, readings, others)
    if not readings:
        return Resolved(_open_form(raw), reason="there is no such day")
    value = readings[0][0]
    anchor = reference.first.isoformat() if reference.day else reference.first.isoformat()[:7]
    return Resolved(value, interval_of_range(value), readings if len(readings) > 1 else (), anchor)


def _undecided(raw: str, early: Readings, late: Readings) -> Resolved:
    days = [interval_of_range(value) for value, _ in (*early, *late)]
    known = [interval for interval in days if interval is not None]
    span = Interval(min(i.earliest for i in known), max(i.latest for i in known)) if known else None
    return Resolved(_open_form(raw), span, reason="the day of publication is not known")


Readings = tuple[tuple[str, float], ...]


@lru_cache(maxsize=8192)
def _readings(raw: str, day: date, side: Side, sure: bool, minute: int | None) -> Readings:
    """Return the readings of a raw value with weights, best first; none when there is no such day."""
    try:
        if "|" in raw:
            return _by_side(raw, day, side, sure, minute)
        if "/" in raw:
            ends = [_readings(end, day, side, sure, minute) for end in raw.split("/")]
            return ((_range([end[0][0] for end in ends]), 1.0),) if all(ends) else ()
        if match := SHIFTED.match(raw):
            return _shifted(match, day, minute)
        if raw.startswith("T"):
            return ((day.isoformat() + raw, 1.0),)
        if match := UNDERSPECIFIED.match(raw):
            return _calendar(match, day, side, sure)
    except (ValueError, OverflowError):
        return ()
    return ((raw, 1.0),)


def _by_side(raw: str, day: date, side: Side, sure: bool, minute: int | None) -> Readings:
    found = [_readings(part, day, side, sure, minute) for part in raw.split("|")]
    if not all(found):
        return ()
    past, future = (readings[0][0] for readings in found)
    first, second = (future, past) if side is Side.FUTURE else (past, future)
    return ((first, 1.0),) if sure and side is not Side.OPEN else ((first, 0.75), (second, 0.25))


def _range(ends: list[str]) -> str:
    first, second = ends
    if "T" in second and second < first and first[:10] == second[:10]:  # `van 22.00 tot 3.00 uur`
        return f"{first}/{date.fromisoformat(second[:10]) + timedelta(days=1)}{second[10:]}"
    if second < first and (later := re.sub(r"\A\d{4}", lambda year: str(int(year[0]) + 1), second)) > first:
        second = later  # `van november tot februari`
    return f"{first}/{second}"


def _is_relative(raw: str) -> bool:
    return any(_is_relative_value(part) for part in re.split(r"[/|]", raw))


def _is_relative_value(raw: str) -> bool:
    if raw[0] in "@T<>=":
        return True
    return "XXXX" in raw or "easter" in raw or "#" in raw


def interval_of_range(value: str) -> Interval | None:
    """Return the days of a value or of a range `A/B`; None for what has none."""
    if "/" not in value:
        return interval_of(value)
    ends = [interval_of(end) for end in value.split("/")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[1].latest < ends[0].earliest:
        return None
    return Interval(ends[0].earliest, ends[1].latest)


# --- calendar values --------------------------------------------------------------------------------


def _calendar(match: re.Match[str], day: date, side: Side, sure: bool) -> Readings:
    time = match["time"] or ""
    told = side
    if match["side"]:
        side, sure = {"<": Side.PAST, ">": Side.FUTURE, "=": Side.OPEN}[match["side"]], True
    rest = match["rest"]
    if match["year"]:
        return ((in_year(int(match["year"]), rest) + time, 1.0),)
    if weekday := WEEKDAY.match(rest):
        if weekday["weeks"]:  # `vrijdag over een week`: the one after the next
            day += timedelta(weeks=int(weekday["weeks"]))
        given = match["side"] or ""
        if (
            weekday["weekday"] == "WE"
            and given == "="
            and told is Side.PAST
            and day.isoweekday() <= JUST_OVER
        ):
            given = "<"  # said on Monday of what happened `dit weekend`
        return _weekday(weekday["weekday"], day, side, given, time, sure)
    if rest.startswith("XX-"):
        return _day_of_month(int(rest[3:]), day, side, time, weekday=int(match["weekday"] or 0))
    if match["side"] == "=":
        return ((in_year(day.year, rest) + time, 1.0),)
    if match["weekday"] and (found := _with_weekday(rest, int(match["weekday"]), day)):
        return ((found + time, 1.0),)
    return _yearly(rest, day, side, match["side"] or "", time, sure)


def _with_weekday(rest: str, weekday: int, day: date) -> str:
    """Return the day nearest to the reference that falls on a weekday: `vrijdag 7 april`; "" when none does."""
    found = []
    for year in range(day.year - 2, day.year + 3):
        try:
            value = date.fromisoformat(in_year(year, rest))
        except ValueError:
            continue
        if value.isoweekday() == weekday:
            found.append(value)
    return min(found, key=lambda value: abs((value - day).days)).isoformat() if found else ""


def _yearly(rest: str, day: date, side: Side, given: str, time: str, sure: bool) -> Readings:
    """Choose the year of a month, day, season or feast without one: the nearest on its side."""
    found = []
    for year in range(day.year - (8 if rest == "02-29" else 1), day.year + (9 if rest == "02-29" else 2)):
        try:
            value = in_year(year, rest)
        except ValueError:
            continue
        interval = interval_of_range(value)
        if interval is not None:
            found.append((value, interval))
    past = [item for item in found if item[1].earliest <= day and not (given and item[1].latest >= day)]
    future = [item for item in found if item[1].latest >= day and not (given and item[1].earliest <= day)]
    if given:
        return tuple((value + time, 1.0) for value, _ in (past[-1:] if given == "<" else future[:1]))
    return _choose(past[-1:], future[:1], day, side, time, sure)


# How a time without a side is read. The odds that it lies behind are those of its side times the ratio
# of the distances, each with so many days added; figures from news of 2018, see docs/times.md.
SIDE_ODDS = {(Side.PAST, True): 16.0, (Side.PAST, False): 8.0, (Side.OPEN, False): 1.0, (Side.OPEN, True): 1.0,
             (Side.FUTURE, False): 1 / 8, (Side.FUTURE, True): 1 / 16}  # fmt: skip
WEEKDAY_ODDS, WEEKDAY_SLACK = 2.0, 1
WEEKEND_ODDS, WEEKEND_SLACK = 4.0, 2  # one to come is mostly `dit weekend` or `komend weekend`
YEARLY_ODDS, YEARLY_SLACK = 1.5, 30
SURE_ENOUGH = 0.95  # a reading with this weight stands alone


def _choose(
    past: list[tuple[str, Interval]],
    future: list[tuple[str, Interval]],
    day: date,
    side: Side,
    time: str,
    sure: bool,
    *,
    odds: float = YEARLY_ODDS,
    slack: int = YEARLY_SLACK,
) -> Readings:
    """Weigh the last reading behind the reference against the first one ahead, best first."""
    if not past or not future or past == future:
        return tuple((value + time, 1.0) for value, _ in (past or future))
    (before, behind), (after, ahead) = past[0], future[0]
    back = max(0, (day - behind.latest).days)
    forth = max(0, (ahead.earliest - day).days)
    odds *= SIDE_ODDS[side, sure] * (forth + slack) / (back + slack)
    weight = odds / (1 + odds)
    first, second = (before, after) if weight >= 0.5 else (after, before)
    weight = max(weight, 1 - weight)
    if weight >= SURE_ENOUGH:
        return ((first + time, 1.0),)
    return ((first + time, round(weight, 2)), (second + time, round(1 - weight, 2)))


def _weekday(weekday: str, day: date, side: Side, given: str, time: str, sure: bool) -> Readings:
    if weekday == "WE":
        return _weekend(day, side, given, sure)
    back = (day.isoweekday() - int(weekday)) % 7
    if given == "=":
        found = date.fromisocalendar(day.isocalendar().year, day.isocalendar().week, int(weekday))
        return ((found.isoformat() + time, 1.0),)
    past = day - timedelta(days=back or (7 if given == "<" else 0))
    future = day + timedelta(days=(7 - back) % 7 or (7 if given == ">" else 0))
    if given:
        return (((past if given == "<" else future).isoformat() + time, 1.0),)
    before = (past.isoformat(), Interval(past, past))
    after = (future.isoformat(), Interval(future, future))
    odds, slack = WEEKDAY_ODDS, WEEKDAY_SLACK
    return _choose([before], [after], day, side, time, sure, odds=odds, slack=slack)


def _weekend(day: date, side: Side, given: str, sure: bool) -> Readings:
    """Choose a weekend: on a Saturday or Sunday it is this one unless the words say `vorig` or `komend`."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    inside = day.isoweekday() >= 6
    if given == "=" or (inside and not given):
        return ((_weekend_of(monday)[0], 1.0),)
    past, future = _weekend_of(monday - timedelta(7)), _weekend_of(monday + timedelta(7 if inside else 0))
    if given:
        return (((past if given == "<" else future)[0], 1.0),)
    return _choose([past], [future], day, side, "", sure, odds=WEEKEND_ODDS, slack=WEEKEND_SLACK)


def _weekend_of(monday: date) -> tuple[str, Interval]:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}-WE", Interval(monday + timedelta(5), monday + timedelta(6))


def _day_of_month(number: int, day: date, side: Side, time: str, *, weekday: int = 0) -> Readings:
    """Choose the month of `de 15e`: the nearest on its side that has such a day, on a weekday where one is named."""
    found = []
    for months in range(-12, 13) if weekday else range(-2, 3):
        year, month = add_months(day.year, day.month, months)
        if number <= monthrange(year, month)[1]:
            value = date(year, month, number)
            if weekday in (0, value.isoweekday()):
                found.append((value.isoformat(), Interval(value, value)))
    past = [item for item in found if item[1].latest <= day]
    future = [item for item in found if item[1].earliest >= day]
    return _choose(past[-1:], future[:1], day, side, time, False)


# --- shifted values ---------------------------------------------------------------------------------


def _shifted(match: re.Match[str], day: date, minute: int | None) -> Readings:
    sign = -1 if match["sign"] == "-" else 1
    span, tail = match["span"], match["tail"] or ""
    if "X" in span:
        return (("PAST_REF" if sign < 0 else "FUTURE_REF", 1.0),)
    if long := LONG_UNITS.match(span):
        value = long_shift(day, sign, long["count"], long["unit"])
        return ((value + tail, 1.0),)
    value = shift(day, sign, span, tail, minute)
    early = minute is not None and minute < 60 * EARLY_HOURS and re.fullmatch(r"P[012]D", span)
    if not early:
        return ((value, 1.0),)
    # Published at 00:34, written before midnight: `morgen` was left as it stood, `gisteren` seldom.
    evening = shift(day - timedelta(days=1), sign, span, tail)
    written_first = sign > 0 and span != "P0D"
    return ((evening, 0.6), (value, 0.4)) if written_first else ((value, 0.6), (evening, 0.4))


def _open_form(raw: str) -> str:
    """Return the TIMEX3 form of a value that could not be resolved: `XXXX-WXX-5`, `XXXX-XX-XX`."""
    return "/".join(_open_parts(raw.split("|")[0]))


def _open_parts(raw: str) -> Iterator[str]:
    for part in raw.split("/"):
        if match := SHIFTED.match(part):
            span, tail = match["span"], match["tail"] or ""
            if span.endswith("WE"):
                yield "XXXX-WXX-WE"
            elif "X" in span:
                yield "PAST_REF" if match["sign"] == "-" else "FUTURE_REF"
            elif "T" in span:
                yield "XXXX-XX-XX"
            else:
                yield {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "E": "XXX"}.get(
                    span[-1], "XXXX-XX-XX"
                ) + tail
        elif part.startswith("T"):
            yield "XXXX-XX-XX" + part
        else:
            yield re.sub(r"&\d", "", part.lstrip("<>="))


def reference_of(published: Published) -> Reference:
    """Return the days in which a report can have appeared, and the minute when it is known."""
    interval = published.interval
    if interval is None:
        return Reference()
    return Reference(interval.earliest, interval.latest, minute_of(published.value or ""))


def minute_of(value: str) -> int | None:
    """Return the minute of the day of a value with a clock time, else None."""
    clock = value.partition("T")[2]
    if not clock[:2].isdigit():
        return None
    return 60 * int(clock[:2]) + (int(clock[3:5]) if clock[3:5].isdigit() else 0)


def granularity_of(value: str) -> str:
    """Return the unit that a value is known to, "" for lengths and vague values."""
    if value.startswith("P") and not value.endswith("_REF"):
        return ""
    first = value.partition("/")[0]
    return "" if precision_of(first) is Precision.VAGUE else str(precision_of(first))
