"""Gold documents in the formats of other tools: CoNLL-U Plus, WebAnno TSV 3.3, UIMA XMI (INCEpTION)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kroniek.evaluate.gold import GoldDocument
from kroniek.model import Span

WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
LINE = re.compile(r"[^\n]+")
COLUMNS = ("NAME", "TIME", "SOURCE", "CUE", "CONTENT", "EVENT")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled span as other tools see it: layer, span, and the layer's features in fixed order."""

    layer: str
    span: Span
    features: tuple[str, ...]


FEATURES = {
    "Name": ("label", "actor"),
    "Time": ("label", "value"),
    "Source": ("actor", "statement"),
    "Cue": ("stance", "kind", "statement"),
    "Content": ("statement",),
    "Event": ("label", "mode", "status", "actors", "recipients", "date", "place"),
}


def labelled_spans(document: GoldDocument) -> list[Annotation]:
    """Return all layers as labelled spans, in text order; `statement` numbers tie source, cue and content."""
    found = [Annotation("Name", name.span, (name.type, name.actor or "")) for name in document.names]
    found += [Annotation("Time", time.span, (time.type, time.value)) for time in document.times]
    for number, item in enumerate(document.attributions, start=1):
        if item.source:
            found.append(Annotation("Source", item.source, (item.actor or "", str(number))))
        found.append(Annotation("Cue", item.cue, (item.stance, item.kind, str(number))))
        found += [Annotation("Content", stretch, (str(number),)) for stretch in item.content]
    for event in document.events:
        features = (
            event.type, event.mode or "", event.status, ", ".join(event.actors), ", ".join(event.recipients),
            event.date or "", event.place or "",
        )  # fmt: skip
        found.append(Annotation("Event", event.trigger, features))
    return sorted(found, key=lambda item: (item.span, item.layer, item.features))


def words_of(text: str) -> list[list[Span]]:
    """Return the words of each line; a plain split that every tool can repeat."""
    return [
        [Span(line.start() + word.start(), line.start() + word.end()) for word in WORD.finditer(line.group())]
        for line in LINE.finditer(text)
    ]


def to_conllu_plus(document: GoldDocument) -> str:
    """Return the document in CoNLL-U Plus with a BIO column for each layer."""
    lines = ["# global.columns = ID FORM " + " ".join(f"KRONIEK:{column}" for column in COLUMNS)]
    lines.append(f"# newdoc id = {document.id}")
    items = labelled_spans(document)
    for words in words_of(document.text):
        if not words:
            continue
        near = [item for item in items if item.span.overlaps(Span(words[0].start, words[-1].end))]
        sentence = document.text[words[0].start : words[-1].end]
        lines.append(f"# text = {sentence}")
        for position, word in enumerate(words, start=1):
            tags = (_bio(near, column.title(), word) for column in COLUMNS)
            lines.append("\t".join([str(position), word.of(document.text), *tags]))
        lines.append("")
    return "\n".join(lines) + "\n"


def _bio(items: list[Annotation], layer: str, word: Span) -> str:
    """Return the tag of the shortest annotation of a layer on a word (`B-PER`), `_` when there is none."""
    here = [item for item in items if item.layer == layer and item.span.overlaps(word)]
    if not here:
        return "_"
    item = min(here, key=lambda one: len(one.span))
    begins = item.span.start >= word.start
    return ("B-" if begins else "I-") + item.features[0].replace(" ", "_")


def to_webanno(document: GoldDocument) -> str:
    """Return the document in WebAnno TSV 3.3; offsets are UTF-16 code units, as its Java readers count."""
    lines = ["#FORMAT=WebAnno TSV 3.3"]
    lines += [f"#T_SP=webanno.custom.{layer}|{'|'.join(names)}" for layer, names in FEATURES.items()]
    lines.append("")
    items = labelled_spans(document)
    unit = utf16_offsets(document.text)
    for number, words in enumerate((words for words in words_of(document.text) if words), start=1):
        whole = Span(words[0].start, words[-1].end)
        near = [(index, item) for index, item in enumerate(items, start=1) if item.span.overlaps(whole)]
        lines += ["", f"#Text={_escaped_text(whole.of(document.text))}"]
        for position, word in enumerate(words, start=1):
            cells = [cell for layer in FEATURES for cell in _cells(near, layer, word)]
            place = f"{unit(word.start)}-{unit(word.end)}"
            lines.append("\t".join([f"{number}-{position}", place, word.of(document.text), *cells, ""]))
    return "\n".join(lines) + "\n"


def _cells(items: list[tuple[int, Annotation]], layer: str, word: Span) -> Iterator[str]:
    here = [(index, item) for index, item in items if item.layer == layer and item.span.overlaps(word)]
    for column in range(len(FEATURES[layer])):
        values = (f"{_escaped(item.features[column]) or '*'}[{index}]" for index, item in here)
        yield "|".join(values) or "_"


def _escaped(value: str) -> str:
    return re.sub(r"([\\\[\]|_;*>])", r"\\\1", value)


def _escaped_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\t", "\\t")


def utf16_offsets(text: str) -> Callable[[int], int]:
    """Return a function from code-point offset to UTF-16 offset."""
    wide = [index for index, character in enumerate(text) if ord(character) > 0xFFFF]
    if not wide:
        return lambda offset: offset
    from bisect import bisect_left

    return lambda offset: offset + bisect_left(wide, offset)


def to_xmi(document: GoldDocument) -> str:
    """Return the document as UIMA XMI with one type for each layer (`kroniek.Name`, ...).

    dkpro-cassis converts code points to the UTF-16 offsets of the format.
    """
    from cassis import Cas, TypeSystem

    types = TypeSystem()
    made = {}
    for layer, names in FEATURES.items():
        made[layer] = types.create_type(f"kroniek.{layer}", supertypeName="uima.tcas.Annotation")
        for name in names:
            types.create_feature(made[layer], name=name, rangeType="uima.cas.String")
    cas = Cas(typesystem=types)
    cas.sofa_string = document.text
    cas.sofa_mime = "text/plain"
    for item in labelled_spans(document):
        features = dict(zip(FEATURES[item.layer], item.features, strict=True))
        cas.add(made[item.layer](begin=item.span.start, end=item.span.end, **features))
    xmi: str = cas.to_xmi()
    return xmi


def typesystem_xml() -> str:
    """Return the UIMA type system that `to_xmi` uses."""
    from cassis import TypeSystem

    types = TypeSystem()
    for layer, names in FEATURES.items():
        kind = types.create_type(f"kroniek.{layer}", supertypeName="uima.tcas.Annotation")
        for name in names:
            types.create_feature(kind, name=name, rangeType="uima.cas.String")
    xml: str = types.to_xml()
    return xml
