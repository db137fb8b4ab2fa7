"""Noun phrases: which words stand for one thing, from the head noun with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import EntityType, Mention, MentionKind, Token

# What hangs on a noun as a part of its phrase; clauses, conjuncts and copulas stay out.
INSIDE = ("det", "amod", "nummod", "nmod", "flat", "fixed", "compound", "appos", "advmod")
BREAKS = frozenset({",", "(", ")", ";", ":", "-", "–", "—", '"', "“", "”", "„", "‘", "’", "'"})
HEADS = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "root")  # places of a noun phrase's head
COUNTRIES = ("country:", "place:")  # keys of what a people's name is linked to
MEMBER = re.compile(r"['’](?:er|ster)$")  # `PVV'er`, `CD&V'ster`
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


def is_one_of_a_people(mention: Mention, words: Sequence[Token], tree: Tree) -> bool:
    """Tell whether the name of a people or a party's member stands for one person.

    `De Portugees`, `een Amerikaanse`, `de VVD'er`; not `het Portugees`, `de Russen`. `words` are the
    tokens of the mention.
    """
    if mention.type is not EntityType.NORP or mention.kind is not MentionKind.NAME or len(words) != 1:
        return False
    token = words[0]
    if token.span != mention.span or not is_relation(token, *HEADS):
        return False
    plural = "Number=Plur" in token.feats and not (
        is_relation(token, "nsubj") and not plural_verb(token, tree)
    )
    if plural or "Gender=Neut" in token.feats or not tree.children(token, "det"):
        return False
    if token.upos == "ADJ" and any(tree.children(noun, "amod") for noun in tree.children(token, "conj")):
        return False  # `de Griekse en de Turkse minister`: an adjective whose noun comes later
    return token.upos != "ADJ" or not token.text.endswith("n")  # `De Portugezen` without a number


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


def is_people(entity: str, name: str) -> bool:
    """Tell whether an entity key is a people's country or place, or a name that of a party's member."""
    return entity.startswith(COUNTRIES) or MEMBER.search(name) is not None


def plural_verb(token: Token, tree: Tree) -> bool:
    """Tell whether the verb of which a pronoun is the subject is plural; without a tree, it is."""
    verb = tree.head(token)
    if verb is None:
        return True
    finite = [verb, *tree.children(verb, "aux", "cop")]
    numbers = [word.feats for word in finite if "VerbForm=Fin" in word.feats]
    return not any("Number=Sing" in feats for feats in numbers)
