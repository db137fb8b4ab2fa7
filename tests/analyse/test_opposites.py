"""Nouns without a number that mean those told of last: `de partijen`, `de buurlanden`."""

from __future__ import annotations

import pytest

from tests.analyse.test_coreference import meant, referred

NAMES = {
    "Rusland": "GPE", "Oekraïne": "GPE", "Italië": "GPE", "Turkije": "GPE", "Libië": "GPE", "Brussel": "GPE",
    "Merkel": "PER", "Macron": "PER", "Rutte": "PER", "VN": "ORG", "Hamas": "ORG", "Strafhof": "ORG",
}  # fmt: skip


def _meant(text: str, words: str) -> list[str]:
    return meant(referred(text, {name: kind for name, kind in NAMES.items() if name in text}), words)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("Rusland en Oekraïne ruziën. De landen overleggen vrijdag.", "De landen", ["Russia", "Ukraine"]),
        ("Rusland beschiet Oekraïne. De partijen praten maandag.", "De partijen", ["Russia", "Ukraine"]),
        ("Merkel ontmoette Macron. De leiders tekenden.", "De leiders", ["Angela Merkel", "Emmanuel Macron"]),
        (
            "Rutte ontving Merkel en Macron. De leiders praten morgen verder.",
            "De leiders",
            ["Mark Rutte", "Angela Merkel", "Emmanuel Macron"],
        ),
        (
            "Rusland, Turkije en Italië praten. De landen overleggen vrijdag.",
            "De landen",
            ["Russia", "Turkey", "Italy"],
        ),
    ],
)
def test_opposites_are_those_told_of_last(text: str, words: str, entities: list[str]) -> None:
    assert _meant(text, words) == entities


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De VN is bezorgd over Libië. De partijen praten in Brussel.", "De partijen"),
        ("Hamas verloor de zaak voor het Strafhof. De partijen zwijgen.", "De partijen"),
        ("Rusland en Oekraïne ruziën. Italië klaagt. De landen overleggen vrijdag.", "De landen"),
        ("Rusland en Oekraïne ruziën. De landen van Europa overleggen vrijdag.", "De landen"),
        ("Rusland en Oekraïne ruziën. De kleine landen overleggen vrijdag.", "De kleine landen"),
    ],
)
def test_opposites_are_nobody_where_it_may_be_others(text: str, words: str) -> None:
    assert _meant(text, words) == []
