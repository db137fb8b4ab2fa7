"""How well the ranking of dates picks those that later reports look back to.

As in timeline summarisation (Martschat and Markert 2018, date F1): the first k dates of the ranking
against a reference, with k the size of the reference. The reference comes from the gold annotation of
times, the ranking from the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kroniek.evaluate.gold import GoldDocument
from kroniek.evaluate.scores import Counts, Metric
from kroniek.merge import merge
from kroniek.merge.chronicle import known_on
from kroniek.merge.salience import date_key, is_look_back, rank_dates
from kroniek.merge.sources import sources_of
from kroniek.model import Analysis, interval_of
from kroniek.ontology import load_ontology

PLAIN = ("DATE", "TIME")


def reference_dates(documents: Iterable[GoldDocument]) -> frozenset[str]:
    """Return the days and months that reports of at least two days later name, by the gold."""
    return frozenset(
        key
        for document in documents if document.published
        for time in document.times
        if time.type in PLAIN and (key := date_key(time.value))
        and is_look_back(interval_of(key), interval_of(document.published))
    )  # fmt: skip


def ranked_dates(analyses: Sequence[Analysis]) -> list[str]:
    """Return the dates of the chronicle of these reports, those that matter most first."""
    merged = merge(analyses)
    ranked = rank_dates(
        analyses, merged.events, merged.processes,
        sources=sources_of(analyses, merged.families), ontology=load_ontology(),
    )  # fmt: skip
    return [item.value for item in ranked]


def date_counts(ranked: Sequence[str], reference: frozenset[str]) -> Counts:
    """Return the counts of the first k ranked dates, k being the number of reference dates."""
    chosen = set(ranked[: len(reference)])
    return Counts(len(chosen & reference), len(chosen), len(reference))


def score_timeline(documents: Sequence[GoldDocument], analyses: Sequence[Analysis]) -> list[Metric]:
    """Return `dates`, over all reports, and `dates ahead`; `analyses` are those of the gold's texts.

    For `dates ahead` the machine has seen only what had appeared by the day of each report in turn, and
    the reference is what the reports after it look back to.
    """
    whole = date_counts(ranked_dates(analyses), reference_dates(documents))
    ahead = list(_ahead(documents, analyses))
    return [
        Metric("dates", {"all": [whole]}),
        Metric("dates ahead", {"all": ahead}),
    ]


def _ahead(documents: Sequence[GoldDocument], analyses: Sequence[Analysis]) -> Iterator[Counts]:
    days = {span.latest for item in documents if item.published and (span := interval_of(item.published))}
    for day in sorted(days):
        known = [item for item in analyses if known_on(item.published, day)]
        later = [
            item for item in documents
            if item.published and (span := interval_of(item.published)) and span.earliest > day
        ]  # fmt: skip
        past = frozenset(
            value for value in reference_dates(later)
            if (span := interval_of(value)) and span.earliest <= day
        )  # fmt: skip
        if known and past:
            yield date_counts(ranked_dates(known), past)
