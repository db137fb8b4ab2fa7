"""RDF in Turtle: events in SEM, where they come from in PROV-O, their words as W3C Web Annotations.

Only events that happened are `sem:Event`; planned, alleged and denied ones are `kr:ReportedEvent`, so that a
query for events does not count them. Records are written one by one, each as a small graph.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from kroniek import __version__
from kroniek.knowledge import load_knowledge
from kroniek.knowledge.places import locate
from kroniek.model import Attribution, Evidence, Precision, precision_of, record_id
from kroniek.publish.citations import headline, shown_words
from kroniek.publish.extras import load_extra
from kroniek.publish.source import (
    Filed,
    Part,
    Quotes,
    Settings,
    Source,
    Stated,
    Told,
    Written,
    hash_of,
    quoted,
)
from kroniek.publish.tables.column import earliest, latest
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.meanings import ONTOLOGY

SUMMARY = "events, statements and evidence as RDF (SEM, PROV-O, Web Annotation) in Turtle"
BASE = "urn:kroniek:"
PREFIXES = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "kr": "urn:kroniek:vocabulary#",
}
AROUND = 32  # code points before and after the words in a TextQuoteSelector
TIMES = {Precision.DAY: "date", Precision.MONTH: "gYearMonth", Precision.YEAR: "gYear"}


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write reports, actors, events and statements, in this order."""
    writer = _Writer(load_extra("rdflib"), source, settings)
    counts = dict.fromkeys(("reports", "actors", "events", "statements"), 0)
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("reports", source.filed(), writer.report), ("actors", source.parts(), writer.actor),
        ("events", source.told(), writer.event), ("statements", source.stated(), writer.statement),
    )  # fmt: skip
    with folder.joinpath("chronicle.ttl").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
        file.write(writer.agent())
        for name, records, write in kinds:
            for record in records:
                file.write(write(record))
                counts[name] += 1
    return Written(counts)


class _Writer:
    """Turns one record after the other into Turtle, each by way of a small graph."""

    def __init__(self, rdflib: Any, source: Source, settings: Settings) -> None:
        self._rdf, self._source, self._settings = rdflib, source, settings
        self._names = {name: rdflib.Namespace(address) for name, address in PREFIXES.items()}
        self._a = rdflib.RDF.type

    def agent(self) -> str:
        """Return the program as the agent of all records."""
        graph, prov = self._graph(), self._names["prov"]
        graph.add((self._iri("program"), self._a, prov.SoftwareAgent))
        graph.add(
            (self._iri("program"), self._names["rdfs"].label, self._rdf.Literal(f"kroniek {__version__}"))
        )
        return self._turtle(graph)

    def report(self, filed: Filed) -> str:
        """Return a report as a PROV entity."""
        graph, document = self._graph(), filed.report.document
        node, terms = self._iri(document.id), self._names["dcterms"]
        graph.add((node, self._a, self._names["prov"].Entity))
        self._text(graph, node, terms.title, filed.report.title)
        self._text(graph, node, terms.publisher, document.origin.outlet)
        self._text(graph, node, terms.identifier, document.origin.url or document.origin.path)
        self._text(graph, node, terms.language, document.language)
        self._text(graph, node, self._names["kr"].textSha256, hash_of(document.text))
        self._time(graph, node, terms.issued, filed.report.published.value or "")
        return self._turtle(graph)

    def actor(self, part: Part) -> str:
        """Return an entity as a SEM actor."""
        graph, entity = self._graph(), part.entity
        node = self._entity(entity.id)
        graph.add((node, self._a, self._names["sem"].Actor))
        self._text(graph, node, self._names["rdfs"].label, entity.name)
        self._text(graph, node, self._names["kr"].entityType, entity.type.value)
        self._text(graph, node, self._names["kr"].sector, entity.sector)
        if entity.wikidata:
            same = self._rdf.URIRef(f"http://www.wikidata.org/entity/{quote(entity.wikidata, safe='')}")
            graph.add((node, self._names["owl"].sameAs, same))
        if part.first:
            self._evidence(graph, node, part.first, name=f"{entity.id}-first")
        return self._turtle(graph)

    def event(self, told: Told) -> str:
        """Return an event with its participants, time, place, tellings and their words."""
        graph, event = self._graph(), told.event
        node, sem, kr = self._iri(event.id), self._names["sem"], self._names["kr"]
        happened = event.status in ONTOLOGY.happened
        graph.add((node, self._a, sem.Event if happened else kr.ReportedEvent))
        self._text(graph, node, self._names["rdfs"].label, headline(self._source, told))
        graph.add((node, sem.eventType, kr[event.type]))
        self._text(graph, node, kr.mode, event.mode)
        self._text(graph, node, kr.status, event.status.value)
        graph.add((node, self._names["prov"].wasAttributedTo, self._iri("program")))
        for role, keys in (("actor", event.actors), ("recipient", event.recipients)):
            for key in dict.fromkeys(keys):
                part = self._iri(f"{event.id}-{role}-{key}")
                graph.add((node, sem.hasActor, part))
                graph.add((part, self._a, sem.Role))
                graph.add((part, self._rdf.RDF.value, self._entity(key)))
                graph.add((part, sem.roleType, kr[role]))
        if event.place:
            graph.add((node, sem.hasPlace, self._entity(event.place)))
            self._place(graph, event.place)
        self._sem_time(graph, node, event.time)
        for telling in event.tellings:
            graph.add((node, self._names["prov"].wasDerivedFrom, self._iri(telling.document)))
            self._evidence(
                graph, node, telling.evidence, name=telling.event_mention, status=telling.status.value
            )
        return self._turtle(graph)

    def _place(self, graph: Any, key: str) -> None:
        node, geo, literal = self._entity(key), self._names["geo"], self._rdf.Literal
        graph.add((node, self._a, self._names["sem"].Place))
        found = locate(key, load_knowledge())
        if found and found.lat is not None and found.lon is not None:
            graph.add((node, geo.lat, literal(str(found.lat), datatype=self._rdf.XSD.decimal)))
            graph.add((node, geo.long, literal(str(found.lon), datatype=self._rdf.XSD.decimal)))
            self._text(graph, node, self._names["kr"].wherePrecision, str(found.precision))

    def statement(self, stated: Stated) -> str:
        """Return a statement with its source, stance and words."""
        graph, item = self._graph(), stated.attribution
        node, kr = self._iri(stated.id), self._names["kr"]
        graph.add((node, self._a, kr.Statement))
        self._text(graph, node, kr.stance, item.stance.value)
        self._text(graph, node, kr.speech, item.kind.value)
        for name, keys in (("source", item.sources), ("addressee", item.addressees)):
            for key in keys:
                graph.add((node, kr[name], self._entity(key)))
        if item.parent:
            graph.add((node, kr.reportedBy, self._iri(record_id(stated.document, item.parent))))
        graph.add((node, self._names["prov"].wasDerivedFrom, self._iri(stated.document)))
        self._time(graph, node, self._names["prov"].generatedAtTime, item.time)
        span = _whole(item)
        self._evidence(graph, node, Evidence(stated.document, span, span), name=f"{stated.id}-words")
        return self._turtle(graph)

    def _evidence(self, graph: Any, body: Any, evidence: Evidence, *, name: str, status: str = "") -> None:
        """Add an annotation of the words, with a position selector and, unless words are left out, a quote selector."""
        oa, literal = self._names["oa"], self._rdf.Literal
        note, target, place = (self._iri(f"{name}{end}") for end in ("#annotation", "#target", "#position"))
        graph.add((note, self._a, oa.Annotation))
        graph.add((note, oa.hasBody, body))
        graph.add((note, oa.hasTarget, target))
        graph.add((target, self._a, oa.SpecificResource))
        graph.add((target, oa.hasSource, self._iri(evidence.document)))
        graph.add((target, oa.hasSelector, place))
        graph.add((place, self._a, oa.TextPositionSelector))
        graph.add((place, oa.start, literal(evidence.span.start, datatype=self._rdf.XSD.nonNegativeInteger)))
        graph.add((place, oa.end, literal(evidence.span.end, datatype=self._rdf.XSD.nonNegativeInteger)))
        words = quoted(self._source, evidence.document, evidence.span)
        self._text(graph, target, self._names["kr"].wordsSha256, words.sha256)
        self._text(graph, note, self._names["kr"].status, status)
        if self._settings.quotes is not Quotes.NONE:
            self._quote(graph, target, self._iri(f"{name}#quote"), evidence=evidence, words=words.words)

    def _quote(self, graph: Any, target: Any, node: Any, *, evidence: Evidence, words: str) -> None:
        """Add the words; cut ones (`--quotes short`) are no selector, since they would not be found."""
        oa, span = self._names["oa"], evidence.span
        shown = shown_words(words, self._settings)
        if shown != words:
            self._text(graph, target, self._names["kr"].wordsCut, shown)
            return
        graph.add((target, oa.hasSelector, node))
        graph.add((node, self._a, oa.TextQuoteSelector))
        graph.add((node, oa.exact, self._rdf.Literal(clean(words))))
        if self._settings.quotes is Quotes.FULL:
            text = self._source.report(evidence.document).document.text
            self._text(graph, node, oa.prefix, text[max(0, span.start - AROUND) : span.start])
            self._text(graph, node, oa.suffix, text[span.end : span.end + AROUND])

    def _sem_time(self, graph: Any, node: Any, value: str) -> None:
        sem, kr = self._names["sem"], self._names["kr"]
        if not value:
            return
        self._text(graph, node, kr.date, value)
        self._text(graph, node, kr.precision, precision_of(value).value)
        self._time(graph, node, sem.hasTimeStamp, value)
        date = self._rdf.XSD.date
        for name, day in (
            ("hasEarliestBeginTimeStamp", earliest(value)),
            ("hasLatestEndTimeStamp", latest(value)),
        ):
            if day:
                graph.add((node, sem[name], self._rdf.Literal(day, datatype=date)))

    def _time(self, graph: Any, node: Any, predicate: Any, value: str) -> None:
        """Add a time in the XSD type of its precision; one that has no such type is left to the days around it."""
        precision = precision_of(value) if value else None
        if precision in (Precision.TIME, Precision.DAYPART) and len(value) >= 10 and earliest(value):
            value, precision = earliest(value), Precision.DAY
        if precision in TIMES and earliest(value):
            kind = TIMES[precision]
            shown = earliest(value) if kind == "date" else value
            graph.add((node, predicate, self._rdf.Literal(shown, datatype=self._rdf.XSD[kind])))

    def _text(self, graph: Any, node: Any, predicate: Any, value: str) -> None:
        if value:
            graph.add((node, predicate, self._rdf.Literal(clean(value))))

    def _entity(self, key: str) -> Any:
        return self._iri(f"entity:{key}")

    def _iri(self, name: str) -> Any:
        """Return a name of ours as an address; signs that an address may not hold are encoded."""
        return self._rdf.URIRef(BASE + quote(name, safe=":/#-._~"))

    def _graph(self) -> Any:
        graph = self._rdf.Graph()
        for name, namespace in self._names.items():
            graph.bind(name, namespace, replace=True)
        return graph

    def _turtle(self, graph: Any) -> str:
        """Return a graph without its prefixes: they stand at the head of the file."""
        lines = graph.serialize(format="turtle").splitlines()
        return "\n".join(line for line in lines if not line.startswith("@prefix ")) + "\n"


def _whole(item: Attribution) -> Any:
    """Return the stretch from cue to content."""
    span = item.cue[0]
    for other in (*item.cue, *item.content):
        span = span.joined(other)
    return span
