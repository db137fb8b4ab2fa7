"""A dossier: what reports say about one subject, every item with its words in their context.

The records hold what a reader sees, whatever the form it is written in; names and dates are those of
the interface's language. What is planned, alleged or denied is never counted as having happened.
"""

from __future__ import annotations

from dataclasses import dataclass

from kroniek.model import interval_of
from kroniek.publish.passages import Passage
from kroniek.publish.timeline import Group, TimelineItem


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A report: its number in this dossier, what to call it, and with how many others it is one source."""

    number: int
    document: str
    label: str
    title: str
    published: str
    inferred: bool
    agencies: tuple[str, ...]
    url: str
    path: str
    copies: int = 0


@dataclass(frozen=True, slots=True)
class StepRow:
    """What was said of an event or became of it, when, and by whom; no source where a report says so itself."""

    time: str
    kind: str
    sources: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its passages; `disagreements` are (what, [(figure, sources)]).

    `course` is its life, empty where nothing changed: announced, denied, held.
    """

    item: TimelineItem
    passages: tuple[Passage, ...]
    disagreements: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    course: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date that matters, with its place in the ranking and why it matters."""

    rank: int
    value: str
    score: float
    looking: int
    telling: int
    phases: tuple[tuple[str, str], ...]  # (process name, phase)
    events: tuple[EventRow, ...]
    passages: tuple[Passage, ...]

    @property
    def inferred(self) -> bool:
        """Tell whether no report names the date and no event of it has it from its own words."""
        return not self.passages and bool(self.events) and all(row.item.inferred for row in self.events)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A step in a process. `reported` tells that only the day of the report is known, not that of the step.

    `ahead` tells that the step lay ahead when it was reported: it was announced, not reached.
    """

    name: str
    time: str
    status: str
    reported: bool
    ahead: bool
    passage: Passage

    @property
    def reached(self) -> bool:
        """Tell whether the phase came about."""
        return self.status in ("happened", "ongoing") and not self.ahead


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A negotiation or an agreement; `state` is the name of the last phase that was reached, "" if none."""

    id: str
    kind: str
    parties: tuple[str, ...]
    places: tuple[str, ...]
    about: str  # kind of agreement that talks are about, "" for an agreement itself
    phases: tuple[PhaseRow, ...]
    state: str
    mediators: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActRow:
    """One source's act about a claim."""

    sources: tuple[str, ...]
    stance: str
    time: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with both sides, each in order of time.

    `about` are the words of the fullest statement, `event` is the id of the event that it is about, or "".
    """

    id: str
    about: str
    event: str
    status: str
    affirming: tuple[ActRow, ...]
    denying: tuple[ActRow, ...]

    @property
    def contested(self) -> bool:
        """Tell whether more is known than that one side says so."""
        return bool(self.denying) or self.status not in ("unconfirmed", "demanded")


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise, offer or threat with what became of it; `overdue` tells that its day has passed unfulfilled."""

    id: str
    kind: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    due: str
    made: str
    outcome: str
    overdue: bool
    passage: Passage
    steps: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """Somebody who takes part in events that happened, or who speaks: counts, and the kind of actor."""

    id: str
    name: str
    kind: str
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors who take part in the same events that happened; `intensity` is the mean PLOVER score."""

    first: str
    second: str
    events: tuple[str, ...]
    intensity: float


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of events, in degrees north and east; `exact` tells that it is a town or site, not a country."""

    name: str
    lat: float
    lon: float
    exact: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A pair of states or groups, whatever the direction, in one month: events that happened and their mean score."""

    first: str
    second: str
    month: str
    events: tuple[str, ...]
    intensity: float


@dataclass(frozen=True, slots=True)
class GapRow:
    """What could not be read or analysed, and why."""

    report: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a dossier shows. `forms` gives for each thing asked for the words that count as it."""

    title: str
    subject: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    known_on: str
    documents: int  # in the whole chronicle
    independent: int
    sources: tuple[SourceRow, ...]
    dates: tuple[DateRow, ...]
    events: tuple[EventRow, ...]
    processes: tuple[ProcessRow, ...]
    claims: tuple[ClaimRow, ...]
    commitments: tuple[CommitmentRow, ...]
    actors: tuple[ActorRow, ...]
    ties: tuple[Tie, ...]
    places: tuple[PlaceRow, ...]
    relations: tuple[RelationRow, ...]
    gaps: tuple[GapRow, ...]

    def group(self, group: Group) -> tuple[EventRow, ...]:
        """Return the events of one group in order of time, those without a date last, by their first report."""
        return tuple(sorted((row for row in self.events if row.item.group is group), key=by_time))

    def count(self, group: Group) -> int:
        """Return the number of events of one group."""
        return len(self.group(group))


def by_time(row: EventRow) -> tuple[bool, str]:
    """Sort events by day, those without one last, by their first report."""
    item = row.item
    if item.date:
        interval = interval_of(item.date)
        return False, f"{interval.earliest.isoformat() if interval else item.date} {item.date}"
    return True, min((quote.published for quote in item.quotes if quote.published), default="")
