"""Where the marks of a dossier's charts stand, in user units. Pure functions; the templates draw them.

Every chart has a table with the same data beside it. Status and tone are told by shape, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import cos, pi, sin

from kroniek.model import interval_of
from kroniek.publish.dossier import Dossier, ProcessRow, RelationRow
from kroniek.publish.timeline import Group

WIDE, LANE, LEFT, RIGHT = 640, 34, 12, 12
YEAR, MOST_TICKS = 12, 8  # months; ticks on an axis
STEPS = (1, 2, 3, 6, *(YEAR * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)))
MARK = 11  # width of a mark
ROW = 40  # height of a process's row
NETWORK, RADIUS, MEMBERS = 540, 118, 12
PAIRS = 6  # pairs in the chart of relations; the table has all
HOLDING = frozenset({"declared", "accepted", "endorsed", "in_force", "extended", "revived"})
ENDING = frozenset({"suspended", "collapsed", "superseded", "no_result"})


@dataclass(frozen=True, slots=True)
class Axis:
    """Time from left to right: first and last day, and ticks (x, month or year)."""

    first: date
    last: date
    ticks: tuple[tuple[float, str], ...]

    def x(self, day: date) -> float:
        """Return where a day stands."""
        days = max(1, (self.last - self.first).days)
        return round(LEFT + (WIDE - LEFT - RIGHT) * (day - self.first).days / days, 1)


def axis(days: Sequence[date]) -> Axis | None:
    """Return the axis for these days, in whole months; None without days."""
    if not days:
        return None
    first, last = min(days).replace(day=1), _month_after(max(days))
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((size for size in STEPS if months / size <= MOST_TICKS), STEPS[-1])
    if step >= YEAR:
        first = first.replace(month=1)
        months = (last.year - first.year) * YEAR + last.month
    plain, ticks = Axis(first, last, ()), []
    for number in range(0, months, step):
        total = first.year * 12 + first.month - 1 + number
        month = date(total // 12, total % 12 + 1, 1)
        ticks.append((plain.x(month), month.isoformat()[: 4 if step >= YEAR else 7]))
    return Axis(first, last, tuple(ticks))


def _month_after(day: date) -> date:
    if day.year == 9999:
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the timeline: its place, how wide its days are, how high it is stacked."""

    id: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """The marks of one group of events; `y` is the lane's upper edge."""

    group: str
    y: float
    height: float
    marks: tuple[Mark, ...]


def timeline_lanes(dossier: Dossier) -> tuple[Axis | None, tuple[Lane, ...], float]:
    """Return axis, lanes and total height of the timeline chart; events without a date are not in it."""
    dated = [
        (row.item, interval)
        for row in dossier.events
        if row.item.date and (interval := interval_of(row.item.date)) and interval.days() <= 366
    ]
    scale = axis([interval.earliest for _, interval in dated])
    lanes: list[Lane] = []
    top = 0.0
    for group in Group:
        members = [(item.id, interval) for item, interval in dated if item.group is group]
        if not members or scale is None:
            continue
        rows: list[float] = []  # right edge of the last mark in each row of the lane
        placed: list[tuple[str, float, float, int]] = []
        for identity, interval in sorted(members, key=lambda pair: (pair[1], pair[0])):
            x = scale.x(interval.earliest)
            width = max(0.0, scale.x(interval.latest) - x)
            row = next((number for number, edge in enumerate(rows) if x - MARK / 2 >= edge), len(rows))
            rows[row : row + 1] = [x + width + MARK / 2 + 2]
            placed.append((identity, x, width, row))
        height = LANE + 15 * (len(rows) - 1) + 8
        lanes.append(
            Lane(
                group.value,
                top,
                height,
                tuple(
                    Mark(identity, x, top + 26 + 15 * row, round(width, 1))
                    for identity, x, width, row in placed
                ),
            )
        )
        top += height
    return scale, tuple(lanes), top


@dataclass(frozen=True, slots=True)
class Step:
    """A phase in a bar: where it stands, whether it was reached, how it counts, and its position in its process."""

    x: float
    reached: bool
    tone: str  # holding, ending or open
    position: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A process on the common axis; `stretches` are (x, width, tone) from one reported phase to the next."""

    process: ProcessRow
    y: float
    steps: tuple[Step, ...]
    stretches: tuple[tuple[float, float, str], ...]


def phase_bars(processes: Sequence[ProcessRow]) -> tuple[Axis | None, tuple[Bar, ...], float]:
    """Return axis, bars and total height of the chart of processes; what has no dated phase is not in it."""
    dated = [
        (process, [(position, phase, interval.earliest) for position, phase in enumerate(process.phases)
                   if phase.time and (interval := interval_of(phase.time))])
        for process in processes
    ]  # fmt: skip
    dated = [(process, phases) for process, phases in dated if phases]
    scale = axis([day for _, phases in dated for _, _, day in phases])
    if scale is None:
        return None, (), 0.0
    bars = []
    for number, (process, phases) in enumerate(dated):
        steps = tuple(
            Step(scale.x(day), phase.reached, tone_of(phase.name) if phase.reached else "open", position)
            for position, phase, day in sorted(phases, key=lambda item: (item[2], item[0]))
        )
        stretches = tuple(
            (step.x, round(after.x - step.x, 1), step.tone) for step, after in pairwise(steps) if step.reached
        )
        bars.append(Bar(process, number * ROW, steps, stretches))
    return scale, tuple(bars), len(bars) * ROW


def tone_of(phase: str) -> str:
    """Return whether a phase means that something holds, that it ended, or that it is being talked about."""
    return "holding" if phase in HOLDING else "ending" if phase in ENDING else "open"


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in the network, its label beside it; `anchor` is SVG's text-anchor."""

    name: str
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two actors; `conflict` when the mean tone is below zero."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    conflict: bool


def network(dossier: Dossier) -> tuple[tuple[Node, ...], tuple[Line, ...]]:
    """Return the actors with most ties on a circle, and the ties among them."""
    degree: dict[str, int] = {}
    for tie in dossier.ties:
        for actor in (tie.first, tie.second):
            degree[actor] = degree.get(actor, 0) + len(tie.events)
    known = {row.id: position for position, row in enumerate(dossier.actors)}
    chosen = sorted(degree, key=lambda actor: (-degree[actor], known.get(actor, len(known)), actor))[:MEMBERS]
    tied = {
        actor
        for tie in dossier.ties
        for actor in (tie.first, tie.second)
        if {tie.first, tie.second} <= set(chosen)
    }
    ordered = _around([actor for actor in chosen if actor in tied], dossier)
    names = {row.id: row.name for row in dossier.actors}
    nodes: dict[str, Node] = {}
    for number, actor in enumerate(ordered):
        angle = 2 * pi * number / len(ordered) - pi / 2
        x, y = NETWORK / 2 + RADIUS * cos(angle), NETWORK * 0.32 + RADIUS * sin(angle)
        size = 5 + min(7, degree[actor])
        side = "middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end"
        reach = size + 6
        nodes[actor] = Node(
            names.get(actor, actor), round(x, 1), round(y, 1), size, round(x + reach * cos(angle), 1),
            round(y + reach * sin(angle) + (4 if side != "middle" else 9 * sin(angle) + 4), 1), side,
        )  # fmt: skip
    lines = tuple(
        Line(nodes[tie.first].x, nodes[tie.first].y, nodes[tie.second].x, nodes[tie.second].y,
             1 + min(5, len(tie.events)), tie.intensity < 0)
        for tie in dossier.ties if tie.first in nodes and tie.second in nodes
    )  # fmt: skip
    return tuple(nodes.values()), lines


def _around(chosen: Sequence[str], dossier: Dossier) -> list[str]:
    """Return the actors in an order in which those with ties stand near each other: a walk along the strongest."""
    left, ordered = list(chosen), list[str]()
    strength = {frozenset((tie.first, tie.second)): len(tie.events) for tie in dossier.ties}
    while left:
        here = (
            max(
                left, key=lambda actor: (strength.get(frozenset((ordered[-1], actor)), 0), -left.index(actor))
            )
            if ordered
            else left[0]
        )
        ordered.append(here)
        left.remove(here)
    return ordered


@dataclass(frozen=True, slots=True)
class Panel:
    """The months of one pair: bars (x, y, width, height, conflict) around the panel's zero line."""

    name: str
    y: float
    bars: tuple[tuple[float, float, float, float, bool], ...]


def relation_panels(rows: Sequence[RelationRow]) -> tuple[Axis | None, tuple[Panel, ...]]:
    """Return the chart of the pairs with most events; each panel is 64 high, its zero line in the middle."""
    pairs = list(dict.fromkeys((row.first, row.second) for row in rows))[:PAIRS]
    days = [date.fromisoformat(f"{row.month}-01") for row in rows if (row.first, row.second) in pairs]
    scale = axis(days)
    if scale is None:
        return None, ()
    panels = []
    for number, pair in enumerate(pairs):
        top = number * 64.0
        bars = []
        for row in rows:
            if (row.first, row.second) == pair:
                x = scale.x(date.fromisoformat(f"{row.month}-01"))
                length = max(2.0, abs(row.intensity) * 2.4)
                y = top + 38 - (length if row.intensity >= 0 else 0)
                bars.append((x, round(y, 1), 12.0, round(length, 1), row.intensity < 0))
        panels.append(Panel(" – ".join(pair), top, tuple(bars)))
    return scale, tuple(panels)
