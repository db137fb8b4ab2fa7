"""Negotiations and agreements with the dated phases of their life, each with its evidence.

Kinds and phases are those of ETH/PRIO (Clayton et al. 2023) and PA-X. A phase is derived by a rule
that its record names: one of the pack's (`declared-object`), one of the ontology's (`talks-held`), or
one of this module (`revival-implies-collapse`). The result depends on the set of reports only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from kroniek.merge.accords import APART, regroup_references
from kroniek.merge.digest import REPORTS
from kroniek.merge.events import EVENTS
from kroniek.merge.phases import by_place, course_of, in_order
from kroniek.merge.references import REFERENCES, Reference
from kroniek.merge.shelf import Postings, Shelf, Table
from kroniek.merge.tellings import day_of
from kroniek.merge.traits import mediators_of, state_of_phases, with_traits
from kroniek.model import REACHED, Event, Phase, Process, Status, content_id
from kroniek.ontology import Ontology, PhaseRule

SETTLED = REACHED | {
    Status.CANCELLED
}  # what was held or called off was so by all that is known, or not at all
TALKS_ONLY = frozenset({"talks_scheduled", "talks_held"})

PROCESSES: Table[Process] = Table("processes", Process)
AGREEMENT_OF: Table[str] = Table("agreement of", str)  # reference -> process
TALKS = Postings("talks")  # parties -> events
TALKS_OF: Table[tuple[str, ...]] = Table("talks of", tuple[str, ...])  # parties -> processes
SEPARATOR = "\x1f"
Keys = Mapping[str, Sequence[str]]


def update_agreements(
    shelf: Shelf, fresh: Mapping[str, Reference], gone: Mapping[str, Reference], ontology: Ontology
) -> None:
    """Bring the agreements up to date that these references may belong to."""
    order = {name: place for place, name in enumerate(ontology.phases)}
    groups = regroup_references(shelf, fresh, gone)
    involved = {key for group in groups for key in group}
    references = shelf.get(REFERENCES, involved)
    before = shelf.get(AGREEMENT_OF, involved | gone.keys())
    found = {}
    for group in groups:
        process = _agreement(
            sorted((references[key] for key in group), key=lambda item: item.sort_key), order
        )
        if process.phases:
            found[process.id] = (process, group)
    shelf.put(PROCESSES, {**dict.fromkeys(before.values()), **{key: item[0] for key, item in found.items()}})
    belongs = {reference: key for key, (_, group) in found.items() for reference in group}
    shelf.put(AGREEMENT_OF, {**dict.fromkeys(before), **belongs})


def update_negotiations(shelf: Shelf, gone: Keys, fresh: Keys, ontology: Ontology) -> None:
    """Bring the talks up to date that events left or joined; both map events to `talks_of`."""
    for key, (_, ids) in TALKS.change(shelf, gone, fresh).items():
        before: tuple[str, ...] = shelf.get(TALKS_OF, [key]).get(key, ())
        processes = {item.id: item for item in _negotiations(shelf, key, ids, ontology)}
        shelf.put(PROCESSES, {**dict.fromkeys(before), **processes})
        shelf.put(TALKS_OF, {key: tuple(processes) or None})


def talks_of(event: Event, parties: Collection[str], ontology: Ontology) -> tuple[str, ...]:
    """Return the parties as one key, nothing for an event that is no part of talks."""
    types = {rule.type for rule in ontology.phase_rules}
    if event.type not in types or len(parties) < 2 or event.background:
        return ()
    return (SEPARATOR.join(sorted(parties)),)


def process_order(process: Process) -> str:
    """Sort processes by the first phase that has a day, then id."""
    day = next((day for phase in process.phases if (day := day_of(phase.time))), None)
    return f"{day or '~'} {process.id}"


def _negotiations(shelf: Shelf, key: str, ids: Sequence[str], ontology: Ontology) -> Iterable[Process]:
    """Yield the talks of the same states, cut where there is a long silence."""
    order = {name: place for place, name in enumerate(ontology.phases)}
    rules = {(rule.type, rule.status): rule for rule in ontology.phase_rules}
    events = shelf.get(EVENTS, ids).values()
    for episode in _episodes(sorted(events, key=lambda event: (_day(event), event.id))):
        phases = in_order((item for event in episode for item in _event_phases(event, rules)), order)
        parties = frozenset(key.split(SEPARATOR))
        near = _near(shelf, parties, episode)
        if phases and _is_process(episode, phases, near):
            yield _negotiation(parties, episode, phases, near)


def _is_process(episode: Sequence[Event], phases: Sequence[Phase], near: Sequence[Reference]) -> bool:
    """Tell whether talks are more than one call or visit: about a deal, in rounds, or with an outcome."""
    talks = {event.interval or event.id for event in episode if event.type == "CONSULT"}
    outcome = any(phase.name not in TALKS_ONLY for phase in phases)
    return bool(talks) and (len(talks) > 1 or outcome or bool(near))


def _near(shelf: Shelf, parties: Collection[str], episode: Sequence[Event]) -> list[Reference]:
    """Return the references to agreements that these talks are about.

    Those are told in one sentence with the talks, or are said to be between the same parties; another
    agreement of the same report is not their subject.
    """
    documents = sorted({telling.document for event in episode for telling in event.tellings})
    reports = shelf.get(REPORTS, documents)
    ids = [key for document in documents if document in reports for key in reports[document].references]
    found = shelf.get(REFERENCES, ids)
    tellings = (telling for event in episode for telling in event.tellings)
    sentences = {(telling.document, telling.evidence.sentence) for telling in tellings}
    return [
        found[key] for key in ids
        if (found[key].document, found[key].evidence.sentence) in sentences
        or (found[key].parties and found[key].parties <= set(parties))
    ]  # fmt: skip


def _agreement(group: Sequence[Reference], order: Mapping[str, int]) -> Process:
    kinds = Counter(reference.mention.kind for reference in group)
    kind = min(kinds, key=lambda item: (item == "agreement", -kinds[item], item))  # the specific one
    parties = sorted({party for reference in group for party in reference.parties} or _between(group))
    places = sorted({place for reference in group for place in reference.places})
    dated = next((reference.mention.dated for reference in group if reference.mention.dated), "")
    day = next((reference.when for reference in group if reference.when), None)
    since = dated or (day.isoformat()[:7] if day else "")
    subject = ", ".join(places)
    first = group[0].evidence
    phases = course_of(group, order)
    process = Process(
        content_id("process", kind, since, first.document, first.span.start), kind,
        _name(kind, parties, places, since), tuple(parties), subject, phases,
        mentions=tuple(sorted({reference.evidence for reference in group}, key=by_place)),
    )  # fmt: skip
    return with_traits(process, group)


def _between(group: Sequence[Reference]) -> frozenset[str]:
    """Return the states between which two reports or more tell of talks: those of one report may meet on anything."""
    reports = {(reference.document, reference.setting) for reference in group if reference.setting}
    counts = Counter(setting for _, setting in reports)
    best = min(counts, key=lambda setting: (-counts[setting], sorted(setting)), default=frozenset[str]())
    return best if counts[best] > 1 else frozenset()


def _name(kind: str, parties: Iterable[str], places: Iterable[str], since: str) -> str:
    """Return a name for people who read lists: kind, parties, places, beginning."""
    short = [party.removeprefix("country:") for party in parties]
    where = [place.removeprefix("country:") for place in places]
    parts = (kind.replace("_", " "), "-".join(short), f"({', '.join(where)})" if where else "", since)
    return " ".join(part for part in parts if part)


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
    """Yield the phases that the tellings of an event show.

    Talks are held or called off by all that is known, not by one telling; what was not there yet when it was
    told has the day of its telling, not that of the event.
    """
    said = {mention: reported for reported, _, mention in event.history}
    for telling in event.tellings:
        rule = rules.get((event.type, telling.status))
        if (telling.status in REACHED) != (event.status in REACHED) and telling.status in SETTLED:
            continue
        if rule:
            agreed = telling.status is event.status or {telling.status, event.status} <= REACHED
            on_its_day = rule.time == "event" and agreed and day_of(event.time)
            time = event.time if on_its_day else said[telling.event_mention]
            phase = Phase(rule.phase, time or telling.reported, telling.evidence, rule.id, event.id)
            yield phase, telling.reported


def _negotiation(
    parties: frozenset[str],
    episode: Sequence[Event],
    phases: tuple[Phase, ...],
    near: Sequence[Reference],
) -> Process:
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
        mediators=mediators_of(near, parties),
        state=state_of_phases(phases),
    )  # fmt: skip


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""
