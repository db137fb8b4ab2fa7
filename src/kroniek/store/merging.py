"""Bringing the merged layer of a file up to date: with what has changed, or anew.

A document's `revision` tells when its layers last changed; the shelf keeps the revision that it merged.
Where the two differ the document is merged again, so that a run that was cut off goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection

from kroniek.merge import Decision
from kroniek.merge.chronicle import VERSION, update
from kroniek.merge.digest import Digest, digest_of, remembered
from kroniek.merge.events import EVENTS
from kroniek.merge.passages import Sketch, sketches
from kroniek.merge.shelf import MemoryShelf, Table, one
from kroniek.model import Analysis
from kroniek.ontology import load_ontology
from kroniek.store.load import load_analyses
from kroniek.store.places import NoRoomError
from kroniek.store.shelf import FileShelf, replace_shelf
from kroniek.store.state import read_state
from kroniek.store.write import set_state

STAMPS: Table[int] = Table("stamps", int)  # document -> revision that is merged
MADE_BY: Table[str] = Table("made by", str)  # the version of merging
PATCHED: Table[bool] = Table("patched", bool)  # events that a person's decision changed in place
MOST = 400  # changed documents from which on, when they are also many of all, everything is merged anew
MANY = 4  # a share of one in so many is many
BATCH = 500  # documents in memory at once

CHANGED = """
SELECT document.id, document.revision FROM document
LEFT JOIN shelf ON shelf.name = 'stamps' AND shelf.key = document.id
WHERE shelf.value IS NULL OR CAST(shelf.value AS INTEGER) != document.revision ORDER BY document.id
"""
VANISHED = """
SELECT 1 FROM shelf WHERE name = 'stamps' AND key NOT IN (SELECT id FROM document) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything merged anew, from the file at `revision`."""

    shelf: MemoryShelf
    revision: int
    stamps: Mapping[str, int] = field(default_factory=dict)


def update_merged(connection: Connection, decisions: Sequence[Decision]) -> bool:
    """Merge what has changed since the last time; False when everything is to be merged anew."""
    stamps = {row.id: row.revision for row in connection.exec_driver_sql(CHANGED)}
    shelf = FileShelf(connection)
    if one(shelf, MADE_BY, "", "") != VERSION or _too_many(connection, len(stamps)):
        return False
    if connection.exec_driver_sql(VANISHED).first():
        return False
    analyses = list(load_analyses(connection, list(stamps)))
    digests, prints = _digested(analyses)
    known = remembered(shelf, stamps)
    if any(
        item.document in known and item.report.sentences != known[item.document].report.sentences
        for item in digests
    ):
        return False  # its words are compared from other places than before
    update(shelf, digests, prints, decisions, again=_patched(connection, shelf))
    shelf.put(STAMPS, stamps)
    try:
        with connection.begin_nested():
            shelf.save(stamps)
    except NoRoomError:
        return False
    _note(connection, read_state(connection).revision)
    return True


def merge_whole(connection: Connection, decisions: Sequence[Decision]) -> Whole:
    """Return all documents of the file merged anew."""
    revision = read_state(connection).revision
    stamps = {row.id: row.revision for row in connection.exec_driver_sql("SELECT id, revision FROM document")}
    digests: list[Digest] = []
    prints: list[Sketch] = []
    for batch in _batches(load_analyses(connection)):
        made, printed = _digested(batch)
        digests += made
        prints += printed
    shelf = MemoryShelf()
    update(shelf, digests, prints, decisions)
    return Whole(shelf, revision, stamps)


def write_whole(connection: Connection, whole: Whole) -> None:
    """Put everything merged anew into the file."""
    shelf = whole.shelf.copy()
    shelf.put(STAMPS, whole.stamps)
    shelf.put(MADE_BY, {"": VERSION})
    replace_shelf(connection, shelf)
    _note(connection, whole.revision)


def _note(connection: Connection, revision: int) -> None:
    for name in ("merged", "settled"):
        set_state(connection, name, str(revision))


def _too_many(connection: Connection, changed: int) -> bool:
    total = connection.exec_driver_sql("SELECT COUNT(*) FROM document").scalar() or 0
    return changed > MOST and changed * MANY > total


def _patched(connection: Connection, shelf: FileShelf) -> list[str]:
    """Take out the events that were changed in place; return their tellings, to be decided on anew."""
    query = "SELECT key FROM shelf WHERE name = :name"
    events = list(connection.exec_driver_sql(query, {"name": PATCHED.name}).scalars())
    found = shelf.get(EVENTS, events)
    shelf.put(EVENTS, dict.fromkeys(events))
    shelf.put(PATCHED, dict.fromkeys(events))
    return [telling.event_mention for event in found.values() for telling in event.tellings]


def _digested(analyses: Sequence[Analysis]) -> tuple[list[Digest], list[Sketch]]:
    groups = load_ontology().groups
    return [digest_of(analysis, groups) for analysis in analyses], sketches(analyses)


def _batches(analyses: Iterator[Analysis]) -> Iterator[list[Analysis]]:
    while batch := list(islice(analyses, BATCH)):
        yield batch
