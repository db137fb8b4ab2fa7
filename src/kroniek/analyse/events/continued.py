"""Day and place that a clause takes over from the one that it goes on from: `waarbij de politie traangas gebruikte`.

A report tells what belongs together in one sentence and says once when and where. A clause goes on from
another one when it is joined to it by a conjunction, a semicolon, `waarbij` or a relative pronoun after a comma,
and is told in the same tense.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kroniek.analyse.events.finder import SAID
from kroniek.analyse.events.participant_words import ParticipantWords
from kroniek.analyse.events.scene import Scene
from kroniek.analyse.events.triggers import Trigger
from kroniek.analyse.tense import finite_form, is_perfect
from kroniek.analyse.times.linking import clause_of
from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import REACHED, EventMention, Token

STEPS = 3  # clauses that a sentence may go on over
CLIMB = 4  # heads between a clause and the verb above it


def take_over(
    scene: Scene, words: ParticipantWords, triggers: Sequence[Trigger], mentions: Sequence[EventMention]
) -> list[EventMention]:
    """Return the events, those of a clause that goes on from another with its day and place; linear in their number."""
    told = list(mentions)
    by_word = {word.index: number for number, trigger in enumerate(triggers) for word in trigger.words}
    by_clause: dict[int, list[int]] = defaultdict(list)
    for number, trigger in enumerate(triggers):
        by_clause[clause_of(scene.tree, trigger.token).index].append(number)
    for number, trigger in enumerate(triggers):
        if told[number].status in REACHED and trigger.frame.type not in SAID:
            for other in _before(scene, words, trigger, by_word, by_clause):
                told[number] = _with_circumstances(told[number], told[other])
    return told


def _with_circumstances(mention: EventMention, before: EventMention) -> EventMention:
    if before.status not in REACHED or before.type in SAID:
        return mention
    if not mention.time and before.interval is not None:
        mention = replace(mention, time=before.time, interval=before.interval, time_how="sentence")
    return replace(mention, place=mention.place or before.place)


def _before(
    scene: Scene,
    words: ParticipantWords,
    trigger: Trigger,
    by_word: Mapping[int, int],
    by_clause: Mapping[int, Sequence[int]],
) -> Iterator[int]:
    """Yield the numbers of the events that an event's clause goes on from, the closest clause first."""
    clause = clause_of(scene.tree, trigger.token)
    for _ in range(STEPS):
        above = _clause_before(scene.tree, words, clause, by_word)
        if above is None:
            return
        if above.index in by_word:  # `de aanval, waarbij tien doden vielen`
            yield by_word[above.index]
        yield from by_clause.get(above.index, ())
        clause = above


def _clause_before(
    tree: Tree, words: ParticipantWords, clause: Token, by_word: Mapping[int, int]
) -> Token | None:
    """Return the verb, or the event's noun, from which a clause goes on; None where it begins by itself."""
    head = tree.head(clause)
    if _was_over(tree, clause):
        return None
    if head is None:
        return _sentence_before(tree, words, clause)
    if is_relation(clause, "conj", "parataxis"):
        return head if head.upos == "VERB" and _same_tense(tree, clause, head) else None
    joints = {child.text.lower() for child in tree.children(clause, "mark", "advmod")}
    if not (joints & words.meanwhile or (is_relation(clause, "acl:relcl") and _goes_on(tree, clause))):
        return None
    for ancestor, _ in zip(tree.ancestors(clause), range(CLIMB), strict=False):
        if ancestor.upos == "VERB":
            return ancestor if _same_tense(tree, clause, ancestor) else None
        if ancestor.index in by_word:
            return ancestor
    return None


def _sentence_before(tree: Tree, words: ParticipantWords, root: Token) -> Token | None:
    """Return the verb of the sentence before one that goes on from it: `Daarbij vielen tien doden`."""
    number = root.sentence - 1
    thereby = any(child.text.lower() in words.thereby for child in tree.children(root))
    if not thereby or number < 0 or tree.sentences[number].zone != tree.sentence(root).zone:
        return None
    before = tree.words(tree.sentences[number])
    verb = next((word for word in before if tree.head(word) is None and word.upos == "VERB"), None)
    return verb if verb is not None and _same_tense(tree, root, verb) else None


def _goes_on(tree: Tree, clause: Token) -> bool:
    """Tell whether a relative clause after a comma tells what came next: `de politie, die traangas inzette`."""
    first = min(
        (child.index for child in tree.subtree(clause) if child.upos != "PUNCT"), default=clause.index
    )
    after_comma = first > 0 and tree.tokens[first - 1].text == ","
    finite = finite_form(tree, clause)
    return (
        after_comma and finite is not None and "Tense=Past" in finite.feats and not is_perfect(tree, clause)
    )


def _same_tense(tree: Tree, first: Token, second: Token) -> bool:
    tenses = [_tense(tree, verb) for verb in (first, second)]
    return None in tenses or tenses[0] == tenses[1]


def _tense(tree: Tree, verb: Token) -> str | None:
    """Return `past` also of a perfect, `present`; None where a verb shares its finite form with another."""
    finite = finite_form(tree, verb)
    if finite is None:
        return None
    return "past" if "Tense=Past" in finite.feats or is_perfect(tree, verb) else "present"


def _was_over(tree: Tree, clause: Token) -> bool:
    """Tell whether a clause tells of what had been done by then: `die in mei was veroordeeld`."""
    auxiliaries = (child for child in tree.children(clause, "aux") if child.deprel == "aux")
    return "VerbForm=Part" in clause.feats and any("Tense=Past" in word.feats for word in auxiliaries)
