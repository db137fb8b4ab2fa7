"""Who takes part in an event: from a trigger's slots to actors and recipients with the entities they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kroniek.analyse.events.combinations import counted
from kroniek.analyse.events.frames import ACTOR, RECIPIENT, Frame
from kroniek.analyse.events.participant_words import ParticipantWords
from kroniek.analyse.events.paths import noun_paths, verb_paths
from kroniek.analyse.events.scene import Scene, is_nationality, last_part
from kroniek.analyse.events.slots import (
    RECIPROCAL,
    REFLEXIVE,
    RELATIVE,
    preposition_of,
    with_conjuncts,
)
from kroniek.analyse.events.triggers import Trigger, phrase_words
from kroniek.analyse.tree import is_relation
from kroniek.model import Argument, EntityType, Span, Token

RECIPROCALLY = "elkaar"  # the reason of who is acted upon by those on whom they act
CONTENT = "clause_subject"  # the reason of who is only the subject of what is asked
EMPTY = frozenset({"er", "het", "dat", "dit", "wat", "men", "iets", "niets", "alles", "zo"})
MAX_ROLE = 80  # code points in which a phrase tells the part of somebody: `als belangrijkste bemiddelaar`
ROLE_WORDS = 3  # words after its opening
MAX_THROUGH = 2  # nouns between a participant's word and who is meant: `een doelwit van het regime van X`
ADDRESSED = (
    "name",
    "political",
    "person",
    "victim",
    "armed",
    "officers",
    "authority",
)  # classes of whom one speaks to
SIDES = frozenset({EntityType.GPE, EntityType.ORG})
NOT_ACTING = frozenset({EntityType.EVENT, EntityType.MISC, EntityType.FAC})


def find_participants(scene: Scene, words: ParticipantWords, trigger: Trigger) -> tuple[Argument, ...]:
    """Return an event's participants, actors first, each phrase once.

    A participant that names nobody stays in, with its words and no entities. With a symmetric
    frame everybody is an actor.
    """
    found: list[Argument] = []
    seen: set[int] = set()
    for role, path, candidate in _candidates(scene, words, trigger):
        token = counted(scene, candidate)
        if token.index in seen or not _can_take_part(scene, token):
            continue
        seen.add(token.index)
        if trigger.frame.symmetric and path == "met" and _stands_by(scene, words, token):
            continue
        argument = _argument(scene, words, role, token, path)
        if argument is not None and not _is_topic(scene, argument, token, path):
            found.append(argument)
    if any(item.role == RECIPIENT and item.entities and item.reason != CONTENT for item in found):
        # `stelde de junta een ultimatum: ofwel wordt de president vrijgelaten`: whom it is put to is named.
        found = [item for item in found if item.reason != CONTENT]
    tidy = _tidy(found, trigger.frame)
    if _is_mutual(scene, trigger):
        return (*tidy, *_each_other(tidy))
    return tidy


def _is_mutual(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether parties act upon each other: `bestookten elkaar`, not `stemmen aanvallen op elkaar af`."""
    joint = trigger.frame.symmetric or trigger.frame.type == "CONSULT"  # who call each other talk together
    if not trigger.slots.reciprocal or joint:
        return False
    words = trigger.slots.of("reciprocal")
    aimed = trigger.verbal and any(preposition_of(scene.tree, word) in trigger.frame.to for word in words)
    return aimed or any(is_relation(word, "obj", "iobj") for word in words)


def _each_other(found: tuple[Argument, ...]) -> list[Argument]:
    """Return the actors as those that are acted upon, too: `India en Pakistan beschuldigen elkaar`."""
    if any(item.role == RECIPIENT and item.entities for item in found):
        return []
    return [
        replace(item, role=RECIPIENT, reason=RECIPROCALLY)
        for item in found
        if item.role == ACTOR and item.entities
    ]


def _candidates(scene: Scene, words: ParticipantWords, trigger: Trigger) -> Iterator[tuple[str, str, Token]]:
    pairs = verb_paths(trigger.frame) if trigger.verbal else noun_paths(scene, words, trigger)
    for role, path in pairs:
        if role != "none":
            for token in _path_words(scene, trigger, path):
                yield role, path, token


def _is_topic(scene: Scene, argument: Argument, token: Token, path: str) -> bool:
    """Tell whether a word is a thing, no party: `eist dat de prijs daalt`, `overlegt met tegenzin`."""
    fellow = path == "met" and argument.role == ACTOR
    if argument.entities or not (fellow or path.startswith("clause_")):
        return False
    return token.index not in scene.names and not scene.belongs(token, ADDRESSED, frozenset())


def _stands_by(scene: Scene, words: ParticipantWords, token: Token) -> bool:
    """Tell whether who stands beside the parties is none: `een akkoord, met Qatar en Egypte als bemiddelaars`."""
    tree = scene.tree
    names = (scene.names.get(word.index, word) for word in with_conjuncts(tree, token))
    begin = max(name.span.end for name in names)
    end = min(scene.analysis.sentences[token.sentence].span.end, begin + MAX_ROLE)
    after = scene.analysis.text[begin:end].lower().replace(",", " ").replace(".", " ").split()
    for opening in words.in_role:
        if after[: len(opening)] == list(opening):
            return bool(words.go_betweens & set(after[len(opening) : len(opening) + ROLE_WORDS]))
    return False


def _path_words(scene: Scene, trigger: Trigger, path: str) -> list[Token]:
    if path == "adjective":
        return [word for word in trigger.slots.of("amod") if is_nationality(scene, word)]
    if path == "compound":
        return [trigger.token] if trigger.token.index in scene.names else []
    words = phrase_words(scene, trigger, path)
    if path == "subject" and not words and trigger.verbal:
        words = _opening_words(scene, trigger.token)
    if path == "poss" and trigger.slots.relation == "obj" and trigger.slots.of("subject"):
        words = [word for word in words if word.upos != "PRON"]  # `sprak zijn steun uit`: the subject's own
    counted = [word for word in words if word.upos != "NUM"]
    return counted or words  # of `duizenden betogers` the people, not the number


def _opening_words(scene: Scene, verb: Token) -> list[Token]:
    """Return the last word of a resolved mention that opens the sentence before the finite verb.

    `De twee spraken vrijdagochtend`: the subject, where the tree hung it on another word.
    """
    sentence = scene.tree.sentence(verb)
    if "VerbForm=Fin" not in verb.feats or verb.index <= sentence.first:
        return []
    before = scene.tree.tokens[verb.index - 1]
    opening = scene.tree.tokens[sentence.first].start
    for mention in scene.references.mentions_over(before.span):
        if (
            mention.span.start == opening
            and mention.span.end == before.end
            and scene.references.of_mention(mention)
        ):
            return [before]
    return []


def _can_take_part(scene: Scene, token: Token) -> bool:
    lower = token.text.lower()
    if lower in REFLEXIVE | RECIPROCAL or lower in RELATIVE - {"wie"}:
        return False
    name = scene.names.get(token.index)
    if name is not None:
        return name.type not in NOT_ACTING or bool(scene.references.of_mention(name))
    acting = token.upos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET", "VERB"}
    return acting and lower not in EMPTY and token.index not in scene.timed


def _argument(scene: Scene, words: ParticipantWords, role: str, token: Token, path: str) -> Argument | None:
    phrase = scene.tree.phrase(token)
    if path in {"adjective", "compound"}:
        name = scene.names[token.index]
        return Argument(role, scene.references.of_mention(name), name.span, path)
    entities = scene.references.of_head(token.span, phrase)
    if not entities or _is_title(scene, token):
        entities = _title_holder(scene, token) or entities
    if not entities and token.upos == "ADJ" and is_nationality(scene, token):
        entities = scene.references.of_mention(scene.names[token.index])  # `de Griekse en de Turkse minister`
    reason = path
    if not entities and token.upos != "PRON":
        entities = _through(scene, words, token, role)
        reason = f"{path}/through" if entities else path
    if len(entities) == 1 and "Number=Plur" in token.feats:
        entities = tuple(dict.fromkeys((*entities, *_joint_owners(scene, token))))
    return Argument(role, entities, phrase, reason)


def _joint_owners(scene: Scene, token: Token) -> tuple[str, ...]:
    """Return whose else a group is that was read as one side's: `de onderhandelaars van Israël en Hamas`."""
    owners = [
        child for child in scene.tree.children(token, "nmod") if preposition_of(scene.tree, child) == "van"
    ]
    others = (more for child in owners for more in with_conjuncts(scene.tree, child)[1:])
    names = (scene.names.get(word.index) for word in others)
    return tuple(
        key for name in names if name is not None and name.type in SIDES
        for key in scene.references.of_mention(name)
    )  # fmt: skip


def _is_title(scene: Scene, token: Token) -> bool:
    """Tell whether what was read as a name by itself may be a title: a people's name, a capital that nobody knows."""
    name = scene.names.get(token.index)
    if name is None or name.type is EntityType.PER:
        return False
    known = scene.references.entities
    unknown = any(key in known and not known[key].known for key in scene.references.of_mention(name))
    return unknown or name.type is EntityType.NORP


def _title_holder(scene: Scene, token: Token) -> tuple[str, ...]:
    """`president Erdogan`, `de advocaat, Michael Avenatti,`: the name beside a title is who is meant."""
    for child in scene.tree.children(token, "appos", "flat", "compound", "nmod"):
        name = scene.names.get(child.index)
        person = name is not None and name.type is EntityType.PER
        if (
            name is not None
            and (person or not is_relation(child, "nmod"))
            and not preposition_of(scene.tree, child)
        ):
            return scene.references.of_mention(name)
    return ()


def _through(
    scene: Scene, words: ParticipantWords, token: Token, role: str, depth: int = MAX_THROUGH
) -> tuple[str, ...]:
    """Return whom a noun that names nobody stands for: `de Spaanse regering`, `het plan van Trump`.

    An actor must be a body that acts for others; what is acted upon may be anything of theirs.
    """
    stands_for = bool({scene.lemma(token), last_part(token), token.text.lower()} & words.stands_for)
    if role == ACTOR and not stands_for:
        return ()
    nationalities = [word for word in _adjectives(scene, token) if is_nationality(scene, word)]
    if nationalities:
        found = (scene.references.of_mention(scene.names[word.index]) for word in nationalities)
        return tuple(dict.fromkeys(entity for entities in found for entity in entities))
    verb = scene.tree.head(token) if is_relation(token, "nsubj") else None
    beside = [word for word in scene.tree.children(verb, "obl") if word.index > token.index] if verb else []
    leaders = [word for word in (*scene.tree.children(token), *beside) if _is_led_by(scene, words, word)]
    for child in dict.fromkeys((*leaders, *scene.tree.children(token))):
        if _owns(child, role) or _leads(scene, words, child, role):
            found_here = _meant(scene, words, child, role, depth)
            if found_here:
                body = bool({scene.lemma(token), last_part(token)} & words.bodies)
                return _states_of(scene, found_here) if body else found_here
    return ()


def _states_of(scene: Scene, entities: tuple[str, ...]) -> tuple[str, ...]:
    """`het regime van Assad`: a body of a person's state, where the report speaks of that state."""
    known = scene.references.entities
    return tuple(
        scene.states.get(known[key].country, key)
        if key in known and known[key].type is EntityType.PER
        else key
        for key in entities
    )


def _meant(scene: Scene, words: ParticipantWords, token: Token, role: str, depth: int) -> tuple[str, ...]:
    """Return the entities of a word below a participant, each conjunct's, or those it stands for itself."""
    found: list[str] = []
    for word in with_conjuncts(scene.tree, token):
        here = scene.references.of_head(word.span, scene.tree.phrase(word)) or _title_holder(scene, word)
        if not here and depth > 0 and word.upos != "PRON":
            here = _through(scene, words, word, role, depth - 1)
        found.extend(here)
    return tuple(dict.fromkeys(found))


def _adjectives(scene: Scene, token: Token) -> list[Token]:
    """Return a noun's adjectives, coordinated ones too: `Russische noch Syrische toestellen`."""
    own = scene.tree.children(token, "amod")
    return [*own, *(more for word in own for more in scene.tree.children(word, "conj"))]


def _owns(child: Token, role: str) -> bool:
    """`hun konvooi`, `Trumps plan`; a possessive pronoun leads to whom something is done to only."""
    pronoun = is_relation(child, "det") and "Poss=Yes" in child.feats
    return is_relation(child, "nmod:poss") or (role == RECIPIENT and pronoun)


def _is_led_by(scene: Scene, words: ParticipantWords, child: Token) -> bool:
    """`onder leiding van de VS`: parsers take the first words for one preposition, or `leiding` for the noun."""
    case = scene.tree.child(child, "case")
    if case is None or case.text.lower() != "onder" or not is_relation(child, "nmod", "obl"):
        return False
    fixed = {scene.lemma(part) for part in scene.tree.children(case, "fixed")}
    return bool((fixed | {scene.lemma(child)}) & words.leadership)


def _leads(scene: Scene, words: ParticipantWords, child: Token, role: str) -> bool:
    if _is_led_by(scene, words, child):
        return True
    preposition = preposition_of(scene.tree, child)
    through = preposition == "van" if role == ACTOR else preposition in words.through
    return through and is_relation(child, "nmod")


def _tidy(arguments: list[Argument], frame: Frame) -> tuple[Argument, ...]:
    """Put actors first; with a symmetric frame all are actors; nobody is actor and recipient both."""
    if frame.symmetric:
        arguments = [replace(argument, role=ACTOR) for argument in arguments]
    actors = sorted((a for a in arguments if a.role == ACTOR), key=lambda a: a.span or Span(0, 0))
    acting = {entity for argument in actors for entity in argument.entities}
    recipients = [
        replace(argument, entities=tuple(entity for entity in argument.entities if entity not in acting))
        if set(argument.entities) & acting
        else argument
        for argument in arguments
        if argument.role == RECIPIENT and not (argument.entities and set(argument.entities) <= acting)
    ]
    return (*actors, *recipients)
