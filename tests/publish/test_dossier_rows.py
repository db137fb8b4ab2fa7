"""Rows of a dossier: sources that vouch for an event, its course, phases that lay ahead, what is past due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kroniek.merge import merge
from kroniek.model import (
    Commitment,
    Event,
    EventStep,
    Evidence,
    HowKnown,
    Phase,
    Process,
    Published,
    Span,
    StepKind,
)
from kroniek.ontology import load_ontology
from kroniek.publish.dossier_rows import Desk, course_rows, is_overdue, process_rows, vouched
from kroniek.publish.timeline import Group, Report, TimelineItem
from tests.makers import meeting
from tests.publish.test_page import _items

ANALYSIS = meeting("Kerry en Lavrov spraken.", published="2016-09-08T21:00")
REPORT = Report(ANALYSIS.document, Published("2016-09-08T21:00", HowKnown.STATED))
WORDS = Evidence(ANALYSIS.document.id, Span(0, 5), Span(0, 24))
DESK = Desk(
    {"a": "Ministerie", "b": "Woordvoerder"}, {}, lambda _: REPORT, lambda _: "krant", load_ontology()
)


def _event(*steps: EventStep) -> tuple[TimelineItem, Event]:
    (item,), (event,) = _items(ANALYSIS), merge([ANALYSIS]).events
    return replace(item, according_to=("Ministerie", "Woordvoerder")), replace(event, steps=steps)


def _step(kind: StepKind, *source: str, time: str = "2016-09-08") -> EventStep:
    return EventStep(time, kind, source, WORDS, "r")


def test_who_does_not_confirm_is_no_source_of_what_happened() -> None:
    item, event = _event(_step(StepKind.HAPPENED, "a"), _step(StepKind.NOT_CONFIRMED, "b"))
    assert vouched(item, event, DESK).according_to == ("Ministerie",)
    denied = replace(item, group=Group.DENIED)
    assert vouched(denied, event, DESK).according_to == ("Ministerie", "Woordvoerder")


def test_course_tells_each_step_once_and_nothing_where_nothing_changed() -> None:
    steps = (
        _step(StepKind.ANNOUNCED, "a", time="2016-09-07"),
        _step(StepKind.HAPPENED),
        _step(StepKind.HAPPENED),
    )
    assert [(row.kind, row.sources) for row in course_rows(_event(*steps)[1], DESK)] == [
        ("announced", ("Ministerie",)), ("happened", ())
    ]  # fmt: skip
    assert course_rows(_event(*steps[1:])[1], DESK) == ()


@pytest.mark.parametrize(
    ("time", "ahead", "reported"),
    [
        ("2016-09-12", True, False),
        ("2016-09-08", False, False),
        ("2016-09-08T21:00", False, True),
        ("", False, False),
    ],
)
def test_phase_that_lay_ahead_was_not_reached(time: str, ahead: bool, reported: bool) -> None:
    process = Process("p", "ceasefire", "", (), "", (Phase("in_force", time, WORDS, "r"),), state="in_force")
    (row,) = process_rows([process], DESK)
    (phase,) = row.phases
    assert (phase.ahead, phase.reported, phase.reached) == (ahead, reported, not ahead)
    assert row.state == ("" if ahead else "in_force")


@pytest.mark.parametrize(
    ("due", "outcome", "today", "overdue"),
    [
        ("2016-09", "open", date(2016, 9, 30), False), ("2016-09", "open", date(2016, 10, 1), True),
        ("2016-09", "kept", date(2016, 10, 1), False), ("", "open", date(2016, 10, 1), False),
        ("2016-09", "expired", None, True), ("2016-09", "open", None, False),
    ],
)  # fmt: skip
def test_commitment_is_past_due_only_after_its_last_possible_day(
    due: str, outcome: str, today: date | None, overdue: bool
) -> None:
    assert is_overdue(Commitment("c", (), (), WORDS, due, outcome), today) is overdue
