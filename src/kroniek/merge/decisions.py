"""What people decided about which tellings are one event; merging obeys it, whatever the scores say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from kroniek.merge.events import regroup_tellings
from kroniek.merge.likeness import score
from kroniek.merge.shelf import Shelf, Table, one
from kroniek.merge.tellings import Told


@dataclass(frozen=True, slots=True)
class Decision:
    """Each group of tellings is one event, and no two groups are the same one.

    A merge of events is one group with the tellings of all of them; a split has a group for each event.
    """

    groups: tuple[tuple[str, ...], ...]


DECIDED: Table[tuple[Decision, ...]] = Table("decided", tuple[Decision, ...])


def obeyed(
    shelf: Shelf, groups: Sequence[Sequence[Told]], decisions: Sequence[Decision]
) -> Sequence[Sequence[Told]]:
    """Return the groups that have changed as the decisions want them, with all others that these name.

    What is decided about is made anew as a whole when one of its groups, or a decision, has changed.
    """
    known = one(shelf, DECIDED, "all", ())
    if not decisions and not known:
        return groups
    shelf.put(DECIDED, {"all": tuple(decisions) or None})
    named = {key for item in (*known, *decisions) for group in item.groups for key in group}
    changed = {told.id for group in groups for told in group}
    if tuple(decisions) == known and not named & changed:
        return groups
    others = regroup_tellings(shelf, {}, {}, named - changed)
    return obey([*groups, *others], decisions)


def obey(clusters: Iterable[Sequence[Told]], decisions: Sequence[Decision]) -> list[tuple[Told, ...]]:
    """Return the clusters as the decisions want them, taken in order: a later one outweighs an earlier.

    A telling that came in after a split goes to the group that it is most like; what is not decided
    about stays as it was. Linear in the number of tellings for each decision's own clusters.
    """
    found: dict[int, tuple[Told, ...]] = dict(enumerate(tuple(cluster) for cluster in clusters))
    home = {told.id: number for number, cluster in found.items() for told in cluster}
    fresh = count(len(found))
    for decision in decisions:
        wanted = {telling: place for place, group in enumerate(decision.groups) for telling in group}
        touched = [found.pop(number) for number in sorted({home[item] for item in wanted if item in home})]
        groups: list[list[Told]] = [[] for _ in decision.groups]
        for told in (told for cluster in touched for told in cluster if told.id in wanted):
            groups[wanted[told.id]].append(told)
        decided = [tuple(group) for group in groups]
        for cluster in touched:
            for told, place in _newcomers(cluster, wanted, decided):
                groups[place].append(told)
        for group in filter(None, groups):
            number = next(fresh)
            found[number] = tuple(group)
            home |= {told.id: number for told in group}
    return list(found.values())


def _newcomers(
    cluster: Sequence[Told], wanted: Mapping[str, int], decided: Sequence[Sequence[Told]]
) -> list[tuple[Told, int]]:
    """Return the tellings that a decision does not name, each with the group that it belongs to."""
    present = sorted({wanted[told.id] for told in cluster if told.id in wanted})
    return [
        (told, max(present, key=lambda place: (_mean(told, decided[place]), -place)))
        for told in cluster
        if told.id not in wanted
    ]


def _mean(told: Told, group: Sequence[Told]) -> float:
    return sum(max(0.0, score(told, other)) for other in group) / len(group)
