"""Coreference scores against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kroniek.evaluate.assignment import best_assignment
from kroniek.evaluate.coreference import CoreferenceScores, clusters_of, score_clusters

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


def test_coreference_matches_figures_worked_out_by_hand():
    # The example of Pradhan et al. 2014: `e` is missed, `h` and `i` are too many.
    scores = score_clusters(["abc", "defg"], ["ab", "cd", "fghi"])
    assert (scores.muc.recall, scores.muc.precision) == pytest.approx((2 / 5, 2 / 5))
    assert scores.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 1 / 2 + 1 / 2) / 7)
    assert scores.b_cubed.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 / 2 + 1 / 2) / 8)
    # abc-ab 4/5 and defg-fghi 4/8 is the best alignment.
    assert (scores.ceaf_e.recall, scores.ceaf_e.precision) == pytest.approx((1.3 / 2, 1.3 / 3))
    assert scores.conll == pytest.approx(100 * (0.4 + 2 * (5 / 12) * 0.5 / (5 / 12 + 0.5) + 0.52) / 3)


def test_coreference_of_singletons_only_has_no_links():
    scores = score_clusters(["a", "b"], ["a", "b"])
    assert scores.muc.f1 == 0
    assert (scores.b_cubed.f1, scores.ceaf_e.f1) == (1, 1)


def test_coreference_adds_documents_before_dividing():
    whole = score_clusters(["ab"], ["ab"]) + score_clusters(["cd"], ["c", "d"])
    assert whole.muc.recall == pytest.approx(0.5)
    assert sum([whole], CoreferenceScores()) == whole


def test_coreference_of_nothing_is_zero():
    assert score_clusters([], []).conll == 0


def test_coreference_refuses_a_mention_in_two_clusters():
    with pytest.raises(ValueError, match="more than one cluster"):
        score_clusters(["ab", "bc"], [])


@given(LABELS)
def test_coreference_is_perfect_on_itself_and_symmetric(labels):
    left = clusters_of((number, pair[0]) for number, pair in enumerate(labels))
    right = clusters_of((number, pair[1]) for number, pair in enumerate(labels))
    assert score_clusters(left, left).b_cubed.f1 == pytest.approx(1)
    assert score_clusters(left, left).ceaf_e.f1 == pytest.approx(1)
    there, back = score_clusters(left, right), score_clusters(right, left)
    assert there.conll == pytest.approx(back.conll)
    assert there.muc.recall == pytest.approx(back.muc.precision)


def test_assignment_prefers_the_greatest_sum_over_the_greatest_pair():
    assert best_assignment({(0, 0): 3, (0, 1): 2, (1, 0): 2}) == 4
    assert best_assignment({(0, 0): 5, (1, 0): 4, (2, 0): 3, (2, 1): 1}) == 6
    assert best_assignment({}) == 0
