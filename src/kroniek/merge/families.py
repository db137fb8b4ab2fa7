"""Reports that print the same wire copy: one family, one source.

MinHash signatures over word shingles find candidates (Broder 1997, bands as in Leskovec et al.,
Mining of Massive Datasets, ch. 3); the exact overlap of the shingles confirms them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rensa import RMinHash, RMinHashLSH

from kroniek.model import Analysis, Family, content_id

WORD = re.compile(r"\w+")
SHINGLE = 3  # words in a row: small edits break few, chance repeats are rare
PERMUTATIONS = 128
BANDS = 32  # rows of 4: pairs that share half of their shingles are found with .87, two thirds with .999
SAME = 0.5  # least share of the smaller report's shingles that stand in the other
SEED = 20160909


def find_families(analyses: Sequence[Analysis]) -> tuple[Family, ...]:
    """Return the groups of two or more reports that share most of their words, in order of their ids.

    The result depends on the set of reports, not on their order.
    """
    ordered = sorted(analyses, key=lambda analysis: analysis.document.id)
    shingles = [_shingles(analysis.text) for analysis in ordered]
    parents = list(range(len(ordered)))
    for left, right in _candidates(shingles):
        if _shared(shingles[left], shingles[right]) >= SAME:
            parents[_root(parents, right)] = _root(parents, left)
    groups: dict[int, list[Analysis]] = {}
    for position, analysis in enumerate(ordered):
        groups.setdefault(_root(parents, position), []).append(analysis)
    return tuple(
        sorted((_family(group) for group in groups.values() if len(group) > 1), key=lambda item: item.id)
    )


def _shingles(text: str) -> frozenset[str]:
    words = [word.casefold() for word in WORD.findall(text)]
    return frozenset(
        " ".join(words[position : position + SHINGLE]) for position in range(max(1, len(words) - SHINGLE + 1))
    )


def _candidates(shingles: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    hashes = RMinHash.from_token_sets([sorted(item) for item in shingles], PERMUTATIONS, SEED)
    index = RMinHashLSH(SAME, PERMUTATIONS, BANDS)
    found: list[tuple[int, int]] = []
    for position, signature in enumerate(hashes):
        found.extend((other, position) for other in sorted(index.query(signature)))
        index.insert(position, signature)
    return found


def _shared(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(1, min(len(left), len(right)))


def _root(parents: list[int], position: int) -> int:
    while parents[position] != position:
        parents[position] = parents[parents[position]]
        position = parents[position]
    return position


def _family(group: Sequence[Analysis]) -> Family:
    documents = tuple(analysis.document.id for analysis in group)
    agencies = {
        agency for analysis in group for agency in (*analysis.header.agencies, *analysis.document.agencies)
    }
    return Family(content_id("family", *documents), documents, tuple(sorted(agencies)))
