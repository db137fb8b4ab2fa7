"""Any record by its id, ready to be shown: its fields, the passages it rests on, and what made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kroniek.chronicle import Chronicle
from kroniek.errors import NotFoundError
from kroniek.model import Analysis, EventStep, Evidence, Provenance, Span, record_id, to_json

CONTEXT = 200  # code points shown on each side of the words


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report between what stands before and after them."""

    document: str
    report: str
    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it is shown: `fields` in reading order, values as text; `record` is the record itself."""

    kind: str
    id: str
    fields: dict[str, str]
    passages: tuple[Passage, ...]
    record: Any

    def json(self) -> dict[str, Any]:
        """Return the record with its passages as plain values."""
        return {
            "kind": self.kind, "id": self.id, "record": to_json(self.record),
            "passages": [to_json(passage) for passage in self.passages],
        }  # fmt: skip


def show_record(chronicle: Chronicle, prefix: str) -> Shown:
    """Return the one record whose id begins with `prefix`; raises NotFoundError when there is not one."""
    kind, identity = chronicle.find(prefix)
    return VIEWS[kind](chronicle, identity)


def _passage(chronicle: Chronicle, document: str, span: Span) -> Passage:
    report = chronicle.report(document)
    text = report.document.text
    before = Span(max(0, span.start - CONTEXT), span.start)
    after = Span(span.end, min(len(text), span.end + CONTEXT))
    return Passage(document, report.label, span, before.of(text), span.of(text), after.of(text))


def _evidence(chronicle: Chronicle, pieces: Iterable[Evidence]) -> tuple[Passage, ...]:
    return tuple(_passage(chronicle, piece.document, piece.span) for piece in pieces)


def _show_document(chronicle: Chronicle, identity: str) -> Shown:
    analysis = chronicle.analysis(identity)
    document, header = analysis.document, analysis.header
    fields = {
        **{name: str(value) for name, value in chronicle.document_row(document).items() if value},
        "agencies": ", ".join(header.agencies), "byline": header.byline, "dateline": header.place,
        "names": str(len(analysis.names)), "statements": str(len(analysis.attributions)),
        "events": str(len(analysis.events)), "gaps": str(len(analysis.gaps)),
    }  # fmt: skip
    words = Span(0, min(len(document.text), CONTEXT))
    return Shown("document", identity, _filled(fields), (_passage(chronicle, identity, words),), document)


def _show_event(chronicle: Chronicle, identity: str) -> Shown:
    event = chronicle.event(identity)
    item = chronicle.item(event)
    fields = {
        "type": f"{item.type}/{item.mode}" if item.mode else item.type, "status": item.status,
        "date": f"{item.shown_date} ({item.precision or 'unknown'}{', inferred' if item.inferred else ''})",
        "actors": ", ".join(item.actors), "recipients": ", ".join(item.recipients), "place": item.place,
        "according to": ", ".join(item.according_to), "independent sources": str(item.sources),
        "history": "; ".join(_step(chronicle, step) for step in event.steps),
        "disagreements": "; ".join(
            f"{item.what}: " + ", ".join(f"{figure} ({', '.join(chronicle.named(by))})" for figure, by in item.values)
            for item in event.disagreements
        ),
        "tellings": ", ".join(telling.event_mention for telling in event.tellings),
    }  # fmt: skip
    passages = _evidence(chronicle, (telling.evidence for telling in event.tellings))
    return Shown("event", identity, _filled(fields), passages, event)


def _step(chronicle: Chronicle, step: EventStep) -> str:
    by = f" by {', '.join(chronicle.named(step.source))}" if step.source else ""
    return f"{step.time or '?'} {step.kind.value.replace('_', ' ')}{by}"


def _show_merged(chronicle: Chronicle, identity: str) -> Shown:
    merged = chronicle.merged
    kinds: dict[str, tuple[Any, ...]] = {"claim": merged.claims, "family": merged.families, "process": merged.processes,
             "commitment": merged.commitments}  # fmt: skip
    for kind, records in kinds.items():
        for record in records:
            if record.id == identity:
                return Shown(kind, identity, _plain(chronicle, record), _passages(chronicle, record), record)
    raise NotFoundError(f"no record {identity!r} in this chronicle")


def _passages(chronicle: Chronicle, record: Any) -> tuple[Passage, ...]:
    """Return the passages of every piece of evidence that a merged record holds."""
    holders = (*getattr(record, "acts", ()), *getattr(record, "phases", ()))
    pieces = [holder.evidence for holder in holders]
    pieces += [getattr(record, "words", None), *getattr(record, "steps", ())]
    return _evidence(chronicle, (piece for piece in pieces if isinstance(piece, Evidence)))


def _show_entity(chronicle: Chronicle, identity: str) -> Shown:
    for summary in chronicle.actors(actor=identity):
        if summary.id == identity:
            fields = {name: str(getattr(summary, name)) for name in summary.__slots__}
            return Shown("entity", identity, _filled(fields), (), summary)
    raise NotFoundError(f"no entity {identity!r} in this chronicle")


def _of_layer(kind: str, layers: tuple[str, ...]) -> Callable[[Chronicle, str], Shown]:
    """Return the view of a record that lies in one of these layers of a document's analysis."""

    def show(chronicle: Chronicle, identity: str) -> Shown:
        analysis = chronicle.analysis(chronicle.document_of(kind, identity))
        document = analysis.document.id
        for layer in layers:
            for record in getattr(analysis, layer):
                if record_id(document, record.id) == identity:
                    fields = {**_plain(chronicle, record), **_made_by(record.provenance)}
                    span = _span(record)
                    passage = _passage(chronicle, document, span)
                    return Shown(
                        kind, identity, _filled({**_words(record, analysis), **fields}), (passage,), record
                    )
        raise NotFoundError(f"no record {identity!r} in this chronicle")

    return show


def _span(record: Any) -> Span:
    """Return the words that carry a record: its span, its trigger, or a statement from cue to content."""
    if hasattr(record, "trigger"):
        return record.trigger[0]  # type: ignore[no-any-return]
    if hasattr(record, "cue"):
        span = record.cue[0]
        for other in (*record.cue, *record.content):
            span = span.joined(other)
        return span  # type: ignore[no-any-return]
    return record.span  # type: ignore[no-any-return]


def _words(record: Any, analysis: Analysis) -> dict[str, str]:
    """Return the words of a record's parts."""
    parts = {}
    for name in ("trigger", "source", "cue", "content", "addressee", "span"):
        spans = getattr(record, name, None)
        if isinstance(spans, Span):
            spans = (spans,)
        if spans:
            parts["words" if name == "span" else name] = " … ".join(span.of(analysis.text) for span in spans)
    return parts


def _plain(chronicle: Chronicle, record: Any) -> dict[str, str]:
    """Return the fields of a record that are no spans, with names for entity ids."""
    shown = {}
    for name in record.__slots__:
        value = getattr(record, name)
        if isinstance(value, (Span, Provenance)) or name in ("acts", "phases", "arguments", "words", "steps"):
            continue
        if isinstance(value, tuple) and value and isinstance(value[0], str):
            shown[name] = ", ".join(chronicle.named(value))
        elif isinstance(value, (str, int, float, bool)) and value != "":
            shown[name] = chronicle.names.get(str(value), str(value))
    for argument in getattr(record, "arguments", ()):
        names = ", ".join(chronicle.named(argument.entities))
        shown[argument.role] = f"{shown[argument.role]}; {names}" if argument.role in shown else names
    return shown


def _made_by(provenance: Provenance) -> dict[str, str]:
    return {"step": provenance.step, "rule": provenance.rule, "pack version": provenance.version}


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


VIEWS: dict[str, Callable[[Chronicle, str], Shown]] = {
    "document": _show_document,
    "event": _show_event,
    "merged": _show_merged,
    "entity": _show_entity,
    "attribution": _of_layer("attribution", ("attributions",)),
    "event_mention": _of_layer("event_mention", ("events",)),
    "agreement": _of_layer("agreement", ("agreements",)),
    "timex": _of_layer("timex", ("timexes",)),
    "mention": _of_layer("mention", ("names", "mentions", "references")),
}
