"""What the place of words in a sentence says of whom they can mean: fronted possessives, principles B and C."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kroniek.analyse.referents import Referent, clause_of
from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Token

FRONT = 4  # words from the start of a sentence
NOUN_FORMS = frozenset({"the", "this", "own", "a"})


def bound(referents: Sequence[Referent], tree: Tree) -> list[Referent]:
    """Return referents, in order of their heads, with what their places bar or demand."""
    return _with_barred(_with_cataphora(referents, tree), tree)


def _with_cataphora(referents: Sequence[Referent], tree: Tree) -> list[Referent]:
    """Let a fronted possessive mean the subject after it: `In zijn toespraak dreigde president Poetin`."""
    by_sentence: dict[int, list[Referent]] = {}
    for referent in referents:
        by_sentence.setdefault(referent.sentence, []).append(referent)
    found = []
    for referent in referents:
        here = by_sentence[referent.sentence]
        fronted = referent.head - tree.sentences[referent.sentence].first <= FRONT
        if referent.form in ("his", "her", "their") and fronted and referent.quotation < 0:
            known = [item for item in here if item.entities]
            subject = known[0] if known and known[0].subject else None
            noun = tree.head(tree.tokens[referent.head])
            own = noun is not None and subject is not None and _is_of(tree.tokens[subject.head], noun, tree)
            if (
                subject is not None
                and not own
                and subject.head > referent.head
                and _may_own(referent, subject)
            ):
                referent = replace(referent, renames=subject.head)
        found.append(referent)
    return found


def _with_barred(referents: Sequence[Referent], tree: Tree) -> list[Referent]:
    """Keep a pronoun from meaning who is named after it in its own clause (principle C, Chomsky 1981).

    And a description from who is told within it: `De zoon van de president` is not the president.
    """
    heads = [item.head for item in referents]
    named: dict[tuple[int, int], list[Referent]] = {}
    for referent in referents:
        if referent.form == "name" and referent.entities:
            key = (clause_of(tree.tokens[referent.head], tree), referent.quotation)
            named.setdefault(key, []).append(referent)
    found = []
    for referent in referents:
        if referent.form in ("he", "she", "ze"):
            key = (clause_of(tree.tokens[referent.head], tree), referent.quotation)
            after = (item for item in named.get(key, ()) if key[0] >= 0 and item.head > referent.head)
            barred = frozenset(entity for item in after for entity in item.entities)
            referent = replace(referent, barred=barred) if barred else referent
        elif referent.form in NOUN_FORMS and not referent.entities:
            inside = referents[bisect_right(heads, referent.head) : bisect_right(heads, referent.last)]
            barred = frozenset(entity for item in inside if item.renames < 0 for entity in item.entities)
            referent = replace(referent, barred=barred) if barred else referent
        found.append(referent)
    return found


def _is_of(name: Token, noun: Token, tree: Tree) -> bool:
    """Tell whether a name tells who a noun is: `Zijn advocaat, Sven Mary` is not his own advocate."""
    return name.index == noun.index or any(word.index == noun.index for word in tree.ancestors(name)
                                           if is_relation(name, "appos", "flat", "nmod"))  # fmt: skip


def _may_own(referent: Referent, owner: Referent) -> bool:
    return {referent.gender, owner.gender} != {"m", "f"} and referent.number == owner.number
