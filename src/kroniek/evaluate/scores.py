"""Counts, precision, recall, F1, bootstrap intervals and agreement coefficients."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

RESAMPLES = 1000
SEED = 20161126


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, how many the machine found, how many the gold wants."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Return hits / found, 0 when nothing was found."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return hits / wanted, 0 when nothing was wanted."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.found + self.wanted
        return 2 * self.hits / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A score over documents: for each class, the counts of each document.

    With one class the score is its F1; with several it is their macro average over the classes
    that the gold has. For an accuracy, found equals wanted, so that F1 is the accuracy.
    """

    name: str
    classes: Mapping[str, Sequence[Counts]]

    def total(self, label: str) -> Counts:
        """Return the counts of one class over all documents."""
        return sum(self.classes[label], Counts())

    def micro(self) -> Counts:
        """Return the counts of all classes together."""
        return sum((self.total(label) for label in self.classes), Counts())

    def value(self) -> float:
        """Return the score in percent."""
        return _macro([self.total(label) for label in self.classes])

    def interval(self) -> tuple[float, float]:
        """Return the 95% bootstrap interval in percent, resampling documents (Efron 1979), seeded."""
        size = max((len(counts) for counts in self.classes.values()), default=0)
        if size == 0:
            return 0.0, 0.0
        chance = random.Random(SEED)
        values = sorted(self._resampled(chance.choices(range(size), k=size)) for _ in range(RESAMPLES))
        return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)]

    def _resampled(self, drawn: Sequence[int]) -> float:
        times = Counter(drawn)
        totals = []
        for counts in self.classes.values():
            hits = sum(counts[index].hits * n for index, n in times.items())
            found = sum(counts[index].found * n for index, n in times.items())
            wanted = sum(counts[index].wanted * n for index, n in times.items())
            totals.append(Counts(hits, found, wanted))
        return _macro(totals)


def _macro(totals: Sequence[Counts]) -> float:
    present = [counts for counts in totals if counts.wanted] or list(totals)
    return 100 * sum(counts.f1 for counts in present) / len(present) if present else 0.0


@dataclass(slots=True)
class Tally:
    """Collects counts for metrics, document by document, in the order of `next_document` calls."""

    documents: int = 0
    _counts: dict[str, dict[str, dict[int, Counts]]] = field(default_factory=dict)

    def next_document(self) -> None:
        """Begin the next document."""
        self.documents += 1

    def add(self, metric: str, counts: Counts, label: str = "all") -> None:
        """Add counts to a metric's class for the current document."""
        cells = self._counts.setdefault(metric, {}).setdefault(label, {})
        cells[self.documents] = cells.get(self.documents, Counts()) + counts

    def metrics(self) -> list[Metric]:
        """Return the metrics in the order in which they were first added to."""
        numbers = range(1, self.documents + 1)
        return [
            Metric(
                name,
                {
                    label: [cells.get(number, Counts()) for number in numbers]
                    for label, cells in sorted(labels.items())
                },
            )
            for name, labels in self._counts.items()
        ]


def alpha_nominal(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Return Krippendorff's alpha for nominal labels of two coders without missing values.

    1 is perfect, 0 is chance; 1 when there is only one label and no disagreement
    (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, example A).
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for left, right in pairs:
        coincidences[left, right] += 1
        coincidences[right, left] += 1
    margins: dict[Hashable, int] = defaultdict(int)
    for (left, _), count in coincidences.items():
        margins[left] += count
    total = sum(margins.values())
    observed = sum(count for (left, right), count in coincidences.items() if left != right)
    expected = sum(a * b for x, a in margins.items() for y, b in margins.items() if x != y) / max(
        1, total - 1
    )
    return 1.0 if expected == 0 else 1 - observed / expected


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return Cohen's kappa for two coders' nominal labels; 1 when both use one same label only."""
    if not pairs:
        return 1.0
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / len(pairs)
    expected = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
