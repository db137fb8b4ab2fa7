"""Scores on CoNLL-U trees and on plain CoNLL name files, both with gold tokens.

Attachment scores follow the CoNLL 2018 shared task (Zeman et al. 2018): every word counts,
punctuation too, and `las` compares the universal part of the relation; `las_full` the whole label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kroniek.errors import GoldError
from kroniek.evaluate.scores import Counts, Tally


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a tree; `head` counts from 1 within the sentence, 0 is the root."""

    form: str
    lemma: str = ""
    upos: str = ""
    feats: str = ""
    head: int = 0
    deprel: str = ""
    name: str = "O"  # BIO tag


Sentence = Sequence[Word]
Tagger = Callable[[Sequence[Sequence[str]]], Sequence[Sentence]]


def read_conllu(path: Path) -> list[list[Word]]:
    """Return the sentences of a CoNLL-U file; multiword ranges and empty nodes are passed over.

    Raises GoldError with file and line for a line that has not ten columns.
    """
    sentences = []
    for number, lines in _blocks(path):
        words = []
        for offset, line in enumerate(lines):
            if line.startswith("#"):
                continue
            columns = line.split("\t")
            if len(columns) != 10:
                raise GoldError(f"{path}:{number + offset}: want 10 columns, got {len(columns)}")
            if columns[0].isdigit():
                head = int(columns[6]) if columns[6].isdigit() else 0
                words.append(Word(columns[1], columns[2], columns[3], columns[5], head, columns[7]))
        if words:
            sentences.append(words)
    return sentences


def read_names(path: Path) -> list[list[Word]]:
    """Return the sentences of a CoNLL name file: a word first, its BIO tag last, on each line."""
    sentences = []
    for _, lines in _blocks(path):
        words = [line.split() for line in lines if not line.startswith(("#", "-DOCSTART-"))]
        if words:
            sentences.append([Word(columns[0], name=columns[-1]) for columns in words])
    return sentences


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    lines: list[str] = []
    begin = 1
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: not a text file in UTF-8: {error}") from error
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            begin = number if not lines else begin
            lines.append(line.rstrip("\r"))
        elif lines:
            yield begin, lines
            lines = []


def score_trees(gold: Sequence[Sentence], tag: Tagger) -> Tally:
    """Return `upos`, `uas`, `las`, `las_full`, `lemma` and `feats` as accuracies over words."""
    found = tag([[word.form for word in sentence] for sentence in gold])
    tally = Tally()
    for wanted, answered in zip(gold, found, strict=True):
        tally.next_document()
        pairs = list(zip(wanted, answered, strict=True))
        for metric, hits in _tree_hits(pairs).items():
            tally.add(metric, Counts(hits, len(pairs), len(pairs)))
    return tally


def _tree_hits(pairs: Sequence[tuple[Word, Word]]) -> dict[str, int]:
    def universal(label: str) -> str:
        return label.partition(":")[0].lower()

    attached = [(a, b) for a, b in pairs if a.head == b.head]
    return {
        "upos": sum(a.upos == b.upos for a, b in pairs),
        "uas": len(attached),
        "las": sum(universal(a.deprel) == universal(b.deprel) for a, b in attached),
        "las_full": sum(a.deprel.lower() == b.deprel.lower() for a, b in attached),
        "lemma": sum(_lemma(a.lemma) == _lemma(b.lemma) for a, b in pairs),
        "feats": sum(_features(a.feats) == _features(b.feats) for a, b in pairs),
    }


def _lemma(lemma: str) -> str:
    """Take out the seams of compounds and separable verbs: `aan_kondigen` is `aankondigen`."""
    return lemma if lemma == "_" else lemma.replace("_", "")


def _features(feats: str) -> frozenset[str]:
    return frozenset(feats.split("|")) - {"_", ""}


def score_names(gold: Sequence[Sentence], tag: Tagger) -> Tally:
    """Return exact F1 per class (macro) and over all names, as CoNLL's own script counts them."""
    found = tag([[word.form for word in sentence] for sentence in gold])
    tally = Tally()
    for wanted, answered in zip(gold, found, strict=True):
        tally.next_document()
        left, right = set(chunks(word.name for word in wanted)), set(chunks(word.name for word in answered))
        tally.add("names exact", Counts(len(left & right), len(right), len(left)))
        for label in {chunk[0] for chunk in left | right}:
            first = {chunk for chunk in left if chunk[0] == label}
            second = {chunk for chunk in right if chunk[0] == label}
            tally.add("names macro", Counts(len(first & second), len(second), len(first)), label)
    return tally


def chunks(tags: Iterable[str]) -> list[tuple[str, int, int]]:
    """Return (type, first, last) of the names in BIO tags, half-open; a stray I- begins a name."""
    found = []
    label, begin = "", 0
    for index, tag in enumerate([*tags, "O"]):
        head, _, kind = tag.partition("-")
        if label and (head != "I" or kind != label):
            found.append((label, begin, index))
            label = ""
        if head == "B" or (head == "I" and not label):
            label, begin = kind, index
    return found
