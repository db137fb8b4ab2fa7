"""Talks of two sides that no `met` joins, and talks that a later sentence takes up again."""

from __future__ import annotations

import pytest

from kroniek.model import EventMention, Status
from tests.analyse.events.readings import analysed


def _talks(text: str) -> list[EventMention]:
    return [event for event in analysed(text).events if event.type == "CONSULT"]


def _parties(event: EventMention) -> set[str]:
    return {*event.entities("actor"), *event.entities("recipient")}


@pytest.mark.parametrize(
    "text",
    [
        "In 1998 praatten Griekenland en Turkije in Brussel.",
        "Griekenland en Turkije hebben vrijdag in Brussel gepraat.",
        "Tussen Griekenland en Turkije werd in 1998 gepraat.",
        "Griekenland en Turkije spraken maandag over gas.",
        "Vorige week praatten de Griekse en de Turkse minister in Wenen.",
    ],
)
def test_events_take_two_subjects_of_talking_as_talks(text: str) -> None:
    (event,) = _talks(text)
    assert _parties(event) == {"country:GR", "country:TR"}


@pytest.mark.parametrize(
    "text",
    [
        "Griekenland praatte vorig jaar te veel.",
        "Griekenland en Turkije spraken van een nieuw begin.",
        "Erdogan en Macron spraken de Algemene Vergadering toe.",
        "De kinderen praatten over school.",
    ],
)
def test_events_see_no_talks_where_two_do_not_talk_with_each_other(text: str) -> None:
    assert _talks(text) == []


@pytest.mark.parametrize(
    "again",
    [
        ", maar dat telefoontje is afgelast.",
        ", maar dat is uitgesteld.",
        ". Het gesprek is uitgesteld, meldt het Kremlin.",
        ". Het belletje ging niet door.",
        ". Dat gaat volgens het Kremlin niet door.",
    ],
)
def test_events_take_up_a_call_that_was_called_off(again: str) -> None:
    first, second = _talks(f"Emmanuel Macron zou woensdag bellen met Vladimir Poetin{again}")
    assert second.status is Status.CANCELLED
    assert _parties(first) == _parties(second) == {"person:emmanuel-macron", "person:vladimir-putin"}


def test_events_take_up_a_journey_that_was_put_off() -> None:
    first, second = _talks("Emmanuel Macron zou vrijdag naar Ankara reizen, maar die reis is uitgesteld.")
    assert (first.status, second.status) == (Status.PLANNED, Status.CANCELLED)
    assert second.entities("actor") == ("person:emmanuel-macron",)


def test_events_do_not_take_a_pronoun_for_talks_told_long_before() -> None:
    text = "Macron belde Poetin. Parijs ligt aan de Seine. Lyon ligt aan de Rhône. Die is afgelast."
    assert len(_talks(text)) == 1


def test_events_see_nobody_turn_talks_down_where_they_are_called_off() -> None:
    found = analysed("De ontmoeting tussen Macron en Poetin is afgeblazen.").events
    assert [(event.type, event.status) for event in found] == [("CONSULT", Status.CANCELLED)]
