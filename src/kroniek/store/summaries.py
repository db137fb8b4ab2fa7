"""What pages over many events need at hand, written together with the merged layer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, text

from kroniek.model import REACHED, Claim, Commitment, Event, Family, Process, Status
from kroniek.store import schema

TABLES = (schema.ActorCount, schema.ActorName, schema.MergedPart, schema.Dyad, schema.Trait)
# Statuses that speak of an event as real, and those that say that it is not.
NEGATED = frozenset({Status.DENIED, Status.NOT_HAPPENED, Status.CANCELLED})
CONTESTED = frozenset({"disputed", "denied", "occurred after denial"})

Placed = tuple[int, Any]  # a merged record with its position

# The entities that are counted: all, or those of a list.
ALL, LISTED = "1", "{column} IN (SELECT value FROM json_each(:entities))"
# An entity's name differs between documents only when the packs differ: the least one is taken.
COUNT_ACTORS = """
INSERT INTO actor_count (id, name, type, wikidata, country, documents, events, statements)
SELECT e.id, min(e.name), min(e.type), max(e.wikidata), max(e.country),
  coalesce(u.documents, 0), coalesce(t.events, 0), coalesce(u.statements, 0)
FROM entity e
LEFT JOIN (SELECT entity, count(DISTINCT document) AS documents,
    count(DISTINCT CASE WHEN role = 'source' THEN record END) AS statements
  FROM entity_use WHERE role IN ('mention', 'actor', 'recipient', 'source', 'addressee', 'place') AND {entity}
  GROUP BY entity) u ON u.entity = e.id
LEFT JOIN (SELECT entity, count(DISTINCT event) AS events FROM event_entity WHERE {entity} GROUP BY entity) t
  ON t.entity = e.id
WHERE {id}
GROUP BY e.id
"""
COUNT_NAMES = """
SELECT entity, surface, count(*) AS uses FROM entity_use
WHERE role = 'mention' AND surface <> '' AND {entity} GROUP BY entity, surface
"""
NAMES = "SELECT id, name, wikidata FROM actor_count WHERE {id}"


def write_summaries(connection: Connection, placed: Mapping[str, Sequence[Placed]]) -> None:
    """Replace the summaries by those of all merged records, by kind, whose rows were just written."""
    for table in TABLES:
        connection.execute(delete(table))
    _count_entities(connection, None)
    _add_records(connection, placed)


def update_summaries(
    connection: Connection,
    gone: Mapping[str, Sequence[Placed]],
    fresh: Mapping[str, Sequence[Placed]],
    documents: Iterable[str],
    more: Iterable[str] = (),
) -> None:
    """Bring the summaries up to date with merged records that went and came, and with changed documents.

    `more` are entities that changed besides, such as those that a document no longer has.
    """
    listed = json.dumps(sorted(documents))
    query = (
        "SELECT DISTINCT entity FROM entity_use WHERE document IN "
        "(SELECT pk FROM document WHERE id IN (SELECT value FROM json_each(:documents)))"
    )
    entities = {*more, *connection.scalars(text(query), {"documents": listed})}
    entities |= _moved(gone.get("events", ()), fresh.get("events", ()))
    for rows_of, keys in (
        (_parts, ("ref", "kind", "position")), (_traits, ("kind", "trait", "day", "position")),
        (_dyads, ("source", "target", "period")),
    ):  # fmt: skip
        table = {"_parts": "merged_part", "_traits": "trait", "_dyads": "dyad"}[rows_of.__name__]
        if rows := list(rows_of(gone)):
            condition = " AND ".join(f"{key} = :{key}" for key in keys)
            connection.execute(text(f"DELETE FROM {table} WHERE {condition}"), rows)
    _count_entities(connection, sorted(entities))
    _add_records(connection, fresh)


def _moved(gone: Sequence[Placed], fresh: Sequence[Placed]) -> set[str]:
    """Return the entities that take part in more or fewer of the events than before."""
    before, after = (
        Counter(key for _, event in side for key in {*event.actors, *event.recipients})
        for side in (gone, fresh)
    )
    return {key for key in (before | after) if before[key] != after[key]}


def _count_entities(connection: Connection, entities: Sequence[str] | None) -> None:
    """Count where entities take part and under which names; all of them, or those of a list."""
    values = {} if entities is None else {"entities": json.dumps(entities)}
    only = {name: ALL if entities is None else LISTED.format(column=column)
            for name, column in (("entity", "entity"), ("id", "e.id"))}  # fmt: skip
    if entities is not None:
        for table, column in (("actor_count", "id"), ("actor_name", "entity")):
            connection.execute(text(f"DELETE FROM {table} WHERE {LISTED.format(column=column)}"), values)
    connection.execute(text(COUNT_ACTORS.format(**only)), values)
    _insert(connection, schema.ActorName, _names(connection, only["entity"], values))


def _add_records(connection: Connection, placed: Mapping[str, Sequence[Placed]]) -> None:
    _insert(connection, schema.MergedPart, _parts(placed))
    _insert(connection, schema.Dyad, _dyads(placed))
    _insert(connection, schema.Trait, _traits(placed))


def _insert(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    if found := list(rows):
        connection.execute(insert(table), found)


def _names(connection: Connection, only: str, values: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give every word for an entity: as reports have it, its canonical name, its ids."""
    uses: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(text(COUNT_NAMES.format(entity=only)), values):
        uses[row.entity, row.surface] += row.uses
    for row in connection.execute(text(NAMES.format(id=only.replace("entity IN", "id IN"))), values):
        for words in (row.name, row.id, row.wikidata):
            if words:
                uses[row.id, words] += 0
    for (entity, surface), count in uses.items():
        yield {"entity": entity, "surface": surface, "folded": surface.casefold(), "uses": count}


def _parts(placed: Mapping[str, Sequence[Placed]]) -> Iterator[dict[str, Any]]:
    for kind, parts_of in PARTS.items():
        for position, record in placed.get(kind, ()):
            for ref in dict.fromkeys(filter(None, parts_of(record))):
                yield {"ref": ref, "kind": kind, "position": position}


def _of_family(family: Family) -> Iterable[str]:
    return family.documents


def _of_claim(claim: Claim) -> Iterable[str]:
    yield claim.about
    yield from (*claim.affirmed_by, *claim.denied_by)
    for act in claim.acts:
        yield from (act.attribution, act.document, *act.source)


def _of_process(process: Process) -> Iterable[str]:
    yield from (*process.parties, *process.mediators, *process.venues, *process.events)
    yield from (phase.evidence.document for phase in process.phases)


def _of_commitment(commitment: Commitment) -> Iterable[str]:
    return (*commitment.by, *commitment.to, commitment.event, commitment.words.document)


PARTS: dict[str, Callable[[Any], Iterable[str]]] = {
    "families": _of_family, "claims": _of_claim, "processes": _of_process, "commitments": _of_commitment,
}  # fmt: skip


def _dyads(placed: Mapping[str, Sequence[Placed]]) -> Iterator[dict[str, Any]]:
    rows = {
        (item.source, item.target, item.period): {
            "source": item.source, "target": item.target, "period": item.period,
            "events": len(item.events), "intensity": item.intensity,
        }
        for _, item in placed.get("relations", ())
    }  # fmt: skip
    yield from rows.values()


def _traits(placed: Mapping[str, Sequence[Placed]]) -> Iterator[dict[str, Any]]:
    for position, event in placed.get("events", ()):
        day = max((telling.reported for telling in event.tellings), default="")
        for trait in _of_event(event):
            yield _trait("events", trait, day, position)
    for position, process in placed.get("processes", ()):
        reached = [phase.time for phase in process.phases if phase.status in REACHED]
        yield _trait("processes", "stands", max(reached, default=""), position)
    for position, claim in placed.get("claims", ()):
        if claim.status in CONTESTED:
            yield _trait("claims", "contested", max((act.time for act in claim.acts), default=""), position)


def _of_event(event: Event) -> Iterator[str]:
    statuses = {telling.status for telling in event.tellings}
    if statuses & REACHED and statuses & NEGATED:
        yield "contradicted"
    elif event.history and event.history[0][1] is not event.history[-1][1]:
        yield "changed"
    if event.disagreements:
        yield "disagreed"


def _trait(kind: str, trait: str, day: str, position: int) -> dict[str, Any]:
    return {"kind": kind, "trait": trait, "day": day, "position": position}
