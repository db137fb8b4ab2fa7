"""What stands around a statement: whom it was said to, through which medium, when and where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kroniek.analyse.attributions.inserted import own_words
from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.analyse.attributions.source import source_span
from kroniek.analyse.reference import References
from kroniek.analyse.tree import is_relation
from kroniek.model import EntityType, Span, Timex, TimexType, Token


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Addressee (words and entities), medium, time (ISO value) and place (entity id); "" for none."""

    addressee: Span | None = None
    addressees: tuple[str, ...] = ()
    medium: str = ""
    time: str = ""
    place: str = ""


def surroundings_of(reading: Reading, references: References, draft: Draft) -> Surroundings:
    """Return what the cue's own clause says about the act of saying."""
    head = addressee_of(reading, draft)
    span = source_span(reading, head, cue=draft.at) if head is not None else None
    if span is not None and any(stretch.overlaps(span) for stretch in draft.content):
        span, head = None, None
    entities = references.of_head(head.span, span) if head is not None and span is not None else ()
    adjuncts = _adjuncts(reading, draft)
    return Surroundings(
        span,
        entities,
        _medium(reading, adjuncts),
        _time(reading, draft, adjuncts),
        _place(references, reading, adjuncts),
    )


def addressee_of(reading: Reading, draft: Draft) -> Token | None:
    """Return the head of whom the statement is addressed to: `vertelde de pers`, `zei tegen Interfax`."""
    tree, cue = reading.tree, draft.cue
    if draft.passive and "object" in cue.addressed_by:
        return tree.child(draft.at, "nsubj")
    for child in tree.children(draft.at, "iobj"):
        return child
    for child in tree.children(draft.at, "obl", "nmod"):
        case = tree.child(child, "case")
        if case is not None and case.text.lower() in cue.addressed_by:
            return child
    if "object" in cue.addressed_by and draft.pattern in {
        "clause",
        "infinitive",
        "tag",
        "colon",
        "quote",
        "preposition",
    }:
        return tree.child(draft.at, "obj")
    return None


def _adjuncts(reading: Reading, draft: Draft) -> list[Token]:
    """Return the heads of the adjuncts of the cue that are no part of its content."""
    return [
        child
        for child in reading.tree.children(draft.at, "obl", "advmod", "nmod")
        if not any(stretch.start <= child.start < stretch.end for stretch in draft.content)
    ]


def _medium(reading: Reading, adjuncts: list[Token]) -> str:
    """`in een verklaring`, `op Twitter`, `tijdens een persconferentie`: the pack's name for the medium."""
    media = reading.lexicon.media
    for child in adjuncts:
        lemma = child.lemma.replace("_", "").lower()
        for word in (lemma, child.text.lower()):
            if word in media:
                return media[word]
    return ""


def _time(reading: Reading, draft: Draft, adjuncts: list[Token]) -> str:
    """Return the value of the time expression in the cue's own clause."""
    timexes = reading.analysis.timexes
    if not timexes:
        return ""
    own = (
        own_words(reading, draft.at)
        if draft.pattern == "tag"
        else [word for child in adjuncts for word in reading.tree.subtree(child)]
    )
    for token in (*own, *adjuncts):
        timex = _timex_at(timexes, token.span)
        inside = any(stretch.start <= token.start < stretch.end for stretch in draft.content)
        dated = timex is not None and timex.value[:1].isdigit()
        if timex is not None and dated and not inside and timex.type in {TimexType.DATE, TimexType.TIME}:
            return timex.value
    return ""


def _timex_at(timexes: tuple[Timex, ...], span: Span) -> Timex | None:
    at = bisect_right(timexes, span.start, key=lambda timex: timex.span.start) - 1
    found = timexes[at] if at >= 0 else None
    return found if found is not None and found.span.overlaps(span) else None


def _place(references: References, reading: Reading, adjuncts: list[Token]) -> str:
    """Return the place where it was said: `zei vrijdag in Genève`."""
    for child in adjuncts:
        case = reading.tree.child(child, "case")
        if case is None or case.text.lower() not in {"in", "te"} or not is_relation(child, "obl"):
            continue
        for entity in references.of_head(child.span, child.span):
            if entity in references.entities and references.entities[entity].type in {
                EntityType.GPE,
                EntityType.LOC,
                EntityType.FAC,
            }:
                return entity
    return ""
