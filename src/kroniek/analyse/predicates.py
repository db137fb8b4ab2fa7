"""Whatever a text says that happens or is the case, with certainty and polarity: wider than our event types.

NewsReader's and MEANTIME's idea of an event (Tonelli et al. 2014, Minard et al. 2016): verbs, copulas with
what they predicate, and nouns that name a happening.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.analyse.factuality import Reader
from kroniek.analyse.modality import Reading, modality_words
from kroniek.analyse.tree import Tree, is_relation, tree_of
from kroniek.language import Language
from kroniek.model import Analysis, Span, Token

MIN_STEM = 3  # letters before a suffix that makes a noun of a verb


@dataclass(frozen=True, slots=True)
class PredicateWords:
    """The pack's nouns that name happenings: whole, as heads of compounds, and by suffix."""

    nouns: frozenset[str]
    heads: tuple[str, ...]
    suffixes: tuple[str, ...]
    things: frozenset[str]  # nouns with such a suffix that name no happening


@dataclass(frozen=True, slots=True)
class Predicate:
    """A happening or state: its words, the naming one first, and how its factuality reads."""

    words: tuple[Span, ...]
    reading: Reading


def predicate_words(language: Language) -> PredicateWords:
    """Return the pack's words; build it through `language.compiled`."""
    table = language.table("modality")["predicates"]
    return PredicateWords(
        nouns=frozenset(table["nouns"].split()),
        heads=tuple(table["heads"].split()),
        suffixes=tuple(table["suffixes"].split()),
        things=frozenset(table["things"].split()),
    )


def find_predicates(analysis: Analysis, language: Language) -> tuple[Predicate, ...]:
    """Return the predicates of a document in text order."""
    tree = tree_of(analysis)
    words = language.compiled(predicate_words)
    reader = Reader(tree, language.compiled(modality_words))
    return tuple(
        Predicate(tuple(part.span for part in parts), reader.read(_governing(tree, parts[0])))
        for parts in _predicates(tree, words)
    )


def _predicates(tree: Tree, words: PredicateWords) -> Iterator[tuple[Token, ...]]:
    for token in tree.tokens:
        if token.upos == "VERB":
            if not is_relation(token, "amod"):
                yield (token, *tree.children(token, "compound:prt"))
        elif (
            is_relation(token, "cop")
            or (token.upos == "ADJ" and tree.child(token, "cop"))
            or (token.upos == "NOUN" and names_happening(words, token))
        ):
            yield (token,)


def _governing(tree: Tree, token: Token) -> Token:
    """A copula is read through what it predicates: `is niet snel`."""
    head = tree.head(token) if is_relation(token, "cop") else None
    return head or token


def names_happening(words: PredicateWords, token: Token) -> bool:
    """Tell whether a noun names something that happens."""
    lemma = token.lemma.replace("_", "").lower()
    last = token.lemma.replace("-", "_").rsplit("_", 1)[-1].lower()
    if lemma in words.things or last in words.things:
        return False
    if lemma in words.nouns or last in words.nouns or lemma.endswith(words.heads):
        return True
    return any(lemma.endswith(suffix) and len(lemma) >= len(suffix) + MIN_STEM for suffix in words.suffixes)
