"""A name keeps its own letters and leaves the rest of the compound, the prefix and the genitive s."""

from __future__ import annotations

import pytest

from kroniek.analyse.name_edges import edges
from kroniek.model import EntityType


@pytest.mark.parametrize(
    ("word", "lemma", "kind", "name"),
    [
        ("Kremlin-woordvoerder", "Kremlin-woordvoerder", "ORG", "Kremlin"),
        ("pro-Assad-milities", "pro-Assad-militie", "PER", "Assad"),
        ("VN-Veiligheidsraad", "VN-Veiligheidsraad", "ORG", "VN-Veiligheidsraad"),
        ("al-Assad", "al-Assad", "PER", "al-Assad"),
        ("Lavrovs", "Lavrov", "PER", "Lavrov"),
        ("Williams", "Williams", "PER", "Williams"),
        ("China's", "China", "GPE", "China"),
        ("Noord-Korea", "Noord-Korea", "GPE", "Noord-Korea"),
        ("Sharm-el-Sheikh", "Sharm-el-Sheikh", "GPE", "Sharm-el-Sheikh"),
        ("G20-top", "G20-top", "EVENT", "G20-top"),
    ],
)
def test_name_edges_leave_out_what_is_no_name(word: str, lemma: str, kind: str, name: str) -> None:
    before, after = edges(word, word, lemma, EntityType(kind))
    assert word[before : len(word) - after] == name


def test_edges_keep_the_second_part_of_a_given_name() -> None:
    assert edges("Moon", "Jae-in", "Jae-in", EntityType.PER) == (0, 0)
    assert edges(
        "Kavanaugh-hoorzitting", "Kavanaugh-hoorzitting", "kavanaugh-hoorzitting", EntityType.PER
    ) == (0, 12)
