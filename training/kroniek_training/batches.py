"""Turn sentences into batches of tensors of few shapes (each new shape is compiled anew by oneDNN)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from kroniek.languages.neural.names import NAME_TAGS
from kroniek_training.corpora import ANY, Sentence

START, PAD, END = 0, 1, 2
STEP = 16  # lengths are padded to a multiple of this
MOST_PIECES_A_WORD = 12
LONGEST = 160  # pieces; longer sentences are left out of training
MISSING = -1


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of each head, in the order of the network's outputs."""

    names: dict[str, tuple[str, ...]]

    def index(self, head: str) -> dict[str, int]:
        """Return label -> number for a head."""
        return {label: number for number, label in enumerate(self.names[head])}


@dataclass(slots=True)
class Encoded:
    """One sentence as numbers; -1 where nothing is annotated."""

    pieces: list[int]
    first: list[int]
    last: list[int]
    tags: dict[str, list[int]]
    names: list[int]

    @property
    def bucket(self) -> int:
        """Return the padded length in pieces."""
        return -(-len(self.pieces) // STEP) * STEP


class Encoder:
    """Encodes sentences with a tokenizer and the label tables; word pieces are cached."""

    def __init__(self, tokenizer: Tokenizer, labels: Labels) -> None:
        self.tokenizer, self.labels = tokenizer, labels
        self.index = {head: labels.index(head) for head in labels.names}
        self.cache: dict[str, list[int]] = {}

    def pieces(self, form: str) -> list[int]:
        """Return the piece ids of a word; of an overlong one the first pieces and the last."""
        if form not in self.cache:
            ids = self.tokenizer.encode(form).ids or [3]
            if len(ids) > MOST_PIECES_A_WORD:
                ids = [*ids[: MOST_PIECES_A_WORD - 1], ids[-1]]
            self.cache[form] = ids
        return self.cache[form]

    def encode(self, sentence: Sentence, rules: list[str] | None = None) -> Encoded:
        """Return the sentence as numbers; ``rules`` are the lemma rules of its words."""
        pieces, first, last = [START], [], []
        for word in sentence:
            first.append(len(pieces))
            pieces.extend(self.pieces(word.form))
            last.append(len(pieces) - 1)
        index = self.index
        tags = {
            "upos": [index["upos"].get(word.upos, MISSING) for word in sentence],
            "feats": [index["feats"].get(word.feats, MISSING) for word in sentence],
            "xpos": [index["xpos"].get(word.xpos, MISSING) for word in sentence],
            "lemma": [index["lemma"].get(rule, MISSING) for rule in rules or [""] * len(sentence)],
            "deprel": [index["deprel"].get(word.deprel, MISSING) for word in sentence],
            "head": [word.head for word in sentence],
        }
        return Encoded([*pieces, END], first, last, tags, [word.names for word in sentence])


@dataclass(slots=True)
class Batch:
    """Tensors of some sentences: pieces [B, P]; the rest [B, W]; name masks [B, W, tags]."""

    pieces: Tensor
    first: Tensor
    last: Tensor
    real: Tensor
    tags: dict[str, Tensor]
    names: Tensor
    sentences: list[Encoded]


_BITS = torch.arange(len(NAME_TAGS))


def collate(sentences: list[Encoded]) -> Batch:
    """Return a batch of sentences of one bucket; words are padded to a multiple of 8."""
    length = max(sentence.bucket for sentence in sentences)
    words = -(-max(len(sentence.first) for sentence in sentences) // 8) * 8

    def padded(rows: Iterable[list[int]], width: int, filler: int) -> Tensor:
        return torch.tensor([row + [filler] * (width - len(row)) for row in rows])

    names = padded((sentence.names for sentence in sentences), words, ANY)
    return Batch(
        pieces=padded((sentence.pieces for sentence in sentences), length, PAD),
        first=padded((sentence.first for sentence in sentences), words, 0),
        last=padded((sentence.last for sentence in sentences), words, 0),
        real=padded(([1] * len(sentence.first) for sentence in sentences), words, 0).bool(),
        tags={
            name: padded((sentence.tags[name] for sentence in sentences), words, MISSING)
            for name in sentences[0].tags
        },
        names=(names[:, :, None] >> _BITS) & 1 == 1,
        sentences=sentences,
    )


def batches(sentences: list[Encoded], pieces: int, chance: random.Random) -> Iterator[list[Encoded]]:
    """Yield groups of sentences of one bucket, about ``pieces`` padded pieces each, in random order."""
    buckets: dict[int, list[Encoded]] = {}
    for sentence in sentences:
        if sentence.bucket <= LONGEST:
            buckets.setdefault(sentence.bucket, []).append(sentence)
    groups = []
    for length, members in sorted(buckets.items()):
        chance.shuffle(members)
        size = max(1, pieces // length)
        groups.extend(members[start : start + size] for start in range(0, len(members), size))
    chance.shuffle(groups)
    yield from groups
