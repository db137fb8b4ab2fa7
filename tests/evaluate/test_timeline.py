"""The score of the ranking of dates: reference from gold, first k dates from the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from kroniek.cli import measure
from kroniek.evaluate.gold import GoldDocument, GoldTime
from kroniek.evaluate.timeline import date_counts, reference_dates
from kroniek.model import Span

GOLD = Path(__file__).parents[2] / "gold"


def _gold(published: str, *values: str) -> GoldDocument:
    times = tuple(GoldTime(Span(0, 1), "DATE", value) for value in values)
    return GoldDocument("a", "nl", published, "", "x", (), times, (), ())


def test_reference_holds_what_lies_two_days_back_and_is_known_to_the_day() -> None:
    gold = _gold("2016-09-10T08:00", "2016-09-09", "2016-09-08", "2016-02", "2016", "2016-09-12", "2016-W35")
    assert reference_dates([gold]) == {"2016-09-08"}
    assert reference_dates([_gold("2017-01", "2016-12-30", "2016-12-31")]) == {"2016-12-30"}


def test_counts_look_at_as_many_dates_as_the_reference_has() -> None:
    counts = date_counts(["a", "b", "c", "d"], frozenset({"a", "d"}))
    assert (counts.hits, counts.found, counts.wanted) == (1, 2, 2)


@pytest.mark.slow
def test_dates_that_later_example_reports_look_back_to_come_first() -> None:
    story = measure.load_split(GOLD / "examples", GOLD / "texts")
    scores = {metric.name: metric.value() for metric in measure.score_dates(story)}
    assert scores["dates"] >= 90
