"""Lemmas that a lemmatizer misspelt, led back to the pack's vocabulary."""

from __future__ import annotations

import pytest

from kroniek.analyse.events.spelling import spelling_of

SPELLING = spelling_of(["kapen", "kappen", "bombarderen", "opschorten", "terugtrekken"], {"trekken": "trok"})


@pytest.mark.parametrize(
    ("lemma", "form", "particle", "verb"),
    [
        ("kaapen", "kaapten", "", "kapen"),
        ("kappen", "kapten", "", "kappen"),
        ("bombaarderen", "bombardeerde", "", "bombarderen"),
        ("opschorten", "schort", "op", "opschorten"),
        ("fietsen", "fietste", "", "fietsen"),
    ],
)
def test_spelling_leads_a_verb_to_the_vocabulary(lemma: str, form: str, particle: str, verb: str) -> None:
    assert SPELLING.verb(lemma, form, particle) == verb
