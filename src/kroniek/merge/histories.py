"""The life of an event as the reports tell it: announced, denied, confirmed, called off, held, and by whom.

The steps are the tellings that bring something new, and the denials and confirmations of other sources
(`dat werd door Washington ontkend`), which tell no event themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kroniek.merge.claims import ALIKE, ALIKE_OF, STATEMENTS, Said
from kroniek.merge.digest import REPORTS
from kroniek.merge.events import EVENTS
from kroniek.merge.shelf import Shelf
from kroniek.merge.tellings import TELLINGS, Told, day_of, is_denial
from kroniek.model import Event, EventStep, Evidence, Interval, Stance, Status, StepKind

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
REPEATED = {StepKind.ANNOUNCED: StepKind.CONFIRMED}  # who confirmed it announces nothing new
UNNAMED = "?"  # whoever denied it
DOUBTED = frozenset({StepKind.DENIED, StepKind.NOT_CONFIRMED})
AFFIRMED = frozenset({StepKind.ANNOUNCED, StepKind.ONGOING})  # what happened says so itself


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
    telling = {item.statement for item in told.values() if item.statement}
    said = _doubts(shelf, telling) | shelf.get(STATEMENTS, telling)
    said |= shelf.get(STATEMENTS, {item.before for item in said.values() if item.before} - said.keys())
    documents = {item.act.document for item in said.values()}
    documents |= {item.telling.document for item in told.values()}
    reported = {key: report.published.value or "" for key, report in shelf.get(REPORTS, documents).items()}
    book = _Book(told, said, reported, shelf.get(ALIKE_OF, said))
    for key, event in known.items():
        steps = tuple(_steps(book.drafts(event)))
        if steps != event.steps:
            shelf.put(EVENTS, {key: replace(event, steps=steps)})


def _doubts(shelf: Shelf, telling: Iterable[str]) -> dict[str, Said]:
    """Return the denials and confirmations that tell no event and are about one of these statements."""
    groups = ALIKE.get(shelf, set(shelf.get(ALIKE_OF, telling).values()))
    found = shelf.get(STATEMENTS, {key for ids in groups.values() for key in ids})
    return {
        key: item for key, item in found.items() if not item.tells and Stance(item.act.stance) in OF_STANCE
    }


@dataclass(frozen=True, slots=True)
class _Book:
    """What the steps of some events are made from."""

    told: Mapping[str, Told]
    said: Mapping[str, Said]
    reported: Mapping[str, str]
    alike: Mapping[str, str]  # statement -> group

    def drafts(self, event: Event) -> list[_Draft]:
        """Return the steps of an event in the order of saying: its tellings, and what others say of them."""
        told = [self.told[item.event_mention] for item in event.tellings]
        telling = {item.statement for item in told if item.statement}
        groups = {self.alike[key] for key in telling if key in self.alike}
        drafts = [self._of_telling(item, event.interval) for item in told]
        for key, said in self.said.items():
            if said.tells or Stance(said.act.stance) not in OF_STANCE:
                continue
            # What points back is about that alone; what repeats the words is about all that say the same.
            if said.before in telling or (not said.before and self.alike.get(key) in groups):
                drafts.append(self._of_act(said))
        return sorted(drafts, key=lambda draft: draft.order)

    def _of_telling(self, told: Told, days: Interval | None) -> _Draft:
        """Return the step of a telling of an event that falls on these days, as far as that is known."""
        said = self.said.get(told.statement)
        kind = OF_STATUS[told.telling.status]
        if said:
            kind = OF_STANCE.get(Stance(said.act.stance), kind)
        source = said.act.source if said and said.act.source else told.mention.according_to
        day, before = day_of(told.said), days.earliest if days else None
        # `Wij schreven dat hij hem niet zou ontvangen`, `een dag nadat het de afspraak had ontkend`: when is not told.
        unsaid = kind is StepKind.DENIED and not source  # nobody denies in the report's own voice
        late = bool(is_denial(told) and told.mention.ahead and day and before and day > before)
        looks_back = unsaid or late
        early = told.mention.ahead or (day is not None and before is not None and day < before)
        if kind is StepKind.NOT_HAPPENED and early and is_denial(told) and (source or looks_back):
            kind = StepKind.DENIED  # `volgens Moskou stond er geen ontmoeting op de agenda`
        time = "" if looks_back else told.said
        step = EventStep(time, kind, source, told.telling.evidence, told.id)
        states = frozenset(said.states) if said and said.act.source else frozenset(source)
        place = said.act.evidence if said else told.telling.evidence
        order = self._order(
            before.isoformat() if late and before else told.said, place, own=not (source or looks_back)
        )
        return _Draft(step, order, states)

    def _of_act(self, said: Said) -> _Draft:
        """Return the step of a denial or confirmation.

        `Woensdag kondigde Moskou het aan. Dat werd later ontkend.`: the day is not told, only the order.
        """
        before = self.said.get(said.before)
        time = "" if before and not said.dated else said.act.time
        step = EventStep(
            time, OF_STANCE[Stance(said.act.stance)], said.act.source, said.act.evidence, said.id
        )
        if time or before is None:
            order = self._order(said.act.time, said.act.evidence)
        else:
            order = self._order(before.act.time, before.act.evidence, after=True)
        return _Draft(step, order, frozenset(said.states))

    def _order(
        self, time: str, place: Evidence, *, own: bool = False, after: bool = False
    ) -> tuple[object, ...]:
        """Order by day of saying, then by report; what a report says itself is its news and comes last."""
        reported = self.reported.get(place.document, "")
        return (day_of(time) or date.max, reported, place.document, own, place.span, after)


def _steps(drafts: Iterable[_Draft]) -> Iterator[EventStep]:
    """Yield the steps that bring something new: who says the same as before adds nothing.

    What was denied or left open is confirmed when the one who did so says that it is so, or a later report
    in its own voice.
    """
    last: dict[tuple[str, ...], StepKind] = {}
    doubted: set[str] = set()
    for draft in drafts:
        step = draft.step
        if step.kind in DOUBTED:
            doubted |= draft.states or {UNNAMED}
        elif step.kind in AFFIRMED and (draft.states & doubted or (doubted and not step.source)):
            step = replace(step, kind=StepKind.CONFIRMED)
            doubted = set()
        known = last.get(step.source)
        if known is None or known not in (step.kind, REPEATED.get(step.kind)):
            last[step.source] = step.kind
            yield step
