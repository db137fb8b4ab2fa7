"""References to agreements, grouped by the agreement that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kroniek.merge.clusters import VETO
from kroniek.merge.grouping import Rule
from kroniek.merge.sentences import sentence_around
from kroniek.merge.shelf import Shelf, Table
from kroniek.merge.tellings import CITY, day_of, state_of, words_of
from kroniek.model import (
    AgreementMention,
    Analysis,
    Entity,
    EventMention,
    Evidence,
    Interval,
    Span,
    Status,
    interval_of,
    record_id,
)

APART = timedelta(days=45)  # a longer silence begins a new process of the same parties
TRUCES = frozenset({"ceasefire", "cessation_of_hostilities"})
GENERAL = "agreement"  # `het akkoord` may be the truce that the same report speaks of
AGREED = "AGREE"
MEETING = frozenset({"CONSULT", AGREED})
CROWD = 400  # references under one key that are all compared; of more only neighbours in time are
NEIGHBOURS = 40
START = timedelta(days=7)  # an agreement takes effect within so many days of its date
STARTING = frozenset({"declared", "in_force"})
MAKING = frozenset({"proposed", "no_result", "talks_held"})
REACHED_BY = frozenset({Status.HAPPENED, Status.ONGOING})
STATE = "country:"
JOINED = -1.0  # all that is connected and not kept apart is one agreement


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
    entities = {entity.id: entity for entity in analysis.entities}
    setting, last = _setting(analysis, entities), dict[str, Reference]()
    home: Reference | None = None
    found = []
    for mention in analysis.agreements:
        reference = _reference(mention, analysis, setting, entities)
        before = last.get(reference.group)
        if before and not mention.dated and not (reference.parties or reference.places):
            reference = replace(reference, parties=before.parties, places=before.places)
        if not mention.dated:
            last[reference.group] = reference
            home = home or (reference if reference.group != GENERAL else None)
        found.append(reference)
    for reference in found:
        fits = (
            home and reference.group == GENERAL and not reference.mention.dated and _common(reference, home)
        )
        yield replace(reference, group=home.group) if home and fits else reference


def _reference(
    mention: AgreementMention, analysis: Analysis, setting: frozenset[str], entities: Mapping[str, Entity]
) -> Reference:
    reported = analysis.published.value or ""
    sentence = sentence_around(analysis, mention.head)
    towns = frozenset(party for party in mention.parties if party.startswith(CITY))
    named = frozenset(state_of(party, entities) for party in mention.parties if party not in towns)
    return Reference(
        record_id(analysis.document.id, mention.id), mention, analysis.document.id,
        Evidence(analysis.document.id, mention.span, sentence),
        named or _met(analysis, sentence, entities),
        frozenset(state_of(place, entities) for place in mention.places), setting,
        day_of(mention.dated) or day_of(mention.time) or day_of(reported),
        mention.time if day_of(mention.time) else "", reported,
        "truce" if mention.kind in TRUCES else mention.kind,
        tuple(dict.fromkeys(state_of(entity, entities) for entity in mention.mediators)),
        words_of(analysis, sentence), towns, _near(analysis, sentence, entities),
    )  # fmt: skip


def _near(analysis: Analysis, sentence: Span, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return the states that act or suffer in the sentence: `het Syrische leger beëindigde het bestand`."""
    told = (event for event in analysis.events if sentence.covers(event.trigger[0]))
    taking_part = frozenset(state for event in told for state in _states(event, entities))
    inside = {mention.id for mention in analysis.mentions if sentence.covers(mention.span)}
    linked = {key for link in analysis.links if link.mention in inside for key in link.entities}
    states = {state_of(key, entities) for key in linked}
    return frozenset(key for key in taking_part | states if key.startswith(STATE))


def _met(analysis: Analysis, sentence: Span, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return who agrees in the sentence of a reference: `de VS en Rusland zijn een bestand overeengekomen`."""
    agreed = (
        _states(event, entities)
        for event in analysis.events
        if event.type == AGREED and sentence.covers(event.trigger[0])
    )
    return next((states for states in agreed if len(states) > 1), frozenset())


def _states(event: EventMention, entities: Mapping[str, Entity]) -> frozenset[str]:
    everybody = (entity for role in ("actor", "recipient") for entity in event.entities(role))
    return frozenset(state_of(entity, entities) for entity in everybody if not entity.startswith(CITY))


def _setting(analysis: Analysis, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return the states between which the document tells of talks most often, none when there are none."""
    counts: Counter[frozenset[str]] = Counter()
    for event in analysis.events:
        states = _states(event, entities)
        if event.type in MEETING and len(states) == 2:
            counts[states] += 1
    return min(counts, key=lambda states: (-counts[states], sorted(states))) if counts else frozenset()


def _common(left: Reference, right: Reference) -> bool:
    """Tell whether nothing rules out that two references of one report mean one agreement."""
    if left.places and right.places:
        return bool(left.places & right.places)
    if left.parties and right.parties:
        return bool(left.parties & right.parties)
    mine, theirs = _about(left), _about(right)
    return bool(mine & theirs) or not (mine and theirs)


def _about(reference: Reference) -> frozenset[str]:
    return reference.parties | reference.places | reference.setting


def _told_of(reference: Reference) -> frozenset[str]:
    """Return the states by which a reference is found: for want of others those that its sentence is about."""
    return _about(reference) or reference.near


def _meet(left: Reference, right: Reference) -> bool:
    return left.document == right.document or bool(_told_of(left) & _told_of(right))


def _score(left: Reference, right: Reference) -> float:
    """Return 1 for references to one agreement, 0 for what does not tell, `VETO` for another agreement.

    What has a date in its name (`de wapenstilstand van februari`) is the one of that date.
    """
    if left.group != right.group or not _common(left, right):
        return VETO
    if left.named and right.named:
        return 1.0 if left.named & right.named else VETO
    if left.mention.dated and right.mention.dated:
        first, second = _interval(left.mention.dated), _interval(right.mention.dated)
        return 1.0 if first and second and first.overlaps(second) else VETO
    if left.mention.dated or right.mention.dated:
        return _by_name(left, right) if left.mention.dated else _by_name(right, left)
    if left.document == right.document or (left.words and left.words == right.words):
        return 0.9  # of one report, or of a copy of it
    if left.when is None or right.when is None or abs(left.when - right.when) > APART:
        return 0.0
    return 0.8 if _meet(left, right) else 0.0


def _by_name(dated: Reference, other: Reference) -> float:
    """Return whether a reference without a date can be the agreement of that date: `het bestand van december`.

    `Het bestand geldt sinds 30 december` is the same. One that is still being made after that, or that took
    effect at another time, is not.
    """
    days, own = _interval(dated.mention.dated), _interval(other.time)
    if days is None or other.when is None:
        return 0.0
    if own is not None and other.mention.phase in STARTING and other.mention.status in REACHED_BY:
        near = own.overlaps(Interval(days.earliest, days.latest + START))
        return VETO if not near else 1.0 if _meet(dated, other) else 0.0
    made = other.mention.phase in MAKING or other.mention.negated
    return VETO if made and other.when > days.latest else 0.0


def _interval(value: str) -> Interval | None:
    return interval_of(value) if value else None


def _keys(reference: Reference) -> Iterator[str]:
    """Yield keys: the report, the words, the towns of its name, and class with state and stretch of time or year."""
    yield f"{reference.group} in {reference.document}"
    if reference.words:
        yield f"{reference.group} words {reference.words}"
    yield from (f"{reference.group} called {town}" for town in sorted(reference.named))
    dated = _interval(reference.mention.dated)
    years = {day.year for day in (dated.earliest, dated.latest)} if dated else set()
    if dated:
        yield from (f"{reference.group} of {year}" for year in sorted(years))
    if reference.when and (dated or reference.mention.phase in STARTING | MAKING):
        # Where what has a date in its name meets what is not yet: they are never one.
        years |= {reference.when.year, *([day.year] if (day := day_of(reference.reported)) else ())}
        yield from (
            f"{reference.group} {state} of {year}"
            for state in sorted(_told_of(reference))
            for year in sorted(years)
        )
    if reference.when and not reference.mention.dated:
        stretch = reference.when.toordinal() // APART.days
        for state in sorted(_told_of(reference)):
            yield f"{reference.group} {state} {stretch}"
            yield f"{reference.group} {state} {stretch + 1}"


def _load(shelf: Shelf, ids: Iterable[str]) -> Mapping[str, Reference]:
    return shelf.get(REFERENCES, ids)


def _neighbours(members: Iterable[str]) -> Iterable[tuple[str, str]]:
    ordered = list(members)
    return (
        (left, right)
        for place, left in enumerate(ordered)
        for right in ordered[place + 1 : place + 1 + NEIGHBOURS]
    )


SAME_AGREEMENT: Rule[Reference] = Rule(
    "agreement", _keys, _score, _load, link=0.5, same=JOINED, crowd=CROWD, pairs=_neighbours
)
