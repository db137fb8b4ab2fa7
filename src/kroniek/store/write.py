"""Putting records into a chronicle file. Each function works within the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, CursorResult, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kroniek.merge.chronicle import PRODUCTS
from kroniek.merge.events import event_order
from kroniek.model import Analysis, Event, Interval, Judgement, Merged, Rejection, record_id
from kroniek.store import schema
from kroniek.store.codec import dumps, pack_sentences, pack_tokens
from kroniek.store.summaries import write_summaries

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the records of a run: program, language, pack, parser and knowledge base."""

    program: str
    language: str
    pack: str
    parser: str = ""
    knowledge: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the inputs of a run: announced = added + renewed + known + rejected."""

    added: int = 0
    renewed: int = 0  # analysed again with `--again`
    known: int = 0
    rejected: int = 0

    @property
    def announced(self) -> int:
        """Return how many inputs there were."""
        return self.added + self.renewed + self.known + self.rejected


def begin_run(connection: Connection, versions: Versions, now: str) -> int:
    """Record that a run begins at `now` (ISO) and return its number."""
    row = insert(schema.Run).values(
        started=now, finished=None, program=versions.program, language=versions.language,
        pack=versions.pack, parser=versions.parser, knowledge=versions.knowledge,
        announced=0, added=0, known=0, rejected=0,
    )  # fmt: skip
    return _key(connection.execute(row))


def finish_run(connection: Connection, run: int, counts: Counts, now: str) -> None:
    """Record that the run has ended, with its counts."""
    connection.execute(
        update(schema.Run).where(schema.Run.pk == run).values(
            finished=now, announced=counts.announced, added=counts.added + counts.renewed,
            known=counts.known, rejected=counts.rejected,
        )
    )  # fmt: skip


def add_analysis(
    connection: Connection, analysis: Analysis, *, run: int, now: str, renew: bool = False
) -> bool:
    """Store a document with all its layers; return False when it is there already.

    With `renew` the stored analysis of the same document is replaced. Judgements stay: they point to
    records by id and words, not by row.
    """
    document = analysis.document.id
    table = schema.DocumentRow
    present = connection.execute(select(table.pk, table.entered).where(table.id == document)).first()
    if present is not None:
        if not renew:
            return False
        connection.execute(delete(table).where(table.pk == present.pk))
        now = present.entered  # the third clock: when the report first came in
    row = {**_document_row(analysis), "id": document, "run": run, "entered": now}
    pk = _key(connection.execute(insert(table).values(row)))
    for layer, rows in layer_rows(analysis, document):
        if filled := [{"document": pk, **item} for item in rows]:
            connection.execute(insert(layer), filled)
    origin = analysis.document.origin
    connection.execute(_rejections_of(origin.path, origin.record))
    count_change(connection, document)
    return True


def add_rejection(connection: Connection, rejection: Rejection, *, run: int) -> None:
    """Record an input that was not read; the same place read again keeps one row, with the last reason."""
    values = {"path": rejection.path, "record": rejection.record, "reason": rejection.reason, "run": run}
    row = upsert(schema.RejectionRow).values(values)
    changed = {"reason": rejection.reason, "run": run}
    connection.execute(row.on_conflict_do_update(index_elements=["path", "record"], set_=changed))


def add_judgement(connection: Connection, judgement: Judgement) -> None:
    """Add a person's decision after those that are there."""
    row = {
        "id": judgement.id, "kind": judgement.kind, "record": judgement.record,
        "verdict": judgement.verdict, "by": judgement.by, "at": judgement.at, "document": judgement.document, "payload": dumps(judgement),
    }  # fmt: skip
    connection.execute(insert(schema.JudgementRow), [row])
    count_change(connection)


def write_merged(connection: Connection, merged: Merged, *, revision: int) -> None:
    """Replace the merged layer by `merged`, which was computed from the file at `revision`."""
    for stale in (schema.EventDocument, schema.EventEntity, schema.EventRow, schema.MergedRow):
        connection.execute(delete(stale))
    placed = {name: list(enumerate(getattr(merged, name), 1)) for name in PRODUCTS}
    for name, records in placed.items():
        insert_placed(connection, name, records)
    write_summaries(connection, placed)
    set_state(connection, "merged", str(revision))
    set_state(connection, "settled", str(revision))


def insert_placed(connection: Connection, kind: str, records: Sequence[tuple[int, Any]]) -> None:
    """Add merged records of one kind at their positions."""
    rows_of = event_rows if kind == "events" else partial(merged_rows, kind)
    for table, rows in rows_of(records):
        if rows:
            connection.execute(insert(table), rows)


def set_state(connection: Connection, name: str, value: str) -> None:
    """Set one counter of the file."""
    row = upsert(schema.State).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _key(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None  # every table that is inserted into this way has one
    return int(key[0])


def count_change(connection: Connection, document: str = "") -> None:
    """Note that the file has changed, and which document's layers did."""
    connection.execute(
        text(
            "INSERT INTO state (name, value) VALUES ('revision', '1') "
            "ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )
    )
    if document:
        connection.execute(
            text(
                "UPDATE document SET revision = (SELECT CAST(value AS INTEGER) FROM state WHERE name = 'revision') "
                "WHERE id = :id"
            ),
            {"id": document},
        )


def _rejections_of(path: str, record: str) -> Any:
    table = schema.RejectionRow
    return delete(table).where(table.path == path, table.record == record)


def _document_row(analysis: Analysis) -> Row:
    document, published = analysis.document, analysis.published
    return {
        "name": document.name, "title": analysis.header.title or document.title, "text": document.text,
        "language": document.language, "path": document.origin.path, "outlet": document.origin.outlet,
        "published": published.value, "published_how": published.how.value, **_days(published.interval),
        "document": dumps(replace(document, text="")), "header": dumps(analysis.header),
        "publication": dumps(published), "sentences": pack_sentences(analysis.sentences),
        "tokens": pack_tokens(analysis.tokens),
    }  # fmt: skip


def _days(interval: Interval | None) -> Row:
    if interval is None:
        return {"earliest": None, "latest": None}
    return {"earliest": interval.earliest.isoformat(), "latest": interval.latest.isoformat()}


def layer_rows(analysis: Analysis, document: str) -> Iterator[tuple[type[schema.Base], list[Row]]]:
    """Yield each table of a document's layers with its rows, without the document's key."""

    def global_id(local: str) -> str:
        return record_id(document, local)

    yield from _layers_of_words(analysis, global_id)
    yield from _layers_of_tellings(analysis, global_id)
    uses = uses_of(analysis)
    yield (
        schema.EntityUse,
        [
            {"record": global_id(record), "role": role, "entity": entity, "surface": surface}
            for record, role, entity, surface in uses
        ],
    )


def _rows(records: Sequence[Any], columns: Any) -> list[Row]:
    return [
        {"position": position, "payload": dumps(record), **columns(record)}
        for position, record in enumerate(records)
    ]


def _layers_of_words(
    analysis: Analysis, global_id: Callable[[str], str]
) -> Iterator[tuple[type[schema.Base], list[Row]]]:
    """Give the rows of zones, mentions, entities, links, quotations and times."""
    yield schema.ZoneRow, _rows(analysis.zones, lambda zone: {"kind": zone.kind.value, **_range(zone.span)})
    for layer in ("names", "mentions", "references"):
        yield schema.MentionRow, _rows(
            getattr(analysis, layer),
            lambda mention, layer=layer: {
                "layer": layer, "id": global_id(mention.id), "kind": mention.kind.value,
                "type": mention.type.value if mention.type else None, **_range(mention.span),
            },
        )  # fmt: skip
    yield schema.EntityRow, _rows(
        analysis.entities,
        lambda entity: {
            "id": entity.id, "name": entity.name, "type": entity.type.value,
            "wikidata": entity.wikidata, "country": entity.country,
        },
    )  # fmt: skip
    for layer in ("links", "coreferences"):
        yield (
            schema.LinkRow,
            _rows(
                getattr(analysis, layer),
                lambda link, layer=layer: {"layer": layer, "mention": link.mention, "score": link.score},
            ),
        )
    yield schema.QuotationRow, _rows(analysis.quotations, lambda quotation: _range(quotation.span))
    yield schema.TimexRow, _rows(
        analysis.timexes,
        lambda timex: {
            "id": global_id(timex.id), "type": timex.type.value, "value": timex.value,
            **_days(timex.interval), **_range(timex.span),
        },
    )  # fmt: skip


def _layers_of_tellings(
    analysis: Analysis, global_id: Callable[[str], str]
) -> Iterator[tuple[type[schema.Base], list[Row]]]:
    """Give the rows of statements, event mentions, references to agreements, and gaps."""
    yield schema.AttributionRow, _rows(
        analysis.attributions,
        lambda item: {
            "id": global_id(item.id), "kind": item.kind.value, "stance": item.stance.value,
            "time": item.time, **_range(item.cue[0]),
        },
    )  # fmt: skip
    yield schema.EventMentionRow, _rows(
        analysis.events,
        lambda item: {
            "id": global_id(item.id), "type": item.type, "mode": item.mode, "status": item.status.value,
            "time": item.time, **_days(item.interval), "place": item.place, **_range(item.trigger[0]),
        },
    )  # fmt: skip
    yield schema.AgreementRow, _rows(
        analysis.agreements,
        lambda item: {
            "id": global_id(item.id), "kind": item.kind, "phase": item.phase, "time": item.time,
            **_range(item.span),
        },
    )  # fmt: skip
    yield schema.GapRow, _rows(analysis.gaps, lambda gap: {"step": gap.step, "reason": gap.reason})


def _range(span: Any) -> Row:
    return {"start": span.start, "end": span.end}


def uses_of(analysis: Analysis) -> Iterator[tuple[str, str, str, str]]:
    """Yield (record, role, entity, words) for every part that an entity has in the document."""
    surfaces = {mention.id: mention.span.of(analysis.text) for mention in analysis.mentions}
    for link in analysis.links:
        for entity in link.entities:
            yield link.mention, "mention", entity, surfaces.get(link.mention, "")
    for item in analysis.attributions:
        for role, entities in (("source", item.sources), ("addressee", item.addressees)):
            for entity in entities:
                yield item.id, role, entity, ""
    for event in analysis.events:
        for argument in event.arguments:
            for entity in argument.entities:
                yield event.id, argument.role, entity, ""
        if event.place:
            yield event.id, "place", event.place, ""


def merged_rows(
    kind: str, records: Sequence[tuple[int, Any]]
) -> Iterator[tuple[type[schema.Base], list[Row]]]:
    """Yield the table of merged records other than events with their rows, for (position, record)."""
    product = PRODUCTS[kind]
    yield schema.MergedRow, [
        {
            "kind": kind, "position": position, "id": getattr(record, "id", ""), "key": product.key(record),
            "rank": product.rank(record), "status": getattr(record, "status", ""), "payload": dumps(record),
        }
        for position, record in records
    ]  # fmt: skip


def event_rows(events: Sequence[tuple[int, Event]]) -> Iterator[tuple[type[schema.Base], list[Row]]]:
    """Yield the tables of merged events with their rows, for (position, event)."""
    yield schema.EventRow, [
        {
            "position": position, "id": event.id, "type": event.type, "mode": event.mode,
            "status": event.status.value, **_days(event.interval), "place": event.place,
            "sources": event.sources, "payload": dumps(event), "rank": event_order(event),
        }
        for position, event in events
    ]  # fmt: skip
    yield (
        schema.EventEntity,
        [
            {"event": position, "role": role, "entity": entity}
            for position, event in events
            for role, entities in (("actor", event.actors), ("recipient", event.recipients))
            for entity in dict.fromkeys(entities)
        ],
    )
    yield (
        schema.EventDocument,
        [
            {"event": position, "document": document}
            for position, event in events
            for document in dict.fromkeys(telling.document for telling in event.tellings)
        ],
    )
