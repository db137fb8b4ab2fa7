"""The life of an event as the reports tell it: announced, denied, confirmed, called off, held, and by whom.

The steps are the tellings that bring something new, and the denials and confirmations of other sources
(`dat werd door Washington ontkend`), which tell no event themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kroniek.merge.claims import CLAIM_OF, CLAIMS, STATEMENTS, Said
from kroniek.merge.digest import REPORTS
from kroniek.merge.events import EVENTS
from kroniek.merge.shelf import Shelf
from kroniek.merge.tellings import TELLINGS, Told, day_of
from kroniek.model import Event, EventStep, Stance, Status, StepKind

OF_STATUS = {
    Status.PLANNED: StepKind.ANNOUNCED, Status.OFFERED: StepKind.OFFERED, Status.CALLED_FOR: StepKind.CALLED_FOR,
    Status.POSSIBLE: StepKind.POSSIBLE, Status.ALLEGED: StepKind.ALLEGED, Status.DENIED: StepKind.DENIED,
    Status.NOT_HAPPENED: StepKind.NOT_HAPPENED, Status.CANCELLED: StepKind.CANCELLED,
    Status.ONGOING: StepKind.ONGOING, Status.HAPPENED: StepKind.HAPPENED,
}  # fmt: skip
OF_STANCE = {
    Stance.DENIES: StepKind.DENIED, Stance.DOES_NOT_CONFIRM: StepKind.NOT_CONFIRMED,
    Stance.CONFIRMS: StepKind.CONFIRMED, Stance.ADMITS: StepKind.CONFIRMED,
}  # fmt: skip
DOUBTED = frozenset({StepKind.DENIED, StepKind.NOT_CONFIRMED})
AFFIRMED = frozenset({StepKind.ANNOUNCED, StepKind.HAPPENED, StepKind.ONGOING})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A step with what it is sorted by, and the states of its sources."""

    step: EventStep
    order: tuple[object, ...]
    states: frozenset[str]


def update_steps(shelf: Shelf, events: Iterable[str]) -> None:
    """Bring the steps of these events up to date; ids that are no events are passed over."""
    known = shelf.get(EVENTS, events)
    told = shelf.get(TELLINGS, [item.event_mention for event in known.values() for item in event.tellings])
    claims = shelf.get(CLAIM_OF, {item.statement for item in told.values()})
    acts = {
        act.attribution for claim in shelf.get(CLAIMS, set(claims.values())).values() for act in claim.acts
        if Stance(act.stance) in OF_STANCE
    }  # fmt: skip
    said = shelf.get(STATEMENTS, acts | {item.statement for item in told.values()})
    said |= shelf.get(STATEMENTS, {item.before for item in said.values() if item.before} - said.keys())
    documents = {item.act.document for item in said.values()} | {
        item.telling.document for item in told.values()
    }
    reported = {key: report.published.value or "" for key, report in shelf.get(REPORTS, documents).items()}
    book = _Book(told, said, reported)
    by_claim = {
        key: [act.attribution for act in claim.acts]
        for key, claim in shelf.get(CLAIMS, set(claims.values())).items()
    }
    changed = {}
    for key, event in known.items():
        statements = {told[item.event_mention].statement for item in event.tellings} & claims.keys()
        others = {act for statement in statements for act in by_claim[claims[statement]]} & acts
        steps = tuple(_steps(book.drafts(event, sorted(others - statements))))
        if steps != event.steps:
            changed[key] = replace(event, steps=steps)
    shelf.put(EVENTS, changed)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the steps of some events are made from."""

    told: Mapping[str, Told]
    said: Mapping[str, Said]
    reported: Mapping[str, str]

    def drafts(self, event: Event, others: Sequence[str]) -> list[_Draft]:
        """Return the steps of an event in the order of saying; `others` are statements about it that tell none."""
        drafts = [self._of_telling(self.told[item.event_mention]) for item in event.tellings]
        drafts += [self._of_act(self.said[key]) for key in others if not self.said[key].tells]
        return sorted(drafts, key=lambda draft: draft.order)

    def _of_telling(self, told: Told) -> _Draft:
        said = self.said.get(told.statement)
        kind = OF_STATUS[told.telling.status]
        if said:
            kind = OF_STANCE.get(Stance(said.act.stance), kind)
        source = said.act.source if said and said.act.source else told.mention.according_to
        step = EventStep(told.said, kind, source, told.telling.evidence, told.id)
        states = frozenset(said.states) if said and said.act.source else frozenset(source)
        return _Draft(step, self._order(told.said, step, ()), states)

    def _of_act(self, said: Said) -> _Draft:
        """Return the step of a denial or confirmation; what points back was said after what it points to."""
        time, act, after = said.act.time, said.act, ()
        before = self.said.get(said.before)
        if before and not said.dated and before.dated:
            # `Woensdag kondigde Moskou het aan. Dat werd later ontkend.`: the day is not told.
            return self._after(said, before)
        step = EventStep(time, OF_STANCE[Stance(act.stance)], act.source, act.evidence, said.id)
        return _Draft(step, self._order(time, step, after), frozenset(said.states))

    def _after(self, said: Said, before: Said) -> _Draft:
        act = said.act
        step = EventStep("", OF_STANCE[Stance(act.stance)], act.source, act.evidence, said.id)
        return _Draft(step, self._order(before.act.time, step, (1,)), frozenset(said.states))

    def _order(self, time: str, step: EventStep, after: tuple[int, ...]) -> tuple[object, ...]:
        document = step.evidence.document
        place = (step.evidence.span, step.record)
        return (day_of(time) or date.max, bool(after), self.reported.get(document, ""), document, place)


def _steps(drafts: Iterable[_Draft]) -> Iterator[EventStep]:
    """Yield the steps that bring something new: who says the same as before adds nothing."""
    last: dict[tuple[str, ...], StepKind] = {}
    doubted: set[str] = set()
    for draft in drafts:
        step = draft.step
        if step.kind in AFFIRMED and step.source and draft.states & doubted:
            step = replace(step, kind=StepKind.CONFIRMED)  # who denied it says now that it is so
        if step.kind in DOUBTED:
            doubted |= draft.states
        if last.get(step.source) == step.kind:
            continue
        last[step.source] = step.kind
        yield step
