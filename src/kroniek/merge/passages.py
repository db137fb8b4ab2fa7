"""What a report's words are compared by: hashes of three words in a row, and where they stand."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from kroniek.model import Analysis, Span

WORD = re.compile(r"\w+")
SHINGLE = 3  # words in a row: small edits break few, chance repeats are rare
RUN = 4  # shingles in a row that count as copied: six words
PERMUTATIONS = 128
BANDS = 32  # rows of 4: pairs that share half of their shingles are found with .87, two thirds with .999
ROWS = PERMUTATIONS // BANDS
SEED = 20160909
LONG_SENTENCE = 8  # words; an equal sentence of this length makes two reports candidates
MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
BAND_MIXERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64
)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A report's words in compact form.

    `shingles` has one hash for each word at which three words begin, `known` the same sorted, each
    once, `places` the number of the sentence of every word. `keys` are the hashes under which candidates for copies are found.
    """

    document: str
    agencies: frozenset[str]
    published: date | None
    sentences: tuple[Span, ...]
    shingles: NDArray[np.uint64]
    known: NDArray[np.uint64]
    places: NDArray[np.int32]
    keys: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """Return the number of words."""
        return len(self.places)


def sketches(analyses: Sequence[Analysis]) -> list[Sketch]:
    """Return the sketch of each report, in the same order; signatures are made in one batch."""
    drafts = [_draft(analysis) for analysis in analyses]
    bands = _bands([draft.shingles for draft, _ in drafts])
    return [
        Sketch(
            draft.document, draft.agencies, draft.published, draft.sentences, draft.shingles, draft.known,
            draft.places, tuple(dict.fromkeys((*near, *equal))),
        )
        for (draft, equal), near in zip(drafts, bands, strict=True)
    ]  # fmt: skip


def _draft(analysis: Analysis) -> tuple[Sketch, list[str]]:
    sentences = tuple(item.span for item in analysis.sentences) or (Span(0, len(analysis.text)),)
    words = [WORD.findall(span.of(analysis.text)) for span in sentences]
    places = np.repeat(np.arange(len(words), dtype=np.int32), [len(found) for found in words])
    hashes = np.array(
        [zlib.crc32(word.casefold().encode("utf-8", "replace")) for found in words for word in found],
        np.uint64,
    )
    day = analysis.published.interval
    sketch = Sketch(
        analysis.document.id, frozenset((*analysis.header.agencies, *analysis.document.agencies)),
        day.earliest if day else None, sentences, shingles := _shingles(hashes), np.unique(shingles), places,
    )  # fmt: skip
    return sketch, _equal_keys(hashes, places)


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    if len(words) < SHINGLE:
        return (words * MIXERS[0]).sum(keepdims=True, dtype=np.uint64) if len(words) else words
    count = len(words) - SHINGLE + 1
    mixed = sum((words[offset : offset + count] * MIXERS[offset] for offset in range(SHINGLE)), np.uint64(0))
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64)


def _equal_keys(words: NDArray[np.uint64], places: NDArray[np.int32]) -> list[str]:
    """Return a key for each sentence that is long enough to be telling: reports that share one are compared."""
    borders = np.flatnonzero(np.diff(places)) + 1
    ends = [*borders.tolist(), len(words)]
    return [
        f"s{zlib.crc32(words[first:last].tobytes()):x}-{last - first:x}"
        for first, last in zip([0, *ends], ends, strict=False)
        if last - first >= LONG_SENTENCE
    ]


def _bands(shingles: Sequence[NDArray[np.uint64]]) -> list[tuple[str, ...]]:
    """Return the keys of each report's MinHash bands (Broder 1997; Leskovec et al., ch. 3)."""
    if not shingles:
        return []
    hashes = RMinHash.digest_matrix_from_token_hash_sets(
        [item.tolist() for item in shingles], PERMUTATIONS, SEED
    )
    rows = np.array(hashes.to_rows(), np.uint64).reshape(len(shingles), BANDS, ROWS)
    mixed = (rows * BAND_MIXERS).sum(axis=2, dtype=np.uint64)
    keys = (mixed >> np.uint64(24) << np.uint64(5)) | np.arange(BANDS, dtype=np.uint64)
    return [
        tuple(f"{key:x}" for key in row) if len(item) else ()
        for item, row in zip(shingles, keys.tolist(), strict=True)
    ]


def copied(report: Sketch, other: Sketch) -> NDArray[np.bool_]:
    """Tell for each word of `report` whether it stands in a run of words that `other` has, too."""
    found = np.zeros(report.words, dtype=bool)
    if report.words < SHINGLE or other.words < SHINGLE:
        return found
    spots = np.minimum(np.searchsorted(other.known, report.shingles), len(other.known) - 1)
    shared = other.known[spots] == report.shingles
    edges = np.flatnonzero(np.diff(np.concatenate(([False], shared, [False])).astype(np.int8)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if last - first >= RUN:
            found[first : last + SHINGLE - 1] = True
    return found


def own_sentences(report: Sketch, others: Sequence[Sketch]) -> tuple[Span, ...]:
    """Return the sentences of which no other report has half of the words."""
    taken = np.zeros(report.words, dtype=bool)
    sizes = np.bincount(report.places, minlength=len(report.sentences))
    own = sizes > 0
    for other in others:
        taken |= copied(report, other)
        own &= 2 * np.bincount(report.places, weights=taken, minlength=len(report.sentences)) < sizes
        if not own.any():
            break  # near-copies are told from each other by a few words; the first tell all that is shared
    return tuple(span for span, alone in zip(report.sentences, own.tolist(), strict=True) if alone)
