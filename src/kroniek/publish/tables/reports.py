"""The tables of reports: one row a report, one an entity, one a link between layers, one a gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.model import Span, content_id, record_id
from kroniek.publish.source import (
    Filed,
    Lack,
    Part,
    Quoted,
    Settings,
    Source,
    Told,
    hash_of,
    quoted,
    words_of,
)
from kroniek.publish.tables.codes import cow, iso3
from kroniek.publish.tables.column import Link, Located, Table, count, dates, flag, listed, text, words
from kroniek.publish.tables.meanings import ENTITY_TYPES, HOW_PUBLISHED

READ = "reading"
HEADER = "header of the report (step zones)"
FIRST = 200  # characters of a report without a title of its own that stand for it


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its chronicle."""

    source: Source
    filed: Filed

    @property
    def opening(self) -> Quoted:
        """Return the report's title as it stands in the text, else its first line."""
        document = self.filed.report.document
        title = self.filed.header.title
        start = document.text.find(title) if title else -1
        if start < 0:
            start = len(document.text) - len(document.text.lstrip())
            line = document.text[start : start + FIRST].split("\n", 1)[0]
            title = line.rstrip()
        return quoted(self.source, document.id, Span(start, start + len(title)))


REPORTS: Table[ReportRow] = Table(
    "reports",
    "One row per report that was read",
    ("document_id",),
    (
        text("document_id", "Id of the report: a hash of its text, outlet, stated time and given id.", lambda row: row.filed.report.document.id, "computed", required=True),
        text("name", "Id that the input gave it.", lambda row: row.filed.report.document.name, READ),
        text("title", "Title. Kept with every --quotes, like outlet and date: it says which report is meant.", lambda row: row.filed.report.title, HEADER),
        text("outlet", "Outlet, as the input gave it.", lambda row: row.filed.report.document.origin.outlet, READ),
        text("url", "Address, as the input gave it.", lambda row: row.filed.report.document.origin.url, READ),
        text("path", "File that it was read from.", lambda row: row.filed.report.document.origin.path, READ),
        text("record", "Line or row in that file; empty for a file that is one report.", lambda row: row.filed.report.document.origin.record, READ),
        text("language", "Language.", lambda row: row.filed.report.document.language, READ),
        *dates("published", "When it appeared", lambda row: row.filed.report.published.value or "", "header, input, or conclusion (see published_how)"),
        text("published_how", "How that is known.", lambda row: row.filed.report.published.how.value, "reading and dating", values=HOW_PUBLISHED, required=True),
        text("published_grounds", "From what it was concluded; left out with --quotes none, as it may quote.", lambda row: row.filed.report.published.grounds, "dating", located=Located(passage=True)),
        text("updated", "When it was last changed, by its own words (ISO 8601).", lambda row: row.filed.header.updated or "", HEADER),
        text("agencies", "News agencies credited, parted by `; `.", lambda row: listed(row.filed.header.agencies), HEADER),
        text("byline", "Byline.", lambda row: row.filed.header.byline, HEADER),
        text("dateline", "Place of the dateline.", lambda row: row.filed.header.place, HEADER),
        text("family_id", "Group of reports that print the same copy and count as one source; empty for a report of its own.", lambda row: row.filed.family, "merging"),
        text("entered", "When it came into the chronicle (ISO 8601, UTC).", lambda row: row.filed.entered, "run of kroniek read", required=True),
        count("characters", "Length of its text in code points.", lambda row: len(row.filed.report.document.text), READ, required=True),
        text("text_sha256", "SHA-256 of its text as kroniek read it (UTF-8): kroniek rehydrate finds the report by it.", lambda row: hash_of(row.filed.report.document.text), "computed", required=True),
        count("tellings", "Rows of the table tellings that stand in it.", lambda row: row.filed.tellings, "step events", required=True),
        count("statements", "Rows of the table statements.", lambda row: row.filed.statements, "step attributions", required=True),
        count("gaps", "Rows of the table gaps.", lambda row: row.filed.gaps, "all steps", required=True),
        *words("words", "Its title or first line", lambda row: row.opening),
    ),
    lambda source, _: (ReportRow(source, filed) for filed in source.filed()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An entity with its chronicle."""

    source: Source
    part: Part


ACTORS: Table[ActorRow] = Table(
    "actors",
    "One row per entity: people, states, bodies, groups and places that the reports speak of",
    ("entity_id",),
    (
        text("entity_id", "Id: the knowledge base's key, or a hash of type and name.", lambda row: row.part.entity.id, "linking of names", required=True),
        text("name", "Canonical name: English, or the fullest form in the reports for a name that the knowledge base does not have.", lambda row: row.part.entity.name, "knowledge base, or the reports", required=True),
        text("entity_type", "What it is.", lambda row: row.part.entity.type.value, "knowledge base, or the step names", values=ENTITY_TYPES, required=True),
        text("wikidata", "Wikidata identifier.", lambda row: row.part.entity.wikidata, "knowledge base (Wikidata, CC0)"),
        text("country", "State that it is or belongs to, ISO 3166-1 alpha-3.", lambda row: iso3(row.part.entity), "knowledge base"),
        text("country_cow", "The same as a Correlates of War number.", lambda row: cow(row.part.entity), "codes.py"),
        text("sector", "PLOVER sector code (GOV, MIL, REB, ...); empty for states and where not known.", lambda row: row.part.entity.sector, "knowledge base"),
        flag("known", "Whether the knowledge base has it.", lambda row: row.part.entity.known, "linking of names", required=True),
        text("names", "Names used for it in the reports, parted by `; `.", lambda row: listed(row.part.names), "step names"),
        count("reports", "Reports in which it takes part or is named.", lambda row: row.part.reports, "counted", required=True),
        count("events", "Events in which it is actor or recipient, whatever their status.", lambda row: row.part.events, "counted", required=True),
        count("statements", "Statements of which it is the source.", lambda row: row.part.statements, "counted", required=True),
        text("document_id", "Report that names it first.", lambda row: row.part.first.document if row.part.first else "", READ),
        text("basis", "What the words are.", lambda row: row.part.how, "computed", values={"mention": "words that refer to it", "record": "an event or statement in which it takes part without being named"}),
        *words("words", "The words that name it first", lambda row: words_of(row.source, row.part.first) if row.part.first else None),
    ),
    lambda source, _: (ActorRow(source, part) for part in source.parts()),
    (Link("document_id", "reports", "document_id"),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A report, a statement in it or "", and an event that is told there or ""."""

    document: str
    statement: str
    event: str
    telling: str
    words: Quoted


def link_rows(source: Source, _: Settings) -> Iterator[LinkRow]:
    """Yield a row for every telling, then one for every statement that tells no event."""
    telling_statements: set[str] = set()
    for told in source.told():
        for row in _tellings(source, told):
            telling_statements.add(row.statement)
            yield row
    for stated in source.stated():
        if stated.id not in telling_statements:
            cue = quoted(source, stated.document, *stated.attribution.cue[:1])
            yield LinkRow(stated.document, stated.id, "", "", cue)


def _tellings(source: Source, told: Told) -> Iterator[LinkRow]:
    for telling in told.event.tellings:
        mention = told.mentions.get(telling.event_mention)
        said = record_id(telling.document, mention.attribution) if mention and mention.attribution else ""
        found = words_of(source, telling.evidence)
        yield LinkRow(telling.document, said, told.event.id, telling.event_mention, found)


CROSSWALK: Table[LinkRow] = Table(
    "crosswalk",
    "One row per link between the layers: a report, a statement in it, and the event that is told there",
    ("document_id", "statement_id", "telling_id"),
    (
        text("document_id", "The report.", lambda row: row.document, READ, required=True),
        text("statement_id", "The statement; empty when the report tells the event in its own voice.", lambda row: row.statement, "computed"),
        text("event_id", "The event; empty for a statement that tells none.", lambda row: row.event, "merging"),
        text("telling_id", "The telling; empty for a statement that tells no event.", lambda row: row.telling, "computed"),
        *words("words", "The words that tell the event, or the words that report the statement", lambda row: row.words),
    ),
    link_rows,
    (Link("document_id", "reports", "document_id"),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GapRow:
    """What could not be read or analysed, with its chronicle. `repeat` tells equal gaps apart."""

    source: Source
    lack: Lack
    repeat: int

    @property
    def id(self) -> str:
        """Return a hash of the gap's content."""
        lack = self.lack
        return content_id("gap", lack.document, lack.path, lack.record, lack.gap.step, lack.gap.reason, lack.gap.span, self.repeat)  # fmt: skip

    @property
    def words(self) -> Quoted | None:
        """Return the words that the gap is about."""
        span = self.lack.gap.span
        return quoted(self.source, self.lack.document, span) if span and self.lack.document else None


def gap_rows(source: Source, _: Settings) -> Iterator[GapRow]:
    """Yield a row for every rejected input and every gap."""
    seen: dict[Lack, int] = {}
    for lack in source.lacks():
        seen[lack] = seen.get(lack, 0) + 1
        yield GapRow(source, lack, seen[lack])


GAPS: Table[GapRow] = Table(
    "gaps",
    "One row per gap: what could not be read (no document_id) or analysed, and why",
    ("gap_id",),
    (
        text("gap_id", "Id of the gap.", lambda row: row.id, "computed", required=True),
        text("document_id", "The report; empty for an input that was not read.", lambda row: row.lack.document, READ),
        text("path", "Its file.", lambda row: row.lack.path, READ),
        text("record", "Line or row in that file.", lambda row: row.lack.record, READ),
        text("step", "What stopped: `read`, or a step of the analysis.", lambda row: row.lack.gap.step, "the step", required=True),
        text("reason", "Why.", lambda row: row.lack.gap.reason, "the step", required=True),
        *words("words", "The words that it is about", lambda row: row.words),
    ),
    gap_rows,
)  # fmt: skip
