"""Noun phrases: which words stand for one thing, from the head noun with what belongs to it."""

from __future__ import annotations

from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Token

# What hangs on a noun as a part of its phrase; clauses, conjuncts and copulas stay out.
INSIDE = ("det", "amod", "nummod", "nmod", "flat", "fixed", "compound", "appos", "advmod")
BREAKS = frozenset({",", "(", ")", ";", ":", "-", "–", "—", '"', "“", "”", "„", "‘", "’", "'"})
DEPTH = 6  # phrases within phrases: `de straten van de hoofdstad van het land`


def noun_phrase(tree: Tree, head: Token) -> tuple[int, int]:
    """Return the first and last token index of a head's phrase: one run of words around the head."""
    inside = _inside(tree, head, DEPTH)
    first = last = head.index
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def _inside(tree: Tree, head: Token, depth: int) -> set[int]:
    found = {head.index}
    if depth == 0:
        return found
    for child in tree.children(head, *INSIDE):
        after = child.index > head.index
        if is_relation(child, "advmod") and (after or abs(child.index - head.index) > 1):
            continue
        if is_relation(child, "appos") and tree.tokens[_first(tree, child) - 1].text in BREAKS:
            continue
        found |= _inside(tree, child, depth - 1)
        found.update(word.index for word in tree.children(child, "case", "advmod"))
    return found


def _first(tree: Tree, token: Token) -> int:
    return min((token.index, *(child.index for child in tree.children(token))))
