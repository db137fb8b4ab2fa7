"""Whose act a headline without parties tells of, and whose an announcement."""

from __future__ import annotations

import pytest

from kroniek.model import EventMention
from tests.analyse.events.readings import analysed, event_of


def _headline(text: str, kind: str) -> EventMention:
    return next(event for event in analysed(text).events if event.type == kind)


def _parties(event: EventMention) -> tuple[set[str], set[str]]:
    return set(event.entities("actor")), set(event.entities("recipient"))


@pytest.mark.parametrize(
    ("text", "kind", "parties"),
    [
        (
            "Ontmoeting in Helsinki\n\nAngela Merkel sprak donderdag met Emmanuel Macron. "
            "Donald Trump en Vladimir Poetin ontmoeten elkaar maandag in Helsinki.",
            "CONSULT",
            ({"person:donald-trump", "person:vladimir-putin"}, set()),
        ),
        (
            "Steun voor Kiev\n\nFrankrijk steunt Italië. Polen sprak zijn steun uit voor Oekraïne.",
            "SUPPORT",
            ({"country:PL"}, {"country:UA"}),
        ),
        (
            "Akkoord na lange nacht\n\nIran en Irak bereikten een akkoord over water. "
            "Eerder sloten Frankrijk en Spanje een akkoord over gas.",
            "AGREE",
            ({"country:IR", "country:IQ"}, set()),
        ),
    ],
)
def test_events_give_a_headline_the_parties_of_what_is_most_like_it(
    text: str, kind: str, parties: tuple[set[str], set[str]]
) -> None:
    assert _parties(_headline(text, kind)) == parties


def test_events_give_a_headline_no_parties_where_nothing_below_is_like_it() -> None:
    text = (
        "Ophef na scheldkanonnade\n\nMoskou beschuldigt Oekraïne van sabotage. "
        "Turkije verweet Griekenland dat het schepen stuurt."
    )
    assert _parties(_headline(text, "ACCUSE")) == (set(), set())


def test_events_keep_who_announces_an_act_of_his_own() -> None:
    event = event_of("Frankrijk kondigt nieuwe sancties aan tegen Rusland.", "SANCTION")
    assert _parties(event) == ({"country:FR"}, {"country:RU"})
    other = event_of("Washington kondigde vrijdag een aanval van Israël aan.", "ASSAULT")
    assert other.entities("actor") == ("country:IL",)
