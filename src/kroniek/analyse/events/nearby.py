"""Clauses with which an event shares its time and its place: what it was travelled for, what happened then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.analyse.events.participant_words import ParticipantWords
from kroniek.analyse.events.scene import PLACES, Scene
from kroniek.analyse.events.slots import preposition_of
from kroniek.analyse.events.triggers import Trigger, is_too_long
from kroniek.analyse.tense import finite_form
from kroniek.analyse.times.linking import clause_of
from kroniek.analyse.tree import is_relation
from kroniek.model import Sentence, Token

TOWARDS = "naar"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an event's word: the words of other events, and the verb of the act that is about it.

    What hangs on the `others`, token indices, is theirs. In `beschuldigd van de aanval op X, in mei` what
    follows is the attack's, however the parser hangs it on `told_by`. What `is_spoken_of` only (`ontkende de
    aanval`) has no part in the clause's time.
    """

    others: frozenset[int] = frozenset()
    told_by: Token | None = None
    is_spoken_of: bool = False


def sharing_clauses(
    scene: Scene, words: ParticipantWords, trigger: Trigger, around: Around
) -> Iterator[Token]:
    """Yield the verbs of other clauses whose time is the event's, the closest first."""
    clause = clause_of(scene.tree, trigger.token)
    if _is_journey(scene, words, trigger, clause):
        yield from filter(None, [_above(scene, clause)])
    if not around.is_spoken_of:
        yield from _meanwhile(scene, words, clause)
    following = _following(scene, trigger.token)
    if following is not None:
        yield from _telling_of_it(scene, words, following)


def clauses_of_noun(scene: Scene, trigger: Trigger) -> Iterator[Token]:
    """Yield the verbs of clauses that tell when and where a noun's event is: `de top die maandag in Wenen begint`.

    Parsers hang a clause on the last noun before it: `de gesprekken over een bestand, die maandag beginnen` agrees
    in number with the talks.
    """
    noun = trigger.token
    if trigger.verbal:
        return
    for word in scene.tree.subtree(noun):
        clause = next(iter(scene.tree.children(word, "acl:relcl")), None)
        if clause is None or scene.lemma(clause) not in scene.lexicon.occurrences:
            continue
        finite = finite_form(scene.tree, clause)
        number = "" if finite is None else _number(finite)
        if word is noun or (number and number == _number(noun) != _number(word)):
            yield clause


def _number(word: Token) -> str:
    return next((part for part in word.feats.split("|") if part.startswith("Number=")), "")


def shared_places(scene: Scene, words: ParticipantWords, trigger: Trigger, around: Around) -> Iterator[Token]:
    """Yield the heads of phrases of place that the event shares with another clause, the closest first."""
    clause = clause_of(scene.tree, trigger.token)
    if _is_journey(scene, words, trigger, clause):
        above = _above(scene, clause)
        yield from _where(scene, words, clause if above is None else above, towards=True)
    for verb in () if around.is_spoken_of else _meanwhile(scene, words, clause):
        yield from _where(scene, words, verb)
    if any(child.text.lower() in words.there for child in scene.tree.children(clause, "advmod")):
        yield from _last_place(scene, words, trigger.token)


def _above(scene: Scene, clause: Token) -> Token | None:
    """Return the verb that a clause hangs on, over the place that it tells of: `naar Wenen, waar zij spreken`."""
    head = scene.tree.head(clause)
    if head is not None and is_relation(clause, "acl:relcl"):
        head = scene.tree.head(head)
    return head if head is not None and head.upos in {"VERB", "AUX"} else None


def _is_journey(scene: Scene, words: ParticipantWords, trigger: Trigger, clause: Token) -> bool:
    """Tell whether an event is what somebody travels for: `vloog naar Wenen om te overleggen`, `voor overleg`."""
    tree = scene.tree
    if is_relation(clause, "acl:relcl"):
        return any(child.text.lower() == "waar" for child in tree.children(clause))
    if is_relation(clause, "advcl"):
        above = _above(scene, clause)
        purpose = any(mark.text.lower() == "om" for mark in tree.children(clause, "mark"))
        return purpose and above is not None and scene.lemma(above) in words.motion
    purpose = not trigger.verbal and preposition_of(tree, trigger.token) == "voor"
    return purpose and scene.lemma(clause) in words.motion


def _meanwhile(scene: Scene, words: ParticipantWords, clause: Token) -> Iterator[Token]:
    """Yield the clause above or below that tells what happened then: `opgepakt nadat zij slaags raakten`."""
    tree = scene.tree
    below = clause
    for head in tree.ancestors(clause):
        if not (is_relation(below, "advcl") and _marks(scene, below) & words.meanwhile):
            break
        if _was_over(scene, below):
            break
        yield head
        below = head
    for child in tree.children(clause, "advcl"):
        if _marks(scene, child) & words.meanwhile and not _was_over(scene, child):
            yield child


def _was_over(scene: Scene, clause: Token) -> bool:
    """Tell whether a clause tells of what had been done by then: `veroordeeld nadat hij iemand had vermoord`."""
    auxiliaries = [child for child in scene.tree.children(clause, "aux") if child.deprel == "aux"]
    return "VerbForm=Part" in clause.feats and any("Tense=Past" in word.feats for word in auxiliaries)


def _marks(scene: Scene, clause: Token) -> set[str]:
    """Return the words that open a clause, but not with a distance: `een dag nadat`."""
    marks = scene.tree.children(clause, "mark", "advmod")
    return {mark.text.lower() for mark in marks if mark.index - 1 not in scene.timed}


def _where(scene: Scene, words: ParticipantWords, verb: Token, *, towards: bool = False) -> Iterator[Token]:
    for child in scene.tree.children(verb, "obl", "advmod"):
        case = preposition_of(scene.tree, child)
        governed = child.deprel == "obl:arg"  # `kan op de steun van Moskou rekenen`
        if (case in words.places and not governed) or (towards and case == TOWARDS):
            yield child


def _last_place(scene: Scene, words: ParticipantWords, token: Token) -> Iterator[Token]:
    """Yield what `daar` means: the places of the sentence before, the last one first."""
    before = _neighbour(scene, token, -1)
    if before is None:
        return
    for word in reversed(scene.tree.words(before)):
        name = scene.names.get(word.index)
        case = preposition_of(scene.tree, word)
        if name is not None and name.type in PLACES and (case in words.places or case == TOWARDS):
            yield word


def _following(scene: Scene, token: Token) -> Sentence | None:
    return _neighbour(scene, token, 1)


def _neighbour(scene: Scene, token: Token, step: int) -> Sentence | None:
    """Return the sentence before or after a word's own in its paragraph, None where there is none."""
    sentences = scene.analysis.sentences
    number = token.sentence + step
    if not 0 <= number < len(sentences) or sentences[number].zone != sentences[token.sentence].zone:
        return None
    return None if is_too_long(sentences[number]) else sentences[number]


def _telling_of_it(scene: Scene, words: ParticipantWords, sentence: Sentence) -> Iterator[Token]:
    """Yield the verb of a sentence that tells what came of the event before: `Daarbij vielen maandag doden`."""
    for word in scene.tree.words(sentence):
        if word.text.lower() in words.thereby:
            yield from filter(None, [scene.tree.head(word)])
