"""Who does what stands behind a verb, and what the present says of a week that is not over."""

from __future__ import annotations

import pytest

from kroniek.model import Status
from tests.analyse.events.readings import event_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("China begon met militaire oefeningen rond Taiwan.", "MOBILIZE"),
        ("China antwoordde met sancties tegen Litouwen.", "SANCTION"),
    ],
)
def test_doing_what_a_verb_names_behind_met(text: str, kind: str) -> None:
    assert event_of(text, kind).entities("actor") == ("country:CN",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Merkel bezoekt deze week Moskou.", Status.PLANNED),
        ("Merkel bezocht deze week Moskou.", Status.HAPPENED),
        ("Merkel bezocht vorige week Moskou.", Status.HAPPENED),
    ],
)
def test_doing_in_a_week_that_is_not_over(text: str, status: Status) -> None:
    assert event_of(text, "CONSULT").status is status
