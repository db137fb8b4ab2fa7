"""Who speaks: bodies behind spokespeople, documents and groups of people."""

from __future__ import annotations

import pytest

from kroniek.analyse.attributions.step import attributions
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
