"""How a claim stands: a status derived from what its sources did, in order of time.

The status is never stored by hand: it follows from the acts and from what became of the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kroniek.model import REACHED, ClaimAct, Event, Stance, Status

FOR = frozenset({Stance.ANNOUNCES, Stance.ASSERTS, Stance.PROMISES, Stance.CONFIRMS, Stance.ADMITS})
SETTLING = frozenset({Stance.CONFIRMS, Stance.ADMITS})
FAILED = frozenset({Status.NOT_HAPPENED, Status.CANCELLED})


AGAINST = frozenset({Stance.DENIES})


class Standing(StrEnum):
    """How a claim stands after all its acts."""

    CONFIRMED = "confirmed"
    CONFIRMED_WITH_REVISION = "confirmed with revision"
    DISPUTED = "disputed"
    UNCONFIRMED = "unconfirmed"
    DENIED = "denied"
    NOT_REALISED = "not realised"
    OCCURRED_AFTER_DENIAL = "occurred after denial"
    SUPERSEDED = "superseded"
    DEMANDED = "demanded"


def sides_of(acts: Sequence[ClaimAct]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who says that it is so and who denies it, each in the order of their first act."""
    sides = ([act for act in acts if Stance(act.stance) in stances] for stances in (FOR, AGAINST))
    affirmed, denied = (tuple(dict.fromkeys(key for act in side for key in act.source)) for side in sides)
    return affirmed, denied


def standing_of(acts: Sequence[ClaimAct], event: Event | None = None) -> Standing:
    """Return how a claim stands; `acts` are in order of time, `event` is what the claim is about.

    `Moskou kondigt een gesprek aan, Washington ontkent, bevestigt een dag later`: a later confirmation
    outweighs a denial, an event that was held outweighs both. Without a denial or a confirmation a claim
    is unconfirmed, however often it was repeated.
    """
    stances = [Stance(act.stance) for act in acts]
    if event is not None and event.status in FAILED:
        return Standing.NOT_REALISED
    denied = _last(stances, frozenset({Stance.DENIES}))
    settled = _last(stances, SETTLING)
    revised = _last(stances, frozenset({Stance.REVISES}))
    if denied >= 0 and event is not None and _held_after(event, acts[denied].time):
        return Standing.OCCURRED_AFTER_DENIAL
    if settled > denied:
        return Standing.CONFIRMED_WITH_REVISION if revised >= 0 else Standing.CONFIRMED
    if denied >= 0:
        return Standing.DISPUTED if _others_affirm(acts, denied) else Standing.DENIED
    if revised >= 0 and _same_source_before(acts, revised):
        return Standing.SUPERSEDED
    if set(stances) == {Stance.DEMANDS}:
        return Standing.DEMANDED
    return Standing.UNCONFIRMED


def _last(stances: Sequence[Stance], wanted: frozenset[Stance]) -> int:
    """Return the position of the last act with one of these stances, -1 when there is none."""
    return max((place for place, stance in enumerate(stances) if stance in wanted), default=-1)


def _held_after(event: Event, denied: str) -> bool:
    """Tell whether a report later than a denial tells, in its own voice, that the event was held."""
    return any(
        status in REACHED and reported[:10] > denied[:10] for reported, status, _ in event.history if reported
    )


def _others_affirm(acts: Sequence[ClaimAct], denied: int) -> bool:
    """Tell whether another source, or the denier not before the denial, says that it is so."""
    denial = acts[denied]
    return any(
        Stance(act.stance) in FOR
        and (not denial.source or act.source != denial.source or act.time >= denial.time)
        for act in acts
    )


def _same_source_before(acts: Sequence[ClaimAct], revised: int) -> bool:
    return any(act.source == acts[revised].source for act in acts[:revised])
