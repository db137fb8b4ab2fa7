"""Questions to a chronicle file: events, statements, actors, gaps, words, and any record by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Select, and_, func, or_, select, text, union_all

from kroniek.errors import NotFoundError
from kroniek.model import Attribution, Event, EventMention, Gap, Span, Stance, Status
from kroniek.store import schema
from kroniek.store.codec import loads

Document = schema.DocumentRow
FULL_TEXT: Select[Any] = select(sa.column("rowid")).select_from(sa.table("document_text"))
SHORTEST_INDEXED = 3  # letters: the trigram index knows nothing shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for; an empty field asks for everything.

    `since` and `until` are ISO days, both inclusive: what can have happened in between fits.
    `actor` is an entity id, a Wikidata id, a canonical name or words used for the actor in a report.
    `as_known_on` is an ISO day: only reports count that had certainly appeared by its end.
    """

    since: str = ""
    until: str = ""
    actor: str = ""
    type: str = ""
    statuses: tuple[Status, ...] = ()
    stance: Stance | None = None
    about: str = ""
    limit: int = 0
    as_known_on: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its chronicle-wide id and its document's id."""

    id: str
    document: str
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """An entity with the number of reports, events and statements that it takes part in."""

    id: str
    name: str
    type: str
    wikidata: str
    country: str
    documents: int
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class DocumentGap:
    """A gap and the document that it is in."""

    document: str
    path: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which all the words asked for stand, and where the first of each stands."""

    document: str
    spans: tuple[Span, ...]


def find_events(connection: Connection, wanted: Filter) -> Iterator[Event]:
    """Yield the merged events that fit, by day, those without a day last. `about` is not looked at here."""
    table = schema.EventRow
    query = _between(select(table.payload).order_by(table.rank, table.position), table, wanted)
    if wanted.type:
        query = query.where(table.type == wanted.type.upper())
    if wanted.statuses:
        query = query.where(table.status.in_([status.value for status in wanted.statuses]))
    if wanted.actor:
        taking_part = select(schema.EventEntity.event).where(
            schema.EventEntity.entity.in_(find_entities(connection, wanted.actor))
        )
        query = query.where(table.position.in_(taking_part))
    if wanted.about:
        documents = select(Document.id).where(Document.pk.in_(_holding(wanted.about)))
        telling = select(schema.EventDocument.event).where(schema.EventDocument.document.in_(documents))
        query = query.where(table.position.in_(telling))
    for payload in connection.scalars(query):
        yield loads(Event, payload)


def find_statements(connection: Connection, wanted: Filter) -> Iterator[Statement]:
    """Yield the statements that fit, by day of the report, then in the order of the text."""
    table = schema.AttributionRow
    query = (
        select(table.id, table.payload, Document.id.label("document"))
        .join(Document, Document.pk == table.document)
        .order_by(Document.earliest.is_(None), Document.earliest, Document.id, table.position)
    )
    query = _between(query, Document, wanted)
    if wanted.as_known_on:
        query = query.where(Document.latest <= wanted.as_known_on)
    if wanted.stance:
        query = query.where(table.stance == wanted.stance.value)
    if wanted.actor:
        query = query.where(table.id.in_(_uses(connection, wanted.actor, "source", "addressee")))
    if wanted.about:
        query = query.where(table.document.in_(_holding(wanted.about)))
    for row in connection.execute(query):
        yield Statement(row.id, row.document, loads(Attribution, row.payload))


def find_actors(connection: Connection, wanted: Filter) -> Iterator[ActorSummary]:
    """Yield the entities, those in most reports first."""
    entity, use = schema.EntityRow, schema.EntityUse
    counts = {
        name: select(use.entity, func.count(func.distinct(column)).label("n"))
        .where(use.role.in_(roles)).group_by(use.entity).subquery()
        for name, column, roles in (
            ("statements", use.record, ("source",)),
            ("documents", use.document, ("mention", "actor", "recipient", "source", "addressee", "place")),
        )
    }  # fmt: skip
    taking = schema.EventEntity
    counts["events"] = (
        select(taking.entity, func.count(func.distinct(taking.event)).label("n"))
        .group_by(taking.entity)
        .subquery()
    )
    columns = [
        func.coalesce(counts[name].c.n, 0).label(name) for name in ("documents", "events", "statements")
    ]
    query = select(
        entity.id, func.min(entity.name).label("name"), func.min(entity.type).label("type"),
        func.max(entity.wikidata).label("wikidata"), func.max(entity.country).label("country"), *columns,
    )  # fmt: skip
    for part in counts.values():
        query = query.outerjoin(part, part.c.entity == entity.id)
    if wanted.actor:
        query = query.where(entity.id.in_(find_entities(connection, wanted.actor)))
    if wanted.type:
        query = query.where(entity.type == wanted.type.upper())
    query = query.group_by(entity.id).order_by(
        text("documents DESC"), text("events DESC"), text("statements DESC"), text("name"), entity.id
    )
    for row in connection.execute(query):
        yield ActorSummary(*row)


def find_gaps(connection: Connection) -> Iterator[DocumentGap]:
    """Yield what could not be analysed, by document."""
    table = schema.GapRow
    query = (
        select(Document.id, Document.path, table.payload)
        .join(Document, Document.pk == table.document)
        .order_by(Document.path, Document.id, table.position)
    )
    for row in connection.execute(query):
        yield DocumentGap(row.id, row.path, loads(Gap, row.payload))


def gap_row(item: DocumentGap) -> dict[str, Any]:
    """Return a gap as plain values."""
    span = item.gap.span
    return {
        "document": item.document, "path": item.path, "step": item.gap.step, "reason": item.gap.reason,
        "start": span.start if span else None, "end": span.end if span else None,
    }  # fmt: skip


def find_entered(connection: Connection) -> Mapping[str, str]:
    """Return when each report came into the file, by its id."""
    return {row[0]: row[1] for row in connection.execute(select(Document.id, Document.entered))}


def find_names(connection: Connection) -> Mapping[str, str]:
    """Return the canonical name of every entity id."""
    table = schema.EntityRow
    rows = connection.execute(select(table.id, func.min(table.name)).group_by(table.id))
    return {row[0]: row[1] for row in rows}


def find_mentions(connection: Connection, ids: Iterable[str]) -> Mapping[str, EventMention]:
    """Return the tellings with those chronicle-wide ids."""
    table = schema.EventMentionRow
    wanted = list(ids)
    found = {}
    for first in range(0, len(wanted), 500):
        query = select(table.id, table.payload).where(table.id.in_(wanted[first : first + 500]))
        found.update({row.id: loads(EventMention, row.payload) for row in connection.execute(query)})
    return found


def search(connection: Connection, words: str, limit: int = 0) -> Iterator[Hit]:
    """Yield the reports that hold all the words, also inside longer words, by day of publication.

    The words are taken literally, whatever signs they hold.
    """
    query = (
        select(Document.id, Document.text)
        .where(Document.pk.in_(_holding(words)))
        .order_by(Document.earliest.is_(None), Document.earliest, Document.id)
    )
    for row in connection.execute(query.limit(limit) if limit else query):
        yield Hit(row.id, tuple(_first(row.text, word) for word in words.split()))


def find_record(connection: Connection, prefix: str) -> tuple[str, str]:
    """Return the table and the full id of the one record whose id begins with `prefix`.

    Raises NotFoundError when none does, or more than one.
    """
    tables: tuple[Any, ...] = (
        Document, schema.EventRow, schema.MergedRow, schema.AttributionRow, schema.EventMentionRow,
        schema.AgreementRow, schema.TimexRow, schema.MentionRow, schema.EntityRow,
    )  # fmt: skip
    parts = [
        select(text(f"'{table.__tablename__}'"), table.id).where(_starts_with(table.id, prefix)).distinct()
        for table in tables
    ]
    found = [(str(row[0]), str(row[1])) for row in connection.execute(union_all(*parts).limit(12))]
    exact = [item for item in found if item[1] == prefix]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise NotFoundError(f"no record whose id begins with {prefix!r}")
    shown = ", ".join(identity for _, identity in found[:6])
    raise NotFoundError(f"more than one record begins with {prefix!r}: {shown}; give more of the id")


def document_of(connection: Connection, kind: str, record: str) -> str:
    """Return the id of the document in which a record of a layer lies; `kind` is the table's name.

    Raises NotFoundError when there is no such record.
    """
    tables: dict[str, Any] = {
        table.__tablename__: table
        for table in (
            schema.AttributionRow, schema.EventMentionRow, schema.AgreementRow, schema.TimexRow,
            schema.MentionRow,
        )
    }  # fmt: skip
    table = tables[kind]
    query = select(Document.id).join(table, table.document == Document.pk).where(table.id == record)
    found = connection.scalar(query.limit(1))
    if found is None:
        raise NotFoundError(f"no record {record!r} in this chronicle")
    return str(found)


def _starts_with(column: Any, prefix: str) -> Any:
    # A range, not LIKE: it uses the index, and takes `%` and `_` literally.
    return and_(column >= prefix, column < f"{prefix}\U0010ffff", column != "")


def _between(query: Any, table: Any, wanted: Filter) -> Any:
    if wanted.since:
        query = query.where(table.latest >= wanted.since)
    if wanted.until:
        query = query.where(table.earliest <= wanted.until)
    return query


def find_entities(connection: Connection, actor: str) -> list[str]:
    """Return the ids of the entities that go by these words; raise NotFoundError when none does.

    A whole name wins over a part of one: `Rusland` is not `Wit-Rusland`.
    """
    entity, use = schema.EntityRow, schema.EntityUse
    wanted = actor.casefold()
    whole, part = [], []
    rows = union_all(
        select(entity.id, entity.name.label("words")),
        select(entity.id, entity.id),
        select(entity.id, entity.wikidata),
        select(use.entity, use.surface).where(use.role == "mention"),
    ).subquery()
    for identity, words in connection.execute(select(rows).distinct()):
        folded = words.casefold()
        if folded == wanted:
            whole.append(identity)
        elif wanted in folded.replace("-", " ").split() or f" {wanted} " in f" {folded} ":
            part.append(identity)
    if not (whole or part):
        raise NotFoundError(f"nobody in this chronicle goes by {actor!r}")
    return sorted(set(whole or part))


def _uses(connection: Connection, actor: str, *roles: str) -> Select[Any]:
    table = schema.EntityUse
    return select(table.record).where(
        table.role.in_(roles), table.entity.in_(find_entities(connection, actor))
    )


def _holding(words: str) -> Select[Any]:
    """Return a query for the keys of the documents whose title or text holds all the words."""
    query = select(Document.pk)
    for word in words.split():
        if len(word) >= SHORTEST_INDEXED:
            phrase = '"' + word.replace('"', '""') + '"'
            query = query.where(
                Document.pk.in_(FULL_TEXT.where(sa.column("document_text").op("MATCH")(phrase)))
            )
        else:
            column = func.lower(Document.text)
            query = query.where(
                or_(func.instr(column, word.lower()) > 0, func.instr(Document.title, word) > 0)
            )
    return query


def _first(content: str, word: str) -> Span:
    start = content.casefold().find(word.casefold())
    # Case folding can change lengths (`ß`); a title may hold the word instead: then no place is shown.
    if start < 0 or content[start : start + len(word)].casefold() != word.casefold():
        return Span(0, 0)
    return Span(start, start + len(word))
