"""The ontology holds every type and mode of PLOVER 2.0 with sensible values."""

from __future__ import annotations

import pytest

from kroniek.errors import PackError
from kroniek.evaluate.gold import EVENT_TYPES
from kroniek.model import Stance, Status
from kroniek.ontology import load_ontology, read_ontology


def test_ontology_has_all_types_stances_and_statuses() -> None:
    ontology = load_ontology()
    assert set(ontology.types) == EVENT_TYPES
    assert set(ontology.stances) == set(Stance)
    assert set(ontology.statuses) == set(Status)
    assert ontology.happened == {Status.HAPPENED, Status.ONGOING}


def test_ontology_conflict_has_no_positive_score_but_asking_for_help() -> None:
    ontology = load_ontology()
    for code, event_type in ontology.types.items():
        for mode in ("", *event_type.modes):
            scores = ontology.scores(code, mode)
            assert -10 <= scores.intensity <= 10
            if (code, mode) != ("REQUEST", "assist"):
                assert (scores.intensity > 0) == (event_type.quad < 3) or scores.intensity == 0


def test_ontology_settles_the_sign_of_accuse() -> None:
    assert load_ontology().scores("ACCUSE").intensity == -3


def test_ontology_gives_acled_types_to_material_conflict() -> None:
    ontology = load_ontology()
    assert ontology.scores("ASSAULT", "firearms").acled == "Battles"
    assert ontology.quad("PROTEST") == "material conflict"
    assert ontology.scores("PROTEST", "vandalize").intensity == ontology.scores("PROTEST").intensity


def test_ontology_broken_file_names_the_field() -> None:
    with pytest.raises(PackError, match="types"):
        read_ontology({"version": "1"})
