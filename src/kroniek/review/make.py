"""Making rows: a decision with the place, the words and the record that it is about."""

from __future__ import annotations

import json
from typing import Any

from kroniek.errors import JudgementError
from kroniek.model import (
    Analysis,
    Attribution,
    Entity,
    EntityType,
    EventMention,
    Judgement,
    Mention,
    MentionKind,
    Provenance,
    Span,
    SpeechKind,
    Stance,
    Timex,
    TimexType,
    record_id,
    to_json,
)
from kroniek.ontology import load_ontology
from kroniek.review.fields import check_value, read_field
from kroniek.review.kinds import ENTITY, EVENT, NAME, STATEMENT, STORY, TIME, place_of
from kroniek.review.state import ADDED, CORRECTED, MERGED, SPLIT, UNDONE
from kroniek.review.stories import story_text
from kroniek.review.values import entities_text, one_of, trimmed


def about(
    kind: str,
    record: Any,
    analysis: Analysis,
    *,
    verdict: str,
    by: str,
    at: str = "",
    field: str = "",
    new: str = "",
    task: str = "",
) -> Judgement:
    """Return a decision about a record as the machine (or the one who added it) has it.

    Raises JudgementError when the new value does not fit the field.
    """
    old = ""
    if verdict == CORRECTED:
        check_value(kind, field, new, analysis.text)
        old = read_field(kind, field, record, analysis)
    place = place_of(record)
    return Judgement(
        record_id(analysis.document.id, record.id), verdict, by, at, field, old, new, analysis.document.id, place,
        place.of(analysis.text), kind, _text(record), task,
    )  # fmt: skip


def addition(kind: str, span: Span, label: str, analysis: Analysis, *, by: str, at: str = "") -> Judgement:
    """Return the decision that words which a person selected are a record of a kind.

    `label` is the type of a name, a time or an event, the stance of a statement. Raises JudgementError
    when it is not one of the list, or nothing is selected.
    """
    size = len(analysis.text)
    words = trimmed(Span(min(span.start, size), min(span.end, size)), analysis.text)
    if not len(words):
        raise JudgementError("nothing is selected; select the words in the report first")
    record = _blank(kind, words, label)
    return about(kind, record, analysis, verdict=ADDED, by=by, at=at)


def _blank(kind: str, span: Span, label: str) -> Any:
    """Return a record of a kind with only its words and its label."""
    by_hand = Provenance("review")
    if kind == NAME:
        one_of(label, list(EntityType), "type")
        return Mention(span, MentionKind.NAME, EntityType(label), provenance=by_hand)
    if kind == TIME:
        one_of(label, list(TimexType), "type")
        return Timex(span, TimexType(label), "", provenance=by_hand)
    if kind == STATEMENT:
        one_of(label, list(Stance), "stance")
        return Attribution(None, (span,), (), SpeechKind.INDIRECT, Stance(label), provenance=by_hand)
    if kind == EVENT:
        one_of(label, list(load_ontology().types), "type")
        return EventMention((span,), label, provenance=by_hand)
    raise JudgementError(f"a {kind} cannot be added; what can: {NAME}, {TIME}, {STATEMENT}, {EVENT}")


def merge_entities(kept: Entity, others: list[Entity], *, by: str, at: str = "") -> Judgement:
    """Return the decision that entities are one; `kept` stands for all of them."""
    rest = [entity for entity in others if entity.id != kept.id]
    if not rest:
        raise JudgementError("choose two different actors to make one")
    return Judgement(
        kept.id, MERGED, by, at, "entity", entities_text(rest), entities_text([kept, *rest]), kind=ENTITY,
        words=kept.name,
    )  # fmt: skip


def one_story(groups: list[list[Judgement]], *, by: str, at: str = "") -> Judgement:
    """Return the decision that the tellings of each group are one event, apart from the other groups."""
    first = groups[0][0]
    return Judgement(
        first.record, SPLIT if len(groups) > 1 else MERGED, by, at, "tellings", "", story_text(groups),
        first.document, first.span, first.words, STORY,
    )  # fmt: skip


def undoing(row: Judgement, *, by: str, at: str = "") -> Judgement:
    """Return the row that takes another back (the undo of an undo brings it back)."""
    return Judgement(
        row.id, UNDONE, by, at, row.field, row.new, row.old, row.document, row.span, row.words, row.kind
    )  # fmt: skip


def _text(record: Any) -> str:
    return json.dumps(to_json(record), ensure_ascii=False, separators=(",", ":"))
