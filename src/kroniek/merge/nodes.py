"""What is alike in all that it is compared by is compared once, however many reports print it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kroniek.merge.shelf import Postings, Shelf, Table

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Node(Generic[Item]):
    """Items that are alike in all that they are compared by; the first by id stands for all.

    `documents` are the reports that have one of them.
    """

    item: Item
    members: tuple[str, ...]
    documents: frozenset[str]

    def is_beside(self, other: Node[Item]) -> bool:
        """Tell whether a report has one of each: what its copies tell side by side is told side by side."""
        return not self.documents.isdisjoint(other.documents)


@dataclass(frozen=True, slots=True)
class Nodes(Generic[Item]):
    """Items by what they are compared by: their table, their signature, the report that has them."""

    name: str
    table: Table[Item]
    signature: Callable[[Item], str]
    document: Callable[[Item], str]

    @property
    def _members(self) -> Postings:
        return Postings(self.name)

    @property
    def _reports(self) -> Postings:
        return Postings(f"{self.name} reports")

    def change(
        self, shelf: Shelf, fresh: Mapping[str, Item], gone: Mapping[str, Item]
    ) -> tuple[dict[str, Node[Item]], dict[str, Node[Item]]]:
        """Put items in, take items out; return the nodes that are so and those that were, as far as touched."""
        members = self._members.change(shelf, self._signed(gone), self._signed(fresh))
        reports = self._reports.change(shelf, self._signatures(gone), self._signatures(fresh))
        first = {key for pair in members.values() for ids in pair for key in ids[:1]}
        known = shelf.get(self.table, first)
        was = {**known, **gone}
        added = {
            key: Node(known[new[0]], new, frozenset(reports[key][1]))
            for key, (_, new) in members.items()
            if new
        }
        left = {
            key: Node(was[old[0]], old, frozenset(reports[key][0]))
            for key, (old, _) in members.items()
            if old
        }
        return added, left

    def load(self, shelf: Shelf, ids: Iterable[str]) -> dict[str, Node[Item]]:
        """Return nodes by signature."""
        members = self._members.get(shelf, ids)
        reports = self._reports.get(shelf, members)
        first = shelf.get(self.table, [ids[0] for ids in members.values()])
        return {key: Node(first[ids[0]], ids, frozenset(reports[key])) for key, ids in members.items()}

    def _signed(self, items: Mapping[str, Item]) -> dict[str, list[str]]:
        return {key: [self.signature(item)] for key, item in items.items()}

    def _signatures(self, items: Mapping[str, Item]) -> dict[str, list[str]]:
        """Return the signatures of each report's items."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in items.values():
            found[self.document(item)].append(self.signature(item))
        return found
