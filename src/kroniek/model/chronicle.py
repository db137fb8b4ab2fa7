"""What is known over all reports: events, claims, families of copies, processes, people's judgements."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kroniek.model.analysis import EntityType, Status
from kroniek.model.dates import Interval
from kroniek.model.display import event_html, process_html
from kroniek.model.span import Span, content_id


@dataclass(frozen=True, slots=True)
class Office:
    """A post: foreign minister of the United States."""

    id: str
    name: str
    role: str  # head_of_state, head_of_government, foreign_minister, ...
    jurisdiction: str  # entity id


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held an office, from `start` (inclusive) to `end` (exclusive); ISO prefixes, "" when open."""

    office: str
    person: str
    start: str
    end: str = ""
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity acting in a role for a period."""

    entity: str
    name: str
    type: EntityType
    role: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a record rests on: document, offsets, and the sentence around them."""

    document: str
    span: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling of an event, with the status that this report gives it."""

    event_mention: str
    document: str
    evidence: Evidence
    status: Status
    reported: str  # ISO value of the report's publication, "" if unknown
    family: str = ""


class StepKind(StrEnum):
    """What a step in the life of an event is: what was said of it, or what became of it."""

    ANNOUNCED = "announced"
    OFFERED = "offered"
    CALLED_FOR = "called_for"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    DENIED = "denied"
    NOT_CONFIRMED = "not_confirmed"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    NOT_HAPPENED = "not_happened"
    ONGOING = "ongoing"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class EventStep:
    """One step in the life of an event, and who says so.

    `time` is the ISO value of the day on which it was said. `source` holds entity ids, or the words of an
    unnamed source; it is empty where the report tells it in its own voice. `record` is the id of the
    telling or of the statement that the step rests on.
    """

    time: str
    kind: StepKind
    source: tuple[str, ...]
    evidence: Evidence
    record: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What sources tell differently of one event: the figures for one thing, each with who gives it.

    `values` are pairs (figure, sources), the figure with most sources first. A source is an entity id,
    an agency, an outlet, or the id of a report that has neither.
    """

    what: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event merged from its tellings.

    `history` lists its statuses in the order of saying, as the tellings have them. `steps` is the whole
    life: the tellings that bring something new, and the denials and confirmations of others.
    """

    id: str
    type: str
    mode: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    time: str
    interval: Interval | None
    place: str
    status: Status
    tellings: tuple[Telling, ...]
    history: tuple[tuple[str, Status, str], ...] = ()  # (reported, status, telling's event mention)
    sources: int = 0  # independent sources: families, not outlets
    according_to: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str, str], ...] = ()  # (what, figure, telling)
    related: tuple[tuple[str, str], ...] = ()  # (relation, event id): announced-as, ...
    background: bool = False
    score: float = 1.0
    steps: tuple[EventStep, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    judged: tuple[str, ...] = ()  # who accepted or corrected one of its tellings

    def _repr_html_(self) -> str:
        return event_html(self)

    @property
    def leading(self) -> tuple[Telling, ...]:
        """Return the tellings with those first that give the event's own status: they stand for it in a list."""
        return tuple(sorted(self.tellings, key=lambda telling: telling.status is not self.status))


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that print the same wire copy: they count as one source.

    `own` gives for each document the sentences that no other document of the family has.
    """

    id: str
    documents: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    own: tuple[tuple[str, tuple[Span, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimAct:
    """One source's act about a claim: announced, asserted, denied, confirmed, ..."""

    attribution: str
    document: str
    source: tuple[str, ...]
    stance: str
    time: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements about one proposition, with a status derived from their acts in order of time.

    `affirmed_by` and `denied_by` are the entity ids of the two sides; who changed sides stands in both.
    """

    id: str
    about: str  # event id, or the words of the first content
    status: str
    acts: tuple[ClaimAct, ...]
    affirmed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A dated step in the life of a process, and the evidence for it.

    `status` is that of an event: a phase that is only planned or called for has not been reached.
    """

    name: str
    time: str
    evidence: Evidence
    rule: str
    event: str = ""
    status: str = "happened"


@dataclass(frozen=True, slots=True)
class Term:
    """What an agreement lays down (`monitoring`, `humanitarian_access`), and the words that say so."""

    name: str
    evidence: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class Process:
    """A negotiation or an agreement, with parties, subject and dated phases.

    `rounds` counts the days on which talks were held, `venues` are the places of those talks; both are
    empty for an agreement. `mentions` are the references to an agreement that were led to it.

    `form` is written, oral or declared; `sides` unilateral, bilateral or multilateral; `extent` partial
    or full (ETH/PRIO terms); each is "" where no report says. `declared`, `effective` and `ends` are ISO
    values, kept apart. `state` is the name of the last phase that was reached.
    """

    id: str
    kind: str  # negotiation, ceasefire, agreement, ...
    name: str
    parties: tuple[str, ...]
    subject: str
    phases: tuple[Phase, ...]
    events: tuple[str, ...] = ()
    rounds: int = 0
    venues: tuple[str, ...] = ()
    mentions: tuple[Evidence, ...] = ()
    mediators: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    form: str = ""
    sides: str = ""
    extent: str = ""
    declared: str = ""
    effective: str = ""
    ends: str = ""
    state: str = ""

    def _repr_html_(self) -> str:
        return process_html(self)


@dataclass(frozen=True, slots=True)
class CommitmentStep:
    """What a later report tells of a commitment: the outcome that it gives, when, in which words."""

    outcome: str
    time: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise, offer or threat with what became of it: kept, broken, expired or open.

    `made` is the ISO day on which it was given, `event` the id of the event that it is about. `steps` are
    the words that the outcome rests on, `course` the same with what each tells and when.
    """

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    words: Evidence
    due: str
    outcome: str
    steps: tuple[Evidence, ...] = ()
    kind: str = "promise"  # promise, offer, threat, demand
    made: str = ""
    event: str = ""
    course: tuple[CommitmentStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A dyad in one period: how many events that happened, and their PLOVER intensity."""

    source: str
    target: str
    period: str
    events: tuple[str, ...]
    intensity: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """A dated human decision about a record; never overwritten, only followed by another.

    `old` and `new` are the values of `field` as text; `document`, `span` and `words` are the place in the
    machine's reading by which the record is found again. `snapshot` is that record as JSON. `task` is ""
    for a decision of the day, `sample:ID` for one in blind double coding, `adjudication` for one that
    settles what two coders disagree on.
    """

    record: str
    verdict: str  # accepted, rejected, corrected, added, merged, split, undone
    by: str
    at: str
    field: str = ""
    old: str = ""
    new: str = ""
    document: str = ""
    span: Span | None = None
    words: str = ""
    kind: str = ""  # name, time, statement, event, agreement, story (an event's tellings), entity
    snapshot: str = ""
    task: str = ""

    @property
    def id(self) -> str:
        """Return an id that hashes all of it: the same decision imported twice is one."""
        place = (self.span.start, self.span.end) if self.span else ()
        return content_id(
            "judgement", self.record, self.verdict, self.by, self.at, self.field, self.old, self.new,
            self.document, place, self.words, self.kind, self.task,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was announced and not read: which, and why."""

    path: str
    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """All that merging gives for a set of analyses; a pure function of the set, not of its order."""

    families: tuple[Family, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    processes: tuple[Process, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    relations: tuple[Relation, ...] = field(default=())
