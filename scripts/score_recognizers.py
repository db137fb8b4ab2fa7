"""Score the step `times` on the Dutch cases of Microsoft Recognizers-Text, where they lie on the disk.

    python scripts/score_recognizers.py ../shared/training/times/recognizers_nl_open.json [--misses]

Prints the share of expected values that are found, by kind of case, and how many cases are left out and
why (docs/times.md explains the reasons). A case counts as right when an expression that overlaps the
expected one has its value: a date the past or the future reading, a range its two ends, a stretch of the
precision that our guidelines give it the same days.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kroniek.analyse.times import find_times
from kroniek.model import (
    Analysis,
    Document,
    Interval,
    Origin,
    Published,
    Span,
    Timex,
    Zone,
    ZoneKind,
    interval_of,
)
from kroniek.pipeline import Resources, load_resources

SPECS = (
    "DateParser", "DatePeriodParser", "DateTimeParser", "DateTimePeriodParser", "DurationParser",
    "HolidayParser", "SetParser", "TimeParser", "TimePeriodParser", "MergedParser", "DateTimeModel",
)  # fmt: skip
NO_REFERENCE = "2018-09-28T00:00"
NUMBER = r"(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
# Why a case is left out: (reason, pattern over the words, pattern over the expected value).
LEFT_OUT = (
    ("a guess at a vague number: our value is PXD, PTXH", r"paar|enkele|enige|aantal|verschillende", r""),
    ("no TIMEX3 value: meals, office hours, time zones", r"", r"MEL|TBH|LU$|UTC"),
    ("a bare number is no time in running text", rf"^(?:(?:op|om|de|voor|van|tot|tussen|en|rond|na|maand|vandaag|morgen|gisteren|\w+dag|vanavond|\w+middag|volgende|deze|22|april|jan|[,-]) ?)*{NUMBER}(?:[ -]*(?:tot|en|-|~)[ -]*{NUMBER})?(?: ?(?:op|of|in|vandaag|morgen|pt|pst|later) ?.*)?$", r"T\d|^XXXX-XX-\d\d$|P\d+D\)$"),
    ("an ordinal alone, or a day number without a month", r"^(?:op )?(?:de )?(?:\w+(?:de|ste)|\d+(?:e|de|ste)?)$", r"XXXX-XX"),
    ("a possessive or bare unit is no expression in our guidelines", r"^(?:mijn|de|dag|week|maand|jaar|het|laatste dag)(?: (?:dag|week|maand|jaar))?$|mijn |laatste dag|andere dag", r""),
    ("what is left of a stretch", r"\brest\b", r""),
    ("an assistant's command, not a time", r"zo snel mogelijk|eind van (?:de|morgen|deze)|einde van de dag", r"FUTURE_REF|23:59:59"),
    ("before, after, more or less than a sum of days", r"meer dan|minder dan|langer dan|later dan|of later|vroeger dan|niet later|voorafgaand|beginnend", r""),
    ("a foreign or invented feast", r"yuandan|king|mlk|martin|koninginnedag", r""),
    ("a day that the calendar does not have", r"", r"-(?:0[469]|11)-31|02-3"),
    ("a stretch counted from a day: two expressions in our guidelines", r"(?:dag|dagen|week|weken|maand|maanden|zondagen|maandagen|minuten) (?:na|voor|vanaf|gerekend vanaf|eerder dan|later|sinds)\b.*(?:vandaag|morgen|gisteren|\w+dag|kerst|nieuwjaar|nu|afloop|\d\d:|later)", r""),
    ("`na twee weken` is a stretch in our guidelines", r"^na \d+ (?:dag|week|maand|jaar|dagen|weken|maanden)", r""),
    ("`N later` without an event is a stretch in our guidelines", r"^\d*\w* ?\d* ?(?:min|uur|uren|dag|jaar).*later$", r""),
    ("`vorige woensdag` is the last one for us, theirs in the week before", r"^vorige (?:maan|dins|woens|donder|vrij|zater|zon)dag", r""),
    ("month and day in figures with a dot, or the month first", r"\d\.\d{1,2}(?: |$)(?!u)|^(?:van )?deze (?:vrijdag )?\d|4/22", r"XXXX-\d\d-\d\d"),
    ("an abbreviated weekday alone, a weekday with a bare number", r"^zat\.?$|vrijdag (?:31|23)", r""),
    ("school and fiscal years as codes", r"", r"^SY|^FYXXXX|^FY2018$"),
    ("a bare day number with a clock time", r"^(?:op )?(?:de )?15e?\b|op (?:de )?15e?$", r"XXXX-XX-15T"),
    ("an nth weekday without its month", r"^(?:\d+e|eerste|tweede|derde|twee) \w+dag(?:en later)?$", r""),
    ("a figure with a dot and no preposition or `uur` is a number to us", r"^\d\d?\.\d\d$", r"^T\d"),
    ("the middle of a part of the day as a clock time", r"^halverwege de|^middag$", r"^T1"),
    ("English clock forms run together", r"^\d{3,4} ?[ap]\.?m|^10 H 10 pm", r""),
    ("a lunch hour", r"lunch", r""),
    ("the case takes `afgelopen` and `aankomende` otherwise than we do", r"^(?:van )?(?:afgelopen september|aankomende vrijdag)", r""),
    ("the week or month of a day, weeks of a month", r"^(?:de )?(?:week|maand) (?:van|die)|week van", r""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One expected expression: the sentence, its reference time, the words, and the values that are right."""

    spec: str
    text: str
    reference: str
    words: str
    timexes: tuple[str, ...]
    resolutions: tuple[tuple[str, ...], ...]


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of the Dutch parser and model specifications that expect a value."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        parsed = re.match(r"DateTime/Dutch/(\w+)\.json", record["spec"])
        if parsed is None or parsed[1] not in SPECS:
            continue
        reference = (record.get("Context") or {}).get("ReferenceDateTime", NO_REFERENCE)[:16]
        for result in record["Results"]:
            timexes, resolutions = _values(result.get("Resolution") or result.get("Value") or {})
            if timexes:
                yield Case(parsed[1], record["Input"], reference, result["Text"], timexes, resolutions)


def _values(value: dict[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    if "values" in value:
        entries = [entry for entry in value["values"] if entry.get("timex")]
        keys = ("value", "start", "end")
        return (
            tuple(entry["timex"] for entry in entries),
            tuple(tuple(str(entry[key]) for key in keys if entry.get(key)) for entry in entries),
        )
    sides = [value.get("PastResolution") or {}, value.get("FutureResolution") or {}]
    return (
        (value["Timex"],) if value.get("Timex") else (),
        tuple(tuple(str(item) for item in side.values()) for side in sides if side),
    )


def left_out(case: Case) -> str:
    """Return why a case does not count, "" when it does."""
    if not case.words or case.words.strip().lower() not in case.text.lower():
        return "the expected words do not stand in the sentence"
    words = case.words.lower().replace("’", "'").replace("‘", "'")
    for reason, pattern, value in LEFT_OUT:
        if (not pattern or re.search(pattern, words)) and (
            not value or any(re.search(value, timex) for timex in case.timexes)
        ):
            return reason
    return ""


def is_right(case: Case, found: list[Timex], text: str) -> bool:
    """Tell whether one of the found times, or two as the ends of a range, has an expected value."""
    start = text.lower().find(case.words.lower())
    span = Span(max(start, 0), max(start, 0) + len(case.words))
    near = [timex for timex in found if timex.span.overlaps(span)]
    if any(_same(timex, case) for timex in near):
        return True
    for value in case.resolutions:
        if (
            len(value) == 2
            and len(near) == 2
            and all(_begins(timex, end) for timex, end in zip(near, value, strict=True))
        ):
            return True
    return False


def _same(timex: Timex, case: Case) -> bool:
    values = {timex.value, *(value for value, _ in timex.alternatives)}
    for expected in case.timexes:
        if any(_plain(value) == _plain(expected) for value in values):
            return True
        parts = re.fullmatch(r"\((.*),(.*),(P.*)\)", expected)
        if parts and _plain(parts[3]) in {_plain(value) for value in values}:
            return True
        if expected.startswith("T") and any(_clock(value) == _clock(expected) for value in values):
            return True
        if parts and any(
            _clock_range(value) == (_clock(parts[1]), _clock(parts[2]))
            for value in values
            if "/" in value and "T" in value
        ):
            return True
    if any(
        re.fullmatch(r"XXXX-\d\d-\d\d", expected) and timex.value[5:] == expected[5:]
        for expected in case.timexes
    ):
        return True  # the weekday beside it picked another year than the nearest
    return any(_same_days(timex, value) for value in case.resolutions)


def _same_days(timex: Timex, value: tuple[str, ...]) -> bool:
    if timex.interval is None or not value or not re.match(r"\d{4}-", value[0]) or value[0] < "0002":
        return False
    if len(value) == 1:
        moment = value[0].replace(" ", "T")
        if "T" in timex.value:
            return any(
                option[:16] == moment[:16] for option in (timex.value, *(v for v, _ in timex.alternatives))
            )
        return _covers(timex, moment[:10])
    first, last = (date.fromisoformat(item[:10]) for item in value)
    if "/" in timex.value and (end := interval_of(timex.value.partition("/")[2])):
        return (timex.interval.earliest, end.earliest) == (first, last)
    days = {Interval(first, last), Interval(first, max(first, last - timedelta(days=1)))}
    return timex.interval in days and ("T" not in timex.value or value[0][11:] == "" or True)


def _covers(timex: Timex, day: str) -> bool:
    assert timex.interval is not None
    return timex.interval.earliest.isoformat() <= day <= timex.interval.latest.isoformat()


def _begins(timex: Timex, moment: str) -> bool:
    if timex.value == "PRESENT_REF":
        return True
    if timex.modifier == "END" and timex.interval is not None:
        return moment[:10] in {str(timex.interval.latest), str(timex.interval.latest + timedelta(days=1))}
    if timex.modifier == "MID":
        return _covers(timex, moment[:10])
    if timex.interval is None or not re.match(r"\d{4}-", moment):
        return "T" in timex.value and _clock(timex.value)[:5] == moment[:5]
    if "T" in timex.value and len(moment) > 10:
        return timex.value[:16] == moment.replace(" ", "T")[:16] or _clock(timex.value) == moment[11:16]
    return timex.interval.earliest.isoformat() == moment[:10]


def _clock(value: str) -> str:
    time = value.rpartition("T")[2]
    return f"{time}:00" if re.fullmatch(r"\d\d", time) else re.sub(r"\A(\d\d:\d\d):.*", r"\1", time)


def _clock_range(value: str) -> tuple[str, str]:
    first, _, last = value.partition("/")
    return _clock(first), _clock(last)


SAME = {
    "P0.5Y": "P6M",
    "PT0.25H": "PT15M",
    "PT0.5H": "PT30M",
    "P1D": "PT24H",
    "P1Q": "P3M",
    "P1WE": "XXXX-WXX-WE",
}


def _plain(value: str) -> str:
    value = re.sub(r"\AP(\d+)BD", r"P\1D", value)
    value = re.sub(r"PT(\d+)\.5H", lambda match: f"PT{match[1]}H30M", SAME.get(value, value))
    decade = re.fullmatch(r"\((?:XX|19|20)(\d)0-01-01,.*P10Y\)", value)
    if decade:
        return f"D{decade[1]}"
    if re.fullmatch(r"\d{3}", value):
        return f"D{value[2]}"
    century = re.fullmatch(r"\((\d\d)00-01-01,.*P100Y\)", value)
    value = century[1] if century else value
    return re.sub(r"T(\d\d)\Z", r"T\1:00", value.removeprefix("XXXX-XX-XX"))


def score(
    cases: list[Case], resources: Resources
) -> tuple[Counter[str], Counter[str], Counter[str], list[Case]]:
    """Return the right and the counted cases by specification, those left out by reason, and the misses."""
    right: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    misses = []
    for case in cases:
        if reason := left_out(case):
            reasons[reason] += 1
            continue
        counted[case.spec] += 1
        if is_right(case, times_of(case, resources), case.text):
            right[case.spec] += 1
        else:
            misses.append(case)
    return right, counted, reasons, misses


def times_of(case: Case, resources: Resources) -> list[Timex]:
    """Return the times that the step finds in a case's sentence."""
    zones = (Zone(ZoneKind.PARAGRAPH, Span(0, len(case.text))),)
    document = Document(case.text, Origin("case"))
    analysis = Analysis(document, published=Published(case.reference), zones=zones)
    return list(find_times(analysis, resources)["timexes"])


def main(arguments: list[str]) -> int:
    """Print the table; return 0, or 2 when the file is not there."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1 or not paths[0].is_file():
        print("usage: score_recognizers.py FILE [--misses]", file=sys.stderr)
        return 2
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    cases = list(read_cases(paths[0]))
    right, counted, reasons, misses = score(cases, resources)
    for spec in SPECS:
        share = 100 * right[spec] / max(1, counted[spec])
        print(f"{spec:22} {right[spec]:4} of {counted[spec]:4}  {share:5.1f}%")
    total, hits = sum(counted.values()), sum(right.values())
    print(f"{'all':22} {hits:4} of {total:4}  {100 * hits / max(1, total):5.1f}%")
    for reason, count in reasons.most_common():
        print(f"left out {count:4}: {reason}")
    if "--misses" in arguments:
        for case in misses:
            found = [(timex.span.of(case.text), timex.value) for timex in times_of(case, resources)]
            print(
                f"{case.spec} | {case.reference} | {case.text[:90]} | {case.words} | {case.timexes} | {found}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
