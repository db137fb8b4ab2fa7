"""The gold format: what people (or the machine) found in a document, with offsets into its text.

The same records serve for gold and for the machine's output (`kroniek annotate`), so that the
two can be compared and exchanged. See `docs/annotation.md` for the format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kroniek.errors import GoldError
from kroniek.model import EntityType, Span, SpeechKind, Stance, Status, TimexType

EVENT_TYPES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)

ALL_LAYERS = ("entities", "times", "attributions", "events")


@dataclass(frozen=True, slots=True)
class GoldName:
    """A name, its type and the canonical English name of what it means (None when nothing fits)."""

    span: Span
    type: str
    actor: str | None
    known: bool = False  # the machine's only: whether it linked to the knowledge base


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A time expression with TIMEX3 type and value."""

    span: Span
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """A statement: source, cue, stretches of content, kind and stance."""

    source: Span | None
    actor: str | None
    cue: Span
    content: tuple[Span, ...]
    kind: str
    stance: str
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A telling of an event; participants by canonical name."""

    trigger: Span
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str | None
    place: str | None
    status: str
    according_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document's annotation; `text` is "" while the text has not been put beside it.

    `layers` names the layers that were annotated: a layer that is not among them is unknown, not empty.
    """

    id: str
    language: str
    published: str | None
    sha256: str
    text: str
    names: tuple[GoldName, ...]
    times: tuple[GoldTime, ...]
    attributions: tuple[GoldAttribution, ...]
    events: tuple[GoldEvent, ...]
    layers: tuple[str, ...] = ALL_LAYERS


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def load_gold(paths: Iterable[Path], texts: Path | None = None) -> Iterator[GoldDocument]:
    """Yield the gold documents of files and folders, in order of file name.

    A file without text takes it from `texts/ID.txt`; where that is missing, `text` stays "".
    Raises GoldError for a file that is not gold or does not agree with its text.
    """
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        for file in files:
            if file.name != "splits.json":
                yield read_gold(file, texts)


def read_gold(file: Path, texts: Path | None = None) -> GoldDocument:
    """Return one gold document; see `load_gold`."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{file}: not a JSON file in UTF-8: {error}") from error
    if not isinstance(record, dict) or "entities" not in record:
        raise GoldError(f"{file}: want an object with id, entities, times, attributions, events")
    if "text" not in record and texts is not None and (texts / f"{record['id']}.txt").is_file():
        record["text"] = (texts / f"{record['id']}.txt").read_bytes().decode("utf-8")
    try:
        document = document_of(record)
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{file}: broken record: {error!r}") from error
    problems = check(document)
    if problems:
        raise GoldError(
            f"{file}: {problems[0]}" + (f" (and {len(problems) - 1} more)" if problems[1:] else "")
        )
    return document


def document_of(record: Mapping[str, Any]) -> GoldDocument:
    """Return the document that a JSON object in the gold format with offsets describes."""
    text = record.get("text", "")
    return GoldDocument(
        id=record["id"],
        language=record.get("language", "nl"),
        published=record.get("published"),
        sha256=record.get("sha256") or text_hash(text),
        text=text,
        names=tuple(_name(item) for item in record.get("entities", ())),
        times=tuple(GoldTime(_span(item), item["type"], item["value"]) for item in record.get("times", ())),
        attributions=tuple(_attribution(item, text) for item in record.get("attributions", ())),
        events=tuple(_event(item, text) for item in record.get("events", ())),
        layers=tuple(record.get("layers", ALL_LAYERS)),
    )


def _span(item: Mapping[str, Any]) -> Span:
    return Span(item["start"], item["end"])


def _name(item: Mapping[str, Any]) -> GoldName:
    return GoldName(_span(item), item["type"], item.get("actor"), bool(item.get("wikidata")))


def _attribution(item: Mapping[str, Any], text: str) -> GoldAttribution:
    source = item.get("source")
    return GoldAttribution(
        source=_span(source) if source else None,
        actor=item.get("actor"),
        cue=_span(item["cue"]),
        content=tuple(_span(stretch) for stretch in item["content"]),
        kind=item["kind"],
        stance=item["stance"],
        addressee=_words(item.get("addressee"), text) or None,
    )


def _words(value: Any, text: str) -> str:
    """Return a name as it is given, or the words that offsets point to ("" while there is no text)."""
    return _span(value).of(text) if isinstance(value, Mapping) else str(value or "")


def _event(item: Mapping[str, Any], text: str) -> GoldEvent:
    according_to = item.get("according_to") or ()
    sources = according_to if isinstance(according_to, list | tuple) else [according_to]
    return GoldEvent(
        trigger=_span(item["trigger"]),
        type=item["type"],
        mode=item.get("mode"),
        actors=tuple(item.get("actors") or ()),
        recipients=tuple(item.get("recipients") or ()),
        date=item.get("date"),
        place=item.get("place"),
        status=item["status"],
        according_to=tuple(_words(source, text) for source in sources),
    )


def check(document: GoldDocument) -> list[str]:
    """Return what is wrong with a document, one line each: spans outside the text, unknown labels, overlaps."""
    problems = []
    if document.text and text_hash(document.text) != document.sha256:
        problems.append(f"the text of {document.id} is not the one annotated (SHA-256 differs)")
    size = len(document.text) or 10**9
    for what, span in _all_spans(document):
        if span.end > size or span.start == span.end:
            problems.append(
                f"{what} [{span.start}, {span.end}) is empty or outside the text of {size} characters"
            )
        elif document.text and span.of(document.text).strip() != span.of(document.text):
            problems.append(f"{what} [{span.start}, {span.end}) begins or ends with white space")
    problems += _label_problems(document)
    for what, spans in (
        ("names", [name.span for name in document.names]),
        ("times", [time.span for time in document.times]),
    ):
        ordered = sorted(spans)
        for left, right in pairwise(ordered):
            if left.overlaps(right):
                problems.append(
                    f"two {what} overlap: [{left.start}, {left.end}) and [{right.start}, {right.end})"
                )
    return problems


def _all_spans(document: GoldDocument) -> Iterator[tuple[str, Span]]:
    yield from (("name", name.span) for name in document.names)
    yield from (("time", time.span) for time in document.times)
    yield from (("trigger", event.trigger) for event in document.events)
    for attribution in document.attributions:
        yield "cue", attribution.cue
        if attribution.source:
            yield "source", attribution.source
        yield from (("content", stretch) for stretch in attribution.content)


def _label_problems(document: GoldDocument) -> list[str]:
    labels = [
        *((f"name type {name.type!r}", name.type in set(EntityType)) for name in document.names),
        *((f"time type {time.type!r}", time.type in set(TimexType)) for time in document.times),
        *((f"kind {item.kind!r}", item.kind in set(SpeechKind)) for item in document.attributions),
        *((f"stance {item.stance!r}", item.stance in set(Stance)) for item in document.attributions),
        *((f"event type {event.type!r}", event.type in EVENT_TYPES) for event in document.events),
        *((f"status {event.status!r}", event.status in set(Status)) for event in document.events),
    ]
    return [f"{label} is not in the guidelines" for label, right in labels if not right]
