"""Scores as a table for people and as plain values for programs, and the gate that keeps them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kroniek.evaluate.gold import GoldDocument
from kroniek.evaluate.layers import Comparison
from kroniek.evaluate.scores import Metric


def table(metrics: Iterable[Metric], *, intervals: bool = True) -> str:
    """Return an aligned table: metric, precision, recall, F1 (macro where classes differ), counts."""
    rows: list[tuple[str, ...]] = [("metric", "P", "R", "F1", "95%", "wanted", "found")]
    for metric in metrics:
        rows.append(_row(metric.name, metric, intervals))
        if len(metric.classes) > 1:
            rows += [
                _row(f"  {label}", Metric(label, {label: counts}), False)
                for label, counts in metric.classes.items()
            ]
    widths = [max(len(row[column]) for row in rows) for column in range(7)]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for row in rows
    )


def _row(name: str, metric: Metric, intervals: bool) -> tuple[str, ...]:
    counts = metric.micro()
    low, high = metric.interval() if intervals else (0.0, 0.0)
    return (
        name,
        f"{100 * counts.precision:.1f}",
        f"{100 * counts.recall:.1f}",
        f"{metric.value():.1f}",
        f"{low:.1f}-{high:.1f}" if intervals else "",
        str(counts.wanted),
        str(counts.found),
    )


def as_json(metrics: Iterable[Metric], *, intervals: bool = True) -> dict[str, Any]:
    """Return {metric: {f1, precision, recall, low, high, wanted, found, classes}}; percentages."""
    found: dict[str, Any] = {}
    for metric in metrics:
        counts = metric.micro()
        found[metric.name] = {
            "f1": round(metric.value(), 2),
            "precision": round(100 * counts.precision, 2),
            "recall": round(100 * counts.recall, 2),
            "wanted": counts.wanted,
            "found": counts.found,
        }
        if intervals:
            low, high = metric.interval()
            found[metric.name] |= {"low": round(low, 2), "high": round(high, 2)}
        if len(metric.classes) > 1:
            found[metric.name]["classes"] = {
                label: round(100 * metric.total(label).f1, 2) for label in metric.classes
            }
    return found


def confusion_table(comparison: Comparison) -> str:
    """Return the confusion table of a layer's labels: a row for what is right, a column for what was found."""
    left = sorted({pair[0] for pair in comparison.confusion})
    right = sorted({pair[1] for pair in comparison.confusion})
    width = max((len(label) for label in (*left, *right)), default=4) + 1
    lines = ["right \\ found".ljust(width + 4) + "".join(label.rjust(width) for label in right)]
    for first in left:
        cells = "".join(str(comparison.confusion[first, second] or ".").rjust(width) for second in right)
        lines.append(first.ljust(width + 4) + cells)
    return "\n".join(lines)


def error_lines(comparison: Comparison, documents: Mapping[str, GoldDocument]) -> list[str]:
    """Return one line for each error: document, offsets, kind, the words in their surroundings."""
    lines = []
    for error in comparison.errors:
        text = documents[error.document].text
        before = text[max(0, error.span.start - 50) : error.span.start]
        after = text[error.span.end : error.span.end + 50]
        context = f"{before}[{error.span.of(text)}]{after}".replace("\n", " ")
        place = f"{error.document}:{error.span.start}-{error.span.end}"
        lines.append(
            "  ".join(part for part in (comparison.layer, error.what, place, error.detail, context) if part)
        )
    return lines


@dataclass(frozen=True, slots=True)
class Breach:
    """A score that lies under its floor."""

    name: str
    floor: float
    score: float | None

    def __str__(self) -> str:
        got = "no score" if self.score is None else f"{self.score:.2f}"
        return f"{self.name}: {got}, the floor is {self.floor:.2f}"


def breaches(floors: Mapping[str, float], scores: Mapping[str, float]) -> list[Breach]:
    """Return the floors that are broken; a pinned score that was not measured counts as broken."""
    return [
        Breach(name, floor, scores.get(name))
        for name, floor in floors.items()
        if name not in scores or scores[name] < floor
    ]


def renewed(
    floors: Mapping[str, float], scores: Mapping[str, float], *, slack: float, lower: Sequence[str] = ()
) -> dict[str, float]:
    """Return new floors: raised to `slack` under the score, lowered only for the names in `lower`."""
    fresh = {name: round(score - slack, 1) for name, score in scores.items()}
    return {
        name: fresh[name] if name not in floors or name in lower else max(floors[name], fresh.get(name, 0.0))
        for name in sorted({*floors, *fresh})
        if name in fresh or name not in lower
    }
