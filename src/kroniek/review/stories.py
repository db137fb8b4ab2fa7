"""Which tellings are one event, as people decided it: what merging has to obey."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from kroniek.errors import JudgementError
from kroniek.merge.decisions import Decision
from kroniek.model import Analysis, Judgement, Span, record_id
from kroniek.review.anchors import candidates, find_again
from kroniek.review.apply import LOST, Applied, Orphan
from kroniek.review.kinds import EVENT, STORY, place_of
from kroniek.review.state import effective

MOST_TELLINGS = 2000  # that one decision may name

Find = Callable[[Judgement], str]  # the id of the telling that a place stands for, "" when it is gone


def telling_place(analysis: Analysis, record: object, by: str = "") -> Judgement:
    """Return where a telling stands, as a row that is found again like a decision."""
    span = place_of(record)
    document = analysis.document.id
    identity = record_id(document, record.id)  # type: ignore[attr-defined]
    return Judgement(
        identity, "", by, "", document=document, span=span, words=span.of(analysis.text), kind=EVENT
    )  # fmt: skip


def story_text(groups: Iterable[Iterable[Judgement]]) -> str:
    """Return groups of telling places as one line of JSON."""
    listed = [[_plain(place) for place in group] for group in groups]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def story_of(value: str) -> tuple[tuple[Judgement, ...], ...]:
    """Return the groups that `story_text` wrote; raises JudgementError for anything else."""
    try:
        groups = tuple(tuple(_place(item) for item in group) for group in json.loads(value))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise JudgementError(f"not groups of tellings: {error}") from error
    if not groups or not all(groups) or sum(map(len, groups)) > MOST_TELLINGS:
        raise JudgementError(f"want one or more groups of tellings, {MOST_TELLINGS} tellings at most")
    return groups


def _plain(place: Judgement) -> dict[str, object]:
    assert place.span is not None  # a telling always has a place
    return {
        "document": place.document, "record": place.record, "start": place.span.start, "end": place.span.end,
        "words": place.words,
    }  # fmt: skip


def _place(item: dict[str, object]) -> Judgement:
    document, record, words = item["document"], item["record"], item["words"]
    if not (isinstance(document, str) and isinstance(record, str) and isinstance(words, str)):
        raise TypeError("document, record and words are text")
    span = Span(int(str(item["start"])), int(str(item["end"])))
    return Judgement(record, "", "", "", document=document, span=span, words=words, kind=EVENT)


def documents_in(row: Judgement) -> set[str]:
    """Return the documents whose tellings a decision names, none when it cannot be read."""
    try:
        return {place.document for group in story_of(row.new) for place in group}
    except JudgementError:
        return set()


def decisions_of(rows: Iterable[Judgement], find: Find) -> tuple[tuple[Decision, ...], tuple[Orphan, ...]]:
    """Return what merging has to obey, in order of deciding, and the decisions of which no telling is left."""
    decisions: list[Decision] = []
    orphans: list[Orphan] = []
    for row in effective(rows):
        if row.kind != STORY:
            continue
        try:
            groups = [_found(group, find) for group in story_of(row.new)]
        except JudgementError:
            groups = []
        left = tuple(group for group in groups if group)
        if left:
            decisions.append(Decision(left))
        if not left or not all(groups):
            orphans.append(Orphan(row, LOST))
    return tuple(decisions), tuple(orphans)


def _found(group: Sequence[Judgement], find: Find) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (find(place) for place in group))))


def telling_of(applied: Applied, place: Judgement) -> str:
    """Return the id of the telling at a place, after corrections; "" when it was rejected or is gone."""
    renamed = applied.renamed()
    if place.record in renamed:
        return renamed[place.record]
    analysis = applied.analysis
    found = find_again(place, candidates(analysis.events, analysis.document.id, analysis.text), analysis.text)
    return found.id if found else ""
