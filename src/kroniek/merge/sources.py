"""How many independent sources tell something: families of copies and agencies, not outlets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kroniek.merge.clusters import components
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
    """Return where the reports have their words from."""
    return Sources(
        {document: family.id for family in families for document in family.documents},
        {
            analysis.document.id: found
            for analysis in analyses
            if (found := tuple(dict.fromkeys((*analysis.header.agencies, *analysis.document.agencies))))
        },
        {analysis.document.id: analysis.document.origin.outlet for analysis in analyses},
        {document: frozenset(spans) for family in families for document, spans in family.own},
    )
