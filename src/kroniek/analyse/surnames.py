"""Surnames that begin with a particle, which a parser takes for a preposition: `Van Grieken zei dat ...`.

At the start of a sentence `Van` may be either. Where the report or the knowledge base has the whole
surname, the particle belongs to the name, and the name may be the subject.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kroniek.knowledge import Knowledge
from kroniek.model import EntityType, Mention, Token

PARTS = 3  # words of a surname before its last: `Van den Brandt`
OBLIQUE = ("obl", "nmod")


def join_particles(
    names: Sequence[Mention], tokens: Sequence[Token], text: str, knowledge: Knowledge
) -> tuple[tuple[Mention, ...], tuple[Token, ...]]:
    """Return the names, those of people with the particles before them, and the tokens hung accordingly."""
    starts = [token.start for token in tokens]
    whole = _surnames(names, text)
    found, words = [], list(tokens)
    for name in names:
        first = bisect_left(starts, name.span.start)
        begin = _begin(first, name, words, text, whole, knowledge) if name.type is EntityType.PER else first
        if begin == first:
            found.append(name)
            continue
        span = replace(name.span, start=words[begin].start)
        found.append(replace(name, span=span, head=span))
        _rehang(words, begin, first)
    return tuple(found), tuple(words)


def _surnames(names: Sequence[Mention], text: str) -> frozenset[str]:
    """Return all endings of two words and more of the people's full names, in small letters."""
    full = (name.span.of(text).lower().split() for name in names if name.type is EntityType.PER)
    return frozenset(" ".join(words[cut:]) for words in full for cut in range(1, len(words) - 1))


def _begin(
    first: int, name: Mention, words: Sequence[Token], text: str, whole: frozenset[str], knowledge: Knowledge
) -> int:
    """Return the token with which a surname begins; `first` when nothing before it belongs to it."""
    for begin in range(max(0, first - PARTS), first):
        particle = words[begin]
        opening = words[begin:first]
        if particle.sentence != words[first].sentence or not particle.text[:1].isupper():
            continue
        if any(token.upos not in ("ADP", "DET") for token in opening):
            continue
        surname = text[particle.start : name.span.end]
        known = any(alias.entity.startswith("person:") for alias in knowledge.named(surname))
        if surname.lower() in whole or known:
            return begin
    return first


def _rehang(words: list[Token], begin: int, first: int) -> None:
    """Make particles parts of the name, and the name the subject where its verb has none."""
    head = words[first]
    for index in range(begin, first):
        words[index] = replace(words[index], upos="PROPN", deprel="flat", head=first)
    verb = words[head.head]
    if (
        head.deprel.partition(":")[0] not in OBLIQUE
        or "VerbForm=Fin" not in verb.feats
        or verb.index <= first
    ):
        return
    near = words[begin : min(len(words), verb.index + 30)]
    if not any(token.head == verb.index and token.deprel.startswith("nsubj") for token in near):
        words[first] = replace(head, deprel="nsubj")
