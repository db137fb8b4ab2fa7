"""When was a report without a date written? What its own words allow, day by day.

Each candidate day is tried out: the text's times are resolved against it, and the day is weighed by how
well they fit. A named weekday is mostly today or yesterday; `vandaag, 7 april` pins the day; what is told
as past does not lie ahead. The figures come from reading news agencies' copy; they only have to be right
in their order, because nothing is stated under 90%.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from kroniek.analyse.step import Resources
from kroniek.analyse.times.linking import time_of
from kroniek.analyse.times.step import renew
from kroniek.analyse.tree import tree_of
from kroniek.model import Analysis, Interval, Precision, Published, Timex, precision_of

MOST_DAYS = 62  # candidates; a report known to the year alone is left alone
AROUND = 14  # days about the latest full date when the report states nothing at all
# How far back a weekday lies that a report names without more: 0 is the day itself.
WEEKDAY_BACK = (0.45, 0.30, 0.10, 0.05, 0.04, 0.03, 0.03)
# The same where the report also says `eerder op de dag`: it tells of the day at hand.
SAME_DAY_BACK = (0.94, 0.03, 0.01, 0.005, 0.005, 0.005, 0.005)
LAST_WEEKDAY_BACK = (0.001, 0.08, 0.15, 0.2, 0.2, 0.2, 0.17)  # `afgelopen vrijdag`
FARTHER = 0.02  # for a weekday a full week back
CONTRADICTED = 0.001  # factor for a day that a dated neighbour rules out
SAME_DAY = "later-in-the-day"  # the rule of `eerder op de dag`


def infer_day(analysis: Analysis, resources: Resources) -> Published:
    """Return the publication time with a weight for each candidate day.

    A day with at least 90% becomes the value, with `how` inferred and its grounds; else the value stays
    what the report states. A report whose day is known, or that gives nothing to go by, is returned as
    it is.
    """
    published = analysis.published
    days = candidate_days(analysis)
    if published.day is not None or not days:
        return published
    grounds: set[str] = set()
    weights = {day: _weight(analysis, day, resources, grounds) for day in days}
    return published.weighed(weights, sorted(grounds))


def candidate_days(analysis: Analysis) -> list[date]:
    """Return the days in which the report can have appeared; none when there are too many or no hint."""
    interval = analysis.published.interval
    if interval is None:
        full = [
            timex.interval.latest
            for timex in analysis.timexes
            if timex.interval and not timex.anchor and precision_of(timex.value) is Precision.DAY
        ]
        if not full:
            return []
        interval = Interval(max(full) - timedelta(days=1), max(full) + timedelta(days=AROUND))
    if interval.days() > MOST_DAYS:
        return []
    return [interval.earliest + timedelta(days=count) for count in range(interval.days())]


def event_days(analysis: Analysis, day: date, resources: Resources) -> dict[str, Interval]:
    """Return the days of each event mention, had the report appeared on a day.

    For `kroniek.merge.dating`, which compares them with what other reports say of the same events.
    """
    supposed = renew(analysis, Published(day.isoformat()), resources)
    tree = tree_of(supposed)
    starts = {token.start: token for token in supposed.tokens}
    found = {}
    for event in analysis.events:
        token = starts.get(event.trigger[0].start)
        if token is None:
            continue
        _, interval, how = time_of(supposed, tree, token)
        if interval is not None and how in ("syntax", "sentence"):
            found[event.id] = interval
    return found


def _weight(analysis: Analysis, day: date, resources: Resources, grounds: set[str]) -> float:
    supposed = renew(analysis, Published(day.isoformat()), resources)
    words_of = resources.language.table("times")["words"]
    same_day = any(timex.provenance.rule == SAME_DAY for timex in supposed.timexes)
    weight = 1.0
    for interval, words in _weekdays(supposed, tuple(words_of["WEEKDAY"])):
        last = words.split()[0].lower() in words_of["LAST"]
        table = LAST_WEEKDAY_BACK if last else SAME_DAY_BACK if same_day else WEEKDAY_BACK
        back = (day - interval.latest).days
        if back >= 0:
            weight *= table[back] if back < len(table) else FARTHER
            grounds.add(
                f"it says `{words}`" + (", and tells of later that day" if same_day and not last else "")
            )
    for said, dated in _pairs(supposed):
        weight *= 1.0 if said.interval == dated.interval else CONTRADICTED
        grounds.add(f"it says `{said.span.of(analysis.text)}` of {dated.span.of(analysis.text)}")
    return weight


def _weekdays(analysis: Analysis, weekdays: tuple[str, ...]) -> Iterator[tuple[Interval, str]]:
    """Yield the days that a report names by weekday, with their words, each wording once."""
    seen = set()
    for timex in analysis.timexes:
        words = timex.span.of(analysis.text)
        if timex.interval is None or timex.interval.days() > 1 or words.lower() in seen:
            continue
        if not _has_figures(words) and words.split()[-1].lower().startswith(weekdays):
            seen.add(words.lower())
            yield timex.interval, words


def _pairs(analysis: Analysis) -> Iterator[tuple[Timex, Timex]]:
    """Yield a relative time and the date in figures that stands beside it: `gisteren (6 april)`."""
    for first, second in pairwise(analysis.timexes):
        between = analysis.text[first.span.end : second.span.start]
        if between.strip() not in ("", ",", "(") or len(between) > 3:
            continue
        figures = [_has_figures(timex.span.of(analysis.text)) for timex in (first, second)]
        if figures[0] != figures[1] and first.interval and second.interval:
            yield (second, first) if figures[0] else (first, second)


def _has_figures(words: str) -> bool:
    return any(character.isdigit() for character in words)
