"""People's decisions in the file, and the machine's reading of the reports that they corrected.

The layers of a document hold what is in force, so that every question to the file gets the corrected
answer. What the machine read is kept beside it, and the layers are made anew from it at every decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kroniek.model import (
    AgreementMention,
    Analysis,
    Attribution,
    Entity,
    EventMention,
    Judgement,
    Link,
    Mention,
    Timex,
    from_json,
    to_json,
)
from kroniek.store import schema
from kroniek.store.codec import loads, pack, unpack
from kroniek.store.load import load_analysis
from kroniek.store.write import add_judgement, count_change, layer_rows, uses_of

# The layers that decisions can change, and the records in them.
JUDGED_LAYERS: dict[str, type] = {
    "names": Mention, "mentions": Mention, "entities": Entity, "links": Link, "coreferences": Link,
    "timexes": Timex, "attributions": Attribution, "events": EventMention, "agreements": AgreementMention,
}  # fmt: skip
TABLES: dict[str, type[schema.Layer]] = {
    "names": schema.MentionRow, "mentions": schema.MentionRow, "entities": schema.EntityRow,
    "links": schema.LinkRow, "coreferences": schema.LinkRow, "timexes": schema.TimexRow,
    "attributions": schema.AttributionRow, "events": schema.EventMentionRow, "agreements": schema.AgreementRow,
}  # fmt: skip
CHUNK = 500  # values in one query


def add_judgements(connection: Connection, rows: Iterable[Judgement]) -> list[Judgement]:
    """Add the decisions that are not there yet and return them."""
    wanted = list({row.id: row for row in rows}.values())
    table = schema.JudgementRow
    known: set[str] = set()
    for first in range(0, len(wanted), CHUNK):
        ids = [row.id for row in wanted[first : first + CHUNK]]
        known.update(connection.scalars(select(table.id).where(table.id.in_(ids))))
    fresh = [row for row in wanted if row.id not in known]
    for row in fresh:
        add_judgement(connection, row)
    return fresh


def judgements_about(connection: Connection, document: str) -> list[Judgement]:
    """Return the decisions about a document, oldest first."""
    table = schema.JudgementRow
    query = select(table.payload).where(table.document == document).order_by(table.pk)
    return [loads(Judgement, payload) for payload in connection.scalars(query)]


def judgements_of(connection: Connection, kind: str) -> list[Judgement]:
    """Return the decisions of a kind, oldest first."""
    table = schema.JudgementRow
    query = select(table.payload).where(table.kind == kind).order_by(table.pk)
    return [loads(Judgement, payload) for payload in connection.scalars(query)]


def judgement(connection: Connection, identity: str) -> Judgement | None:
    """Return the decision with that id."""
    table = schema.JudgementRow
    payload = connection.scalar(select(table.payload).where(table.id == identity).limit(1))
    return loads(Judgement, payload) if payload else None


def latest_judgements(connection: Connection, limit: int, before: int = 0) -> list[tuple[int, Judgement]]:
    """Return (row, decision), newest first; with `before` only rows older than that one."""
    table = schema.JudgementRow
    query = select(table.pk, table.payload).order_by(table.pk.desc()).limit(limit)
    if before:
        query = query.where(table.pk < before)
    return [(row.pk, loads(Judgement, row.payload)) for row in connection.execute(query)]


def judgements_by(connection: Connection, coder: str, until: str, limit: int) -> list[Judgement]:
    """Return a person's decisions up to a moment, oldest first, the last `limit` of them."""
    table = schema.JudgementRow
    query = (
        select(table.payload)
        .where(table.by == coder, table.at <= until)
        .order_by(table.at.desc())
        .limit(limit)
    )
    return [loads(Judgement, payload) for payload in connection.scalars(query)][::-1]


def judged_documents(
    connection: Connection, *, after: str = "", limit: int = -1, coders: int = 1
) -> list[str]:
    """Return the documents that decisions of so many people are about, sorted, also those that are gone.

    `after` and `limit` take a part of them.
    """
    table = schema.JudgementRow
    query = (
        select(table.document).where(table.document > after).group_by(table.document)
        .having(func.count(func.distinct(table.by)) >= coders).order_by(table.document).limit(limit)
    )  # fmt: skip
    return list(connection.scalars(query))


def last_moment(connection: Connection) -> str:
    """Return when the latest decision was taken, "" when there is none."""
    return str(connection.scalar(select(func.max(schema.JudgementRow.at))) or "")


def has_document(connection: Connection, document: str) -> bool:
    """Tell whether the file holds a document."""
    table = schema.DocumentRow
    return connection.scalar(select(table.pk).where(table.id == document)) is not None


def machine_analysis(connection: Connection, document: str, present: Analysis | None = None) -> Analysis:
    """Return what the machine read in a document, without tokens; raises NotFoundError.

    `present` is the analysis in force, where it is at hand already.
    """
    present = present or load_analysis(connection, document, tokens=False)
    table = schema.MachineRow
    blob = connection.scalar(select(table.layers).where(table.document == document))
    if blob is None:
        return present
    stored = unpack(blob)
    layers: dict[str, Any] = {
        name: tuple(from_json(kind, item) for item in stored[name]) for name, kind in JUDGED_LAYERS.items()
    }
    return replace(present, **layers)


def forget_machine(connection: Connection, document: str) -> None:
    """Take the layers as they stand now for the machine's reading: they were just made anew."""
    connection.execute(delete(schema.MachineRow).where(schema.MachineRow.document == document))


def write_corrected(
    connection: Connection, machine: Analysis, corrected: Analysis, present: Analysis
) -> None:
    """Put a corrected analysis in the place of a document's layers, and the machine's beside it.

    `present` is what the layers hold now.
    """
    document = machine.document.id
    changed = [name for name in JUDGED_LAYERS if getattr(present, name) != getattr(corrected, name)]
    if changed:
        stale: set[Any] = {TABLES[name] for name in changed}
        if list(uses_of(present)) != list(uses_of(corrected)):
            stale.add(schema.EntityUse)
        _replace_layers(connection, corrected, stale)
        count_change(connection, document)
    forget_machine(connection, document)
    if _layers(machine) != _layers(corrected):
        layers = pack({name: to_json(records) for name, records in _layers(machine).items()})
        connection.execute(insert(schema.MachineRow).values(document=document, layers=layers))


def _layers(analysis: Analysis) -> dict[str, Any]:
    return {name: getattr(analysis, name) for name in JUDGED_LAYERS}


def _replace_layers(connection: Connection, analysis: Analysis, tables: Collection[Any]) -> None:
    document = analysis.document.id
    pk = connection.scalar(select(schema.DocumentRow.pk).where(schema.DocumentRow.id == document))
    for stale in tables:
        connection.execute(delete(stale).where(stale.document == pk))
    filled: dict[Any, list[dict[str, Any]]] = {}
    for table, rows in layer_rows(analysis, document):
        if table in tables:
            filled.setdefault(table, []).extend({"document": pk, **row} for row in rows)
    for table, listed in filled.items():
        if listed:
            connection.execute(insert(table), listed)


def documents_using(connection: Connection, entities: Sequence[str]) -> list[str]:
    """Return the documents in which one of these entities takes part, sorted."""
    use, document = schema.EntityUse, schema.DocumentRow
    query = (
        select(document.id).join(use, use.document == document.pk).where(use.entity.in_(entities)).distinct()
    )
    return sorted(connection.scalars(query))


def put_off(connection: Connection, documents: Iterable[str]) -> None:
    """Note documents in which a merge of entities is carried through later."""
    rows = [{"document": document} for document in documents]
    if rows:
        connection.execute(upsert(schema.PendingRow).on_conflict_do_nothing(), rows)


def has_pending(connection: Connection) -> bool:
    """Tell whether documents were put off."""
    return connection.scalar(select(schema.PendingRow.document).limit(1)) is not None


def take_pending(connection: Connection) -> Iterator[str]:
    """Yield the documents that were put off, and forget that they were."""
    documents = sorted(connection.scalars(select(schema.PendingRow.document)))
    connection.execute(delete(schema.PendingRow))
    yield from documents


def known_entity(connection: Connection, identity: str) -> Entity | None:
    """Return an entity as a report in the file knows it."""
    table = schema.EntityRow
    payload = connection.scalar(select(table.payload).where(table.id == identity).limit(1))
    return loads(Entity, payload) if payload else None


def undo_rows(connection: Connection, ids: Sequence[str]) -> list[Judgement]:
    """Return the rows that take these decisions back, and those that take such a row back in its turn."""
    table = schema.JudgementRow
    found: dict[str, Judgement] = {}
    wanted = list(ids)
    while wanted:
        query = select(table.payload).where(table.verdict == "undone", table.record.in_(wanted[:CHUNK]))
        fresh = [
            row for payload in connection.scalars(query) if (row := loads(Judgement, payload)).id not in found
        ]
        wanted = wanted[CHUNK:] + [row.id for row in fresh]
        found |= {row.id: row for row in fresh}
    return list(found.values())


def mentions_like(connection: Connection, entity: str, surface: str, limit: int) -> list[tuple[str, str]]:
    """Return (document, mention) where the same words stand for an entity."""
    use, document = schema.EntityUse, schema.DocumentRow
    query = (
        select(document.id, use.record)
        .join(use, use.document == document.pk)
        .where(use.entity == entity, use.role == "mention", use.surface == surface)
        .order_by(document.id, use.pk)
    )
    return [(row[0], row[1]) for row in connection.execute(query.limit(limit))]
