"""Gathers a dossier from a chronicle: which reports and records are about a subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from kroniek.chronicle import Chronicle
from kroniek.errors import NotFoundError
from kroniek.language import load_language
from kroniek.merge import find_relations, states_of
from kroniek.merge.chronicle import known_on as is_known
from kroniek.merge.salience import rank_dates
from kroniek.merge.sources import Sources, sources_of
from kroniek.model import (
    Analysis,
    Entity,
    Event,
    EventMention,
    Evidence,
    Merged,
    Process,
    Span,
    record_id,
)
from kroniek.ontology import load_ontology
from kroniek.publish.dossier import Dossier, EventRow, GapRow
from kroniek.publish.dossier_rows import (
    Desk,
    actor_rows,
    claim_rows,
    commitment_rows,
    course_rows,
    date_rows,
    outlet_of,
    place_rows,
    process_rows,
    relation_rows,
    source_rows,
    ties,
    vouched,
)
from kroniek.publish.labels import Labels, load_labels
from kroniek.publish.names import names_for_reading
from kroniek.publish.subject import Concept, Subject, concepts_of, countries_of
from kroniek.publish.timeline import Report, timeline_item

NEAR = 5  # names offered for a word that nothing in the chronicle answers to
ALIKE = 75  # of 100: how much a word must be like another to be offered
TELLING = 25  # code points: a shorter sentence is no more than a heading
LOOKED_THROUGH = 2000  # reports whose words are looked through for such names


def gather_dossier(
    chronicle: Chronicle, *, about: str = "", interface: str = "nl", known_on: date | None = None
) -> Dossier:
    """Return the dossier of a chronicle, of everything in it or of what is about a subject.

    `known_on` leaves out reports that had not certainly appeared by the end of that day. Raises
    NotFoundError, with names that come near, when no report speaks of the subject.
    """
    view = gather(chronicle, about=about, interface=interface, known_on=known_on)
    return view.dossier(about.strip() or chronicle.path.stem)


def gather(chronicle: Chronicle, *, about: str, interface: str, known_on: date | None = None) -> Gathered:
    """Return the records of a chronicle that are about a subject, with what is needed to show them."""
    labels = load_labels(interface)
    concepts = _concepts(chronicle, about)
    if about.strip() and not concepts:
        raise NotFoundError(f"no word of {about!r} says what it is about; give a name, a place or a subject")
    merged = chronicle.as_known_on(known_on) if known_on else chronicle.merged
    documents = _documents(chronicle, concepts)
    order = {document: number for number, document in enumerate(documents)}
    analyses = [
        analysis for analysis in chronicle.analyses(documents)
        if known_on is None or is_known(analysis.published, known_on)
    ]  # fmt: skip
    analyses.sort(key=lambda analysis: order[analysis.document.id])
    return Gathered(chronicle, labels, about.strip(), concepts, merged, tuple(analyses), known_on)


def _concepts(chronicle: Chronicle, about: str) -> tuple[Concept, ...]:
    def called(name: str) -> Sequence[str]:
        try:
            return [summary.id for summary in chronicle.actors(actor=name)]
        except NotFoundError:
            return []

    return concepts_of(about, load_language("nl"), chronicle.knowledge, called)


def _documents(chronicle: Chronicle, concepts: Sequence[Concept]) -> list[str]:
    """Return the ids of the reports in which each concept stands, by day of publication."""
    every = [document.id for document in chronicle.documents()]
    found = [
        {hit.document for form in concept.forms for hit in chronicle.search(form)} for concept in concepts
    ]
    for concept, documents in zip(concepts, found, strict=True):
        if not documents:
            raise NotFoundError(_nothing_on(chronicle, concept))
    chosen = set(every).intersection(*found) if found else set(every)
    if not chosen:
        counts = ", ".join(
            f"{concept.words!r} in {len(documents)}"
            for concept, documents in zip(concepts, found, strict=True)
        )
        raise NotFoundError(f"no report speaks of all of it together; reports with {counts}: ask for less")
    return [document for document in every if document in chosen]


def _nothing_on(chronicle: Chronicle, concept: Concept) -> str:
    """Return the message for a word that no report holds, with names and words that come near."""
    from rapidfuzz import fuzz, process

    words = {
        word.strip(".,:;!?()'\"“”‘’")
        for document in islice(chronicle.documents(), LOOKED_THROUGH)
        for word in document.text.split()
    }
    names = {summary.name for summary in chronicle.actors()}
    offered = sorted(word for word in words | names if len(word) > 3)
    near = process.extract(concept.words, offered, scorer=fuzz.ratio, limit=NEAR, score_cutoff=ALIKE,
                           processor=str.casefold)  # fmt: skip
    hint = f"; near: {', '.join(name for name, _, _ in near)}" if near else ""
    return f"no report speaks of {concept.words!r}{hint}; kroniek actors and kroniek processes list what there is"


@dataclass(frozen=True)
class Gathered:
    """The records of a chronicle that are about a subject; what they need to be shown is made once."""

    chronicle: Chronicle
    labels: Labels
    about: str
    concepts: tuple[Concept, ...]
    merged: Merged
    analyses: tuple[Analysis, ...]
    known_on: date | None

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Return the entities of the chosen reports by id."""
        return {entity.id: entity for analysis in self.analyses for entity in analysis.entities}

    @cached_property
    def subject(self) -> Subject:
        """Return the subject with the reports that speak of it."""
        documents = frozenset(analysis.document.id for analysis in self.analyses)
        countries = countries_of(self.entities.values())
        return Subject(
            self.about, self.concepts, documents, countries,
            lambda evidence: evidence.sentence.joined(evidence.span).of(self.report(evidence.document).document.text),
        )  # fmt: skip

    def report(self, document: str) -> Report:
        """Return a report by its document's id."""
        return self.chronicle.report(document)

    def label_of(self, report: Report) -> str:
        """Return what to call a report under a quote: outlet and day, in words."""
        when = self.labels.day(report.published.value) if report.published.value else ""
        return ", ".join(part for part in (outlet_of(report), when) if part)

    @cached_property
    def processes(self) -> tuple[Process, ...]:
        """Return the processes of the subject."""
        return self.subject.processes(self.merged.processes)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return the events of the subject, without those told as mere background."""
        return self.subject.events(self.merged.events, self.processes)

    @cached_property
    def sources(self) -> Sources:
        """Return where the chosen reports have their words from."""
        return sources_of(self.analyses, self.merged.families)

    @cached_property
    def desk(self) -> Desk:
        """Return what rows are made with; names are looked up for the entities of the chosen reports only."""
        wanted = [entity for analysis in self.analyses for entity in (item.id for item in analysis.entities)]
        wanted += [key for event in self.events for key in (*event.actors, *event.recipients, event.place)]
        names = names_for_reading(
            wanted, self.analyses, names=self.chronicle.names, knowledge=self.chronicle.knowledge,
            labels=self.labels,
        )  # fmt: skip
        numbers = {analysis.document.id: number for number, analysis in enumerate(self.analyses, 1)}
        return Desk(names, numbers, self.report, self.label_of, load_ontology())

    @cached_property
    def rows(self) -> tuple[EventRow, ...]:
        """Return the events as they are shown, by day."""
        mentions = {
            record_id(analysis.document.id, item.id): item
            for analysis in self.analyses for item in analysis.events
        }  # fmt: skip
        return tuple(self._row(event, mentions) for event in self.events)

    def _row(self, event: Event, mentions: Mapping[str, EventMention]) -> EventRow:
        item = timeline_item(event, names=self.desk.names, mentions=mentions, report_of=self.report)
        item = vouched(item, event, self.desk)
        # First what tells the event as it now stands; a bare heading says little.
        told = sorted(
            event.tellings,
            key=lambda one: (one.status is not event.status, len(one.evidence.sentence) < TELLING),
        )
        passages = tuple(self.desk.cite(one.evidence, one.status.value) for one in told)
        return EventRow(item, tuple(dict.fromkeys(passages)), tuple(
            (found.what, tuple((figure, self.desk.named(who)) for figure, who in found.values))
            for found in event.disagreements
        ), course_rows(event, self.desk))  # fmt: skip

    def dossier(self, title: str) -> Dossier:
        """Return the dossier of what was gathered."""
        by_id = {row.item.id: row for row in self.rows}
        process_list = process_rows(self.processes, self.desk)
        ranked = rank_dates(
            self.analyses, self.events, self.processes, sources=self.sources, ontology=self.desk.ontology,
            counts=lambda evidence: self.subject.is_near(self.desk.cite(evidence).paragraph),
        )  # fmt: skip
        relations = find_relations(self.events, self.desk.ontology, states_of(self.analyses))
        whole = [Evidence(item.document.id, Span(0, 0), Span(0, 0)) for item in self.analyses]
        return Dossier(
            title=title[:1].upper() + title[1:], subject=self.about,
            forms=tuple((concept.words, self._met(concept)) for concept in self.concepts),
            known_on=self.known_on.isoformat() if self.known_on else "",
            documents=sum(1 for _ in self.chronicle.documents()), independent=self.sources.count(whole),
            sources=source_rows([item.document.id for item in self.analyses], self.merged.families, self.sources.agencies, self.desk),
            dates=date_rows(ranked, by_id, process_list, self.desk), events=self.rows, processes=process_list,
            claims=claim_rows(self.subject.claims(self.merged.claims, self.events), by_id, self.desk),
            commitments=commitment_rows(self.subject.commitments(self.merged.commitments), self.desk, self.known_on),
            actors=actor_rows(self.events, self.entities, self._spoken(), self.desk),
            ties=ties(self.events, self.desk), places=place_rows(self.events, self.chronicle.knowledge, self.desk),
            relations=relation_rows(relations, {event.id: event for event in self.events}, self.desk),
            gaps=tuple(self._gaps()),
        )  # fmt: skip

    def _met(self, concept: Concept) -> tuple[str, ...]:
        """Return the forms of a concept that stand in the chosen reports."""
        texts = [analysis.text.casefold() for analysis in self.analyses]
        return tuple(form for form in concept.forms if any(form in text for text in texts))

    def _spoken(self) -> Counter[str]:
        """Return how often each entity is the source of a statement in the chosen reports."""
        return Counter(
            source for analysis in self.analyses for item in analysis.attributions for source in item.sources
        )

    def _gaps(self) -> Iterator[GapRow]:
        for analysis in self.analyses:
            for gap in analysis.gaps:
                yield GapRow(self.label_of(self.report(analysis.document.id)), gap.step, gap.reason)
        for rejection in self.chronicle.rejections():
            yield GapRow(f"{rejection.path} {rejection.record}".strip(), "read", rejection.reason)
