"""What a question is about: the pack's other words, run on their examples."""

from __future__ import annotations

import pytest

from kroniek.knowledge import load_knowledge
from kroniek.language import load_language
from kroniek.publish.subject import Concept, concepts_of

GROUPS = load_language("nl").table("subject")["alike"]


def _concepts(about: str, called: dict[str, list[str]] | None = None) -> tuple[Concept, ...]:
    return concepts_of(
        about, load_language("nl"), load_knowledge(), lambda name: (called or {}).get(name, [])
    )


@pytest.mark.parametrize(
    ("asked", "sentence", "fits"),
    [example for group in GROUPS for example in group["examples"]],
)
def test_subject_examples_of_the_pack_hold(asked: str, sentence: str, fits: bool) -> None:
    (concept,) = _concepts(asked)
    assert concept.in_text(sentence) is fits


def test_subject_knows_other_words_for_a_truce_and_leaves_function_words_out() -> None:
    truce, syria = _concepts("het staakt-het-vuren in Syrië", {"Syrië": ["country:SY"]})
    assert truce.in_text("Het bestand houdt stand.") and "ceasefire" in truce.kinds
    assert syria.in_text("het Syrische leger") and syria.countries == {"SY"}


def test_subject_takes_a_name_as_long_as_it_is() -> None:
    (found,) = _concepts("Raad van State", {"Raad van State": ["org:raad"], "Raad": ["org:other"]})
    assert (found.words, found.entities) == ("Raad van State", {"org:raad"})


@pytest.mark.parametrize("about", ["", "  ", "de het een", "?!", "\"'"])
def test_subject_of_nothing_is_everything(about: str) -> None:
    assert _concepts(about) == ()
