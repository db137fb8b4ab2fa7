"""Set phrases of diplomacy: which word names the event, and what the phrase is not to be mistaken for."""

from __future__ import annotations

import pytest

from kroniek.model import EventMention, Status
from tests.analyse.events.readings import analysed


def _found(text: str) -> list[tuple[str, str, Status]]:
    return [(event.type, _named_by(text, event), event.status) for event in analysed(text).events]


def _named_by(text: str, event: EventMention) -> str:
    return event.trigger[0].of(text)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Rusland had Washington uitgenodigd, maar Iran was daar tegen.", "REJECT", "tegen"),
        ("Oostenrijk zegt nee tegen de toetreding van Roemenië.", "REJECT", "zegt"),
        ("De Finse premier had president Poetin aan de lijn.", "CONSULT", "lijn"),
        ("Turkije en Griekenland raakten het in Wenen eens over de zeegrens.", "AGREE", "eens"),
        ("De Franse president heeft zijn bezoek aan Algerije geannuleerd.", "CONSULT", "bezoek"),
        ("Kiev en Moskou zijn via de Turken met elkaar in gesprek.", "CONSULT", "gesprek"),
        ("Het ultimatum van Ecowas is door de junta in Niamey genegeerd.", "REJECT", "genegeerd"),
    ],
)
def test_events_are_named_by_the_word_of_a_set_phrase(text: str, kind: str, word: str) -> None:
    assert (kind, word) in [found[:2] for found in _found(text)]


def test_events_take_a_called_off_visit_as_the_visit_only() -> None:
    assert _found("De Chinese minister blies zijn bezoek aan Ottawa af.") == [
        ("CONSULT", "bezoek", Status.CANCELLED)
    ]


def test_events_take_who_wants_none_of_it_as_refusing() -> None:
    assert ("REJECT", "voelt", Status.HAPPENED) in _found(
        "Ankara voelt niets voor een internationale vredesmacht."
    )


@pytest.mark.parametrize(
    "text",
    [
        "De minister voelt zich niet lekker en blijft vandaag thuis.",
        "De Britse minister zegt dat Londen de kaart in het verleden vaak heeft gezien.",
        "De president zette zijn handtekening in het gastenboek van het museum.",
        "Groot-Brittannië zal altijd openstaan voor mensen die hier willen werken.",
    ],
)
def test_events_do_not_take_like_words_for_the_phrase(text: str) -> None:
    assert not [kind for kind, _, _ in _found(text) if kind in {"REJECT", "AGREE", "SUPPORT"}]


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Saoedi-Arabië bood aan opnieuw te bemiddelen.", "AGREE", "bood"),
        ("Saoedi-Arabië heropende zijn ambassade in Damascus.", "SUPPORT", "heropende"),
    ],
)
def test_events_survive_a_parsers_slip(text: str, kind: str, word: str) -> None:
    assert (kind, word) in [found[:2] for found in _found(text)]


def test_events_tell_an_apology_once() -> None:
    text = "Nederland heeft zijn excuses aangeboden aan de nabestaanden van Srebrenica."
    assert [kind for kind, _, _ in _found(text)] == ["CONCEDE"]


def test_events_leave_open_what_a_condition_says_may_not_come() -> None:
    found = _found("Indien er geen bestand komt, valt het leger de haven van Hodeida aan.")
    assert ("RETREAT", "bestand", Status.POSSIBLE) in found


@pytest.mark.parametrize(
    "text", ["Rusland riep de strijders op het vuren te staken.", "De rebellen hebben het vuren gestaakt."]
)
def test_events_take_firing_that_ceases_for_no_shot_and_no_strike(text: str) -> None:
    assert not {"ASSAULT", "PROTEST"} & {kind for kind, _, _ in _found(text)}


@pytest.mark.parametrize(
    "text", ["De aanslag eiste dertig levens.", "De bombardementen op Kiev eisten een zware tol."]
)
def test_events_take_what_claims_lives_for_no_demand(text: str) -> None:
    assert [(kind, status) for kind, _, status in _found(text)] == [("ASSAULT", Status.HAPPENED)]


def test_events_read_talks_at_the_head_of_a_sentence() -> None:
    assert _found("Gesprekken tussen de VS en Rusland zijn mislukt.") == [
        ("CONSULT", "Gesprekken", Status.HAPPENED)
    ]
