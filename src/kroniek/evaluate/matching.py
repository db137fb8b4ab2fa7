"""Pairs of gold and found records: one to one, the most alike first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kroniek.model import Span

Item = TypeVar("Item")


def match(
    wanted: Sequence[Item], found: Sequence[Item], similarity: Callable[[Item, Item], float]
) -> list[tuple[Item, Item]]:
    """Pair records one to one, the most similar first; a similarity of 0 never pairs.

    Ties go to the earlier record, so that the result does not depend on anything but the input.
    """
    scored = sorted(
        (-value, left, right)
        for left, first in enumerate(wanted)
        for right, second in enumerate(found)
        if (value := similarity(first, second)) > 0
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for _, left, right in scored:
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            pairs.append((left, right))
    return [(wanted[left], found[right]) for left, right in sorted(pairs)]


def shared(left: Span, right: Span) -> int:
    """Return how many code points two spans share."""
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def dice(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Return the Dice coefficient of the code points of two lists of disjoint spans."""
    total = sum(map(len, left)) + sum(map(len, right))
    return 2 * sum(shared(a, b) for a in left for b in right) / total if total else 0.0
