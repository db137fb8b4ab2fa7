"""What is known over all reports: events, claims, families of copies, processes, people's judgements."""

from __future__ import annotations

from dataclasses import dataclass, field

from kroniek.model.analysis import EntityType, Status
from kroniek.model.dates import Interval
from kroniek.model.span import Span


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


@dataclass(frozen=True, slots=True)
class Event:
    """An event merged from its tellings. `history` lists its statuses in the order of reporting."""

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
    """Statements about one proposition, with a status derived from their acts in order of time."""

    id: str
    about: str  # event id, or the words of the first content
    status: str
    acts: tuple[ClaimAct, ...]


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
class Process:
    """A negotiation or an agreement, with parties, subject and dated phases.

    `rounds` counts the days on which talks were held, `venues` are the places of those talks; both are
    empty for an agreement. `mentions` are the references to an agreement that were led to it.
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


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise, offer or deadline with what became of it: kept, broken, expired or open."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    words: Evidence
    due: str
    outcome: str
    steps: tuple[Evidence, ...] = ()


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
    """A dated human decision about a record; never overwritten, only followed by another."""

    record: str
    verdict: str  # accepted, rejected, corrected, merged, split
    by: str
    at: str
    field: str = ""
    old: str = ""
    new: str = ""
    document: str = ""
    span: Span | None = None
    words: str = ""


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
