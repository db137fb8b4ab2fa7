"""Reported speech in whole sentences, read by the whole flow."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.model import Attribution, Document, Origin, Stance
from kroniek.pipeline import analyse, load_resources


def _read(text: str) -> tuple[str, tuple[Attribution, ...]]:
    (analysis,) = analyse([Document(text, Origin("a.txt"))], load_resources(today=date(2026, 1, 1)))
    return analysis.text, analysis.attributions


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # any verb in the place of one that reports speech
        ("‘Hij heeft twee gezichten’, beet Trump terug.", "Trump", ["‘Hij heeft twee gezichten’"]),
        ('"Dat nooit", bulderde Wilders.', "Wilders", ['"Dat nooit"']),
        # a sentence goes on after an inserted cue
        (
            "De Verenigde Staten, zei hij, hebben geen keus.",
            "hij",
            ["De Verenigde Staten", "hebben geen keus"],
        ),
        ("Het akkoord, waarschuwde Merkel, is broos.", "Merkel", ["Het akkoord", "is broos"]),
        # a particle before an infinitive is the verb's own
        ("De regering riep haar burgers op kalm te blijven.", "De regering", ["kalm te blijven"]),
        ("Het hof droeg Venezuela op niets te ondernemen.", "Het hof", ["niets te ondernemen"]),
        (
            "Vrienden drongen er bij haar op aan hetzelfde te doen.",
            "Vrienden",
            ["hetzelfde te doen"],
        ),
        # speech after what is told of who speaks
        (
            'Sofie Claes uit Aalst is een van hen: "Vannacht ging de stroom uit."',
            "Sofie Claes uit Aalst",
            ['"Vannacht ging de stroom uit."'],
        ),
        # where another voice begins
        (
            "Volgens de politie hadden betogers het vuur geopend, terwijl ooggetuigen volhouden dat agenten begonnen.",
            "de politie",
            ["hadden betogers het vuur geopend"],
        ),
        # what was told before
        (
            "De blokkade is voorbij. Dat bevestigt vredesmacht KFOR, die met bulldozers kwam helpen.",
            "vredesmacht KFOR",
            ["De blokkade is voorbij"],
        ),
        # how one calls a thing, not what one speaks about
        ("Hij had het over een verdwaalde kogel.", "Hij", ["een verdwaalde kogel"]),
    ],
)
def test_read_texts_give_source_and_content(text: str, source: str, content: list[str]) -> None:
    whole, (statement, *_) = _read(text)
    assert statement.source is not None
    assert statement.source.of(whole) == source
    assert [part.of(whole) for part in statement.content] == content


@pytest.mark.parametrize(
    "text",
    [
        'De film "Titanic" won elf Oscars.',
        'Op de vraag "Komt u?" knikte de premier.',
        "Rusland wil praten op voorwaarde dat de sancties verdwijnen.",
        "De ronde begint in mei, al verwacht niemand dat er een akkoord komt.",
        "Stel dat China Taiwan aanvalt, dan komen de Amerikanen.",
        "De mannen hadden het over de auto.",
        'Obama had een leuze: "Yes we can"',
    ],
)
def test_read_texts_without_a_statement(text: str) -> None:
    assert _read(text)[1] == ()


def test_read_texts_what_is_not_ruled_out_may_be() -> None:
    (statement,) = _read("Servië sluit niet uit dat het troepen stuurt.")[1]
    assert statement.stance is Stance.ASSERTS
