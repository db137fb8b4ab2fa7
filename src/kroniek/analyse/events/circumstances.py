"""When and where an event took place, and the numbers that are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kroniek.analyse.events.frames import ACTOR, RECIPIENT
from kroniek.analyse.events.nearby import Around, clauses_of_noun, shared_places, sharing_clauses
from kroniek.analyse.events.participant_words import ParticipantWords
from kroniek.analyse.events.scene import PLACES, Scene, last_part
from kroniek.analyse.events.slots import preposition_of
from kroniek.analyse.events.triggers import Trigger
from kroniek.analyse.times.linking import clause_of, time_after, time_beside, times_near
from kroniek.analyse.tree import is_relation
from kroniek.model import Argument, EntityType, Interval, Span, Token, ZoneKind
from kroniek.model.analysis import HOST

MAX_CLIMB = 4  # heads above a word
TITLES = frozenset({ZoneKind.TITLE, ZoneKind.HEADING})
MAX_AWAY = 40  # words between an event and a number that is told of it


@dataclass(frozen=True, slots=True)
class When:
    """An event's time: ISO value, calendar interval, and how it was found."""

    value: str = ""
    interval: Interval | None = None
    how: str = ""


def find_time(scene: Scene, words: ParticipantWords, trigger: Trigger, around: Around) -> When:
    """Return the time of an event: one on its word, on its clause, or on a clause that it shares it with."""
    told = not _is_apart(scene, words, trigger, around)
    when = When(*time_beside(scene.analysis, scene.tree, trigger.token, others=around.others, in_clause=told))
    if not when.value and around.told_by is not None:
        when = When(*time_after(scene.analysis, scene.tree, trigger.token, around.told_by))
    if when.value:
        return _with_days_after(scene, trigger, when)
    for verb in clauses_of_noun(scene, trigger):
        if (own := When(*time_beside(scene.analysis, scene.tree, verb))).value:
            return own
    for verb in sharing_clauses(scene, words, trigger, around):
        value, interval, _ = time_beside(scene.analysis, scene.tree, verb)
        if value:
            return When(
                value, interval, "sentence" if verb.sentence == trigger.token.sentence else "narrative"
            )
    return when


def _is_apart(scene: Scene, words: ParticipantWords, trigger: Trigger, around: Around) -> bool:
    """Tell whether a noun's event has a time of its own: `reisde vrijdag naar Kaboel na de aanslag`.

    Of a meeting people speak on its day: `zei woensdag na een ontmoeting`.
    """
    if trigger.verbal:
        return False
    preposition = preposition_of(scene.tree, trigger.token)
    if preposition in words.apart_unless_meeting:
        return not trigger.frame.symmetric
    return preposition in words.apart or (not preposition and around.told_by is not None)


def without_saying(scene: Scene, trigger: Trigger, cue: Sequence[Span], when: When) -> When:
    """Return the time of an event without that of saying it: `wilde donderdag het bezoek niet bevestigen`."""
    if trigger.verbal or when.how != "syntax":
        return when
    above = [head for head, _ in zip(scene.tree.ancestors(trigger.token), range(MAX_CLIMB), strict=False)]
    said = any(span.overlaps(head.span) for span in cue for head in above)
    own = any(word.index in scene.timed for word in scene.tree.children(trigger.token))
    return When() if said and not own else when


def _with_days_after(scene: Scene, trigger: Trigger, when: When) -> When:
    """Return a day with the one that is joined to it: `donderdag en vrijdag` is a range of two days."""
    if when.interval is None or when.interval.days() > 1:
        return when
    times = {word.index: timex for timex, word in times_near(scene.analysis, scene.tree, trigger.token)}
    for index, timex in times.items():
        if timex.value != when.value:
            continue
        for joined in scene.tree.children(scene.tree.tokens[index], "conj"):
            other = times.get(joined.index)
            if other is not None and other.interval and _follows(when.interval, other.interval):
                range_ = Interval(when.interval.earliest, other.interval.latest)
                return When(f"{range_.earliest}/{range_.latest}", range_, when.how)
    return when


def _follows(first: Interval, second: Interval) -> bool:
    return second.days() == 1 and (second.earliest - first.latest).days == 1


def find_place(scene: Scene, words: ParticipantWords, trigger: Trigger, around: Around) -> str:
    """Return the entity id of the place that a phrase beside the event names, "" when there is none."""
    near = [*_near_event(scene, words, trigger, around.others)]
    if around.told_by is not None:
        after = scene.tree.children(around.told_by, "obl", "nmod")
        near += [word for word in after if word.index > trigger.token.index and _is_where(scene, words, word)]
    for token in (*near, *shared_places(scene, words, trigger, around), *_headed(scene, trigger)):
        inside = _inside(scene, token)
        below = [
            more
            for one in inside
            for more in scene.tree.children(one, "nmod")
            if _is_where(scene, words, more)
        ]
        for found in (token, *inside, *below):  # `in de marge van de top in Hangzhou`
            if place := _place(scene, found):
                return place
    return ""


def _headed(scene: Scene, trigger: Trigger) -> list[Token]:
    """Return the place that a title opens with: `Gent: drie mannen opgepakt na steekpartij`."""
    first, second, *_ = (*scene.tree.words(scene.tree.sentence(trigger.token)), trigger.token, trigger.token)
    return [first] if second.text == ":" and in_title(scene, trigger.token) else []


def _place(scene: Scene, token: Token) -> str:
    name = scene.names.get(token.index)
    ids = scene.references.of_mention(name) if name is not None and name.type in PLACES else ()
    return ids[0] if ids else ""


def _near_event(
    scene: Scene, words: ParticipantWords, trigger: Trigger, others: frozenset[int]
) -> Iterator[Token]:
    """Yield the heads of phrases that may say where, the closest first."""
    tree = scene.tree
    own = tree.children(trigger.token, "obl", "nmod", "advmod", "appos", "obj")
    own = [word for word in own if word.index not in others]
    yield from (word for word in own if _is_where(scene, words, word))
    if not trigger.verbal:  # `Overleg Lausanne`
        yield from (word for word in own if word.index == trigger.token.index + 1 and not _case(scene, word))
    for word in own:  # `de aanval op een konvooi bij Aleppo`, but not `overleg over een bestand in Syrië`
        if _case(scene, word) in words.about:
            continue
        yield from (more for more in tree.children(word, "nmod") if _is_where(scene, words, more))
    for head in _clauses(scene, words, trigger):
        yield from (
            word
            for word in tree.children(head, "obl", "nmod", "advmod")
            if word.index not in {trigger.token.index, *others} and _is_where(scene, words, word)
        )
        if is_relation(head, "acl:relcl") and any(
            word.text.lower() == "waar" for word in tree.children(head)
        ):
            yield from filter(None, [tree.head(head)])  # `naar Genève, waar zij spreken`
    for word in own:
        yield from _on_names(scene, words, word)


def _on_names(scene: Scene, words: ParticipantWords, phrase: Token) -> Iterator[Token]:
    """Yield phrases of place that hang on a name deep in a phrase: names of parties take none of their own.

    `een konvooi van de Rode Halve Maan bij Aleppo`, `na een gesprek met Perry, de minister, in Moskou`.
    """
    if _case(scene, phrase) in words.about:
        return
    for word in scene.tree.subtree(phrase):
        head = scene.tree.head(word)
        if head is None or not is_relation(word, "nmod") or not _is_where(scene, words, word):
            continue
        holder = scene.tree.head(head) if is_relation(head, "appos") else head
        name = scene.names.get(holder.index) if holder is not None else None
        if name is not None and head.index not in scene.timed and not _is_where(scene, words, head):
            yield word


def _case(scene: Scene, token: Token) -> str:
    return preposition_of(scene.tree, token)


def _is_where(scene: Scene, words: ParticipantWords, token: Token) -> bool:
    return _case(scene, token) in words.places


def _clauses(scene: Scene, words: ParticipantWords, trigger: Trigger) -> Iterator[Token]:
    """Yield the verbs whose place is the event's: its own, its carrier's, its clause's.

    Where somebody speaks of an event (`sprak in New York van een aanval`) it did not take place.
    """
    if trigger.verbal:
        yield trigger.token
    elif _case(scene, trigger.token) in words.topics:
        return
    if trigger.slots.governor is not None:
        yield trigger.slots.governor
    elif is_relation(trigger.token, "xcomp", "conj") and (head := scene.tree.head(trigger.token)) is not None:
        yield head
    elif not trigger.verbal:
        yield clause_of(scene.tree, trigger.token)
    yield from clauses_of_noun(scene, trigger)


def _inside(scene: Scene, token: Token) -> list[Token]:
    """`in het centrum van Aleppo`, `in het Zwitserse Genève`: a name that stands close below."""
    return scene.tree.children(token, "nmod", "appos", "flat", "amod")


def find_numbers(scene: Scene, words: ParticipantWords, trigger: Trigger) -> tuple[tuple[str, str], ...]:
    """Return what is counted in the event's clause, with its figure as written: (`raketten`, `59`)."""
    found: list[tuple[str, str]] = []
    sentence = scene.tree.sentence(trigger.token)
    first = max(sentence.first, trigger.token.index - MAX_AWAY)
    clause = clause_of(scene.tree, trigger.token)
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
        if towns and trigger.frame.type == "AGREE" and argument.reason == "van":
            place = place or towns[0]  # `het akkoord van Dayton`
            continue
        if argument.role != RECIPIENT or not towns:
            kept.append(argument)
            continue
        place = place or towns[0]
        hosts = _hosts(scene, towns[0], arguments) if trigger.frame.mode == "visit" else ()
        others = tuple(entity for entity in argument.entities if entity not in towns)
        if others or not hosts:
            kept.append(replace(argument, entities=others))
        if hosts:
            kept.append(replace(argument, entities=hosts, reason=HOST))
    if not place and trigger.frame.mode == "visit":
        place = _visited(scene, kept)
    return tuple(kept), place


def _visited(scene: Scene, arguments: list[Argument]) -> str:
    """`bezoek aan Duitsland`: where one goes is where it takes place."""
    hosts = (entity for item in arguments if item.role == RECIPIENT for entity in item.entities)
    known = scene.references.entities
    return next((host for host in hosts if host in known and known[host].type is EntityType.GPE), "")


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
    state = scene.states.get(country, "")
    return (state,) if state in scene.named and country not in own else ()


def in_title(scene: Scene, token: Token) -> bool:
    """Tell whether a word stands in a title or a heading."""
    zone = scene.analysis.sentences[token.sentence].zone
    return zone < len(scene.analysis.zones) and scene.analysis.zones[zone].kind in TITLES


def resumes(scene: Scene, words: ParticipantWords, trigger: Trigger) -> bool:
    """Tell whether an event is named as known: `de aanval`, `dit overleg`, `zijn bezoek`, or in a title."""
    if in_title(scene, trigger.token):
        return True
    if trigger.verbal:
        return trigger.frame.resumed
    return resumes_noun(scene, words, trigger.token)


def resumes_noun(scene: Scene, words: ParticipantWords, noun: Token) -> bool:
    """Tell whether a noun is one that was told of before: `het overleg`, `dit overleg`, `zijn overleg`."""
    return any(
        "Definite=Def" in child.feats or "Poss=Yes" in child.feats or child.text.lower() in words.pointing
        for child in scene.tree.children(noun, "det", "nmod:poss")
    )
