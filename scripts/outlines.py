"""Write the coasts and borders that maps are drawn with, from Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/outlines.py package/countries-50m.json src/kroniek/publish/outlines.json

Lines are thinned (Douglas and Peucker 1973) and kept in steps of a fortieth of a degree.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

STEPS = 40  # per degree
TOLERANCE = 0.04  # degrees by which a thinned line may differ
SHORTEST = 0.15  # degrees: smaller islands are left out

Point = tuple[float, float]


def main(source: str, target: str) -> None:
    """Read a TopoJSON file and write {"steps": n, "coast": [...], "border": [...]} with deltas."""
    topology = json.loads(Path(source).read_text())
    uses = Counter(
        abs_index(arc) for shape in topology["objects"]["countries"]["geometries"] for arc in arcs_of(shape)
    )
    lines: dict[str, list[list[int]]] = {"coast": [], "border": []}
    for index, arc in enumerate(topology["arcs"]):
        points = thinned(list(positions(arc, topology["transform"])))
        if extent(points) >= SHORTEST:
            lines["border" if uses[index] > 1 else "coast"].append(deltas(points))
    Path(target).write_text(json.dumps({"steps": STEPS, **lines}, separators=(",", ":")) + "\n")


def abs_index(arc: int) -> int:
    """Return an arc's number; TopoJSON writes one that is run backwards as its complement."""
    return arc if arc >= 0 else ~arc


def arcs_of(shape: Any) -> Iterator[int]:
    """Yield the numbers of all arcs of a shape."""
    stack = [shape.get("arcs", [])]
    while stack:
        item = stack.pop()
        if isinstance(item, int):
            yield item
        else:
            stack.extend(item)


def positions(arc: Sequence[Sequence[int]], transform: Any) -> Iterator[Point]:
    """Yield the degrees east and north of an arc's points."""
    (scale_x, scale_y), (east, north) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + east, y * scale_y + north


def thinned(points: list[Point]) -> list[Point]:
    """Return the line with the points only that it needs within the tolerance."""
    kept, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        farthest, most = 0, TOLERANCE
        for index in range(first + 1, last):
            if (off := distance(points[index], points[first], points[last])) > most:
                farthest, most = index, off
        if farthest:
            kept.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


def distance(point: Point, first: Point, last: Point) -> float:
    """Return the distance of a point from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def extent(points: Sequence[Point]) -> float:
    """Return the longer side of the box around the points, in degrees."""
    return max(max(axis) - min(axis) for axis in zip(*points, strict=True))


def deltas(points: Sequence[Point]) -> list[int]:
    """Return x, y of the first point and then the steps, as whole numbers."""
    before, found = (0, 0), []
    for point in points:
        here = (round(point[0] * STEPS), round(point[1] * STEPS))
        if not found or here != before:
            found += [here[0] - before[0], here[1] - before[1]]
        before = here
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
