"""The Python interface: a chronicle file that can be filled and asked.

>>> from kroniek import Chronicle
>>> with Chronicle.open("syria.kroniek") as chronicle:          # doctest: +SKIP
...     for event in chronicle.events(actor="Sergey Lavrov", since="2016-09-01"):
...         print(event.time, event.type, chronicle.named(event.actors))
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from kroniek.answer import Answer
from kroniek.ingest import Outcome, Progress, ingest, merge_chronicle
from kroniek.judging import story_decisions, take
from kroniek.knowledge import Knowledge, load_knowledge
from kroniek.merge import known_on, merge
from kroniek.model import (
    Analysis,
    Attribution,
    Claim,
    Document,
    Event,
    Evidence,
    Family,
    Judgement,
    Merged,
    Rejection,
    Span,
)
from kroniek.pipeline import STEPS, load_resources
from kroniek.publish.notebook import FIRST, chronicle_html
from kroniek.publish.timeline import Quote, Report, TimelineItem, item_json, quote, timeline_item
from kroniek.read import ReadOptions, read_inputs
from kroniek.store import load, queries
from kroniek.store.additions import read_additions
from kroniek.store.database import Database, open_database
from kroniek.store.names import known_name
from kroniek.store.queries import ActorSummary, DocumentGap, Filter, Hit, Statement
from kroniek.store.select import fits
from kroniek.store.state import FileState, PackUse, read_pack_use, read_state

if TYPE_CHECKING:
    from kroniek.analyse.step import Resources, Step

log = logging.getLogger(__name__)

Record = TypeVar("Record")
REPORTS_KEPT = 512  # reports kept at hand while asking; the longest is some megabytes


def utc_now() -> str:
    """Return the moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Chronicle:
    """A chronicle file. Records come back as the frozen records of `kroniek.model`."""

    def __init__(self, database: Database, *, settle: bool = False) -> None:
        """Take an open file. `settle`: merge the whole anew before answering when people judged since."""
        self._database = database
        self._settle = settle

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False) -> Chronicle:
        """Open a chronicle file, bringing an older one up to date.

        `create` makes a file that is not there. Raises StoreError when it is missing, is no
        chronicle, or was made by a newer kroniek.
        """
        return cls(open_database(Path(path), create=create), settle=True)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Chronicle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Return the file's path."""
        return self._database.path

    # --- filling -------------------------------------------------------------------------------

    def read(
        self,
        paths: Sequence[str],
        *,
        language: str = "nl",
        parser: str = "",
        again: bool = False,
        options: ReadOptions | None = None,
    ) -> Outcome:
        """Read files, folders and globs into the chronicle, as `kroniek read` does.

        Returns the counts and, for every input that was not read, the reason.
        """
        options = options or ReadOptions(language=language)
        resources = load_resources(language, parser=parser, today=date.today())
        return self.add(read_inputs(paths, options), resources, parser=parser, again=again)

    def _with_own_knowledge(self, resources: Resources) -> Resources:
        """Return the resources with the file's own additions to the knowledge base laid over them."""
        with self._database.reading() as connection:
            additions = read_additions(connection)
        return replace(resources, knowledge=resources.knowledge.with_additions(additions))

    def add(
        self,
        inputs: Iterable[Document | Rejection],
        resources: Resources,
        *,
        parser: str = "",
        again: bool = False,
        steps: Sequence[Step] = STEPS,
        clock: Callable[[], str] = utc_now,
        progress: Progress = lambda _: None,
    ) -> Outcome:
        """Analyse documents and store them; those that are there already are left alone.

        `resources` come from `kroniek.pipeline.load_resources`. `again` analyses known documents
        anew. `steps` are the flow of `kroniek.pipeline` or one of your own. `progress` is told the counts after each batch. Returns the counts and the rejections.
        """
        self._forget()
        resources = self._with_own_knowledge(resources)
        return ingest(
            self._database, inputs, resources, clock=clock, parser=parser, again=again, steps=steps,
            progress=progress,
        )  # fmt: skip

    def judge(self, judgement: Judgement) -> None:
        """Add a person's decision; earlier ones stay. What it is about shows it at once."""
        with self._database.writing() as connection:
            take(connection, [judgement])
        self._forget()

    def refresh(self) -> bool:
        """Merge anew when documents came in since the last merge; return whether that was needed."""
        changed = merge_chronicle(self._database)
        if changed:
            self._forget()
        return changed

    # --- asking --------------------------------------------------------------------------------

    @property
    def state(self) -> FileState:
        """Return how often the file changed, up to where it is merged, whether a run was cut off."""
        with self._database.reading() as connection:
            return read_state(connection)

    def packs(self) -> list[PackUse]:
        """Return which versions analysed how many documents."""
        with self._database.reading() as connection:
            return read_pack_use(connection)

    def documents(self) -> Answer[Document]:
        """Return all documents by day of publication."""
        return Answer(self._stream(load.load_documents), self.document_row)

    def analyses(self, documents: Sequence[str] | None = None, *, tokens: bool = False) -> Iterator[Analysis]:
        """Yield the analyses of documents, else of all; without `tokens` words and trees are left out."""
        return self._stream(lambda connection: load.load_analyses(connection, documents, tokens=tokens))

    def analysis(self, document: str) -> Analysis:
        """Return one document's analysis; raises NotFoundError for an unknown id."""
        with self._database.reading() as connection:
            return load.load_analysis(connection, document)

    def events(self, **wanted: Any) -> Answer[Event]:
        """Return merged events by day. Keywords are the fields of `Filter`: since, until, actor, ..."""
        return Answer(self._events(Filter(**wanted)), lambda event: item_json(self.item(event)))

    def timeline(self, **wanted: Any) -> Answer[TimelineItem]:
        """Return the same events with names, dates and quotes ready to be shown."""
        return Answer(map(self.item, self._events(Filter(**wanted))), item_json)

    def statements(self, **wanted: Any) -> Answer[Statement]:
        """Return statements by day of the report. Keywords are the fields of `Filter`."""
        return Answer(self._statements(Filter(**wanted)), self.statement_row)

    def actors(self, **wanted: Any) -> Answer[ActorSummary]:
        """Return entities with their counts, those in most reports first."""
        self._merged()
        query = Filter(**wanted)
        found = self._stream(lambda connection: queries.find_actors(connection, query))
        return Answer(islice(found, query.limit or None), _slots)

    def gaps(self) -> Answer[DocumentGap]:
        """Return what could not be analysed, by document."""
        return Answer(self._stream(queries.find_gaps), queries.gap_row)

    def rejections(self) -> Answer[Rejection]:
        """Return the inputs that could not be read."""
        return Answer(self._stream(load.load_rejections), _slots)

    def judgements(self) -> Iterator[Judgement]:
        """Yield people's decisions, oldest first."""
        return self._stream(load.load_judgements)

    def families(self) -> tuple[Family, ...]:
        """Return the groups of reports that print the same copy."""
        return self.merged.families

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims with their acts."""
        return self.merged.claims

    @property
    def merged(self) -> Merged:
        """Return the whole merged layer."""
        self._merged()
        with self._database.reading() as connection:
            return load.load_merged(connection)

    def as_known_on(self, day: date) -> Merged:
        """Return what the reports say together that had certainly appeared by the end of that day."""
        return self.merged_from(lambda analysis: known_on(analysis.published, day))

    def merged_from(self, wanted: Callable[[Analysis], bool]) -> Merged:
        """Return what some of the reports say together, people's decisions obeyed."""
        with self._database.reading() as connection:
            decisions = story_decisions(connection)
        return merge([analysis for analysis in self.analyses() if wanted(analysis)], decisions=decisions)

    @property
    def entered(self) -> dict[str, str]:
        """Return the moment (ISO 8601, UTC) at which each report came into the file."""
        with self._database.reading() as connection:
            return dict(queries.find_entered(connection))

    def search(self, words: str, limit: int = 0) -> Iterator[Hit]:
        """Yield the reports that hold all the words, also inside longer words."""
        return self._stream(lambda connection: queries.search(connection, words, limit))

    def find(self, prefix: str) -> tuple[str, str]:
        """Return (kind, id) of the one record whose id begins with `prefix`; raises NotFoundError."""
        with self._database.reading() as connection:
            return queries.find_record(connection, prefix)

    def document_of(self, kind: str, record: str) -> str:
        """Return the id of the document that a record of that kind lies in."""
        with self._database.reading() as connection:
            return queries.document_of(connection, kind, record)

    def event(self, identity: str) -> Event:
        """Return the merged event with that id; raises NotFoundError when there is none."""
        self._merged()
        with self._database.reading() as connection:
            return load.load_event(connection, identity)

    def named(self, entities: Iterable[str]) -> tuple[str, ...]:
        """Return the canonical names of entity ids; words that are no id stay as they are."""
        return tuple(self.names.get(key) or known_name(key) for key in entities)

    @property
    def knowledge(self) -> Knowledge:
        """Return the knowledge base with the file's own additions laid over it."""
        with self._database.reading() as connection:
            return load_knowledge().with_additions(read_additions(connection))

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the canonical name of every entity id in the file."""
        with self._database.reading() as connection:
            return dict(queries.find_names(connection))

    def report(self, document: str) -> Report:
        """Return a document with its publication time; the reports asked for are kept at hand."""
        if document not in self._reports:
            while len(self._reports) >= REPORTS_KEPT:
                del self._reports[next(iter(self._reports))]
            with self._database.reading() as connection:
                self._reports[document] = Report(*load.load_report(connection, document))
        return self._reports[document]

    def quote(self, evidence: Evidence) -> Quote:
        """Return the words of a piece of evidence in their sentence."""
        return quote(evidence, self.report(evidence.document))

    def item(self, event: Event) -> TimelineItem:
        """Return an event with names and quotes."""
        with self._database.reading() as connection:
            told = queries.find_mentions(connection, [item.event_mention for item in event.tellings])
        return timeline_item(event, names=self.names, mentions=told, report_of=self.report)

    def document_row(self, document: Document) -> dict[str, Any]:
        """Return a document without its text as plain values."""
        report = self.report(document.id)
        return {
            "id": document.id, "name": document.name, "title": report.title,
            "published": report.published.value, "published_how": report.published.how.value,
            "path": document.origin.path, "record": document.origin.record,
            "outlet": document.origin.outlet, "url": document.origin.url, "language": document.language,
            "characters": len(document.text),
        }  # fmt: skip

    def statement_row(self, statement: Statement) -> dict[str, Any]:
        """Return a statement as plain values with names and its words."""
        item, report = statement.attribution, self.report(statement.document)
        text = report.document.text
        return {
            "id": statement.id, "document": statement.document, "report": report.label,
            "path": report.document.origin.path, "published": report.published.value,
            "time": item.time or None, "source": item.source.of(text) if item.source else None,
            "actors": list(self.named(item.sources)), "cue": " ".join(span.of(text) for span in item.cue),
            "content": " ".join(span.of(text) for span in item.content), "kind": item.kind.value,
            "stance": item.stance.value, "start": item.cue[0].start, "end": item.cue[0].end,
        }  # fmt: skip

    # --- inside --------------------------------------------------------------------------------

    @cached_property
    def _reports(self) -> dict[str, Report]:
        return {}

    def _forget(self) -> None:
        for name in ("names", "_reports"):
            self.__dict__.pop(name, None)

    def _merged(self) -> None:
        """Make sure that the merged layer covers every document."""
        state = self.state
        if self._settle and state.merged == state.revision != state.settled:
            self.refresh()
        elif state.merged != state.revision:
            log.warning("%s: reports came in that were not merged yet; merging now", self.path)
            self.refresh()

    def _repr_html_(self) -> str:
        return chronicle_html(self.path.name, sum(1 for _ in self.documents()), self.timeline(limit=FIRST))

    def _stream(self, read: Callable[[Any], Iterable[Record]]) -> Iterator[Record]:
        with self._database.reading() as connection:
            yield from read(connection)

    def _events(self, wanted: Filter) -> Iterator[Event]:
        self._merged()
        if wanted.as_known_on:
            found: Iterator[Event] = self._known_events(wanted)
        else:
            found = self._stream(lambda connection: queries.find_events(connection, wanted))
        words = wanted.about.casefold().split()
        fitting = (event for event in found if self._speaks_of(event, words)) if words else found
        return islice(fitting, wanted.limit or None)

    def _known_events(self, wanted: Filter) -> Iterator[Event]:
        actors: list[str] = []
        if wanted.actor:
            with self._database.reading() as connection:
                actors = queries.find_entities(connection, wanted.actor)
        known = self.as_known_on(date.fromisoformat(wanted.as_known_on))
        return (event for event in known.events if fits(event, wanted, actors))

    def _speaks_of(self, event: Event, words: list[str]) -> bool:
        """Tell whether one telling's sentence, or the participants' names, hold all the words."""
        names = " ".join(self.named((*event.actors, *event.recipients, event.place)))
        return any(
            all(word in f"{self.quote(telling.evidence).sentence} {names}".casefold() for word in words)
            for telling in event.tellings
        )

    def _statements(self, wanted: Filter) -> Iterator[Statement]:
        found = self._stream(lambda connection: queries.find_statements(connection, wanted))
        words = wanted.about.casefold().split()
        fitting = (
            item for item in found
            if all(word in self._whole(item.document, item.attribution).casefold() for word in words)
        )  # fmt: skip
        return islice(fitting, wanted.limit or None)

    def _whole(self, document: str, item: Attribution) -> str:
        spans: list[Span] = [*item.cue, *item.content, *([item.source] if item.source else [])]
        text = self.report(document).document.text
        return " ".join(span.of(text) for span in spans)


def _slots(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


__all__ = ["Answer", "Chronicle", "Filter", "utc_now"]
