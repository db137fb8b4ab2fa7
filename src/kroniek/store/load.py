"""Getting records out of a chronicle file again, exactly as they went in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

AT_ONCE = 200  # documents whose layers are in memory together

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
    return next(_analyses(connection, [row], tokens=tokens))


def load_analyses(
    connection: Connection, documents: Sequence[str] | None = None, *, tokens: bool = False
) -> Iterator[Analysis]:
    """Yield the analyses of documents, of all when none are named, in the order of their ids."""
    table = schema.DocumentRow
    wanted = documents
    if wanted is None:
        wanted = connection.scalars(select(table.id).order_by(table.id)).all()
    listed = sorted(set(wanted))
    for first in range(0, len(listed), AT_ONCE):
        query = select(table.__table__).where(table.id.in_(listed[first : first + AT_ONCE]))
        yield from _analyses(connection, connection.execute(query.order_by(table.id)).all(), tokens=tokens)


def load_report(connection: Connection, document: str) -> tuple[Document, Published, str]:
    """Return a document, when it was published as the analysis found it, and its title.

    Raises NotFoundError when there is no document with that id.
    """
    found = load_reports(connection, [document])
    if document not in found:
        raise NotFoundError(f"no document {document!r} in this chronicle")
    return found[document]


def load_reports(
    connection: Connection, documents: Sequence[str]
) -> dict[str, tuple[Document, Published, str]]:
    """Return those of the documents that are there, by id, each as `load_report` does."""
    table = schema.DocumentRow
    found = {}
    for first in range(0, len(documents), AT_ONCE):
        query = select(table.id, table.document, table.text, table.publication, table.title).where(
            table.id.in_(documents[first : first + AT_ONCE])
        )
        for row in connection.execute(query):
            document = replace(loads(Document, row.document), text=row.text)
            found[row.id] = (document, loads(Published, row.publication), row.title)
    return found


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
        query = select(table.payload).where(table.kind == kind).order_by(table.rank, table.position)
        parts[kind] = tuple(loads(record, payload) for payload in connection.scalars(query))
    return Merged(**parts)


def load_events(connection: Connection) -> Iterator[Event]:
    """Yield the merged events in the order in which merging gave them."""
    for payload in connection.scalars(
        select(schema.EventRow.payload).order_by(schema.EventRow.rank, schema.EventRow.position)
    ):
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


def _analyses(connection: Connection, rows: Sequence[Row[Any]], *, tokens: bool) -> Iterator[Analysis]:
    """Yield the analyses of some document rows, with one query for each layer of them all."""
    pks = [row.pk for row in rows]
    layers = {name: _layer(connection, table, record, pks) for name, (table, record) in PLAIN_LAYERS.items()}
    for name in ("names", "mentions", "references"):
        layers[name] = _layer(connection, schema.MentionRow, Mention, pks, name)
    for name in ("links", "coreferences"):
        layers[name] = _layer(connection, schema.LinkRow, Link, pks, name)
    for row in rows:
        yield Analysis(
            replace(loads(Document, row.document), text=row.text), loads(Header, row.header),
            loads(Published, row.publication), sentences=unpack_sentences(row.sentences),
            tokens=unpack_tokens(row.tokens) if tokens else (),
            **{name: tuple(found.get(row.pk, ())) for name, found in layers.items()},
        )  # fmt: skip


def _layer(
    connection: Connection, table: Any, record: type[Any], documents: Sequence[int], layer: str = ""
) -> dict[int, list[Any]]:
    """Return the records of one layer by document, each in the order of the layer."""
    query = (
        select(table.document, table.payload).where(table.document.in_(documents)).order_by(table.position)
    )
    if layer:
        query = query.where(table.layer == layer)
    found: dict[int, list[Any]] = {}
    for document, payload in connection.execute(query):
        found.setdefault(document, []).append(loads(record, payload))
    return found
