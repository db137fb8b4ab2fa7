"""From merged records to the rows of a dossier. Pure functions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import PurePath

from kroniek.knowledge import Knowledge
from kroniek.knowledge.places import EXACT, locate
from kroniek.merge.salience import SalientDate
from kroniek.model import (
    REACHED,
    Claim,
    ClaimAct,
    Commitment,
    Entity,
    Event,
    Evidence,
    Family,
    HowKnown,
    Phase,
    Process,
    Relation,
    StepKind,
    interval_of,
)
from kroniek.ontology import Ontology
from kroniek.publish.dossier import (
    ActorRow,
    ActRow,
    ClaimRow,
    CommitmentRow,
    DateRow,
    EventRow,
    PhaseRow,
    PlaceRow,
    ProcessRow,
    RelationRow,
    SourceRow,
    StepRow,
    Tie,
)
from kroniek.publish.passages import Passage, passage
from kroniek.publish.timeline import Group, Report, TimelineItem

AGAINST = frozenset({StepKind.DENIED, StepKind.NOT_CONFIRMED})
DENYING = frozenset({"denies", "does_not_confirm"})
WORTH_KNOWING = ("disputed", "denied", "occurred after denial", "not realised")  # first in the list of claims
UNFULFILLED = frozenset({"open", "expired"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What rows are made with: names for reading, the reports by number, and the ontology."""

    names: Mapping[str, str]
    numbers: Mapping[str, int]
    report_of: Callable[[str], Report]
    label_of: Callable[[Report], str]
    ontology: Ontology

    def named(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of entities, each once; words that are no id stay as they are."""
        return tuple(dict.fromkeys(self.names.get(key, key) for key in ids))

    def cite(self, evidence: Evidence, status: str = "") -> Passage:
        """Return the words of a piece of evidence in their paragraph; `status` is what a telling gives."""
        report = self.report_of(evidence.document)
        number = self.numbers.get(evidence.document, 0)
        return passage(evidence, report, number=number, source=self.label_of(report), status=status)

    def cited(self, pieces: Iterable[Evidence]) -> tuple[Passage, ...]:
        """Return the passages of pieces of evidence, each once."""
        return tuple(self.cite(piece) for piece in dict.fromkeys(pieces))


def outlet_of(report: Report) -> str:
    """Return the outlet, the report's given name, or the name of its file without folder."""
    origin = report.document.origin
    stem = PurePath(origin.path.replace("\\", "/")).stem
    name = origin.outlet or report.document.name or f"{stem} {origin.record}".strip()
    return name or report.document.id


def source_rows(
    documents: Sequence[str], families: Iterable[Family], agencies: Mapping[str, Sequence[str]], desk: Desk
) -> tuple[SourceRow, ...]:
    """Return a row for each report, in the order of their numbers."""
    copies = {document: len(family.documents) - 1 for family in families for document in family.documents}
    rows = []
    for document in documents:
        report = desk.report_of(document)
        rows.append(SourceRow(
            desk.numbers[document], document, outlet_of(report), report.title or _first_line(report),
            report.published.value or "", report.published.how is HowKnown.INFERRED,
            tuple(agencies.get(document, ())), report.document.origin.url, report.document.origin.path,
            copies.get(document, 0),
        ))  # fmt: skip
    return tuple(rows)


def _first_line(report: Report) -> str:
    line = next((line.strip() for line in report.document.text.splitlines() if line.strip()), "")
    return line if len(line) <= 120 else line[:120].rpartition(" ")[0] + " …"


def date_rows(
    ranked: Iterable[SalientDate], events: Mapping[str, EventRow], processes: Iterable[ProcessRow], desk: Desk
) -> tuple[DateRow, ...]:
    """Return the dates in the order of their ranking, with the events and phases that are shown elsewhere."""
    phases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for process in processes:
        for phase in process.phases:
            if phase.reached and not phase.reported:
                phases[phase.time[:10]].append((process.kind, phase.name))
    return tuple(
        DateRow(
            rank, found.value, found.score, found.looking, found.telling,
            tuple(dict.fromkeys(phases.get(found.value, ()))),
            tuple(events[event] for event in found.events if event in events), desk.cited(found.looks_back),
        )
        for rank, found in enumerate(ranked, 1)
    )  # fmt: skip


def process_rows(processes: Iterable[Process], desk: Desk) -> tuple[ProcessRow, ...]:
    """Return the processes in order, each with its phases."""
    return tuple(_process_row(process, desk) for process in processes)


def _process_row(process: Process, desk: Desk) -> ProcessRow:
    phases = tuple(_phase_row(phase, desk) for phase in process.phases)
    words = process.subject.replace(",", " ").split()
    places = [word for word in words if word in desk.names]
    about = "_".join(word for word in words if word not in desk.names)
    reached = [phase.name for phase in phases if phase.reached]
    return ProcessRow(
        process.id, process.kind, desk.named(process.parties), desk.named(places), about, phases,
        process.state if process.state in reached else reached[-1] if reached else "", desk.named(process.mediators), desk.named(process.venues),
    )  # fmt: skip


def _phase_row(phase: Phase, desk: Desk) -> PhaseRow:
    published = desk.report_of(phase.evidence.document).published
    when = interval_of(phase.time)
    ahead = bool(when and published.interval and when.earliest > published.interval.latest)
    reported = phase.time == (published.value or "")
    return PhaseRow(phase.name, phase.time, phase.status, reported, ahead, desk.cite(phase.evidence))


def claim_rows(claims: Iterable[Claim], events: Mapping[str, EventRow], desk: Desk) -> tuple[ClaimRow, ...]:
    """Return the claims, disputed and denied ones first; both sides in order of time."""
    rows = [
        ClaimRow(
            claim.id,
            _words_of(claim, desk),
            claim.about if claim.about in events else "", claim.status,
            tuple(_act_row(act, desk) for act in claim.acts if act.stance not in DENYING),
            tuple(_act_row(act, desk) for act in claim.acts if act.stance in DENYING),
        )
        for claim in claims
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (not row.contested, _rank(row.status))))


def _rank(status: str) -> int:
    return WORTH_KNOWING.index(status) if status in WORTH_KNOWING else len(WORTH_KNOWING)


def _words_of(claim: Claim, desk: Desk) -> str:
    """Return the words of the longest content: a short one may only point to what was said before."""
    contents = [" ".join(desk.cite(act.evidence).words.split()) for act in claim.acts]
    return max(contents, key=len, default="")


def vouched(item: TimelineItem, event: Event, desk: Desk) -> TimelineItem:
    """Return an item without the sources that deny it or will not confirm it, unless it is shown as denied."""
    if item.group is Group.DENIED:
        return item
    against = {name for step in event.steps if step.kind in AGAINST for name in desk.named(step.source)}
    return replace(item, according_to=tuple(name for name in item.according_to if name not in against))


def course_rows(event: Event, desk: Desk) -> tuple[StepRow, ...]:
    """Return the life of an event, nothing when no step differs from another; a step told twice counts once."""
    if len({step.kind for step in event.steps}) < 2:
        return ()
    once = {(step.time[:10], step.kind, step.source): step for step in reversed(event.steps)}
    chosen = [step for step in event.steps if once[step.time[:10], step.kind, step.source] is step]
    return tuple(
        StepRow(step.time, step.kind.value, desk.named(step.source), desk.cite(step.evidence))
        for step in chosen
    )


def _act_row(act: ClaimAct, desk: Desk) -> ActRow:
    return ActRow(desk.named(act.source), act.stance, act.time, desk.cite(act.evidence))


def commitment_rows(
    commitments: Iterable[Commitment], desk: Desk, today: date | None
) -> tuple[CommitmentRow, ...]:
    """Return the commitments; one is overdue when its last possible day lies before `today`."""
    return tuple(
        CommitmentRow(
            item.id, item.kind, desk.named(item.by), desk.named(item.to), item.due, item.made, item.outcome,
            is_overdue(item, today), desk.cite(item.words), desk.cited(item.steps),
        )
        for item in commitments
    )  # fmt: skip


def is_overdue(item: Commitment, today: date | None) -> bool:
    """Tell whether the last possible day of a commitment has passed and nobody reports what became of it."""
    due = interval_of(item.due)
    return (
        item.outcome in UNFULFILLED and due is not None and (today is not None and due.latest < today)
    ) or item.outcome == "expired"


def actor_rows(
    events: Sequence[Event], entities: Mapping[str, Entity], spoken: Mapping[str, int], desk: Desk
) -> tuple[ActorRow, ...]:
    """Return who takes part in events that happened, or speaks; those in most events first."""
    taking = Counter(
        actor
        for event in events if event.status in REACHED and not event.background
        for actor in dict.fromkeys((*event.actors, *event.recipients))
    )  # fmt: skip
    rows = [
        ActorRow(
            key,
            desk.names[key],
            entities[key].type.value if key in entities else "MISC",
            taking[key],
            spoken.get(key, 0),
        )
        for key in {*taking, *spoken}
        if key in desk.names
    ]
    return tuple(sorted(rows, key=lambda row: (-row.events, -row.statements, row.name)))


def ties(events: Iterable[Event], desk: Desk) -> tuple[Tie, ...]:
    """Return the pairs that take part in the same events that happened, those with most events first."""
    together: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.status in REACHED and not event.background:
            # A summit of forty has hundreds of pairs: no picture could show them.
            members = list(dict.fromkeys((*event.actors, *event.recipients)))[:12]
            for pair in combinations(sorted(key for key in members if key in desk.names), 2):
                together[pair].append(event)
    found = [
        Tie(first, second, tuple(event.id for event in group), mean_intensity(group, desk.ontology))
        for (first, second), group in together.items()
    ]
    return tuple(sorted(found, key=lambda tie: (-len(tie.events), tie.first, tie.second)))


def mean_intensity(events: Sequence[Event], ontology: Ontology) -> float:
    """Return the mean PLOVER score of events, -10 to 10."""
    scores = [ontology.types[event.type].scores_of(event.mode).intensity for event in events]
    return round(sum(scores) / len(scores), 2)


def place_rows(events: Iterable[Event], knowledge: Knowledge, desk: Desk) -> tuple[PlaceRow, ...]:
    """Return the places of events that are on record with coordinates, those with most events first."""
    at: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.place:
            at[event.place].append(event.id)
    rows = []
    for key, members in at.items():
        location = locate(key, knowledge)
        if location and location.lat is not None and location.lon is not None:
            exact = location.precision <= EXACT + 1
            name = desk.names.get(key, location.name)
            rows.append(PlaceRow(name, location.lat, location.lon, exact, tuple(members)))
    return tuple(sorted(rows, key=lambda row: (-len(row.events), row.name)))


def relation_rows(
    relations: Iterable[Relation], events: Mapping[str, Event], desk: Desk
) -> tuple[RelationRow, ...]:
    """Return pairs by month, both directions together, by pair with most events first, then month."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for relation in relations:
        first, second = sorted((relation.source, relation.target))
        found[first, second, relation.period].update(relation.events)
    sizes: Counter[tuple[str, str]] = Counter()
    for (first, second, _), members in found.items():
        sizes[first, second] += len(members)
    ordered = sorted(found.items(), key=lambda entry: (-sizes[entry[0][:2]], entry[0]))
    return tuple(
        RelationRow(
            desk.names.get(first, first), desk.names.get(second, second), month, tuple(sorted(members)),
            mean_intensity([events[event] for event in sorted(members)], desk.ontology),
        )
        for (first, second, month), members in ordered
    )  # fmt: skip
