"""Date reports by what other reports say: an event that one report dates dates another's `afgelopen vrijdag`.

A pure function of the analyses: it may be run again whenever further reports have come in, and a better
known report then changes what was inferred before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kroniek.merge.likeness import MUTUAL
from kroniek.merge.sentences import sentence_around
from kroniek.model import Analysis, EventMention, HowKnown, Interval, Published, Status

# How likely it is that two tellings are of different events, by points of likeness: two ministers who talked may
# have talked again. Of 28 pairs of tellings with a day in the example reports and the gold, 7 of the 14 with two
# points were of different events, none of the 14 with more.
DIFFERS = {2: 0.5, 3: 0.05}
SAME_FIGURES = 0.02  # the same where they share a figure: `59 raketten`
NEXT_DAY = 0.5  # the same where the two dates are a day apart, as another time zone makes them
NIGHT = "TNI"  # a night belongs to the day on which it begins and to the next
TOO_EARLY = 0.02  # how well a day before the event fits where the report tells it as having happened
MOST = 14  # days of equally like tellings that are tried
ALIKE_FROM = 2  # points of likeness from which two tellings are taken for one event

NEAR = timedelta(days=14)  # how far from the report's days an event can be
LONGER_WORD = re.compile(r"[^\W\d_]{5,}")
STEM = 6  # letters by which two forms of a word are known

DaysUnder = Callable[[Analysis, date], Mapping[str, Interval]]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A telling whose day is known (two days for a night), and the report that has it."""

    event: EventMention
    day: date
    last: date
    analysis: Analysis
    likeness: int = 0  # with the telling that it was matched to

    @property
    def source(self) -> str:
        """Return the name of the report."""
        return self.analysis.document.name or self.analysis.document.origin.path


def date_documents(
    analyses: Sequence[Analysis],
    days_under: DaysUnder,
    infer: Callable[[Analysis], Published] = lambda analysis: analysis.published,
) -> dict[str, Published]:
    """Return the publication time of each report whose day is not known, by document id.

    `days_under(analysis, day)` gives the days of each event mention, had the report appeared on that
    day; `infer` what the report's own words say (`kroniek.analyse.dating` has both). The result carries
    a weight for each day and the grounds; its value is a day, with `how` inferred, only from 80% on.
    """
    known = list(_dated_events(analyses))
    by_type: dict[str, list[_Dated]] = {}
    for item in sorted(known, key=lambda item: item.day):
        by_type.setdefault(item.event.type, []).append(item)
    return {
        analysis.document.id: _date_one(analysis, by_type, days_under, infer(analysis))
        for analysis in analyses
        if analysis.published.day is None
    }


def _dated_events(analyses: Iterable[Analysis]) -> Iterator[_Dated]:
    for analysis in analyses:
        if analysis.published.day is None or analysis.published.how is HowKnown.INFERRED:
            continue
        for event in analysis.events:
            if event.interval is not None and event.interval.days() == 1 and event.time_how != "publication":
                first = event.interval.earliest
                night = event.time.endswith(NIGHT)
                yield _Dated(event, first, first + timedelta(days=night), analysis)


def _date_one(
    analysis: Analysis, known: Mapping[str, list[_Dated]], days_under: DaysUnder, own: Published
) -> Published:
    if own.day is not None:
        return own
    days = own.candidates()
    matches = [
        (event, alike)
        for event in analysis.events
        if (alike := _best_matches(analysis, event, known.get(event.type, ()), days))
    ]
    if not matches or not days:
        return own
    prior = dict(own.weights)
    weights = {}
    grounds = {own.grounds} - {""}
    for day in days:
        intervals = days_under(analysis, day)
        weight = prior.get(day.isoformat(), 0.0005) if prior else 1.0
        for event, alike in matches:
            fits = {_fit(event, match, day, intervals.get(event.id)): match for match in alike}
            weight *= max(fits)
            match = fits[max(fits)]
            grounds.add(f"{match.source} dates the {event.type} event {match.day.isoformat()}")
        weights[day] = weight
    return own.weighed(weights, sorted(grounds))


def _fit(event: EventMention, match: _Dated, published: date, told: Interval | None) -> float:
    """Return how well a day fits: as that of the same event, or of another one, which any day fits."""
    same = TOO_EARLY if event.status is Status.HAPPENED and published < match.day else 1.0
    if told is not None and not (told.earliest <= match.last and match.day <= told.latest):
        near = told.earliest - match.last <= timedelta(days=1) and match.day - told.latest <= timedelta(
            days=1
        )
        same *= NEXT_DAY if near else 0.0
    figures = _figures(event) & _figures(match.event)
    other = SAME_FIGURES if figures else DIFFERS[min(match.likeness, max(DIFFERS))]
    return other + (1 - other) * same


def _best_matches(
    analysis: Analysis, event: EventMention, known: Sequence[_Dated], days: Sequence[date]
) -> list[_Dated]:
    """Return the dated tellings most like an event, within two weeks of the report; none under the bar.

    `known` is in the order of days. Of several days as like the last few are enough: any of them may be meant.
    """
    if not days:
        return []
    first = bisect_left(known, days[0] - NEAR, key=lambda item: item.day)
    last = bisect_right(known, days[-1] + NEAR, key=lambda item: item.day)
    near = [(item, _likeness(event, item.event)) for item in known[first:last]]
    alike = [(item, points) for item, points in near if points >= ALIKE_FROM]
    words = _words(analysis, event) if alike else frozenset()
    weighed = [
        (item, points + _share_words(words, _words(item.analysis, item.event))) for item, points in alike
    ]
    most = max((points for _, points in weighed), default=0)
    best = {item.day: replace(item, likeness=most) for item, points in weighed if points == most}
    return [best[day] for day in sorted(best)[-MOST:]]


def _words(analysis: Analysis, event: EventMention) -> frozenset[str]:
    """Return the beginnings of the longer words in an event's sentence, names left out."""
    sentence = sentence_around(analysis, event.trigger[0]).of(analysis.text)
    return frozenset(word[:STEM] for word in LONGER_WORD.findall(sentence) if word[0].islower())


def _share_words(left: frozenset[str], right: frozenset[str]) -> bool:
    """Tell whether half of the words of the shorter sentence, and two at least, are the other's."""
    shared = len(left & right)
    return shared > 1 and 2 * shared >= min(len(left), len(right))


def _entities(event: EventMention, roles: Iterable[str]) -> set[str]:
    return {entity for role in roles for entity in event.entities(role)}


def _figures(event: EventMention) -> set[str]:
    return {figure for _, figure in event.numbers}


def _likeness(left: EventMention, right: EventMention) -> int:
    """Count what two tellings share: figures twice, participants by role, place, mode."""
    figures = _figures(left) & _figures(right)
    # `X sprak met Y` and `Y ontving X` tell of one talk.
    roles = (("actor", "recipient"),) if left.type in MUTUAL else (("actor",), ("recipient",))
    people = sum(len(_entities(left, pair) & _entities(right, pair)) for pair in roles)
    place = bool(left.place) and left.place == right.place
    mode = bool(left.mode) and left.mode == right.mode
    return 2 * len(figures) + people + place + mode
