"""Read the names of our own gold corpus, in the words and sentences of the run time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kroniek.languages.neural.names import NAME_TYPES
from kroniek.languages.neural.sentences import sentence_starts
from kroniek.languages.neural.tokens import abbreviations_of, make_tokenizer
from kroniek_training.corpora import OUTSIDE, Sentence, Word, mask

LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class GoldName:
    """A name as a half-open range of code points in its text."""

    start: int
    end: int
    type: str


def read_split(folder: Path, split: str) -> list[str]:
    """Return the ids of a split (`train` or `dev`) of the gold corpus."""
    ids: list[str] = json.loads((folder / "splits.json").read_text(encoding="utf-8"))[split]
    return ids


def read_gold(folder: Path, texts: Path, split: str = "train") -> Iterator[Sentence]:
    """Yield the sentences of a split; ``texts`` holds `ID.json` with the texts that gold refers to."""
    for name in read_split(folder, split):
        gold = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        text = json.loads((texts / f"{name}.json").read_text(encoding="utf-8"))["text"]
        names = [GoldName(item["start"], item["end"], item["type"]) for item in gold["entities"]]
        yield from sentences_of(text, names)


def sentences_of(text: str, names: list[GoldName]) -> Iterator[Sentence]:
    """Yield the sentences of a text, each word with its one allowed tag; lines are parsed apart."""
    offset = 0
    for line in text.split("\n"):
        doc = make_tokenizer(LANGUAGE)(line)
        words = [token.text for token in doc]
        starts = sentence_starts(words, [bool(t.whitespace_) for t in doc], abbreviations_of(LANGUAGE))
        for start, end in zip(starts, [*starts[1:], len(words)], strict=False):
            tokens = [token for token in doc[start:end] if not token.is_space]
            spans = [(offset + token.idx, offset + token.idx + len(token)) for token in tokens]
            tags = allowed_tags(spans, names)
            if tokens:
                yield tuple(Word(token.text, names=tag) for token, tag in zip(tokens, tags, strict=True))
        offset += len(line) + 1


def allowed_tags(spans: list[tuple[int, int]], names: list[GoldName]) -> list[int]:
    """Return the mask of each word; a word that only begins with a name (`Kremlin-woordvoerder`) counts."""
    tags = [OUTSIDE] * len(spans)
    for name in names:
        if name.type not in NAME_TYPES:
            continue
        touched = [place for place, (start, end) in enumerate(spans) if start < name.end and name.start < end]
        for place in touched:
            tags[place] = mask(name.type, "B" if place == touched[0] else "I")
    return tags
