"""What words do to the events in their reach, and which status several such effects come to together.

The values are those of FactBank (Sauri and Pustejovsky 2009).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kroniek.language import Language
from kroniek.model import Status


class Effect(StrEnum):
    """What a word does to the event in its scope."""

    NEGATIVE = "negative"
    REFUSED = "refused"
    FAILED = "failed"
    PREVENTED = "prevented"
    CANCELLED = "cancelled"
    DENIED = "denied"
    ALLEGED = "alleged"
    CALLED_FOR = "called_for"
    PLANNED = "planned"
    OFFERED = "offered"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    ONGOING = "ongoing"
    ATTEMPTED = "attempted"
    CERTAIN = "certain"
    ALMOST = "negated_almost"
    INTENDED = "intended"
    FUTURE = "future"
    ABLE = "able"
    CONDITIONAL = "conditional"
    ABSENT = "absent"
    ENDED = "ended"
    EXCLUDED = "excluded"


OFF = frozenset({Effect.REFUSED, Effect.FAILED, Effect.PREVENTED, Effect.ALMOST, Effect.EXCLUDED})
# Above a word that keeps an event off or ends it, these leave open whether that came about.
UNDECIDED = frozenset(
    {
        *(Effect.POSSIBLE, Effect.PROBABLE, Effect.CONDITIONAL, Effect.CALLED_FOR, Effect.OFFERED),
        *(Effect.INTENDED, Effect.PLANNED, Effect.FUTURE, Effect.ATTEMPTED),
    }
)
# Which status an effect gives when the event is not negated, the strongest first.
STATUS_OF = (
    (Effect.ALLEGED, Status.ALLEGED),
    (Effect.OFFERED, Status.OFFERED),
    (Effect.CALLED_FOR, Status.CALLED_FOR),
    (Effect.POSSIBLE, Status.POSSIBLE),
    (Effect.CONDITIONAL, Status.POSSIBLE),
    (Effect.ABLE, Status.POSSIBLE),
    (Effect.PROBABLE, Status.POSSIBLE),
    (Effect.INTENDED, Status.PLANNED),
    (Effect.PLANNED, Status.PLANNED),
    (Effect.FUTURE, Status.PLANNED),
    (Effect.ONGOING, Status.ONGOING),
)


@dataclass(frozen=True, slots=True)
class ModalityWords:
    """The pack's words; each table maps a lemma to what it does."""

    verbs: Mapping[str, Effect]
    nouns: Mapping[str, Effect]
    auxiliaries: Mapping[str, Effect]
    adverbs: Mapping[str, Effect]
    adjectives: Mapping[str, Effect]
    predicates: Mapping[str, Effect]  # adjectives with a clause: `belangrijk dat`, `bereid om te`
    said_of: Mapping[str, Effect]  # adjectives with the event as subject: `een akkoord is mogelijk`
    determiners: Mapping[str, Effect]
    neither: frozenset[str]  # conjunctions that negate both sides
    marks: Mapping[str, Effect]
    pending: frozenset[str]  # marks that are conditions of what is still to come: `zodra het bestand ingaat`
    around: tuple[tuple[tuple[str, ...], Effect], ...]  # groups of words near the event's word
    before: tuple[tuple[tuple[str, ...], Effect], ...]  # groups of words close before it
    adjacent: tuple[tuple[tuple[str, ...], Effect], ...]  # groups of words right before it: `aan het praten`
    turns: Mapping[str, Effect]  # nouns by which a verb turns what hangs beside them: `een einde maken aan`
    turned: frozenset[str]  # the prepositions before it
    talks: Mapping[str, Effect]  # nouns whose subject matter is still to come: `overleg over een bestand`
    aims: frozenset[str]  # the prepositions before it
    outcomes: Mapping[
        str, Effect
    ]  # nouns of what comes of an event that is not known: `gevolgen van een vertrek`
    never_began: frozenset[str]  # verbs of failing that tell that it was not held: `het overleg bleef uit`
    any: frozenset[str]  # determiners of whatever may come: `zal elke aanval beantwoorden`
    supposed: frozenset[str]  # prepositions of it: `zal bij een aanval terugslaan`
    lasting: frozenset[str]  # verbs that tell how long: what had to last so long took place
    adverbial: frozenset[str]  # prepositions of phrases that what stands above does not reach
    conditional: frozenset[str]
    carriers: frozenset[str]
    reporting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """The effects on one event, innermost first, and whether its clause is a question."""

    effects: tuple[Effect, ...] = ()
    question: bool = False

    @property
    def negative(self) -> bool:
        """Tell whether the event is said not to take place: an odd number of negations, or it was kept off."""
        if Effect.ABSENT in self.effects:
            return True
        return _negates(self._parted(frozenset({Effect.ENDED}))[0])

    @property
    def ahead(self) -> bool:
        """Tell whether it was still to come: `zij zouden elkaar niet ontmoeten` is no word on what took place."""
        effects = set(self.effects)
        return bool(effects & {Effect.PLANNED, Effect.FUTURE}) and not effects & (OFF | {Effect.CANCELLED})

    @property
    def polarity(self) -> str:
        """Return positive or negative."""
        return "negative" if self.negative else "positive"

    @property
    def certainty(self) -> str:
        """Return certain, probable, possible or underspecified, as the text itself has it.

        What is announced, will be or can be done is certain; what is wished, asked or conditional is not.
        """
        effects = set(self.effects)
        if effects & {Effect.CONDITIONAL, Effect.CALLED_FOR, Effect.ATTEMPTED} or self.question:
            return "underspecified"
        if effects & {Effect.POSSIBLE, Effect.ALLEGED}:
            return "possible"
        if effects & {Effect.PROBABLE, Effect.INTENDED, Effect.OFFERED}:
            return "probable"
        return "certain"

    @property
    def status(self) -> Status | None:
        """Return the status that the words give, None when they give none and the tense decides."""
        effects = set(self.effects)
        flips = sum(effect is Effect.NEGATIVE for effect in self.effects)
        if Effect.EXCLUDED in effects and flips % 2:
            return Status.POSSIBLE  # `sluit nieuwe sancties niet uit`
        if Effect.DENIED in effects or {Effect.ALLEGED, Effect.REFUSED} <= effects:
            return Status.DENIED  # `verwierp de aanklachten van corruptie`
        kept_off, above = self._parted(OFF | {Effect.CANCELLED})
        if kept_off != self.effects and UNDECIDED & set(above):
            return Status.POSSIBLE  # `wil een oorlog voorkomen`, `dreigt het overleg af te blazen`
        if Effect.CANCELLED in effects:
            return Status.CANCELLED
        if Effect.ENDED in effects:
            return self._ended()
        if self.negative:  # `als er geen bestand komt`: it may come yet
            return Status.POSSIBLE if Effect.CONDITIONAL in effects else Status.NOT_HAPPENED
        for effect, status in STATUS_OF:
            if effect in effects:
                return status
        return Status.POSSIBLE if self.question else None

    def _parted(self, at: frozenset[Effect]) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
        """Return the effects below the first of some effects, all when there is none, and those above it."""
        places = (place for place, effect in enumerate(self.effects) if effect in at)
        place = next(places, len(self.effects))
        return self.effects[:place], self.effects[place + 1 :]

    def _ended(self) -> Status:
        """Return the status of what an end is put to: it took place, or it goes on until the end has come.

        `maakte een einde aan de strijd`, `wil een einde maken aan de strijd`; what was only planned is off.
        """
        below, above = self._parted(frozenset({Effect.ENDED}))
        if UNDECIDED & set(above) or _negates(above):
            return Status.ONGOING
        if UNDECIDED & set(below):
            return Status.CANCELLED
        return Status.NOT_HAPPENED if self.negative else Status.HAPPENED


def _negates(effects: Sequence[Effect]) -> bool:
    flips = sum(effect is Effect.NEGATIVE for effect in effects)
    return (flips + any(effect in OFF for effect in effects)) % 2 == 1


def modality_words(language: Language) -> ModalityWords:
    """Return the pack's modality words; build it through `language.compiled`."""
    table = language.table("modality")
    return ModalityWords(
        **{
            name: _effects(table[name])
            for name in ("verbs", "nouns", "auxiliaries", "adverbs", "adjectives", "determiners", "marks")
        },
        predicates=_effects(table["adjectives_above"]),
        said_of=_effects(table["adjectives_of_subject"]),
        around=_phrases_of(table["phrases"]["around"]),
        before=_phrases_of(table["phrases"]["before"]),
        adjacent=_phrases_of(table["phrases"]["adjacent"]),
        talks=_effects(table["talks"]),
        turns=_effects(table["turns"]),
        pending=frozenset(table["scope"]["pending"].split()),
        turned=frozenset(table["scope"]["turned"].split()),
        outcomes=_effects(table["outcomes"]),
        never_began=frozenset(table["scope"]["never_began"].split()),
        any=frozenset(table["scope"]["any"].split()),
        supposed=frozenset(table["scope"]["supposed"].split()),
        lasting=frozenset(table["scope"]["lasting"].split()),
        neither=frozenset(table["scope"]["neither"].split()),
        aims=frozenset(table["scope"]["aims"].split()),
        adverbial=frozenset(table["scope"]["adverbial"].split()),
        conditional=frozenset(table["auxiliaries"].get("conditional", table.get("conditional", ()))),
        carriers=frozenset(table["scope"]["carriers"].split()),
        reporting=frozenset(table["scope"]["reporting"].split()),
    )


def _phrases_of(table: Mapping[str, Sequence[str]]) -> tuple[tuple[tuple[str, ...], Effect], ...]:
    return tuple((tuple(phrase.split()), Effect(name)) for name, group in table.items() for phrase in group)


def _effects(table: Mapping[str, Any]) -> dict[str, Effect]:
    """Read `effect = "lemma lemma"`; of two effects for one lemma the first stands."""
    found: dict[str, Effect] = {}
    for name, lemmas in table.items():
        if isinstance(lemmas, str):
            for lemma in lemmas.split():
                found.setdefault(lemma, Effect(name))
    return found
