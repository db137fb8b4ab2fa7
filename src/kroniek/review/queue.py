"""What is worth a person's look, the most valuable first: what is uncertain and much used.

The value of an item is its uncertainty (0 to 1) times the logarithm of how often it is used. Uncertainty
comes from the machine's own score and from what usually goes with errors: nobody named, no day, a status
that is not plain. Linear in the number of records but for the sorting of the best.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log2
from typing import Any

from kroniek.merge import Decision
from kroniek.model import (
    AgreementMention,
    Analysis,
    Attribution,
    Entity,
    Event,
    EventMention,
    Judgement,
    Merged,
    Stance,
    Status,
    record_id,
)
from kroniek.review.kinds import ENTITY
from kroniek.review.state import REJECTED, effective
from kroniek.review.values import entities_of

NAMES, LINKS, STATEMENTS, EVENTS, MERGES, ACTORS, PHASES = (
    "names", "links", "statements", "events", "merges", "actors", "phases",
)  # fmt: skip
KINDS = (EVENTS, LINKS, ACTORS, STATEMENTS, MERGES, PHASES, NAMES)
MOST = 3000  # items of one kind that are kept
FLOOR = 0.02  # nothing is wholly certain
PLAIN = frozenset({Status.HAPPENED, Status.PLANNED})


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at. `record` is the id of a record, an event or an actor, `other` the second of a pair.

    `label` is what to call it in a list, `uses` how often it is used.
    """

    kind: str
    value: float
    record: str
    other: str
    document: str
    label: str
    uses: int


def build_queue(
    analyses: Sequence[Analysis],
    merged: Merged,
    decisions: Sequence[Decision] = (),
    rows: Iterable[Judgement] = (),
) -> Iterator[dict[str, Any]]:
    """Yield the items of each kind as plain values, by value; what people judged is left out.

    `decisions` are those on which tellings are one event; of `rows` those on actors count.
    """
    for source in (
        _events(analyses, merged.events), _links(analyses), _names(analyses), _statements(analyses),
        _phases(analyses), _pairs_of_events(merged.events, decisions), _pairs_of_actors(analyses, _kept_apart(rows)),
    ):  # fmt: skip
        best = heapq.nlargest(MOST, source, key=lambda item: (item.value, item.record, item.other))
        yield from map(asdict, best)


def _kept_apart(rows: Iterable[Judgement]) -> frozenset[frozenset[str]]:
    """Return the pairs of actors of which people said that they are two."""
    return frozenset(
        frozenset(entity.id for entity in entities_of(row.new))
        for row in effective(rows)
        if row.kind == ENTITY and row.verdict == REJECTED
    )


def value_of(uncertainty: float, uses: int) -> float:
    """Return what looking at something is worth."""
    return round((FLOOR + min(1.0, max(0.0, uncertainty))) * log2(1 + uses), 4)


def event_doubt(event: EventMention) -> float:
    """Return how uncertain a telling is."""
    named = len({*event.entities("actor"), *event.entities("recipient")})
    return (
        (1 - event.score)
        + (0.4, 0.2, 0.0)[min(named, 2)]
        + (0.0 if event.time else 0.15)
        + (0.0 if event.status in PLAIN else 0.15)
    )


def statement_doubt(item: Attribution) -> float:
    """Return how uncertain a statement is."""
    unnamed = 0.3 if not item.sources else 0.0
    return (1 - item.score) + unnamed + (0.0 if item.stance is Stance.ASSERTS else 0.2)


def phase_doubt(item: AgreementMention) -> float:
    """Return how uncertain the phase of an agreement is."""
    return (
        0.25 + (0.0 if item.parties else 0.2) + (0.0 if item.time else 0.15) + (0.2 if item.negated else 0.0)
    )


def _events(analyses: Iterable[Analysis], events: Iterable[Event]) -> Iterator[Item]:
    doubts = {
        record_id(analysis.document.id, event.id): event_doubt(event)
        for analysis in analyses for event in analysis.events if not event.provenance.by
    }  # fmt: skip
    for event in events:
        open_tellings = [item for item in event.tellings if item.event_mention in doubts]
        if len(open_tellings) < len(event.tellings) or not open_tellings:
            continue
        doubt = sum(doubts[item.event_mention] for item in open_tellings) / len(open_tellings)
        first = open_tellings[0]
        yield Item(
            EVENTS, value_of(doubt, len(event.tellings)), first.event_mention, event.id, first.document,
            event.type, len(event.tellings),
        )  # fmt: skip


def _links(analyses: Iterable[Analysis]) -> Iterator[Item]:
    """Yield one item for the same words linked to the same entities, at its first place."""
    uses: Counter[tuple[str, tuple[str, ...]]] = Counter()
    first: dict[tuple[str, tuple[str, ...]], tuple[str, str, str, float]] = {}
    judged: set[tuple[str, tuple[str, ...]]] = set()
    for analysis in analyses:
        document = analysis.document.id
        spans = {item.id: item for item in analysis.mentions}
        for link in analysis.links:
            mention = spans.get(link.mention)
            if mention is None:
                continue
            words = mention.span.of(analysis.text)
            key = (words.casefold(), link.entities)
            if mention.provenance.by:  # who judges one place has judged the reading of these words
                judged.add(key)
            uses[key] += 1
            second = sorted((score for _, score in link.candidates), reverse=True)[1:2]
            doubt = (1 - link.score) + (0.5 * second[0] if second else 0.0)
            first.setdefault(key, (record_id(document, mention.id), document, words, doubt))
    for key, (record, document, words, doubt) in first.items():
        if key in judged:
            continue
        yield Item(LINKS, value_of(doubt, uses[key]), record, "", document, words, uses[key])


def _names(analyses: Iterable[Analysis]) -> Iterator[Item]:
    """Yield one item for the same words with the same type that are linked to nobody, at its first place."""
    uses: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Item] = {}
    for analysis in analyses:
        document = analysis.document.id
        known = {link.mention for link in analysis.links if link.reason != "unknown"}
        for mention in analysis.mentions:
            if mention.provenance.by or mention.id in known:
                continue
            words = mention.span.of(analysis.text)
            key = (words.casefold(), mention.type or "")
            uses[key] += 1
            doubt = 0.2 + (1 - mention.score)
            item = Item(NAMES, doubt, record_id(document, mention.id), "", document, words, 0)
            first.setdefault(key, item)
    for key, item in first.items():
        yield Item(
            NAMES, value_of(item.value, uses[key]), item.record, "", item.document, item.label, uses[key]
        )


def _statements(analyses: Iterable[Analysis]) -> Iterator[Item]:
    for analysis in analyses:
        telling = Counter(event.attribution for event in analysis.events if event.attribution)
        for item in analysis.attributions:
            if not item.provenance.by:
                words = " ".join(span.of(analysis.text) for span in item.cue)
                uses = 1 + telling[item.id]
                yield Item(
                    STATEMENTS, value_of(statement_doubt(item), uses), record_id(analysis.document.id, item.id), "",
                    analysis.document.id, words, uses,
                )  # fmt: skip


def _phases(analyses: Iterable[Analysis]) -> Iterator[Item]:
    for analysis in analyses:
        for item in analysis.agreements:
            if item.phase and not item.provenance.by:
                yield Item(
                    PHASES, value_of(phase_doubt(item), 1), record_id(analysis.document.id, item.id), "",
                    analysis.document.id, item.head.of(analysis.text), 1,
                )  # fmt: skip


def _pairs_of_events(events: Sequence[Event], decisions: Sequence[Decision]) -> Iterator[Item]:
    """Yield neighbouring events of one type on one day that share a participant and were kept apart."""
    told_apart: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, decision in enumerate(decisions):
        parted = decision.groups if len(decision.groups) > 1 else ()
        for place, told in enumerate(parted):
            for telling in told:
                told_apart[telling].append((number, place))
    days: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.interval is None or event.interval.days() > 7:
            continue
        for entity in dict.fromkeys((*event.actors, *event.recipients)):
            days[event.type, event.interval.earliest.isoformat(), entity].append(event)
    seen: set[tuple[str, str]] = set()
    for group in days.values():
        for left, right in pairwise(sorted(group, key=lambda event: event.id)):
            if (left.id, right.id) not in seen and not _decided(left, right, told_apart):
                seen.add((left.id, right.id))
                uses = len(left.tellings) + len(right.tellings)
                first = left.tellings[0]
                yield Item(MERGES, value_of(0.5, uses), left.id, right.id, first.document, left.type, uses)


def _decided(left: Event, right: Event, told_apart: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Tell whether a person said that the two events are two."""
    mine, theirs = (
        {spot for item in event.tellings for spot in told_apart.get(item.event_mention, ())}
        for event in (left, right)
    )
    return any(number == other and place != spot for number, place in mine for other, spot in theirs)


def _pairs_of_actors(analyses: Iterable[Analysis], apart: frozenset[frozenset[str]]) -> Iterator[Item]:
    """Yield pairs of entities with the same last word, of which at least one is unknown to the knowledge base."""
    uses: Counter[str] = Counter()
    known: dict[str, Entity] = {}
    where: dict[str, str] = {}
    surfaces: dict[str, set[str]] = defaultdict(set)
    for analysis in analyses:
        mentions = {item.id: item.span.of(analysis.text) for item in analysis.mentions}
        uses.update(key for link in analysis.links for key in link.entities)
        for link in analysis.links:
            for key in link.entities[:1]:
                surfaces[key].add(_last(mentions.get(link.mention, "")))
        for entity in analysis.entities:
            known.setdefault(entity.id, entity)
            where.setdefault(entity.id, analysis.document.id)
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, entity in sorted(known.items()):
        for word in {_last(entity.name), *surfaces[key]} - {""}:
            blocks[entity.type, word].append(key)
    seen: set[tuple[str, str]] = set()
    for members in blocks.values():
        for left, right in pairwise(sorted(members, key=lambda key: (known[key].known, -uses[key], key))):
            certain = (known[left].known and known[right].known) or frozenset((left, right)) in apart
            if (left, right) not in seen and not certain:
                seen.add((left, right))
                both = uses[left] + uses[right]
                label = f"{known[left].name} = {known[right].name}"
                yield Item(ACTORS, value_of(0.5, both), left, right, where[left], label, both)


def _last(words: str) -> str:
    """Return the last word in small letters, "" when it is too short to tell people apart."""
    parts = words.casefold().split()
    return parts[-1] if parts and len(parts[-1]) > 3 else ""
