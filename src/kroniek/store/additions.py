"""A project's own additions to the knowledge base, kept in its chronicle file."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from kroniek.knowledge import Additions, Alias, KnownEntity
from kroniek.model import Holding, Office
from kroniek.store import schema
from kroniek.store.codec import dumps, loads

KINDS: dict[str, type] = {"entities": KnownEntity, "aliases": Alias, "offices": Office, "holdings": Holding}


def write_additions(connection: Connection, additions: Additions, now: str) -> None:
    """Add entities, names, offices and terms; what is there in the same words is not added twice."""
    known = {
        (row.kind, row.payload)
        for row in connection.execute(select(schema.AdditionRow.kind, schema.AdditionRow.payload))
    }
    for kind in KINDS:
        for record in getattr(additions, kind):
            payload = dumps(record)
            if (kind, payload) not in known:
                known.add((kind, payload))
                connection.execute(insert(schema.AdditionRow).values(kind=kind, at=now, payload=payload))


def read_additions(connection: Connection) -> Additions:
    """Return all additions of the file, the latest first, so that a later one wins."""
    rows = connection.execute(
        select(schema.AdditionRow.kind, schema.AdditionRow.payload).order_by(schema.AdditionRow.pk.desc())
    )
    found: dict[str, list[object]] = {kind: [] for kind in KINDS}
    for kind, payload in rows:
        found[kind].append(loads(KINDS[kind], payload))
    return Additions(*(tuple(found[kind]) for kind in KINDS))  # type: ignore[arg-type]
