"""Sentences read by the whole flow, for the tests of events."""

from __future__ import annotations

from datetime import date

from kroniek.model import Analysis, Document, EventMention, HowKnown, Origin, Published
from kroniek.pipeline import analyse, load_resources


def analysed(text: str) -> Analysis:
    document = Document(text, Origin("a.txt"), given=Published("2016-09-05", HowKnown.GIVEN))
    (found,) = analyse([document], load_resources(today=date(2026, 1, 1)))
    return found


def event_of(text: str, kind: str) -> EventMention:
    return next(event for event in analysed(text).events if event.type == kind)
