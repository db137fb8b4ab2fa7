"""What the events step makes of whole sentences, with the pack's own parser."""

from __future__ import annotations

import pytest

from kroniek.model import EventMention, Status
from tests.analyse.events.readings import analysed, event_of


def test_events_take_a_pair_that_opens_the_sentence_as_those_who_met() -> None:
    text = "John Kerry en Sergej Lavrov kwamen aan. De twee spraken vrijdagochtend bijna een uur met elkaar in een hotel."
    (event,) = [event for event in analysed(text).events if event.type == "CONSULT"]
    assert set(event.entities("actor")) == {"person:john-kerry", "person:sergey-lavrov"}


@pytest.mark.parametrize(
    ("text", "resumes"),
    [
        ("Iran sprak van agressie na de aanval op de haven.", True),
        ("De minister noemde deze aanval een schande.", True),
        ("Bij een aanval op de haven vielen doden.", False),
        ("Het leger viel de haven van Hodeida aan.", False),
    ],
)
def test_events_know_what_refers_back(text: str, resumes: bool) -> None:
    analysis = analysed(f"Nieuws uit de haven\n\nHet was een onrustige dag. {text}")
    found = [event.resumes for event in analysis.events if event.type == "ASSAULT"]
    assert found == [resumes]


def test_events_take_parties_from_above_only_where_they_refer_back() -> None:
    before = "De Amerikaanse minister John Kerry beloofde Oekraïne steun. "
    (_, left_out) = [
        event for event in analysed(before + "Polen was niet uitgenodigd.").events if event.type == "AGREE"
    ]
    assert "person:john-kerry" not in left_out.entities("actor")
    (_, again) = [
        event for event in analysed(before + "De belofte kwam laat.").events if event.type == "AGREE"
    ]
    assert again.entities("actor") == ("person:john-kerry",)


def test_events_put_the_host_of_a_meeting_in_recipients() -> None:
    event = event_of("Vladimir Poetin ontmoette vrijdag in Ankara president Recep Tayyip Erdogan.", "CONSULT")
    assert (event.mode, event.entities("actor")) == ("visit", ("person:vladimir-putin",))
    assert event.entities("recipient") == ("person:recep-tayyip-erdogan",)


def test_events_know_a_meeting_on_the_ground_of_a_third_party() -> None:
    event = event_of("John Kerry en Sergej Lavrov overlegden vrijdag in Genève.", "CONSULT")
    assert (event.mode, event.entities("recipient")) == ("third-party", ())


def test_events_aim_a_demand_at_the_subject_of_its_clause() -> None:
    event = event_of("Frankrijk eist dat Iran zijn kernprogramma stopzet.", "REQUEST")
    assert event.entities("recipient") == ("country:IR",)


def test_events_give_a_deal_the_parties_of_the_talks() -> None:
    text = "Rusland en Turkije onderhandelden maandag in Ankara. Het akkoord kwam er na een uur."
    assert set(event_of(text, "AGREE").entities("actor")) == {"country:RU", "country:TR"}


def test_events_thank_the_makers_of_a_deal() -> None:
    text = "Rusland en Turkije sloten een akkoord. Frankrijk verwelkomde het akkoord."
    event = event_of(text, "SUPPORT")
    assert set(event.entities("recipient")) == {"country:RU", "country:TR"}


def test_events_see_no_act_in_a_participle_for_people() -> None:
    assert not [e for e in analysed("De verdachte kwam aan in Brussel.").events if e.type == "ACCUSE"]


def test_events_place_what_happens_where_one_went() -> None:
    analysis = analysed("John Kerry vloog naar Genève, waar hij met Sergej Lavrov over Syrië sprak.")
    event = next(event for event in analysis.events if "sprak" in event.trigger[0].of(analysis.text))
    names = {entity.id: entity.name for entity in analysis.entities}
    assert names[event.place] == "Geneva"


def test_events_keep_a_place_of_speaking_apart() -> None:
    event = event_of("Ban Ki-moon sprak in New York van een laffe aanval.", "ASSAULT")
    assert event.place == ""


def test_events_read_an_infinitive_as_noun_with_the_roles_of_its_verb() -> None:
    event = event_of("Het aanhouden van John Kerry leidde tot ophef.", "COERCE")
    assert event.entities("recipient") == ("person:john-kerry",)


def test_events_take_the_number_before_elkaar_as_those_who_met() -> None:
    text = (
        "John Kerry en Sergej Lavrov kwamen aan. Na de lunch bleek dat de twee elkaar toch hebben gesproken."
    )
    (event,) = [event for event in analysed(text).events if event.type == "CONSULT"]
    assert set(event.entities("actor")) == {"person:john-kerry", "person:sergey-lavrov"}


def test_events_do_not_take_the_place_of_their_topic() -> None:
    text = "De ministers boekten vooruitgang in hun overleg over een bestand in Syrië."
    (event,) = [event for event in analysed(text).events if event.type == "CONSULT"]
    assert event.place == ""


def _talks(text: str) -> list[EventMention]:
    return [event for event in analysed(text).events if event.type == "CONSULT"]


def test_events_take_two_days_in_a_row_as_one_stretch() -> None:
    (event,) = _talks(
        "De Armeense en de Azerbeidzjaanse minister ontmoeten elkaar donderdag en vrijdag in Wenen."
    )
    assert event.time == "2016-09-08/2016-09-09"
    assert event.interval is not None and event.interval.days() == 2


def test_events_take_an_appointment_as_the_meeting_that_was_to_come() -> None:
    text = "John Kerry ontmoet vrijdag Sergej Lavrov in Genève. Diplomaten hadden de afspraak eerst ontkend."
    first, second = _talks(text)
    assert (first.status, second.status) == (Status.PLANNED, Status.DENIED)
    assert (second.time, second.place) == (first.time, first.place)
    _, second = _talks(text.replace("hadden de afspraak eerst ontkend", "hebben de afspraak bevestigd"))
    assert second.status is Status.PLANNED
    assert _talks(text.replace("ontmoet vrijdag", "sloot een akkoord met")) == []


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("De krant schreef dat Poetin Kerry niet zou ontmoeten.", True),
        ("Poetin heeft Kerry niet ontmoet.", False),
    ],
)
def test_events_know_what_was_still_to_come_when_it_was_said(text: str, ahead: bool) -> None:
    (event,) = _talks(text)
    assert (event.status, event.ahead) == (Status.NOT_HAPPENED, ahead)


def _actors(text: str, kind: str) -> set[str]:
    analysis = analysed(text)
    names = {entity.id: entity.name for entity in analysis.entities}
    event = next(event for event in analysis.events if event.type == kind)
    return {names[entity] for entity in event.entities("actor")}


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        (
            "Servië en Kosovo praten niet meer, en het vertrouwen tussen beide landen is weg. "
            "Er moeten werkgroepen worden opgericht.",
            "COOPERATE",
            {"Serbia", "Kosovo"},
        ),
        (
            "De Amerikaanse minister John Kerry en zijn Russische collega Sergej Lavrov zijn het niet eens. "
            "De onderhandelingsteams van beide partijen zullen zich over de details buigen.",
            "CONSULT",
            {"United States", "Russia"},
        ),
        (
            "Een zorg is het offensief dat Jemenitische rebellen bij Marib zijn begonnen.",
            "ASSAULT",
            {"Yemeni rebels"},
        ),
        (
            "Zaterdag doodden vliegtuigen van de coalitie onder leiding van Frankrijk tien rebellen.",
            "ASSAULT",
            {"France"},
        ),
        (
            "Ankara hekelde de aanval die Syrische opstandelingen op de haven uitvoerden.",
            "ASSAULT",
            {"Syrian rebels"},
        ),
    ],
)
def test_events_take_parties_of_what_is_joint_or_stands_in_a_clause(
    text: str, kind: str, actors: set[str]
) -> None:
    assert _actors(text, kind) == actors


def test_events_take_a_state_that_speaks_for_its_own_het() -> None:
    event = event_of("Damascus zegt dat het de rebellen niet heeft aangevallen.", "ASSAULT")
    assert (event.entities("actor"), event.status) == (("country:SY",), Status.DENIED)


def test_events_take_nobody_who_was_away_for_a_party() -> None:
    text = (
        "Angela Merkel sprak met Recep Tayyip Erdogan. De Franse delegatie was niet bij het overleg aanwezig."
    )
    (_, talks) = [event for event in analysed(text).events if event.type == "CONSULT"]
    assert set(talks.entities("actor")) == {"person:angela-merkel", "person:recep-tayyip-erdogan"}


def test_events_put_who_speaks_for_his_land_beside_the_state_and_offer_to_the_other_side() -> None:
    text = (
        "John Kerry en Sergej Lavrov overlegden vrijdag in Wenen. De Russische president Vladimir Poetin "
        "zegt dat zijn land bereid is de gesprekken te hervatten."
    )
    event = event_of(text, "AGREE")
    assert event.status is Status.OFFERED
    assert set(event.entities("actor")) == {"country:RU", "person:vladimir-putin"}
    analysis = analysed(text.replace("Wenen", "Wenen, zei de Amerikaanse regering"))
    (offer,) = [event for event in analysis.events if event.type == "AGREE"]
    assert offer.entities("recipient") == ("country:US",)


def test_events_take_no_person_and_country_of_one_sentence_for_both_parties() -> None:
    text = (
        "Angela Merkel en Recep Tayyip Erdogan overlegden vrijdag. 'Het is goed voor het Syrische volk', zei Merkel. "
        "De delegaties van beide partijen zullen zich over de details buigen."
    )
    *_, talks = [event for event in analysed(text).events if event.type == "CONSULT"]
    assert "country:SY" not in talks.entities("actor")


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Rusland reageerde woedend en waarschuwde Nederland voor de gevolgen.", "THREATEN", {"RU"}, {"NL"}),
        ("De Franse regering zegt bereid te zijn tot overleg.", "AGREE", {"FR"}, set()),
        ("Mali, Togo en Niger stappen uit de statenbond.", "SANCTION", {"ML", "TG", "NE"}, set()),
    ],
)
def test_events_find_who_acts_in_a_clause_that_opens_with_its_verb(
    text: str, kind: str, actors: set[str], recipients: set[str]
) -> None:
    event = event_of(text, kind)
    for role, countries in (("actor", actors), ("recipient", recipients)):
        assert set(event.entities(role)) == {f"country:{code}" for code in countries}


def test_events_take_a_number_and_what_it_counts_for_one_subject() -> None:
    analysis = analysed("Duizenden boeren hebben maandag de snelweg naar Parijs geblokkeerd.")
    (event,) = [event for event in analysis.events if event.type == "PROTEST"]
    (actor,) = [item for item in event.arguments if item.role == "actor"]
    assert actor.span is not None
    assert actor.span.of(analysis.text) == "boeren"


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("De Iraanse president bezocht vrijdag Wenen.", ()),
        ("De Iraanse president bezocht vrijdag Wenen. Oostenrijk ontving hem hartelijk.", ("country:AT",)),
    ],
)
def test_events_take_the_state_of_a_town_for_host_only_where_it_is_named(
    text: str, recipients: tuple[str, ...]
) -> None:
    event = _talks(text)[0]
    assert (event.place, event.entities("recipient")) == ("place:vienna-at", recipients)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("De aanval is een vergelding voor het bombardement op het Iraanse consulaat.", 2),
        ("Na de aanval waarschuwde Biden voor een Israëlische tegenaanval.", 2),
        ("De aanval, een bombardement op Iraanse doelen, duurde een uur.", 1),
    ],
)
def test_events_that_refer_back_are_not_what_the_sentence_tells_besides(text: str, count: int) -> None:
    assert [event.type for event in analysed(text).events].count("ASSAULT") == count


@pytest.mark.parametrize(
    "text",
    [
        "Ajax heeft de wedstrijd tegen PSV met 3-1 gewonnen.",
        "Onderzoekers hebben een nieuw medicijn ontdekt dat kankercellen aanvalt.",
        "De film vertelt het verhaal van een zangeres. De regisseur kreeg veel lof van critici.",
    ],
)
def test_events_find_none_in_games_films_and_laboratories(text: str) -> None:
    assert analysed(text).events == ()
