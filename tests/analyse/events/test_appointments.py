"""Appointments: when a meeting is said to be, and when it was only spoken of."""

from __future__ import annotations

from datetime import date

from kroniek.model import Document, EventMention, HowKnown, Origin, Published
from kroniek.pipeline import analyse, load_resources


def _talks(text: str) -> list[EventMention]:
    document = Document(text, Origin("a.txt"), given=Published("2016-09-05", HowKnown.GIVEN))
    (found,) = analyse([document], load_resources(today=date(2026, 1, 1)))
    return [event for event in found.events if event.type == "CONSULT"]


def test_appointments_do_not_take_the_time_of_denying_or_confirming_them() -> None:
    _, visit = _talks("Teheran zal met Riyad praten. Zaterdag wilde Teheran het bezoek niet bevestigen.")
    assert visit.time == ""
    _, dated = _talks("Teheran zal met Riyad praten. Teheran bevestigde het bezoek van vrijdag.")
    assert dated.time == "2016-09-02"
