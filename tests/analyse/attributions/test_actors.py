"""Who speaks: bodies behind spokespeople, documents and groups of people."""

from __future__ import annotations

import pytest

from kroniek.analyse.attributions.step import attributions
from kroniek.model import Document, HowKnown, Origin, Published
from kroniek.pipeline import analyse
from tests.analyse.test_coreference import parser_resources, referred

NAMES = {"Aldi": "ORG", "Unizo": "ORG", "Gent": "GPE", "Universiteit Hasselt": "ORG"}


def speakers(text: str) -> list[list[str]]:
    """Return the names of who speaks in each statement."""
    analysis = referred(text, {name: kind for name, kind in NAMES.items() if name in text})
    names = {entity.id: entity.name for entity in analysis.entities}
    found = attributions(analysis, parser_resources())["attributions"]
    return [[names[key] for key in item.sources] for item in found]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Aldi sluit drie winkels. Een woordvoerder zei dat niemand ontslagen wordt.", [["Aldi"]]),
        ("Onderzoekers van Unizo zeggen dat de prijzen stijgen.", [["Unizo"]]),
        ("Een lid van Unizo zegt dat de prijzen stijgen.", [[]]),
        (
            "Volgens een rapport van Unizo stijgen de prijzen. Het rapport stelt dat de lonen volgen.",
            [["Unizo"], ["Unizo"]],
        ),
        (
            "De politie van Gent zegt dat de dader vluchtte. De politie zoekt hem, zei de politie.",
            [["Ghent Police"]] * 2,
        ),
    ],
)
def test_actors_speak_for_bodies(text: str, wanted: list[list[str]]) -> None:
    assert speakers(text) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mali en Burkina Faso waarschuwden dat ze een ingreep niet dulden.", [["Mali", "Burkina Faso"]]),
        ("Kerry en Lavrov ontkennen dat er een akkoord is.", [["John Kerry", "Sergey Lavrov"]]),
        ("Een woordvoerder van hulporganisatie Artsen zonder Grenzen wilde dat niet bevestigen.",
         [["Médecins Sans Frontières"]]),
        ("Kerry sprak met Poetin, maar liet Lavrov weten dat er geen akkoord is.", [["John Kerry"]]),
        ("Gisteren vertrok Kerry en zei Lavrov dat het overleg voorbij is.", [["Sergey Lavrov"]]),
    ],
)  # fmt: skip
def test_actors_of_joint_statements_and_of_one_who_does_not_want_to_say(
    text: str, wanted: list[list[str]]
) -> None:
    (analysis,) = analyse(
        [Document(text, Origin("a.txt"), given=Published("2016-09-09", HowKnown.GIVEN))], parser_resources()
    )
    names = {entity.id: entity.name for entity in analysis.entities}
    assert [[names[key] for key in item.sources] for item in analysis.attributions] == wanted
