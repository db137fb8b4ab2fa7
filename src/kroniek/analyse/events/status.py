"""Whether an event took place: its words first, then its source, then tense and time."""

from __future__ import annotations

from kroniek.analyse.events.circumstances import When
from kroniek.analyse.events.finder import SAID, Finder
from kroniek.analyse.events.scene import Scene
from kroniek.analyse.events.triggers import Trigger
from kroniek.analyse.modality import OFF, UNDECIDED, Effect, Reading
from kroniek.analyse.tense import is_present, is_shifted, is_told_as_past
from kroniek.analyse.tree import is_relation
from kroniek.model import Attribution, Interval, Stance, Status, Token

CEASEFIRE = "ceasefire"
VIOLENT = frozenset({"ASSAULT", "COERCE"})


def status_of(
    finder: Finder, trigger: Trigger, reading: Reading, attribution: Attribution | None, when: When
) -> Status:
    """Return the status: the words above and beside the event first, then its source, then its tense."""
    read = reading.status
    if trigger.frame.negated:
        return trigger.frame.status or Status.HAPPENED
    if trigger.frame.type in SAID and read in _unsaid(trigger):
        read = None  # a denied accusation has been made all the same
    elif read is Status.NOT_HAPPENED and _is_turned_down(trigger, reading):
        read = None
    elif reading.effects == (Effect.FAILED,) and _came_to_nothing(finder, trigger):
        return Status.HAPPENED
    elif read in {None, Status.ALLEGED} and _is_denied(finder, trigger, attribution):
        named = trigger.frame.type in SAID and not trigger.verbal  # `de beschuldiging is vals`: it was made
        return Status.HAPPENED if named else Status.DENIED
    if read is Status.NOT_HAPPENED and _is_disowned(trigger, reading, attribution):
        return Status.DENIED
    if read in {None, Status.ONGOING}:
        read = _ahead(finder, trigger, when, goes_on=read is Status.ONGOING) or read
    if read is not None and not (trigger.frame.status is Status.HAPPENED and _is_spoken(trigger, reading)):
        return read
    if trigger.frame.status is not None:
        return trigger.frame.status
    if _is_bare_infinitive(finder, trigger):
        return Status.PLANNED
    if attribution is not None and attribution.stance is Stance.DOES_NOT_CONFIRM:
        return Status.POSSIBLE
    return Status.ONGOING if _goes_on(finder, trigger, when) else Status.HAPPENED


def _came_to_nothing(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether what failed took place: talks that brought nothing, a truce that did not hold.

    `De gesprekken mislukten`, `het bestand van februari mislukte`, but not `het overleg bleef uit`.
    """
    held = trigger.frame.type == "CONSULT" or trigger.frame.mode == CEASEFIRE
    verb = trigger.slots.governor
    never = verb is not None and finder.scene.lemma(verb) in finder.reader.words.never_began
    return held and not trigger.verbal and not never


def _is_spoken(trigger: Trigger, reading: Reading) -> bool:
    """Tell whether what is still to come was said: `zal terugslaan` is a threat made, `waarschuwt dat het zal` too."""
    if reading.status is Status.POSSIBLE:
        return (
            trigger.frame.type == "THREATEN"
            and Effect.FUTURE in reading.effects
            and Effect.ABLE not in reading.effects
        )
    return reading.status is Status.PLANNED


def _is_bare_infinitive(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether a heading only names what somebody wants: `Beter samenwerken met Trump`."""
    tree = finder.scene.tree
    verb = trigger.token
    if not trigger.verbal or "VerbForm=Inf" not in verb.feats or tree.children(verb, "nsubj", "aux"):
        return False
    words = tree.words(tree.sentence(verb))
    return tree.head(verb) is None and not any("VerbForm=Fin" in word.feats for word in words)


def _is_denied(finder: Finder, trigger: Trigger, attribution: Attribution | None) -> bool:
    """Tell whether a source denies an event itself, not only what was done with it: `dat zij het akkoord schonden`."""
    if attribution is None or attribution.stance is not Stance.DENIES:
        return False
    verb = trigger.slots.governor
    if trigger.verbal or verb is None or not any(part.covers(verb.span) for part in attribution.content):
        return True
    return finder.scene.lemma(verb) in finder.reader.carriers or trigger.slots.relation.startswith("nsubj")


def _is_disowned(trigger: Trigger, reading: Reading, attribution: Attribution | None) -> bool:
    """Who says that violence was not done denies it: `volgens Minsk is er niet geschoten`."""
    done = Effect.NEGATIVE in reading.effects and not (UNDECIDED | OFF) & set(reading.effects)
    return done and attribution is not None and trigger.frame.type in VIOLENT


def _goes_on(finder: Finder, trigger: Trigger, when: When) -> bool:
    """What lasts goes on in the present tense, and any deed does in the present passive: `worden geplunderd`.

    What is named by its day in the past (`de wapenstilstand van februari`) need not have lasted.
    """
    if trigger.frame.durative:
        published = finder.scene.analysis.published.interval
        past = (
            when.interval is not None and published is not None and when.interval.latest < published.earliest
        )
        return _is_present(finder, trigger) and not (past and not trigger.verbal)
    if trigger.verbal and _lasts(finder, trigger.token):
        return True
    passive = finder.scene.tree.child(trigger.token, "aux:pass")
    acts = trigger.verbal and trigger.frame.type not in SAID - {"REJECT"}
    return acts and passive is not None and passive.text.lower() in finder.words.present_passive


def _lasts(finder: Finder, verb: Token) -> bool:
    """`dringt al maanden aan op`, `vecht sinds mei`: a time beside a present tells that it goes on."""
    return bool(is_present(finder.scene.tree, verb) and _time_words(finder.scene, verb) & finder.words.since)


def _time_words(scene: Scene, verb: Token) -> frozenset[str]:
    """Return the words of the times beside a verb, with what stands by them: `later deze week`, `al maanden`."""
    tree = scene.tree
    beside = [(child, *tree.children(child)) for child in tree.children(verb)]
    timed = [words for words in beside if any(word.index in scene.timed for word in words)]
    if not timed:
        return frozenset()
    near = [word for words in timed for word in words]
    near += [child for child in tree.children(verb) if child.upos in {"ADV", "ADJ", "ADP"}]
    return frozenset(word.text.lower() for word in near)


def _is_turned_down(trigger: Trigger, reading: Reading) -> bool:
    """Tell whether words were spoken, or an offer made, that somebody turns down: `verwierp de eis`."""
    made = trigger.frame.type in {"ACCUSE", "REQUEST", "THREATEN"} or trigger.frame.status is Status.OFFERED
    refused = Effect.REFUSED in reading.effects and Effect.NEGATIVE not in reading.effects
    return made and refused and not trigger.verbal


def _unsaid(trigger: Trigger) -> set[Status]:
    """Return what is not said of words that were spoken: an accusation that is looked into was made, too."""
    if trigger.verbal:
        return {Status.ALLEGED}  # `ontkent dat het de rebellen steunt` denies that it does
    doubted = {Status.ALLEGED, Status.DENIED}
    return doubted | {Status.POSSIBLE} if trigger.frame.type == "ACCUSE" else doubted


def _ahead(finder: Finder, trigger: Trigger, when: When, *, goes_on: bool) -> Status | None:
    """Return the status of an event that is still to come, by its time or by a condition that it hangs on.

    Its time lies wholly after the report, however exactly the report's date is known, or it is told in
    the present of a time that is not over: `later deze week praten zij verder`.
    """
    published = finder.scene.analysis.published.interval
    verb = trigger.token if trigger.verbal else trigger.slots.governor
    present = verb is not None and is_present(finder.scene.tree, verb)
    if when.interval and published and when.interval.earliest > published.latest:
        told = (
            trigger.verbal and present is False
        )  # `had beschuldigd van inmenging in de stemming van november`
        return Status.PLANNED if trigger.frame.status is None and not told else None
    if verb is None or not present or (trigger.frame.type in SAID and not trigger.frame.symmetric):
        return None
    if _is_conditional(finder, verb) and not (goes_on and not trigger.verbal):
        return Status.PLANNED if trigger.verbal else Status.POSSIBLE
    if when.interval is not None and published is not None and not goes_on and _holds(when, published):
        acts = trigger.frame.type not in VIOLENT and not trigger.slots.passive
        return Status.PLANNED if acts else None  # `praat hen vandaag bij`, `bezoekt deze week Moskou`
    over = when.interval is not None and (published is None or when.interval.latest < published.latest)
    return Status.PLANNED if not over and _time_words(finder.scene, verb) & finder.words.ahead else None


def _holds(when: When, published: Interval) -> bool:
    """Tell whether an event is of the report's own day, or of a week or month that is not over with it."""
    interval = when.interval
    if interval is None:
        return False
    return (
        interval == published or interval.earliest <= published.earliest <= published.latest < interval.latest
    )


def _is_conditional(finder: Finder, verb: Token) -> bool:
    """`Als het bestand houdt, openen zij een centrum`: what follows from a condition is to come."""
    tree = finder.scene.tree
    clauses = (clause for clause in tree.children(verb, "advcl") if tree.children(clause, "nsubj"))
    marks = (mark for clause in clauses for mark in tree.children(clause, "mark"))
    return any(mark.text.lower() in finder.words.conditions for mark in marks)


def _is_present(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether a lasting event is told in the present tense, or in what stands for it below a past."""
    tree = finder.scene.tree
    verb: Token | None = trigger.token if trigger.verbal else trigger.slots.governor
    if verb is None or not (trigger.verbal or finder.scene.lemma(verb) in finder.reader.carriers):
        return not trigger.verbal and not _is_over(finder, trigger)
    if not trigger.verbal and finder.scene.lemma(verb) in finder.words.begins:
        return False
    present = is_present(tree, verb)
    if present is None and tree.child(trigger.token, "case") is not None:
        return not _is_over(finder, trigger)  # `na maanden van onderhandelen`
    if present is None:
        return _sentence_is_present(finder, trigger.token)
    return present or is_shifted(tree, verb)


def _is_over(finder: Finder, trigger: Trigger) -> bool:
    """Tell whether a lasting event without a verb of its own is over: `na het overleg`, or told in the past.

    `De sancties tegen Iran raken de bevolking`: what lasts is going on unless something says otherwise.
    """
    tree, word = finder.scene.tree, trigger.token
    above = tree.head(word) if is_relation(word, "nmod") else None  # `na maanden van overleg`
    cases = (case for noun in (word, above) if noun is not None for case in tree.children(noun, "case"))
    if any(case.text.lower() in finder.words.over for case in cases):
        return True
    return is_told_as_past(tree, word)


def _sentence_is_present(finder: Finder, token: Token) -> bool:
    words = finder.scene.tree.words(finder.scene.tree.sentence(token))
    finite = [word for word in words if "VerbForm=Fin" in word.feats]
    return bool(finite) and all("Tense=Pres" in word.feats for word in finite)
