"""Threats: who says what harm he will do, or what others will suffer."""

from __future__ import annotations

import pytest

from kroniek.model import Status
from tests.analyse.events.readings import analysed, event_of


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Iran heeft gewaarschuwd dat het elke aanval zal beantwoorden.", "country:IR", ()),
        ("Teheran waarschuwt dat het op elke aanval zal antwoorden.", "country:IR", ()),
        ("Rusland waarschuwde voor ernstige gevolgen als Finland toetreedt.", "country:RU", ()),
        ("Het Kremlin waarschuwde dat Rusland tegenmaatregelen zal nemen.", "country:RU", ()),
        ("Israël waarschuwt dat het Iran hard zal treffen.", "country:IL", ("country:IR",)),
        ("Als Turkije aanvalt, volgt er vergelding, aldus Iran.", "country:IR", ()),
        ("De aanval zal niet onbestraft blijven, zei Vladimir Poetin.", "person:vladimir-putin", ()),
        ("Israël zal een hoge prijs betalen, waarschuwde Iran.", "country:IR", ("country:IL",)),
        ("Hezbollah zegt dat het zal reageren op de aanval.", "org:Hezbollah", ()),
    ],
)
def test_events_read_a_threat_with_its_actor(text: str, actor: str, recipient: tuple[str, ...]) -> None:
    event = event_of(text, "THREATEN")
    assert (event.status, event.entities("actor"), event.entities("recipient")) == (
        Status.HAPPENED, (actor,), recipient,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "De EU waarschuwt dat de economie zal krimpen.",
        "De VN waarschuwt voor een hongersnood in Jemen.",
        "De minister waarschuwde dat het aantal besmettingen zal stijgen.",
        "De premier zal de vragen van het parlement beantwoorden.",
    ],
)
def test_events_see_no_threat_in_what_nobody_means_to_do(text: str) -> None:
    assert [event for event in analysed(text).events if event.type == "THREATEN"] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran zal elke aanval beantwoorden.", Status.POSSIBLE),
        ("Iran zal bij een aanval terugslaan.", Status.POSSIBLE),
        ("Iran zal de aanval vergelden.", Status.HAPPENED),
        ("De aanval zal niet onbestraft blijven.", Status.HAPPENED),
    ],
)
def test_events_tell_an_attack_that_may_come_from_one_that_was(text: str, status: Status) -> None:
    assert event_of(text, "ASSAULT").status is status
