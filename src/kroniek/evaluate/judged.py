"""What people's decisions say about the machine: precision with intervals, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from kroniek.evaluate.agreement import Agreement
from kroniek.evaluate.scores import alpha_nominal, kappa

Z95 = 1.959964  # of the standard normal distribution


@dataclass(frozen=True, slots=True)
class Outcome:
    """One record of the machine that a person looked at: whether it is one, and which fields were wrong."""

    layer: str
    right: bool
    wrong_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the judged were right; `low` and `high` are the 95% interval of Wilson (1927)."""

    layer: str
    field: str  # "" for the record as such
    right: int
    judged: int

    @property
    def value(self) -> float:
        """Return the share that was right."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the interval's ends."""
        return wilson(self.right, self.judged)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Return the 95% score interval of a share (Wilson 1927), (0, 1) when nothing was judged."""
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, Z95 * Z95
    middle = share + square / (2 * judged)
    spread = Z95 * sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    whole = 1 + square / judged
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def precision_of(outcomes: Iterable[Outcome], fields: Mapping[str, Sequence[str]]) -> list[Precision]:
    """Return the precision of each layer, then of its fields among the records that are right.

    `fields` names the fields of each layer, in the order to be shown.
    """
    by_layer: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_layer.setdefault(outcome.layer, []).append(outcome)
    lines = []
    for layer in (name for name in fields if name in by_layer):
        judged = by_layer[layer]
        right = [item for item in judged if item.right]
        lines.append(Precision(layer, "", len(right), len(judged)))
        lines += [
            Precision(layer, name, sum(name not in item.wrong_fields for item in right), len(right))
            for name in fields[layer] if right
        ]  # fmt: skip
    return lines


def coder_agreement(labels: Mapping[str, Sequence[tuple[str, str]]]) -> list[Agreement]:
    """Return share of equal answers (percent), Cohen's kappa and Krippendorff's alpha for each layer."""
    lines = []
    for layer, pairs in labels.items():
        same = 100 * sum(left == right for left, right in pairs) / len(pairs)
        lines += [
            Agreement(layer, "same", same, len(pairs)), Agreement(layer, "kappa", kappa(pairs), len(pairs)),
            Agreement(layer, "alpha", alpha_nominal(pairs), len(pairs)),
        ]  # fmt: skip
    return lines
