"""What conditions of frames ask of a trigger beside the words that hang on it: one short answer each, "" for no.

A flag is asked for in a condition by its name: `passive=yes`, `number=plural`, `parties=several`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kroniek.analyse.events.scene import Scene, is_nationality
from kroniek.analyse.events.slots import Slots, preposition_of, with_conjuncts
from kroniek.analyse.tree import is_relation
from kroniek.model import EntityType, Token

CLOSE = 1  # sentences between an event and the pronoun that stands for it
NOWHERE = -9
PARTIES = ("name", "political", "armed")  # classes of those who talk with each other


def _clause(scene: Scene, token: Token, slots: Slots) -> str:
    return slots.clause


def _passive(scene: Scene, token: Token, slots: Slots) -> str:
    return "yes" if slots.passive else ""


def _reflexive(scene: Scene, token: Token, slots: Slots) -> str:
    return "yes" if slots.reflexive else ""


def _number(scene: Scene, token: Token, slots: Slots) -> str:
    return "plural" if "Number=Plur" in token.feats else "singular"


def _pronoun(scene: Scene, token: Token, slots: Slots) -> str:
    """Give the type of the last event where a pronoun stands for it: `Dat is uitgesteld`, not `dat X wordt uitgesteld`."""
    path = "object" if slots.passive else "subject"
    words = slots.of(path)
    alone = len(words) == 1 and words[0].text.lower() in scene.lexicon.resuming and words[0].upos != "DET"
    kind, sentence = scene.told[-1] if scene.told else ("", NOWHERE)
    return kind if alone and token.sentence - sentence <= CLOSE else ""


def _after(scene: Scene, token: Token, slots: Slots) -> str:
    """Give the type of the last event where it stands in the same sentence: `wij slaan terug, waarschuwde hij`."""
    kind, sentence = scene.told[-1] if scene.told else ("", NOWHERE)
    return kind if sentence == token.sentence else ""


def _parties(scene: Scene, token: Token, slots: Slots) -> str:
    """Tell whether who acts is several parties, or several states: `Servië en Kosovo`, `de twee`, `beide landen`."""
    subjects = slots.of("subject")
    meant = {key for word in subjects for key in scene.references.of_head(word.span, scene.tree.phrase(word))}
    named = {word.index for word in subjects if _names_state(scene, word)}
    if len(named) > 1 or (len(meant) > 1 and all(key in scene.states.values() for key in meant)):
        return "states"
    acting = [word for word in subjects if scene.belongs(word, PARTIES, frozenset())]
    beside = [more for word in acting for more in _adjective_pair(scene, word)]
    genitives = [more for word in acting for more in _owners(scene, word) if more.index in scene.names]
    return "several" if max(len(acting), len(beside), len(meant), len(genitives)) > 1 else ""


def _clause_own(scene: Scene, token: Token, slots: Slots) -> str:
    """Tell whether the clause that a verb governs is on what its subject does: `waarschuwt dat het zal aanvallen`."""
    speakers = {key for word in slots.of("subject") for key in _meant(scene, word)}
    for verb in slots.of("clause_verb"):
        subjects = scene.tree.children(verb, "nsubj")
        if not subjects or any("PronType=Prs" in word.feats for word in subjects):
            return "yes"
        if _homes(scene, {key for word in subjects for key in _meant(scene, word)}) & _homes(scene, speakers):
            return "yes"
    return ""


def _meant(scene: Scene, word: Token) -> tuple[str, ...]:
    return scene.references.of_head(word.span, scene.tree.phrase(word))


def _homes(scene: Scene, keys: Iterable[str]) -> set[str]:
    """Return the country codes of entities, or themselves where they have none."""
    known = scene.references.entities
    return {known[key].country or key if key in known else key for key in keys}


def _names_state(scene: Scene, word: Token) -> bool:
    name = scene.names.get(word.index)
    return name is not None and name.type is EntityType.GPE


def _adjective_pair(scene: Scene, word: Token) -> list[Token]:
    """`de Griekse en de Turkse minister`: one noun for two people."""
    adjectives = scene.tree.children(word, "amod")
    joined = [*adjectives, *(more for one in adjectives for more in scene.tree.children(one, "conj"))]
    return [one for one in joined if is_nationality(scene, one)]


def _owners(scene: Scene, word: Token) -> list[Token]:
    """`de premiers van Servië en Kosovo`: a plural with two that it belongs to; `de premier van` is one."""
    if "Number=Plur" not in word.feats:
        return []
    owners = [
        child for child in scene.tree.children(word, "nmod") if preposition_of(scene.tree, child) == "van"
    ]
    return [more for child in owners for more in with_conjuncts(scene.tree, child)]


def _particle(scene: Scene, token: Token, slots: Slots) -> str:
    particle = scene.tree.particle(token)
    return particle.text.lower() if particle else ""


def _auxiliary(scene: Scene, token: Token, slots: Slots) -> str:
    auxiliary = scene.tree.child(token, "aux")
    if auxiliary is None and is_relation(token, "conj"):
        head = scene.tree.head(token)
        auxiliary = scene.tree.child(head, "aux") if head else None
    return scene.lemma(auxiliary) if auxiliary else ""


def _case(scene: Scene, token: Token, slots: Slots) -> str:
    return preposition_of(scene.tree, token)


def _negated(scene: Scene, token: Token, slots: Slots) -> str:
    """`zal geen akkoord accepteren`, `accepteert niets`: negation beside the verb, on its object or as its object."""
    objects = [
        *slots.of("object"),
        *scene.tree.children(token, "obj"),
    ]  # a fixed combination has its noun apart
    children = [child for word in (token, *objects) for child in scene.tree.children(word, "advmod", "det")]
    return (
        "yes" if any(scene.lemma(word) in scene.lexicon.negations for word in (*objects, *children)) else ""
    )


FLAGS: dict[str, Callable[[Scene, Token, Slots], str]] = {
    "negated": _negated,
    "clause": _clause,
    "passive": _passive,
    "reflexive": _reflexive,
    "number": _number,
    "parties": _parties,
    "clause_own": _clause_own,
    "pronoun": _pronoun,
    "after": _after,
    "particle": _particle,
    "aux": _auxiliary,
    "case": _case,
}
