"""The two ends of a stretch of time agree: `van november tot maart`, `tussen nu en 21 mei`, `van maart tot op heden`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kroniek.analyse.times.values import Reference, Resolved, Side, resolve
from kroniek.model import Interval, Timex

UNTIL = frozenset(("tot", "-", "–", "t"))
BETWEEN, AND = "tussen", "en"
FILLERS = frozenset(("en", "met", "de", "het", "op", "aan", "van", "/", "m", "in"))
OPENS_WITHIN = 4  # words: `tussen het einde van maart en ...`
LONGEST_LINK = 6  # words: `tot en met het einde van`
WEEKDAY = re.compile(r"XXXX-WXX-[1-7](?:T|\Z)")
NOW = ("PRESENT_REF", "@+P0D")


def is_range(
    words: Sequence[str], first: tuple[int, int], second: tuple[int, int], parts: frozenset[str]
) -> bool:
    """Tell whether two matches, as token ranges, are the ends of one stretch.

    `parts` are the words such as `begin` and `einde` that may stand before an end.
    """
    link = words[first[1] : second[0]]
    if (
        not link
        or len(link) > LONGEST_LINK
        or any(word not in FILLERS and word not in parts for word in link[1:])
    ):
        return False
    if link[0] in UNTIL:
        return True
    return link[0] == AND and BETWEEN in words[max(0, first[0] - OPENS_WITHIN) : first[0]]


def align(
    first: tuple[str, Timex], second: tuple[str, Timex], reference: Reference
) -> tuple[Resolved | None, Resolved | None]:
    """Return new readings for the ends of a stretch (raw value and time of each), None where one stays as it is."""
    (opening, start), (closing, end) = first, second
    if opening in NOW and _is_open(closing):
        return None, resolve(closing, reference, Side.FUTURE)
    if closing in NOW and _is_open(opening):
        return resolve(opening, reference, Side.PAST), None
    if start.interval is None or end.interval is None or "T" in (start.value + end.value):
        return None, None
    if "XXXX-" in closing and closing[0] not in "<=" and end.interval.earliest < start.interval.earliest:
        return None, resolve(">" + closing.lstrip(">"), _day(start.interval), Side.FUTURE)
    if _is_open(opening) and "XXXX" not in closing and closing[:4].isdigit():
        return resolve("<" + opening, _last(end.interval), Side.PAST), None
    return None, None


def follows(words: Sequence[str], first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Tell whether two matches are named in a row: `donderdag en vrijdag`."""
    return list(words[first[1] : second[0]]) in ([AND], ["of"])


def next_weekday(first: tuple[str, Timex], second: tuple[str, Timex]) -> Resolved | None:
    """Return the second of two weekdays in a row as the one that follows the first; None where it does already."""
    (opening, start), (closing, end) = first, second
    if not (WEEKDAY.match(opening) and WEEKDAY.match(closing)) or start.interval is None:
        return None
    if end.interval is not None and end.interval.earliest > start.interval.earliest:
        return None
    found = resolve(">" + closing, _day(start.interval), Side.FUTURE)
    return replace(found, anchor=start.value[:10], alternatives=())


def is_apposition(words: Sequence[str], first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Tell whether a second match says what the first one is: `een week eerder, op 12 september`."""
    return list(words[first[1] : second[0]]) in ([","], [",", "op"], ["("], ["(", "op"], ["op"])


def _is_open(raw: str) -> bool:
    """Tell whether the words leave the year or week open, and no `afgelopen` or `deze` settles it."""
    return raw.startswith("XXXX-")


def _day(interval: Interval) -> Reference:
    return Reference(interval.earliest, interval.earliest)


def _last(interval: Interval) -> Reference:
    """Return the last day before which the stretch can begin: of a closing year its first, else the last day."""
    day = interval.earliest if interval.days() > 31 else interval.latest
    return Reference(day, day)
