"""What is worth a person's look, kept in the file in order of value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from kroniek.model import Judgement
from kroniek.store import schema
from kroniek.store.write import set_state


@dataclass(frozen=True, slots=True)
class Waiting:
    """One item of the queue: `record` is a record's id (of an event for kind event), `other` the second of a merge."""

    pk: int
    kind: str
    value: float
    record: str
    other: str
    document: str
    label: str
    uses: int
    done: bool


def write_queue(connection: Connection, rows: Iterable[dict[str, object]], revision: int) -> None:
    """Replace the queue; `revision` is the state of the file that it was made from."""
    connection.execute(delete(schema.QueueRow))
    if listed := [{**row, "done": 0} for row in rows]:
        connection.execute(insert(schema.QueueRow), listed)
    set_state(connection, "queued", str(revision))


def queue_revision(connection: Connection) -> int:
    """Return the state of the file that the queue was made from, -1 when there is none."""
    value = connection.scalar(select(schema.State.value).where(schema.State.name == "queued"))
    return int(value) if value is not None else -1


def waiting(
    connection: Connection, kind: str = "", *, limit: int = 50, offset: int = 0, done: bool = False
) -> list[Waiting]:
    """Return items, the most valuable first."""
    table = schema.QueueRow
    query = select(table.__table__).where(table.done == int(done)).order_by(table.value.desc(), table.pk)
    if kind:
        query = query.where(table.kind == kind)
    return [Waiting(*row) for row in connection.execute(query.limit(limit).offset(offset))]


def waiting_item(connection: Connection, pk: int) -> Waiting | None:
    """Return one item of the queue."""
    table = schema.QueueRow
    row = connection.execute(select(table.__table__).where(table.pk == pk)).first()
    return Waiting(*row) if row else None


def counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return (waiting, done) for each kind."""
    table = schema.QueueRow
    query = select(table.kind, func.sum(1 - table.done), func.sum(table.done)).group_by(table.kind)
    return {kind: (int(left), int(done)) for kind, left, done in connection.execute(query)}


def mark_judged(connection: Connection, rows: Iterable[Judgement]) -> None:
    """Take the records of decisions from the queue; an undo puts them back."""
    table = schema.QueueRow
    for row in rows:
        undo = row.verdict == "undone"
        record = row.record
        if undo:
            known = schema.JudgementRow
            found = connection.scalar(select(known.record).where(known.id == record).limit(1))
            record = str(found or "")
        connection.execute(update(table).where(table.record == record).values(done=int(not undo)))


def mark_done(connection: Connection, pk: int, *, done: bool = True) -> None:
    """Take one item from the queue, or put it back."""
    connection.execute(update(schema.QueueRow).where(schema.QueueRow.pk == pk).values(done=int(done)))
