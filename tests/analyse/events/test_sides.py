"""Who stands on which side of an act: each other, the noun's own clause, the other side of a quarrel."""

from __future__ import annotations

import pytest

from tests.analyse.events.readings import analysed, event_of


def test_sides_of_an_act_upon_each_other_are_both() -> None:
    event = event_of("India en Pakistan beschuldigen elkaar van schending van het bestand.", "ACCUSE")
    assert event.entities("actor") == event.entities("recipient") == ("country:IN", "country:PK")


def test_sides_of_a_call_to_each_other_are_joint() -> None:
    event = event_of("John Kerry en Sergej Lavrov belden donderdag opnieuw met elkaar.", "CONSULT")
    assert set(event.entities("actor")) == {"person:john-kerry", "person:sergey-lavrov"}
    assert not event.entities("recipient")


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        (
            "De sancties die Frankrijk vorig jaar aan Iran oplegde, blijven van kracht.",
            "SANCTION",
            "country:FR",
            "country:IR",
        ),
        (
            "Rusland begon met de terugtrekking van troepen uit Georgië.",
            "RETREAT",
            "country:RU",
            "country:GE",
        ),
        # the threat is aimed at whom its maker is at odds with
        (
            "Zweden beschuldigde Rusland van spionage. Moskou noemde dat absurd en dreigde met tegenmaatregelen.",
            "THREATEN",
            "country:RU",
            "country:SE",
        ),
    ],
)
def test_sides_are_found_by_word_clause_and_quarrel(text: str, kind: str, actor: str, recipient: str) -> None:
    event = event_of(text, kind)
    assert (event.entities("actor"), event.entities("recipient")) == ((actor,), (recipient,))


def test_sides_of_a_threat_without_a_quarrel_stay_open() -> None:
    threats = [
        event
        for event in analysed("Rusland dreigde met tegenmaatregelen.").events
        if event.type == "THREATEN"
    ]
    assert [event.entities("recipient") for event in threats] == [()]


def test_sides_of_a_deal_are_not_the_town_in_its_name() -> None:
    event = event_of("De akkoorden van Minsk werden nooit uitgevoerd.", "AGREE")
    assert (event.place, event.entities("actor")) == ("place:minsk-by", ())


def test_sides_of_a_truce_long_past_are_not_those_who_talk_now() -> None:
    text = (
        "Kerry en Lavrov spraken vrijdag in Genève. Dat moet het bestand van februari weer tot leven wekken, "
        "zeggen beide ministers."
    )
    truces = [event for event in analysed(text).events if event.mode == "ceasefire"]
    assert [event.entities("actor") for event in truces] == [()]


def test_sides_of_an_accusation_are_told_by_what_it_is_about() -> None:
    text = "De VS beschuldigen Syrië van gifgasaanvallen. De beschuldigingen over Russische inmenging drukken de sfeer."
    (_, second) = [event for event in analysed(text).events if event.type == "ACCUSE"]
    assert second.entities("recipient") == ("country:RU",)


def test_sides_of_a_conflict_in_a_country_are_not_who_was_spoken_of() -> None:
    text = "De VS en Rusland spraken elkaar. Beide partijen zwegen over de conflicten in Jemen."
    conflicts = [event for event in analysed(text).events if event.type == "ASSAULT"]
    assert [event.entities("actor") for event in conflicts] == [()]
