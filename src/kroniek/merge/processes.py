"""Negotiations and agreements with the dated phases of their life, each with its evidence.

Kinds and phases are those of ETH/PRIO (Clayton et al. 2023) and PA-X. A phase is derived by a rule
that its record names: one of the pack's (`declared-object`), one of the ontology's (`talks-held`), or
one of this module (`revival-implies-collapse`). The result depends on the set of reports only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kroniek.merge.references import APART, Reference, group_references, references_in
from kroniek.merge.tellings import CITY, day_of, state_of
from kroniek.model import Analysis, Entity, EntityType, Event, Evidence, Phase, Process, Status, content_id
from kroniek.ontology import Ontology, PhaseRule

REACHED = frozenset({Status.HAPPENED, Status.ONGOING})
CONCLUDED = frozenset({"declared", "accepted", "in_force"})
NO_PARTY = frozenset({EntityType.PER, EntityType.LOC, EntityType.FAC})


def find_processes(
    analyses: Sequence[Analysis], events: Sequence[Event], ontology: Ontology
) -> tuple[Process, ...]:
    """Return agreements and negotiations, by first phase, then id."""
    entities = {entity.id: entity for analysis in analyses for entity in analysis.entities}
    references = [reference for analysis in analyses for reference in references_in(analysis, entities)]
    order = {name: place for place, name in enumerate(ontology.phases)}
    found = [
        *(_agreement(group, order) for group in group_references(references)),
        *_negotiations(events, references, entities, ontology, order),
    ]
    kept = [process for process in found if process.phases]
    return tuple(sorted(kept, key=lambda item: (day_of(item.phases[0].time) or date.max, item.id)))


def _agreement(group: Sequence[Reference], order: Mapping[str, int]) -> Process:
    kinds = Counter(reference.mention.kind for reference in group)
    kind = min(kinds, key=lambda item: (item == "agreement", -kinds[item], item))  # the specific one
    named = {party for reference in group for party in reference.parties}
    parties = sorted(named or {party for reference in group for party in reference.setting})
    places = sorted({place for reference in group for place in reference.places})
    dated = next((reference.mention.dated for reference in group if reference.mention.dated), "")
    day = next((reference.when for reference in group if reference.when), None)
    since = dated or (day.isoformat()[:7] if day else "")
    subject = ", ".join(places)
    first = group[0].evidence
    return Process(
        content_id("process", kind, since, first.document, first.span.start), kind,
        _name(kind, parties, places, since), tuple(parties), subject,
        _ordered(((phase, item.reported) for item in group for phase in _phases(item)), order),
        mentions=tuple(sorted({reference.evidence for reference in group}, key=_by_place)),
    )  # fmt: skip


def _by_place(evidence: Evidence) -> tuple[object, ...]:
    return (evidence.document, evidence.span)


def _name(kind: str, parties: Iterable[str], places: Iterable[str], since: str) -> str:
    """Return a name for people who read lists: kind, parties, places, beginning."""
    short = [party.removeprefix("country:") for party in parties]
    where = [place.removeprefix("country:") for place in places]
    parts = (kind.replace("_", " "), "-".join(short), f"({', '.join(where)})" if where else "", since)
    return " ".join(part for part in parts if part)


def _phases(reference: Reference) -> Iterable[Phase]:
    """Yield the phases that a reference tells of; what is only hoped for or planned has not been reached.

    `de gesneuvelde akkoorden` fell at some time before the report: that phase has no date.
    """
    mention = reference.mention
    name, status, rule = mention.phase, mention.status, mention.provenance.rule
    time = reference.time or ("" if rule.endswith("-adjective") else reference.reported)
    if not name:
        return
    if mention.negated:
        if name in CONCLUDED and status in REACHED:
            yield Phase("no_result", time, reference.evidence, f"{rule}+negated")
        return
    if name == "violation_alleged" and not mention.attribution and status in REACHED:
        name = "violation_confirmed"  # the report itself tells it as a fact
    if name in CONCLUDED and status not in REACHED:
        # What is hoped for or demanded is proposed; a day that it may come on is not that of the proposal.
        name, status, time = "proposed", Status.HAPPENED, reference.reported or time
    if name == "revived" and status not in REACHED:
        # Who wants to revive it says that it does not hold any more.
        yield Phase("collapsed", "", reference.evidence, "revival-implies-collapse")
    if mention.dated and name in ("collapsed", "revived") and day_of(mention.dated):
        # `de wapenstilstand van februari`: there was one.
        yield Phase("declared", mention.dated, reference.evidence, "dated-reference")
    yield Phase(name, time, reference.evidence, rule, status=status.value)


def _ordered(phases: Iterable[tuple[Phase, str]], order: Mapping[str, int]) -> tuple[Phase, ...]:
    """Return phases by day, undated ones at the day of their report, then by usual order; each day tells one once."""
    kept: dict[tuple[str, str, str], tuple[Phase, str]] = {}
    for phase, reported in sorted(phases, key=lambda item: (_by_place(item[0].evidence), item[0].rule)):
        kept.setdefault((phase.name, phase.time[:10], phase.status), (phase, reported))

    def when(item: tuple[Phase, str]) -> tuple[object, ...]:
        phase, reported = item
        day = day_of(phase.time) or day_of(reported) or date.max
        return (day, bool(phase.time), order[phase.name], phase.status)

    return tuple(phase for phase, _ in sorted(kept.values(), key=when))


def _negotiations(
    events: Sequence[Event],
    references: Sequence[Reference],
    entities: Mapping[str, Entity],
    ontology: Ontology,
    order: Mapping[str, int],
) -> Iterable[Process]:
    """Yield the talks of the same states, cut where there is a long silence."""
    rules = {(rule.type, rule.status): rule for rule in ontology.phase_rules}
    by_document: dict[str, list[Reference]] = {}
    for reference in references:
        by_document.setdefault(reference.document, []).append(reference)
    blocks: dict[frozenset[str], list[Event]] = {}
    for event in events:
        parties = _parties(event, entities)
        if (
            event.type in {rule.type for rule in rules.values()}
            and len(parties) >= 2
            and not event.background
        ):
            blocks.setdefault(parties, []).append(event)
    for parties, block in blocks.items():
        for episode in _episodes(sorted(block, key=lambda event: (_day(event), event.id))):
            phases = _ordered((item for event in episode for item in _event_phases(event, rules)), order)
            if phases and any(event.type == "CONSULT" for event in episode):
                yield _negotiation(parties, episode, phases, by_document)


def _parties(event: Event, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return the states and groups that take part; a person without a state and a place are none."""
    named = [person for person in (*event.actors, *event.recipients) if not person.startswith(CITY)]
    states = {state_of(person, entities) for person in named}
    return frozenset(
        state for state in states if state not in entities or entities[state].type not in NO_PARTY
    )


def _day(event: Event) -> date:
    if event.interval:
        return event.interval.earliest
    first = min((telling.reported for telling in event.tellings if telling.reported), default="")
    return day_of(first) or date.max


def _episodes(ordered: Sequence[Event]) -> list[list[Event]]:
    episodes: list[list[Event]] = []
    for event in ordered:
        before = episodes[-1][-1] if episodes else None
        if before and _day(event) - _day(before) <= APART:
            episodes[-1].append(event)
        else:
            episodes.append([event])
    return episodes


def _event_phases(event: Event, rules: Mapping[tuple[str, Status], PhaseRule]) -> Iterable[tuple[Phase, str]]:
    said = {mention: reported for reported, _, mention in event.history}
    for telling in event.tellings:
        rule = rules.get((event.type, telling.status))
        if rule:
            time = event.time if rule.time == "event" and day_of(event.time) else said[telling.event_mention]
            phase = Phase(rule.phase, time or telling.reported, telling.evidence, rule.id, event.id)
            yield phase, telling.reported


def _negotiation(
    parties: frozenset[str],
    episode: Sequence[Event],
    phases: tuple[Phase, ...],
    references: Mapping[str, Sequence[Reference]],
) -> Process:
    documents = sorted({telling.document for event in episode for telling in event.tellings})
    near = [reference for document in documents for reference in references.get(document, ())]
    kind = _commonest(reference.mention.kind for reference in near).replace("_", " ")
    place = _commonest(place for reference in near for place in reference.places)
    first = next((day.isoformat()[:7] for phase in phases if (day := day_of(phase.time))), "")
    held = [event for event in episode if event.type == "CONSULT" and event.status in REACHED]
    return Process(
        content_id("process", "negotiation", first, *sorted(parties)), "negotiation",
        _name("negotiation", sorted(parties), (), first), tuple(sorted(parties)),
        " ".join(part for part in (kind, place) if part), phases,
        tuple(sorted(event.id for event in episode)),
        rounds=len({event.interval or event.id for event in held}),
        venues=tuple(sorted({event.place for event in held if event.place})),
    )  # fmt: skip


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""
