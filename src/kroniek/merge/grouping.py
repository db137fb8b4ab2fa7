"""Grouping a growing set: what stands under one key is compared, what is alike enough is one group.

The result depends on the set only, never on the order or the batches in which its items came: adding or
taking out items compares them with what shares a key, and decides anew where they are connected.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from kroniek.merge.clusters import average_link, components
from kroniek.merge.shelf import Postings, Shelf, Table

Item = TypeVar("Item")
Pair = tuple[str, str]
Scores = Mapping[tuple[int, int], float]
MANY = 40  # connected items from which on twins are looked for


def _as_they_are(_: Sequence[object], scores: Scores) -> Scores:
    return scores


def _once(_: object) -> int:
    return 1


def _never(_: object, __: object, ___: float) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Rule(Generic[Item]):
    """What is grouped and how.

    `load` gives items by id. Items under one key are compared; from `crowd` members on only the pairs
    that `pairs` gives. A `score` above `link` connects two items. Within what is connected, average
    links join groups above `same`, over scores that `settle` may have changed; `within` says whether
    there all pairs are scored (else those that share a key). Of many items that are connected, `twins`
    tells which are so alike that one can stand for the other: those are scored once.
    """

    name: str
    keys: Callable[[Item], Iterable[str]]
    score: Callable[[Item, Item], float]
    load: Callable[[Shelf, Iterable[str]], Mapping[str, Item]]
    link: float
    same: float
    crowd: int
    pairs: Callable[[Sequence[str]], Iterable[Pair]] = lambda members: ()
    settle: Callable[[Sequence[Item], Scores], Scores] = _as_they_are
    weight: Callable[[Item], int] = _once
    within: bool = False
    twins: Callable[[Item, Item, float], bool] = _never

    @property
    def keyed(self) -> Postings:
        """Return which items stand under which key."""
        return Postings(f"{self.name} keys")

    @property
    def links(self) -> Table[Mapping[str, float]]:
        """Return which items are connected, with the score."""
        return Table(f"{self.name} links", Mapping[str, float])

    def compared(self, members: Sequence[str]) -> set[Pair]:
        """Return which of the items under one key are compared."""
        pairs = combinations(members, 2) if len(members) <= self.crowd else self.pairs(members)
        return set(pairs)


def regroup(
    shelf: Shelf,
    rule: Rule[Item],
    fresh: Mapping[str, Item],
    gone: Mapping[str, Item],
    changed: Iterable[str] = (),
) -> list[list[str]]:
    """Put items in and take items out; return all groups that may have changed, each as sorted ids.

    `changed` are ids of items that are known and to be decided on anew. The groups returned hold every
    item that stood in one group with an item that was touched.
    """
    touched = {*fresh, *changed}
    touched |= _disconnect(shelf, rule, gone)
    moves = rule.keyed.change(
        shelf,
        {identity: rule.keys(item) for identity, item in gone.items()},
        {identity: rule.keys(item) for identity, item in fresh.items()},
    )
    pairs: set[Pair] = set()
    for old, new in moves.values():
        found, affected = _new_pairs(rule, old, new, fresh.keys())
        pairs |= found
        touched |= affected
    _connect(shelf, rule, pairs, fresh)
    members = _connected(shelf, rule, touched - (gone.keys() - fresh.keys()))
    return _groups(shelf, rule, sorted(members)) if members else []


def _new_pairs(
    rule: Rule[Item], old: Sequence[str], new: Sequence[str], fresh: Collection[str]
) -> tuple[set[Pair], set[str]]:
    """Return the pairs under a key to be compared now, and the known items whose comparisons change."""
    if len(old) <= rule.crowd and len(new) <= rule.crowd:
        here = [identity for identity in new if identity in fresh]
        return {(min(one, other), max(one, other)) for one in here for other in new if one != other}, set()
    before, after = rule.compared(old), rule.compared(new)
    return after - before, {identity for pair in before ^ after for identity in pair}


def _disconnect(shelf: Shelf, rule: Rule[Item], gone: Mapping[str, Item]) -> set[str]:
    """Take the links of items away; return the items that were linked with them."""
    linked = shelf.get(rule.links, gone)
    near = {other for links in linked.values() for other in links} - gone.keys()
    kept = {
        identity: {other: score for other, score in links.items() if other not in gone} or None
        for identity, links in shelf.get(rule.links, near).items()
    }
    shelf.put(rule.links, {**dict.fromkeys(gone), **kept})
    return near


def _connect(shelf: Shelf, rule: Rule[Item], pairs: set[Pair], fresh: Mapping[str, Item]) -> None:
    """Score pairs and keep the links between those that are alike."""
    items = {**fresh, **rule.load(shelf, {item for pair in pairs for item in pair} - fresh.keys())}
    found: dict[str, dict[str, float]] = {}
    for left, right in pairs:
        value = rule.score(items[left], items[right])
        if value > rule.link:
            found.setdefault(left, {})[right] = found.setdefault(right, {})[left] = value
    known = shelf.get(rule.links, found)
    shelf.put(rule.links, {item: {**known.get(item, {}), **links} for item, links in found.items()})


def _connected(shelf: Shelf, rule: Rule[Item], start: Iterable[str]) -> set[str]:
    """Return the items that can be reached over links."""
    reached, front = set(start), set(start)
    while front:
        front = {other for links in shelf.get(rule.links, front).values() for other in links} - reached
        reached |= front
    return reached


def _groups(shelf: Shelf, rule: Rule[Item], members: Sequence[str]) -> list[list[str]]:
    items = rule.load(shelf, members)
    linked = [
        (item, other)
        for item, links in sorted(shelf.get(rule.links, members).items())
        for other in links
        if item < other
    ]
    linked = _still_compared(shelf, rule, linked, items)
    parts = components([*((item, item) for item in members), *linked])
    groups, compared = [], set(linked)
    for part in parts:
        twins = _twins(shelf, rule, part, compared, items) if len(part) > MANY else [[item] for item in part]
        groups += _split(rule, {min(group): sorted(group) for group in twins}, items)
    return groups


def _twins(
    shelf: Shelf,
    rule: Rule[Item],
    part: Collection[str],
    compared: Collection[Pair],
    items: Mapping[str, Item],
) -> list[list[str]]:
    """Return groups of items that are as good as one: each is a twin of another of its group."""
    pairs = (
        (left, right)
        for left, links in sorted(shelf.get(rule.links, part).items())
        for right, score in links.items()
        if (left, right) in compared and rule.twins(items[left], items[right], score)
    )
    return components([*((item, item) for item in sorted(part)), *pairs])


def _still_compared(
    shelf: Shelf, rule: Rule[Item], pairs: list[Pair], items: Mapping[str, Item]
) -> list[Pair]:
    """Return the pairs that a key brings together now: in a crowd the neighbours change as it grows."""
    involved = {item for pair in pairs for item in pair}
    keys = {item: set(rule.keys(items[item])) for item in involved}
    postings = rule.keyed.get(shelf, set().union(*keys.values()))
    crowds = {key: ids for key, ids in postings.items() if len(ids) > rule.crowd}
    if not crowds:
        return pairs
    near = {key: rule.compared(ids) for key, ids in crowds.items()}
    return [
        (left, right)
        for left, right in pairs
        if any(key not in near or (left, right) in near[key] for key in keys[left] & keys[right])
    ]


def _split(
    rule: Rule[Item], twins: Mapping[str, Sequence[str]], items: Mapping[str, Item]
) -> list[list[str]]:
    """Return the groups of one connected part, given as what stands for whom."""
    part = sorted(twins)
    if len(part) == 1:
        return [list(twins[part[0]])]
    listed = [items[identity] for identity in part]
    scores = {pair: rule.score(listed[pair[0]], listed[pair[1]]) for pair in _inside(rule, part, listed)}
    weights = [sum(rule.weight(items[twin]) for twin in twins[identity]) for identity in part]
    clusters = average_link(len(listed), rule.settle(listed, scores), rule.same, weights)
    return [sorted(twin for number in cluster for twin in twins[part[number]]) for cluster in clusters]


def _inside(rule: Rule[Item], part: Sequence[str], listed: Sequence[Item]) -> Iterable[tuple[int, int]]:
    """Return the pairs of a part that are scored: all, or those that a key brings together."""
    if rule.within:
        return combinations(range(len(listed)), 2)
    together: dict[str, list[str]] = {}
    for identity, item in zip(part, listed, strict=True):
        for key in rule.keys(item):
            together.setdefault(key, []).append(identity)
    place = {identity: number for number, identity in enumerate(part)}
    pairs = {pair for members in together.values() for pair in rule.compared(members)}
    return {(place[left], place[right]) for left, right in pairs}
