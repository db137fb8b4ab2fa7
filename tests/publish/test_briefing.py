"""The briefing: what is new, changed, contradicted and past due, against what was known before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kroniek.briefings import gather_briefing
from kroniek.chronicle import Chronicle
from kroniek.errors import NotFoundError
from kroniek.merge import merge
from kroniek.model import Analysis, Attribution, Span, SpeechKind, Stance, Status
from kroniek.publish.blocks import markdown
from kroniek.publish.briefing import Changes, compare
from kroniek.publish.briefing_blocks import briefing_blocks
from kroniek.publish.labels import load_labels
from kroniek.publish.phrases import called, event_phrase, kind_of, named
from tests.makers import meeting
from tests.publish.test_page import _items


def _changes(before: list[Analysis], fresh: list[Analysis], since: str, now: str = "") -> Changes:
    merged = merge([*before, *fresh])
    return compare(
        merge(before), events=merged.events, claims=merged.claims, processes=merged.processes,
        commitments=merged.commitments, fresh=frozenset(item.document.id for item in fresh),
        since=date.fromisoformat(since), now=date.fromisoformat(now) if now else None,
    )  # fmt: skip


PLAN = meeting(
    "Kerry en Lavrov spreken vrijdag.", trigger="spreken", day="2016-09-09", published="2016-09-07",
    status=Status.PLANNED, path="plan",
)  # fmt: skip


def test_brief_tells_a_plan_that_came_about_as_a_change() -> None:
    held = meeting("Kerry en Lavrov spraken vrijdag.", day="2016-09-09", published="2016-09-10", path="held")
    changes = _changes([PLAN], [held], "2016-09-08", "2016-09-12")
    (changed,) = changes.changed
    assert (changed.before.status, changed.after.status) == (Status.PLANNED, Status.HAPPENED)
    assert (changes.new, changes.plans) == ((), ())


def test_brief_tells_what_no_report_knew_before_as_new() -> None:
    other = meeting(
        "Erdogan en Rohani spraken.", people=("Recep Erdogan", "Hassan Rohani"), day="2016-09-09",
        published="2016-09-10", path="other",
    )  # fmt: skip
    changes = _changes([PLAN], [other], "2016-09-08")
    assert [event.actors for event in changes.new] == [("Q-Hassan Rohani", "Q-Recep Erdogan")]
    assert not changes.changed


def test_brief_counts_what_is_told_again_without_a_change() -> None:
    again = meeting(
        "Vrijdag spreken Kerry en Lavrov, zo is herhaald.", trigger="spreken", day="2016-09-09",
        published="2016-09-08", status=Status.PLANNED, path="again",
    )  # fmt: skip
    changes = _changes([PLAN], [again], "2016-09-08")
    assert (changes.retold, changes.new, changes.changed) == (1, (), ())


@pytest.mark.parametrize(
    ("since", "now", "plans", "older"),
    [
        ("2016-09-08", "2016-09-12", 1, 0),
        ("2016-09-10", "2016-09-12", 0, 1),
        ("2016-09-08", "2016-09-09", 0, 0),
    ],
)
def test_brief_names_plans_whose_day_passed_without_a_report(
    since: str, now: str, plans: int, older: int
) -> None:
    changes = _changes([PLAN], [], since, now)
    assert (len(changes.plans), changes.older) == (plans, older)


def test_brief_names_what_a_fresh_report_denies() -> None:
    told = meeting("Kerry en Lavrov spraken.", published="2016-09-09", path="told")
    denial = meeting("Toner ontkent dat Kerry en Lavrov spraken.", published="2016-09-10", path="denial")
    words = Span(13, 41)
    statement = Attribution(
        Span(0, 5), (Span(6, 13),), (words,), SpeechKind.INDIRECT, Stance.DENIES, sources=("Q-John Kerry",)
    )
    events = tuple(replace(event, attribution=statement.id, status=Status.DENIED) for event in denial.events)
    denial = replace(denial, attributions=(statement,), events=events)
    changes = _changes([told], [denial], "2016-09-10")
    (claim,) = changes.contradicted
    assert claim.acts[-1].stance == "denies"
    assert _changes([denial], [told], "2016-09-10").contradicted == ()


@pytest.fixture(scope="module")
def chronicle(examples: Path) -> Iterator[Chronicle]:
    with Chronicle.open(examples) as found:
        yield found


def _written(chronicle: Chronicle, since: str, **options: Any) -> str:
    briefing = gather_briefing(chronicle, date.fromisoformat(since), **options)
    return markdown(briefing_blocks(briefing, load_labels(options.get("interface", "nl"))))


def test_brief_of_the_examples_quotes_fresh_reports_only(chronicle: Chronicle) -> None:
    briefing = gather_briefing(chronicle, date(2016, 9, 8), known_on=date(2016, 9, 20))
    assert [row.published[:10] for row in briefing.sources] == [
        "2016-09-08", "2016-09-10", "2016-09-20", "2016-09-20"
    ]  # fmt: skip
    assert briefing.independent == 2
    written = _written(chronicle, "2016-09-08", known_on=date(2016, 9, 20))
    assert "verschenen 4 nieuwe berichten (2 onafhankelijke bronnen)" in written
    assert "2016-10-16" not in written and "01-persbureau" not in written
    assert "## Tegengesproken" in written and "## Over tijd" in written


def test_brief_parts_what_happened_earlier_from_what_is_news(chronicle: Chronicle) -> None:
    written = _written(chronicle, "2016-09-20", known_on=date(2016, 9, 20))
    news, _, late = written.partition("### Eerder gebeurd, nu pas gemeld")
    assert "12 september 2016:" in late and "12 september 2016:" not in news


def test_brief_by_the_day_of_entry_takes_what_came_in(chronicle: Chronicle) -> None:
    everything = gather_briefing(chronicle, date(2020, 1, 1), clock="entered")
    nothing = gather_briefing(chronicle, date(2020, 1, 1))
    assert (len(everything.sources), len(nothing.sources)) == (12, 0)
    assert "verschenen geen nieuwe berichten" in _written(chronicle, "2020-01-01")


def test_brief_on_a_subject_holds_that_subject_only(chronicle: Chronicle) -> None:
    written = _written(chronicle, "2017-01-01", about="Tillerson", interface="en")
    assert written.startswith("# Tillerson: briefing since 1 January 2017")
    assert "Sotsji" not in written
    with pytest.raises(NotFoundError, match=r"near: .*Tillerson"):
        gather_briefing(chronicle, date(2017, 1, 1), about="Tilerson")


def test_phrases_read_as_running_text() -> None:
    labels = load_labels("nl")
    (item,) = _items(meeting("Kerry en Lavrov spraken.", place="Genève"))
    assert event_phrase(item, labels) == "overleg tussen John Kerry en Sergey Lavrov in Genève"
    visit = replace(item, mode="visit", actors=("Rex Tillerson",), recipients=("Verenigde Staten",), place="")
    assert event_phrase(visit, labels) == "een bezoek van Rex Tillerson aan de Verenigde Staten"
    assert kind_of("ASSAULT", "aerial", labels) == "Luchtaanval"
    assert kind_of("COERCE", "police", labels) == "Dwang (politie)"
    assert called("leger (Syrië)", labels) == "het leger (Syrië)"
    assert named(["a", "b", "c", "d", "e", "f", "g"], labels) == "a, b, c, d, e en 2 anderen"
