"""When and where an event took place, read from whole sentences."""

from __future__ import annotations

import pytest

from kroniek.analyse.events.retold import share_circumstances
from tests.analyse.events.readings import analysed


def _when_and_where(text: str, kind: str, nth: int = 0) -> tuple[str, str]:
    analysis = analysed(text)
    names = {entity.id: entity.name for entity in analysis.entities}
    event = [event for event in share_circumstances(analysis) if event.type == kind][nth]
    return event.time, names.get(event.place, event.place)


@pytest.mark.parametrize(
    ("text", "kind", "nth", "time", "place"),
    [
        # what one travels for
        (
            "De Servische president vliegt vrijdag naar Wenen om er Erdogan te ontmoeten.",
            "CONSULT",
            0,
            "2016-09-09",
            "Vienna",
        ),
        ("Merkel landde vrijdag in Oslo, waar zij met Erdogan sprak.", "CONSULT", 0, "2016-09-02", "Oslo"),
        # what happened then
        (
            "In Gent werden zaterdag zes boeren opgepakt nadat zij slaags raakten met de politie.",
            "PROTEST",
            0,
            "2016-09-03",
            "Ghent",
        ),
        (
            "In Gent werd zaterdag een man opgepakt nadat hij zijn buurman had vermoord.",
            "ASSAULT",
            0,
            "",
            "",
        ),
        # what a clause only speaks of has a day of its own
        ("Zaterdag werd in Gent een man opgepakt voor de moord op een agent.", "ASSAULT", 0, "", "Ghent"),
        ("De minister reisde zaterdag naar Homs na de aanval op een konvooi.", "ASSAULT", 0, "", "Homs"),
        (
            "Merkel zei zaterdag na een ontmoeting met Erdogan dat zij tevreden is.",
            "CONSULT",
            0,
            "2016-09-03",
            "",
        ),
        (
            "Zaterdag was het rustig. Eerder op de dag schoten rebellen bij Homs op een konvooi.",
            "ASSAULT",
            0,
            "2016-09-03",
            "Homs",
        ),
        (
            "Bij Homs werd een markt gebombardeerd. Daarbij vielen zaterdag tien doden.",
            "ASSAULT",
            0,
            "2016-09-03",
            "Homs",
        ),
        # a clause that goes on from the one before is of its day and place
        (
            "Zaterdag liep een protest in Lyon uit op rellen, waarbij de politie traangas gebruikte.",
            "ASSAULT",
            0,
            "2016-09-03",
            "Lyon",
        ),
        (
            "In Bilbao raakten betogers zondag slaags met de politie; vier mensen werden gearresteerd.",
            "COERCE",
            0,
            "2016-09-04",
            "Bilbao",
        ),
        (
            "Rebellen vielen zaterdag een konvooi in Homs aan. Daarbij doodden ze twaalf soldaten.",
            "ASSAULT",
            1,
            "2016-09-03",
            "Homs",
        ),
        (
            "De politie arresteerde zaterdag in Gent een man, die in 2009 een agent had vermoord.",
            "ASSAULT",
            0,
            "2009",
            "",
        ),
        # what a noun's own clause tells
        (
            "De gesprekken over het conflict in Mali, die vrijdag in Oslo hadden moeten beginnen, zijn uitgesteld.",
            "CONSULT",
            0,
            "2016-09-02",
            "Oslo",
        ),
        # what an accusation is about has its own day and place
        ("Kiev beschuldigde Moskou van een aanval op een school in Odessa in mei.", "ACCUSE", 0, "", ""),
        (
            "Kiev beschuldigde Moskou van een aanval op een school in Odessa in mei.",
            "ASSAULT",
            0,
            "2016-05",
            "Odesa",
        ),
        # the verb of a clause beside
        (
            "Het leger beëindigde het bestand dat op 12 augustus was ingegaan.",
            "RETREAT",
            0,
            "2016-08-12",
            "",
        ),
        ("Het leger beëindigde het bestand dat op 12 augustus was ingegaan.", "SANCTION", 0, "", ""),
        # told again
        (
            "Zaterdag viel het leger een konvooi bij Homs aan. Turkije noemde de aanval een misdaad.",
            "ASSAULT",
            1,
            "2016-09-03",
            "Homs",
        ),
        ("Merkel reisde vrijdag naar Oslo. Daar sprak zij met Erdogan.", "CONSULT", 1, "", "Oslo"),
    ],
)
def test_events_know_when_and_where_from_what_they_share(
    text: str, kind: str, nth: int, time: str, place: str
) -> None:
    assert _when_and_where(text, kind, nth) == (time, place)


def test_events_of_two_places_do_not_share_a_day() -> None:
    text = (
        "Zaterdag viel het leger een konvooi bij Homs aan. Bij een aanval op een markt in Idlib vielen doden."
    )
    assert _when_and_where(text, "ASSAULT", 1) == ("", "Idlib")


def test_events_in_a_title_that_opens_with_a_place_are_there() -> None:
    text = "Londen: drie mannen opgepakt na steekpartij\n\nDe politie heeft drie mannen opgepakt."
    assert _when_and_where(text, "COERCE")[1] == "London"


def test_events_told_again_have_the_mode_of_their_event() -> None:
    text = "John Kerry en Sergej Lavrov spraken elkaar vrijdag in Wenen. Het gesprek tussen John Kerry en Sergej Lavrov duurde lang."
    (_, again) = [event for event in share_circumstances(analysed(text)) if event.type == "CONSULT"]
    assert again.mode == "third-party"
