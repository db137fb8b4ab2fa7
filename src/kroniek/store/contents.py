"""The whole contents of a chronicle file, record by record in a fixed order, for those who write it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, func, select

from kroniek.model import Document, Entity, Event, EventMention, Evidence, Header, Published, Span
from kroniek.store import schema
from kroniek.store.codec import loads
from kroniek.store.load import MERGED_RECORDS
from kroniek.store.queries import find_mentions

Record = TypeVar("Record")
BATCH = 200  # events whose tellings are fetched together
PARTS = ("actor", "recipient", "source", "addressee", "place")  # roles other than being mentioned


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with its header, when it came in, and how many records of some layers it has."""

    document: Document
    published: Published
    title: str
    header: Header
    entered: str
    tellings: int
    statements: int
    gaps: int


@dataclass(slots=True)
class Appearance:
    """How an entity appears in the file: counts, names in the text, first words. Filled row by row."""

    reports: int = 0
    events: int = 0
    statements: int = 0
    names: dict[str, None] = field(default_factory=dict)
    first: Evidence | None = None
    mentioned: bool = False
    named: bool = False  # whether `first` is a name; a name is better than `de ministers`


def load_kind(connection: Connection, kind: str) -> Iterator[Any]:
    """Yield the merged records of one kind (families, claims, processes, commitments, relations)."""
    table = schema.MergedRow
    query = select(table.payload).where(table.kind == kind).order_by(table.rank, table.position)
    for payload in connection.scalars(query):
        yield loads(MERGED_RECORDS[kind], payload)


def load_told(connection: Connection) -> Iterator[tuple[Event, dict[str, EventMention]]]:
    """Yield the events by day with their tellings' event mentions, some hundreds in memory at a time."""
    query = select(schema.EventRow.payload).order_by(schema.EventRow.rank, schema.EventRow.position)
    for payloads in connection.scalars(query).partitions(BATCH):
        events = [loads(Event, payload) for payload in payloads]
        wanted = [telling.event_mention for event in events for telling in event.tellings]
        found = find_mentions(connection, wanted)
        for event in events:
            ids = (telling.event_mention for telling in event.tellings)
            yield event, {key: found[key] for key in ids if key in found}


def load_stored_reports(connection: Connection) -> Iterator[StoredReport]:
    """Yield the reports by day of publication, those without a day last, then by id."""
    table = schema.DocumentRow
    counted = [
        select(func.count()).where(layer.document == table.pk).scalar_subquery()
        for layer in (schema.EventMentionRow, schema.AttributionRow, schema.GapRow)
    ]
    query = select(
        table.document, table.text, table.publication, table.title, table.header, table.entered, *counted
    ).order_by(table.earliest.is_(None), table.earliest, table.id)
    for row in connection.execute(query):
        document = replace(loads(Document, row[0]), text=row[1])
        yield StoredReport(document, loads(Published, row[2]), row[3], loads(Header, row[4]), *row[5:])


def load_entities(connection: Connection) -> dict[str, Entity]:
    """Return every entity that a report names, by id; of several forms the one that sorts first."""
    table = schema.EntityRow
    query = select(table.id, func.min(table.payload)).group_by(table.id)
    return {row[0]: loads(Entity, row[1]) for row in connection.execute(query)}


def find_appearances(connection: Connection) -> dict[str, Appearance]:
    """Return how each entity appears: named in a report, or only taking part."""
    found: dict[str, Appearance] = {}
    for identity in connection.scalars(select(schema.EntityRow.id).distinct()):
        found[identity] = Appearance()
    for entity, document, words, kind, start, end in connection.execute(_mentions()):
        seen = found.setdefault(entity, Appearance())
        if kind == "name":
            seen.names[words] = None
        if seen.first is None or (kind == "name" and not seen.named):
            seen.first, seen.mentioned = _evidence(document, start, end), True
        seen.named = seen.named or kind == "name"
    for entity, document, start, end in connection.execute(_parts()):
        seen = found.setdefault(entity, Appearance())
        if seen.first is None and start is not None:
            seen.first = _evidence(document, start, end)
    for name, query in _counts().items():
        for entity, number in connection.execute(query):
            setattr(found.setdefault(entity, Appearance()), name, number)
    return found


def last_entered(connection: Connection) -> tuple[str, int]:
    """Return when the last report came in ("" for none) and how many there are."""
    row = connection.execute(
        select(func.max(schema.DocumentRow.entered), func.count(schema.DocumentRow.pk))
    ).one()
    return row[0] or "", row[1]


def last_knowledge(connection: Connection) -> str:
    """Return the version of the knowledge base that the last run used."""
    return connection.scalar(select(schema.Run.knowledge).order_by(schema.Run.pk.desc()).limit(1)) or ""


def _evidence(document: str, start: int, end: int) -> Evidence:
    return Evidence(document, Span(start, end), Span(start, end))


def _mentions() -> Any:
    use, mention, document = schema.EntityUse, schema.MentionRow, schema.DocumentRow
    same = and_(
        mention.document == use.document, mention.layer == "mentions", mention.id == use.record
    )  # fmt: skip
    return (
        select(use.entity, document.id, use.surface, mention.kind, mention.start, mention.end)
        .join(mention, same)
        .join(document, document.pk == use.document)
        .where(use.role == "mention")
        .order_by(document.earliest.is_(None), document.earliest, document.id, mention.start, use.pk)
    )


def _parts() -> Any:
    use, document = schema.EntityUse, schema.DocumentRow
    event, statement = schema.EventMentionRow, schema.AttributionRow
    start, end = (func.coalesce(getattr(event, side), getattr(statement, side)) for side in ("start", "end"))
    return (
        select(use.entity, document.id, start, end)
        .join(document, document.pk == use.document)
        .outerjoin(event, and_(event.document == use.document, event.id == use.record))
        .outerjoin(statement, and_(statement.document == use.document, statement.id == use.record))
        .where(use.role.in_(PARTS))
        .order_by(document.earliest.is_(None), document.earliest, document.id, start, use.pk)
    )


def _counts() -> dict[str, Any]:
    use, taking = schema.EntityUse, schema.EventEntity
    return {
        "reports": select(use.entity, func.count(func.distinct(use.document))).group_by(use.entity),
        "statements": select(use.entity, func.count(func.distinct(use.record)))
        .where(use.role == "source").group_by(use.entity),
        "events": select(taking.entity, func.count(func.distinct(taking.event))).group_by(taking.entity),
    }  # fmt: skip
