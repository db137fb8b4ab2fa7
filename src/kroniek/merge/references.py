"""References to agreements, grouped by the agreement that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kroniek.merge.sentences import sentence_around
from kroniek.merge.shelf import Table
from kroniek.merge.tellings import CITY, NO_PARTY, day_of, state_of, words_of
from kroniek.model import (
    AgreementMention,
    Analysis,
    Entity,
    EventMention,
    Evidence,
    Span,
    content_id,
    record_id,
)

TRUCES = frozenset({"ceasefire", "cessation_of_hostilities"})
TRUCE = "truce"
GENERAL = "agreement"  # `het akkoord` may be the truce that the same report speaks of
AGREED = "AGREE"
MEETING = frozenset({"CONSULT", AGREED})
STATE = "country:"
MEDIA = "MED"  # PLOVER's sector of the press


@dataclass(frozen=True, slots=True)
class Reference:
    """One agreement mention with what it is compared by; parties and places are states where they have one.

    `setting` are the states between which the document tells of talks: they need not be the parties.
    `named` are the towns in the name of the agreement (`het akkoord van Minsk`), `near` the states that its
    sentence is about, for want of anything better.
    `group` is the class of agreements that it can be one of: the kind, with all truces as one.
    """

    id: str
    mention: AgreementMention
    document: str
    evidence: Evidence
    parties: frozenset[str]
    places: frozenset[str]
    setting: frozenset[str]
    when: date | None  # first day of the phase, else of the report
    time: str
    reported: str
    group: str
    mediators: tuple[str, ...] = ()
    words: str = ""  # id of the sentence, by which a copy of it is known
    named: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    @property
    def about(self) -> frozenset[str]:
        """Return the states that it is told to be of, by whom or where; rebels count for the state they are of."""
        told = self.parties | self.places | self.setting
        return told | {key.partition("/")[0] for key in told if key.startswith(STATE)}

    @property
    def found_by(self) -> frozenset[str]:
        """Return the states by which it is looked up: for want of others those that its sentence is about."""
        return self.about or self.near

    def fits(self, other: Reference) -> bool:
        """Tell whether nothing that is told of two references rules out that they mean one agreement."""
        if self.places and other.places:
            return bool(self.places & other.places)
        if len(self.parties) > 1 and len(other.parties) > 1:
            return bool(self.parties & other.parties)
        return bool(self.about & other.about) or not (self.about and other.about)

    @property
    def signature(self) -> str:
        """Return an id of what decides how alike it is to others; references with the same are compared once.

        What tells little stands for its own sentence only.
        """
        mention = self.mention
        telling = self.found_by and self.when and not mention.fresh
        place = "" if telling else self.words or self.document
        return content_id(
            "reference", place, mention.kind, mention.phase, mention.status, mention.negated,
            mention.provenance.rule, mention.dated, mention.fresh, sorted(self.parties), sorted(self.places),
            sorted(self.setting), sorted(self.named), sorted(self.near), self.when, self.time, self.reported[:10],
            self.group, "" if telling or self.words else mention.head,
        )  # fmt: skip

    @property
    def spot(self) -> tuple[str, int]:
        """Return the sentence and the place in it: the same in a copy of the report."""
        return (self.words or self.document, self.mention.head.start - self.evidence.sentence.start)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Order references by day, then by document and place: the same whatever order they came in."""
        return (self.when or date.max, self.document, self.evidence.span)


REFERENCES: Table[Reference] = Table("references", Reference)


def references_in(analysis: Analysis) -> Iterable[Reference]:
    """Yield a document's references in text order.

    A bare one takes parties and places of the nearest fuller one of its kind before it. `het akkoord` is
    the truce of the same report when it has one that fits.
    """
    if not analysis.agreements:
        return
    setting = _setting_of(analysis)
    last: dict[str, Reference] = {}
    home: Reference | None = None
    found = []
    for mention in analysis.agreements:
        reference = _reference(mention, analysis, setting)
        before = last.get(reference.group)
        if before and not mention.dated and not (reference.parties or reference.places):
            near = reference.near or before.near
            reference = replace(reference, parties=before.parties, places=before.places, near=near)
        if not mention.dated:
            last[reference.group] = reference
            home = home or (reference if reference.group != GENERAL else None)
        found.append(reference)
    for reference in found:
        fits = home and reference.group == GENERAL and not reference.mention.dated and reference.fits(home)
        yield replace(reference, group=home.group) if home and fits else reference


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a report tells around its references: its entities, who meets, and who is in which sentence."""

    entities: Mapping[str, Entity]
    talking: frozenset[str]  # the states between which it tells of talks most often
    agreeing: Mapping[Span, frozenset[str]]  # sentence -> who agrees in it
    present: Mapping[Span, frozenset[str]]  # sentence -> states that are named or take part in it


def _setting_of(analysis: Analysis) -> _Setting:
    entities = {entity.id: entity for entity in analysis.entities}
    linked = {link.mention: link.entities for link in analysis.links}
    counts: Counter[frozenset[str]] = Counter()
    agreeing: dict[Span, frozenset[str]] = {}
    present: dict[Span, set[str]] = {}
    for event in analysis.events:
        states, sentence = _states(event, entities), sentence_around(analysis, event.trigger[0])
        present.setdefault(sentence, set()).update(states)
        if event.type in MEETING and len(states) == 2:
            counts[states] += 1
        if event.type == AGREED and len(states) > 1:
            agreeing.setdefault(sentence, states)
    for mention in analysis.mentions:
        keys = linked.get(mention.id, ())
        if keys:
            sentence = sentence_around(analysis, mention.span)
            present.setdefault(sentence, set()).update(state_of(key, entities) for key in keys)
    talking = min(counts, key=lambda states: (-counts[states], sorted(states)), default=frozenset[str]())
    here = {span: frozenset(key for key in keys if key.startswith(STATE)) for span, keys in present.items()}
    return _Setting(entities, talking, agreeing, here)


def _reference(mention: AgreementMention, analysis: Analysis, setting: _Setting) -> Reference:
    reported, entities = analysis.published.value or "", setting.entities
    sentence = sentence_around(analysis, mention.head)
    towns = frozenset(party for party in mention.parties if party.startswith(CITY))
    named = frozenset(
        state_of(party, entities)
        for party in mention.parties
        if party not in towns and _can_agree(party, entities)
    )
    return Reference(
        record_id(analysis.document.id, mention.id), mention, analysis.document.id,
        Evidence(analysis.document.id, mention.span, sentence),
        named or setting.agreeing.get(sentence, frozenset()),
        _known_states(mention.places, entities), setting.talking,
        day_of(mention.dated) or day_of(mention.time) or day_of(reported),
        mention.time if day_of(mention.time) else "", reported,
        TRUCE if mention.kind in TRUCES else mention.kind,
        tuple(dict.fromkeys(state_of(entity, entities) for entity in mention.mediators)),
        words_of(analysis, sentence), towns,
        setting.present.get(sentence, frozenset()) - {state_of(town, entities) for town in towns},
    )  # fmt: skip


def _known_states(places: Iterable[str], entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return the states of places; one that nobody knows says nothing of where it is."""
    states = (state_of(place, entities) for place in places)
    return frozenset(state for state in states if state.startswith((STATE, CITY)))


def _states(event: EventMention, entities: Mapping[str, Entity]) -> frozenset[str]:
    everybody = (entity for role in ("actor", "recipient") for entity in event.entities(role))
    return frozenset(state_of(entity, entities) for entity in everybody if _can_agree(entity, entities))


def _can_agree(key: str, entities: Mapping[str, Entity]) -> bool:
    """Tell whether somebody can be party to an agreement: a state, or a body that is no town and no newspaper.

    A person stands for a state; who has none that is known stands for nobody.
    """
    entity = entities.get(key)
    if key.startswith(CITY) or (entity is not None and entity.sector == MEDIA):
        return False
    return entity is None or entity.type not in NO_PARTY or state_of(key, entities) != key
