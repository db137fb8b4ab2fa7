"""The phases of an agreement's life, from the references to it: which were reached, in what order, on what day.

A report that looks back adds no phase: `het bestand geldt` a week after it took effect is no new start.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kroniek.merge.accords import APART, holds
from kroniek.merge.references import Reference
from kroniek.merge.tellings import day_of
from kroniek.model import REACHED, Evidence, Phase, Status

CONCLUDED = frozenset({"declared", "accepted", "in_force"})
OVER = frozenset({"collapsed", "expired", "suspended", "superseded"})
ENDS = frozenset({"collapsed", "expired"})
AGAIN = frozenset({"declared", "in_force", "revived", "extended"})
# What has to come between for a phase to be reached once more.
BETWEEN = {"declared": OVER, "in_force": OVER, "collapsed": AGAIN, "expired": AGAIN}
STANDING = frozenset({"in_force", "extended", "accepted"})
PAST = frozenset({*CONCLUDED, *ENDS})  # what is told of an agreement by its date need not be news
Order = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A phase, the day by which it is sorted, and whether its day is told or only that of the report."""

    phase: Phase
    day: date
    told: bool

    @property
    def reached(self) -> bool:
        return self.phase.status in REACHED


def course_of(group: Sequence[Reference], order: Order) -> tuple[Phase, ...]:
    """Return the phases that the references to one agreement tell of."""
    drafts = [
        _Draft(
            phase, day_of(phase.time) or day_of(item.reported) or date.max, bool(item.time or not phase.time)
        )
        for item in group
        for phase in _phases(item)
    ]
    starts = {
        (item.day, item.reached)
        for item in drafts
        if item.phase.name == "in_force" and item.told and item.phase.time
    }
    kept: list[_Draft] = []
    for draft in sorted(drafts, key=lambda item: _rank(item, order)):
        if not _is_repeated(draft, kept) and not _is_ahead(draft, starts):
            kept.append(_looking_back(draft, kept))
    return tuple(draft.phase for draft in sorted(kept, key=lambda item: _rank(item, order)))


def _rank(draft: _Draft, order: Order) -> tuple[object, ...]:
    phase = draft.phase
    place = by_place(phase.evidence)
    return (draft.day, bool(phase.time), order[phase.name], phase.status, not draft.told, place, phase.rule)


def _is_repeated(draft: _Draft, kept: Sequence[_Draft]) -> bool:
    """Tell whether a phase is in the list: on the same day, or without a day of its own and nothing has come between."""
    phase = draft.phase
    for before in reversed(kept):
        if before.phase.name == phase.name and before.phase.status == phase.status:
            if before.phase.time[:10] == phase.time[:10] and before.phase.time:
                return True
            return phase.name in BETWEEN and draft.reached and not (draft.told and phase.time)
        if before.phase.name in BETWEEN.get(phase.name, ()) and before.reached:
            return False
    return False


def _is_ahead(draft: _Draft, starts: Collection[tuple[date, bool]]) -> bool:
    """Tell whether something is told as in force that begins on a later day, or as planned that was reached.

    `starts` are the days on which it is told to begin, each with whether that was reached.
    """
    if draft.phase.name != "in_force":
        return False
    if draft.reached and not draft.told:
        return any(draft.day < day <= draft.day + APART for day, _ in starts)
    return not draft.reached and (draft.day, True) in starts


def _looking_back(draft: _Draft, kept: Sequence[_Draft]) -> _Draft:
    """Return a conclusion that is told when the agreement stood already without the day of its report."""
    stood = [
        item
        for item in kept
        if item.reached and item.told and item.phase.time and item.phase.name in STANDING
    ]
    if draft.phase.name != "declared" or draft.told or not draft.reached or not stood:
        return draft
    if any(item.phase.name in ENDS and item.reached for item in kept):
        return draft
    return replace(draft, phase=replace(draft.phase, time=""), day=stood[0].day)


def _phases(reference: Reference) -> Iterable[Phase]:
    """Yield the phases that a reference tells of; what is only hoped for or planned has not been reached.

    `de gesneuvelde akkoorden` fell at some time before the report, and so did `het bestand van februari`:
    that phase has no date.
    """
    mention = reference.mention
    name, status, rule = mention.phase, mention.status, mention.provenance.rule
    holding = holds(reference)
    looks_back = (
        holding or rule.endswith("-adjective") or (mention.dated and name in PAST and status in REACHED)
    )
    time = (
        "" if holding and status in REACHED else reference.time or ("" if looks_back else reference.reported)
    )
    if not name:
        return
    if mention.negated:
        if name in CONCLUDED and status in REACHED:
            yield Phase("no_result", time, reference.evidence, f"{rule}+negated")
        return
    if name == "violation_alleged" and not mention.attribution and status in REACHED:
        name = "violation_confirmed"  # the report itself tells it as a fact
    if name in CONCLUDED and status not in REACHED and (name, status) != ("in_force", Status.PLANNED):
        # What is hoped for or demanded is proposed; a day that it may come on is not that of the proposal.
        name, status, time = "proposed", Status.HAPPENED, reference.reported or time
    if name == "revived" and status not in REACHED:
        # Who wants to revive it says that it does not hold any more.
        yield Phase("collapsed", "", reference.evidence, "revival-implies-collapse")
    if mention.dated and name in ("collapsed", "revived", "accepted") and day_of(mention.dated):
        # `de wapenstilstand van februari`: there was one.
        yield Phase("declared", mention.dated, reference.evidence, "dated-reference")
    yield Phase(name, time, reference.evidence, rule, status=status.value)


def in_order(phases: Iterable[tuple[Phase, str]], order: Mapping[str, int]) -> tuple[Phase, ...]:
    """Return phases by day, undated ones at the day of their report, then by usual order; each day tells one once."""
    kept: dict[tuple[str, str, str], tuple[Phase, str]] = {}
    for phase, reported in sorted(phases, key=lambda item: (by_place(item[0].evidence), item[0].rule)):
        kept.setdefault((phase.name, phase.time[:10], phase.status), (phase, reported))

    def when(item: tuple[Phase, str]) -> tuple[object, ...]:
        phase, reported = item
        day = day_of(phase.time) or day_of(reported) or date.max
        return (day, bool(phase.time), order[phase.name], phase.status)

    return tuple(phase for phase, _ in sorted(kept.values(), key=when))


def by_place(evidence: Evidence) -> tuple[object, ...]:
    """Sort evidence by document and place in it."""
    return (evidence.document, evidence.span)
