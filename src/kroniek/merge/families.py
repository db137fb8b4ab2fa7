"""Reports that print the same wire copy: one family, one source.

MinHash bands over shingles of three words, and equal long sentences, find candidates (Broder 1997;
Leskovec et al., Mining of Massive Datasets, ch. 3). The share of the shorter report's words that
stand in common runs of words confirms them; a common agency credit makes a copy more likely, credits
that differ less. Average links keep apart two copies that a third report has joined in one text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kroniek.merge.clusters import average_link, components
from kroniek.merge.passages import Sketch, copied, own_sentences, sketches
from kroniek.model import Analysis, Family, content_id

SAME = 0.5  # least share of copied words, averaged over pairs
SAME_AGENCY, OTHER_AGENCY = 0.1, -0.15
FEWEST = 15  # copied words that show anything at all, unless they are the whole report
APART = 45  # days between copies; a longer distance needs a copy that is nearly whole
NEARLY_WHOLE = 0.8
CROWD = 24  # reports under one key that are all compared; of more only neighbours are
NEIGHBOURS = 6

Pair = tuple[str, str]


class FamilyIndex:
    """Which reports are copies of each other, for a growing set of reports.

    `with_reports` returns a new index and compares only what is new; the families are the same as
    those of an index that is made anew.
    """

    def __init__(
        self,
        reports: Mapping[str, Sketch] = {},
        keys: Mapping[int, tuple[str, ...]] = {},
        shares: Mapping[Pair, float] = {},
        families: Mapping[tuple[str, ...], Family] = {},
    ) -> None:
        self._reports, self._keys, self._shares = reports, keys, shares
        self._families = families

    def with_reports(self, analyses: Sequence[Analysis]) -> FamilyIndex:
        """Return an index that knows these reports as well; none of them may be known yet."""
        fresh = sketches(analyses)
        reports = {**self._reports, **{sketch.document: sketch for sketch in fresh}}
        keys = dict(self._keys)
        touched = set()
        for sketch in fresh:
            for key in sketch.keys:
                keys[key] = (*keys.get(key, ()), sketch.document)
                touched.add(key)
        shares = dict(self._shares)
        for pair in {pair for key in touched for pair in _pairs(keys[key])} - shares.keys():
            shares[pair] = likeness(reports[pair[0]], reports[pair[1]])
        groups = list(_groups(keys, shares, reports))
        families = {
            tuple(group): self._families.get(tuple(group)) or _family(group, reports) for group in groups
        }
        return FamilyIndex(reports, keys, shares, families)

    @property
    def families(self) -> tuple[Family, ...]:
        """Return the groups of two or more reports, in order of their ids."""
        return tuple(sorted(self._families.values(), key=lambda family: family.id))


def find_families(analyses: Sequence[Analysis]) -> tuple[Family, ...]:
    """Return the groups of two or more reports that print the same copy, in order of their ids.

    The result depends on the set of reports, not on their order.
    """
    return FamilyIndex().with_reports(analyses).families


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


def _pairs(members: Iterable[str]) -> Iterable[Pair]:
    """Return which reports under one key are compared: all of a few, neighbours by id of a crowd.

    A phrase that hundreds of reports print (`Lees ook:`) would otherwise cost the square of that;
    true copies share many keys and have each other as neighbours.
    """
    ordered = sorted(members)
    if len(ordered) <= CROWD:
        return combinations(ordered, 2)
    return (
        (left, right)
        for position, left in enumerate(ordered)
        for right in ordered[position + 1 : position + 1 + NEIGHBOURS]
    )


def _groups(
    keys: Mapping[int, Sequence[str]], shares: Mapping[Pair, float], reports: Mapping[str, Sketch]
) -> Iterable[list[str]]:
    crowded = {key for key, members in keys.items() if len(members) > CROWD}
    linked = [pair for pair, share in shares.items() if share > SAME]
    if crowded:
        # Neighbours change as a crowd grows: only pairs that are neighbours now may link.
        linked = [pair for pair in linked if _compared(pair, keys, reports)]
    for part in components(linked):
        ordered = sorted(part)
        number = {document: index for index, document in enumerate(ordered)}
        scores = {
            (number[left], number[right]): shares[left, right]
            if (left, right) in shares
            else likeness(reports[left], reports[right])
            for left, right in combinations(ordered, 2)
        }
        for cluster in average_link(len(ordered), scores, SAME):
            if len(cluster) > 1:
                yield [ordered[index] for index in cluster]


def _compared(pair: Pair, keys: Mapping[int, Sequence[str]], reports: Mapping[str, Sketch]) -> bool:
    left, right = (reports[document] for document in pair)
    common = set(left.keys) & set(right.keys)
    if any(len(keys[key]) <= CROWD for key in common):
        return True
    return any(pair in set(_pairs(keys[key])) for key in common)


def _family(group: Sequence[str], reports: Mapping[str, Sketch]) -> Family:
    members = [reports[document] for document in group]
    agencies = sorted(set().union(*(member.agencies for member in members)))
    own = tuple(
        (member.document, spans)
        for member in members
        if (spans := own_sentences(member, [other for other in members if other is not member]))
    )
    return Family(content_id("family", *group), tuple(group), tuple(agencies), own)
