"""The event lexicon: compounds, and the line that a broken frame gets."""

from __future__ import annotations

import pytest

from kroniek.analyse.events.frames import lexicon_of, read_condition
from kroniek.errors import PackError
from kroniek.language import load_language

LEXICON = load_language("nl").compiled(lexicon_of)


def test_frames_hold_at_least_600_triggers_of_all_types() -> None:
    count = len(LEXICON.verbs) + len(LEXICON.nouns) + len(LEXICON.adjectives)
    count += sum(len(phrases) for phrases in LEXICON.phrases.values())
    assert count >= 600
    assert len({frame.type for frame in LEXICON.frames}) == 16


@pytest.mark.parametrize(
    ("lemma", "head", "mode"),
    [
        ("gifgas_aanval", "gifgasaanval", "unconventional"),
        ("luchtaanval", "luchtaanval", "aerial"),
        ("vredes_top", "top", "multilateral"),
        ("Kremlin-bezoek", "bezoek", "visit"),
        ("nachtaanval", "aanval", ""),
    ],
)
def test_frames_answer_for_compounds(lemma: str, head: str, mode: str) -> None:
    found, frames = LEXICON.of_noun(lemma)
    assert (found, frames[0].mode) == (head, mode)


@pytest.mark.parametrize("lemma", ["stop", "biscoop", "x", "", "_", "-"])
def test_frames_do_not_find_short_nouns_inside_words(lemma: str) -> None:
    assert LEXICON.of_noun(lemma) == ("", ())


def test_frames_condition_without_equals_is_refused() -> None:
    with pytest.raises(PackError, match="path=lemma"):
        read_condition("object", "here")
