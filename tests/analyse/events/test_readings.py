"""What the events step makes of whole sentences, with the pack's own parser."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.analyse.events.retold import share_circumstances
from kroniek.model import Analysis, Document, EventMention, HowKnown, Origin, Published, Status
from kroniek.pipeline import analyse, load_resources


def _analysed(text: str) -> Analysis:
    document = Document(text, Origin("a.txt"), given=Published("2016-09-05", HowKnown.GIVEN))
    (found,) = analyse([document], load_resources(today=date(2026, 1, 1)))
    return found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Obama en Poetin zijn er niet in geslaagd een akkoord te bereiken.", Status.NOT_HAPPENED),
        ("De landen slaagden er vrijdag in een akkoord te bereiken.", Status.HAPPENED),
    ],
)
def test_events_read_success_and_failure_above_an_infinitive(text: str, status: Status) -> None:
    (event,) = [event for event in _analysed(text).events if event.type == "AGREE"]
    assert event.status is status


def test_events_take_a_pair_that_opens_the_sentence_as_those_who_met() -> None:
    text = "John Kerry en Sergej Lavrov kwamen aan. De twee spraken vrijdagochtend bijna een uur met elkaar in een hotel."
    (event,) = [event for event in _analysed(text).events if event.type == "CONSULT"]
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
    analysis = _analysed(f"Nieuws uit de haven\n\nHet was een onrustige dag. {text}")
    found = [event.resumes for event in analysis.events if event.type == "ASSAULT"]
    assert found == [resumes]


def test_events_take_parties_from_above_only_where_they_refer_back() -> None:
    before = "De Amerikaanse minister John Kerry beloofde Oekraïne steun. "
    (_, left_out) = [
        event for event in _analysed(before + "Polen was niet uitgenodigd.").events if event.type == "AGREE"
    ]
    assert "person:john-kerry" not in left_out.entities("actor")
    (_, again) = [
        event for event in _analysed(before + "De belofte kwam laat.").events if event.type == "AGREE"
    ]
    assert again.entities("actor") == ("person:john-kerry",)


def _event(text: str, kind: str) -> EventMention:
    return next(event for event in _analysed(text).events if event.type == kind)


def test_events_put_the_host_of_a_meeting_in_recipients() -> None:
    event = _event("Vladimir Poetin ontmoette vrijdag in Ankara president Recep Tayyip Erdogan.", "CONSULT")
    assert (event.mode, event.entities("actor")) == ("visit", ("person:vladimir-putin",))
    assert event.entities("recipient") == ("person:recep-tayyip-erdogan",)


def test_events_know_a_meeting_on_the_ground_of_a_third_party() -> None:
    event = _event("John Kerry en Sergej Lavrov overlegden vrijdag in Genève.", "CONSULT")
    assert (event.mode, event.entities("recipient")) == ("third-party", ())


def test_events_aim_a_demand_at_the_subject_of_its_clause() -> None:
    event = _event("Frankrijk eist dat Iran zijn kernprogramma stopzet.", "REQUEST")
    assert event.entities("recipient") == ("country:IR",)


def test_events_give_a_deal_the_parties_of_the_talks() -> None:
    text = "Rusland en Turkije onderhandelden maandag in Ankara. Het akkoord kwam er na een uur."
    assert set(_event(text, "AGREE").entities("actor")) == {"country:RU", "country:TR"}


def test_events_thank_the_makers_of_a_deal() -> None:
    text = "Rusland en Turkije sloten een akkoord. Frankrijk verwelkomde het akkoord."
    event = _event(text, "SUPPORT")
    assert set(event.entities("recipient")) == {"country:RU", "country:TR"}


def test_events_see_no_act_in_a_participle_for_people() -> None:
    assert not [e for e in _analysed("De verdachte kwam aan in Brussel.").events if e.type == "ACCUSE"]


def test_events_place_what_happens_where_one_went() -> None:
    analysis = _analysed("John Kerry vloog naar Genève, waar hij met Sergej Lavrov over Syrië sprak.")
    event = next(event for event in analysis.events if "sprak" in event.trigger[0].of(analysis.text))
    names = {entity.id: entity.name for entity in analysis.entities}
    assert names[event.place] == "Geneva"


def test_events_keep_a_place_of_speaking_apart() -> None:
    event = _event("Ban Ki-moon sprak in New York van een laffe aanval.", "ASSAULT")
    assert event.place == ""


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Teheran zal in geen geval ontwapenen.", "RETREAT", Status.NOT_HAPPENED),
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
    found = _event(text, kind).status
    assert found is status if status else found is not Status.HAPPENED


def test_events_read_an_infinitive_as_noun_with_the_roles_of_its_verb() -> None:
    event = _event("Het aanhouden van John Kerry leidde tot ophef.", "COERCE")
    assert event.entities("recipient") == ("person:john-kerry",)


def test_events_take_the_number_before_elkaar_as_those_who_met() -> None:
    text = (
        "John Kerry en Sergej Lavrov kwamen aan. Na de lunch bleek dat de twee elkaar toch hebben gesproken."
    )
    (event,) = [event for event in _analysed(text).events if event.type == "CONSULT"]
    assert set(event.entities("actor")) == {"person:john-kerry", "person:sergey-lavrov"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran en Irak zijn nog aan het onderhandelen.", Status.ONGOING),
        ("Aan het einde van de week onderhandelden Iran en Irak.", Status.HAPPENED),
    ],
)
def test_events_take_aan_het_for_going_on_only_before_the_verb(text: str, status: Status) -> None:
    (event,) = [event for event in _analysed(text).events if event.type == "CONSULT"]
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
    (event,) = [event for event in _analysed(text).events if event.type in {"CONSULT", "RETREAT"}]
    assert event.status is status


def test_events_do_not_take_the_place_of_their_topic() -> None:
    text = "De ministers boekten vooruitgang in hun overleg over een bestand in Syrië."
    (event,) = [event for event in _analysed(text).events if event.type == "CONSULT"]
    assert event.place == ""


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
    assert _event(text, kind).status is status


def _talks(text: str) -> list[EventMention]:
    return [event for event in _analysed(text).events if event.type == "CONSULT"]


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
    analysis = _analysed(text)
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


def _when_and_where(text: str, kind: str, nth: int = 0) -> tuple[str, str]:
    analysis = _analysed(text)
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


def test_events_in_a_title_without_a_verb_are_as_open_as_in_the_text() -> None:
    text = "Opnieuw overleg tussen Merkel en Erdogan\n\nAngela Merkel en Recep Tayyip Erdogan praten vrijdag 9 september in Wenen."
    assert {event.status for event in _analysed(text).events if event.type == "CONSULT"} == {Status.PLANNED}


def test_events_of_two_places_do_not_share_a_day() -> None:
    text = (
        "Zaterdag viel het leger een konvooi bij Homs aan. Bij een aanval op een markt in Idlib vielen doden."
    )
    assert _when_and_where(text, "ASSAULT", 1) == ("", "Idlib")


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
    assert _event(text, kind).status is status


def test_events_take_a_state_that_speaks_for_its_own_het() -> None:
    event = _event("Damascus zegt dat het de rebellen niet heeft aangevallen.", "ASSAULT")
    assert (event.entities("actor"), event.status) == (("country:SY",), Status.DENIED)


def test_events_take_nobody_who_was_away_for_a_party() -> None:
    text = (
        "Angela Merkel sprak met Recep Tayyip Erdogan. De Franse delegatie was niet bij het overleg aanwezig."
    )
    (_, talks) = [event for event in _analysed(text).events if event.type == "CONSULT"]
    assert set(talks.entities("actor")) == {"person:angela-merkel", "person:recep-tayyip-erdogan"}


def test_events_put_who_speaks_for_his_land_beside_the_state_and_offer_to_the_other_side() -> None:
    text = (
        "John Kerry en Sergej Lavrov overlegden vrijdag in Wenen. De Russische president Vladimir Poetin "
        "zegt dat zijn land bereid is de gesprekken te hervatten."
    )
    event = _event(text, "AGREE")
    assert event.status is Status.OFFERED
    assert set(event.entities("actor")) == {"country:RU", "person:vladimir-putin"}
    analysis = _analysed(text.replace("Wenen", "Wenen, zei de Amerikaanse regering"))
    (offer,) = [event for event in analysis.events if event.type == "AGREE"]
    assert offer.entities("recipient") == ("country:US",)


def test_events_take_no_person_and_country_of_one_sentence_for_both_parties() -> None:
    text = (
        "Angela Merkel en Recep Tayyip Erdogan overlegden vrijdag. 'Het is goed voor het Syrische volk', zei Merkel. "
        "De delegaties van beide partijen zullen zich over de details buigen."
    )
    *_, talks = [event for event in _analysed(text).events if event.type == "CONSULT"]
    assert "country:SY" not in talks.entities("actor")


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Het parket vordert de aanhouding van de verdachte.", "COERCE", Status.CALLED_FOR),
        ("Israël verwerpt de beschuldigingen van de gezant.", "ACCUSE", Status.HAPPENED),
        ("Na maanden van onderhandelen hebben de partijen vrede.", "CONSULT", Status.HAPPENED),
    ],
)
def test_events_know_that_what_is_turned_down_was_said(text: str, kind: str, status: Status) -> None:
    assert _event(text, kind).status is status


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
    event = _event(text, kind)
    for role, countries in (("actor", actors), ("recipient", recipients)):
        assert set(event.entities(role)) == {f"country:{code}" for code in countries}


def test_events_take_a_number_and_what_it_counts_for_one_subject() -> None:
    analysis = _analysed("Duizenden boeren hebben maandag de snelweg naar Parijs geblokkeerd.")
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
    assert [event.type for event in _analysed(text).events].count("ASSAULT") == count


def test_events_in_a_title_that_opens_with_a_place_are_there() -> None:
    text = "Londen: drie mannen opgepakt na steekpartij\n\nDe politie heeft drie mannen opgepakt."
    assert _when_and_where(text, "COERCE")[1] == "London"


def test_events_tell_of_the_act_where_a_verb_brings_about_what_lasts() -> None:
    assert _event("De Europese Unie legt Minsk nieuwe sancties op.", "SANCTION").status is Status.HAPPENED
    assert _event("De sancties tegen Minsk duren voort.", "SANCTION").status is Status.ONGOING


def test_events_told_again_have_the_mode_of_their_event() -> None:
    text = "John Kerry en Sergej Lavrov spraken elkaar vrijdag in Wenen. Het gesprek tussen John Kerry en Sergej Lavrov duurde lang."
    (_, again) = [event for event in share_circumstances(_analysed(text)) if event.type == "CONSULT"]
    assert again.mode == "third-party"


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
    assert _event(text, kind).status is status


@pytest.mark.parametrize(
    "text",
    [
        "Ajax heeft de wedstrijd tegen PSV met 3-1 gewonnen.",
        "Onderzoekers hebben een nieuw medicijn ontdekt dat kankercellen aanvalt.",
        "De film vertelt het verhaal van een zangeres. De regisseur kreeg veel lof van critici.",
    ],
)
def test_events_find_none_in_games_films_and_laboratories(text: str) -> None:
    assert _analysed(text).events == ()
