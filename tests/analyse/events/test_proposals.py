"""Proposals to another party are offers; what somebody only presents is none."""

from __future__ import annotations

import pytest

from tests.analyse.events.readings import analysed, event_of


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Poetin stelde Erdogan voor om in Wenen te praten.", ("person:recep-tayyip-erdogan",)),
        ("Frankrijk heeft Turkije een plan voorgelegd.", ("country:TR",)),
        ("Turkije stelde een bestand voor.", ()),
    ],
)
def test_events_read_a_proposal_with_whom_it_is_put_to(text: str, recipients: tuple[str, ...]) -> None:
    event = event_of(text, "AGREE")
    assert (event.status, event.entities("recipient")) == ("offered", recipients)


@pytest.mark.parametrize(
    "text",
    [
        "De minister stelde zijn begroting voor.",
        "De commissie stelde een nieuwe naam voor.",
        "De burgemeester stelde het nieuwe stadhuis voor.",
    ],
)
def test_events_see_no_offer_in_what_is_presented(text: str) -> None:
    assert analysed(text).events == ()
