"""Date reports by what other reports say: an event that one report dates dates another's `afgelopen vrijdag`.

A pure function of the analyses: it may be run again whenever further reports have come in, and a better
known report then changes what was inferred before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kroniek.merge.likeness import MUTUAL
from kroniek.model import Analysis, EventMention, HowKnown, Interval, Published, Status

# Factor for a day on which the report's own words do not fit the other's date: how likely it is that the two
# tell of different events, by points of likeness.
DIFFERS = {2: 0.05, 3: 0.01}
NEXT_DAY = 0.5  # the same where the two dates are a day apart, as another time zone makes them
NIGHT = "TNI"  # a night belongs to the day on which it begins and to the next
TOO_EARLY = 0.02  # factor for a day before an event that the report tells as having happened
ALIKE_FROM = 2  # points of likeness from which two tellings are taken for one event

DaysUnder = Callable[[Analysis, date], Mapping[str, Interval]]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A telling whose day is known (two days for a night), and the name of the report that has it."""

    event: EventMention
    day: date
    last: date
    source: str
    likeness: int = 0  # with the telling that it was matched to


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
    for item in known:
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
        source = analysis.document.name or analysis.document.origin.path
        for event in analysis.events:
            if event.interval is not None and event.interval.days() == 1 and event.time_how != "publication":
                first = event.interval.earliest
                night = event.time.endswith(NIGHT)
                yield _Dated(event, first, first + timedelta(days=night), source)


def _date_one(
    analysis: Analysis, known: Mapping[str, list[_Dated]], days_under: DaysUnder, own: Published
) -> Published:
    if own.day is not None:
        return own
    days = own.candidates()
    matches = [
        (event, match)
        for event in analysis.events
        if (match := _best_match(event, known.get(event.type, ()), days)) is not None
    ]
    if not matches or not days:
        return own
    prior = dict(own.weights)
    weights = {}
    grounds = {own.grounds} - {""}
    for day in days:
        intervals = days_under(analysis, day)
        weight = prior.get(day.isoformat(), 0.0005) if prior else 1.0
        for event, match in matches:
            weight *= _fit(event, match, day, intervals.get(event.id))
            grounds.add(f"{match.source} dates the {event.type} event {match.day.isoformat()}")
        weights[day] = weight
    return own.weighed(weights, sorted(grounds))


def _fit(event: EventMention, match: _Dated, published: date, told: Interval | None) -> float:
    factor = TOO_EARLY if event.status is Status.HAPPENED and published < match.day else 1.0
    if told is None or (told.earliest <= match.last and match.day <= told.latest):
        return factor
    if told.earliest - match.last <= timedelta(days=1) and match.day - told.latest <= timedelta(days=1):
        return factor * NEXT_DAY
    return factor * DIFFERS[min(match.likeness, max(DIFFERS))]


def _best_match(event: EventMention, known: Sequence[_Dated], days: Sequence[date]) -> _Dated | None:
    """Return the dated telling most like an event, within two weeks of the report; None under the bar."""
    if not days:
        return None
    first, last = days[0] - timedelta(days=14), days[-1] + timedelta(days=14)
    near = [item for item in known if first <= item.day <= last]
    best = max(near, key=lambda item: (_likeness(event, item.event), item.day), default=None)
    if best is None or (points := _likeness(event, best.event)) < ALIKE_FROM:
        return None
    return replace(best, likeness=points)


def _entities(event: EventMention, roles: Iterable[str]) -> set[str]:
    return {entity for role in roles for entity in event.entities(role)}


def _likeness(left: EventMention, right: EventMention) -> int:
    """Count what two tellings share: figures twice, participants by role, place, mode."""
    figures = {figure for _, figure in left.numbers} & {figure for _, figure in right.numbers}
    # `X sprak met Y` and `Y ontving X` tell of one talk.
    roles = (("actor", "recipient"),) if left.type in MUTUAL else (("actor",), ("recipient",))
    people = sum(len(_entities(left, pair) & _entities(right, pair)) for pair in roles)
    place = bool(left.place) and left.place == right.place
    mode = bool(left.mode) and left.mode == right.mode
    return 2 * len(figures) + people + place + mode
