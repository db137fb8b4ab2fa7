"""Finding again, in a new reading of a report, the record that a decision was about.

Ids hash content, so a new version of a pack may give the same record another id. What stays is the text:
the decision keeps the place and the words that it was made on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kroniek.model import Judgement, Span, record_id
from kroniek.review.kinds import place_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of one kind in the present reading: its id in the chronicle, its place and its words."""

    id: str
    place: Span
    words: str
    record: Any


def candidates(records: Iterable[Any], document: str, text: str) -> list[Candidate]:
    """Return what decisions about one kind of records in a document may be about."""
    return [
        Candidate(record_id(document, record.id), place, place.of(text), record)
        for record in records
        for place in (place_of(record),)
    ]


def find_again(row: Judgement, known: Sequence[Candidate], text: str) -> Candidate | None:
    """Return the record that a decision is about, None when there is none any more.

    In order: the same id; the same place; where the words still stand at the place, a record that
    overlaps it most; where the text has moved, the nearest record with the same words.
    """
    if row.span is None:
        return None
    span = row.span
    exact = [item for item in known if item.id == row.record and item.words == row.words]
    same = exact or [item for item in known if item.place == span and item.words == row.words]
    if same:
        return min(same, key=lambda item: item.id)
    if span.of(text) == row.words:
        near = [item for item in known if item.place.overlaps(span)]
        return min(near, key=lambda item: (-_shared(item.place, span), item.place, item.id), default=None)
    moved = [item for item in known if item.words == row.words]
    return min(
        moved, key=lambda item: (abs(item.place.start - span.start), item.place, item.id), default=None
    )


def anchored(row: Judgement, found: Candidate) -> Judgement:
    """Return the decision with the place, the words and the id of the record that it is about now."""
    return replace(row, record=found.id, span=found.place, words=found.words)


def _shared(left: Span, right: Span) -> int:
    return min(left.end, right.end) - max(left.start, right.start)
