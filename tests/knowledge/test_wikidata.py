"""Wikidata's answers become additions. The answers were written by hand in the form of wbgetentities."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kroniek.errors import ReadError
from kroniek.knowledge import load_knowledge
from kroniek.knowledge.wikidata import additions_from, items_of, positions_of
from kroniek.model import EntityType, Holding

ANSWERS = Path(__file__).parent / "answers"


def answers() -> dict[str, Any]:
    items = (items_of(json.loads((ANSWERS / name).read_text())) for name in ("items.json", "positions.json"))
    return {key: item for found in items for key, item in found.items()}


def test_items_of_leaves_out_what_wikidata_does_not_have() -> None:
    assert "Q90000005" not in answers()


def test_items_of_says_what_is_wrong() -> None:
    with pytest.raises(ReadError, match="entities"):
        items_of({"error": {"code": "no-such-entity"}})


def test_positions_of_leaves_out_deprecated_statements() -> None:
    found = answers()
    assert positions_of([found["Q58217"], found["Q90000003"]]) == ("Q1418873", "Q90000004")


def test_additions_keep_the_key_of_what_is_known() -> None:
    knowledge = load_knowledge()
    additions = additions_from(answers(), ["Q58217"], knowledge)
    (entity,) = additions.entities
    assert entity.id == "person:sergey-lavrov"
    assert "Sergej Viktorovitsj Lavrov" in {alias.surface for alias in additions.aliases}
    (holding,) = additions.holdings
    assert (holding.office, holding.start, holding.end) == ("RU-foreign-minister", "2004-03-09", "")


def test_additions_of_unknown_people_carry_country_office_and_precision() -> None:
    additions = additions_from(answers(), ["Q90000003"], load_knowledge())
    (entity,) = additions.entities
    assert (entity.id, entity.name, entity.type, entity.country) == (
        "wikidata:Q90000003", "Jan Voorbeeld", EntityType.PER, "SY",
    )  # fmt: skip
    assert additions.holdings == (Holding("wikidata:Q90000004", entity.id, "2015-06", "2016"),)
    assert additions.offices[0].jurisdiction == "country:SY"


def test_additions_organisations_have_cased_acronyms() -> None:
    additions = additions_from(answers(), ["Q90000002"], load_knowledge())
    assert additions.entities[0].type is EntityType.ORG
    assert {alias.surface for alias in additions.aliases if alias.cased} == {"EVC"}


def test_additions_win_over_the_shipped_base() -> None:
    knowledge = load_knowledge()
    own = knowledge.with_additions(additions_from(answers(), ["Q90000003"], knowledge))
    assert [alias.entity for alias in own.named("Jan Voorbeeld")] == ["wikidata:Q90000003"]
    assert own.version != knowledge.version
    assert [term.office.name for term in own.offices_of("wikidata:Q90000003")] == [
        "chair of the Example Valley Council"
    ]


def test_additions_none_leave_the_base_as_it_is() -> None:
    knowledge = load_knowledge()
    assert knowledge.with_additions(additions_from({}, ["Q1"], knowledge)) is knowledge


def test_additions_broken_items_do_not_crash() -> None:
    item = {
        "labels": {},
        "claims": {"P31": [{"mainsnak": {}}], "P39": [{"mainsnak": {"datavalue": {"value": "x"}}}]},
    }
    additions = additions_from({"Q1": item}, ["Q1"], load_knowledge())
    assert additions.entities[0].name == "Q1"
