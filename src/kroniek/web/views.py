"""Records as pages show them: names with links, dates in words with their precision, quoted sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlalchemy import Connection

from kroniek.errors import NotFoundError
from kroniek.model import Event, EventMention, Evidence, HowKnown, Precision, precision_of
from kroniek.publish.timeline import CONCLUDED, GROUPS, Quote, Report, quote
from kroniek.store.queries import ActorSummary, Statement, find_mentions
from kroniek.web.known import Known
from kroniek.web.messages import Messages

# Forms of a date that <time datetime> takes.
MACHINE_READABLE = {Precision.DAY, Precision.MONTH, Precision.YEAR}
LOOKED_AT = 20  # tellings of an event in a list
LONGEST_QUOTE = 600  # code points of a sentence in a list


@dataclass(frozen=True, slots=True)
class Party:
    """Someone or something: its id, its name, and whether it has a page."""

    id: str
    name: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it is shown: in words, with what a machine reads, and whether it was inferred."""

    value: str
    words: str
    machine: str
    inferred: bool = False
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event, ready to be shown; `quotes` are of its first tellings."""

    id: str
    moment: Moment
    group: str
    status: str
    type: str
    mode: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Party | None
    according_to: tuple[Party, ...]
    sources: int
    tellings: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement, ready to be shown."""

    id: str
    moment: Moment
    stance: str
    kind: str
    sources: tuple[Party, ...]
    source_words: str
    cue: str
    content: str
    quote: Quote
    document: str
    report: str


class Viewer:
    """Makes views of records, with one connection and the words of one language."""

    def __init__(self, connection: Connection, known: Known, text: Messages) -> None:
        self.connection = connection
        self.known = known
        self.text = text

    def look_up(self, ids: Iterable[str]) -> None:
        """Look names up in one go, before they are asked one by one."""
        self.known.look_up(self.connection, ids, self.text.language)

    def fetch(self, documents: Iterable[str]) -> None:
        """Have reports at hand, before their words are asked one by one."""
        self.known.fetch(self.connection, documents)

    def named(self, actors: Iterable[ActorSummary]) -> list[ActorSummary]:
        """Return actors with their names in the language of the interface."""
        listed = list(actors)
        self.look_up(actor.id for actor in listed)
        return [replace(actor, name=self.party(actor.id).name) for actor in listed]

    def party(self, key: str) -> Party:
        """Return who or what an id stands for."""
        return Party(key, *self.known.name(self.connection, key, self.text.language))

    def parties(self, keys: Iterable[str]) -> tuple[Party, ...]:
        """Return the parties, each name once."""
        wanted = list(keys)
        self.look_up(wanted)
        found: dict[str, Party] = {}
        for key in wanted:
            party = self.party(key)
            found.setdefault(party.name, party)
        return tuple(found.values())

    def report(self, document: str) -> Report:
        """Return a report."""
        return self.known.report(self.connection, document)

    def moment(self, value: str, *, inferred: bool = False, grounds: str = "") -> Moment:
        """Return a date in words, never more precise than it is."""
        if not value:
            return Moment("", self.text.labels.page("undated"), "")
        machine = value if precision_of(value) in MACHINE_READABLE else ""
        return Moment(value, self.text.labels.date(value), machine, inferred, grounds)

    def published(self, report: Report) -> Moment:
        """Return when a report appeared."""
        published = report.published
        inferred = published.how is HowKnown.INFERRED
        return self.moment(published.value or "", inferred=inferred, grounds=published.grounds)

    def label(self, report: Report) -> str:
        """Return what to call a report: its outlet or its file, and when it appeared."""
        origin = report.document.origin
        name = origin.outlet or report.document.name or PurePath(origin.path).name
        record = f" #{origin.record}" if origin.record and not origin.outlet else ""
        return f"{name}{record}, {self.published(report).words}"

    def quote(self, evidence: Evidence, status: str = "") -> Quote:
        """Return the words of a piece of evidence in their sentence, cut where that is very long."""
        report = self.report(evidence.document)
        found = quote(evidence, report, status)
        before = found.before if len(found.before) <= LONGEST_QUOTE else f"… {found.before[-LONGEST_QUOTE:]}"
        after = found.after if len(found.after) <= LONGEST_QUOTE else f"{found.after[:LONGEST_QUOTE]} …"
        words = found.words if len(found.words) <= LONGEST_QUOTE else f"{found.words[:LONGEST_QUOTE]} …"
        return Quote(
            found.document,
            self.label(report),
            found.path,
            found.published,
            before,
            words,
            after,
            found.span,
            status,
        )

    def events(self, events: Sequence[Event], *, quotes: int = 1) -> list[EventView]:
        """Return views of events with their first quotes."""
        ids = (
            key
            for event in events
            for key in (*event.actors, *event.recipients, event.place, *event.according_to)
        )
        self.look_up(ids)
        shown = [telling for event in events for telling in event.tellings[:LOOKED_AT]]
        if quotes:
            self.fetch(item.document for event in events for item in event.leading[:quotes])
        told = find_mentions(self.connection, [telling.event_mention for telling in shown])
        return [self._event(event, told, quotes) for event in events]

    def _event(self, event: Event, told: Mapping[str, EventMention], quotes: int) -> EventView:
        mentions = [
            told[item.event_mention] for item in event.tellings[:LOOKED_AT] if item.event_mention in told
        ]
        chosen = [item for item in event.leading[:quotes] if self._present(item.document)]
        return EventView(
            id=event.id, moment=self.moment(event.time, inferred=self._inferred(event, mentions)),
            group=GROUPS[event.status].value, status=event.status.value, type=event.type, mode=event.mode,
            actors=self.parties(event.actors), recipients=self.parties(event.recipients),
            place=self.party(event.place) if event.place else None,
            according_to=self.parties(event.according_to), sources=event.sources, tellings=len(event.tellings),
            quotes=tuple(self.quote(item.evidence, item.status.value) for item in chosen),
        )  # fmt: skip

    def _present(self, document: str) -> bool:
        try:
            self.report(document)
        except NotFoundError:  # a report that was taken out of the file since the last merge
            return False
        return True

    def _inferred(self, event: Event, mentions: Sequence[EventMention]) -> bool:
        """Tell whether the date was concluded, not read: by every telling that has this date."""
        dated = [item for item in mentions if item.time == event.time]
        return bool(event.time) and bool(dated) and all(item.time_how in CONCLUDED for item in dated)

    def statement(self, item: Statement) -> StatementView:
        """Return a view of a statement with its sentence."""
        report, record = self.report(item.document), item.attribution
        text = report.document.text
        span = record.cue[0]
        for other in (*record.cue, *record.content, *([record.source] if record.source else [])):
            span = span.joined(other)
        content = " … ".join(part.of(text) for part in record.content)
        cut = content if len(content) <= LONGEST_QUOTE else f"{content[:LONGEST_QUOTE]} …"
        return StatementView(
            id=item.id, moment=self.moment(record.time) if record.time else self.published(report),
            stance=record.stance.value, kind=record.kind.value, sources=self.parties(record.sources),
            source_words=record.source.of(text)[:200] if record.source else "",
            cue=" … ".join(part.of(text) for part in record.cue), content=cut,
            quote=self.quote(Evidence(item.document, record.cue[0], span)), document=item.document, report=self.label(report),
        )  # fmt: skip
