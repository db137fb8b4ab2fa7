"""Folding and sound keys: every rule's example, and the gold pairs where they are at hand."""

from __future__ import annotations

import csv
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from kroniek.knowledge import load_knowledge
from kroniek.knowledge.fold import fold, lookup_keys, sound_keys

RULES = tomllib.loads(resources.files("kroniek.knowledge").joinpath("transliteration.toml").read_text())[
    "rule"
]
GOLD = Path(__file__).parents[2] / ".." / "shared" / "knowledge" / "translit_gold_nl_en.csv"
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold pairs are not part of the repository")


def matches(dutch: str, english: str) -> bool:
    return not set(lookup_keys(dutch, "nl")).isdisjoint(sound_keys(english, "en"))


def surname_pairs() -> set[tuple[str, str]]:
    with GOLD.open(encoding="utf-8") as rows:
        persons = [row for row in csv.DictReader(rows) if row["kind"] == "person"]
    return {(row["nl"].split()[-1], row["en"].split()[-1]) for row in persons}


def variants(first: str, second: str) -> bool:
    """Two spellings of one surname, such as Hussein and Hussain or Rudskoi and Rudskoy."""
    one, two = (fold(name).removeprefix("al ") for name in (first, second))
    return Levenshtein.normalized_similarity(one, two) >= 0.6


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_sound_keys_rule_example(rule: dict[str, str]) -> None:
    dutch, english = rule["example"].split(" ~ ")
    assert matches(dutch, english)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Poetin", "Patin"), ("Lavrov", "Larov"), ("Kerry", "Kelly"), ("Obama", "Osama"), ("Ivanov", "Ivanova")],
)
def test_sound_keys_keep_different_names_apart(first: str, second: str) -> None:
    assert not matches(first, second)


def test_fold_ignores_case_accents_and_hyphens() -> None:
    assert fold("Al-Nusra Front") == fold("al Nusra-front") == "al nusra front"
    assert fold("Çavuşoğlu") == "cavusoglu"


@given(st.text(max_size=60))
def test_fold_is_stable_and_keys_never_fail(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    sound_keys(text, "nl")
    sound_keys(text, "en")


@needs_gold
def test_sound_keys_surnames_recall() -> None:
    pairs = surname_pairs()
    assert sum(matches(*pair) for pair in pairs) / len(pairs) >= 0.93


@needs_gold
def test_sound_keys_surnames_no_false_match() -> None:
    pairs = surname_pairs()
    wrong = [
        (dutch, other) for dutch, english in pairs for _, other in pairs
        if other != english and matches(dutch, other) and not variants(english, other)
    ]  # fmt: skip
    assert wrong == []


@needs_gold
def test_sound_keys_surnames_no_false_match_among_all_known_people() -> None:
    knowledge = load_knowledge()
    wrong = []
    for dutch, english in surname_pairs():
        for key in knowledge.sounding(dutch, "nl", "surname"):
            surnames = [alias.surface for alias in knowledge.aliases_of(key) if alias.kind == "surname"]
            if not any(variants(english, surname) for surname in surnames):
                wrong.append((dutch, surnames))
    assert wrong == []
