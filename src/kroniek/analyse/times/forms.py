"""What a rule's template may do with the values it caught: `{hour:clock:-15}`, `{count:span:$unit}`.

A form takes the value and its arguments as strings and returns a string, or None to refuse the match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+|X)Y)?(?:(?P<M>[\d.]+|X)M)?(?:(?P<W>[\d.]+|X)W)?(?:(?P<D>[\d.]+|X)D)?"
    r"(?:T(?:(?P<TH>[\d.]+|X)H)?(?:(?P<TM>[\d.]+|X)M)?(?:(?P<TS>[\d.]+|X)S)?)?\Z"
)
PARTS = ("Y", "M", "W", "D", "TH", "TM", "TS")
MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Halves that are said in smaller units: `anderhalf uur` is PT1H30M.
FINER = {"TH": ("TM", 60), "TM": ("TS", 60)}


def clock(hour: str, *shifts: str) -> str | None:
    """Return `HH:MM` for an hour and minutes to add: `kwart voor drie` is 3 and -15."""
    minutes = int(hour) * 60
    for shift in shifts:
        size = int(shift.lstrip("+-") or 0)  # `3 pm` has no minutes to add
        minutes += -size if shift.startswith("-") else size
    minutes %= 24 * 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def part_of_day(time: str, part: str) -> str:
    """Return a clock time read in a part of the day: 07:30 in the evening is 19:30, 01:00 stays."""
    hour, minute = int(time[:2]), time[2:]
    least = {"AF": 1, "EV": 5, "NI": 7}.get(part, 12)
    if least <= hour < 12:
        hour += 12
    elif part in ("NI", "EV") and hour == 12:
        hour = 0
    return f"{hour % 24:02d}{minute}"


def afternoon(hour: str, minute: str) -> str | None:
    """Return an hour of the second half of the day: 7 and 56 give 19:56."""
    time = clock(hour, f"+{minute or 0}")
    return None if time is None else part_of_day(time, "AF")


def span(count: str, unit: str) -> str | None:
    """Return the ISO 8601 duration of a count and a unit (`D`, `TH`, `DE`): 1.5 and TH give PT1H30M."""
    if unit.startswith("T"):
        fraction = _fraction(count)
        if fraction is not None and fraction.denominator == 2 and unit in FINER:
            finer, size = FINER[unit]
            whole = f"{int(fraction)}{unit[1:]}" if fraction > 1 else ""
            return f"PT{whole}{size // 2}{finer[1:]}"
        return f"PT{count}{unit[1:]}"
    if count == "0.5" and unit == "Y":
        return "P6M"
    if count == "0.5" and unit == "D":
        return "PT12H"
    return f"P{count}{unit}"


def joined(left: str, *others: str) -> str | None:
    """Return the sum of durations as one: `twee jaar en een maand` is P2Y1M; None for one unit twice."""
    sums: dict[str, str] = {}
    for duration in filter(None, (left, *others)):
        match = DURATION.match(duration)
        if match is None:
            return None
        for part in PARTS:
            if match[part]:
                if part in sums:
                    return None
                sums[part] = match[part]
    date = "".join(f"{sums[part]}{part}" for part in PARTS[:4] if part in sums)
    time = "".join(f"{sums[part]}{part[1:]}" for part in PARTS[4:] if part in sums)
    return "P" + date + ("T" + time if time else "")


def _fraction(count: str) -> Fraction | None:
    try:
        return Fraction(count)
    except ValueError:
        return None


def plus(count: str, other: str) -> str:
    """Return the sum of two numbers as a decimal: 2 and 0.5 give 2.5."""
    return f"{float(count) + float(other):g}"


def century_year(short: str, pivot: str = "69") -> str:
    """Return the year of two digits: up to the pivot 20xx, above it 19xx."""
    if len(short) == 4 and short.isdigit():
        return short
    digits = short[-2:]
    return ("20" if digits <= pivot else "19") + digits


def decade(year: str) -> str:
    """Return the three digits that name a decade: 1980 gives 198, '80 gives 198, 0 gives 200."""
    digits = year[-2:] if year.startswith("'") else year
    return digits[:3] if len(digits) == 4 else ("20" if digits[0] in "01" else "19") + digits[0]


def less(number: str, by: str = "1", width: str = "2") -> str | None:
    """Return a number less another, in so many digits: the 19th century is 18."""
    value = int(number) - int(by)
    return f"{value:0{int(width)}d}" if value >= 0 else None


def padded(number: str, width: str = "2") -> str:
    """Return a number in at least so many digits."""
    return f"{int(number):0{int(width)}d}"


def month_day(month: str, day: str) -> str | None:
    """Return `MM-DD`, or None when no month has that day."""
    return f"{month}-{day}" if int(day) <= MOST_DAYS[int(month) - 1] else None


def at_most(number: str, most: str, least: str = "1") -> str | None:
    """Return the number when it lies between two bounds, both inclusive."""
    return number if int(least) <= int(number) <= int(most) else None


def range_year(start: str, end: str) -> str | None:
    """Return the second year of a range written short: 1950 and 53 give 1953; None when it runs backward."""
    year = start[: 4 - len(end)] + end
    return year if year > start else None


def year_in_words(first: str, second: str) -> str | None:
    """Return a year said in two numbers: 19 and 87 give 1987, 2000 and 14 give 2014."""
    left, right = int(first), int(second)
    if 11 <= left <= 20 and 10 <= right <= 99:
        return str(left * 100 + right)
    return str(left + right) if left == 2000 and 1 <= right <= 99 else None


def quarters(count: str) -> str:
    """Return the minutes of so many quarters of an hour."""
    return f"PT{15 * int(count)}M"


def half_span(unit: str) -> str | None:
    """Return half of a unit: half a year is P6M."""
    return {"D": "PT12H", "W": "P0.5W"}.get(unit) or span("0.5", unit)


def big_span(count: str, zeros: str) -> str:
    """Return decades and centuries in years: two decades are P20Y."""
    return f"P{round(float(count) * 10 ** (len(zeros) - 1))}Y"


def unit_once(unit: str) -> str:
    """Return one of a unit: P1D, PT1H."""
    return f"PT1{unit[1:]}" if unit.startswith("T") else f"P1{unit}"


def big_once(zeros: str) -> str:
    """Return one decade or century as TIMEX3 writes it."""
    return "DE" if zeros == "0Y" else "CE"


def vague(unit: str) -> str:
    """Return an unknown number of a unit, without the P: XD, TXH; "" for no unit."""
    if not unit:
        return ""
    return f"TX{unit[1:]}" if unit.startswith("T") else f"X{unit}"


def vague_big(unit: str) -> str:
    """Return an unknown number of decades or centuries, without the P; "" for no unit."""
    return f"X{big_once(unit) if unit.startswith('0') else unit}" if unit else ""


def hour_part(hour: str, part: str) -> str | None:
    """Return a bare hour in a part of the day as a clock time: 7 in the evening is 19:00."""
    time = clock(hour)
    return None if time is None else part_of_day(time, part)


def on_weekday(day: str, weekday: str) -> str:
    """Return a day without a year with the weekday that picks the year: `XXXX-04-07&5`."""
    return f"{day}&{weekday}" if day.startswith("XXXX-") and "#" not in day else day


def until(end: str, start: str, most: str = "24:00") -> str | None:
    """Return when a stretch ends that begins at `start`: from 13:30 until 3 is 15:00, from 22:00 until 3 is 03:00.

    From `most` on, the start is written in 24 hours, and so is the end.
    """
    time = end if ":" in end else clock(end)
    if start >= most:
        return time
    later = None if time is None or time >= "12" or time > start else clock(time[:2], "+720", f"+{time[3:]}")
    return later if later is not None and later > start else time


def opening(start: str, end: str) -> str | None:
    """Return when a stretch begins that ends at `end`: from 3 to 16:00 is 15:00, from 11 to 15:00 stays 11:00."""
    time = start if ":" in start else clock(start)
    later = None if time is None or time >= "12" else clock(time[:2], "+720", f"+{time[3:]}")
    last = "24:00" if end == "00:00" else end
    return later if later is not None and (later < last or time is None or time >= last) else time


def at(day: str, *times: str) -> str:
    """Return an unresolved day with a time of day (`TMO`, `T15:00`) put behind it."""
    time = next((time for time in times if time), "")
    if day[0] in "@~":
        return f"{day}T{time}" if ":" in day else f"{day}:T{time}"
    return f"{day}T{time}"


def at_clock(day: str, time: str, hour: str = "", minute: str = "") -> str | None:
    """Return an unresolved day, perhaps with a part of the day, at a clock time read in that part."""
    if time and ":" not in time:
        time = clock(time) or ""
    found = time or clock(hour, f"+{minute or 0}")
    if "|" in day:
        return _in_the_night(found)
    match = re.search(r":?T(MO|AF|EV|NI)\Z", day)
    if found is None or match is None:
        return at(day, found or "")
    return at(day[: match.start()], part_of_day(found, match[1]))


def _in_the_night(time: str | None) -> str | None:
    """Return a clock time of `vannacht`: small hours are of the day itself or the next, late ones a day before."""
    if time is None:
        return None
    time = part_of_day(time, "NI")
    past, future = ("@+P0D", "@+P1D") if time < "12" else ("@-P1D", "@+P0D")
    return f"{past}:T{time}|{future}:T{time}"


def night(first: str, second: str, time: str) -> str:
    """Return on which of two days a clock time of the night between them falls."""
    return second if part_of_day(time, "NI") < "12" else first


def eve(weekday: str) -> str:
    """Return the weekday before one, both from 1 (Monday) to 7: the night to Tuesday begins on Monday."""
    return str((int(weekday) - 2) % 7 + 1)


def add_span(day: str, more: str) -> str | None:
    """Return a shift by days with more days added: `@+P1D` and `P7D` give `@+P8D`."""
    match = re.fullmatch(r"@([+-])P(\d+)D", day)
    if match is None:
        return None
    total = int(match[1] + match[2]) + int(more.strip("PD"))
    return f"@{'+' if total >= 0 else '-'}P{abs(total)}D"


def later_than(year: str, other: str) -> str | None:
    """Return a year when it comes after another, else None."""
    return year if year > other else None


def year_before(year: str, first: str, second: str) -> str:
    """Return the year in which a stretch of months begins that ends in `year`: Nov to Feb 2017 is 2016."""
    return str(int(year) - 1) if second < first else year


FORMS: dict[str | None, Callable[..., str | None]] = {
    "addspan": add_span,
    "afternoon": afternoon,
    "after": later_than,
    "at": at,
    "atclock": at_clock,
    "atmost": at_most,
    "bigone": big_once,
    "bigspan": big_span,
    "clock": clock,
    "decade": decade,
    "eve": eve,
    "halfspan": half_span,
    "hourpart": hour_part,
    "joined": joined,
    "less": less,
    "monthday": month_day,
    "night": night,
    "onweekday": on_weekday,
    "one": unit_once,
    "opening": opening,
    "padded": padded,
    "part": part_of_day,
    "plus": plus,
    "quarters": quarters,
    "rangeyear": range_year,
    "span": span,
    "until": until,
    "vague": vague,
    "vaguebig": vague_big,
    "year": century_year,
    "yearbefore": year_before,
    "yearwords": year_in_words,
}
