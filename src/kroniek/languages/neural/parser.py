"""Texts in, spaCy Docs out: words, sentences, tags, lemmas, trees and names.

Sentences of all texts are sorted by length and run in batches, side by side on two threads. A
sentence is padded by its own length alone and its numbers are quantised row by row, so that what
comes out does not depend on the batch it was in.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise

from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from kroniek.languages.neural.model import (
    BATCH_PIECES,
    MOST_PIECES,
    Analysed,
    NeuralModel,
    padded_length,
)
from kroniek.languages.neural.sentences import Abbreviations, sentence_starts

TEXTS_AT_ONCE = 1024
MOST_THREADS = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of one text: which text, and the positions of its words (white space left out)."""

    text: int
    places: tuple[int, ...]
    words: list[str]


class NeuralParser:
    """A parser in the sense of `kroniek.registry`: `pipe` over texts, `parse_tokens` over given words."""

    def __init__(
        self,
        model: NeuralModel,
        tokenizer: Tokenizer,
        abbreviations: Abbreviations,
        batch_pieces: int = BATCH_PIECES,
    ) -> None:
        self._model, self._tokenizer, self._abbreviations = model, tokenizer, abbreviations
        self._batch_pieces = batch_pieces
        self._threads = min(
            MOST_THREADS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        )

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield one Doc for each text, in order; `Doc.text` equals the text."""
        source = iter(texts)
        while group := list(islice(source, TEXTS_AT_ONCE)):
            yield from self._pipe_group(group)

    def _pipe_group(self, texts: list[str]) -> Iterator[Doc]:
        docs = [self._tokenizer(text) for text in texts]
        rows = [([token.text for token in doc], [bool(token.whitespace_) for token in doc]) for doc in docs]
        units = [
            unit for text, (words, spaces) in enumerate(rows) for unit in self._sentences(text, words, spaces)
        ]
        analysed = self._analyse([unit.words for unit in units])
        by_text: list[list[tuple[Unit, Analysed]]] = [[] for _ in texts]
        for unit, piece in zip(units, analysed, strict=True):
            by_text[unit.text].append((unit, piece))
        for (words, spaces), found in zip(rows, by_text, strict=True):
            yield _fill(self._tokenizer, words, spaces, found)

    def parse_tokens(self, sentences: Iterable[Sequence[str]]) -> list[Doc]:
        """Return a Doc of one sentence for each row of words, for scoring on gold words."""
        rows = [list(words) for words in sentences]
        docs = []
        for words, found in zip(rows, self._analyse(rows), strict=True):
            unit = Unit(0, tuple(range(len(words))), words)
            docs.append(_fill(self._tokenizer, words, [True] * len(words), [(unit, found)]))
        return docs

    def _sentences(self, text: int, words: list[str], spaces: list[bool]) -> Iterator[Unit]:
        starts = sentence_starts(words, spaces, self._abbreviations)
        for start, end in pairwise([*starts, len(words)] if starts else ()):
            places = [place for place in range(start, end) if not words[place].isspace()]
            for part in self._cut_long(places, words):
                yield Unit(text, tuple(part), [words[place] for place in part])

    def _cut_long(self, places: list[int], words: list[str]) -> Iterator[list[int]]:
        """Yield a sentence in parts that fit the network; a text without stops comes in many."""
        sizes = self._model.cut([words[place] for place in places])
        part: list[int] = []
        total = 2
        for place, pieces in zip(places, sizes, strict=True):
            if total + len(pieces) > MOST_PIECES:
                yield part
                part, total = [], 2
            part.append(place)
            total += len(pieces)
        if part:
            yield part

    def _analyse(self, sentences: list[list[str]]) -> list[Analysed]:
        """Return the analyses in order; the sentences are run in batches of like length."""
        pieces = [self._model.cut(words) for words in sentences]
        lengths = [padded_length(cut) for cut in pieces]
        order = sorted(
            (number for number in range(len(sentences)) if sentences[number]), key=lengths.__getitem__
        )
        groups: list[list[int]] = []
        for number in order:
            length = lengths[number]
            if (
                not groups
                or lengths[groups[-1][0]] != length
                or (len(groups[-1]) + 1) * length > self._batch_pieces
            ):
                groups.append([])
            groups[-1].append(number)
        found: list[Analysed] = [NOTHING] * len(sentences)

        def run(group: list[int]) -> list[Analysed]:
            return self._model.analyse([sentences[n] for n in group], [pieces[n] for n in group])

        groups.reverse()  # the longest first, so that no long batch is left for the end
        with ThreadPoolExecutor(self._threads) as pool:
            for group, results in zip(groups, pool.map(run, groups), strict=True):
                for number, result in zip(group, results, strict=True):
                    found[number] = result
        return found


NOTHING = Analysed([], [], [], [], [], [], [])


def _fill(
    tokenizer: Tokenizer, words: list[str], spaces: list[bool], sentences: list[tuple[Unit, Analysed]]
) -> Doc:
    """Return a Doc with all annotations; white space hangs on the word before it."""
    count = len(words)
    upos, xpos, feats, lemmas = ["SPACE"] * count, ["_SP"] * count, [""] * count, list(words)
    deprels, names, starts = ["dep"] * count, ["O"] * count, [False] * count
    heads = list(range(count))
    for unit, found in sentences:
        places = unit.places
        starts[places[0]] = True
        for row, place in enumerate(places):
            head = found.heads[row]
            upos[place], xpos[place], lemmas[place] = found.upos[row], found.xpos[row], found.lemmas[row]
            feats[place] = "" if found.feats[row] == "_" else found.feats[row]
            deprels[place] = "ROOT" if head == 0 else found.deprels[row]
            names[place] = found.names[row]
            heads[place] = place if head == 0 else places[head - 1]
    _hang_space(words, heads, deprels, starts)
    return Doc(
        tokenizer.vocab, words=words, spaces=spaces, pos=upos, tags=xpos, morphs=feats, lemmas=lemmas,
        heads=heads, deps=deprels, ents=names,
    )  # fmt: skip


def _hang_space(words: list[str], heads: list[int], deprels: list[str], starts: list[bool]) -> None:
    """Hang white-space tokens on the word before, leading ones on the first word (both lists change)."""
    first = next((place for place, start in enumerate(starts) if start), None)
    before = first
    for place, word in enumerate(words):
        if not word.isspace():
            before = place
        elif before is not None:
            heads[place] = before
        else:
            deprels[place] = "ROOT"
