"""Dates the reports that do not state their day, from their own words and from what other reports date.

The conclusion is a function of the set of reports: it starts from what each report states, never from
what was inferred before, so that further reports can revise it and their order does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kroniek import pipeline
from kroniek.analyse.dating import event_days, infer_day
from kroniek.analyse.step import Layers, Resources, Step
from kroniek.merge.dating import date_documents
from kroniek.model import Analysis, HowKnown, Published


def redate(
    analyses: Sequence[Analysis], resources: Resources, steps: Sequence[Step] = pipeline.STEPS
) -> list[Analysis]:
    """Return the analyses that change because a report's day can now be told, or no longer can.

    `analyses` are all that are known, with or without tokens. A report whose day is not stated is
    analysed anew; `published` has the weights of its days and their grounds. Where a day gets at least
    80% of the weight it is stated as inferred, and times and events are resolved against it.
    """
    undated = [analysis for analysis in analyses if _is_undated(analysis)]
    if not undated:
        return []
    plain = list(pipeline.analyse((analysis.document for analysis in undated), resources, steps))
    stated = [analysis for analysis in analyses if not _is_undated(analysis)]
    dates = date_documents(
        [*stated, *plain],
        lambda analysis, day: event_days(analysis, day, resources),
        lambda analysis: infer_day(analysis, resources),
    )
    inferred = {document: published for document, published in dates.items() if published.weights}
    again = [analysis.document for analysis in plain if analysis.document.id in inferred]
    dated = {
        analysis.document.id: analysis
        for analysis in pipeline.analyse(again, resources, with_dates(steps, inferred))
    }
    renewed = [dated.get(analysis.document.id, analysis) for analysis in plain]
    return [new for new, old in zip(renewed, undated, strict=True) if new.published != old.published]


def _is_undated(analysis: Analysis) -> bool:
    return analysis.published.day is None or analysis.published.how is HowKnown.INFERRED


def with_dates(steps: Sequence[Step], dates: Mapping[str, Published]) -> tuple[Step, ...]:
    """Return the steps with the publication time of some documents, by id, given from outside."""
    return tuple(_dated(step, dates) if "published" in step.gives else step for step in steps)


def _dated(step: Step, dates: Mapping[str, Published]) -> Step:
    def run(analyses: Sequence[Analysis], resources: Resources) -> Sequence[Layers]:
        found = step.run(analyses, resources)
        return [
            {**layers, "published": dates.get(analysis.document.id, layers["published"])}
            for analysis, layers in zip(analyses, found, strict=True)
        ]

    return replace(step, run=run)
