"""One tree, one root, the best total; and rows of tags that are lawful."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kroniek.languages.neural.names import NAME_TAGS, best_tags
from kroniek.languages.neural.trees import best_tree, find_cycle


def _scores(count: int, seed: int) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    scores[np.arange(count), np.arange(1, count + 1)] = 9.0  # of a word as its own head: must not matter
    return scores


@given(st.integers(1, 40), st.integers(0, 10**6))
def test_trees_have_one_root_and_no_cycle(count: int, seed: int) -> None:
    heads = best_tree(_scores(count, seed))
    assert heads.count(0) == 1
    assert not find_cycle([-1, *heads])


@given(st.integers(1, 3), st.integers(0, 10**6))
def test_trees_of_three_words_are_the_best_of_all(count: int, seed: int) -> None:
    scores = _scores(count, seed)
    trees = [
        heads
        for heads in itertools.product(range(count + 1), repeat=count)
        if heads.count(0) == 1 and not find_cycle([-1, *heads])
    ]
    best = max(trees, key=lambda heads: sum(scores[word, head] for word, head in enumerate(heads)))
    assert best_tree(scores) == list(best)


@given(st.integers(1, 20), st.integers(0, 10**6))
def test_names_never_continue_a_name_of_another_type(count: int, seed: int) -> None:
    tags = best_tags(np.random.default_rng(seed).normal(size=(count, len(NAME_TAGS))).astype(np.float32))
    for before, after in itertools.pairwise(["O", *tags]):
        assert not after.startswith("I-") or before[2:] == after[2:]
