"""Reports that print the same wire copy: one family, one source.

MinHash bands over shingles of three words, and equal long sentences, find candidates (Broder 1997;
Leskovec et al., Mining of Massive Datasets, ch. 3). The share of the shorter report's words that
stand in common runs of words confirms them; a common agency credit makes a copy more likely, credits
that differ less. Average links keep apart two copies that a third report has joined in one text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kroniek.merge.grouping import Rule, regroup
from kroniek.merge.passages import Sketch, copied, own_sentences
from kroniek.merge.shelf import Shelf, Table
from kroniek.model import Family, content_id

SAME = 0.5  # least share of copied words, averaged over pairs
SAME_AGENCY, OTHER_AGENCY = 0.1, -0.15
FEWEST = 15  # copied words that show anything at all, unless they are the whole report
APART = 45  # days between copies; a longer distance needs a copy that is nearly whole
NEARLY_WHOLE = 0.8
CROWD = 24  # reports under one key that are all compared; of more only neighbours are
NEIGHBOURS = 6

FAMILIES: Table[Family] = Table("families", Family)
FAMILY_OF: Table[str] = Table("family of", str)
SKETCHES: Table[Sketch] = Table("sketches", Sketch)


def regroup_families(shelf: Shelf, fresh: Mapping[str, Sketch], gone: Mapping[str, Sketch]) -> set[str]:
    """Bring the families up to date; return the documents whose family, or share in it, has changed."""
    shelf.put(SKETCHES, fresh)
    groups = regroup(shelf, COPIES, fresh, gone)
    shelf.put(SKETCHES, dict.fromkeys(gone.keys() - fresh.keys()))
    involved = {document for group in groups for document in group} | gone.keys()
    before = shelf.get(FAMILY_OF, involved)
    old = shelf.get(FAMILIES, set(before.values()))
    members = shelf.get(SKETCHES, involved)
    new = {family.id: family for group in groups if len(group) > 1 for family in (_family(group, members),)}
    shelf.put(FAMILIES, {**dict.fromkeys(old), **new})
    belongs = {document: family.id for family in new.values() for document in family.documents}
    shelf.put(FAMILY_OF, {**dict.fromkeys(before), **belongs})
    # A known report may have told on its own what a new copy of it tells as well.
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return {
        document
        for key in changed
        for found in (old, new)
        if key in found
        for document in found[key].documents
    }


def likeness(left: Sketch, right: Sketch) -> float:
    """Return how likely the two print the same copy: 0 to 1, from the share of copied words."""
    shorter, longer = sorted((left, right), key=lambda sketch: (sketch.words, sketch.document))
    count = int(copied(shorter, longer).sum())
    share = count / max(1, shorter.words)
    if count < FEWEST and share < NEARLY_WHOLE:
        return 0.0
    if left.published and right.published and abs((left.published - right.published).days) > APART:
        return share if share >= NEARLY_WHOLE else 0.0
    if left.agencies and right.agencies:
        share += SAME_AGENCY if left.agencies & right.agencies else OTHER_AGENCY
    return min(1.0, max(0.0, share))


def _are_twins(left: Sketch, right: Sketch, score: float) -> bool:
    """Tell whether two copies are the same but for a few words: neither holds a report that the other lacks."""
    shorter, longer = sorted((left.words, right.words))
    return score >= NEARLY_WHOLE and shorter >= NEARLY_WHOLE * longer


def _neighbours(members: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Return which reports of a crowd under one key are compared: neighbours by id.

    A phrase that hundreds of reports print (`Lees ook:`) would otherwise cost the square of that;
    true copies share many keys and have each other as neighbours.
    """
    return (
        (left, right)
        for position, left in enumerate(members)
        for right in members[position + 1 : position + 1 + NEIGHBOURS]
    )


def _family(group: Sequence[str], reports: Mapping[str, Sketch]) -> Family:
    members = [reports[document] for document in group]
    agencies = sorted(set().union(*(member.agencies for member in members)))
    own = tuple(
        (member.document, spans)
        for member in members
        if (spans := own_sentences(member, [other for other in members if other is not member]))
    )
    return Family(content_id("family", *group), tuple(group), tuple(agencies), own)


COPIES: Rule[Sketch] = Rule(
    "copies", lambda sketch: sketch.keys, likeness, lambda shelf, ids: shelf.get(SKETCHES, ids), link=SAME, same=SAME, crowd=CROWD,
    pairs=_neighbours, within=True, twins=_are_twins,
)  # fmt: skip
