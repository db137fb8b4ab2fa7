"""The tags of names (BIO over the eight types of the annotation guidelines) and the best row of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NAME_TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC")
NAME_TAGS = ("O", *(f"{position}-{name}" for name in NAME_TYPES for position in "BI"))
FORBIDDEN = -1e4


def _steps() -> NDArray[np.float32]:
    """Return [before, after]: 0 where a tag may follow another, `FORBIDDEN` for I-X after neither B-X nor I-X."""
    allowed = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), np.float32)
    for after, tag in enumerate(NAME_TAGS):
        if tag.startswith("I-"):
            for before, other in enumerate(NAME_TAGS):
                if other[2:] != tag[2:]:
                    allowed[before, after] = FORBIDDEN
    return allowed


STEPS = _steps()
AT_START = STEPS[0]


def best_tags(scores: NDArray[np.float32]) -> list[str]:
    """Return the best lawful row of tags for a sentence (Viterbi); ``scores`` is [words, tags]."""
    greedy = scores.argmax(1)
    if not greedy.any():
        return ["O"] * len(greedy)
    before = np.concatenate(([0], greedy[:-1]))
    if (STEPS[before, greedy] == 0).all():
        return [NAME_TAGS[tag] for tag in greedy]
    total = scores[0] + AT_START
    back = np.zeros(scores.shape, np.int64)
    for position in range(1, len(scores)):
        ways = total[:, None] + STEPS
        back[position] = ways.argmax(0)
        total = ways.max(0) + scores[position]
    row = [int(total.argmax())]
    for position in range(len(scores) - 1, 0, -1):
        row.append(int(back[position, row[-1]]))
    return [NAME_TAGS[tag] for tag in reversed(row)]
