"""Who speaks in little reports, read by the whole flow: names, pronouns, descriptions, bodies."""

from __future__ import annotations

import pytest

from kroniek.model import Document, HowKnown, Origin, Published
from kroniek.pipeline import analyse
from tests.analyse.test_coreference import parser_resources


def speakers(text: str) -> list[str]:
    """Return for each statement who speaks, "" when nobody known does."""
    given = Published("2024-05-14", HowKnown.GIVEN)
    document = Document(text, Origin("x.txt"), name="x", given=given)
    (analysis,) = analyse([document], parser_resources())
    names = {entity.id: entity.name for entity in analysis.entities}
    return [next((names[key] for key in item.sources), "") for item in analysis.attributions]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Max Verstappen won de race voor Lewis Hamilton. De Brit gaf toe dat zijn auto te traag was.",
            ["Lewis Hamilton"],
            id="a people's name is the one of that people",
        ),
        pytest.param(
            "In Brussel is betoogd. Een Rus zei dat hij bang was voor de politie.",
            [""],
            id="somebody of a people is not its state",
        ),
        pytest.param(
            "De Russen zeggen dat het bestand is geschonden.", ["Russia"], id="a people is its state"
        ),
    ],
)
def test_speakers_of_a_report(text: str, wanted: list[str]) -> None:
    assert speakers(text) == wanted
