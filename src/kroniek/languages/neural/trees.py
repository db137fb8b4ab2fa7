"""From scores of heads to one tree with a single root.

The best head of each word makes a tree in most sentences; only the others go through Chu-Liu/Edmonds
(Chu and Liu 1965; Edmonds 1967), once for each of the likeliest roots, and the best total wins
(Zmigrod et al. 2020 show why a single root must be asked for).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
ROOT = 0
ROOTS_TRIED = 3


def best_tree(scores: Scores) -> list[int]:
    """Return the head of each word, counted from 1, 0 being the root.

    ``scores`` is [words, 1 + words]: row i scores the heads of word i + 1, column 0 the root.
    """
    scores = scores.copy()
    np.fill_diagonal(scores[:, 1:], -np.inf)  # of a word as its own head: never learnt
    greedy: list[int] = scores.argmax(1).tolist()
    if greedy.count(ROOT) == 1 and not find_cycle([-1, *greedy]):
        return greedy
    count = len(scores)
    full = np.full((count + 1, count + 1), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)
    gains = scores[:, ROOT] - scores[:, 1:].max(1) if count > 1 else scores[:, ROOT]
    likeliest = np.argsort(-gains, kind="stable")[:ROOTS_TRIED] + 1
    trees = [_tree_from(full, int(root)) for root in likeliest]
    words = np.arange(1, count + 1)
    return max(trees, key=lambda heads: float(full[words, heads].sum()))


def _tree_from(scores: NDArray[np.float64], root: int) -> list[int]:
    """Return the heads of the best tree in which only the word ``root`` hangs on node 0."""
    barred = scores.copy()
    barred[1:, ROOT] = -np.inf
    barred[root] = -np.inf
    barred[root, ROOT] = 0.0
    return _maximum_tree(barred)[1:]


def find_cycle(heads: list[int]) -> list[int]:
    """Return the nodes of one cycle, or nothing. ``heads[0]`` is not looked at: node 0 is the root."""
    colour = [0] * len(heads)
    colour[ROOT] = -1
    for start in range(1, len(heads)):
        node = start
        while colour[node] == 0:
            colour[node] = start
            node = heads[node]
        if colour[node] == start:
            cycle = [node]
            while (node := heads[node]) != cycle[0]:
                cycle.append(node)
            return cycle
    return []


def _maximum_tree(scores: NDArray[np.float64]) -> list[int]:
    """Return the heads of the maximum spanning arborescence from node 0; ``scores[child, head]``."""
    heads: list[int] = scores.argmax(1).tolist()
    heads[ROOT] = -1
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.array([node for node in range(len(heads)) if node not in set(cycle)])
    own = scores[inside, [heads[node] for node in inside]]
    entering = scores[np.ix_(inside, outside)] - own[:, None]  # gain of breaking the cycle at a node
    leaving = scores[np.ix_(outside, inside)]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = entering.max(0)
    small[:-1, -1] = leaving.max(1)
    solved = _maximum_tree(small)
    breaks = int(inside[entering[:, solved[-1]].argmax()])
    merged = len(outside)
    for position, node in enumerate(outside):
        if node != ROOT:
            chosen = solved[position]
            heads[node] = int(inside[leaving[position].argmax()] if chosen == merged else outside[chosen])
    heads[breaks] = int(outside[solved[merged]])
    return heads
