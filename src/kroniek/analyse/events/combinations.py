"""Fixed combinations of a verb with a noun: `een bezoek brengen`, `van de hand wijzen`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.analyse.events.frames import Phrase
from kroniek.analyse.events.scene import Scene
from kroniek.analyse.events.slots import preposition_of
from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Token

PHRASE_RELATIONS = {
    *("obj", "iobj", "nsubj", "nsubj:pass", "obl", "obl:arg", "xcomp", "ccomp", "advcl"),
    *("advmod", "compound:prt", "nmod", "amod", "fixed"),
}


@dataclass(frozen=True, slots=True)
class Complement:
    """What a fixed combination may take beside its verb: a word, its preposition, and the noun that counts."""

    token: Token
    preposition: str
    noun: Token
    forms: frozenset[str]


def complements_of(scene: Scene, verb: Token) -> Iterator[Complement]:
    """Yield what stands beside a verb and may make a fixed combination with it, in text order."""
    tree = scene.tree
    for child in tree.children(verb):
        if child.deprel not in PHRASE_RELATIONS and child.upos != "INTJ":  # `zei nee tegen het plan`
            continue
        if fixed := tree.children(
            child, "fixed"
        ):  # `wees het voorstel van de hand`: the whole as one particle
            preposition = "" if child.upos == "DET" else child.text.lower()  # `schudden elkaar er de hand`
            yield Complement(fixed[-1], preposition, fixed[-1], frozenset({fixed[-1].text.lower()}))
            continue
        noun = counted(scene, child)
        names = frozenset(
            part.text.lower() for part in tree.children(noun, "flat")
        )  # `Internationaal Gerechtshof`
        preposition = preposition_of(tree, child) or _taken_for_particle(tree, verb, child)
        yield Complement(child, preposition, noun, scene.forms(noun) | names)


def _taken_for_particle(tree: Tree, verb: Token, child: Token) -> str:
    """Return the preposition before a phrase that a parser took for the verb's particle: `stak het huis in brand`."""
    first = tree.subtree(child)[0]
    if first != child and not is_relation(first, "det", "amod", "nummod"):  # `wierp zich op als bemiddelaar`
        return ""
    before = tree.tokens[first.index - 1] if first.index else first
    if is_relation(before, "fixed"):  # `in de lucht`
        before = tree.head(before) or before
    particle = is_relation(before, "compound:prt") and before.upos == "ADP" and tree.head(before) == verb
    return before.text.lower() if particle else ""


def is_phrase_noun(scene: Scene, phrase: Phrase, complement: Complement) -> bool:
    """Tell whether a complement has the noun that a combination wants: itself, a class, the head of a compound."""
    if phrase.noun.startswith("@"):
        return scene.belongs(complement.noun, (phrase.noun[1:],), frozenset())
    return phrase.noun in complement.forms or scene.lexicon.ends_in(scene.lemma(complement.noun), phrase.noun)


def counted(scene: Scene, word: Token) -> Token:
    """Return what a quantity is of: `een deel van hun hulp`, `een van de schepen`; other words as they are."""
    if word.upos == "NUM" or scene.lemma(word) in scene.lexicon.quantities:
        for child in scene.tree.children(word, "nmod"):
            if preposition_of(scene.tree, child) in {"van", ""}:
                return child
    return word
