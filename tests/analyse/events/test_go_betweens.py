"""Who mediates between the parties is none of them."""

from __future__ import annotations

import pytest

from tests.analyse.events.readings import analysed, event_of


@pytest.mark.parametrize(
    "text",
    [
        "Rusland en Turkije bereikten onder bemiddeling van Frankrijk een akkoord.",
        "Rusland en Turkije sloten een door Frankrijk bemiddeld akkoord.",
        "Rusland en Turkije sloten een akkoord, met Frankrijk als bemiddelaar.",
        "Rusland en Turkije sloten een akkoord met Frankrijk en Griekenland als belangrijkste bemiddelaars.",
        "Met Frankrijk als gastheer sloten Rusland en Turkije een akkoord.",
        "Frankrijk bracht een akkoord tussen Rusland en Turkije tot stand.",
        "Frankrijk bemiddelde tussen Rusland en Turkije. Het akkoord kwam er na een week.",
    ],
)
def test_events_keep_a_go_between_out_of_the_deal(text: str) -> None:
    event = event_of(text, "AGREE")
    assert (set(event.entities("actor")), event.entities("recipient")) == ({"country:RU", "country:TR"}, ())


def test_events_read_mediation_as_an_act_of_the_go_between() -> None:
    text = "Dankzij bemiddeling door Frankrijk hebben Rusland en Turkije een akkoord gesloten."
    event = event_of(text, "CONSULT")
    assert (event.mode, event.entities("actor")) == ("third-party", ("country:FR",))


def test_events_keep_those_who_talk_with_each_other() -> None:
    (event,) = analysed("Rusland sloot een akkoord met Turkije en Frankrijk.").events
    assert set(event.entities("actor")) == {"country:RU", "country:TR", "country:FR"}
