"""The shared reports, where they are at hand: meetings stay apart and keep their tellings and phases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kroniek.merge import merge
from kroniek.model import Document, Event, Merged, Process, Status
from kroniek.pipeline import analyse, load_resources
from kroniek.read import ReadOptions, read_inputs

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
KERRY, LAVROV, TILLERSON, PUTIN = (
    f"person:{name}" for name in ("john-kerry", "sergey-lavrov", "rex-tillerson", "vladimir-putin")
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REPORTS.exists(), reason="the shared reports are not at hand"),
]


@pytest.fixture(scope="module")
def merged() -> Merged:
    resources = load_resources(today=date(2026, 11, 22))
    found = read_inputs([str(REPORTS)], ReadOptions(), stdin=None)  # type: ignore[arg-type]
    documents = [item for item in found if isinstance(item, Document)]
    return merge(list(analyse(documents, resources)))


def talks(merged: Merged, *people: str) -> list[Event]:
    return [event for event in merged.events if event.type == "CONSULT" and set(people) <= {*event.actors, *event.recipients}]  # fmt: skip


def test_reports_talks_on_three_days_stay_apart(merged: Merged) -> None:
    # `De twee spraken vrijdagochtend`: the day must be right also where the two were not found.
    found = [event for event in talks(merged) if not event.actors or event in talks(merged, KERRY, LAVROV)]
    days = {event.interval.earliest.isoformat(): event for event in found if event.interval}
    assert {"2016-08-26", "2016-09-08", "2016-09-09"} <= set(days)
    assert days["2016-08-26"].status is Status.HAPPENED
    assert (days["2016-09-08"].status, days["2016-09-08"].mode) == (Status.HAPPENED, "phone")
    assert days["2016-09-09"].status is Status.PLANNED


def test_reports_geneva_talks_begin_with_the_announcement_of_two_days_before(merged: Merged) -> None:
    (event,) = [event for event in talks(merged, KERRY, LAVROV) if event.time.startswith("2016-09-09")]
    assert event.history[0][:2] == ("2016-09-07", Status.PLANNED)
    assert len(event.tellings) >= 4


def test_reports_a_meeting_that_was_called_off_and_held_after_all_is_one(merged: Merged) -> None:
    (event,) = talks(merged, TILLERSON, PUTIN)
    assert [status for _, status, _ in event.history][-2:] == [Status.CANCELLED, Status.HAPPENED]
    assert event.status is Status.HAPPENED
    assert event not in talks(merged, TILLERSON, LAVROV)


def processes(merged: Merged, kind: str, since: str) -> list[Process]:
    return [item for item in merged.processes if item.kind == kind and since in item.name]


def test_reports_truce_of_february_and_accord_of_september_have_their_phases(merged: Merged) -> None:
    (truce,) = processes(merged, "ceasefire", "2016-02")
    assert [phase.name for phase in truce.phases] == ["declared", "collapsed", "revived"]
    (accord,) = processes(merged, "ceasefire", "2016-08")
    assert {"no_result", "proposed"} <= {phase.name for phase in accord.phases}
    (talks_,) = processes(merged, "negotiation", "RU-US 2016")
    assert {"talks_held", "talks_scheduled", "no_result"} <= {phase.name for phase in talks_.phases}
    assert talks_.parties == ("country:RU", "country:US")


def test_reports_accords_that_fell_are_offered_again(merged: Merged) -> None:
    (accords,) = processes(merged, "agreement", "2017-04")
    assert [phase.name for phase in accords.phases] == ["collapsed", "revived"]
