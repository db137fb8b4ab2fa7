"""A map of the places of events, from outlines that come with the package: no tiles, no network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from math import ceil, cos, floor, hypot, radians

from kroniek.publish.dossier import PlaceRow

MAP_WIDTH, MAP_HEIGHT, NEAR = 640, 380, 16  # user units; places nearer than NEAR share a mark
LEAST_EXTENT = 8.0  # degrees: a map of one town still shows its surroundings

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """One or more places that would cover each other on the map; `numbers` are those of the table."""

    x: float
    y: float
    numbers: tuple[int, ...]
    exact: bool

    @property
    def label(self) -> str:
        """Return `3` or `3, 5` for the mark; of many places the first and an ellipsis."""
        return ", ".join(map(str, self.numbers)) if len(self.numbers) <= 4 else f"{self.numbers[0]}, …"


@dataclass(frozen=True, slots=True)
class Map:
    """A cylindrical map of the region of some places: paths of coasts and borders, a net of degrees, spots."""

    height: float
    coasts: str
    borders: str
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    spots: tuple[Spot, ...]


def region_map(places: Sequence[PlaceRow]) -> Map | None:
    """Return the map of places, equidistant at their mean latitude; None without places."""
    if not places:
        return None
    west, south, east, north = _region(places)
    stretch = cos(radians((south + north) / 2))
    scale = MAP_WIDTH / ((east - west) * stretch)
    height = round(min(MAP_HEIGHT * 1.2, (north - south) * scale), 1)

    def at(lon: float, lat: float) -> Point:
        return round((lon - west) * stretch * scale, 1), round((north - lat) * scale, 1)

    box = (west, south, east, north)
    step = next((size for size in (1, 2, 5, 10, 20, 30) if (east - west) / size <= 8), 60)
    meridians = tuple((at(lon, south)[0], _degrees(lon, "E", "W")) for lon in _grid(west, east, step))
    parallels = tuple((at(west, lat)[1], _degrees(lat, "N", "S")) for lat in _grid(south, north, step))
    spots: list[Spot] = []
    for number, place in enumerate(places, 1):
        x, y = at(place.lon, place.lat)
        near = next((spot for spot in spots if hypot(spot.x - x, spot.y - y) < NEAR), None)
        if near:
            spots[spots.index(near)] = Spot(
                near.x, near.y, (*near.numbers, number), near.exact and place.exact
            )
        else:
            spots.append(Spot(x, y, (number,), place.exact))
    coasts, borders = (_path(lines, box, at) for lines in _outlines())
    return Map(height, coasts, borders, meridians, parallels, tuple(spots))


def _region(places: Sequence[PlaceRow]) -> tuple[float, float, float, float]:
    """Return west, south, east and north with a margin, in about the proportions of the page."""
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    wide = max(max(lons) - min(lons), LEAST_EXTENT) * 1.2
    high = max(max(lats) - min(lats), LEAST_EXTENT / 2) * 1.3
    middle_lon, middle_lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    stretch = max(0.2, cos(radians(middle_lat)))
    share = MAP_HEIGHT / MAP_WIDTH
    high, wide = max(high, wide * stretch * share), max(wide, high / share / stretch)
    south, north = max(-88.0, middle_lat - high / 2), min(88.0, middle_lat + high / 2)
    return max(-180.0, middle_lon - wide / 2), south, min(180.0, middle_lon + wide / 2), north


def _grid(low: float, high: float, step: int) -> Iterator[int]:
    yield from range(ceil(low / step) * step, floor(high / step) * step + 1, step)


def _degrees(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{positive if value > 0 else negative if value < 0 else ''}"


@cache
def _outlines() -> tuple[tuple[tuple[Point, ...], ...], ...]:
    """Return coasts and borders (Natural Earth, public domain) as lines of degrees east and north."""
    found = json.loads(
        resources.files("kroniek.publish").joinpath("outlines.json").read_text(encoding="utf-8")
    )
    return tuple(tuple(_line(line, found["steps"]) for line in found[name]) for name in ("coast", "border"))


def _line(deltas: Sequence[int], steps: int) -> tuple[Point, ...]:
    x = y = 0
    points = []
    for position in range(0, len(deltas), 2):
        x, y = x + deltas[position], y + deltas[position + 1]
        points.append((x / steps, y / steps))
    return tuple(points)


def _path(
    lines: Iterable[Sequence[Point]],
    box: tuple[float, float, float, float],
    at: Callable[[float, float], Point],
) -> str:
    """Return an SVG path of the stretches of lines that lie in the box or touch it."""
    west, south, east, north = box
    pieces: list[str] = []
    for line in lines:
        pen = False
        for here, after in pairwise(line):
            outside = (
                max(here[0], after[0]) < west or min(here[0], after[0]) > east
                or abs(here[0] - after[0]) > 180  # the line runs over the date line
                or max(here[1], after[1]) < south or min(here[1], after[1]) > north
            )  # fmt: skip
            if outside:
                pen = False
                continue
            if not pen:
                pieces.append("M{:g} {:g}".format(*at(*here)))
            pieces.append("L{:g} {:g}".format(*at(*after)))
            pen = True
    return "".join(pieces)
