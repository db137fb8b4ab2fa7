"""The step `events`: every telling of an event in a document, with participants, time, place and status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from kroniek.analyse.events.circumstances import (
    When,
    find_numbers,
    find_place,
    find_time,
    in_title,
    resumes,
    resumes_noun,
    settle_places,
    without_saying,
)
from kroniek.analyse.events.continued import take_over
from kroniek.analyse.events.discourse import Draft, fill_participants, is_of_old
from kroniek.analyse.events.finder import SAID, Finder
from kroniek.analyse.events.folding import once_per_sentence
from kroniek.analyse.events.frames import ACTOR, RECIPIENT, lexicon_of
from kroniek.analyse.events.meetings import settle_meeting
from kroniek.analyse.events.nearby import Around
from kroniek.analyse.events.participant_words import participant_words
from kroniek.analyse.events.participants import (
    find_participants,
)
from kroniek.analyse.events.retold import settle_statuses
from kroniek.analyse.events.scene import Scene, scene_of
from kroniek.analyse.events.sources import with_source
from kroniek.analyse.events.status import status_of
from kroniek.analyse.events.triggers import Trigger, find_triggers, is_too_long
from kroniek.analyse.factuality import Reader
from kroniek.analyse.modality import modality_words
from kroniek.analyse.reference import references_of
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.tellers import attributions_by_token, by_source
from kroniek.analyse.times.linking import clause_of
from kroniek.analyse.tree import tree_of
from kroniek.model import (
    Analysis,
    Attribution,
    EventMention,
    Gap,
    Provenance,
    Span,
    Stance,
    Status,
)

STEP = "events"
LEGAL = "legal"  # context of acts of police and courts
PAIR = 2  # parties of which `beide landen` speaks
SENTENCES_BACK = 1  # before an event's, in which two sides may have been spoken of
MAX_ABOVE = 3  # words between an accusation and what it is about
NOT_YET = frozenset({Status.NOT_HAPPENED, Status.POSSIBLE, Status.PLANNED})
ACCUSING = frozenset({"ACCUSE", "COERCE"})  # `beschuldigd van moord`, `opgepakt wegens moord`
ANSWERS = frozenset({Stance.CONFIRMS, Stance.DENIES, Stance.DOES_NOT_CONFIRM})  # to what was told before


def find_events(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `events` of a document, in text order."""
    if not analysis.tokens:
        return {"events": ()}
    language = resources.language
    lexicon = language.compiled(lexicon_of)
    tree = tree_of(analysis)
    scene = scene_of(analysis, tree, references_of(analysis), lexicon)
    modality = language.compiled(modality_words)
    finder = Finder(
        scene=scene,
        words=language.compiled(participant_words),
        reader=Reader(tree, modality, lexicon.carriers | lexicon.occurrences, scene.lemmas),
        attributions=attributions_by_token(analysis),
        version=language.version,
    )
    return {
        "events": tuple(once_per_sentence(finder.scene.analysis, _mentions(finder))),
        "gaps": _too_long(analysis),
    }


def _too_long(analysis: Analysis) -> tuple[Gap, ...]:
    return tuple(
        Gap(STEP, f"no events read: a sentence of {item.last - item.first} words", item.span)
        for item in analysis.sentences
        if is_too_long(item)
    )


def _mentions(finder: Finder) -> Iterator[EventMention]:
    """Yield the events of a document with the participants that sentence and discourse give them."""
    triggers = _without_weak(list(find_triggers(finder.scene)))
    places = {word.index: number for number, trigger in enumerate(triggers) for word in trigger.words}
    accusations = {word for word, number in places.items() if triggers[number].frame.type == "ACCUSE"}
    drafts = [_draft(finder, trigger, places, triggers, accusations) for trigger in triggers]
    continued = take_over(finder.scene, finder.words, triggers, [draft.mention for draft in drafts])
    drafts = [replace(draft, mention=told) for draft, told in zip(drafts, continued, strict=True)]
    titles = {
        number: _is_bare(finder, trigger)
        for number, trigger in enumerate(triggers)
        if in_title(finder.scene, trigger.token)
    }
    published = finder.scene.analysis.published.interval
    told = [
        settle_meeting(finder.scene, mention) if mention.type == "CONSULT" else mention
        for mention in fill_participants(drafts, _homes(finder.scene))
    ]
    yield from settle_statuses(told, titles, published)


def _is_bare(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether a noun stands in a sentence without a verb: `Opnieuw overleg in Genève`."""
    words = finder.scene.tree.words(finder.scene.tree.sentence(trigger.token))
    return not trigger.verbal and not any("VerbForm=Fin" in word.feats for word in words)


def _without_weak(triggers: list[Trigger]) -> list[Trigger]:
    """Leave out what another event of its type in the sentence tells better: `vloog naar X, waar hij sprak`.

    What takes up the weak one tells it again, not better: `zou reizen, maar die reis is uitgesteld`.
    """
    better = [one for one in triggers if not one.frame.weak and not one.frame.resumed]
    told = {(one.token.sentence, one.frame.type) for one in better}
    return [one for one in triggers if not one.frame.weak or (one.token.sentence, one.frame.type) not in told]


def _draft(
    finder: Finder,
    trigger: Trigger,
    places: Mapping[int, int],
    triggers: Sequence[Trigger],
    accusations: Set[int],
) -> Draft:
    mention = _mention(finder, trigger, accusations, _around(finder, trigger, places, triggers))
    filled = {argument.role for argument in mention.arguments if argument.entities}
    roles = {ACTOR} if trigger.frame.symmetric else {ACTOR, RECIPIENT}
    return Draft(
        mention,
        open_roles=frozenset(roles - filled),
        accusation=_accusation_of(finder, trigger, places, triggers),
        about=_about(trigger, places, triggers),
        symmetric=trigger.frame.symmetric,
        headline=trigger.token.sentence == 0,
        awaited=_is_awaited(finder, trigger, mention),
        appointment=mention.resumes and finder.scene.lemma(trigger.token) in finder.words.appointments,
        sides=() if ACTOR in filled or is_of_old(mention) else _sides(finder, trigger),
        takes_up=mention.status is Status.OFFERED and _takes_up(finder, trigger),
        words=finder.scene.meaning(trigger.token),
        suspect=LEGAL in trigger.frame.contexts and _is_suspect(finder, mention),
    )


def _is_suspect(finder: Finder, mention: EventMention) -> bool:
    """Tell whether whom an act of law is aimed at is told without a name, as one person, or not at all."""
    spans = [item.span for item in mention.arguments if item.role == RECIPIENT and item.span is not None]
    text = finder.scene.analysis.text
    return all(finder.words.suspects & set(span.of(text).lower().split()) for span in spans)


def _homes(scene: Scene) -> dict[str, str]:
    """Return the state of each person, body and state of a report, where the report speaks of that state."""
    known = scene.references.entities
    return {
        key: scene.states[entity.country] for key, entity in known.items() if entity.country in scene.states
    }


def _takes_up(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether an offer is to go on with talks or a deal that there are: `bereid het overleg te hervatten`."""
    if trigger.frame.type != "AGREE" or trigger.slots.of("met"):
        return False
    for word in finder.scene.tree.subtree(trigger.token):
        definite = resumes_noun(finder.scene, finder.words, word)
        if definite and finder.scene.forms(word) & finder.words.joint:
            return True
    return False


def _around(
    finder: Finder, trigger: Trigger, places: Mapping[int, int], triggers: Sequence[Trigger]
) -> Around:
    """Return what stands around an event's word in its sentence."""
    tree, modality = finder.scene.tree, finder.reader.words
    sentence, own = tree.sentence(trigger.token), {word.index for word in trigger.words}
    others = {index for index in range(sentence.first, sentence.last) if index in places} - own
    if not trigger.frame.durative:
        others |= _since(finder, trigger)
    if _tells(trigger):
        contents = (word.index for word in tree.children(trigger.token, "obl", "obj") if word.index in others)
        first = min(contents, default=sentence.last)
        return Around(frozenset(others | set(range(first, sentence.last))))
    head = tree.head(trigger.token)
    above = triggers[places[head.index]] if head is not None and head.index in places else None
    told = above is not None and not trigger.verbal and _tells(above)
    clause = finder.scene.lemma(clause_of(tree, trigger.token))
    spoken_of = not trigger.verbal and (clause in modality.verbs or clause in modality.reporting)
    return Around(frozenset(others), head if told else None, spoken_of)


def _since(finder: Finder, trigger: Trigger) -> set[int]:
    """Return what something is so since, whose day is its own: `voor het eerst sinds de top in mei`."""
    tree = finder.scene.tree
    words = tree.words(tree.sentence(trigger.token))
    return {
        word.index
        for word in words
        if word.index not in finder.scene.timed
        and any(case.text.lower() in finder.words.since for case in tree.children(word, "case"))
    }


def _tells(trigger: Trigger) -> bool:
    """Tell whether an event is an act of words with a verb, which has a content: `beschuldigde van`."""
    return trigger.verbal and trigger.frame.type in SAID and not trigger.frame.symmetric


def _sides(finder: Finder, trigger: Trigger) -> tuple[str, ...]:
    """Return the two sides that were just spoken of, for something joint whose parties nothing names.

    `Het vertrouwen tussen beide landen ontbreekt. Er moeten werkgroepen worden opgericht.`
    """
    if not trigger.frame.symmetric or trigger.frame.type == "ASSAULT":  # `de conflicten in Oekraïne en Syrië`
        return ()
    scene = finder.scene
    sentences = scene.analysis.sentences
    before = sentences[max(0, trigger.token.sentence - SENTENCES_BACK)]
    begin = trigger.token.start if is_too_long(before) else before.span.start
    between = scene.references.within(Span(begin, trigger.token.start))
    for mention in reversed(between):
        words = set(mention.span.of(scene.analysis.text).lower().split())
        found = scene.references.of_mention(mention)
        if len(found) == PAIR and words & finder.words.parties:
            return found
    return ()


def _is_awaited(finder: Finder, trigger: Trigger, mention: EventMention) -> bool:
    """Tell whether talks or a deal are between parties told before, though no word refers back to them.

    `Een akkoord is er nog niet`: a deal that is not there yet; `dat de twee elkaar spraken`.
    """
    if not trigger.frame.symmetric:
        return False
    if not trigger.verbal and mention.type == "AGREE" and mention.status in NOT_YET:
        return True
    unnamed = (
        item.span for item in mention.arguments if item.role == ACTOR and not item.entities and item.span
    )
    text = finder.scene.analysis.text
    return any(set(span.of(text).lower().split()) & finder.words.parties for span in unnamed)


def _about(trigger: Trigger, places: Mapping[int, int], triggers: Sequence[Trigger]) -> int:
    """Return the number of the event that an act of words is about, -1 if none: `verwelkomde het akkoord`."""
    if trigger.frame.type not in SAID or trigger.frame.symmetric:
        return -1
    for path in ("object", *trigger.frame.to):
        for word in trigger.slots.of(path):
            number = places.get(word.index, -1)
            if number >= 0 and triggers[number] is not trigger:
                return number
    return -1


def _accusation_of(
    finder: Finder, trigger: Trigger, places: Mapping[int, int], triggers: Sequence[Trigger]
) -> int:
    """Return the number of the accusation whose content an event is, -1 if none: `beschuldigd van moord`."""
    if trigger.frame.type in SAID:
        return -1
    for head, _ in zip(finder.scene.tree.ancestors(trigger.token), range(MAX_ABOVE), strict=False):
        number = places.get(head.index, -1)
        if number >= 0:
            return number if triggers[number].frame.type in ACCUSING else -1
    return -1


def _mention(finder: Finder, trigger: Trigger, accusations: Set[int], around: Around) -> EventMention:
    frame, scene = trigger.frame, finder.scene
    attribution = finder.attributions.get(trigger.words[0].index)
    when = find_time(scene, finder.words, trigger, around)
    if attribution is not None and attribution.stance in ANSWERS and attribution.time == when.value:
        when = without_saying(scene, trigger, attribution.cue, when)
    reading = finder.reader.read(trigger.token)
    arguments = find_participants(scene, finder.words, trigger)
    if attribution is not None:
        arguments = with_source(finder, trigger, arguments, attribution)
    arguments, place = settle_places(
        scene, trigger, arguments, find_place(scene, finder.words, trigger, around)
    )
    status = status_of(finder, trigger, reading, attribution, when)
    if status is Status.HAPPENED and frame.type == "ASSAULT":
        told_by = attribution is not None and any(argument.role == ACTOR for argument in arguments)
        status = Status.ALLEGED if told_by or _is_charge(finder, trigger, accusations) else status
    return EventMention(
        trigger=tuple(word.span for word in trigger.words),
        type=frame.type,
        mode=frame.mode or _mode_of_content(scene, trigger),
        contexts=frame.contexts,
        arguments=arguments,
        time=when.value,
        interval=when.interval,
        time_how=when.how,
        place=place,
        status=status,
        factuality=by_source(reading, attribution),
        according_to=_according_to(finder, attribution),
        attribution=attribution.id if attribution else "",
        numbers=find_numbers(scene, finder.words, trigger),
        background=_is_background(finder, trigger, when),
        provenance=Provenance(STEP, frame.id, finder.version),
        resumes=resumes(scene, finder.words, trigger),
        ahead=reading.ahead,
    )


def _mode_of_content(scene: Scene, trigger: Trigger) -> str:
    """Return the mode that the words below a demand, a refusal or a threat give it, "" when none does."""
    modes = scene.lexicon.contents.get(trigger.frame.type, {})
    if not modes:
        return ""
    below = {form for word in scene.tree.subtree(trigger.words[0]) for form in scene.forms(word)}
    return next((mode for mode, words in modes.items() if below & words), "")


def _is_charge(finder: Finder, trigger: Trigger, accusations: Set[int]) -> bool:
    """Tell whether a deed is what somebody is accused of in the sentence: `van moord beschuldigd`.

    A source that says who did violence accuses as well; that is seen where the source is known.
    """
    if trigger.verbal:
        return False
    tree = finder.scene.tree
    relative = any(child.index in accusations for child in tree.children(trigger.token, "acl:relcl"))
    case = tree.child(trigger.token, "case")
    sentence = tree.sentence(trigger.token)
    named = any(sentence.first <= index < sentence.last for index in accusations)
    return relative or (named and case is not None and case.text.lower() in finder.words.charges)


def _according_to(finder: Finder, attribution: Attribution | None) -> tuple[str, ...]:
    """Return the entities of the source, or its own words when it has no name."""
    if attribution is None:
        return ()
    if attribution.sources:
        return attribution.sources
    return (attribution.source.of(finder.scene.analysis.text),) if attribution.source else ()


def _is_background(finder: Finder, trigger: Trigger, when: When) -> bool:
    """Tell whether an event lies well before the report: more than a month, or told as `eerder`, `destijds`."""
    published = finder.scene.analysis.published.value or ""
    if when.interval and len(published) >= 7:
        return when.interval.latest.isoformat()[:7] < published[:7]
    children = finder.scene.tree.children(trigger.token, "advmod")
    return any(
        child.text.lower() in {"eerder", "destijds", "ooit", "voorheen", "vroeger"} for child in children
    )


EVENTS = Step(
    STEP,
    needs=(
        *("sentences", "tokens", "names", "timexes"),
        *("mentions", "entities", "links", "references", "coreferences", "attributions"),
    ),
    gives=("events",),
    run=per_document(find_events),
)
