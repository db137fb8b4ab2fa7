"""Merging for a growing set of reports: what is known stays, only what is new is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kroniek.merge.claims import find_claims
from kroniek.merge.commitments import find_commitments
from kroniek.merge.decisions import Decision
from kroniek.merge.events import EventIndex
from kroniek.merge.families import FamilyIndex
from kroniek.merge.processes import find_processes
from kroniek.merge.relations import find_relations
from kroniek.merge.sources import sources_of
from kroniek.merge.tellings import states_of
from kroniek.model import Analysis, Merged, Published
from kroniek.ontology import load_ontology


@dataclass(frozen=True, slots=True)
class Merging:
    """A set of reports with what comparing them gave.

    `with_reports` returns a new value; `merged` is a pure function of the set of reports, whatever the
    order and the batches in which they came.
    """

    analyses: Mapping[str, Analysis] = field(default_factory=dict)
    families: FamilyIndex = field(default_factory=FamilyIndex)
    events: EventIndex = field(default_factory=EventIndex)

    def with_reports(self, contributions: Iterable[Analysis]) -> Merging:
        """Return the merging of these reports with the others; tokens may be left out.

        A report that is known already is taken once; one whose analysis has changed replaces the old,
        for which everything is compared anew.
        """
        given = {item.document.id: _slim(item) for item in contributions}
        if any(key in self.analyses and self.analyses[key] != item for key, item in given.items()):
            return Merging().with_reports({**self.analyses, **given}.values())
        fresh = sorted(
            (item for key, item in given.items() if key not in self.analyses),
            key=lambda item: item.document.id,
        )
        return Merging(
            {**self.analyses, **{item.document.id: item for item in fresh}},
            self.families.with_reports(fresh),
            self.events.with_reports(fresh, load_ontology().groups),
        )

    def merged(self, decisions: Sequence[Decision] = ()) -> Merged:
        """Return the chronicle of the reports; `decisions` of people on what is one event are obeyed."""
        analyses = [self.analyses[key] for key in sorted(self.analyses)]
        families = self.families.families
        events = self.events.events(sources_of(analyses, families), decisions)
        return Merged(
            families=families, events=events, claims=find_claims(analyses, events),
            processes=find_processes(analyses, events, load_ontology()), commitments=find_commitments(analyses, events),
            relations=find_relations(events, load_ontology(), states_of(analyses)),
        )  # fmt: skip


def merge(
    contributions: Sequence[Analysis], *, as_known_on: date | None = None, decisions: Sequence[Decision] = ()
) -> Merged:
    """Return what a set of analyses says together; the tokens of the analyses may be left out.

    With `as_known_on` only reports count that had certainly appeared by the end of that day. The result
    depends on the set, not on its order; a document given twice counts once.
    """
    known = (item for item in contributions if as_known_on is None or known_on(item.published, as_known_on))
    return Merging().with_reports(known).merged(decisions)


def known_on(published: Published, day: date) -> bool:
    """Tell whether a report had certainly appeared by the end of a day.

    A time that was inferred counts at its likeliest day; a report of an unknown day is never known.
    """
    if published.weights:
        likeliest = min(published.weights, key=lambda item: (-item[1], item[0]))[0]
        return likeliest <= day.isoformat()
    interval = published.interval
    return interval is not None and interval.latest <= day


def _slim(analysis: Analysis) -> Analysis:
    """Return the analysis without what merging does not need."""
    return replace(analysis, tokens=(), names=(), quotations=(), zones=()) if analysis.tokens else analysis
