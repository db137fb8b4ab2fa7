"""Average-link clustering with vetoes, and connected components. Pure functions of the set of nodes."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)

VETO = float("-inf")  # a score that keeps two nodes apart for good
DIGITS = 9  # averages are compared to so many digits, so that the order of adding cannot matter


def components(edges: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """Return the connected parts of a graph with more than one node; the order is that of the edges."""
    parents: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for left, right in edges:
        first, second = root(left), root(right)
        if first != second:
            parents[second] = first
    groups: dict[Node, list[Node]] = {}
    for node in parents:
        groups.setdefault(root(node), []).append(node)
    return list(groups.values())


def average_link(
    size: int, scores: Mapping[tuple[int, int], float], threshold: float, weights: Sequence[int] = ()
) -> list[list[int]]:
    """Return clusters of the nodes 0 to size - 1, joining the best pair while its mean is above `threshold`.

    `scores` maps (lower, higher) node to a score, pairs left out count 0, `VETO` forbids that the two
    meet in one cluster. `weights` tells for how many a node stands. Ties go to the lowest nodes, so the
    result depends on the numbering only. Time O(p log p) in the number of pairs p for sparse scores.
    """
    members = {node: [node] for node in range(size)}
    mass = {node: weights[node] if weights else 1 for node in range(size)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (left, right), score in scores.items():
        total = score * mass[left] * mass[right]
        sums[left][right] = sums[right][left] = total

    def entry(left: int, right: int) -> tuple[float, int, int]:
        low, high = min(left, right), max(left, right)
        return (-round(sums[low][high] / (mass[low] * mass[high]), DIGITS), low, high)

    heap = [entry(left, right) for left, right in scores if scores[left, right] > threshold]
    heapq.heapify(heap)
    while heap:
        best, left, right = heapq.heappop(heap)
        if left not in members or right not in members or entry(left, right)[0] != best:
            continue  # one of the two has grown since
        _join(left, right, members, mass, sums)
        for other, total in sums[left].items():
            if total / (mass[left] * mass[other]) > threshold:
                heapq.heappush(heap, entry(left, other))
    return [sorted(nodes) for _, nodes in sorted(members.items())]


def _join(
    left: int,
    right: int,
    members: dict[int, list[int]],
    mass: dict[int, int],
    sums: dict[int, dict[int, float]],
) -> None:
    """Put the cluster `right` into `left`; a veto of one of them holds for both."""
    members[left] += members.pop(right)
    mass[left] += mass.pop(right)
    gone = sums.pop(right)
    kept = sums[left]
    kept.pop(right)
    for other, total in gone.items():
        if other == left:
            continue
        joined = kept.get(other, 0.0) + total
        kept[other] = sums[other][left] = joined
        del sums[other][right]
