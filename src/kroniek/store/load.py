"""Getting records out of a chronicle file again, exactly as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, select

from kroniek.errors import NotFoundError
from kroniek.model import (
    AgreementMention,
    Analysis,
    Attribution,
    Claim,
    Commitment,
    Document,
    Entity,
    Event,
    EventMention,
    Family,
    Gap,
    Header,
    Judgement,
    Link,
    Mention,
    Merged,
    Process,
    Published,
    Quotation,
    Rejection,
    Relation,
    Timex,
    Zone,
)
from kroniek.store import schema
from kroniek.store.codec import loads, unpack_sentences, unpack_tokens

Record = TypeVar("Record")

PLAIN_LAYERS: dict[str, tuple[type[schema.Layer], type]] = {
    "zones": (schema.ZoneRow, Zone),
    "entities": (schema.EntityRow, Entity),
    "quotations": (schema.QuotationRow, Quotation),
    "timexes": (schema.TimexRow, Timex),
    "attributions": (schema.AttributionRow, Attribution),
    "events": (schema.EventMentionRow, EventMention),
    "agreements": (schema.AgreementRow, AgreementMention),
    "gaps": (schema.GapRow, Gap),
}
MERGED_RECORDS: dict[str, type] = {
    "families": Family,
    "claims": Claim,
    "processes": Process,
    "commitments": Commitment,
    "relations": Relation,
}


def load_analysis(connection: Connection, document: str, *, tokens: bool = True) -> Analysis:
    """Return the analysis of the document with that id; raises NotFoundError when there is none.

    Without `tokens` the words and their trees are left out, which makes loading several times faster.
    """
    table = schema.DocumentRow
    row = connection.execute(select(table.__table__).where(table.id == document)).first()
    if row is None:
        raise NotFoundError(f"no document {document!r} in this chronicle")
    return _analysis(connection, row, tokens=tokens)


def load_analyses(connection: Connection, *, tokens: bool = False) -> Iterator[Analysis]:
    """Yield the analyses of all documents, in the order of their ids."""
    for document in connection.scalars(select(schema.DocumentRow.id).order_by(schema.DocumentRow.id)).all():
        yield load_analysis(connection, document, tokens=tokens)


def load_report(connection: Connection, document: str) -> tuple[Document, Published, str]:
    """Return a document, when it was published as the analysis found it, and its title.

    Raises NotFoundError when there is no document with that id.
    """
    table = schema.DocumentRow
    query = select(table.document, table.text, table.publication, table.title).where(table.id == document)
    row = connection.execute(query).first()
    if row is None:
        raise NotFoundError(f"no document {document!r} in this chronicle")
    return replace(loads(Document, row.document), text=row.text), loads(Published, row.publication), row.title


def load_documents(connection: Connection) -> Iterator[Document]:
    """Yield all documents by day of publication, those without a day last, then by id."""
    table = schema.DocumentRow
    query = select(table.document, table.text).order_by(table.earliest.is_(None), table.earliest, table.id)
    for row in connection.execute(query):
        yield replace(loads(Document, row.document), text=row.text)


def load_merged(connection: Connection) -> Merged:
    """Return the merged layer as it was last written."""
    table = schema.MergedRow
    parts: dict[str, tuple[Any, ...]] = {"events": tuple(load_events(connection))}
    for kind, record in MERGED_RECORDS.items():
        query = select(table.payload).where(table.kind == kind).order_by(table.position)
        parts[kind] = tuple(loads(record, payload) for payload in connection.scalars(query))
    return Merged(**parts)


def load_events(connection: Connection) -> Iterator[Event]:
    """Yield the merged events in the order in which merging gave them."""
    for payload in connection.scalars(select(schema.EventRow.payload).order_by(schema.EventRow.position)):
        yield loads(Event, payload)


def load_event(connection: Connection, identity: str) -> Event:
    """Return the merged event with that id; raises NotFoundError when there is none."""
    payload = connection.scalar(select(schema.EventRow.payload).where(schema.EventRow.id == identity))
    if payload is None:
        raise NotFoundError(f"no event {identity!r} in this chronicle")
    return loads(Event, payload)


def load_rejections(connection: Connection) -> Iterator[Rejection]:
    """Yield the inputs that could not be read, by path and record."""
    table = schema.RejectionRow
    query = select(table.path, table.record, table.reason).order_by(table.path, table.record)
    for row in connection.execute(query):
        yield Rejection(row.path, row.record, row.reason)


def load_judgements(connection: Connection) -> Iterator[Judgement]:
    """Yield people's decisions, oldest first."""
    query = select(schema.JudgementRow.payload).order_by(schema.JudgementRow.pk)
    for payload in connection.scalars(query):
        yield loads(Judgement, payload)


def _analysis(connection: Connection, row: Row[Any], *, tokens: bool) -> Analysis:
    document = replace(loads(Document, row.document), text=row.text)
    layers: dict[str, tuple[Any, ...]] = {
        name: _layer(connection, table, record, row.pk) for name, (table, record) in PLAIN_LAYERS.items()
    }
    for name in ("names", "mentions", "references"):
        layers[name] = _layer(connection, schema.MentionRow, Mention, row.pk, name)
    for name in ("links", "coreferences"):
        layers[name] = _layer(connection, schema.LinkRow, Link, row.pk, name)
    return Analysis(
        document, loads(Header, row.header), loads(Published, row.publication),
        sentences=unpack_sentences(row.sentences), tokens=unpack_tokens(row.tokens) if tokens else (),
        **layers,
    )  # fmt: skip


def _layer(
    connection: Connection, table: Any, record: type[Record], document: int, layer: str = ""
) -> tuple[Record, ...]:
    query = select(table.payload).where(table.document == document).order_by(table.position)
    if layer:
        query = query.where(table.layer == layer)
    return tuple(loads(record, payload) for payload in connection.scalars(query))
