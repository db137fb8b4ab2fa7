"""A map of where something took place: coasts and borders around it, drawn at the server."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

Line = tuple[tuple[float, float], ...]  # (longitude, latitude) in degrees
WIDTH, HEIGHT = 640, 360  # user units
SPAN = 24.0  # degrees of longitude that the map is wide


@dataclass(frozen=True, slots=True)
class Map:
    """Lines as SVG paths, and the place in the middle."""

    name: str
    latitude: float
    longitude: float
    coasts: str
    borders: str
    x: float
    y: float
    width: int = WIDTH
    height: int = HEIGHT


def draw_map(name: str, latitude: float, longitude: float) -> Map:
    """Return a map around a place, in an equirectangular projection that is true at its latitude."""
    latitude = max(-80.0, min(80.0, latitude))
    scale = WIDTH / SPAN
    tall = scale / max(0.2, math.cos(math.radians(latitude)))
    west, north = longitude - SPAN / 2, latitude + HEIGHT / tall / 2
    box = (west, north - HEIGHT / tall, west + SPAN, north)

    def drawn(kind: str) -> str:
        lines = (part for line in _outlines()[kind] for part in _inside(line, box))
        return "".join(
            "M" + "L".join(f"{(x - west) * scale:.0f} {(north - y) * tall:.0f}" for x, y in line)
            for line in lines
        )

    return Map(name, latitude, longitude, drawn("coast"), drawn("border"), WIDTH / 2, HEIGHT / 2)


def _inside(line: Line, box: tuple[float, float, float, float]) -> Iterator[list[tuple[float, float]]]:
    """Yield the stretches of a line in a box, with one point beyond each end; the edge of the map cuts them."""
    west, south, east, north = box
    part: list[tuple[float, float]] = []
    beyond: tuple[float, float] | None = None
    for point in line:
        if west <= point[0] <= east and south <= point[1] <= north:
            part += [beyond, point] if beyond and not part else [point]
        elif part:
            yield [*part, point]
            part = []
        beyond = point
    if len(part) > 1:
        yield part


@cache
def _outlines() -> dict[str, list[Line]]:
    """Return coasts and borders (Natural Earth, public domain); kept as steps of a fraction of a degree."""
    table = json.loads(resources.files("kroniek.publish").joinpath("outlines.json").read_text())
    return {kind: [_line(steps, table["steps"]) for steps in table[kind]] for kind in ("coast", "border")}


def _line(steps: list[int], per_degree: int) -> Line:
    xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((x / per_degree, y / per_degree) for x, y in zip(xs, ys, strict=True))
