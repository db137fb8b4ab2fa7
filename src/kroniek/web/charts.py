"""Drawings made at the server: where bars, dots and lines go. Templates draw them as SVG.

Every drawing is hidden from screen readers, and stands above a table that says the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kroniek.model import interval_of
from kroniek.publish.timeline import GROUPS, Group
from kroniek.store.browse import MonthCount

STRIP_HEIGHT = 100  # user units; the drawing is stretched to the width of the page
MOST_BARS = 90
UNITS = ((1, "month"), (3, "quarter"), (12, "year"), (60, "five"), (120, "ten"), (1200, "hundred"))
BAR_WIDTH = 720  # of a phase bar, user units
NETWORK_WIDTH, NETWORK_HEIGHT = 1_120, 680  # user units
SMALL_PART = 3  # parties
SPRING = 0.9  # wished distance between parties; more than networkx's own, for room for names
GROUP_OF = {status.value: group.value for status, group in GROUPS.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """The events of one group in a bar: how many, and where the piece stands."""

    group: str
    events: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: its first and last ISO month, and its events by group."""

    since: str
    until: str
    value: str  # what it is called: an ISO value for one month, quarter or year, else its months
    events: int
    pieces: tuple[Piece, ...]

    def of(self, group: str) -> int:
        """Return how many of its events are of a group."""
        return sum(piece.events for piece in self.pieces if piece.group == group)


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars side by side, each one unit wide; `most` is the highest number."""

    bars: tuple[Bar, ...]
    most: int

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groups that have events, in the order of `Group`."""
        return tuple(group.value for group in Group if any(bar.of(group.value) for bar in self.bars))


def density_strip(counts: Iterable[MonthCount]) -> Strip:
    """Return events over time: a bar for each month, or for longer stretches when there are many months."""
    months: dict[int, dict[str, int]] = {}
    for count in counts:
        groups = months.setdefault(_number(count.month), {})
        group = GROUP_OF.get(count.status, Group.ALLEGED.value)
        groups[group] = groups.get(group, 0) + count.events
    if not months:
        return Strip((), 0)
    first, last = min(months), max(months)
    size = next((size for size, _ in UNITS if (last - first) // size < MOST_BARS), UNITS[-1][0])
    bars: dict[int, dict[str, int]] = {start: {} for start in range(first - first % size, last + 1, size)}
    for number, groups in months.items():
        bar = bars[number - number % size]
        for group, events in groups.items():
            bar[group] = bar.get(group, 0) + events
    most = max(sum(groups.values()) for groups in bars.values())
    return Strip(tuple(_bar(start, size, groups, most) for start, groups in bars.items()), most)


def _bar(start: int, size: int, groups: dict[str, int], most: int) -> Bar:
    pieces, top = [], float(STRIP_HEIGHT)
    for group in Group:
        if events := groups.get(group.value, 0):
            height = max(1.0, round(STRIP_HEIGHT * events / most, 2))
            top -= height
            pieces.append(Piece(group.value, events, round(max(0.0, top), 2), height))
    since, until = _month(start), _month(start + size - 1)
    year = since[:4]
    value = {1: since, 3: f"{year}-Q{start % 12 // 3 + 1}", 12: year}.get(size, f"{year}–{until[:4]}")
    return Bar(since, until, value, sum(groups.values()), tuple(pieces))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{min(number // 12, 9999):04}-{number % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Dot:
    """A step on a time line: its number in the list below, and where it stands."""

    number: int
    x: float
    y: float
    reached: bool


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """Steps on a line from the first day to the last, those close together above each other."""

    dots: tuple[Dot, ...]
    height: int
    since: str
    until: str


def phase_bar(steps: Sequence[tuple[str, bool]]) -> PhaseBar:
    """Return where steps stand on their line; each is its ISO value and whether it was reached.

    A step without a known day is in the list below the line only.
    """
    days = [
        (number, day, reached) for number, (value, reached) in enumerate(steps, 1) if (day := _day(value))
    ]
    if not days:
        return PhaseBar((), 0, "", "")
    first, last = min(day for _, day, _ in days), max(day for _, day, _ in days)
    length = max(1, (last - first).days)
    rows: list[float] = []  # where each row is filled up to
    dots = []
    for number, day, reached in sorted(days, key=lambda item: (item[1], item[0])):
        x = 16 + (BAR_WIDTH - 32) * (day - first).days / length
        row = next((place for place, end in enumerate(rows) if end + 26 <= x), len(rows))
        rows[row : row + 1] = [x]
        dots.append(Dot(number, round(x, 1), 16 + 27 * row, reached))
    return PhaseBar(tuple(dots), 32 + 27 * (len(rows) - 1), first.isoformat(), last.isoformat())


def _day(value: str) -> date | None:
    interval = interval_of(value)
    return interval.earliest if interval else None


@dataclass(frozen=True, slots=True)
class Node:
    """A party in a network, as large as it has events."""

    id: str
    x: float
    y: float
    radius: float
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What passed between two parties in both directions; `tone` is friendly, mixed or hostile."""

    source: Node
    target: Node
    events: int
    intensity: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Network:
    """Parties and what passed between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int = NETWORK_WIDTH
    height: int = NETWORK_HEIGHT


def tone_of(intensity: float) -> str:
    """Return the tone of a PLOVER intensity (-10 to 10)."""
    return "friendly" if intensity >= 1 else "hostile" if intensity <= -1 else "mixed"


def draw_network(pairs: Sequence[tuple[str, str, int, float]]) -> Network:
    """Return the drawing of (one, other, events, intensity); the same pairs give the same drawing.

    Places come from networkx's spring layout (Fruchterman and Reingold 1991) from a fixed beginning.
    """
    import networkx as nx

    graph: Any = nx.Graph()
    for one, other, events, intensity in pairs:
        graph.add_edge(one, other, events=events, intensity=intensity)
    if not graph:
        return Network((), ())
    sizes = {name: sum(edge["events"] for edge in graph[name].values()) for name in graph}
    places = _spread(_places(graph))
    most = max(sizes.values())
    nodes = {
        name: Node(
            name, round(70 + (NETWORK_WIDTH - 140) * places[name][0], 1), round(40 + (NETWORK_HEIGHT - 80) * places[name][1], 1),
            round(6 + 16 * math.sqrt(sizes[name] / most), 1), sizes[name],
        )
        for name in graph
    }  # fmt: skip
    heaviest = max(events for _, _, events, _ in pairs)
    edges = tuple(
        Edge(
            nodes[one],
            nodes[other],
            events,
            intensity,
            round(1 + 6 * math.sqrt(events / heaviest), 1),
            tone_of(intensity),
        )
        for one, other, events, intensity in pairs
    )
    return Network(tuple(nodes.values()), edges)


def _places(graph: Any) -> dict[str, tuple[float, float]]:
    """Return places in the unit square: connected parts side by side, the small ones in cells at the right."""
    import networkx as nx

    parts = sorted(
        (sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part)
    )
    large = [part for part in parts if len(part) > SMALL_PART] or parts[:1]
    small = parts[len(large) :]
    columns = math.ceil(math.sqrt(len(small) / 4))
    room = 1.0 - min(0.5, 0.2 * columns)
    found: dict[str, tuple[float, float]] = {}
    left = 0.0
    for part in large:  # each as wide as it has parties
        width = room * len(part) / sum(map(len, large))
        found |= _placed(graph, part, (left, 0.0, width, 1.0))
        left += width
    rows = math.ceil(len(small) / max(1, columns))
    for number, part in enumerate(small):
        column, row = divmod(number, rows)
        cell = (room + (1 - room) * column / columns, row / rows, (1 - room) / columns, 0.7 / rows)
        found |= _placed(graph, part, cell)
    return found


def _placed(
    graph: Any, part: Sequence[str], box: tuple[float, float, float, float]
) -> dict[str, tuple[float, float]]:
    """Return the places of a connected part inside a box: left, top, width, height."""
    import networkx as nx

    layout = nx.spring_layout(graph.subgraph(part), k=SPRING, weight=None, iterations=70, seed=1)
    inner = _spread({name: (float(place[0]), float(place[1])) for name, place in layout.items()})
    left, top, width, height = box
    return {
        name: (left + width * (0.12 + 0.76 * x), top + height * y) for name, (x, y) in sorted(inner.items())
    }


def _spread(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places stretched over the unit square."""
    spread = {}
    sides = [[place[axis] for place in places.values()] for axis in (0, 1)]
    for name, place in places.items():
        moved = [
            (value - min(side)) / (max(side) - min(side)) if max(side) > min(side) else 0.5
            for value, side in zip(place, sides, strict=True)
        ]
        spread[name] = (moved[0], moved[1])
    return spread
