"""Tellings to events: candidates by class, participant and month, average links, vetoes.

Two tellings on days, at places or with figures that exclude each other stay two events; nothing takes
the union of the two. A plan and what came of it are one event with a history; a meeting that was held
on another day than planned is another event, related to the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from kroniek.merge.clusters import VETO, average_link, components
from kroniek.merge.decisions import Decision, obey
from kroniek.merge.fusion import fuse
from kroniek.merge.likeness import score
from kroniek.merge.related import relate
from kroniek.merge.sources import Sources, sources_of
from kroniek.merge.tellings import Told, tellings_of
from kroniek.model import Analysis, Event, Family, Interval

LINK = 0.35  # least score of a pair that makes it a candidate
SAME = 0.5  # mean score above which groups are joined
TIE = 0.08  # a vague telling must fit one day better than any other by so much
MONTHS = 4  # an interval is looked up under so many months at most

Key = tuple[object, ...]
Signature = tuple[object, ...]


class EventIndex:
    """Events for a growing set of reports.

    Tellings with the same signature are one node. `with_reports` returns a new index; it compares only
    what is new, and its events are the same as those of an index that is made anew.
    """

    def __init__(
        self,
        nodes: Mapping[Signature, tuple[Told, ...]] = {},
        buckets: Mapping[Key, tuple[Signature, ...]] = {},
        edges: frozenset[tuple[Signature, Signature]] = frozenset(),
        clusters: Mapping[frozenset[str], tuple[tuple[Told, ...], ...]] = {},
    ) -> None:
        self._nodes, self._buckets, self._edges, self._clusters = nodes, buckets, edges, clusters

    def with_reports(self, analyses: Sequence[Analysis], groups: Mapping[str, str]) -> EventIndex:
        """Return an index that knows these reports as well; none of them may be known yet."""
        nodes, buckets, fresh = dict(self._nodes), dict(self._buckets), []
        for told in (told for analysis in analyses for told in tellings_of(analysis, groups)):
            signature = told.signature
            if signature not in nodes:
                fresh.append(signature)
            nodes[signature] = (*nodes.get(signature, ()), told)
        edges = set(self._edges)
        for signature in fresh:
            edges |= _links(signature, nodes, buckets)
            for key in keys_of(nodes[signature][0]):
                buckets[key] = (*buckets.get(key, ()), signature)
        clusters = _clusters(nodes, edges, self._clusters)
        return EventIndex(nodes, buckets, frozenset(edges), clusters)

    def events(self, sources: Sources, decisions: Sequence[Decision] = ()) -> tuple[Event, ...]:
        """Return the events by day (unknown days last), then id; `decisions` are obeyed in their order."""
        groups = [cluster for found in self._clusters.values() for cluster in found]
        groups = obey(groups, decisions) if decisions else groups
        return relate(sorted((fuse(group, sources) for group in groups), key=event_order))


def merge_events(
    analyses: Sequence[Analysis], families: Sequence[Family], groups: Mapping[str, str]
) -> tuple[Event, ...]:
    """Return the events of a set of reports, by day (unknown days last), then id."""
    return EventIndex().with_reports(analyses, groups).events(sources_of(analyses, families))


def event_order(event: Event) -> tuple[object, ...]:
    """Sort events by day, those without a day last."""
    interval = event.interval
    return (interval is None, interval.earliest.isoformat() if interval else "", event.time, event.id)


def keys_of(told: Told) -> Iterable[Key]:
    """Yield the keys under which tellings of one event meet: class with state and month, place and day, report."""
    yield (told.group, "in", told.telling.document)
    interval = told.mention.interval or told.around
    if interval is None:
        return
    months = list(_months(interval.earliest, interval.latest))
    for month in months:
        for state in {told.states[key] for key in told.participants}:
            yield (told.group, state, month)
        if told.place:
            yield (told.group, "at", told.place, month)


def _months(first: date, last: date) -> Iterable[int]:
    """Yield months as numbers; of a long interval only the first and last ones, as nothing exact is in it."""
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month
    if end - begin >= MONTHS:
        yield from (begin, begin + 1, end - 1, end)
        return
    yield from range(begin, end + 1)


def _links(
    signature: Signature,
    nodes: Mapping[Signature, Sequence[Told]],
    buckets: Mapping[Key, Sequence[Signature]],
) -> set[tuple[Signature, Signature]]:
    """Return the pairs of a new node with those that are likely the same event."""
    told = nodes[signature][0]
    others = {other for key in keys_of(told) for other in buckets.get(key, ())}
    return {
        (signature, other) for other in others if other != signature and score(told, nodes[other][0]) >= LINK
    }


def _clusters(
    nodes: Mapping[Signature, tuple[Told, ...]],
    edges: Iterable[tuple[Signature, Signature]],
    known: Mapping[frozenset[str], tuple[tuple[Told, ...], ...]],
) -> dict[frozenset[str], tuple[tuple[Told, ...], ...]]:
    """Return the clusters of each connected part, taken over where the part has not changed."""
    parts = components(edges)
    linked = {signature for part in parts for signature in part}
    found = {}
    for part in [*parts, *([signature] for signature in nodes if signature not in linked)]:
        tellings = [told for signature in part for told in nodes[signature]]
        key = frozenset(told.id for told in tellings)
        found[key] = known.get(key) or _clusters_of(part, nodes)
    return found


def _clusters_of(
    part: Sequence[Signature], nodes: Mapping[Signature, tuple[Told, ...]]
) -> tuple[tuple[Told, ...], ...]:
    ordered = sorted(part, key=lambda signature: min(told.id for told in nodes[signature]))
    firsts = [nodes[signature][0] for signature in ordered]
    together: dict[Key, list[int]] = defaultdict(list)
    for number, told in enumerate(firsts):
        for key in keys_of(told):
            together[key].append(number)
    pairs = {pair for members in together.values() for pair in combinations(members, 2)}
    scores = undecided(firsts, {pair: score(firsts[pair[0]], firsts[pair[1]]) for pair in pairs})
    weights = [len(nodes[signature]) for signature in ordered]
    clusters = average_link(len(ordered), scores, SAME, weights)
    return tuple(tuple(told for number in cluster for told in nodes[ordered[number]]) for cluster in clusters)


def undecided(told: Sequence[Told], scores: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Return the scores without those of vague tellings that fit two days about equally well.

    `Kerry en Lavrov spraken in september` says nothing about which of two meetings is meant.
    """
    days: dict[int, dict[Interval, float]] = defaultdict(dict)
    for (left, right), value in scores.items():
        for vague, other in ((left, right), (right, left)):
            day = told[other].mention.interval
            if day and day.days() == 1 and _is_vague(told[vague]) and value > LINK:
                days[vague][day] = max(value, days[vague].get(day, 0.0))
    torn = {node for node, found in days.items() if _near_tie(found.values())}
    kept = dict(scores)
    for pair, value in scores.items():
        between = (pair[0] in torn) != (pair[1] in torn) and not all(_is_vague(told[node]) for node in pair)
        if between and value != VETO:
            kept[pair] = 0.0
    return kept


def _is_vague(told: Told) -> bool:
    return told.mention.interval is None or told.mention.interval.days() > 1


def _near_tie(values: Iterable[float]) -> bool:
    best = sorted(values, reverse=True)[:2]
    return len(best) == 2 and best[0] - best[1] < TIE


__all__ = ["VETO", "EventIndex", "event_order", "keys_of", "merge_events"]
