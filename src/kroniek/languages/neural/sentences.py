"""Where sentences start, by rule. Zones are split before this, so that a heading never runs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FINAL = frozenset({".", "!", "?", "…", "...", "....", "?!", "!?", "!!", "??", "..", ".'", "!!!", "???"})
CLOSING = frozenset({")", "]", "}", "’", "”", "»", "''", "'", '"', "›"})
OPENING = frozenset(
    {"(", "[", "„", "“", "‘", "«", "``", ",,", "‹", "'", '"', "‚", "`", "-", "–", "—", "•", "*", "¿", "¡"}
)
EITHER = frozenset({"'", '"'})  # opens or closes, the space around it tells


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Words that keep their full stop: ``never`` end a sentence (`dr.`), ``may`` end one (`e.d.`)."""

    never: frozenset[str]
    may: frozenset[str]


def sentence_starts(words: Sequence[str], spaces: Sequence[bool], abbreviations: Abbreviations) -> list[int]:
    """Return the positions at which a sentence starts, in order, the first always 0.

    ``spaces`` says whether white space follows a word. White-space words with an empty line between
    end a sentence; closing quotation marks stay with what they close.
    """
    starts = [0] if words else []
    position = 0
    while position < len(words):
        after = position + 1
        if _blank_line(words[position]) or _ends(words, position, abbreviations):
            while after < len(words) and _closes(words, spaces, after):
                after += 1
            starts_here = after < len(words) and (_blank_line(words[position]) or _may_start(words, after))
            if starts_here and after > starts[-1]:
                starts.append(after)
        position = after
    return starts


def _blank_line(word: str) -> bool:
    return word.isspace() and word.count("\n") > 1


def _ends(words: Sequence[str], position: int, abbreviations: Abbreviations) -> bool:
    word = words[position]
    if word in FINAL:
        return True
    if len(word) < 2 or word[-1] != ".":
        return False
    if word in abbreviations.may or word.lower() in abbreviations.may:
        return True
    if word in abbreviations.never or word.lower() in abbreviations.never or _initials(word):
        return False
    return position + 1 == len(words) or word[:-1].isalpha()


def _initials(word: str) -> bool:
    """Tell initials: `J.`, `A.B.`, `Th.` (a capital, at most one small letter, a stop, repeated)."""
    return all(part[:1].isupper() and len(part) <= 2 for part in word[:-1].split("."))


def _closes(words: Sequence[str], spaces: Sequence[bool], position: int) -> bool:
    word = words[position]
    if word in FINAL:
        return True
    if word not in CLOSING or spaces[position - 1]:
        return False
    return (
        word not in EITHER or spaces[position] or position + 1 == len(words) or words[position + 1] in CLOSING
    )


def _may_start(words: Sequence[str], position: int) -> bool:
    """Tell whether a sentence can start here: not with a small letter or a comma (`'Kom!', zei hij`)."""
    for word in words[position : position + 4]:
        if word.isspace() or word in OPENING:
            continue
        first = word[0]
        if first in "'’" and len(word) <= 3:  # `'s Avonds`, `'t Is`: the next word has the capital
            continue
        return (
            first.isupper() or first.isdigit() or first in "€$@#" or not (first.isalpha() or first in ",;:.)")
        )
    return False
