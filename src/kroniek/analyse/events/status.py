"""Whether an event took place: its words first, then its source, then tense and time."""

from __future__ import annotations

from kroniek.analyse.events.circumstances import When
from kroniek.analyse.events.finder import SAID, Finder
from kroniek.analyse.events.triggers import Trigger
from kroniek.analyse.factuality import Reading
from kroniek.analyse.tree import Tree
from kroniek.model import Attribution, Stance, Status, Token


def status_of(
    finder: Finder, trigger: Trigger, reading: Reading, attribution: Attribution | None, when: When
) -> Status:
    """Return the status: the words above and beside the event first, then its source, then its tense."""
    read = reading.status
    if trigger.frame.negated:
        return trigger.frame.status or Status.HAPPENED
    if trigger.frame.type in SAID and read in _unsaid(trigger):
        read = None  # a denied accusation has been made all the same
    elif attribution is not None and attribution.stance is Stance.DENIES and read in {None, Status.ALLEGED}:
        named = trigger.frame.type in SAID and not trigger.verbal  # `de beschuldiging is vals`: it was made
        return Status.HAPPENED if named else Status.DENIED
    if read in {None, Status.ONGOING} and _lies_ahead(finder, trigger, when):
        read = Status.PLANNED
    if read is not None and not (read is Status.PLANNED and trigger.frame.status is Status.HAPPENED):
        return read
    if trigger.frame.status is not None:
        return trigger.frame.status
    if attribution is not None and attribution.stance is Stance.DOES_NOT_CONFIRM:
        return Status.POSSIBLE
    return Status.ONGOING if _goes_on(finder, trigger) else Status.HAPPENED


def _goes_on(finder: Finder, trigger: Trigger) -> bool:
    """What lasts goes on in the present tense, and any deed does in the present passive: `worden geplunderd`."""
    if trigger.frame.durative:
        return _is_present(finder, trigger)
    if trigger.verbal and _lasts(finder, trigger.token):
        return True
    passive = finder.scene.tree.child(trigger.token, "aux:pass")
    acts = trigger.verbal and trigger.frame.type not in SAID - {"REJECT"}
    return acts and passive is not None and passive.text.lower() in finder.words.present_passive


def _lasts(finder: Finder, verb: Token) -> bool:
    """`dringt al maanden aan op`, `vecht sinds mei`: a time beside a present tells that it goes on."""
    tree = finder.scene.tree
    if not _clause_is_present(tree, verb):
        return False
    times = [child for child in tree.children(verb) if child.index in finder.scene.timed]
    words = (word for time in times for word in (*tree.children(time), *tree.children(verb)))
    return any(word.text.lower() in finder.words.since for word in words)


def _unsaid(trigger: Trigger) -> set[Status]:
    """Return what is not said of words that were spoken: an accusation that is looked into was made, too."""
    doubted = {Status.ALLEGED, Status.DENIED}
    return doubted if trigger.verbal else doubted | {Status.POSSIBLE}


def _lies_ahead(finder: Finder, trigger: Trigger, when: When) -> bool:
    """Tell whether an event is still to come, by its time or by a condition that it hangs on.

    Its time lies wholly after the report, however exactly the report's date is known, or it is told in
    the present of a time that is not over: `later deze week praten zij verder`.
    """
    published = finder.scene.analysis.published.interval
    verb = trigger.token if trigger.verbal else trigger.slots.governor
    present = verb is not None and _clause_is_present(finder.scene.tree, verb)
    if when.interval and published and when.interval.earliest > published.latest:
        told = (
            trigger.verbal and present is False
        )  # `had beschuldigd van inmenging in de stemming van november`
        return trigger.frame.status is None and not told
    if verb is None or not present or trigger.frame.type in SAID:
        return False
    if _is_conditional(finder, verb):
        return trigger.verbal
    open_still = (
        when.interval is not None and published is not None and when.interval.latest >= published.latest
    )
    return (open_still and _is_later(finder, verb)) or _is_soon(finder, verb)


def _is_soon(finder: Finder, verb: Token) -> bool:
    """`trekken binnen enkele dagen weg`, `de komende weken`: a stretch of time from now on."""
    tree = finder.scene.tree
    for child in tree.children(verb, "obl", "advmod", "obj"):
        if child.index in finder.scene.timed:
            beside = {word.text.lower() for word in tree.children(child, "case", "amod")}
            if beside & finder.words.soon:
                return True
    return False


def _is_later(finder: Finder, verb: Token) -> bool:
    """`later deze week`, `later vandaag`: beside the verb or beside what hangs on it."""
    tree = finder.scene.tree
    words = (word for child in tree.children(verb) for word in (child, *tree.children(child)))
    return any(word.text.lower() in finder.words.ahead for word in words)


def _is_conditional(finder: Finder, verb: Token) -> bool:
    """`Als het bestand houdt, openen zij een centrum`: what follows from a condition is to come."""
    tree = finder.scene.tree
    clauses = (clause for clause in tree.children(verb, "advcl") if tree.children(clause, "nsubj"))
    marks = (mark for clause in clauses for mark in tree.children(clause, "mark"))
    return any(mark.text.lower() in finder.words.conditions for mark in marks)


def _is_present(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether a lasting event is told in the present tense."""
    tree = finder.scene.tree
    verb: Token | None = trigger.token if trigger.verbal else trigger.slots.governor
    if verb is None or not (trigger.verbal or finder.scene.lemma(verb) in finder.reader.carriers):
        return not trigger.verbal and not _is_over(finder, trigger)
    present = _clause_is_present(tree, verb)
    return _sentence_is_present(finder, trigger.token) if present is None else present


def _clause_is_present(tree: Tree, verb: Token) -> bool | None:
    """Tell whether a verb stands in the present, not the perfect; None where it has no finite form."""
    words = (verb, *tree.children(verb, "aux", "aux:pass", "cop"))
    finite = next((word for word in words if "VerbForm=Fin" in word.feats), None)
    if finite is None:
        return None
    perfect = finite is not verb and finite.lemma in {"hebben", "zijn"} and "VerbForm=Part" in verb.feats
    return "Tense=Pres" in finite.feats and not perfect


def _is_over(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether a lasting event without a verb of its own is over: `na het overleg`, or told in the past.

    `De sancties tegen Iran raken de bevolking`: what lasts is going on unless something says otherwise.
    """
    case = finder.scene.tree.child(trigger.token, "case")
    if case is not None and case.text.lower() in finder.words.over:
        return True
    tree = finder.scene.tree
    above = (trigger.token, *tree.ancestors(trigger.token))
    finite = (word for verb in above for word in (verb, *tree.children(verb, "aux", "aux:pass", "cop")))
    nearest = next((word for word in finite if "VerbForm=Fin" in word.feats), None)
    return nearest is not None and "Tense=Past" in nearest.feats


def _sentence_is_present(finder: Finder, token: Token) -> bool:
    words = finder.scene.tree.words(finder.scene.tree.sentence(token))
    finite = [word for word in words if "VerbForm=Fin" in word.feats]
    return bool(finite) and all("Tense=Pres" in word.feats for word in finite)
