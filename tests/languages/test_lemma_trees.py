"""Lemma rules: what was learnt from one form serves another, and text and rule agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kroniek.languages.neural.lemma_trees import apply_rule, read_rule, rule_for

WORDS = st.text(alphabet="abcdeéABC'-.;<>\\", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_lemma_rule_gives_back_the_lemma(form: str, lemma: str) -> None:
    assert apply_rule(read_rule(rule_for(form, lemma)), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "other", "expected"),
    [
        ("gezongen", "zingen", "gedongen", "dingen"),
        ("landen", "land", "banken", "bank"),
        ("Ministers", "minister", "leiders", "leider"),
    ],
)
def test_lemma_rule_serves_other_forms(form: str, lemma: str, other: str, expected: str) -> None:
    assert apply_rule(read_rule(rule_for(form, lemma)), other) == expected


def test_lemma_rule_that_does_not_fit_gives_nothing() -> None:
    assert apply_rule(read_rule(rule_for("was", "zijn")), "liep") is None


def test_lemma_rule_refuses_a_malformed_text() -> None:
    with pytest.raises(ValueError, match="malformed"):
        read_rule("l--")
