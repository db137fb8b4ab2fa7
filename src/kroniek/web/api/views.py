"""Records of the file made into the shapes that programs get."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from kroniek import model
from kroniek.errors import NotFoundError
from kroniek.model import REACHED
from kroniek.store import listing
from kroniek.store.listing import DyadSum, ReportRow
from kroniek.store.load import load_event
from kroniek.store.queries import ActorSummary, DocumentGap
from kroniek.web.api import shapes
from kroniek.web.pages.search import Snippet
from kroniek.web.problems import Missing
from kroniek.web.views import EventView, Party, StatementView, Viewer

LISTED_TELLINGS = 20  # of an event in a list; its own address gives all
MOST_TELLINGS = 5_000


class Shaper:
    """Makes shapes, with one connection."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    @property
    def connection(self) -> Connection:
        """Return the connection to the file."""
        return self.viewer.connection

    def record(self, kind: str, identity: str) -> Any:
        """Return a merged record; raises Missing when there is none with that id."""
        found = listing.load_record(self.connection, kind, identity)
        if found is None:
            raise Missing("errors.no_record")
        return found

    @staticmethod
    def document(row: ReportRow) -> shapes.Document:
        """Return a report without its text."""
        return shapes.Document(
            id=row.id, title=row.title, outlet=row.outlet, name=row.name, path=row.path,
            published=row.published or None, published_how=row.how, characters=row.characters,
        )  # fmt: skip

    def full_document(self, identity: str) -> shapes.FullDocument:
        """Return a report with its text; raises NotFoundError when there is none with that id."""
        report = self.viewer.report(identity)
        document, origin = report.document, report.document.origin
        return shapes.FullDocument(
            id=identity, title=report.title, outlet=origin.outlet, name=document.name, path=origin.path,
            published=report.published.value, published_how=report.published.how.value,
            characters=len(document.text), language=document.language, url=origin.url, text=document.text,
        )  # fmt: skip

    def events(self, records: Sequence[model.Event], most: int = LISTED_TELLINGS) -> list[shapes.Event]:
        """Return events, each with its first tellings."""
        views = self.viewer.events(records, quotes=0)
        self.viewer.fetch(item.document for record in records for item in record.tellings[:most])
        return [self._event(record, view, most) for record, view in zip(records, views, strict=True)]

    def full_event(self, identity: str) -> shapes.Event:
        """Return an event with all its tellings; raises NotFoundError when there is none with that id."""
        return self.events([load_event(self.connection, identity)], MOST_TELLINGS)[0]

    def processes(self, records: Sequence[model.Process]) -> list[shapes.Process]:
        """Return processes with their phases."""
        self.viewer.fetch(phase.evidence.document for record in records for phase in record.phases)
        self.viewer.look_up(
            key for record in records for key in (*record.parties, *record.mediators, *record.venues)
        )
        return [self.process(record) for record in records]

    def claims(self, records: Sequence[model.Claim]) -> list[shapes.Claim]:
        """Return claims with their acts."""
        self.viewer.fetch(act.evidence.document for record in records for act in record.acts)
        return [self.claim(record) for record in records]

    def _event(self, record: model.Event, view: EventView, most: int) -> shapes.Event:
        interval = record.interval
        return shapes.Event(
            id=record.id, type=record.type, mode=record.mode or None, status=view.status, group=view.group,
            date=record.time or None, earliest=interval.earliest.isoformat() if interval else None,
            latest=interval.latest.isoformat() if interval else None, inferred=view.moment.inferred,
            actors=_names(view.actors), recipients=_names(view.recipients),
            place=_name(view.place) if view.place else None, according_to=_names(view.according_to),
            sources=record.sources,
            tellings=[
                shapes.Telling(
                    id=item.event_mention, status=item.status.value, reported=item.reported or None,
                    family=item.family or None, evidence=words,
                )
                for item in record.tellings[:most] if (words := self.words(item.evidence))
            ],
        )  # fmt: skip

    def words(self, evidence: model.Evidence) -> shapes.Words | None:
        """Return words in their sentence, None when their report was taken out of the file."""
        try:
            quote = self.viewer.quote(evidence)
        except NotFoundError:
            return None
        return shapes.Words(
            document=quote.document, report=quote.report, start=quote.span.start, end=quote.span.end,
            words=quote.words, sentence=quote.sentence,
        )  # fmt: skip

    def statement(self, view: StatementView) -> shapes.Statement:
        """Return a statement."""
        quote = view.quote
        return shapes.Statement(
            id=view.id, stance=view.stance, form=view.kind, date=view.moment.value or None,
            sources=_names(view.sources), source_words=view.source_words or None, cue=view.cue, content=view.content,
            evidence=shapes.Words(
                document=view.document, report=quote.report, start=quote.span.start, end=quote.span.end,
                words=quote.words, sentence=quote.sentence,
            ),
        )  # fmt: skip

    def claim(self, record: model.Claim) -> shapes.Claim:
        """Return a claim with its acts."""
        about_event = record.about.startswith("event-")
        return shapes.Claim(
            id=record.id, standing=record.status, about=None if about_event else record.about,
            event=record.about if about_event else None, affirmed_by=self.names(record.affirmed_by),
            denied_by=self.names(record.denied_by),
            acts=[
                shapes.Act(
                    statement=act.attribution, stance=act.stance, date=act.time or None,
                    sources=self.names(act.source), evidence=words,
                )
                for act in record.acts if (words := self.words(act.evidence))
            ],
        )  # fmt: skip

    def process(self, record: model.Process) -> shapes.Process:
        """Return a process with its phases."""
        reached = [phase for phase in record.phases if phase.status in REACHED]
        last = max(reached, key=lambda phase: phase.time, default=None)
        return shapes.Process(
            id=record.id, kind=record.kind, parties=self.names(record.parties),
            mediators=self.names(record.mediators), subject=record.subject, stands=last.name if last else None,
            rounds=record.rounds, venues=self.names(record.venues), events=list(record.events),
            phases=[
                shapes.Phase(
                    name=phase.name, date=phase.time or None, status=phase.status, reached=phase.status in REACHED,
                    event=phase.event or None, evidence=self.words(phase.evidence),
                )
                for phase in record.phases
            ],
        )  # fmt: skip

    @staticmethod
    def actor(item: ActorSummary) -> shapes.Actor:
        """Return an actor with its counts."""
        return shapes.Actor(
            id=item.id, name=item.name, type=item.type, wikidata=item.wikidata or None, country=item.country or None,
            documents=item.documents, events=item.events, statements=item.statements,
        )  # fmt: skip

    def relation(self, item: DyadSum) -> shapes.Relation:
        """Return what passed from one party to another."""
        source, target = self.viewer.party(item.source), self.viewer.party(item.target)
        return shapes.Relation(
            source=_name(source), target=_name(target), events=item.events, intensity=item.intensity
        )

    @staticmethod
    def gap(item: DocumentGap) -> shapes.Gap:
        """Return a gap."""
        span = item.gap.span
        return shapes.Gap(
            document=item.document, path=item.path, step=item.gap.step, reason=item.gap.reason,
            start=span.start if span else None, end=span.end if span else None,
        )  # fmt: skip

    def hit(self, row: ReportRow, places: Iterable[Snippet]) -> shapes.Hit:
        """Return a report with the places of the words found."""
        return shapes.Hit(
            document=self.document(row),
            places=[
                shapes.Words(
                    document=row.id, report=self.viewer.label(self.viewer.report(row.id)), start=place.start,
                    end=place.start + len(place.words), words=place.words,
                    sentence=f"{place.before}{place.words}{place.after}",
                )
                for place in places
            ],
        )  # fmt: skip

    def names(self, keys: Iterable[str]) -> list[shapes.Name]:
        """Return entity ids with their names."""
        return _names(self.viewer.parties(keys))


def _names(parties: Iterable[Party]) -> list[shapes.Name]:
    return [_name(party) for party in parties]


def _name(party: Party) -> shapes.Name:
    return shapes.Name(id=party.id, name=party.name)
