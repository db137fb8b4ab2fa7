"""Which dates matter: those that later reports look back to, that many sources tell, on which much happened.

Counting how often later reports look back to a day is the strongest simple sign of what belongs on a
timeline (Chieu and Lee 2004; Tran et al. 2013, on date selection in timeline summarisation). Copies of one
wire report count once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log2

from kroniek.merge.sentences import sentence_around
from kroniek.merge.sources import Sources
from kroniek.model import (
    REACHED,
    Analysis,
    Event,
    Evidence,
    Interval,
    Phase,
    Precision,
    Process,
    TimexType,
    interval_of,
    precision_of,
)
from kroniek.ontology import Ontology

AGO = timedelta(days=2)  # yesterday's news is not a look back
LOOKED_BACK, TOLD = 4.0, 1.0  # weights of log2(1 + independent sources) that look back, that tell
WHOLE_MONTH = 0.5  # part of the weight of a look back that names no day: `sinds juli`
TURNS = frozenset({"declared", "accepted", "in_force", "suspended", "collapsed", "revived"})
TURN, OTHER_PHASE, NOT_HELD = 1.0, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class SalientDate:
    """A day (`2016-09-12`) or month (`2016-02`) with what makes it matter.

    `looks_back` are the words of later reports that name it, `looking` how many independent sources
    these are, `telling` how many tell the events of that date; `phases` are those that a process
    reached on it. `weight` (0 to 1) is that of the weightiest event.
    """

    value: str
    score: float
    looks_back: tuple[Evidence, ...] = ()
    looking: int = 0
    telling: int = 0
    weight: float = 0.0
    events: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()


def rank_dates(
    analyses: Sequence[Analysis],
    events: Sequence[Event],
    processes: Sequence[Process],
    *,
    sources: Sources,
    ontology: Ontology,
    counts: Callable[[Evidence], bool] = lambda _: True,
) -> tuple[SalientDate, ...]:
    """Return the dates of events, phases and looks back, those that matter most first.

    A pure function of sets: ties are broken by date. Only what is known to the day or month is a date here.
    `counts` chooses the looks back that belong to a subject.
    """
    backward = {
        value: kept
        for value, found in looks_back(analyses).items()
        if (kept := tuple(piece for piece in found if counts(piece)))
    }
    told: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if (key := date_key(event.time)) and not event.background:
            told[key].append(event)
    reached = _phases_by_date(processes, analyses)
    found = [
        _salient(value, backward.get(value, ()), told.get(value, ()), reached.get(value, ()), sources, ontology)
        for value in {*backward, *told, *reached}
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: (-item.score, item.value)))


def date_key(value: str) -> str:
    """Return the day or the month that a value lies in, "" when it is known less exactly.

    `2016-09-19TEV` -> `2016-09-19`; `2016-02` stays; `2016-W36` is none.
    """
    precision = precision_of(value) if value else Precision.VAGUE
    if precision in (Precision.DAY, Precision.DAYPART, Precision.TIME):
        interval = interval_of(value)
        return interval.earliest.isoformat() if interval else ""
    return value[:7] if precision is Precision.MONTH and interval_of(value) else ""


def is_day(key: str) -> bool:
    """Tell whether a date is a day, not a month."""
    return len(key) == len("2016-09-12")


def looks_back(analyses: Iterable[Analysis]) -> Mapping[str, tuple[Evidence, ...]]:
    """Return for each date the words by which reports of at least two days later name it."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for analysis in sorted(analyses, key=lambda item: item.document.id):
        for timex in analysis.timexes:
            key = date_key(timex.value) if timex.type in (TimexType.DATE, TimexType.TIME) else ""
            if key and is_look_back(interval_of(key), analysis.published.interval):
                evidence = Evidence(analysis.document.id, timex.span, sentence_around(analysis, timex.span))
                found[key].append(evidence)
    return {key: tuple(pieces) for key, pieces in found.items()}


def is_look_back(named: Interval | None, published: Interval | None) -> bool:
    """Tell whether days lie at least two days before all days on which the report can have appeared."""
    return named is not None and published is not None and published.earliest - named.latest >= AGO


def _phases_by_date(
    processes: Iterable[Process], analyses: Iterable[Analysis]
) -> Mapping[str, tuple[Phase, ...]]:
    """Return the phases that were reached on a date of their own, not merely on that of their report."""
    published = {item.document.id: item.published.value for item in analyses}
    found: dict[str, list[Phase]] = defaultdict(list)
    for phase in _phases(processes):
        key = date_key(phase.time)
        if key and phase.status in REACHED and phase.time != published.get(phase.evidence.document):
            found[key].append(phase)
    return {key: tuple(phases) for key, phases in found.items()}


def _phases(processes: Iterable[Process]) -> Iterator[Phase]:
    for process in processes:
        yield from process.phases


def _salient(
    value: str,
    backward: Sequence[Evidence],
    events: Sequence[Event],
    phases: Sequence[Phase],
    sources: Sources,
    ontology: Ontology,
) -> SalientDate:
    looking = sources.count(backward)
    telling = sources.count([item.evidence for event in events for item in event.tellings])
    weight = max((weight_of(event, ontology) for event in events), default=0.0)
    turn = max((TURN if phase.name in TURNS else OTHER_PHASE for phase in phases), default=0.0)
    back = LOOKED_BACK * log2(1 + looking) * (1 if is_day(value) else WHOLE_MONTH)
    score = back + TOLD * log2(1 + telling) + weight + turn
    ordered = sorted(events, key=lambda event: (-weight_of(event, ontology), -event.sources, event.id))
    return SalientDate(
        value, round(score, 4), tuple(backward), looking, telling, round(weight, 4),
        tuple(event.id for event in ordered), tuple(phases),
    )  # fmt: skip


def weight_of(event: Event, ontology: Ontology) -> float:
    """Return how much an event weighs, 0 to 1: its PLOVER intensity either way, half of it when it was not held."""
    intensity = abs(ontology.types[event.type].scores_of(event.mode).intensity) / 10
    return intensity if event.status in REACHED else intensity * NOT_HELD
