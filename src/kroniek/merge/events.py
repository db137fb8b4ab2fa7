"""Tellings to events: the same kind of act, the same participants, days and places that agree.

Two tellings on days that exclude each other stay two events; nothing takes the union of the two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kroniek.model import (
    Analysis,
    Event,
    EventMention,
    Evidence,
    Sentence,
    Span,
    Status,
    Telling,
    content_id,
    record_id,
)

# An outcome outweighs a plan or a claim when one report gives both.
WEIGHT = {
    status: weight
    for weight, status in enumerate(
        (
            Status.POSSIBLE, Status.CALLED_FOR, Status.OFFERED, Status.PLANNED, Status.ALLEGED, Status.DENIED,
            Status.ONGOING, Status.NOT_HAPPENED, Status.CANCELLED, Status.HAPPENED,
        )
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A telling with what it is compared by."""

    telling: Telling
    mention: EventMention
    participants: frozenset[str]

    @property
    def key(self) -> tuple[object, ...]:
        """Sort tellings the same way whatever order they came in: exact days first."""
        interval = self.mention.interval
        width = interval.days() if interval else 10**9
        first = interval.earliest.isoformat() if interval else ""
        return (width, first, self.telling.reported, self.telling.event_mention)


def merge_events(analyses: Sequence[Analysis], families: Mapping[str, str]) -> tuple[Event, ...]:
    """Return events by day (unknown days last), then id; `families` maps a document to its family."""
    blocks: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for analysis in analyses:
        for candidate in _candidates(analysis, families):
            blocks[_block(candidate)].append(candidate)
    events = [_event(cluster) for block in blocks.values() for cluster in _clusters(block)]
    return tuple(sorted(events, key=_order))


def _order(event: Event) -> tuple[object, ...]:
    interval = event.interval
    return (interval is None, interval.earliest.isoformat() if interval else "", event.time, event.id)


def _candidates(analysis: Analysis, families: Mapping[str, str]) -> Iterable[Candidate]:
    document = analysis.document.id
    starts = [sentence.span.start for sentence in analysis.sentences]
    for mention in analysis.events:
        trigger = mention.trigger[0]
        evidence = Evidence(document, trigger, _sentence_of(trigger, analysis.sentences, starts))
        telling = Telling(
            record_id(document, mention.id), document, evidence, mention.status,
            analysis.published.value or "", families.get(document, ""),
        )  # fmt: skip
        people = frozenset((*mention.entities("actor"), *mention.entities("recipient")))
        yield Candidate(telling, mention, people)


def _sentence_of(span: Span, sentences: Sequence[Sentence], starts: Sequence[int]) -> Span:
    position = bisect_right(starts, span.start) - 1
    return sentences[position].span if position >= 0 else span


def _block(candidate: Candidate) -> tuple[object, ...]:
    """Return what tellings of one event must share; without participants a telling stands alone."""
    if not candidate.participants:
        return (candidate.telling.event_mention,)
    return (candidate.mention.type, candidate.participants)


def _clusters(block: Sequence[Candidate]) -> list[list[Candidate]]:
    """Group tellings of one block. Exact days come first; a vaguer one joins only where one group fits."""
    clusters: list[list[Candidate]] = []
    days: dict[object, list[int]] = defaultdict(list)
    for candidate in sorted(block, key=lambda item: item.key):
        interval = candidate.mention.interval
        exact = interval if interval and interval.days() == 1 else None
        pool = days[exact] if exact else range(len(clusters))
        fitting = [position for position in pool if _fits(candidate, clusters[position])]
        if len(fitting) == 1:
            clusters[fitting[0]].append(candidate)
            continue
        if exact:
            days[exact].append(len(clusters))
        clusters.append([candidate])
    return clusters


def _fits(candidate: Candidate, cluster: Sequence[Candidate]) -> bool:
    return all(_agree(candidate.mention, other.mention) for other in cluster)


def _agree(left: EventMention, right: EventMention) -> bool:
    if left.place and right.place and left.place != right.place:
        return False
    if left.mode and right.mode and left.mode != right.mode:
        return False
    if left.interval is None or right.interval is None:
        return False  # without a day nothing says that it is the same act
    return left.interval.overlaps(right.interval)


def _event(cluster: Sequence[Candidate]) -> Event:
    best = min(cluster, key=lambda item: item.key)
    tellings = sorted(
        (item.telling for item in cluster), key=lambda item: (item.reported, item.event_mention)
    )
    mentions = sorted((item.mention for item in cluster), key=lambda item: (-item.score, item.id))
    return Event(
        id=content_id("event", *sorted(telling.event_mention for telling in tellings)),
        type=best.mention.type, mode=_most([item.mode for item in mentions]),
        actors=best.mention.entities("actor"), recipients=best.mention.entities("recipient"),
        time=best.mention.time, interval=best.mention.interval, place=_most([item.place for item in mentions]),
        status=_status(tellings), tellings=tuple(tellings),
        history=tuple((item.reported, item.status, item.event_mention) for item in tellings),
        sources=len({item.family or item.document for item in tellings}),
        according_to=tuple(sorted({words for item in mentions for words in item.according_to})),
        numbers=tuple(sorted(
            (what, figure, item.telling.event_mention) for item in cluster for what, figure in item.mention.numbers
        )),
        background=all(item.background for item in mentions),
        score=max(item.score for item in mentions),
    )  # fmt: skip


def _most(values: Sequence[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _status(tellings: Sequence[Telling]) -> Status:
    """Return the status of the last report; within that report the weightiest."""
    last = max(telling.reported for telling in tellings)
    return max((item.status for item in tellings if item.reported == last), key=lambda status: WEIGHT[status])
