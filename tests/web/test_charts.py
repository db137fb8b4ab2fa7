"""Drawings: bars, dots and lines stand where the numbers say."""

from __future__ import annotations

from kroniek.store.browse import MonthCount
from kroniek.web.charts import MOST_BARS, STRIP_HEIGHT, density_strip, draw_network, phase_bar


def test_charts_strip_has_a_bar_for_every_month_between() -> None:
    strip = density_strip([MonthCount("2016-11", "happened", 4), MonthCount("2017-02", "denied", 2)])
    assert [bar.since for bar in strip.bars] == ["2016-11", "2016-12", "2017-01", "2017-02"]
    assert [bar.events for bar in strip.bars] == [4, 0, 0, 2]
    assert strip.bars[0].pieces[0].height == STRIP_HEIGHT
    assert strip.groups == ("happened", "denied")


def test_charts_strip_never_counts_what_is_denied_as_happened() -> None:
    counts = [MonthCount("2016-11", status, 1) for status in ("happened", "denied", "alleged", "planned")]
    (bar,) = density_strip(counts).bars
    assert [bar.of(group) for group in ("happened", "planned", "alleged", "denied")] == [1, 1, 1, 1]


def test_charts_strip_takes_longer_stretches_for_long_times_and_loses_no_event() -> None:
    counts = [
        MonthCount(f"{year}-{month:02}", "happened", 1) for year in range(1900, 2026) for month in (1, 7)
    ]
    strip = density_strip(counts)
    assert len(strip.bars) <= MOST_BARS
    assert sum(bar.events for bar in strip.bars) == len(counts)
    assert (strip.bars[0].since, strip.bars[-1].until >= "2025-07") == ("1900-01", True)
    assert density_strip([]).bars == ()


def test_charts_phases_lie_in_order_of_time_and_never_on_each_other() -> None:
    bar = phase_bar(
        [("2016-09-08", True), ("2016-09", False), ("", True), ("2016-09-09", True), ("2017-01-01", True)]
    )
    assert [dot.number for dot in bar.dots] == [2, 1, 4, 5]
    assert [dot.reached for dot in bar.dots] == [False, True, True, True]
    places = [(dot.x, dot.y) for dot in bar.dots]
    assert all(
        abs(one[0] - other[0]) > 24 or abs(one[1] - other[1]) > 24
        for number, one in enumerate(places)
        for other in places[:number]
    )


def test_charts_network_is_the_same_each_time_and_inside_its_frame() -> None:
    pairs = (("a", "b", 9, 2.5), ("b", "c", 1, -6.0), ("d", "e", 2, 0.0))
    drawing = draw_network(pairs)
    assert drawing == draw_network(pairs)
    assert {node.id for node in drawing.nodes} == set("abcde")
    assert all(0 < node.x < drawing.width and 0 < node.y < drawing.height for node in drawing.nodes)
    assert [edge.tone for edge in drawing.edges] == ["friendly", "hostile", "mixed"]
    assert draw_network(()).nodes == ()
