"""UIMA XMI for INCEpTION and the like: one file a report with words, sentences, names, times, statements, events.

Offsets are converted to UTF-16 by the library, as UIMA counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kroniek.errors import ExportError
from kroniek.model import Analysis, Span
from kroniek.publish.annotation import given_id, safe_file_name
from kroniek.publish.extras import load_extra
from kroniek.publish.files import Names
from kroniek.publish.source import Quotes, Settings, Source, Written
from kroniek.publish.tables.guard import clean

SUMMARY = "annotated reports as UIMA XMI, with their type system; holds the whole texts"
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
STRING, ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
TYPES: Mapping[str, tuple[str, ...]] = {
    f"{DKPRO}.segmentation.type.Sentence": (),
    f"{DKPRO}.segmentation.type.Token": (),
    f"{DKPRO}.ner.type.NamedEntity": ("value", "identifier"),
    "kroniek.Timex": ("kind", "value"),
    "kroniek.Statement": ("stance", "speech", "sources", "part"),
    "kroniek.Event": ("kind", "mode", "status", "date", "actors", "recipients"),
}
SENTENCE, TOKEN, NAME, TIMEX, STATEMENT, EVENT = TYPES


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write one file for each report; raises ExportError when words are to be left out."""
    if settings.quotes is not Quotes.FULL:
        raise ExportError("xmi holds the whole texts: it needs --quotes full")
    cassis = load_extra("cassis")
    system = _type_system(cassis)
    system.to_xml(folder / "TypeSystem.xml")
    names, reports = Names(), 0
    for analysis in source.analyses():
        cas = _cas(cassis, system, analysis)
        cas.to_xmi(folder / f"{names.free(safe_file_name(given_id(analysis.document)))}.xmi")
        reports += 1
    return Written({"reports": reports})


def _type_system(cassis: Any) -> Any:
    system = cassis.TypeSystem()
    for name, features in TYPES.items():
        kind = system.create_type(name, supertypeName=ANNOTATION)
        for feature in features:
            system.create_feature(kind, feature, STRING)
    return system


def _cas(cassis: Any, system: Any, analysis: Analysis) -> Any:
    cas = cassis.Cas(
        system,
        sofa_string=clean(analysis.text),
        sofa_mime="text/plain",
        document_language=analysis.document.language,
    )

    def add(kind: str, span: Span, /, **features: str) -> None:
        cleaned = {name: clean(value) for name, value in features.items() if value}
        cas.add(system.get_type(kind)(begin=span.start, end=span.end, **cleaned))

    for sentence in analysis.sentences:
        add(SENTENCE, sentence.span)
    for token in analysis.tokens:
        add(TOKEN, token.span)
    _add_records(analysis, add)
    return cas


def _add_records(analysis: Analysis, add: Any) -> None:
    linked = {link.mention: link.entities[0] for link in analysis.links if link.entities}
    for name in analysis.mentions:
        add(
            NAME,
            name.span,
            value=name.type.value if name.type else name.kind.value,
            identifier=linked.get(name.id, ""),
        )
    for timex in analysis.timexes:
        add(TIMEX, timex.span, kind=timex.type.value, value=timex.value)
    for item in analysis.attributions:
        shared = {"stance": item.stance.value, "speech": item.kind.value, "sources": " ".join(item.sources)}
        parts = (
            ("source", (item.source,) if item.source else ()),
            ("cue", item.cue),
            ("content", item.content),
        )
        for part, spans in parts:
            for span in spans:
                add(STATEMENT, span, part=part, **shared)
    for event in analysis.events:
        for span in event.trigger:
            add(
                EVENT, span, kind=event.type, mode=event.mode, status=event.status.value, date=event.time,
                actors=" ".join(event.entities("actor")), recipients=" ".join(event.entities("recipient")),
            )  # fmt: skip
