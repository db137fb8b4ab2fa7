"""Claims: statements about the same proposition, within a report and across reports.

Statements belong together when they tell one event, when one points back to the other (`dat ontkent
Moskou`), or when their contents share most of their words. A word that many statements share brings
none of them together on its own, so the work stays linear in the number of statements.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kroniek.merge.events import EVENT_OF, EVENTS
from kroniek.merge.grouping import Rule, regroup
from kroniek.merge.sentences import sentence_around
from kroniek.merge.shelf import Postings, Shelf, Table
from kroniek.merge.standing import sides_of, standing_of
from kroniek.merge.tellings import TELLINGS, is_denial, state_of
from kroniek.model import (
    Analysis,
    Attribution,
    Claim,
    ClaimAct,
    Event,
    Evidence,
    Span,
    Stance,
    content_id,
    record_id,
)

WORD = re.compile(r"[^\W_]{4,}")  # shorter words are function words or too common to tell contents apart
POINTERS = frozenset({"dat", "dit", "het", "that", "this", "it"})
LEAST_SHARED = 4  # words that two contents must share
LEAST_SHARE = 0.6  # of the words of the shorter content
TOO_COMMON = 40  # statements: a word in more of them does not point to a claim
LOOK_BACK = 3  # statements of a report among which a pointer's antecedent is looked for
JOINED = -1.0  # everything connected is one group


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with what it is grouped by."""

    id: str
    act: ClaimAct
    words: frozenset[str]
    text: str
    points: bool  # the content is only a pronoun
    before: str = ""  # the statement of the same report that it points back to
    tells: tuple[str, ...] = ()  # tellings in its content
    dated: bool = False  # the report says when it was said
    states: tuple[str, ...] = ()  # of its sources, where they have one


STATEMENTS: Table[Said] = Table("statements", Said)
CLAIMS: Table[Claim] = Table("claims", Claim)
CLAIMS_OF: Table[tuple[str, ...]] = Table("claims of", tuple[str, ...])  # statement -> claims
ALIKE = Postings("alike")  # group -> statements
ALIKE_OF: Table[str] = Table("alike of", str)  # statement -> group


def claim_order(claim: Claim) -> str:
    """Sort claims by their first act."""
    return f"{claim.acts[0].time if claim.acts else ''} {claim.id}"


def statements_in(analysis: Analysis) -> Iterator[Said]:
    """Yield the statements of a report in text order."""
    document = analysis.document.id
    tells: dict[str, list[str]] = {}
    for mention in analysis.events:
        tells.setdefault(mention.attribution, []).append(record_id(document, mention.id))
    before = dict(_pointing(analysis))
    entities = {entity.id: entity for entity in analysis.entities}
    for item in analysis.attributions:
        text = _content(item, analysis)
        words = frozenset(_stem(word) for word in WORD.findall(text.casefold()))
        earlier = record_id(document, before[item.id]) if item.id in before else ""
        yield Said(
            record_id(document, item.id), _act(document, item, analysis), words, text, _points(text), earlier,
            tuple(tells.get(item.id, ())), bool(item.time),
            tuple(dict.fromkeys(state_of(source, entities) for source in item.sources)),
        )  # fmt: skip


def _content(item: Attribution, analysis: Analysis) -> str:
    return " ".join(stretch.of(analysis.text) for stretch in item.content)


def _points(text: str) -> bool:
    return text.casefold() in POINTERS


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


def _pointing(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Yield pairs of a statement that points back and the one it points to: `Dat ontkent Moskou`."""
    ordered = sorted(analysis.attributions, key=lambda item: item.cue[0].start)
    points = [_points(_content(item, analysis)) for item in ordered]
    for place, item in enumerate(ordered):
        if not points[place]:
            continue
        for earlier in range(place - 1, max(0, place - LOOK_BACK) - 1, -1):
            if not points[earlier] and not _holds(ordered[earlier], item.cue[0]):
                yield item.id, ordered[earlier].id
                break


def _holds(item: Attribution, span: Span) -> bool:
    return any(stretch.covers(span) for stretch in item.content)


def _keys(said: Said) -> Iterable[str]:
    """Return the words of a statement, and the statement that it is about."""
    return (*said.words, f"@{said.before or said.id}")


def _likeness(left: Said, right: Said) -> float:
    if left.before == right.id or right.before == left.id or (left.before and left.before == right.before):
        return 1.0
    shared, shorter = len(left.words & right.words), min(len(left.words), len(right.words))
    return float(shared >= LEAST_SHARED and shared >= LEAST_SHARE * shorter)


def regroup_statements(
    shelf: Shelf, fresh: Mapping[str, Said], gone: Mapping[str, Said], told: Iterable[str]
) -> tuple[dict[str, Claim], dict[str, Claim]]:
    """Bring the claims up to date; return those that were there and those that are, as far as touched.

    `told` are the statements that tell an event that has changed; events must be up to date.
    """
    groups = regroup(shelf, ALIKE_RULE, fresh, gone)
    involved = {key for group in groups for key in group}
    ALIKE.change(
        shelf,
        {key: [group] for key, group in shelf.get(ALIKE_OF, involved | gone.keys()).items()},
        {key: [group[0]] for group in groups for key in group},
    )
    shelf.put(ALIKE_OF, {**dict.fromkeys(gone), **{key: group[0] for group in groups for key in group}})
    start = (involved | set(told)) - (gone.keys() - fresh.keys())
    near = _near(shelf, start)
    claims = {claim.id: claim for claim in _claims(near)}
    before = shelf.get(CLAIMS_OF, {*near.said, *start, *gone})
    decided = {*start, *gone, *(key for key in near.said if near.group_of[key] in near.groups)}
    old = shelf.get(CLAIMS, {key for item in decided & before.keys() for key in before[item]})
    shelf.put(CLAIMS, {**dict.fromkeys(old), **claims})
    belongs: dict[str, tuple[str, ...]] = {
        key: tuple(claim for claim in ids if claim not in old) for key, ids in before.items()
    }
    for claim in claims.values():
        for act in claim.acts:
            belongs[act.attribution] = (*belongs.get(act.attribution, ()), claim.id)
    shelf.put(CLAIMS_OF, {key: ids or None for key, ids in belongs.items()})
    return old, claims


@dataclass(frozen=True, slots=True)
class _Near:
    """What claims are made of: statements and the events that they tell, groups that say the same."""

    said: Mapping[str, Said]
    events: Mapping[str, Event]
    telling: Mapping[str, set[str]]  # event -> statements that tell it
    refuting: Mapping[str, set[str]]  # event -> those of them that tell that it is not so
    group_of: Mapping[str, str]
    groups: frozenset[str]  # that are to be decided on

    def about(self, event: str) -> list[str]:
        """Return the statements about an event, sorted: that tell it, point back to that or say the same."""
        telling = self.telling[event]
        groups = {self.group_of[key] for key in telling}
        others = (
            key for key, item in self.said.items() if not item.tells
            and (item.before in telling if item.before else self.group_of[key] in groups)
        )  # fmt: skip
        return sorted({*telling, *others})


def _near(shelf: Shelf, start: Iterable[str]) -> _Near:
    """Return what is needed to make the claims anew that these statements belong to."""
    groups = frozenset(shelf.get(ALIKE_OF, start).values())
    said = _members(shelf, groups)
    event_of = shelf.get(EVENT_OF, {telling for item in said.values() for telling in item.tells})
    events = shelf.get(EVENTS, set(event_of.values()))
    tellings = shelf.get(
        TELLINGS, {item.event_mention for event in events.values() for item in event.tellings}
    )
    said |= _members(shelf, set(shelf.get(ALIKE_OF, {item.statement for item in tellings.values()}).values()))
    telling = {
        key: {tellings[item.event_mention].statement for item in event.tellings} & said.keys()
        for key, event in events.items()
    }
    refuting = {
        key: {
            tellings[item.event_mention].statement
            for item in event.tellings
            if is_denial(tellings[item.event_mention])
        }
        for key, event in events.items()
    }
    return _Near(said, events, telling, refuting, shelf.get(ALIKE_OF, said), groups)


def _members(shelf: Shelf, groups: Iterable[str]) -> dict[str, Said]:
    return shelf.get(STATEMENTS, {key for ids in ALIKE.get(shelf, groups).values() for key in ids})


def _claims(near: _Near) -> Iterator[Claim]:
    """Yield a claim for each event, and for each group of other statements that is worth one."""
    for key, event in sorted(near.events.items()):
        if near.telling[key]:
            yield _claim(key, near.about(key), near.said, event, near.refuting[key])
    others: dict[str, list[str]] = {}
    telling = {near.group_of[key] for key, item in near.said.items() if item.tells}
    for key in sorted(near.said):
        group = near.group_of[key]
        if group in near.groups and group not in telling:
            others.setdefault(group, []).append(key)
    for members in others.values():
        if _is_disputable(members, near.said):
            first = min(
                (near.said[item] for item in members), key=lambda item: (item.points, item.act.time, item.id)
            )
            yield _claim(first.text, members, near.said, None)


def _is_disputable(group: Sequence[str], said: Mapping[str, Said]) -> bool:
    """Tell whether a group without event is worth a claim: more than one source, or a denial, a confirmation."""
    stances = {said[item].act.stance for item in group}
    sources = {said[item].act.source for item in group}
    return bool(stances & {"denies", "does_not_confirm", "confirms", "revises"}) or (
        len(group) > 1 and len(sources) > 1
    )


def _claim(
    about: str,
    group: Sequence[str],
    said: Mapping[str, Said],
    event: Event | None,
    refuting: Collection[str] = (),
) -> Claim:
    """Return what these statements claim together; those in `refuting` say that it is not so.

    `Peskov zei dat er geen ontmoeting op de agenda stond` asserts something, and denies the meeting.
    """
    acts = tuple(sorted((said[item].act for item in group), key=lambda act: (act.time, act.attribution)))
    weighed = [
        replace(act, stance=Stance.DENIES.value) if act.attribution in refuting and _asserts(act) else act
        for act in acts
    ]
    identity = content_id("claim", about, *group[:1])
    return Claim(identity, about, standing_of(weighed, event).value, acts, *sides_of(weighed))


def _asserts(act: ClaimAct) -> bool:
    return Stance(act.stance) is Stance.ASSERTS


ALIKE_RULE: Rule[Said] = Rule(
    "said",
    _keys,
    _likeness,
    lambda shelf, ids: shelf.get(STATEMENTS, ids),
    link=0.5,
    same=JOINED,
    crowd=TOO_COMMON,
)
