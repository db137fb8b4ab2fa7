"""Whether an event took place, read from whole sentences."""

from __future__ import annotations

import pytest

from kroniek.model import Status
from tests.analyse.events.readings import analysed, event_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Obama en Poetin zijn er niet in geslaagd een akkoord te bereiken.", Status.NOT_HAPPENED),
        ("De landen slaagden er vrijdag in een akkoord te bereiken.", Status.HAPPENED),
    ],
)
def test_events_read_success_and_failure_above_an_infinitive(text: str, status: Status) -> None:
    (event,) = [event for event in analysed(text).events if event.type == "AGREE"]
    assert event.status is status


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Teheran zal in geen geval ontwapenen.", "RETREAT", Status.NOT_HAPPENED),
        ("De EU kon het niet eens worden over sancties tegen Rusland.", "SANCTION", Status.NOT_HAPPENED),
        (
            "Er gaan geruchten over een geheime ontmoeting tussen Merkel en Poetin.",
            "CONSULT",
            Status.POSSIBLE,
        ),
        ("De VS kondigden aan troepen uit Duitsland terug te trekken.", "RETREAT", Status.PLANNED),
        ("Beter samenwerken met Rusland", "COOPERATE", Status.PLANNED),
        ("Overleg over bestand Sudan uitgesteld", "CONSULT", Status.CANCELLED),
        ("Topontmoeting Trump en Kim afgelast", "CONSULT", Status.CANCELLED),
        ("Een derde top met Kim staat niet op de agenda.", "CONSULT", Status.NOT_HAPPENED),
        ("Een dag eerder had Trump Frankrijk nog gedreigd met sancties.", "THREATEN", Status.HAPPENED),
        ("Iran levert nog steeds wapens aan de Houthi's.", "AID", Status.ONGOING),
        ("De ministers praten later vandaag met Sergej Lavrov.", "CONSULT", Status.PLANNED),
        ("Als Iran instemt, heffen de VS de sancties op.", "RETREAT", Status.PLANNED),
        ("Londen dringt al maanden aan op een bestand.", "REQUEST", Status.ONGOING),
        ("De politie arresteert Sergej Lavrov als verdachte.", "COERCE", Status.HAPPENED),
        ("Poetin heeft Erdogan gebeld met de vraag: 'Wie was dat?'", "CONSULT", Status.HAPPENED),
        ("Volgens Ankara hebben Russische noch Syrische toestellen het dorp gebombardeerd.", "ASSAULT", None),
    ],
)
def test_events_tell_what_is_to_come_goes_on_or_is_negated_from_what_happened(
    text: str, kind: str, status: Status | None
) -> None:
    found = event_of(text, kind).status
    assert found is status if status else found is not Status.HAPPENED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran en Irak zijn nog aan het onderhandelen.", Status.ONGOING),
        ("Aan het einde van de week onderhandelden Iran en Irak.", Status.HAPPENED),
    ],
)
def test_events_take_aan_het_for_going_on_only_before_the_verb(text: str, status: Status) -> None:
    (event,) = [event for event in analysed(text).events if event.type == "CONSULT"]
    assert event.status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Beide partijen trekken hun troepen binnen enkele dagen terug uit de haven.", Status.PLANNED),
        ("De partijen trokken hun troepen binnen enkele dagen terug uit de haven.", Status.HAPPENED),
        ("De minister overlegt de komende weken met Iran.", Status.PLANNED),
    ],
)
def test_events_take_the_present_with_a_stretch_from_now_on_for_planned(text: str, status: Status) -> None:
    (event,) = [event for event in analysed(text).events if event.type in {"CONSULT", "RETREAT"}]
    assert event.status is status


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Marokko riep op om een einde te maken aan de beschietingen.", "ASSAULT", Status.ONGOING),
        ("Het bestand maakte een einde aan de beschietingen.", "ASSAULT", Status.HAPPENED),
        ("De premier haalde een streep door de ontmoeting met Orban.", "CONSULT", Status.CANCELLED),
        ("Ankara dreigt de ontmoeting met Merkel af te zeggen.", "CONSULT", Status.POSSIBLE),
        ("Londen wil een aanval op de haven voorkomen.", "ASSAULT", Status.POSSIBLE),
        ("Het gesprek met Merkel had een uur moeten duren.", "CONSULT", Status.HAPPENED),
        ("De ambassadeur vreest de gevolgen van een ontmoeting met Kim.", "CONSULT", Status.POSSIBLE),
        ("Merkel is geïnteresseerd in een ontmoeting met Kim.", "CONSULT", Status.POSSIBLE),
        ("De gezant wacht op een akkoord tussen Kosovo en Servië.", "AGREE", Status.POSSIBLE),
        ("Als dat klopt, gaat het om een aanval op de ambassade.", "ASSAULT", Status.POSSIBLE),
        ("Als het bestand standhoudt, volgt overleg.", "RETREAT", Status.POSSIBLE),
        ("Volgens Minsk heeft het leger de haven niet beschoten.", "ASSAULT", Status.DENIED),
        (
            "Volgens de gezant hebben Russische noch Turkse toestellen de haven gebombardeerd.",
            "ASSAULT",
            Status.DENIED,
        ),
        ("De premier praat vandaag met president Erdogan.", "CONSULT", Status.PLANNED),
        ("Oslo en Moskou hebben vooruitgang geboekt in hun overleg.", "CONSULT", Status.HAPPENED),
        ("De premier zei dat Oslo en Moskou samenwerkten.", "COOPERATE", Status.ONGOING),
    ],
)
def test_events_read_status_from_what_stands_above_and_beside(text: str, kind: str, status: Status) -> None:
    assert event_of(text, kind).status is status


def test_events_in_a_title_without_a_verb_are_as_open_as_in_the_text() -> None:
    text = "Opnieuw overleg tussen Merkel en Erdogan\n\nAngela Merkel en Recep Tayyip Erdogan praten vrijdag 9 september in Wenen."
    assert {event.status for event in analysed(text).events if event.type == "CONSULT"} == {Status.PLANNED}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Tallinn sluit nieuwe sancties tegen Minsk niet uit.", "SANCTION", Status.POSSIBLE),
        ("De gezant sluit een ontmoeting met Kim uit.", "CONSULT", Status.NOT_HAPPENED),
        (
            "De rebellen zullen de aanvallen op de haven staken zodra het bestand ingaat.",
            "ASSAULT",
            Status.ONGOING,
        ),
        (
            "De rebellen zullen de aanvallen op de haven staken zodra het bestand ingaat.",
            "RETREAT",
            Status.PLANNED,
        ),
        ("De gezant dreigde het voorstel met een veto te treffen.", "REJECT", Status.POSSIBLE),
        ("Polen overweegt om wapens aan Oekraïne te leveren.", "AID", Status.POSSIBLE),
        ("Een poging om de rebellen rond de tafel te krijgen is mislukt.", "CONSULT", Status.NOT_HAPPENED),
        ("Soedan en Tsjaad openen binnen twee maanden weer een ambassade.", "SUPPORT", Status.PLANNED),
        ("De minister ontkent dat Polen het akkoord heeft geschonden.", "AGREE", Status.HAPPENED),
        ("De minister ontkent dat er een akkoord met Polen is.", "AGREE", Status.DENIED),
    ],
)
def test_events_read_what_is_ruled_out_ended_threatened_and_denied(
    text: str, kind: str, status: Status
) -> None:
    assert event_of(text, kind).status is status


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Het parket vordert de aanhouding van de verdachte.", "COERCE", Status.CALLED_FOR),
        ("Israël verwerpt de beschuldigingen van de gezant.", "ACCUSE", Status.HAPPENED),
        ("Na maanden van onderhandelen hebben de partijen vrede.", "CONSULT", Status.HAPPENED),
    ],
)
def test_events_know_that_what_is_turned_down_was_said(text: str, kind: str, status: Status) -> None:
    assert event_of(text, kind).status is status


def test_events_tell_of_the_act_where_a_verb_brings_about_what_lasts() -> None:
    assert event_of("De Europese Unie legt Minsk nieuwe sancties op.", "SANCTION").status is Status.HAPPENED
    assert event_of("De sancties tegen Minsk duren voort.", "SANCTION").status is Status.ONGOING


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        (
            "Een ontmoeting tussen Emmanuel Macron en Vladimir Poetin zit er voorlopig niet in.",
            "CONSULT",
            Status.NOT_HAPPENED,
        ),
        ("De blokkade van de haven is onaanvaardbaar, zegt Veldkamp.", "COERCE", Status.ONGOING),
    ],
)
def test_events_read_idioms_of_what_will_not_be_and_judgements_of_what_is(
    text: str, kind: str, status: Status
) -> None:
    assert event_of(text, kind).status is status


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Rwanda ontkent dat het de rebellen steunt.", "SUPPORT", Status.DENIED),
        ("Rwanda ontkent de beschuldiging.", "ACCUSE", Status.HAPPENED),
        ("Het bestand in Jemen mislukte na twee dagen.", "RETREAT", Status.HAPPENED),
        ("Kosovo en Servië zijn het nog niet eens over de nummerplaten.", "AGREE", Status.NOT_HAPPENED),
    ],
)
def test_events_know_what_is_denied_and_what_is_not_agreed_yet(text: str, kind: str, status: Status) -> None:
    assert event_of(text, kind).status is status
