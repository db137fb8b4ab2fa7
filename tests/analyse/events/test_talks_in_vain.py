"""Talks that came to nothing were held; talks that were kept off were not."""

from __future__ import annotations

import pytest

from kroniek.model import Status
from tests.analyse.events.readings import event_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("De onderhandelingen tussen Iran en Turkije zijn mislukt.", Status.HAPPENED),
        ("De gesprekken tussen Iran en Turkije zijn op niets uitgelopen.", Status.HAPPENED),
        ("Het overleg tussen Iran en Turkije is zonder resultaat geëindigd.", Status.HAPPENED),
        ("Het gesprek tussen Macron en Poetin bracht geen doorbraak.", Status.HAPPENED),
        ("Na het mislukte overleg met Iran vertrok de minister.", Status.HAPPENED),
        ("De onderhandelaars van Iran en Turkije gingen zonder akkoord uiteen.", Status.HAPPENED),
        ("Het overleg tussen Iran en Turkije bleef uit.", Status.NOT_HAPPENED),
        ("De onderhandelingen tussen Iran en Turkije dreigen te mislukken.", Status.POSSIBLE),
        ("Er kwam geen overleg tussen Iran en Turkije.", Status.NOT_HAPPENED),
    ],
)
def test_events_tell_talks_in_vain_from_talks_not_held(text: str, status: Status) -> None:
    assert event_of(text, "CONSULT").status is status


def test_events_still_read_a_failed_attack_as_none() -> None:
    assert event_of("De aanval van Rusland op Kiev mislukte.", "ASSAULT").status is Status.NOT_HAPPENED


def test_events_take_both_owners_of_a_group() -> None:
    event = event_of("De onderhandelaars van Israël en Hamas gingen zonder akkoord uiteen.", "CONSULT")
    assert set(event.entities("actor")) == {"country:IL", "org:Hamas"}
