"""Where a chronicle file stands: how often it changed, and up to where it is merged."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kroniek.store import schema


@dataclass(frozen=True, slots=True)
class FileState:
    """Counters of a file; the merged layer can be shown when `merged` equals `revision`.

    `settled` is the revision of the last whole merge: behind it, judgements were carried into the events
    that they are about, not yet into claims, processes and relations.
    """

    revision: int
    merged: int
    unfinished: bool  # whether the last run was cut off, or is still busy
    settled: int = 0


@dataclass(frozen=True, slots=True)
class PackUse:
    """How many documents were analysed with which versions."""

    program: str
    language: str
    pack: str
    parser: str
    documents: int


def read_state(connection: Connection) -> FileState:
    """Return the counters of the file."""
    query = select(schema.State.name, schema.State.value)
    values = {row.name: row.value for row in connection.execute(query)}
    last = connection.execute(select(schema.Run.finished).order_by(schema.Run.pk.desc()).limit(1)).first()
    return FileState(
        int(values.get("revision", 0)),
        int(values.get("merged", 0)),
        last is not None and last.finished is None,
        int(values.get("settled", values.get("merged", 0))),
    )


def read_pack_use(connection: Connection) -> list[PackUse]:
    """Return the versions that made what is in the file, newest first."""
    run, document = schema.Run, schema.DocumentRow
    versions = (run.program, run.language, run.pack, run.parser)
    query = (
        select(*versions, func.count())
        .join(document, document.run == run.pk)
        .group_by(*versions)
        .order_by(func.max(run.pk).desc())
    )
    return [PackUse(*row) for row in connection.execute(query)]
