"""Precision from judgements, with Wilson's intervals as the textbook has them; agreement of coders."""

from __future__ import annotations

import pytest

from kroniek.evaluate.judged import Outcome, coder_agreement, precision_of, wilson


def test_judged_interval_is_wilsons() -> None:
    # Agresti and Coull (1998): 0 of 10 gives [0, .278], 5 of 10 [.237, .763].
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=5e-4)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=5e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_judged_precision_counts_fields_among_what_is_right() -> None:
    outcomes = [
        Outcome("event", True), Outcome("event", True, frozenset({"status"})), Outcome("event", False),
        Outcome("name", True),
    ]  # fmt: skip
    lines = precision_of(outcomes, {"name": ("type",), "event": ("type", "status")})
    assert [(line.layer, line.field, line.right, line.judged) for line in lines] == [
        ("name", "", 1, 1), ("name", "type", 1, 1), ("event", "", 2, 3), ("event", "type", 2, 2), ("event", "status", 1, 2),
    ]  # fmt: skip


def test_judged_agreement_corrects_for_chance() -> None:
    pairs = [("a", "a")] * 20 + [("b", "b")] * 15 + [("a", "b")] * 5 + [("b", "a")] * 10
    same, kappa, alpha = coder_agreement({"events": pairs})
    assert same.value == pytest.approx(70.0)
    assert kappa.value == pytest.approx(0.4)  # the example of Cohen's kappa in every textbook
    assert 0.39 < alpha.value < 0.41
