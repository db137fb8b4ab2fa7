"""How well the ranking of dates picks those that later reports look back to.

As in timeline summarisation (Martschat and Markert 2018, date F1): the first k dates of the ranking
against a reference, with k the size of the reference. Dates are days here, as there: months that are
named are left out on both sides. The reference comes from the gold annotation of times, the ranking from
the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kroniek.evaluate.gold import GoldDocument
from kroniek.evaluate.scores import Counts, Metric
from kroniek.merge import merge
from kroniek.merge.salience import date_key, is_day, is_look_back, rank_dates
from kroniek.merge.sources import sources_of
from kroniek.model import Analysis, interval_of
from kroniek.ontology import load_ontology

PLAIN = ("DATE", "TIME")


def reference_dates(documents: Iterable[GoldDocument]) -> frozenset[str]:
    """Return the days that reports of at least two days later name, by the gold."""
    return frozenset(
        key
        for document in documents if document.published
        for time in document.times
        if time.type in PLAIN and is_day(key := date_key(time.value))
        and is_look_back(interval_of(key), interval_of(document.published))
    )  # fmt: skip


def ranked_dates(analyses: Sequence[Analysis]) -> list[str]:
    """Return the days of the chronicle of these reports, those that matter most first."""
    merged = merge(analyses)
    ranked = rank_dates(
        analyses, merged.events, merged.processes,
        sources=sources_of(analyses, merged.families), ontology=load_ontology(),
    )  # fmt: skip
    return [item.value for item in ranked if is_day(item.value)]


def date_counts(ranked: Sequence[str], reference: frozenset[str]) -> Counts:
    """Return the counts of the first k ranked dates, k being the number of reference dates."""
    chosen = set(ranked[: len(reference)])
    return Counts(len(chosen & reference), len(chosen), len(reference))


def score_timeline(documents: Sequence[GoldDocument], analyses: Sequence[Analysis]) -> list[Metric]:
    """Return the date F1 of one story; `analyses` are those of the gold's texts."""
    return [Metric("dates", {"all": [date_counts(ranked_dates(analyses), reference_dates(documents))]})]
