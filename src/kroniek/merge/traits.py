"""What the references to an agreement say of it together: terms, form, sides, extent, mediators, days, state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kroniek.merge.accords import holds
from kroniek.merge.references import Reference
from kroniek.merge.sentences import within
from kroniek.model import REACHED, Evidence, Phase, Process, Term, interval_of

ENDED = frozenset({"collapsed", "expired", "superseded"})
SIDES = {1: "unilateral", 2: "bilateral"}


def with_traits(process: Process, group: Sequence[Reference]) -> Process:
    """Return an agreement with what the references to it say of it; `group` is in the order of days.

    Of form and extent the one that most reports give counts. The sides are the parties that are named as
    such; what a single one declares is unilateral.
    """
    form, extent = (_most(getattr(item.mention, name) for item in group) for name in ("form", "extent"))
    named = {party for item in group for party in item.parties}
    reported = {item.reported for item in group}
    sides = SIDES.get(len(named), "multilateral") if named else ""
    if sides == "unilateral" and form != "declared":
        sides = ""  # an agreement has two sides, though only one is named
    return replace(
        process, mediators=mediators_of(group, process.parties), terms=_terms(group), form=form, sides=sides,
        extent=extent, declared=_day_of(_first_day(process.phases, {"declared"}), reported),
        effective=_day_of(_effective(process, group), reported), ends=_day_of(_end(process, group), reported), state=state_of_phases(process.phases),
    )  # fmt: skip


def _day_of(time: str, reported: Collection[str]) -> str:
    """Return a time, of a report's only the day: at what hour it was published says nothing of the agreement."""
    return time[:10] if time in reported else time


def mediators_of(group: Iterable[Reference], parties: Collection[str]) -> tuple[str, ...]:
    """Return who mediated, those named most often first; a party does not mediate."""
    counts = Counter(mediator for item in group for mediator in dict.fromkeys(item.mediators))
    return tuple(sorted((key for key in counts if key not in parties), key=lambda key: (-counts[key], key)))


def state_of_phases(phases: Sequence[Phase]) -> str:
    """Return the last phase that was reached, "" when none was."""
    return next((phase.name for phase in reversed(phases) if phase.status in REACHED), "")


def _terms(group: Sequence[Reference]) -> tuple[Term, ...]:
    """Return each term once, with the first words that tell it."""
    found: dict[str, Term] = {}
    for item in group:
        for name, span in item.mention.terms:
            evidence = Evidence(item.document, span, within(item.evidence.sentence, span))
            found.setdefault(name, Term(name, evidence, f"{item.mention.provenance.rule}+traits"))
    return tuple(found[name] for name in sorted(found))


def _first_day(phases: Sequence[Phase], names: Collection[str]) -> str:
    """Return the first day of such a phase, of overlapping ones the most exact."""
    told = [
        (days, item.time)
        for item in phases
        if item.name in names and item.status in REACHED and (days := interval_of(item.time))
    ]
    near = (pair for pair in told if pair[0].earliest <= told[0][0].latest)
    return min(near, key=lambda pair: pair[0].days())[1] if told else ""


def _effective(process: Process, group: Sequence[Reference]) -> str:
    """Return the day on which it takes effect: one that is announced, else that on which it was first in force."""
    announced = (
        item.time for item in group if item.mention.phase == "in_force" and item.time and not holds(item)
    )
    return next(announced, "") or _first_day(process.phases, {"in_force"})


def _end(process: Process, group: Sequence[Reference]) -> str:
    """Return the day on which it ended, else the one that it is to end on; the last that was told."""
    ended = [
        item.time for item in process.phases if item.name in ENDED and item.status in REACHED and item.time
    ]
    if process.phases and process.phases[-1].name in ENDED and ended:
        return ended[-1]
    return next((item.mention.ends for item in reversed(group) if item.mention.ends), "")


def _most(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""
