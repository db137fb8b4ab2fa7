"""On which side of the report a time lies: `gaat maandag in` is to come, `zei maandag` is over.

With a parser the clause's verb decides by tense and auxiliaries; without one the verb forms of the pack's
table that stand nearest in the clause do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kroniek.analyse.times.values import Side
from kroniek.analyse.times.words import BROKEN, Tokens
from kroniek.model import Token

CLIMB = 12  # heads to follow from a time to its verb
NEAR = 14  # tokens to look at on each side of a time where there is no tree
ENDS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Cues:
    """The pack's words that tell a side."""

    past: frozenset[str]
    future: frozenset[str]
    speech: frozenset[str]
    conditional: frozenset[str]
    perfect: frozenset[str]
    passive: frozenset[str]
    coming: frozenset[str]
    modal: frozenset[str]
    clause: frozenset[str]
    since: frozenset[str]
    lasting: frozenset[str]  # before a time that lies behind, whatever the tense: `sinds`
    onward: frozenset[str]  # before a time that lies ahead where no verb tells: `vanaf`
    attributive: frozenset[str]
    until: frozenset[str]  # prepositions of the time to which something is put off: `uitgesteld tot`
    beyond: frozenset[str]  # what may stand between: `tot na Nieuwjaar`
    postponing: frozenset[str]
    ahead: frozenset[str]
    behind: frozenset[str]


def read_cues(tables: Mapping[str, Any]) -> Cues:
    """Return the cues of a pack's `[direction]` table."""
    table = tables["direction"]
    return Cues(**{name: frozenset(table[name]) for name in Cues.__slots__})


def side_by_words(tokens: Tokens, first: int, last: int, cues: Cues) -> Side:
    """Return the side that the nearest verb form in the clause tells, OPEN when there is none."""
    best, side = NEAR + 1, Side.OPEN
    for step in (-1, 1):
        at = first - 1 if step < 0 else last
        distance = 0
        while 0 <= at < len(tokens.words) and distance < NEAR:
            word = tokens.words[at]
            if _ends(tokens, at, step) or (distance and word in cues.clause and step > 0):
                break
            distance += 1
            found = _side_of_word(word, cues)
            if found is not Side.OPEN and distance < best:
                best, side = distance, found
            if word in cues.clause and word != "," and step < 0:
                break
            at += step
    return side


def _ends(tokens: Tokens, at: int, step: int) -> bool:
    if tokens.words[at] in ENDS:
        return True
    return tokens.gaps[at if step > 0 else at + 1] == BROKEN if at + 1 < len(tokens.words) else False


def _side_of_word(word: str, cues: Cues) -> Side:
    if word in cues.past or word in cues.speech:
        return Side.PAST
    return Side.FUTURE if word in cues.future or word in cues.conditional else Side.OPEN


@dataclass(frozen=True, slots=True)
class Trees:
    """A document's tagged tokens, ready to be asked which verb governs a place in the text."""

    tokens: Sequence[Token]
    starts: Sequence[int]
    children: Mapping[int, Sequence[int]]

    def at(self, offset: int) -> Token | None:
        """Return the token that covers an offset, or None."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or self.tokens[index].end <= offset:
            return None
        return self.tokens[index]


def read_trees(tokens: Sequence[Token]) -> Trees | None:
    """Return the trees of a document; None when the parser gave no tags."""
    if not any(token.upos in ("VERB", "AUX") for token in tokens):
        return None
    children: dict[int, list[int]] = {}
    for token in tokens:
        if token.head != token.index:
            children.setdefault(token.head, []).append(token.index)
    return Trees(tokens, [token.start for token in tokens], children)


def side_by_tree(trees: Trees, offset: int, cues: Cues) -> tuple[Side, bool]:
    """Return the side that the governing verb's tense and auxiliaries tell, and whether that is sure.

    A time that describes a noun has the side of the noun's adjective (`hun volgende wedstrijd op vrijdag`),
    else none from the verb above it (`de verkiezingen van 6 november`).
    """
    token = trees.at(offset)
    for step in range(CLIMB):
        if token is None:
            break
        if step and token.upos in ("NOUN", "PROPN"):
            words = {trees.tokens[child].text.lower() for child in trees.children.get(token.index, ())}
            if words & cues.ahead or words & cues.behind:
                return (Side.FUTURE if words & cues.ahead else Side.PAST), False
        if token.upos == "VERB" or _has_copula(trees, token):
            return _side_of_verb(trees, token, cues)
        if token.head == token.index or (step and token.upos in ("NOUN", "PROPN") and _modifies(token)):
            break
        token = trees.tokens[token.head]
    return Side.OPEN, False


def _modifies(token: Token) -> bool:
    """Tell whether a noun stands on its own in the clause, so that what hangs on it is told of it alone."""
    return token.deprel.startswith(("obl", "nsubj", "obj", "nmod", "conj", "root", "iobj", "appos"))


def _has_copula(trees: Trees, token: Token) -> bool:
    return any(trees.tokens[child].deprel == "cop" for child in trees.children.get(token.index, ()))


def _side_of_verb(trees: Trees, verb: Token, cues: Cues) -> tuple[Side, bool]:
    group = [verb]
    group += [
        trees.tokens[child]
        for child in trees.children.get(verb.index, ())
        if trees.tokens[child].deprel.startswith(("aux", "cop"))
    ]
    lemmas = {token.lemma.lower() for token in group[1:]}
    finite = next((token for token in group if "VerbForm=Fin" in token.feats), None)
    if finite is None and verb.deprel.startswith(("xcomp", "advcl", "acl", "ccomp")):
        ahead = "VerbForm=Inf" in verb.feats and not lemmas & cues.perfect
        return (Side.FUTURE, True) if ahead else (Side.OPEN, False)
    if any(token.text.lower() in cues.conditional for token in group):
        return Side.OPEN, False
    if finite is not None and "Tense=Past" in finite.feats:
        return Side.PAST, True
    if lemmas & cues.coming:
        return Side.FUTURE, True
    if lemmas & cues.perfect and "VerbForm=Part" in verb.feats:
        return Side.PAST, True
    if verb.text.lower() in cues.speech:
        return Side.PAST, True
    return (Side.FUTURE if finite is not None else Side.OPEN), False
