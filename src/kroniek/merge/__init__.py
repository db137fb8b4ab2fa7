"""From analyses to a chronicle: families of copies, events, claims, processes. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from kroniek.merge.claims import find_claims
from kroniek.merge.events import merge_events
from kroniek.merge.families import find_families
from kroniek.model import Analysis, Merged


def merge(contributions: Sequence[Analysis]) -> Merged:
    """Return what a set of analyses says together; the tokens of the analyses may be left out.

    The result depends on the set, not on its order; a document given twice counts once.
    """
    analyses = list({analysis.document.id: analysis for analysis in contributions}.values())
    analyses.sort(key=lambda analysis: analysis.document.id)
    families = find_families(analyses)
    members = {document: family.id for family in families for document in family.documents}
    events = merge_events(analyses, members)
    return Merged(families=families, events=events, claims=find_claims(analyses, events))


__all__ = ["merge"]
