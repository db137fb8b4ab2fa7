"""Phases of an agreement in whole sentences: whose verb, whose date, and what is no phase at all."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.model import Document, HowKnown, Origin, Published
from kroniek.pipeline import analyse, load_resources

Phases = set[tuple[str, str, str]]


def _phases(text: str) -> Phases:
    document = Document(text, Origin("a.txt"), given=Published("2016-09-05", HowKnown.GIVEN))
    (found,) = analyse([document], load_resources(today=date(2026, 11, 22)))
    return {(item.phase, item.status.value, item.time) for item in found.agreements if item.phase}


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        (
            "Het leger had het bestand beëindigd dat een week eerder, op 1 september, was ingegaan.",
            {("collapsed", "happened", ""), ("in_force", "happened", "2016-09-01")},
        ),
        (
            "Eind augustus werd het bestand, dat in maart was afgekondigd, door de rebellen verbroken.",
            {("violation_alleged", "happened", "2016-08"), ("declared", "happened", "2016-03")},
        ),
        (
            "De partijen bereikten zaterdag een bestand dat zondag om twaalf uur ingaat.",
            {("declared", "happened", "2016-09-03"), ("in_force", "planned", "2016-09-11T12:00")},
        ),
    ],
)
def test_agreement_phases_have_the_time_of_their_own_clause(text: str, phases: Phases) -> None:
    assert _phases(text) == phases


def test_agreement_phases_in_a_condition_are_none() -> None:
    assert _phases("Als het bestand zeven dagen standhoudt, richten beide landen een centrum op.") == set()


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Die moet woensdag bij zonsondergang ingaan.", ("in_force", "planned", "2016-09-07")),
        ("Beide regeringen ondertekenden het zondag.", ("declared", "happened", "2016-09-04")),
    ],
)
def test_agreement_phases_are_told_of_a_pronoun(text: str, phase: tuple[str, str, str]) -> None:
    assert phase in _phases(
        f"Ethiopië en Eritrea zijn het vrijdag eens geworden over een wapenstilstand. {text}"
    )


def test_agreement_phases_a_pronoun_beside_other_verbs_is_no_agreement() -> None:
    before = "Ethiopië en Eritrea zijn het vrijdag eens geworden over een wapenstilstand."
    assert _phases(f"{before} Die woog zwaar op de markten. Het was laat.") == _phases(before)


def test_agreement_phases_of_several_that_no_word_points_to_are_none() -> None:
    assert _phases("De voorbije jaren werden verschillende akkoorden bereikt.") == set()
    assert _phases("De regering schond de akkoorden.") == {("violation_alleged", "happened", "")}


def test_agreement_phases_who_is_willing_offers() -> None:
    assert _phases("Teheran is bereid het akkoord te hernieuwen.") == {("revived", "offered", "")}


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("Het bestand hield nooit lang stand.", {("collapsed", "happened", "")}),
        ("Het bestand houdt stand.", {("in_force", "happened", "")}),
        ("Beide partijen beschuldigen elkaar ervan het bestand te hebben geschonden.",
         {("violation_alleged", "happened", "")}),
        ("Obama wil een bestand. Er kwamen al akkoorden, maar die hielden nooit stand.",
         {("proposed", "happened", "")}),
    ],
)  # fmt: skip
def test_agreement_phases_of_what_holds_and_what_did_not(text: str, phases: Phases) -> None:
    assert _phases(text) == phases


def test_agreement_phases_name_who_concluded_it() -> None:
    def parties(text: str) -> set[str]:
        document = Document(text, Origin("a.txt"), given=Published("2020-10-18", HowKnown.GIVEN))
        (found,) = analyse([document], load_resources(today=date(2026, 11, 22)))
        return {party for item in found.agreements for party in item.parties}

    assert parties("Armenië en Azerbeidzjan hebben een bestand gesloten.") == {"country:AM", "country:AZ"}
    assert parties("Sergej Lavrov kondigde een bestand aan.") == set()


def test_agreement_phases_know_one_that_is_told_from_another() -> None:
    document = Document("Na het eerste bestand volgde een nieuw bestand. Het bestand hield.", Origin("a.txt"))
    (found,) = analyse([document], load_resources(today=date(2026, 11, 22)))
    assert [item.fresh for item in found.agreements] == [True, True, False]
