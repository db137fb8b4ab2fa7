"""From inputs into a chronicle file: skip what is known, analyse the rest, store it, merge at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from sqlalchemy import select

from kroniek import __version__, pipeline
from kroniek.analyse.step import Resources, Step
from kroniek.judging import catch_up, correct_document, story_decisions
from kroniek.model import Document, Rejection
from kroniek.read import checked
from kroniek.redate import redate
from kroniek.review.kinds import ENTITY
from kroniek.review.queue import build_queue
from kroniek.store import schema
from kroniek.store.database import Database
from kroniek.store.judgements import judgements_of
from kroniek.store.load import load_analyses, load_merged
from kroniek.store.merging import merge_whole, update_merged, write_whole
from kroniek.store.queue import queue_revision, write_queue
from kroniek.store.state import read_state
from kroniek.store.undated import to_date_again
from kroniek.store.write import (
    Counts,
    Versions,
    add_analysis,
    add_rejection,
    begin_run,
    finish_run,
)

LISTED_AT_ONCE = 1000  # documents up to which the list of what is worth a look follows every update

Clock = Callable[[], str]  # gives the moment as ISO 8601
Progress = Callable[[Counts], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: its counts, and every input that was not read."""

    counts: Counts = field(default_factory=Counts)
    rejections: tuple[Rejection, ...] = ()


def ingest(
    database: Database,
    inputs: Iterable[Document | Rejection],
    resources: Resources,
    *,
    clock: Clock,
    parser: str = "",
    again: bool = False,
    steps: Sequence[Step] = pipeline.STEPS,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Read inputs into the file and merge; each document is one transaction.

    A run that is cut off leaves every document that it finished; the same call goes on behind them.
    With `again` known documents are analysed anew and replace what is stored.
    """
    pack = resources.language
    versions = Versions(__version__, pack.code, pack.version, parser, resources.knowledge.version)
    with database.writing() as connection:
        run = begin_run(connection, versions, clock())
    reading = _Reading(database, resources, run, clock, again, steps)
    outcome = Outcome()
    source = iter(inputs)
    while group := list(islice(source, pipeline.BATCH)):
        outcome = reading.take(group, outcome)
        progress(outcome.counts)
    reading.redate()
    merge_chronicle(database)
    with database.writing() as connection:
        finish_run(connection, run, outcome.counts, clock())
    return outcome


def merge_chronicle(database: Database) -> bool:
    """Bring the merged layer up to date; return False when it already was.

    Judgements show in their events at once (`kroniek.judging`); claims, processes and relations follow here.
    """
    catch_up(database)
    with database.reading() as connection:
        state = read_state(connection)
        if state.settled == state.revision == state.merged and queue_revision(connection) >= 0:
            return False
    if not _update(database):
        _merge_anew(database)
    return True


def _update(database: Database) -> bool:
    """Merge what has changed; return False when everything is to be merged anew."""
    with database.writing() as connection:
        if not update_merged(connection, story_decisions(connection)):
            return False
        few = connection.exec_driver_sql("SELECT COUNT(*) FROM document").scalar_one() <= LISTED_AT_ONCE
        never = queue_revision(connection) < 0
    if few or never:
        renew_queue(database)
    return True


def _merge_anew(database: Database) -> None:
    with database.reading() as connection:
        whole = merge_whole(connection, story_decisions(connection))
    with database.writing() as connection:
        write_whole(connection, whole)
    renew_queue(database)


def renew_queue(database: Database) -> bool:
    """List anew what is worth a person's look, when the merged layer has changed; return whether it had."""
    with database.reading() as connection:
        state = read_state(connection)
        if queue_revision(connection) == state.settled:
            return False
        decisions, judged = story_decisions(connection), judgements_of(connection, ENTITY)
        merged = load_merged(connection)
        rows = list(build_queue(list(load_analyses(connection)), merged, decisions, judged))
    with database.writing() as connection:
        write_queue(connection, rows, state.settled)
    return True


@dataclass(slots=True)
class _Reading:
    """One run: what it works with, and the documents that it has met."""

    database: Database
    resources: Resources
    run: int
    clock: Clock
    again: bool
    steps: Sequence[Step]
    seen: set[str] = field(default_factory=set)

    def take(self, group: Iterable[Document | Rejection], so_far: Outcome) -> Outcome:
        """Store a batch of inputs and return the outcome with them counted."""
        items = list(checked(group))
        documents = [item for item in items if isinstance(item, Document)]
        rejected = tuple(item for item in items if isinstance(item, Rejection))
        stored = self._stored(documents)
        fresh = [item for item in self._first_met(documents) if self.again or item.id not in stored]
        added = self._store(fresh)
        renewed = sum(document.id in stored for document in fresh)
        self._reject(rejected)
        counts = so_far.counts
        counts = replace(
            counts, added=counts.added + added - renewed, renewed=counts.renewed + renewed,
            known=counts.known + len(documents) - added, rejected=counts.rejected + len(rejected),
        )  # fmt: skip
        return Outcome(counts, (*so_far.rejections, *rejected))

    def _first_met(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            if document.id not in self.seen:
                self.seen.add(document.id)
                yield document

    def _stored(self, documents: Iterable[Document]) -> set[str]:
        table = schema.DocumentRow
        query = select(table.id).where(table.id.in_([document.id for document in documents]))
        with self.database.reading() as connection:
            return set(connection.scalars(query))

    def _store(self, documents: list[Document]) -> int:
        added = 0
        for analysis in pipeline.analyse(documents, self.resources, self.steps):
            with self.database.writing() as connection:
                added += add_analysis(connection, analysis, run=self.run, now=self.clock(), renew=self.again)
                correct_document(connection, analysis.document.id, fresh=True)
        return added

    def redate(self) -> None:
        """Date the reports that state no day, now that all reports are in; nothing to do when none came in."""
        with self.database.reading() as connection:
            state = read_state(connection)
            if state.merged == state.revision:
                return
            analyses = list(load_analyses(connection, to_date_again(connection)))
        for analysis in redate(analyses, self.resources, self.steps):
            with self.database.writing() as connection:
                add_analysis(connection, analysis, run=self.run, now=self.clock(), renew=True)
                correct_document(connection, analysis.document.id, fresh=True)

    def _reject(self, rejections: Iterable[Rejection]) -> None:
        if entries := list(rejections):
            with self.database.writing() as connection:
                for rejection in entries:
                    add_rejection(connection, rejection, run=self.run)
