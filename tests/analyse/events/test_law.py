"""Acts of police and courts: the body is the actor, the person the recipient, whatever the sentence's form."""

from __future__ import annotations

import pytest

from tests.analyse.events.readings import analysed, event_of

PUTIN, MORALES = "person:vladimir-putin", "person:evo-morales"


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("De Turkse politie pakte Vladimir Poetin op.", "COERCE", ("country:TR/COP",), (PUTIN,)),
        ("Vladimir Poetin werd door de Turkse politie opgepakt.", "COERCE", ("country:TR/COP",), (PUTIN,)),
        ("Vladimir Poetin staat terecht voor corruptie.", "ACCUSE", (), (PUTIN,)),
        ("Tegen Vladimir Poetin werd tien jaar cel geëist.", "REQUEST", (), (PUTIN,)),
        ("Vladimir Poetin is in staat van beschuldiging gesteld.", "ACCUSE", (), (PUTIN,)),
        ("Vladimir Poetin zit vast in Ankara.", "COERCE", (), (PUTIN,)),
        ("Vladimir Poetin gaat in tegen de beschuldigingen.", "ACCUSE", (), (PUTIN,)),
        ("Vladimir Poetin stuitte op kritiek.", "ACCUSE", (), (PUTIN,)),
        ("De beschuldiging is een leugen, zei Vladimir Poetin.", "ACCUSE", (), (PUTIN,)),
        (
            "De Spaanse rechter heeft een aanhoudingsbevel uitgevaardigd tegen Evo Morales.",
            "COERCE",
            ("country:ES",),
            (MORALES,),
        ),
    ],
)
def test_events_tell_who_acts_by_law_from_whom(
    text: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    event = event_of(text, kind)
    assert (event.entities("actor"), event.entities("recipient")) == (actors, recipients)


def _arrests(text: str) -> list[tuple[str, ...]]:
    return [event.entities("recipient") for event in analysed(text).events if event.type == "COERCE"]


def test_events_name_a_suspect_whom_the_report_names_once() -> None:
    text = "De politie heeft een verdachte opgepakt. Het gaat om een Rus. Vladimir Poetin werd in Ankara opgepakt."
    assert _arrests(text) == [(PUTIN,), (PUTIN,)]


@pytest.mark.parametrize(
    "text",
    [
        "De politie heeft zes betogers opgepakt. Vladimir Poetin werd in Ankara opgepakt.",
        "De politie heeft een man opgepakt. Vladimir Poetin en Evo Morales werden in Ankara opgepakt.",
    ],
)
def test_events_leave_a_suspect_unnamed_where_it_may_be_another(text: str) -> None:
    assert _arrests(text)[0] == ()


def test_events_aim_an_inquiry_into_an_accusation_at_the_accused() -> None:
    text = "De politie onderzoekt de beschuldigingen van Evo Morales tegen Vladimir Poetin."
    inquiry = next(event for event in analysed(text).events if event.mode == "investigate")
    assert inquiry.entities("recipient") == (PUTIN,)


def test_events_take_the_name_beside_a_title_for_who_is_meant() -> None:
    event = event_of("De politie arresteerde de Rus Vladimir Poetin.", "COERCE")
    assert event.entities("recipient") == (PUTIN,)
