"""Tellings to events: candidates by class, participant and month, average links, vetoes.

Two tellings on days, at places or with figures that exclude each other stay two events; nothing takes
the union of the two. A plan and what came of it are one event with a history; a meeting that was held
on another day than planned is another event, related to the first.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kroniek.merge.clusters import VETO
from kroniek.merge.grouping import Rule, regroup
from kroniek.merge.likeness import EXACT, score
from kroniek.merge.nodes import Node, Nodes
from kroniek.merge.shelf import Shelf, Table
from kroniek.merge.tellings import TELLINGS, Told
from kroniek.model import Event, Interval

LINK = 0.35  # least score of a pair that makes it a candidate
SAME = 0.5  # mean score above which groups are joined
TIE = 0.08  # a vague telling must fit one day better than any other by so much

MONTHS = 4  # an interval is looked up under so many months at most

EVENTS: Table[Event] = Table("events", Event)
EVENT_OF: Table[str] = Table("event of", str)  # telling -> event
TOLD: Nodes[Told] = Nodes("nodes", TELLINGS, lambda told: told.signature, lambda told: told.telling.document)


def regroup_tellings(
    shelf: Shelf, fresh: Mapping[str, Told], gone: Mapping[str, Told], changed: Iterable[str]
) -> list[list[Told]]:
    """Return the groups of tellings of one event that may have changed; the tellings are on the shelf.

    `changed` are known tellings whose event is to be made anew.
    """
    added, left = TOLD.change(shelf, fresh, gone)
    moved = {told.signature for told in shelf.get(TELLINGS, changed).values()}
    groups = regroup(shelf, SAME_EVENT, added, left, moved - left.keys())
    members = TOLD.load(shelf, (key for group in groups for key in group))
    told = shelf.get(TELLINGS, (key for node in members.values() for key in node.members))
    return [[told[key] for name in group for key in members[name].members] for group in groups]


def event_order(event: Event) -> str:
    """Sort events by day, those without a day last."""
    day = event.interval.earliest.isoformat() if event.interval else "~"
    return f"{day} {event.time} {event.id}"


def keys_of(told: Told) -> Iterable[str]:
    """Yield the keys under which tellings of one event meet: class with report, words, state and month, place and month."""
    yield f"{told.group} in {told.telling.document}"
    if told.words:
        yield f"{told.group} words {told.words}"
    interval = told.mention.interval or told.around
    if interval is None:
        return
    months = list(_months(interval.earliest, interval.latest))
    for month in months:
        for state in {told.states[key] for key in told.participants}:
            yield f"{told.group} {state} {month}"
        if told.place:
            yield f"{told.group} at {told.place} {month}"


def _months(first: date, last: date) -> Iterable[int]:
    """Yield months as numbers; of a long interval only the first and last ones, as nothing exact is in it."""
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month
    if end - begin >= MONTHS:
        yield from (begin, begin + 1, end - 1, end)
        return
    yield from range(begin, end + 1)


def undecided(
    nodes: Sequence[Node[Told]], scores: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """Return the scores without those of vague tellings that fit two days about equally well.

    `Kerry en Lavrov spraken in september` says nothing about which of two meetings is meant.
    """
    told = [node.item for node in nodes]
    days: dict[int, dict[Interval, float]] = defaultdict(dict)
    for (left, right), value in scores.items():
        for vague, other in ((left, right), (right, left)):
            day = told[other].mention.interval
            if day and not _is_vague(told[other]) and _is_vague(told[vague]) and value > LINK:
                days[vague][day] = max(value, days[vague].get(day, 0.0))
    torn = {node for node, found in days.items() if _near_tie(found)}
    kept = dict(scores)
    for pair, value in scores.items():
        between = (pair[0] in torn) != (pair[1] in torn) and not all(_is_vague(told[node]) for node in pair)
        if between and value != VETO:
            kept[pair] = 0.0
    return kept


def _is_vague(told: Told) -> bool:
    return told.mention.interval is None or told.mention.interval.days() > EXACT


def _near_tie(values: Mapping[Interval, float]) -> bool:
    """Tell whether another day, that has none in common with the best, is about as good."""
    best = min(values, key=lambda day: (-values[day], day))
    return any(values[best] - value < TIE and not day.overlaps(best) for day, value in values.items())


def _likeness(left: Node[Told], right: Node[Told]) -> float:
    return score(left.item, right.item, beside=left.is_beside(right))


SAME_EVENT: Rule[Node[Told]] = Rule(
    "same event", lambda node: keys_of(node.item), _likeness, TOLD.load,
    link=LINK, same=SAME, crowd=sys.maxsize, settle=undecided, weight=lambda node: len(node.members),
)  # fmt: skip
