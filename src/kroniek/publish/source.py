"""What exporters are given: the records of a chronicle in a fixed order, and the settings of an export."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from kroniek.model import (
    Analysis,
    Attribution,
    Claim,
    Commitment,
    Entity,
    Event,
    EventMention,
    Evidence,
    Gap,
    Header,
    Process,
    Relation,
    Span,
    Status,
)
from kroniek.ontology import load_ontology
from kroniek.publish.timeline import Report

UNNAMED = "unnamed source"
BETWEEN = " … "  # stands between the pieces of words that do not lie next to each other


class Quotes(StrEnum):
    """How much of the reports' own words an export holds."""

    FULL = "full"  # words and whole sentences
    SHORT = "short"  # words, cut after 90 characters, and no sentences
    NONE = "none"  # hashes and offsets only


@dataclass(frozen=True, slots=True)
class Settings:
    """How to export. `statuses` are those of the events that layouts for other tools hold."""

    quotes: Quotes = Quotes.FULL
    statuses: frozenset[Status] = field(default_factory=lambda: load_ontology().happened)


@dataclass(frozen=True, slots=True)
class Facts:
    """Where an export comes from: the chronicle's name and state, and the versions that made it.

    `entered` is when the last report came in; it is the export's time, so that the same chronicle
    always gives the same files.
    """

    name: str
    revision: int
    entered: str
    reports: int
    packs: tuple[Mapping[str, Any], ...] = ()
    knowledge: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its tellings' event mentions, by chronicle-wide id."""

    event: Event
    mentions: Mapping[str, EventMention]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with its chronicle-wide id and its document's id."""

    id: str
    document: str
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Part:
    """An entity with the counts of its parts, its names in the reports, and where it is first named.

    `how` says what the evidence is: a mention, or the event or statement that it takes part in unnamed.
    """

    entity: Entity
    reports: int
    events: int
    statements: int
    names: tuple[str, ...]
    first: Evidence | None
    how: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with its header, its family of copies ("" for none), and how much was found in it."""

    report: Report
    header: Header
    family: str
    entered: str
    tellings: int
    statements: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Lack:
    """What could not be read (`document` is "") or analysed."""

    document: str
    path: str
    record: str
    gap: Gap


class Source(Protocol):
    """The records of a chronicle. Each call yields them anew, always in the same order."""

    @property
    def facts(self) -> Facts:
        """Return where the records come from."""
        ...

    def told(self) -> Iterator[Told]:
        """Yield the events by day, with their tellings."""
        ...

    def stated(self) -> Iterator[Stated]:
        """Yield the statements by day of the report."""
        ...

    def claims(self) -> Iterator[Claim]:
        """Yield the claims."""
        ...

    def processes(self) -> Iterator[Process]:
        """Yield negotiations and agreements."""
        ...

    def commitments(self) -> Iterator[Commitment]:
        """Yield promises, offers and deadlines."""
        ...

    def relations(self) -> Iterator[Relation]:
        """Yield dyads by month."""
        ...

    def parts(self) -> Iterator[Part]:
        """Yield the entities, those in most reports first."""
        ...

    def filed(self) -> Iterator[Filed]:
        """Yield the reports by day of publication."""
        ...

    def lacks(self) -> Iterator[Lack]:
        """Yield rejected inputs, then the gaps of documents."""
        ...

    def analyses(self) -> Iterator[Analysis]:
        """Yield the analyses with their words and trees."""
        ...

    def report(self, document: str) -> Report:
        """Return a document with its publication time."""
        ...

    def entity(self, key: str) -> Entity | None:
        """Return an entity of the reports or of the knowledge base; None for words that are no id."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """What an exporter wrote: rows or records by name, and in words what it had to leave out."""

    counts: Mapping[str, int]
    left_out: tuple[str, ...] = ()


class Exporter(Protocol):
    """What an entry point of `kroniek.exporters` gives: an object, or a module, with these names."""

    SUMMARY: str  # what it writes, in one line

    def export(self, source: Source, folder: Path, settings: Settings) -> Written:
        """Write files into an empty folder; raise ExportError when that cannot be done."""
        ...


@dataclass(frozen=True)
class Quoted:
    """Words of a report: one or more stretches of one document."""

    document: str
    spans: tuple[Span, ...]
    words: str

    @cached_property
    def sha256(self) -> str:
        """Return the hash of the words (UTF-8), the pieces joined by ` … `."""
        return hash_of(self.words)


def hash_of(words: str) -> str:
    """Return the SHA-256 of words as 64 hex digits."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def quoted(source: Source, document: str, *spans: Span) -> Quoted:
    """Return the words of a document at these spans."""
    text = source.report(document).document.text
    return Quoted(document, spans, words_at(text, spans))


def words_at(text: str, spans: Iterable[Span]) -> str:
    """Return the words at these spans of a text, with an ellipsis between them."""
    return BETWEEN.join(span.of(text) for span in spans)


def words_of(source: Source, evidence: Evidence) -> Quoted:
    """Return the words that a record rests on."""
    return quoted(source, evidence.document, evidence.span)


def sentence_of(source: Source, evidence: Evidence) -> Quoted:
    """Return the sentence around the words that a record rests on."""
    return quoted(source, evidence.document, evidence.sentence.joined(evidence.span))


def name_of(source: Source, key: str) -> str:
    """Return the canonical name of an entity; words that are no entity are an unnamed source's."""
    found = source.entity(key)
    return found.name if found else UNNAMED


def names_of(source: Source, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the canonical names of entities, in order, each once."""
    return tuple(dict.fromkeys(name_of(source, key) for key in keys))


def told_time(source: Source, document: str, value: str) -> str:
    """Return a time that a report gives; "" when it is only the time at which the report appeared.

    Merging sorts phases and acts without a time of their own by that of their report; shown as a date
    it would give a day that the report does not give.
    """
    return "" if value == (source.report(document).published.value or "") else value
