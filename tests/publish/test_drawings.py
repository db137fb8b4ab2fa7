"""Charts of a dossier: marks stand at their days, on the page, and no picture is made of nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kroniek.publish.dossier import PlaceRow, RelationRow
from kroniek.publish.drawings import LEFT, RIGHT, WIDE, axis, relation_panels
from kroniek.publish.maps import MAP_HEIGHT, MAP_WIDTH, region_map

PLACES = st.builds(
    PlaceRow, st.text(max_size=3), st.floats(-89, 89), st.floats(-180, 180), st.booleans(), st.just(("e",))
)


@given(st.lists(st.dates(), min_size=1, max_size=6))
def test_axis_holds_its_days_in_order_and_has_few_ticks(days: list[date]) -> None:
    scale = axis(days)
    assert scale is not None
    places = [scale.x(day) for day in sorted(days)]
    assert places == sorted(places) and places[0] >= LEFT and places[-1] <= WIDE - RIGHT
    assert 1 <= len(scale.ticks) <= 9


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (date(2016, 8, 26), date(2016, 9, 10), ["2016-08", "2016-09"]),
        (date(1918, 9, 29), date(1920, 1, 5), ["1918-09", "1918-12", "1919-03", "1919-06", "1919-09", "1919-12"]),
        (date(1918, 9, 29), date(1925, 1, 5), ["1918", "1919", "1920", "1921", "1922", "1923", "1924", "1925"]),
    ],
)  # fmt: skip
def test_axis_ticks_are_months_or_years(first: date, last: date, ticks: list[str]) -> None:
    scale = axis([first, last])
    assert scale is not None and [name for _, name in scale.ticks] == ticks


def test_charts_of_nothing_are_none() -> None:
    assert axis([]) is None
    assert region_map([]) is None
    assert relation_panels([]) == (None, ())


@given(st.lists(PLACES, min_size=1, max_size=8))
def test_map_shows_every_place_once_and_inside(places: list[PlaceRow]) -> None:
    drawn = region_map(places)
    assert drawn is not None
    numbers = [number for spot in drawn.spots for number in spot.numbers]
    assert sorted(numbers) == list(range(1, len(places) + 1))
    assert 0 < drawn.height <= MAP_HEIGHT * 1.2
    assert all(-1 <= spot.x <= MAP_WIDTH + 1 for spot in drawn.spots)
    assert re.fullmatch(r"(?:[ML]-?[\d.e+]+ -?[\d.e+]+)*", drawn.coasts)


def test_map_draws_coasts_and_borders_around_a_town() -> None:
    drawn = region_map([PlaceRow("Aleppo", 36.2, 37.16, True, ("e",))])
    assert drawn is not None and drawn.coasts.startswith("M") and drawn.borders.startswith("M")
    assert len(drawn.spots) == 1 and abs(drawn.spots[0].x - MAP_WIDTH / 2) < 1


def test_relations_stand_up_for_cooperation_and_down_for_conflict() -> None:
    rows = [RelationRow("a", "b", "2016-09", ("e",), 5.0), RelationRow("a", "b", "2016-10", ("f",), -5.0)]
    _, (panel,) = relation_panels(rows)
    (up, down) = panel.bars
    assert (up[4], down[4]) == (False, True)
    assert up[1] + up[3] == down[1]
