"""Negotiations and agreements with the dated phases of their life, each with its evidence.

Kinds and phases are those of ETH/PRIO (Clayton et al. 2023) and PA-X. A phase is derived by a rule
that its record names: a rule of the pack (`declared-object`) or one of this module (`talks-held`).
The result is a function of the set of reports, not of their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kroniek.merge.sentences import sentence_around
from kroniek.model import (
    AgreementMention,
    Analysis,
    Entity,
    EntityType,
    Event,
    Evidence,
    Interval,
    Phase,
    Process,
    Status,
    content_id,
    interval_of,
)  # fmt: skip

APART = timedelta(days=45)  # a longer silence begins a new process of the same parties
TRUCES = frozenset({"ceasefire", "cessation_of_hostilities"})
REACHED = frozenset({Status.HAPPENED, Status.ONGOING})
ORDER = (
    "proposed", "talks_scheduled", "talks_held", "no_result", "declared", "accepted", "endorsed", "in_force",
    "extended", "violation_alleged", "violation_confirmed", "suspended", "collapsed", "superseded", "revived",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """One agreement mention with what it is compared by."""

    mention: AgreementMention
    document: str
    evidence: Evidence
    parties: frozenset[str]
    places: frozenset[str]
    when: date | None  # first day of the phase, else of the report
    time: str
    reported: str

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Order references by day, then by document and place: the same whatever order they came in."""
        return (self.when or date.max, self.document, self.evidence.span)


def find_processes(analyses: Sequence[Analysis], events: Sequence[Event]) -> tuple[Process, ...]:
    """Return agreements and negotiations, by first phase, then id."""
    entities = {entity.id: entity for analysis in analyses for entity in analysis.entities}
    references = [reference for analysis in analyses for reference in _references(analysis, entities)]
    found = [*_agreements(references), *_negotiations(events, references, entities)]
    return tuple(sorted(found, key=lambda process: (process.phases[0].time or "9", process.id)))


def country_of(entity: str, entities: Mapping[str, Entity]) -> str:
    """Return the country code that stands for an entity's state, the entity itself when it has none."""
    known = entities.get(entity)
    return known.country if known and known.country else entity


def _references(analysis: Analysis, entities: Mapping[str, Entity]) -> Iterable[Reference]:
    """Yield a document's references; a bare one takes parties and places of the nearest fuller one before it."""
    document = analysis.document.id
    reported = analysis.published.value or ""
    last: dict[str, Reference] = {}
    for mention in analysis.agreements:
        interval = (
            interval_of(mention.dated or mention.time or reported)
            if (mention.dated or mention.time or reported)
            else None
        )
        parties = frozenset(country_of(party, entities) for party in mention.parties)
        reference = Reference(
            mention, document, Evidence(document, mention.span, sentence_around(analysis, mention.head)),
            parties, frozenset(country_of(place, entities) for place in mention.places),
            interval.earliest if interval else None, mention.time, reported,
        )  # fmt: skip
        group = _group(mention.kind)
        before = last.get(group)
        if before and not mention.dated and not (parties or reference.places):
            reference = replace(reference, parties=before.parties, places=before.places)
        elif not mention.dated:
            last[group] = reference
        yield reference


def _group(kind: str) -> str:
    return "truce" if kind in TRUCES else kind


def _agreements(references: Sequence[Reference]) -> list[Process]:
    blocks: dict[str, list[Reference]] = {}
    for reference in references:
        blocks.setdefault(_group(reference.mention.kind), []).append(reference)
    processes = []
    for block in blocks.values():
        for cluster in _clusters(sorted(block, key=lambda item: item.sort_key)):
            process = _agreement(cluster)
            if process.phases:
                processes.append(process)
    return processes


def _clusters(ordered: Sequence[Reference]) -> list[list[Reference]]:
    """Group references: dated ones by their date, others with the newest group that fits.

    A reference fits a group when both speak of a common place or party and the silence between
    them is not longer than `APART`.
    """
    clusters: list[list[Reference]] = []
    for reference in ordered:
        fitting = [cluster for cluster in clusters if _fits(reference, cluster)]
        if fitting:
            fitting[-1].append(reference)
        else:
            clusters.append([reference])
    return clusters


def _fits(reference: Reference, cluster: Sequence[Reference]) -> bool:
    first = cluster[0]
    dated, group_dated = reference.mention.dated, first.mention.dated
    if bool(dated) != bool(group_dated):
        return False
    if dated:
        left, right = interval_of(dated), interval_of(group_dated)
        return left is not None and right is not None and left.overlaps(right)
    same_document = any(other.document == reference.document for other in cluster)
    if not same_document and not _common(reference, cluster):
        return False
    latest = max((other.when for other in cluster if other.when), default=None)
    if reference.when is None or latest is None:
        return same_document
    return reference.when - latest <= APART


def _common(reference: Reference, cluster: Sequence[Reference]) -> bool:
    places = {place for other in cluster for place in other.places}
    parties = {party for other in cluster for party in other.parties}
    if reference.places and places:
        return bool(reference.places & places)
    return bool((reference.parties & parties) or (reference.parties & places) or (reference.places & parties))


def _agreement(cluster: Sequence[Reference]) -> Process:
    kinds = Counter(reference.mention.kind for reference in cluster)
    kind = min(kinds, key=lambda item: (-kinds[item], item))
    phases = _ordered(phase for reference in cluster for phase in _phases(reference))
    parties = Counter(party for reference in cluster for party in reference.parties)
    places = Counter(place for reference in cluster for place in reference.places)
    dated = next((reference.mention.dated for reference in cluster if reference.mention.dated), "")
    day = next((reference.when for reference in cluster if reference.when), None)
    anchor = dated or (day.isoformat()[:7] if day else "")
    subject = ", ".join(sorted(places))
    return Process(
        content_id("process", _group(kind), anchor, *sorted(parties), *sorted(places)),
        kind, " ".join(part for part in (kind.replace("_", " "), subject, anchor) if part),
        tuple(sorted(parties)), subject, phases,
    )  # fmt: skip


def _phases(reference: Reference) -> Iterable[Phase]:
    mention = reference.mention
    if not mention.phase:
        return
    name, status = mention.phase, mention.status
    time = mention.time or reference.reported
    if mention.negated:
        if name in ("declared", "accepted"):
            yield Phase("no_result", time, reference.evidence, mention.provenance.rule + "+negated")
        return
    if name == "violation_alleged" and not mention.attribution and status in REACHED:
        name = "violation_confirmed"  # the report itself tells it as a fact
    if name in ("declared", "accepted", "in_force") and status not in REACHED:
        name, status = "proposed", Status.HAPPENED  # what is hoped for or demanded is only proposed
    if name == "revived" and status not in REACHED:
        # Who wants to revive it says that it does not hold any more.
        yield Phase("collapsed", "", reference.evidence, "revival-implies-collapse")
    yield Phase(name, time, reference.evidence, mention.provenance.rule, status=status.value)


def _ordered(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """Return phases by time, then by their usual order; the same phase on the same day is told once."""
    kept: dict[tuple[str, str], Phase] = {}
    for phase in sorted(phases, key=lambda item: (item.evidence.document, item.evidence.span)):
        kept.setdefault((phase.name, phase.time[:10]), phase)
    return tuple(sorted(kept.values(), key=lambda item: (item.time[:10], ORDER.index(item.name))))


def _negotiations(
    events: Sequence[Event], references: Sequence[Reference], entities: Mapping[str, Entity]
) -> list[Process]:
    """Group meetings of the same states by time; agreements that they reach or miss are phases, too."""
    blocks: dict[frozenset[str], list[Event]] = {}
    for event in events:
        parties = _states(event, entities)
        if event.type in ("CONSULT", "AGREE") and len(parties) >= 2 and not event.background:
            blocks.setdefault(parties, []).append(event)
    found = []
    for parties, block in blocks.items():
        ordered = sorted(block, key=lambda event: (_day(event), event.id))
        for episode in _episodes(ordered):
            phases = _ordered(phase for event in episode for phase in _event_phases(event))
            if any(event.type == "CONSULT" for event in episode) and phases:
                found.append(_negotiation(parties, episode, phases, references))
    return found


def _states(event: Event, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return the countries (or groups) of an event's participants."""
    people = (*event.actors, *event.recipients)
    codes = {country_of(person, entities) for person in people}
    return frozenset(
        code for code in codes if code not in entities or entities[code].type is not EntityType.PER
    )


def _day(event: Event) -> date:
    if event.interval:
        return event.interval.earliest
    reported = _reported(event)
    return reported.earliest if reported else date.max


def _reported(event: Event) -> Interval | None:
    first = min((telling.reported for telling in event.tellings if telling.reported), default="")
    return interval_of(first) if first else None


def _episodes(ordered: Sequence[Event]) -> list[list[Event]]:
    episodes: list[list[Event]] = []
    for event in ordered:
        if (episodes and _day(event) != date.max and _day(event) - _day(episodes[-1][-1]) <= APART) or (
            episodes
            and _day(event) == date.max
            and {telling.document for telling in event.tellings}
            & {telling.document for other in episodes[-1] for telling in other.tellings}
        ):
            episodes[-1].append(event)
        else:
            episodes.append([event])
    return episodes


def _event_phases(event: Event) -> Iterable[Phase]:
    names = {
        ("CONSULT", Status.PLANNED): ("talks_scheduled", "talks-planned"),
        ("CONSULT", Status.OFFERED): ("proposed", "talks-offered"),
        ("CONSULT", Status.CALLED_FOR): ("proposed", "talks-called-for"),
        ("CONSULT", Status.HAPPENED): ("talks_held", "talks-held"),
        ("CONSULT", Status.ONGOING): ("talks_held", "talks-held"),
        ("CONSULT", Status.CANCELLED): ("suspended", "talks-cancelled"),
        ("AGREE", Status.NOT_HAPPENED): ("no_result", "agreement-not-reached"),
        ("AGREE", Status.HAPPENED): ("declared", "agreement-reached"),
    }
    for telling in event.tellings:
        rule = names.get((event.type, telling.status))
        if rule:
            time = (
                telling.reported
                if rule[0] in ("talks_scheduled", "proposed")
                else event.time or telling.reported
            )
            yield Phase(rule[0], time, telling.evidence, rule[1], event.id)


def _negotiation(
    parties: frozenset[str],
    episode: Sequence[Event],
    phases: tuple[Phase, ...],
    references: Sequence[Reference],
) -> Process:
    documents = {telling.document for event in episode for telling in event.tellings}
    near = [reference for reference in references if reference.document in documents]
    kinds = Counter(reference.mention.kind for reference in near)
    places = Counter(place for reference in near for place in reference.places)
    kind = min(kinds, key=lambda item: (-kinds[item], item)).replace("_", " ") if kinds else ""
    place = min(places, key=lambda item: (-places[item], item)) if places else ""
    subject = " ".join(part for part in (kind, place) if part)
    first = phases[0].time[:7]
    return Process(
        content_id("process", "negotiation", first, *sorted(parties)), "negotiation",
        f"negotiation {'-'.join(sorted(parties))} {first}".strip(), tuple(sorted(parties)), subject, phases,
        tuple(sorted(event.id for event in episode)),
    )  # fmt: skip
