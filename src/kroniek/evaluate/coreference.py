"""Coreference scores: MUC, B-cubed, entity CEAF and their mean, the CoNLL score.

Formulas as in Pradhan et al. 2014 (Scoring coreference partitions of predicted mentions): mentions
that stand on one side only count as wrong on that side, and singletons count where they are given.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from kroniek.evaluate.assignment import best_assignment

Cluster = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Share:
    """A recall and a precision as fractions; shares of several documents are added, then divided."""

    recall_hits: float = 0.0
    recall_of: float = 0.0
    precision_hits: float = 0.0
    precision_of: float = 0.0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.recall_hits + other.recall_hits, self.recall_of + other.recall_of,
            self.precision_hits + other.precision_hits, self.precision_of + other.precision_of,
        )  # fmt: skip

    @property
    def recall(self) -> float:
        """Return the recall, 0 when there is nothing to recall."""
        return self.recall_hits / self.recall_of if self.recall_of else 0.0

    @property
    def precision(self) -> float:
        """Return the precision, 0 when nothing was found."""
        return self.precision_hits / self.precision_of if self.precision_of else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of recall and precision."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


@dataclass(frozen=True, slots=True)
class CoreferenceScores:
    """The three scores of a set of documents; `conll` is the mean of their F1, in percent."""

    muc: Share = Share()
    b_cubed: Share = Share()
    ceaf_e: Share = Share()

    def __add__(self, other: CoreferenceScores) -> CoreferenceScores:
        return CoreferenceScores(
            self.muc + other.muc, self.b_cubed + other.b_cubed, self.ceaf_e + other.ceaf_e
        )

    @property
    def conll(self) -> float:
        """Return the mean of the three F1, in percent."""
        return 100 * (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def score_clusters(
    gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]
) -> CoreferenceScores:
    """Return the scores of one document. A cluster is the mentions that refer to one thing.

    Raises ValueError when a mention stands in two clusters of one side.
    """
    right, answer = _partition(gold), _partition(found)
    return CoreferenceScores(_muc(right, answer), _b_cubed(right, answer), _ceaf_e(right, answer))


def clusters_of(labels: Iterable[tuple[Hashable, Hashable]]) -> list[set[Hashable]]:
    """Return the clusters of (mention, label) pairs, in the order of first appearance."""
    groups: dict[Hashable, set[Hashable]] = {}
    for mention, label in labels:
        groups.setdefault(label, set()).add(mention)
    return list(groups.values())


def _partition(clusters: Iterable[Iterable[Hashable]]) -> list[Cluster]:
    kept = [frozenset(cluster) for cluster in clusters]
    if sum(map(len, kept)) != len(frozenset().union(*kept)):
        raise ValueError("a mention stands in more than one cluster")
    return [cluster for cluster in kept if cluster]


def _owners(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _muc(right: Sequence[Cluster], answer: Sequence[Cluster]) -> Share:
    """Count links: a cluster of n mentions has n - 1, less one for each further piece it is cut into."""
    return Share(*_links(right, answer), *_links(answer, right))


def _links(clusters: Sequence[Cluster], cut_by: Sequence[Cluster]) -> tuple[float, float]:
    owners = _owners(cut_by)
    kept = 0
    for cluster in clusters:
        pieces = {owners.get(mention, ("alone", mention)) for mention in cluster}
        kept += len(cluster) - len(pieces)
    return float(kept), float(sum(len(cluster) - 1 for cluster in clusters))


def _b_cubed(right: Sequence[Cluster], answer: Sequence[Cluster]) -> Share:
    """Average over mentions the share of its cluster that the other side keeps with it (Bagga, Baldwin 1998)."""
    return Share(*_kept_shares(right, answer), *_kept_shares(answer, right))


def _kept_shares(clusters: Sequence[Cluster], other: Sequence[Cluster]) -> tuple[float, float]:
    owners = _owners(other)
    total = 0.0
    for cluster in clusters:
        together: dict[int, int] = {}
        for mention in cluster:
            if mention in owners:
                together[owners[mention]] = together.get(owners[mention], 0) + 1
        total += sum(count * count for count in together.values()) / len(cluster)
    return total, float(sum(map(len, clusters)))


def _ceaf_e(right: Sequence[Cluster], answer: Sequence[Cluster]) -> Share:
    """Align clusters one to one for the greatest sum of 2|a & b| / (|a| + |b|) (Luo 2005, phi 4)."""
    owners = _owners(answer)
    similar: dict[tuple[int, int], float] = {}
    for row, cluster in enumerate(right):
        for column in {owners[mention] for mention in cluster if mention in owners}:
            common = len(cluster & answer[column])
            similar[row, column] = 2 * common / (len(cluster) + len(answer[column]))
    total = best_assignment(similar)
    return Share(total, float(len(right)), total, float(len(answer)))
