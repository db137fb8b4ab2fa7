"""How a verb stands in time, by its finite form and its auxiliaries."""

from __future__ import annotations

from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Token

AUXILIARIES = ("aux", "aux:pass", "cop")
PERFECT = frozenset({"hebben", "zijn"})


def finite_form(tree: Tree, verb: Token) -> Token | None:
    """Return the finite form of a verb's clause: itself, an auxiliary, a copula; None when it has none."""
    words = (verb, *tree.children(verb, *AUXILIARIES))
    return next((word for word in words if "VerbForm=Fin" in word.feats), None)


def is_perfect(tree: Tree, verb: Token) -> bool:
    """Tell whether a verb stands in the perfect: `heeft gestolen`, `is vertrokken`.

    A participle that looks like a noun may be tagged as one: `heeft zich verzet`.
    """
    finite = finite_form(tree, verb)
    if finite is None or finite is verb or finite.lemma not in PERFECT:
        return False
    return "VerbForm=Part" in verb.feats or (verb.upos == "NOUN" and finite.deprel == "aux")


def is_present(tree: Tree, verb: Token) -> bool | None:
    """Tell whether a verb stands in the present, not the perfect; None where it has no finite form."""
    finite = finite_form(tree, verb)
    if finite is None:
        return None
    return "Tense=Pres" in finite.feats and not is_perfect(tree, verb)


def is_told_as_past(tree: Tree, word: Token) -> bool:
    """Tell whether the nearest clause around a word stands in the past or the perfect.

    A perfect tells how its subject is now: `de samenwerking is versterkt`.
    """
    below = word
    for verb in (word, *tree.ancestors(word)):
        finite = finite_form(tree, verb)
        if finite is not None:
            perfect = is_perfect(tree, verb) and not is_relation(below, "nsubj")
            return "Tense=Past" in finite.feats or perfect
        if verb.upos == "VERB" and is_relation(verb, "advcl", "acl"):
            return False  # `kwam om het bestand te versterken`
        below = verb
    return False


def is_shifted(tree: Tree, verb: Token) -> bool:
    """Tell whether a past is that of a clause below a past: `zei dat zij samenwerkten` tells what goes on."""
    finite, head = finite_form(tree, verb), tree.head(verb)
    if finite is None or head is None or not is_relation(verb, "ccomp"):
        return False
    above = finite_form(tree, head)
    return "Tense=Past" in finite.feats and above is not None and "Tense=Past" in above.feats
