"""From a chronicle file to files of another format: what exporters are given, and the writing of their folder."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from kroniek.errors import ExportError
from kroniek.ingest import merge_chronicle
from kroniek.knowledge import load_knowledge
from kroniek.model import Analysis, Claim, Commitment, Entity, Gap, Process, Relation, Status
from kroniek.publish.folder import Made, fill_folder
from kroniek.publish.source import Facts, Filed, Lack, Part, Quotes, Settings, Stated, Told
from kroniek.publish.timeline import Report
from kroniek.registry import EXPORTERS, load_plugin
from kroniek.store import contents, load, queries
from kroniek.store.additions import read_additions
from kroniek.store.database import Database, open_database
from kroniek.store.queries import Filter
from kroniek.store.state import read_pack_use, read_state

Record = TypeVar("Record")
REPORTS_KEPT = 512  # reports kept at hand; the longest is some megabytes
ALL = Filter()


def export(
    chronicle: str | PathLike[str],
    to: str | PathLike[str],
    *,
    format: str = "csv",
    quotes: str = "full",
    statuses: Collection[str] = ("happened", "ongoing"),
    force: bool = False,
) -> Made:
    """Write a chronicle file into a folder, as `kroniek export` does; return what was written.

    `quotes` is full, short or none, `statuses` those of the events in formats that cannot say that one
    did not happen. Raises ValueError for an unknown word, KroniekError when it cannot be done.
    """
    settings = Settings(Quotes(quotes), frozenset(Status(name) for name in statuses))
    with open_database(Path(chronicle)) as database:
        return export_file(database, Path(to), format=format, settings=settings, force=force)


def export_file(
    database: Database, target: Path, *, format: str, settings: Settings, force: bool = False
) -> Made:
    """Write a chronicle into a new folder, whole or not at all; return what was written.

    `format` is a plug-in of `kroniek.exporters`. `force` replaces an export that is there. Raises
    NotFoundError for an unknown format, ExportError when the folder cannot be written or the chronicle
    changed meanwhile.
    """
    exporter = load_plugin(EXPORTERS, format)
    merge_chronicle(database)
    source = FileSource(database)
    before = source.facts

    def write(folder: Path) -> Any:
        written = exporter.export(source, folder, settings)
        if FileSource(database).facts != before:
            raise ExportError(
                f"{database.path}: reports came in while it was exported; give the command again"
            )
        return written

    return fill_folder(target, write, format=format, facts=before, settings=settings, force=force)


class FileSource:
    """The records of a chronicle file, as exporters ask for them (`kroniek.publish.source.Source`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reports: OrderedDict[str, Report] = OrderedDict()

    @cached_property
    def facts(self) -> Facts:
        """Return where the records come from."""
        with self._database.reading() as connection:
            entered, reports = contents.last_entered(connection)
            packs = tuple(
                {"program": use.program, "language": use.language, "pack": use.pack, "parser": use.parser,
                 "documents": use.documents}
                for use in read_pack_use(connection)
            )  # fmt: skip
            return Facts(
                self._database.path.stem, read_state(connection).revision, entered, reports, packs,
                contents.last_knowledge(connection),
            )  # fmt: skip

    def told(self) -> Iterator[Told]:
        """Yield the events by day, with their tellings."""
        found = self._stream(contents.load_told)
        return (Told(event, mentions) for event, mentions in found if event.tellings)

    def stated(self) -> Iterator[Stated]:
        """Yield the statements by day of the report."""
        found = self._stream(lambda connection: queries.find_statements(connection, ALL))
        return (Stated(item.id, item.document, item.attribution) for item in found)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims."""
        return self._stream(lambda connection: contents.load_kind(connection, "claims"))

    def processes(self) -> Iterator[Process]:
        """Yield negotiations and agreements."""
        return self._stream(lambda connection: contents.load_kind(connection, "processes"))

    def commitments(self) -> Iterator[Commitment]:
        """Yield promises, offers and deadlines."""
        return self._stream(lambda connection: contents.load_kind(connection, "commitments"))

    def relations(self) -> Iterator[Relation]:
        """Yield dyads by month."""
        return self._stream(lambda connection: contents.load_kind(connection, "relations"))

    def parts(self) -> Iterator[Part]:
        """Yield the entities, those in most reports first."""
        with self._database.reading() as connection:
            found = contents.find_appearances(connection)
        known = (
            (entity, seen)
            for key, seen in found.items()
            if seen.first and (entity := self.entity(key))  # not the mere home state of somebody
        )
        order = sorted(known, key=lambda pair: (-pair[1].reports, -pair[1].events, pair[0].name, pair[0].id))
        for entity, seen in order:
            yield Part(
                entity, seen.reports, seen.events, seen.statements, tuple(sorted(seen.names)), seen.first,
                "mention" if seen.mentioned else "record",
            )  # fmt: skip

    def filed(self) -> Iterator[Filed]:
        """Yield the reports by day of publication."""
        with self._database.reading() as connection:
            families = {
                document: family.id
                for family in contents.load_kind(connection, "families")
                for document in family.documents
                if len(family.documents) > 1
            }
        for item in self._stream(contents.load_stored_reports):
            report = Report(item.document, item.published, item.title)
            yield Filed(
                report, item.header, families.get(item.document.id, ""), item.entered, item.tellings,
                item.statements, item.gaps,
            )  # fmt: skip

    def lacks(self) -> Iterator[Lack]:
        """Yield rejected inputs, then the gaps of documents."""
        for item in self._stream(load.load_rejections):
            yield Lack("", item.path, item.record, Gap("read", item.reason))
        for found in self._stream(queries.find_gaps):
            yield Lack(found.document, found.path, "", found.gap)

    def analyses(self) -> Iterator[Analysis]:
        """Yield the analyses with their words and trees."""
        return self._stream(lambda connection: load.load_analyses(connection, tokens=True))

    def report(self, document: str) -> Report:
        """Return a document with its publication time; those asked for last are kept at hand."""
        if document in self._reports:
            self._reports.move_to_end(document)
            return self._reports[document]
        with self._database.reading() as connection:
            found = Report(*load.load_report(connection, document))
        if len(self._reports) >= REPORTS_KEPT:
            self._reports.popitem(last=False)
        self._reports[document] = found
        return found

    def entity(self, key: str) -> Entity | None:
        """Return an entity of the reports or of the knowledge base; None for words that are no id."""
        if key in self._entities:
            return self._entities[key]
        found = self._knowledge.entity(key)
        if found is None:
            return None
        return Entity(
            found.id, found.name, found.type, found.wikidata, found.country, found.sector, known=True
        )

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        with self._database.reading() as connection:
            return contents.load_entities(connection)

    @cached_property
    def _knowledge(self) -> Any:
        with self._database.reading() as connection:
            return load_knowledge().with_additions(read_additions(connection))

    def _stream(self, read: Callable[[Any], Iterator[Record]]) -> Iterator[Record]:
        with self._database.reading() as connection:
            yield from read(connection)
