"""How far two annotators agree: F1 for spans, Krippendorff's alpha for the labels of spans that both have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kroniek.evaluate.accepted import AcceptedNames
from kroniek.evaluate.gold import GoldDocument
from kroniek.evaluate.layers import compare
from kroniek.evaluate.matching import dice, match, shared
from kroniek.evaluate.scores import alpha_nominal

SPAN_METRICS = (
    ("names", "names untyped"), ("names", "names exact"), ("times", "times overlap"), ("times", "times value"),
    ("attributions", "attributions cue"), ("attributions", "attributions content overlap"),
    ("attributions", "attributions content exact"), ("attributions", "attributions source"),
    ("events", "events detection"), ("events", "events participants"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """One line of the report: what was compared, the measure, its value and the number of cases."""

    what: str
    measure: str  # "F1" (percent) or "alpha"
    value: float
    cases: int


def agreement(pairs: Sequence[tuple[GoldDocument, GoldDocument]], accepted: AcceptedNames) -> list[Agreement]:
    """Return the agreement of (first, second) annotations of the same documents, layer by layer."""
    found = []
    for layer, name in SPAN_METRICS:
        metrics = {metric.name: metric for metric in compare(layer, pairs, accepted).tally.metrics()}
        if name in metrics:
            found.append(Agreement(name, "F1", metrics[name].value(), metrics[name].micro().wanted))
    for what, labels in _label_pairs(pairs).items():
        found.append(Agreement(what, "alpha", alpha_nominal(labels), len(labels)))
    return found


def _label_pairs(pairs: Sequence[tuple[GoldDocument, GoldDocument]]) -> dict[str, list[tuple[str, str]]]:
    """Return the labels that both gave to records which answer each other."""
    labels: dict[str, list[tuple[str, str]]] = {
        name: [] for name in ("name type", "time type", "stance", "kind", "event type", "event status")
    }
    for first, second in pairs:
        names = match(first.names, second.names, lambda a, b: float(a.span == b.span))
        labels["name type"] += [(a.type, b.type) for a, b in names]
        times = match(first.times, second.times, lambda a, b: float(shared(a.span, b.span)))
        labels["time type"] += [(a.type, b.type) for a, b in times]
        said = match(first.attributions, second.attributions, lambda a, b: _half(dice(a.content, b.content)))
        labels["stance"] += [(a.stance, b.stance) for a, b in said]
        labels["kind"] += [(a.kind, b.kind) for a, b in said]
        events = match(first.events, second.events, lambda a, b: float(shared(a.trigger, b.trigger)))
        labels["event type"] += [(a.type, b.type) for a, b in events]
        labels["event status"] += [(a.status, b.status) for a, b in events]
    return labels


def _half(value: float) -> float:
    return value if value >= 0.5 else 0.0
