"""When and where an event took place, and the numbers that are told of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kroniek.analyse.events.participants import ACTOR, RECIPIENT, ParticipantWords
from kroniek.analyse.events.scene import PLACES, Scene, last_part
from kroniek.analyse.events.slots import preposition_of
from kroniek.analyse.events.triggers import Trigger
from kroniek.analyse.tree import is_relation, tokens_in
from kroniek.model import Argument, EntityType, Interval, Timex, TimexType, Token, ZoneKind

MAX_CLIMB = 4  # heads above a word
MAX_TIMES = 8  # times before and after a word in its sentence
TITLES = frozenset({ZoneKind.TITLE, ZoneKind.HEADING})
MAX_AWAY = 40  # words between an event and a number that is told of it


@dataclass(frozen=True, slots=True)
class When:
    """An event's time: ISO value, calendar interval, and how it was found."""

    value: str = ""
    interval: Interval | None = None
    how: str = ""


def find_time(scene: Scene, trigger: Trigger) -> When:
    """Return the time of an event: a time expression that hangs on its word or on its clause."""
    clause = _clause_head(scene, trigger.token)
    best: tuple[int, int, Timex] | None = None
    for timex, token in _times_in_sentence(scene, trigger.token):
        if timex.type in {TimexType.DURATION, TimexType.SET} or timex.value.endswith("_REF"):
            continue
        rank = _rank(scene, trigger.token, token, clause)
        if rank is not None and (best is None or (rank, abs(token.index - trigger.token.index)) < best[:2]):
            best = (rank, abs(token.index - trigger.token.index), timex)
    return When(best[2].value, best[2].interval, "syntax") if best else When()


def _times_in_sentence(scene: Scene, token: Token) -> Iterator[tuple[Timex, Token]]:
    """Yield the times near a word in its sentence with their head words; few, however long the sentence."""
    sentence = scene.tree.sentence(token)
    times = scene.timexes.get(token.sentence, [])
    place = bisect_left(times, token.start, key=lambda timex: timex.span.start)
    for timex in times[max(0, place - MAX_TIMES) : place + MAX_TIMES]:
        words = [
            word
            for word in tokens_in(scene.analysis, timex.span)
            if sentence.first <= word.index < sentence.last
        ]
        if words:
            inside = {word.index for word in words}
            yield timex, next((word for word in words if word.head not in inside), words[0])


def _clause_head(scene: Scene, token: Token) -> Token:
    current = token
    for _ in range(MAX_CLIMB):
        if current.upos == "VERB" and not is_relation(current, "xcomp", "amod"):
            return current
        head = scene.tree.head(current)
        if head is None or is_relation(current, "acl:relcl", "advcl", "ccomp", "parataxis"):
            return current
        current = head
    return current


def _rank(scene: Scene, event: Token, time: Token, clause: Token) -> int | None:
    """0: hangs on the event's word; 1: on its clause's verb; 2: deeper below it; None: elsewhere."""
    head = scene.tree.head(time)
    if head is None:
        return None
    if head.index == event.index:
        return 0
    if head.index == clause.index:
        return 1
    for ancestor, _ in zip(scene.tree.ancestors(time), range(MAX_CLIMB), strict=False):
        if ancestor.index == event.index:
            return 2
        if ancestor.upos == "VERB":
            return None
    return None


def find_place(scene: Scene, words: ParticipantWords, trigger: Trigger) -> str:
    """Return the entity id of the place that a phrase beside the event names, "" when there is none."""
    for token in _near_event(scene, trigger):
        preposition = preposition_of(scene.tree, token)
        if preposition not in words.places:
            continue
        for found in (token, *_inside(scene, token)):
            name = scene.names.get(found.index)
            if name is not None and name.type in PLACES and (ids := scene.references.of_mention(name)):
                return ids[0]
    return ""


def _near_event(scene: Scene, trigger: Trigger) -> Iterator[Token]:
    heads = [trigger.token]
    if trigger.slots.governor is not None:
        heads.append(trigger.slots.governor)
    elif (above := scene.tree.head(trigger.token)) is not None and is_relation(
        trigger.token, "xcomp", "conj"
    ):
        heads.append(above)
    for head in heads:
        yield from scene.tree.children(head, "obl", "nmod", "advmod")


def _inside(scene: Scene, token: Token) -> list[Token]:
    """`in het centrum van Aleppo`, `in het Zwitserse Genève`: a name that stands close below."""
    return scene.tree.children(token, "nmod", "appos", "flat", "amod")


def find_numbers(scene: Scene, words: ParticipantWords, trigger: Trigger) -> tuple[tuple[str, str], ...]:
    """Return what is counted in the event's clause, with its figure as written: (`raketten`, `59`)."""
    found: list[tuple[str, str]] = []
    sentence = scene.tree.sentence(trigger.token)
    first = max(sentence.first, trigger.token.index - MAX_AWAY)
    clause = _clause_head(scene, trigger.token)
    for token in scene.tree.tokens[first : min(sentence.last, trigger.token.index + MAX_AWAY)]:
        if (
            token.upos != "NOUN"
            or not {scene.lemma(token), last_part(token), token.text.lower()} & words.counted
        ):
            continue
        number = scene.tree.child(token, "nummod")
        if number is not None and _below(scene, token, clause):
            found.append((token.text.lower(), number.text))
    return tuple(dict.fromkeys(found))


def _below(scene: Scene, token: Token, clause: Token) -> bool:
    above = zip(scene.tree.ancestors(token), range(2 * MAX_CLIMB), strict=False)
    return any(ancestor.index == clause.index for ancestor, _ in above)


def settle_places(
    scene: Scene, trigger: Trigger, arguments: tuple[Argument, ...], place: str
) -> tuple[tuple[Argument, ...], str]:
    """Return participants and place, with towns and regions that are aimed at made the place.

    `reist naar Pyongyang` has the town as its place; for a visit abroad the host is its state, when the
    report speaks of it.
    """
    kept: list[Argument] = []
    for argument in arguments:
        towns = [entity for entity in argument.entities if _is_town(scene, entity)]
        if argument.role != RECIPIENT or not towns:
            kept.append(argument)
            continue
        place = place or towns[0]
        hosts = _hosts(scene, towns[0], arguments) if trigger.frame.mode == "visit" else ()
        others = tuple(entity for entity in argument.entities if entity not in towns)
        kept.append(replace(argument, entities=(*others, *hosts)))
    return tuple(kept), place


def _is_town(scene: Scene, entity: str) -> bool:
    """A place that is no state: states have a government in the knowledge base."""
    known = scene.references.entities.get(entity)
    return known is not None and known.type in PLACES and not known.sector


def _hosts(scene: Scene, town: str, arguments: tuple[Argument, ...]) -> tuple[str, ...]:
    country = scene.references.entities[town].country
    own = {
        scene.references.entities[entity].country
        for argument in arguments
        for entity in argument.entities
        if argument.role == ACTOR and entity in scene.references.entities
    }
    states = (
        key for key, known in scene.references.entities.items()
        if country and known.country == country and known.sector == "GOV" and known.type is EntityType.GPE
    )  # fmt: skip
    return () if country in own else tuple(states)[:1]


def resumes(scene: Scene, words: ParticipantWords, trigger: Trigger) -> bool:
    """Tell whether an event is named as known: `de aanval`, `dit overleg`, `zijn bezoek`, or in a title."""
    zone = scene.analysis.sentences[trigger.token.sentence].zone
    if zone < len(scene.analysis.zones) and scene.analysis.zones[zone].kind in TITLES:
        return True
    if trigger.verbal:
        return False
    return any(
        "Definite=Def" in child.feats or "Poss=Yes" in child.feats or child.text.lower() in words.pointing
        for child in scene.tree.children(trigger.token, "det", "nmod:poss")
    )
