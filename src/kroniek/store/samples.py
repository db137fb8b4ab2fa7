"""Samples for blind double coding."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from kroniek.errors import NotFoundError
from kroniek.store import schema


def add_sample(connection: Connection, identity: str, payload: str, *, by: str, at: str) -> None:
    """Keep a sample."""
    connection.execute(insert(schema.SampleRow).values(id=identity, by=by, at=at, payload=payload))


def sample_payloads(connection: Connection) -> list[str]:
    """Return all samples, oldest first."""
    table = schema.SampleRow
    return list(connection.scalars(select(table.payload).order_by(table.pk)))


def sample_payload(connection: Connection, prefix: str) -> str:
    """Return the sample whose id begins with `prefix`; raises NotFoundError when there is not one."""
    table = schema.SampleRow
    query = select(table.payload).where(table.id >= prefix, table.id < f"{prefix}\U0010ffff").limit(2)
    found = list(connection.scalars(query))
    if len(found) != 1 or not prefix:
        raise NotFoundError(f"no sample {prefix!r} in this chronicle")
    return found[0]
