"""Trigger words: from a word to the frame that it evokes here, if its conditions hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kroniek.analyse.events.combinations import Complement, complements_of, counted, is_phrase_noun
from kroniek.analyse.events.flags import FLAGS
from kroniek.analyse.events.frames import NAME_CLASSES, Condition, Frame, Phrase, Test
from kroniek.analyse.events.scene import Scene, is_nationality
from kroniek.analyse.events.slots import (
    REFLEXIVE,
    RELATIVE,
    Slots,
    noun_slots,
    preposition_of,
    verb_slots,
    with_conjuncts,
)
from kroniek.analyse.tree import is_relation
from kroniek.model import Sentence, Token

MAX_WORDS = 400  # in a sentence that events are read from
TO_WHOM = "aan"
NOMINAL_RELATIONS = ("nsubj", "obj", "iobj", "obl", "nmod", "appos", "vocative")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that evokes a frame: `base` is the lexicon's word, `verbal` whether it works as a verb.

    `words` are the trigger's tokens, the naming one first; `slots` is what hangs on it.
    """

    frame: Frame
    token: Token
    words: tuple[Token, ...]
    base: str
    verbal: bool
    slots: Slots


def is_too_long(sentence: Sentence) -> bool:
    """Tell whether a sentence has more words than anybody writes: reading it would take quadratic time."""
    return sentence.last - sentence.first > MAX_WORDS


def find_triggers(scene: Scene) -> Iterator[Trigger]:
    """Yield the triggers of a document in text order, at most one for each word."""
    taken: set[int] = set()
    for token in scene.analysis.tokens:
        if token.index not in taken and not is_too_long(scene.tree.sentence(token)):
            trigger = _trigger_at(scene, token)
            if trigger is not None:
                taken.update(word.index for word in trigger.words)
                scene.told.append((trigger.frame.type, token.sentence))
                yield trigger


def _trigger_at(scene: Scene, token: Token) -> Trigger | None:
    if token.upos in {"VERB", "AUX"}:
        if _is_nominalised(scene, token):
            if "VerbForm=Part" in token.feats:
                return _nominal(scene, token)  # `Gesprekken tussen`, to some taggers
            return _nominal(scene, token) or _verbal_noun(scene, token) or _verbal(scene, token)
        return _verbal(scene, token)
    if token.upos in {"NOUN", "PROPN"} or (token.upos == "X" and "-" in token.text):
        return _nominal(scene, token) or _verbal_noun(scene, token)
    if token.upos in {"ADJ", "ADV"}:  # `het eens`, `akkoord`, `een offensief`: taggers differ on them
        noun = _nominal(scene, token) if _stands_as_noun(scene, token) else None
        return noun or _adjectival(scene, token)
    return None


def _stands_as_noun(scene: Scene, token: Token) -> bool:
    before = scene.tree.tokens[max(0, token.index - 1)]
    return before.upos == "DET" and before.sentence == token.sentence and not is_relation(token, "amod")


def _is_nominalised(scene: Scene, token: Token) -> bool:
    """Tell whether a verb form works as a noun.

    A participle that does tells of people, not of the act (`de verdachte`), an infinitive of the act
    (`een eind aan het bloedvergieten`).
    """
    inflected = "VerbForm=Part" in token.feats and token.text.lower().endswith("e")  # `als verdachte`
    if inflected and is_relation(token, "root") and scene.tree.child(token, "nsubj"):
        return False  # `heropende zijn ambassade`: a past tense that a tagger takes for a participle
    nominal = is_relation(token, *NOMINAL_RELATIONS) or (inflected and not is_relation(token, "amod"))
    return nominal and ("VerbForm=Part" in token.feats or "VerbForm=Inf" in token.feats)


def _verbal(scene: Scene, token: Token) -> Trigger | None:
    lexicon = scene.lexicon
    lemma = scene.lemma(token)
    forms = dict.fromkeys((lemma, lexicon.spelling.verb(token.lemma.replace("_", "").lower(), token.text)))
    phrases = [found for form in forms for found in lexicon.phrases.get(form, ())]
    frames = lexicon.verbs.get(lemma, ())
    if not frames and not phrases:
        return None
    slots = verb_slots(scene.tree, token)
    complements = tuple(complements_of(scene, token)) if phrases else ()
    for frame, phrase in phrases:
        found = _phrase(scene, frame, phrase, token, slots, complements)
        if found is not None:
            return found
    particle = scene.tree.particle(token)
    words = (token,) if particle is None else (token, particle)
    for frame in frames:
        trigger = Trigger(frame, token, _naming(scene, frame, slots) + words, lemma, True, slots)
        if holds(scene, trigger):
            return trigger
    return None


def _naming(scene: Scene, frame: Frame, slots: Slots) -> tuple[Token, ...]:
    """Return the preposition that names the event where the verb says little: `was daar tegen`."""
    cases = (scene.tree.child(word, "case") for word in slots.of(frame.trigger))
    return tuple(case for case in cases if case is not None)[:1]


def _phrase(
    scene: Scene, frame: Frame, phrase: Phrase, verb: Token, slots: Slots, complements: Sequence[Complement]
) -> Trigger | None:
    for complement in complements:
        if complement.preposition != phrase.preposition or not is_phrase_noun(scene, phrase, complement):
            continue
        child = complement.token
        named = complement.noun if is_relation(complement.noun, "fixed") else child  # `beslag`, not its `in`
        words = (named, verb) if frame.trigger == "noun" else (verb, named)
        trigger = Trigger(frame, verb, words, phrase.verb, True, _merged(scene, slots, child))
        if (not phrase.condition or _all_hold(scene, trigger, phrase.condition)) and holds(scene, trigger):
            return trigger
    return None


def _merged(scene: Scene, slots: Slots, noun: Token) -> Slots:
    """A phrase has the verb's words and the noun's own: `verbrak de betrekkingen met Iran`."""
    merged = Slots(
        passive=slots.passive, reflexive=slots.reflexive, reciprocal=slots.reciprocal, clause=slots.clause
    )
    named = noun.index in scene.names  # `verliet de EU`: part of the phrase, and a participant
    for path, words in slots.words.items():
        merged.add(path, [word for word in words if named or word != noun])
    for path, words in noun_slots(scene.tree, counted(scene, noun)).words.items():
        if path not in {"subject", "object", "agent", "iobj", "case"}:
            merged.add(path, [word for word in words if word != noun])
    return merged


def _nominal(scene: Scene, token: Token) -> Trigger | None:
    name = scene.names.get(token.index)
    if name is not None and name.span.covers(token.span):
        return None  # a name names no event by itself: `Brexit`, `Vredesverdrag van Versailles`
    lemma = token.lemma.lower() if token.upos in {"NOUN", "VERB"} else token.text.lower()
    slots = _set_phrase_slots(scene, token) or noun_slots(scene.tree, token)
    # A diminutive may have a meaning of its own: `telefoontje`.
    for form in dict.fromkeys((lemma, token.text.lower())):
        base, frames = scene.lexicon.of_noun(form)
        for frame in frames:
            trigger = Trigger(frame, token, (token,), base, False, slots)
            if holds(scene, trigger):
                return trigger
    return None


def _set_phrase_slots(scene: Scene, token: Token) -> Slots | None:
    """`zijn in gesprek`, `was te gast`: parsers hang the noun on its preposition, which bears the subject."""
    head = scene.tree.head(token)
    if head is None or not is_relation(token, "fixed") or not scene.tree.child(head, "nsubj"):
        return None
    return verb_slots(scene.tree, head)


def _verbal_noun(scene: Scene, token: Token) -> Trigger | None:
    """`het doden van burgers door soldaten`: an infinitive as noun, with the roles of its verb."""
    lemma = token.text.lower()
    frames, phrases = scene.lexicon.verbs.get(lemma, ()), scene.lexicon.phrases.get(lemma, ())
    if not (frames or phrases) or not lemma.endswith("en") or token.index in scene.names:
        return None
    nominal = noun_slots(scene.tree, token)
    neuter = any(word.text.lower() in {"het", "dit", "dat"} for word in nominal.of("det"))
    if not (neuter or nominal.of("van")):
        return None
    slots = Slots(governor=nominal.governor, relation=nominal.relation)
    for path, words in nominal.words.items():
        if path not in {"subject", "object", "iobj", "poss", "det"}:
            slots.add({"van": "object", "door": "agent"}.get(path, path), words)
    objects = {form for word in slots.of("object") for form in scene.forms(word)}
    fixed = [frame for frame, phrase in phrases if not phrase.preposition and phrase.noun in objects]
    for frame in (*fixed, *frames):
        trigger = Trigger(frame, token, (token,), lemma, True, slots)
        if holds(scene, trigger):
            return trigger
    return None


def _adjectival(scene: Scene, token: Token) -> Trigger | None:
    lemma = scene.lemma(token)
    for frame in scene.lexicon.adjectives.get(lemma, ()):
        trigger = Trigger(frame, token, (token,), lemma, True, verb_slots(scene.tree, token))
        if holds(scene, trigger):
            return trigger
    return None


def holds(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a frame's conditions hold for a trigger."""
    frame = trigger.frame
    if not frame.sure and "sport" in scene.domains_of(trigger.token):
        return False
    if trigger.verbal and _is_generic(scene, trigger):
        return False
    if frame.reflexive and trigger.verbal and trigger.base in frame.verbs and not trigger.slots.reflexive:
        return False
    return (
        all(_all_hold(scene, trigger, condition) for condition in frame.when)
        and (not frame.when_any or any(_all_hold(scene, trigger, c) for c in frame.when_any))
        and not any(_all_hold(scene, trigger, condition) for condition in frame.unless)
    )


def _is_generic(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb speaks of anybody: `als iemand je beschuldigt`, `men belt de politie`."""
    words = (*trigger.slots.of("subject"), *trigger.slots.of("object"))
    return any(word.upos == "PRON" and word.text.lower() in scene.lexicon.generic for word in words)


def _all_hold(scene: Scene, trigger: Trigger, condition: Condition) -> bool:
    return all(_test(scene, trigger, test) for test in condition)


def _test(scene: Scene, trigger: Trigger, test: Test) -> bool:
    own = {trigger.base, scene.lemma(trigger.token)}
    if test.path == "near":
        return _near(scene, trigger.token, test)
    if test.path == "compound":
        return _compound(scene, trigger, test)
    if test.path in {"verb", "noun"}:
        if (test.path == "verb") == trigger.verbal:
            return "*" in test.lemmas or bool(own & test.lemmas)
        governor = trigger.slots.governor
        return test.path == "verb" and governor is not None and _matches(scene, governor, test)
    if test.path == "told":
        return any(kind in test.lemmas for kind, _ in scene.told)
    if test.path in FLAGS:
        answer = FLAGS[test.path](scene, trigger.token, trigger.slots)
        return answer in test.lemmas or ("*" in test.lemmas and answer != "")
    words = _words(scene, trigger, test.path)
    if "none" in test.lemmas:
        return not words
    return any(_matches(scene, word, test) for word in words)


def _matches(scene: Scene, word: Token, test: Test) -> bool:
    anything = "*" in test.lemmas and word.index not in scene.timed  # not `op 12 mei`
    return anything or scene.belongs(word, test.classes, test.lemmas)


def _near(scene: Scene, token: Token, test: Test) -> bool:
    here = scene.near(token)
    if here & test.lemmas:
        return True
    for label in test.classes:
        if label in scene.lexicon.domains:
            if label in scene.domains_of(token):
                return True
        elif label in NAME_CLASSES:
            if scene.kinds_near(token) & NAME_CLASSES[label]:
                return True
        elif here & scene.lexicon.classes[label]:
            return True
    return False


def _compound(scene: Scene, trigger: Trigger, test: Test) -> bool:
    whole = scene.lemma(trigger.token) if trigger.token.upos != "PROPN" else trigger.token.text.lower()
    first = whole.removesuffix(trigger.base).rstrip("-").removesuffix("s") if not trigger.verbal else ""
    return any(first and (first == part or first.endswith(part)) for part in test.lemmas)


def _words(scene: Scene, trigger: Trigger, path: str) -> list[Token]:
    if path == "adjective":
        return [word for word in trigger.slots.of("amod") if is_nationality(scene, word)]
    if path in {"amod", "det"}:
        return trigger.slots.of(path)
    if path == "clause_aux":
        return [aux for verb in trigger.slots.of("clause_verb") for aux in scene.tree.children(verb, "aux")]
    if path == "predicate":
        return [*trigger.slots.of("predicate"), *_quoted_predicate(scene, trigger)]
    found = phrase_words(scene, trigger, path)
    counted_too = path in {"object", "subject"}
    measured = [part for word in found for part in _measured(scene, word)] if counted_too else []
    if counted_too:  # `acht van de tien raketten werden onderschept`
        measured += [whole for word in found if (whole := counted(scene, word)) is not word]
    return [word for word in (*found, *measured) if word.text.lower() not in REFLEXIVE | RELATIVE]


def _measured(scene: Scene, word: Token) -> list[Token]:
    """Return what a measure measures: `vijftig ton voedsel`, `een lading medicijnen`, but not `zijn kunst`."""
    if any("Definite=Def" in child.feats or "Poss=Yes" in child.feats for child in scene.tree.children(word)):
        return []
    return [
        part for part in scene.tree.children(word, "nmod") if not scene.tree.children(part, "case", "det")
    ]


def phrase_words(scene: Scene, trigger: Trigger, path: str) -> list[Token]:
    """Return what stands on a path of a trigger, or of what belongs closest to it.

    In `eiste de doodstraf tegen X`, `voerde een aanval uit op X`, `de ontmoeting van X met Y` the phrase may
    hang on the object or on the genitive.
    """
    words = trigger.slots.of(path)
    if path == TO_WHOM and trigger.verbal and not words:
        words = trigger.slots.of("iobj")  # `leverde Kiev tanks` is `leverde tanks aan Kiev`
    if words or path in {"subject", "object", "iobj", "agent", "van", "poss"}:
        return words
    for noun in trigger.slots.of("object" if trigger.verbal else "van"):
        for child in scene.tree.children(noun, "nmod"):
            if preposition_of(scene.tree, child) == path:
                return with_conjuncts(scene.tree, child)
    return []


def _quoted_predicate(scene: Scene, trigger: Trigger) -> list[Token]:
    """Parsers differ on what is said of the object (`noemde X een leugenaar`): a second object, an oblique."""
    children = scene.tree.children(trigger.token)
    return [
        child for child in children if child.upos in {"NOUN", "ADJ"} and not child.deprel.startswith("nsubj")
    ]
