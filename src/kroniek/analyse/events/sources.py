"""What the source of a statement has to do with the event that it tells of: nothing, or its doer."""

from __future__ import annotations

from kroniek.analyse.events.finder import SAID, Finder
from kroniek.analyse.events.frames import ACTOR, RECIPIENT, Frame
from kroniek.analyse.events.scene import Scene
from kroniek.analyse.events.slots import preposition_of
from kroniek.analyse.events.triggers import Trigger
from kroniek.analyse.tree import is_relation
from kroniek.model import Argument, Attribution, Entity, EntityType, Stance


def with_source(
    finder: Finder, trigger: Trigger, arguments: tuple[Argument, ...], attribution: Attribution
) -> tuple[Argument, ...]:
    """Return an event's participants with its source where that acts, and without it where it only tells."""
    frame, scene = trigger.frame, finder.scene
    named = _is_named(scene, trigger, attribution)
    apart = arguments if named else _without_source(frame, arguments, attribution)
    own = _is_controlled(scene, trigger) or _is_announced(scene, trigger)
    if not own or any(item.role == ACTOR for item in apart):
        arguments = apart
    arguments = _with_speaker(frame, arguments, attribution)
    arguments = _with_accused(trigger, arguments, attribution)
    arguments = _with_state(scene, trigger, arguments, attribution)
    return _with_voice(finder, arguments, attribution)


def _without_source(
    frame: Frame, arguments: tuple[Argument, ...], attribution: Attribution
) -> tuple[Argument, ...]:
    """Who only tells of a deed has no part in it: `spraken zij, aldus het ministerie`."""
    source = attribution.source
    if frame.type in SAID or source is None:
        return arguments
    return tuple(item for item in arguments if item.span is None or not item.span.overlaps(source))


def _is_named(scene: Scene, trigger: Trigger, attribution: Attribution) -> bool:
    """Tell whether somebody says what talks were like, which he has had: `sprak van een openhartig gesprek`."""
    verb = trigger.slots.governor
    of_it = verb is not None and preposition_of(scene.tree, trigger.token) == "van"
    cue = verb is not None and any(part.overlaps(verb.span) for part in attribution.cue)
    return trigger.frame.symmetric and not trigger.verbal and of_it and cue


def _is_controlled(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an infinitive has its subject from the verb above: `dreigde de grens te sluiten`."""
    infinitive = trigger.verbal and "VerbForm=Inf" in trigger.token.feats
    return infinitive and not scene.tree.children(trigger.token, "nsubj")


def _is_announced(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether who speaks announces a deed of his own: `de EU kondigt sancties aan`, but not talks of others."""
    verb = trigger.slots.governor
    announced = verb is not None and scene.lemma(verb) in scene.lexicon.carriers
    return announced and trigger.slots.relation == "obj" and not trigger.frame.symmetric


def _with_speaker(
    frame: Frame, arguments: tuple[Argument, ...], attribution: Attribution
) -> tuple[Argument, ...]:
    """Who says that somebody is responsible accuses: the source is the actor when the words name none."""
    if frame.speaker == "none" or any(argument.role == frame.speaker for argument in arguments):
        return arguments
    if not attribution.sources:
        return arguments
    return (Argument(frame.speaker, attribution.sources, attribution.source, "speaker"), *arguments)


def _with_accused(
    trigger: Trigger, arguments: tuple[Argument, ...], attribution: Attribution
) -> tuple[Argument, ...]:
    """Who says that an accusation is false is accused, where the words name nobody: `een leugen, zei Waters`."""
    named = any(item.role == RECIPIENT and item.entities for item in arguments)
    accusation = trigger.frame.type == "ACCUSE" and trigger.frame.mode == "allege" and not trigger.verbal
    if named or not accusation or attribution.stance is not Stance.DENIES or not attribution.sources:
        return arguments
    return (*arguments, Argument(RECIPIENT, attribution.sources, attribution.source, "speaker"))


def _with_state(
    scene: Scene, trigger: Trigger, arguments: tuple[Argument, ...], attribution: Attribution
) -> tuple[Argument, ...]:
    """Of a state or an army that speaks, `het` is the state: `Moskou ontkent dat het de haven heeft bestookt`."""
    role = trigger.frame.subject
    known = scene.references.entities
    states = [
        key
        for key in attribution.sources
        if key in known and (known[key].type is EntityType.GPE or _acts_as_one(known[key]))
    ]
    acts = trigger.verbal and not trigger.frame.symmetric and role != "none"
    if not acts or not states or any(item.role == role for item in arguments):
        return arguments
    for word in trigger.slots.of("subject"):
        if word.text.lower() == "het" and word.upos == "PRON" and is_relation(word, "nsubj"):
            return (Argument(role, tuple(states), word.span, "speaker"), *arguments)
    return arguments


def _acts_as_one(entity: Entity) -> bool:
    return entity.type is EntityType.ORG and entity.sector in {"GOV", "MIL", "REB"}


def _with_voice(
    finder: Finder, arguments: tuple[Argument, ...], attribution: Attribution
) -> tuple[Argument, ...]:
    """Who says that `zijn land` is willing binds it, and acts beside the state: PLOVER's actor with its sector."""
    known = finder.scene.references.entities
    lands = {
        known[key].country
        for item in arguments
        if item.role == ACTOR and _is_own_land(finder, item)
        for key in item.entities
        if key in known
    } - {""}
    taken = {key for item in arguments for key in item.entities}
    people = (key for key in attribution.sources if key in known and known[key].type is EntityType.PER)
    voices = tuple(key for key in people if known[key].country in lands and key not in taken)
    return (*arguments, Argument(ACTOR, voices, attribution.source, "speaker")) if voices else arguments


def _is_own_land(finder: Finder, argument: Argument) -> bool:
    if argument.span is None:
        return False
    words = set(argument.span.of(finder.scene.analysis.text).lower().split())
    return bool(words & finder.words.lands and words & finder.words.possessives)
