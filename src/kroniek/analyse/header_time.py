"""From the stamps of a header to the time of publication, as precise as they are, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kroniek.analyse.header_scan import Item
from kroniek.model import Gap, HowKnown, Interval, Published, Span, interval_of

STEP = "zones"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stated moment: ISO prefix, or a month and day without year (`--09-08`), or a clock time (`T10:53`)."""

    value: str
    span: Span
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document states about its time: the crawler's month, publication and update, and the gaps."""

    crawler: Stamp | None
    published: Stamp | None
    updated: Stamp | None
    gaps: tuple[Gap, ...] = ()


def collect_stamps(items: tuple[Item, ...], months: Mapping[str, int]) -> list[Stamp]:
    """Return the stamps of one line: a clock time joins the date beside it.

    A label (`Laatste update:`) is for the first stamp after it: in `Laatste update: 8-07-17, 07:30 -
    8-07-17, 00:20` the second is the time of publication.
    """
    stamps: list[Stamp] = []
    updated = False
    clock: Stamp | None = None
    for item in items:
        if item.item in ("updated", "published"):
            updated = item.item == "updated"
        elif item.item in ("date", "crawler"):
            value = date_value(item.groups, months)
            if value and clock is not None and _has_day(value):
                value, clock = value + clock.value, None
            stamps.append(Stamp(value or "", item.span, updated))
            updated = False
        elif item.item == "yesterday":
            return stamps  # yesterday as seen by whoever saved the page: its time tells nothing
        elif item.item == "clock":
            value = f"T{int(item.groups['hour']) % 24:02}:{item.groups['minute']}"
            last = stamps[-1] if stamps and not updated else None
            if last is not None and not last.value:
                continue  # the day does not exist: the time of that day tells nothing
            if last is not None and _has_day(last.value):
                stamps[-1] = Stamp(last.value + value, last.span.joined(item.span), last.updated)
            else:
                clock = Stamp(value, item.span, updated)
    return [*stamps, clock] if clock else stamps


def date_value(groups: Mapping[str, str], months: Mapping[str, int]) -> str | None:
    """Return the ISO prefix of a matched date, `--MM-DD` without a year, or None when there is no such day.

    Numbers are day-first; two digits are a year of 1970 to 2069.
    """
    month = months[groups["monthname"].lower()] if "monthname" in groups else int(groups["month"])
    day = f"-{int(groups['day']):02}" if "day" in groups else ""
    if "year" not in groups:
        return f"--{month:02}{day}" if interval_of(f"2016-{month:02}{day}") else None
    year = groups["year"]
    if len(year) == 2:
        year = f"{'20' if int(year) < 70 else '19'}{year}"
    value = f"{year}-{month:02}{day}"
    return value if interval_of(value) else None


def state(crawler: list[Stamp], stamps: list[Stamp], given: Published, text: str) -> Stated:
    """Return what the stamps of a document say, each completed from what else is known of its day."""
    gaps = [
        _gap(f"not a day that exists: {stamp.span.of(text)!r}", stamp) for stamp in stamps if not stamp.value
    ]
    prefix = crawler[0] if crawler and crawler[0].value else None
    known = prefix.value if prefix else given.value
    full: list[Stamp] = []
    for stamp in stamps:
        if not stamp.value:
            continue
        day = next((other.value for other in full if not other.updated), known)
        value = _complete(stamp.value, day)
        if value is None:
            missing = "day" if stamp.value.startswith("T") else "year"
            gaps.append(_gap(f"{stamp.span.of(text)!r} is stated without its {missing}", stamp))
        else:
            full.append(Stamp(value, stamp.span, stamp.updated))
    first = next((stamp for stamp in full if not stamp.updated), None)
    later = [
        stamp
        for stamp in full
        if stamp is not first and (stamp.updated or first is None or stamp.value > first.value)
    ]
    updated = max(later, key=lambda stamp: stamp.value) if later else None
    return Stated(prefix, first, updated, tuple(gaps))


def decide(stated: Stated, given: Published) -> tuple[Published, tuple[Gap, ...]]:
    """Return the time of publication, and a gap for each pair of sources that contradict each other.

    A header stamp beats the crawler's month; what is stated beats what was given when it agrees with it
    and is more precise. Where the two contradict each other what was given stays.
    """
    gaps = []
    if given.value is None and given.grounds:
        gaps.append(Gap(STEP, given.grounds))
    own = _own(stated)
    if stated.crawler and own and own.value and not _agree(stated.crawler.value, own.value):
        gaps.append(
            _gap(
                f"the header says {own.value}, the month in front says {stated.crawler.value}", stated.crawler
            )
        )
    if own is None or own.value is None:
        return given, tuple(gaps)
    if given.value is None:
        return own, tuple(gaps)
    if not _agree(given.value, own.value):
        gaps.append(Gap(STEP, f"the header says {own.value}, {given.grounds} says {given.value}", own.span))
        return given, tuple(gaps)
    return (given if _sharpness(given.value) > _sharpness(own.value) else own), tuple(gaps)


def _own(stated: Stated) -> Published | None:
    for stamp, grounds in (
        (stated.published, "header"), (stated.updated, "header: only its last update is stated"), (stated.crawler, "month in front of the text"),
    ):  # fmt: skip
        if stamp is not None:
            return Published(stamp.value, HowKnown.STATED, grounds, stamp.span)
    return None


def _has_day(value: str) -> bool:
    return "T" not in value and len(value) == (7 if value.startswith("--") else 10)


def _complete(value: str, day: str | None) -> str | None:
    """Return a stamp with the year, or the day, that it lacks; None when they are not known."""
    if value.startswith("T"):
        return day[:10] + value if day and len(day) >= 10 else None
    if value.startswith("--"):
        found = f"{day[:4]}{value[1:]}" if day and day[:4].isdigit() else None
        return found if found and interval_of(found) and _agree(found, (day or "")[:7]) else None
    return value


def _agree(one: str, other: str) -> bool:
    first, second = interval_of(one), interval_of(other)
    return first is not None and second is not None and first.overlaps(second)


def _sharpness(value: str) -> tuple[int, bool]:
    interval: Interval | None = interval_of(value)
    return (-(interval.days() if interval else 100_000), "T" in value)


def _gap(reason: str, stamp: Stamp) -> Gap:
    return Gap(STEP, reason, stamp.span)
