"""A person's decision goes into the file: a row, the corrected report, and at once the events it is about.

The whole is merged anew later (`ingest.merge_chronicle`): a key press must not wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from kroniek.errors import JudgementError, NotFoundError
from kroniek.merge import Decision
from kroniek.model import Judgement
from kroniek.retelling import Change, show_decisions, show_entities, show_tellings
from kroniek.review.apply import Applied, Judged, apply
from kroniek.review.entities import Aliases, aliases_of, merge_of
from kroniek.review.exchange import checked
from kroniek.review.kinds import ENTITY, LAYERS, STORY
from kroniek.review.state import token_of
from kroniek.review.stories import decisions_of, documents_in, telling_of
from kroniek.store import judgements as stored
from kroniek.store.database import Database
from kroniek.store.load import load_analysis
from kroniek.store.overlay import mark_shown
from kroniek.store.queue import mark_judged
from kroniek.store.state import read_state
from kroniek.store.summaries import update_summaries

WITHIN_ACT, BETWEEN_ACTS = timedelta(microseconds=1), timedelta(milliseconds=1)
MOST_AT_ONCE = 60  # documents made anew while a person waits; the others follow at the next whole merge


class Place(NamedTuple):
    """A record as people point at it: its kind, its document, and its id before any correction."""

    kind: str
    document: str
    record: str


class Stale(JudgementError):
    """Somebody else decided about the same record meanwhile; `theirs` are the decisions not yet seen."""

    def __init__(self, theirs: Sequence[Judgement], mine: Sequence[Judgement]) -> None:
        super().__init__(
            "somebody else has judged this record since you opened it; look at what they decided"
        )
        self.theirs = tuple(theirs)
        self.mine = tuple(mine)


def judge(
    database: Database,
    rows: Sequence[Judgement],
    *,
    clock: Callable[[], str],
    tokens: Mapping[Place, str] | None = None,
) -> list[Judgement]:
    """Stamp decisions with the moment and keep them; return them as they are kept.

    `tokens` are what the person saw (`token_at`); raises Stale when somebody else has decided about one of
    these records since, and JudgementError for a row that is of the wrong form.
    """
    with database.writing() as connection:
        for place, token in (tokens or {}).items():
            about = rows_at(connection, place)
            if token_of(about) != token:
                raise Stale(about, rows)
        moments = _moments(clock(), stored.last_moment(connection))
        stamped = [checked(replace(row, at=moments(number))) for number, row in enumerate(rows)]
        return take(connection, stamped)


def take(connection: Connection, rows: Sequence[Judgement]) -> list[Judgement]:
    """Keep decisions that are stamped already, as from a colleague; return those that were not known.

    Corrects their documents and the events that they tell.
    """
    state = read_state(connection)
    fresh = stored.add_judgements(connection, rows)
    if not fresh:
        return []
    mark_judged(connection, fresh)
    if any(row.kind == ENTITY for row in fresh):
        _carry_entities(connection, [row for row in fresh if row.kind == ENTITY])
    documents = sorted({row.document for row in fresh if row.kind in LAYERS})
    changes = [change for document in documents if (change := correct_document(connection, document))]
    stories = [row for row in fresh if row.kind == STORY]
    if state.merged == state.revision:
        decisions = story_decisions(connection)
        show_tellings(connection, changes, decisions)
        update_summaries(connection, {}, {}, (), {key for change in changes for key in change.entities()})
        if stories:
            named = {document for row in stories for document in _named_documents(connection, row)}
            show_decisions(connection, named, decisions)
        mark_shown(connection)
    return fresh


def correct_document(
    connection: Connection, document: str, *, fresh: bool = False, aliases: Aliases | None = None
) -> Change | None:
    """Bring a document's layers in line with the decisions in force; None when there is no such document.

    `fresh` says that the layers were just made by the machine.
    """
    if not stored.has_document(connection, document):
        return None
    if fresh:
        stored.forget_machine(connection, document)
    rows = stored.judgements_about(connection, document)
    aliases = entity_aliases(connection) if aliases is None else aliases
    if fresh and not rows and not aliases.kept:
        return None
    before = load_analysis(connection, document, tokens=False)
    machine = stored.machine_analysis(connection, document, before)
    applied = apply(machine, rows, aliases)
    stored.write_corrected(connection, machine, applied.analysis, before)
    return Change(before, applied)


def entity_aliases(connection: Connection) -> Aliases:
    """Return which entities people made one."""
    return aliases_of(stored.judgements_of(connection, ENTITY))


def applied_to(connection: Connection, document: str) -> Applied:
    """Return a document with the decisions about it, judged record by judged record; raises NotFoundError."""
    machine = stored.machine_analysis(connection, document)
    return apply(machine, stored.judgements_about(connection, document), entity_aliases(connection))


def rows_at(connection: Connection, place: Place) -> tuple[Judgement, ...]:
    """Return the decisions in force about a record."""
    try:
        applied = applied_to(connection, place.document)
    except NotFoundError:
        return ()
    found = judged_at(applied, place)
    return found.rows if found else ()


def judged_at(applied: Applied, place: Place) -> Judged | None:
    """Return a judged record by its id before correction, None when nobody judged it."""
    for item in applied.judged:
        if item.kind == place.kind and item.id == place.record:
            return item
    return None


def token_at(connection: Connection, place: Place) -> str:
    """Return the token of what is decided about a record now."""
    return token_of(rows_at(connection, place))


def before_correction(applied: Applied, record: str) -> str:
    """Return the id that a record had before correction; its own when nobody changed it."""
    return next((old for old, new in applied.renamed().items() if new == record), record)


def story_decisions(connection: Connection) -> tuple[Decision, ...]:
    """Return what merging has to obey: the decisions in force on which tellings are one event."""
    return decisions_of(stored.judgements_of(connection, STORY), telling_finder(connection))[0]


def telling_finder(connection: Connection) -> Callable[[Judgement], str]:
    """Return a function from the place of a telling to its present id, "" when it is gone."""
    known: dict[str, Applied | None] = {}

    def find(place: Judgement) -> str:
        if place.document not in known:
            try:
                known[place.document] = applied_to(connection, place.document)
            except NotFoundError:
                known[place.document] = None
        applied = known[place.document]
        return telling_of(applied, place) if applied else ""

    return find


def catch_up(database: Database) -> None:
    """Carry merges of entities through the documents that were put off."""
    with database.reading() as connection:
        if not stored.has_pending(connection):
            return
    with database.writing() as connection:
        aliases = entity_aliases(connection)
        for document in stored.take_pending(connection):
            correct_document(connection, document, aliases=aliases)


def _carry_entities(connection: Connection, rows: Iterable[Judgement]) -> None:
    """Make merged entities one in reports and events; what is too much for now is put off."""
    entities = sorted({entity for row in rows for entity in _merged_ids(connection, row)})
    documents = stored.documents_using(connection, entities)
    aliases = entity_aliases(connection)
    changes = [
        change for document in documents[:MOST_AT_ONCE]
        if (change := correct_document(connection, document, aliases=aliases))
    ]  # fmt: skip
    stored.put_off(connection, documents[MOST_AT_ONCE:])
    show_tellings(connection, changes, story_decisions(connection))
    show_entities(connection, entities, aliases)


def _merged_ids(connection: Connection, row: Judgement) -> list[str]:
    """Return the entities that a merge, or the undo of one, is about."""
    source: Judgement | None = row
    while source is not None and source.verdict == "undone":
        source = stored.judgement(connection, source.record)
    if source is None:
        return []
    try:
        kept, others = merge_of(source)
    except JudgementError:
        return []
    return [kept.id, *(other.id for other in others)]


def _named_documents(connection: Connection, row: Judgement) -> set[str]:
    """Return the documents whose tellings a decision on events, or the undo of one, names."""
    source: Judgement | None = row
    while source is not None and source.verdict == "undone":
        source = stored.judgement(connection, source.record)
    named = documents_in(source) if source else set()
    return {document for document in named if stored.has_document(connection, document)}


def _moments(now: str, last: str) -> Callable[[int], str]:
    """Return the moment of each row of one act: a microsecond apart, and later than all acts before.

    Two acts are a millisecond or more apart, also when the clock stands still or goes back, so that the
    rows of one act can be told from those of the next (`act_of`).
    """
    start = datetime.fromisoformat(now)
    if last:
        with suppress(ValueError, TypeError, OverflowError):  # a strange moment cannot be later than now
            start = max(start, datetime.fromisoformat(last) + BETWEEN_ACTS)
    return lambda number: (start + number * WITHIN_ACT).isoformat(timespec="microseconds")


def act_of(rows: Sequence[Judgement]) -> list[Judgement]:
    """Return those rows that were decided in one act with the last one; the rows are in order of deciding."""
    chain: list[Judgement] = []
    for row in reversed(rows):
        if chain and (row.by != chain[-1].by or not _follows(row.at, chain[-1].at)):
            break
        chain.append(row)
    return chain[::-1]


def _follows(first: str, second: str) -> bool:
    try:
        return datetime.fromisoformat(second) - datetime.fromisoformat(first) == WITHIN_ACT
    except (ValueError, TypeError):
        return False
