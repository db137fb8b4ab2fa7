"""Each layer's comparison: which found records answer which gold ones, and what is right about them.

Pairs are one to one. Exact means equal spans; overlap means that at least one code point is shared
(names, times, cues, triggers, sources) or that the Dice coefficient of the code points is at least
one half (contents, which are long).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kroniek.evaluate.accepted import AcceptedNames
from kroniek.evaluate.gold import GoldAttribution, GoldDocument, GoldEvent, GoldName, GoldTime
from kroniek.evaluate.matching import dice, match, shared
from kroniek.evaluate.scores import Counts, Tally
from kroniek.evaluate.speakers import judge_of
from kroniek.model import Span, interval_of

LAYERS = ("names", "times", "links", "attributions", "events")
GOLD_LAYER = {layer: "entities" if layer in ("names", "links") else layer for layer in LAYERS}


@dataclass(slots=True)
class Comparison:
    """All that comparing one layer gives: scores, a confusion table, and each error with its place."""

    layer: str
    tally: Tally = field(default_factory=Tally)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)

    def miss(self, document: GoldDocument, what: str, span: Span, detail: str) -> None:
        """Remember an error: what kind, where, and what would have been right."""
        self.errors.append(Error(document.id, what, span, detail))


@dataclass(frozen=True, slots=True)
class Error:
    """One miss, extra or wrong value."""

    document: str
    what: str
    span: Span
    detail: str


def compare(
    layer: str, pairs: Sequence[tuple[GoldDocument, GoldDocument]], accepted: AcceptedNames
) -> Comparison:
    """Compare one layer of (gold, found) documents. Raises KeyError for an unknown layer."""
    score = {
        "names": _names,
        "times": _times,
        "links": _links,
        "attributions": _attributions,
        "events": _events,
    }[layer]
    comparison = Comparison(layer)
    for gold, found in pairs:
        if GOLD_LAYER[layer] not in gold.layers:
            continue
        comparison.tally.next_document()
        score(comparison, gold, found, accepted)
    return comparison


def _exact(left: Span, right: Span) -> float:
    return float(left == right)


def _overlap(left: Span, right: Span) -> float:
    return 2 * shared(left, right) / (len(left) + len(right))


def _names(comparison: Comparison, gold: GoldDocument, found: GoldDocument, accepted: AcceptedNames) -> None:
    tally = comparison.tally
    pairs = match(gold.names, found.names, lambda a, b: _overlap(a.span, b.span))
    exact = [(a, b) for a, b in pairs if a.span == b.span]
    right = [a for a, b in exact if a.type == b.type]
    sizes = len(found.names), len(gold.names)
    tally.add("names exact", Counts(len(right), *sizes))
    tally.add("names overlap", Counts(sum(a.type == b.type for a, b in pairs), *sizes))
    tally.add("names untyped", Counts(len(exact), *sizes))
    for label in {name.type for name in (*gold.names, *found.names)}:
        hits = sum(name.type == label for name in right)
        counts = Counts(hits, _of_type(found.names, label), _of_type(gold.names, label))
        tally.add("names macro", counts, label)
    for first, second in exact:
        comparison.confusion[first.type, second.type] += 1
        if first.type != second.type:
            comparison.miss(gold, "type", first.span, f"is {first.type}, found {second.type}")
    _extras(comparison, gold, [n.span for n in gold.names], [n.span for n in found.names], exact_only=True)


def _of_type(names: Sequence[GoldName], label: str) -> int:
    return sum(name.type == label for name in names)


def _extras(
    comparison: Comparison,
    document: GoldDocument,
    wanted: Sequence[Span],
    found: Sequence[Span],
    *,
    exact_only: bool = False,
) -> None:
    """Remember what was missed and what was too much."""
    pairs = match(wanted, found, _exact if exact_only else _overlap)
    taken_left, taken_right = {a for a, _ in pairs}, {b for _, b in pairs}
    for span in wanted:
        if span not in taken_left:
            comparison.miss(document, "missed", span, "")
    for span in found:
        if span not in taken_right:
            comparison.miss(document, "extra", span, "")


def _times(comparison: Comparison, gold: GoldDocument, found: GoldDocument, accepted: AcceptedNames) -> None:
    tally = comparison.tally
    pairs = match(gold.times, found.times, lambda a, b: _overlap(a.span, b.span))
    sizes = len(found.times), len(gold.times)
    tally.add("times exact", Counts(sum(a.span == b.span for a, b in pairs), *sizes))
    tally.add("times overlap", Counts(len(pairs), *sizes))
    tally.add("times value", Counts(sum(same_value(a, b) for a, b in pairs), *sizes))
    tally.add("times interval", Counts(sum(_same_interval(a, b) for a, b in pairs), *sizes))
    tally.add("times type given span", _accuracy(sum(a.type == b.type for a, b in pairs), len(pairs)))
    tally.add("times value given span", _accuracy(sum(same_value(a, b) for a, b in pairs), len(pairs)))
    for first, second in pairs:
        comparison.confusion[first.type, second.type] += 1
        if not same_value(first, second):
            comparison.miss(gold, "value", first.span, f"is {first.value}, found {second.value}")
    _extras(comparison, gold, [t.span for t in gold.times], [t.span for t in found.times])


def _accuracy(hits: int, cases: int) -> Counts:
    return Counts(hits, cases, cases)


def same_value(left: GoldTime, right: GoldTime) -> bool:
    """Tell whether two TIMEX3 values say the same: `PT1.5H` is `PT1H30M`, `2018-09-21T15` is `...T15:00`."""
    return left.value == right.value or _plain(left.value) == _plain(right.value)


def _plain(value: str) -> str:
    value = value.upper().replace("PT1.5H", "PT1H30M").replace("PT0.5H", "PT30M")
    if value.startswith("PT") and value.endswith("H30M"):
        value = f"PT{60 * int(value[2:-4]) + 30}M" if value[2:-4].isdigit() else value
    elif value.startswith("PT") and value.endswith("H") and value[2:-1].isdigit():
        value = f"PT{60 * int(value[2:-1])}M"
    head, separator, clock = value.partition("T")
    if separator and head and head[0].isdigit() and clock[:2].isdigit():
        return f"{head}T{clock[:2]}:{clock[3:5] or '00'}"
    return value


def _same_interval(left: GoldTime, right: GoldTime) -> bool:
    first = interval_of(left.value)
    return same_value(left, right) if first is None else first == interval_of(right.value)


def _links(comparison: Comparison, gold: GoldDocument, found: GoldDocument, accepted: AcceptedNames) -> None:
    """Accuracy counts gold names with an actor; a wrong link is one to a known thing that is not meant."""
    pairs = {a.span: b for a, b in match(gold.names, found.names, lambda a, b: _overlap(a.span, b.span))}
    wanted = [name for name in gold.names if name.actor]
    hits = wrong = 0
    for name in gold.names:
        answer = pairs.get(name.span)
        if name.actor and answer and accepted.same(answer.actor, name.actor):
            hits += 1
        elif answer is None:
            if name.actor:
                comparison.miss(gold, "no mention", name.span, f"means {name.actor}")
        elif name.actor or answer.known:
            wrong += answer.known
            what = "wrong link" if answer.known else "unlinked"
            comparison.miss(gold, what, name.span, f"means {name.actor}, found {answer.actor}")
    comparison.tally.add("links accuracy", _accuracy(hits, len(wanted)))
    comparison.tally.add("links not wrong", _accuracy(len(gold.names) - wrong, len(gold.names)))


def _content_score(left: GoldAttribution, right: GoldAttribution) -> float:
    """Two statements may hold nearly the same words (`"...", zei ze volgens de krant`): the cue tells which is which."""
    overlap = dice(left.content, right.content)
    bonus = 1.0 * (shared(left.cue, right.cue) > 0)
    return overlap + bonus if overlap >= 0.5 else 0.0


def _attributions(
    comparison: Comparison, gold: GoldDocument, found: GoldDocument, accepted: AcceptedNames
) -> None:
    tally = comparison.tally
    pairs = match(gold.attributions, found.attributions, _content_score)
    sizes = len(found.attributions), len(gold.attributions)
    cues = match(gold.attributions, found.attributions, lambda a, b: _overlap(a.cue, b.cue))
    tally.add("attributions cue", Counts(len(cues), *sizes))
    tally.add("attributions content overlap", Counts(len(pairs), *sizes))
    exact = match(gold.attributions, found.attributions, lambda a, b: float(a.content == b.content))
    tally.add("attributions content exact", Counts(len(exact), *sizes))
    _score_sources(comparison, gold, found)
    _score_speakers(comparison, gold, found, [(a, b) for a, b in pairs if a.actor], accepted)
    for label in {item.stance for item in (*(a for a, _ in pairs), *(b for _, b in pairs))}:
        hits = sum(a.stance == b.stance == label for a, b in pairs)
        counts = Counts(
            hits, sum(b.stance == label for _, b in pairs), sum(a.stance == label for a, _ in pairs)
        )
        tally.add("attributions stance macro", counts, label)
    tally.add("attributions kind", _accuracy(sum(a.kind == b.kind for a, b in pairs), len(pairs)))
    for first, second in pairs:
        comparison.confusion[first.stance, second.stance] += 1
        if first.stance != second.stance:
            comparison.miss(gold, "stance", first.cue, f"is {first.stance}, found {second.stance}")
    paired, answered = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    for item in gold.attributions:
        if id(item) not in paired:
            comparison.miss(gold, "missed", item.content[0], "")
    for item in found.attributions:
        if id(item) not in answered:
            comparison.miss(gold, "extra", item.content[0] if item.content else item.cue, "")


def _score_sources(comparison: Comparison, gold: GoldDocument, found: GoldDocument) -> None:
    """A source is right when a found statement overlaps in content or cue and its source overlaps."""

    def alike(left: GoldAttribution, right: GoldAttribution) -> float:
        return dice(left.content, right.content) + (shared(left.cue, right.cue) > 0)

    pairs = match(gold.attributions, found.attributions, alike)
    hits = sum(bool(a.source and b.source and shared(a.source, b.source)) for a, b in pairs)
    exact = sum(bool(a.source and a.source == b.source) for a, b in pairs)
    sizes = (
        sum(item.source is not None for item in found.attributions),
        sum(item.source is not None for item in gold.attributions),
    )
    comparison.tally.add("attributions source", Counts(hits, *sizes))
    comparison.tally.add("attributions source exact", Counts(exact, *sizes))


def _score_speakers(
    comparison: Comparison,
    gold: GoldDocument,
    found: GoldDocument,
    named: Sequence[tuple[GoldAttribution, GoldAttribution]],
    accepted: AcceptedNames,
) -> None:
    judge = judge_of(gold, found, named, accepted)
    right = 0
    for first, second in named:
        if judge.same(first.actor, second.actor):
            right += 1
        else:
            comparison.miss(
                gold, "speaker", first.source or first.cue, f"is {first.actor}, found {second.actor}"
            )
    labels = sum(accepted.same(second.actor, first.actor) for first, second in named)
    comparison.tally.add("attributions speaker given content", _accuracy(right, len(named)))
    comparison.tally.add("attributions speaker by label", _accuracy(labels, len(named)))


def _events(comparison: Comparison, gold: GoldDocument, found: GoldDocument, accepted: AcceptedNames) -> None:
    tally = comparison.tally
    pairs = match(gold.events, found.events, _event_score)
    tally.add("events detection", Counts(len(pairs), len(found.events), len(gold.events)))
    tally.add("events type given detection", _accuracy(sum(a.type == b.type for a, b in pairs), len(pairs)))
    typed = sum(a.type == b.type for a, b in pairs)
    tally.add("events typed", Counts(typed, len(found.events), len(gold.events)))
    with_mode = [(a, b) for a, b in pairs if a.mode and a.type == b.type]
    tally.add(
        "events mode given type", _accuracy(sum(a.mode == b.mode for a, b in with_mode), len(with_mode))
    )
    for first, second in pairs:
        _score_event(comparison, gold, first, second, accepted)
    for label in {item.status for item in (*(a for a, _ in pairs), *(b for _, b in pairs))}:
        hits = sum(a.status == b.status == label for a, b in pairs)
        counts = Counts(
            hits, sum(b.status == label for _, b in pairs), sum(a.status == label for a, _ in pairs)
        )
        tally.add("events status macro", counts, label)
    _extras(comparison, gold, [e.trigger for e in gold.events], [e.trigger for e in found.events])


def _event_score(left: GoldEvent, right: GoldEvent) -> float:
    overlap = _overlap(left.trigger, right.trigger)
    return overlap + 0.01 * (left.type == right.type) if overlap else 0.0


def _score_event(
    comparison: Comparison, document: GoldDocument, gold: GoldEvent, found: GoldEvent, accepted: AcceptedNames
) -> None:
    comparison.confusion[gold.type, found.type] += 1
    both = ((gold.actors, found.actors, "actors"), (gold.recipients, found.recipients, "recipients"))
    for wanted, answered, role in both:
        hits = len(match(wanted, answered, lambda a, b: float(accepted.same(b, a))))
        counts = Counts(hits, len(answered), len(wanted))
        comparison.tally.add("events participants", counts)
        comparison.tally.add(f"events {role}", counts)
        if hits < max(len(answered), len(wanted)):
            detail = f"{role} are {list(wanted)}, found {list(answered)}"
            comparison.miss(document, role, gold.trigger, detail)
    if gold.type != found.type:
        comparison.miss(document, "type", gold.trigger, f"is {gold.type}, found {found.type}")
    if gold.status != found.status:
        comparison.miss(document, "status", gold.trigger, f"is {gold.status}, found {found.status}")
    if gold.date:
        comparison.tally.add("events date", _accuracy(int(gold.date == found.date), 1))
    if gold.place:
        comparison.tally.add("events place", _accuracy(int(accepted.same(found.place, gold.place)), 1))
