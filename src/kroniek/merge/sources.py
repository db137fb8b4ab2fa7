"""How many independent sources tell something: families of copies and agencies, not outlets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kroniek.merge.clusters import components
from kroniek.merge.digest import REPORTS, Report, report_of
from kroniek.merge.families import FAMILIES, FAMILY_OF
from kroniek.merge.shelf import Shelf
from kroniek.model import Analysis, Evidence, Family, Span


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each report has its words from; see `sources_of`."""

    families: Mapping[str, str]  # document -> family id
    agencies: Mapping[str, tuple[str, ...]]
    outlets: Mapping[str, str]
    own: Mapping[str, frozenset[Span]]  # document -> sentences that it shares with nobody

    def count(self, evidence: Iterable[Evidence]) -> int:
        """Return how many sources that do not copy from each other stand behind the evidence.

        Two reports are one source when they are copies, credit the same agency, or, both without
        credit, are of one outlet. A sentence that only this report of a family has counts for its outlet.
        """
        pieces = list(evidence)
        keys = [self._keys(piece) for piece in pieces]
        edges = [(("piece", str(number)), key) for number, found in enumerate(keys) for key in found]
        return len(components(edges))

    def names(self, document: str) -> tuple[str, ...]:
        """Return whom a report's own words are to be put down to: its agencies, its outlet, else itself."""
        return self.agencies.get(document) or (self.outlets.get(document) or document,)

    def _keys(self, piece: Evidence) -> list[tuple[str, str]]:
        document = piece.document
        outlet = self.outlets.get(document, "")
        alone = ("outlet", outlet) if outlet else ("document", document)
        if document in self.families and piece.sentence in self.own.get(document, ()):
            return [alone]
        found = [("agency", agency.casefold()) for agency in self.agencies.get(document, ())]
        if document in self.families:
            found.append(("family", self.families[document]))
        return found or [alone]


def sources_of(analyses: Sequence[Analysis], families: Sequence[Family]) -> Sources:
    """Return where these reports have their words from."""
    return _sources(map(report_of, analyses), families)


def sources_on(shelf: Shelf, documents: Iterable[str]) -> Sources:
    """Return where these reports, which are on the shelf, have their words from."""
    wanted = sorted(set(documents))
    families = shelf.get(FAMILIES, set(shelf.get(FAMILY_OF, wanted).values()))
    return _sources(shelf.get(REPORTS, wanted).values(), families.values())


def _sources(reports: Iterable[Report], families: Iterable[Family]) -> Sources:
    listed, groups = list(reports), list(families)
    return Sources(
        {document: family.id for family in groups for document in family.documents},
        {report.document: report.agencies for report in listed if report.agencies},
        {report.document: report.outlet for report in listed},
        {document: frozenset(spans) for family in groups for document, spans in family.own},
    )
