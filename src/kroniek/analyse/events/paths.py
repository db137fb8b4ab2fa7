"""On which paths beside an event's word its participants stand: by its frame, and by the verb that carries it."""

from __future__ import annotations

from kroniek.analyse.events.frames import ACTOR, RECIPIENT, Frame
from kroniek.analyse.events.participant_words import ParticipantWords
from kroniek.analyse.events.scene import Scene, is_nationality
from kroniek.analyse.events.slots import preposition_of
from kroniek.analyse.events.triggers import Trigger
from kroniek.model import Token

HARMS = frozenset({"ACCUSE", "COERCE"})


def verb_paths(frame: Frame) -> list[tuple[str, str]]:
    pairs = [
        (frame.subject, "subject"),
        (frame.subject, "agent"),
        (frame.object, "object"),
        (frame.iobj, "iobj"),
    ]
    pairs += [(ACTOR, path) for path in frame.fellows]
    pairs += [(RECIPIENT, path) for path in frame.to]
    pairs += [(ACTOR, path) for path in frame.by if path != "door"]
    return pairs


def noun_paths(scene: Scene, words: ParticipantWords, trigger: Trigger) -> list[tuple[str, str]]:
    """With `door` beside it, the genitive is what is acted upon: `de arrestatie van X door Y`."""
    frame = trigger.frame
    by_phrase = bool(trigger.slots.of("door")) and not trigger.slots.passive
    genitive = RECIPIENT if by_phrase and not frame.symmetric and frame.of != "none" else frame.of
    pairs = [
        (ACTOR, "door"),
        (genitive, "poss"),
        (genitive, "van"),
        (frame.adjective, "adjective"),
        (frame.adjective, "compound"),
    ]
    pairs += [(RECIPIENT, path) for path in frame.to]
    pairs += [(ACTOR, path) for path in (*frame.fellows, *frame.by)]
    pairs += _carrier_paths(scene, words, trigger)
    return pairs


def _carrier_paths(scene: Scene, words: ParticipantWords, trigger: Trigger) -> list[tuple[str, str]]:
    """A carrier's subject is the noun's actor (`uitte kritiek`), a receiver's its recipient (`kreeg kritiek`)."""
    governor, relation = trigger.slots.governor, trigger.slots.relation
    if trigger.frame.symmetric and len(trigger.slots.of("tussen")) > 1:
        return []  # `Qatar bracht een akkoord tussen X en Y tot stand`: both sides are named
    if governor is None:
        return [(ACTOR, "subject")]  # a headline: `Londen akkoord over uitstel`
    lemma = scene.lemma(governor)
    case = preposition_of(scene.tree, trigger.token)
    if relation.startswith("obl") and trigger.frame.type in HARMS and lemma in words.receiving.get(case, ()):
        return [(RECIPIENT, "subject")]  # `stuitte op kritiek`, `zit in hechtenis`
    if relation.startswith("obl") and _is_own_talk(scene, trigger) and not _is_away(scene, governor):
        return [(ACTOR, "subject")]  # `zei de president na een gesprek met X`, `bij een bezoek aan Y`
    if relation.startswith("obl") and lemma in words.doing.get(case, ()):
        return [(ACTOR, "subject")]  # `begon met oefeningen`
    attributive = relation == "xcomp" and any(scene.tree.children(trigger.token, "acl", "amod"))
    if relation == "obj" or attributive or (relation.startswith("nsubj") and trigger.slots.passive):
        if lemma in scene.lexicon.carriers:
            return [(ACTOR, "subject"), (ACTOR, "agent"), (RECIPIENT, "iobj")]
        if lemma in scene.lexicon.receivers:
            return [(RECIPIENT, "subject"), (ACTOR, "van")]
    return []


def _is_away(scene: Scene, word: Token) -> bool:
    """Tell whether somebody is said not to be at something: `was niet bij het overleg aanwezig`."""
    negated = any(
        scene.lemma(child) in scene.lexicon.negations for child in scene.tree.children(word, "advmod")
    )
    return word.upos == "ADJ" and negated


def _is_own_talk(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the meeting beside a clause is its subject's: nobody else is named as having it."""
    if trigger.frame.type != "CONSULT":
        return trigger.frame.symmetric and bool(trigger.slots.of("met"))
    owners = [word for path in ("van", "poss", "tussen", "door", "amod") for word in trigger.slots.of(path)]
    named = any(word.upos != "ADJ" or is_nationality(scene, word) for word in owners)
    return bool(trigger.slots.of("met")) or not named
