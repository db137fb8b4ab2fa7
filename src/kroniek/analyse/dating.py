"""When was a report without a date written? What its own words allow, day by day.

Each candidate day is tried out: the text's times are resolved against it, and the day is weighed by how
well they fit. A named weekday is mostly today or yesterday; `vandaag, 7 april` pins the day; what is told
as past does not lie ahead; a New Year's message is not of June. The shares were counted in the training
articles, `scripts/score_dating.py` measures what they are worth; docs/times.md has the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from kroniek.analyse.known_events import Telling, tellings, told_days
from kroniek.analyse.step import Resources
from kroniek.analyse.times.calendar import in_year
from kroniek.analyse.times.direction import Cues, Trees, read_cues, read_trees, side_by_tree
from kroniek.analyse.times.linking import time_of
from kroniek.analyse.times.step import renew
from kroniek.analyse.times.values import Reference, Side, resolve
from kroniek.analyse.tree import tree_of
from kroniek.knowledge import KnownEvent
from kroniek.model import Analysis, Interval, Precision, Published, Timex, precision_of

AROUND = 31  # days after the latest full date when the report states nothing at all
# How many days lie between a weekday that a report names without more and the report: 0 is the day itself,
# negative is ahead. Counted on 112 weekdays of the training articles.
WEEKDAY_BACK = {0: 0.33, 1: 0.29, 2: 0.13, 3: 0.05, 4: 0.02, 5: 0.015, 6: 0.015,
                -1: 0.10, -2: 0.025, -3: 0.015, -4: 0.01, -5: 0.005, -6: 0.005}  # fmt: skip
# The same where the report also says `eerder op de dag`: it tells of the day at hand.
SAME_DAY_BACK = {0: 0.95, 1: 0.02, 2: 0.01, 3: 0.005, 4: 0.005}
LAST_WEEKDAY_BACK = {1: 0.25, 2: 0.17, 3: 0.15, 4: 0.14, 5: 0.14, 6: 0.1, 7: 0.04}  # `afgelopen vrijdag`
FARTHER = 0.005  # for a distance that the table does not have
CONTRADICTED = 0.001  # factor for a day that a dated neighbour rules out
WRONG_SIDE = 0.1  # factor for a day before what is told as past, or after what is told as to come
SAME_AS_DATED = 2.0  # factor where a weekday comes to fall on a day that the report names in figures
OUT_OF_SEASON = 0.02  # factor for a day far from the feast of a `nieuwjaarsboodschap`
MONTH_YOUNG = 6  # days that a month has mostly run before a report says `eerder deze maand`
DOUBT = (
    0.05  # share that is spread over all candidates: the report may be of a kind that the shares do not know
)
NEAR = timedelta(days=31)  # how far from the report's days a well-known event can be that it tells of as news
# Factor for a day on which the words do not fit the day of a well-known event: how likely it is that they tell of
# another one, where a word tells it from all else and where none does. A day apart is time zones and nights.
NOT_THAT_ONE = {True: 0.05, False: 0.25}
NEXT_DAY = 0.5
FORETOLD = 0.05  # factor for a day before what nobody could foresee
SUDDEN = frozenset({"ASSAULT", "DISASTER", "DEATH"})
SAME_DAY = "later-in-the-day"  # the rule of `eerder op de dag`

Factor = tuple[float, str]  # a factor for the day, and the ground that it rests on
Factors = Iterator[Factor]


@dataclass(frozen=True, slots=True)
class _Words:
    """The pack's words that dating looks for."""

    weekdays: tuple[str, ...]
    last: frozenset[str]
    earlier: frozenset[str]
    occasions: Mapping[str, tuple[str, int, int]]
    cues: Cues


def infer_day(analysis: Analysis, resources: Resources) -> Published:
    """Return the publication time with a weight for each candidate day.

    A day with at least 80% becomes the value, with `how` inferred and its grounds; else the value stays
    what the report states. A report whose day is known, or that gives nothing to go by, is returned as
    it is.
    """
    published = analysis.published
    words = resources.language.compiled(_read_words)
    days = candidate_days(analysis, words.weekdays)
    if published.day is not None or not days:
        return published
    grounds: set[str] = set()
    known = resources.knowledge.events_between((days[0] - NEAR).isoformat(), (days[-1] + NEAR).isoformat())
    told = tellings(analysis, known)
    weights = {day: _weight(analysis, day, resources, words, grounds, told) for day in days}
    share = DOUBT * sum(weights.values()) / len(weights)
    if not grounds:
        return published
    mixed = {day: (1 - DOUBT) * weight + share for day, weight in weights.items()}
    return published.weighed(mixed, sorted(grounds | {published.grounds} - {""}))


def candidate_days(analysis: Analysis, weekdays: tuple[str, ...]) -> list[date]:
    """Return the days in which the report can have appeared; none when there are too many or no hint.

    Where the report states nothing, a day with its weekday and year (`woensdag 12 april 2017`) or beside a
    relative one (`gisteren (6 april 2017)`) is of the days at hand; a bare date may be of another century.
    """
    if analysis.published.value is not None:
        return analysis.published.candidates()
    beside = {dated.span for _, dated in _pairs(analysis)}
    full = [
        timex.interval.latest
        for timex in analysis.timexes
        if timex.interval and not timex.anchor and precision_of(timex.value) is Precision.DAY
        if timex.span in beside or timex.span.of(analysis.text).lower().startswith(weekdays)
    ]
    if not full:
        return []
    return [max(full) + timedelta(days=count) for count in range(-AROUND // 2, AROUND)]


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


def _read_words(language: Any) -> _Words:
    table = language.table("times")
    occasions = {
        word: (entry["feast"], entry["before"], entry["after"])
        for entry in table.get("occasions", ())
        for word in entry["words"]
    }
    words = table["words"]
    return _Words(
        tuple(words["WEEKDAY"]),
        frozenset(words["LAST"]),
        frozenset(table["direction"]["earlier"]),
        occasions,
        read_cues(table),
    )


def _weight(
    analysis: Analysis,
    day: date,
    resources: Resources,
    words: _Words,
    grounds: set[str],
    told: Sequence[Telling],
) -> float:
    supposed = renew(analysis, Published(day.isoformat()), resources)
    trees = read_trees(analysis.tokens)
    weight = 1.0
    evidence: tuple[Callable[[], Factors], ...] = (
        lambda: _by_weekdays(supposed, day, words),
        lambda: _by_pairs(supposed),
        lambda: _by_dates(supposed, day, trees, words.cues),
        lambda: _by_months(supposed, day, words),
        lambda: _by_occasions(analysis, day, words),
        lambda: _by_known_events(supposed, day, told),
    )
    for factors in evidence:
        for factor, ground in factors():
            weight *= factor
            grounds.add(ground)
    return weight


def _by_weekdays(supposed: Analysis, day: date, words: _Words) -> Factors:
    same_day = any(timex.provenance.rule == SAME_DAY for timex in supposed.timexes)
    dated = {timex.interval for timex in supposed.timexes if _is_dated(timex, supposed.text)}
    for interval, said in _weekdays(supposed, words.weekdays):
        last = said.split()[0].lower() in words.last
        table = LAST_WEEKDAY_BACK if last else SAME_DAY_BACK if same_day else WEEKDAY_BACK
        agrees = SAME_AS_DATED if interval in dated else 1.0
        also = ", and tells of later that day" if same_day and not last else ""
        yield agrees * table.get((day - interval.latest).days, FARTHER), f"it says `{said}`{also}"


def _by_pairs(supposed: Analysis) -> Factors:
    for said, dated in _pairs(supposed):
        factor = 1.0 if said.interval == dated.interval else CONTRADICTED
        yield factor, f"it says `{said.span.of(supposed.text)}` of {dated.span.of(supposed.text)}"


def _by_dates(supposed: Analysis, day: date, trees: Trees | None, cues: Cues) -> Factors:
    """Weigh calendar days by tense: `op 7 april werd` is behind the report."""
    for timex in supposed.timexes:
        if trees is None or timex.interval is None or not _is_dated(timex, supposed.text):
            continue
        side, sure = side_by_tree(trees, timex.span.start, cues)
        nearest = resolve("XXXX" + timex.value[4:10], Reference(day, day), Side.OPEN).interval
        if not sure or nearest is None:
            continue
        away = (day - nearest.earliest).days
        if (side is Side.PAST and away < 0) or (side is Side.FUTURE and away > 0):
            yield WRONG_SIDE, f"it tells of {timex.span.of(supposed.text)} as {side}"
        else:
            yield 1.0, f"it tells of {timex.span.of(supposed.text)} as {side}"


def _by_months(supposed: Analysis, day: date, words: _Words) -> Factors:
    """Weigh the age of the month: `eerder deze maand` is seldom said on its second day."""
    for timex in supposed.timexes:
        before = supposed.text[: timex.span.start].rsplit(maxsplit=1)[-1:]
        if timex.value == f"{day:%Y-%m}" and timex.anchor and before and before[0].lower() in words.earlier:
            said = f"{before[0]} {timex.span.of(supposed.text)}".lower()
            yield max(0.05, min(1.0, (day.day - 1) / MONTH_YOUNG)), f"it says `{said}`"


def _by_occasions(analysis: Analysis, day: date, words: _Words) -> Factors:
    """Weigh the distance from the feast that a word speaks of: `nieuwjaarsboodschap`."""
    folded = {analysis.text[token.start : token.end].lower() for token in analysis.tokens}
    for word in sorted(folded & words.occasions.keys()):
        feast, before, after = words.occasions[word]
        near = False
        for away in range(-before, after + 1):
            other = day - timedelta(days=away)
            near = near or in_year(other.year, feast) == other.isoformat()
        yield 1.0 if near else OUT_OF_SEASON, f"it speaks of a `{word}`"


def _by_known_events(supposed: Analysis, day: date, told: Sequence[Telling]) -> Factors:
    """Weigh what the report tells of events on record: `afgelopen vrijdag` must be the day of the strike.

    Each event counts once, where most speaks for it: the sentences of a report are not independent.
    """
    used: set[str] = set()
    for telling, interval in sorted(told_days(supposed, told), key=lambda item: -item[0].points):
        fits = [(_fit(event, interval, day, sure=telling.sure), event) for event in telling.events]
        factor, event = max(fits, key=lambda fit: fit[0])
        names = {event.id for event in telling.events}
        foretold = telling.sure and event.type in SUDDEN
        if (interval is not None or foretold) and not names & used:
            used |= names
            yield factor, f"it tells of {event.name}, {event.day} ({event.id})"


def _fit(event: KnownEvent, told: Interval | None, day: date, *, sure: bool) -> float:
    first, last = date.fromisoformat(event.day), date.fromisoformat(event.last)
    early = FORETOLD if event.type in SUDDEN and day < first else 1.0
    if told is None or (told.earliest <= last and first <= told.latest):
        return early
    apart = max(told.earliest - last, first - told.latest)
    return early * (NEXT_DAY if apart <= timedelta(days=1) else NOT_THAT_ONE[sure])


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
        if figures[0] != figures[1] and (second if figures[0] else first).value[:1] != "P":
            yield (second, first) if figures[0] else (first, second)


def _is_dated(timex: Timex, text: str) -> bool:
    """Tell whether a time is a calendar day in figures: `7 april`, `7/04/2017`."""
    is_day = timex.interval is not None and timex.interval.days() == 1
    return is_day and precision_of(timex.value) is Precision.DAY and _has_figures(timex.span.of(text))


def _has_figures(words: str) -> bool:
    return any(character.isdigit() for character in words)
