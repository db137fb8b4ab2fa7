"""The records as programs get them. Ids are the file's own; offsets count code points of the report's text."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")


class Shape(BaseModel):
    """What all records have: every field is always there."""

    model_config = ConfigDict(extra="forbid")


class Page(Shape, Generic[Item]):
    """Some records of a list; `next` is the cursor of the following ones, null at the end."""

    items: list[Item]
    next: str | None = Field(description="Give it as `cursor` to get the following records; null at the end.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


class State(Shape):
    """Where the file stands."""

    revision: int = Field(description="Grows with every change of the file.")
    merged: int = Field(description="The revision that the events show.")
    unfinished: bool = Field(
        description="Whether the last run of `kroniek read` was cut off or is still busy."
    )
    documents: int
    events: int
    version: str


class Name(Shape):
    """Somebody or something: an entity id, or the words of an unnamed source, with its name."""

    id: str
    name: str


class Words(Shape):
    """The words that a record rests on, in their sentence."""

    document: str
    report: str
    start: int
    end: int
    words: str
    sentence: str


class Document(Shape):
    """A report without its text."""

    id: str
    title: str
    outlet: str
    name: str
    path: str
    published: str | None = Field(description="ISO 8601, as long as what is known: 2017-04 is April 2017.")
    published_how: str = Field(description="stated, given, inferred or unknown")
    characters: int


class FullDocument(Document):
    """A report with its text."""

    language: str
    url: str
    text: str


class Telling(Shape):
    """One report's telling of an event."""

    id: str
    status: str
    reported: str | None
    family: str | None = Field(description="Reports of one family print the same copy: one source.")
    evidence: Words


class Event(Shape):
    """An event merged from its tellings. Only the group `happened` counts as having happened."""

    id: str
    type: str = Field(description="PLOVER 2.0 type")
    mode: str | None
    status: str
    group: str = Field(description="happened, planned, alleged or denied")
    date: str | None = Field(description="ISO 8601, as long as what is known.")
    earliest: str | None
    latest: str | None
    inferred: bool = Field(description="Whether the date was concluded, not read.")
    actors: list[Name]
    recipients: list[Name]
    place: Name | None
    according_to: list[Name]
    sources: int = Field(description="Independent sources: wire copies count once.")
    tellings: list[Telling]


class Statement(Shape):
    """One source's act of saying something."""

    id: str
    stance: str
    form: str = Field(description="direct, indirect or mixed")
    date: str | None
    sources: list[Name]
    source_words: str | None
    cue: str
    content: str
    evidence: Words


class Act(Shape):
    """One source's act about a claim."""

    statement: str
    stance: str
    date: str | None
    sources: list[Name]
    evidence: Words


class Claim(Shape):
    """Statements about one matter, and how it stands."""

    id: str
    standing: str
    about: str | None = Field(description="The words of the claim, where it is about no event.")
    event: str | None
    affirmed_by: list[Name]
    denied_by: list[Name]
    acts: list[Act]


class Phase(Shape):
    """A dated step of a process; only one that was reached has happened."""

    name: str
    date: str | None
    status: str
    reached: bool
    event: str | None
    evidence: Words | None


class Process(Shape):
    """A negotiation or an agreement."""

    id: str
    kind: str
    parties: list[Name]
    mediators: list[Name]
    subject: str
    stands: str | None = Field(description="The last phase that was reached.")
    rounds: int
    venues: list[Name]
    events: list[str]
    phases: list[Phase]


class Actor(Shape):
    """Somebody or something that reports speak of, with the numbers of what it takes part in."""

    id: str
    name: str
    type: str
    wikidata: str | None
    country: str | None
    documents: int
    events: int
    statements: int


class FullActor(Actor):
    """An actor with the words by which reports name it."""

    names: list[str]


class Relation(Shape):
    """What passed from one party to another: events that happened, and their mean PLOVER intensity."""

    source: Name
    target: Name
    events: int
    intensity: float = Field(description="From -10 to 10.")


class Gap(Shape):
    """What could not be read or analysed in a report."""

    document: str
    path: str
    step: str
    reason: str
    start: int | None
    end: int | None


class Hit(Shape):
    """A report in which all the words stand."""

    document: Document
    places: list[Words]
