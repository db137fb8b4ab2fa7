"""Claims: statements about the same proposition, within a report and across reports.

Statements belong together when they tell one event, when one points back to the other (`dat ontkent
Moskou`), or when their contents share most of their rare words. The work is linear in the number of
statements but for words that many of them share, which are left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kroniek.merge.clusters import components
from kroniek.merge.sentences import sentence_around
from kroniek.merge.standing import standing_of
from kroniek.model import (
    Analysis,
    Attribution,
    Claim,
    ClaimAct,
    Event,
    Evidence,
    Span,
    content_id,
    record_id,
)

WORD = re.compile(r"[^\W_]{4,}")  # shorter words are function words or too common to tell contents apart
POINTERS = frozenset({"dat", "dit", "het", "that", "this", "it"})
SHORT_NOUN_PHRASE = 60  # characters: `de beschuldigingen` may stand for what was told just before
LEAST_SHARED = 4  # words that two contents must share
LEAST_SHARE = 0.6  # of the words of the shorter content
TOO_COMMON = 40  # statements: a word in more of them does not point to a claim
LOOK_BACK = 3  # statements of a report among which a pointer's antecedent is looked for


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with what it is grouped by."""

    id: str
    act: ClaimAct
    words: frozenset[str]
    text: str
    points: bool  # the content is only a pronoun


def find_claims(analyses: Sequence[Analysis], events: Sequence[Event]) -> tuple[Claim, ...]:
    """Return the claims of a set of analyses: those about events first, in the events' order, then the others.

    A statement that nobody else speaks about is a claim of its own only when it tells an event, denies
    or confirms something. The result does not depend on the order of the analyses.
    """
    said = {item.id: item for analysis in analyses for item in _statements(analysis)}
    told = dict(_told_by(analyses, events))
    edges = [(identity, identity) for identity in said]
    edges += [(members[0], member) for members in told.values() for member in members]
    edges += [pair for analysis in analyses for pair in _pointing(analysis, said)]
    edges += _alike(said)
    groups = {item: sorted(group) for group in components(edges) for item in group}
    return tuple(_claims(groups, said, told, {event.id: event for event in events}))


def _statements(analysis: Analysis) -> Iterator[Said]:
    document = analysis.document.id
    for item in analysis.attributions:
        text = " ".join(stretch.of(analysis.text) for stretch in item.content)
        words = frozenset(_stem(word) for word in WORD.findall(text.casefold()))
        identity = record_id(document, item.id)
        yield Said(identity, _act(document, item, analysis), words, text, text.casefold() in POINTERS)


def _stem(word: str) -> str:
    """Return the beginning of a word, so that `gesprek` meets `gesprekken`; no more than that is needed."""
    return word[:6]


def _act(document: str, item: Attribution, analysis: Analysis) -> ClaimAct:
    words = item.content[0] if item.content else item.cue[0]
    evidence = Evidence(document, words, sentence_around(analysis, item.cue[0]).joined(words))
    when = item.time or analysis.published.value or ""
    return ClaimAct(
        record_id(document, item.id), document, item.sources, item.stance.value, when, evidence
    )  # fmt: skip


def _told_by(analyses: Iterable[Analysis], events: Iterable[Event]) -> Iterator[tuple[str, list[str]]]:
    """Yield each event with the statements that tell it."""
    sayings = {
        record_id(analysis.document.id, mention.id): record_id(analysis.document.id, mention.attribution)
        for analysis in analyses
        for mention in analysis.events
        if mention.attribution
    }
    for event in events:
        tellings = (telling.event_mention for telling in event.tellings)
        if members := {sayings[telling] for telling in tellings if telling in sayings}:
            yield event.id, sorted(members)


def _pointing(analysis: Analysis, said: Mapping[str, Said]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a statement that points back and the one it points to: `Dat ontkent Moskou`."""
    ordered = sorted(analysis.attributions, key=lambda item: item.cue[0].start)
    for place, item in enumerate(ordered):
        identity = record_id(analysis.document.id, item.id)
        if not said[identity].points:
            continue
        for earlier in reversed(ordered[max(0, place - LOOK_BACK) : place]):
            before = record_id(analysis.document.id, earlier.id)
            if not said[before].points and not _holds(earlier, item.cue[0]):
                yield identity, before
                break


def _holds(item: Attribution, span: Span) -> bool:
    return any(stretch.covers(span) for stretch in item.content)


def _alike(said: Mapping[str, Said]) -> Iterator[tuple[str, str]]:
    """Yield pairs of statements that share most of their words, found through words that few have."""
    holders: dict[str, list[str]] = defaultdict(list)
    for identity in sorted(said):
        for word in said[identity].words:
            holders[word].append(identity)
    for identity in sorted(said):
        words = said[identity].words
        shared: Counter[str] = Counter()
        for word in words:
            if len(holders[word]) <= TOO_COMMON:
                shared.update(other for other in holders[word] if other < identity)
        for other, count in shared.items():
            shorter = min(len(words), len(said[other].words))
            if count >= LEAST_SHARED and count >= LEAST_SHARE * shorter:
                yield identity, other


def _claims(
    groups: Mapping[str, list[str]],
    said: Mapping[str, Said],
    told: Mapping[str, list[str]],
    events: Mapping[str, Event],
) -> Iterator[Claim]:
    seen: set[str] = set()
    for event, members in told.items():
        group = groups[members[0]]
        if group[0] not in seen:
            seen.add(group[0])
            yield _claim(event, group, said, events[event])
    for identity in sorted(groups):
        group = groups[identity]
        if group[0] not in seen and _is_disputable(group, said):
            first = min(
                (said[item] for item in group), key=lambda item: (item.points, item.act.time, item.id)
            )
            yield _claim(first.text, group, said, None)
        seen.add(group[0])


def _is_disputable(group: Sequence[str], said: Mapping[str, Said]) -> bool:
    """Tell whether a group without event is worth a claim: more than one source, or a denial, a confirmation."""
    stances = {said[item].act.stance for item in group}
    sources = {said[item].act.source for item in group}
    return bool(stances & {"denies", "does_not_confirm", "confirms", "revises"}) or (
        len(group) > 1 and len(sources) > 1
    )


def _claim(about: str, group: Sequence[str], said: Mapping[str, Said], event: Event | None) -> Claim:
    acts = tuple(sorted((said[item].act for item in group), key=lambda act: (act.time, act.attribution)))
    return Claim(content_id("claim", about, *sorted(group)[:1]), about, standing_of(acts, event).value, acts)
