"""Sieve: who speaks in a report when a pronoun does: `Kerry vertrok. "...", zei hij`.

Centering (Grosz, Joshi and Weinstein 1995) with what news adds: whoever spoke last speaks on, and whom
a speaker tells of is not the speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kroniek.analyse.chains import Chain
from kroniek.analyse.ranking import Context, governs, latest, main_subject, owns_subject, tags
from kroniek.analyse.referents import Referent

REACH = 4  # told sentences back in which who says is looked for
SINGULAR = frozenset({"he", "she", "ze"})
FIRST_PERSON = frozenset({"I", "we", "you"})
# What makes somebody the one who speaks on, in half sentences nearer.
SAID, DID, OWNS, ALONE, HERE, GOVERNS = 1.0, 0.5, 0.4, 0.3, 0.3, 2.0


@dataclass(frozen=True, slots=True)
class Told:
    """Where somebody was last told of: how many sentences away, by which referents."""

    away: int
    recent: Sequence[Referent]
    chain: Chain


def speaker_again(referent: Referent, candidates: Sequence[Chain], context: Context) -> Chain | None:
    """Who said or did the last thing told goes on: `Kerry vertrok. "...", zei hij`.

    So does whose something did it (`De stem van Kerry ligt vast`), and the only one told of there.
    """
    if referent.form not in SINGULAR or referent.number != "s" or referent.quotation >= 0:
        return None
    if referent.head not in context.sayers:
        return None
    told = [item for chain in candidates if (item := _told(referent, chain, context)) is not None]
    people = Counter(item.away for item in told)
    if referent.head in context.resuming:
        told = [item for item in told if _said(item, context)] or told
    found = [
        (2.0 * item.away - weight, item.recent[-1].head, item.chain)
        for item in told
        if (weight := _prominence(referent, item, context, alone=people[item.away] == 1))
    ]
    return min(found, key=lambda item: item[:2])[2] if found else None  # of two subjects, the first speaks


def _told(referent: Referent, chain: Chain, context: Context) -> Told | None:
    """Return where a chain was last told of, None when that is too far or within a quotation.

    Behind what is said (`Assad moet weg, zegt hij`) its own sentence counts only for its main subject,
    and no more than the sentence before.
    """
    if chain.kind != "PER":
        return None
    recent = latest(referent, chain)
    tagged = tags(referent, context) and recent[0].sentence == referent.sentence
    if tagged and not any(main_subject(item, context) for item in recent):
        recent, tagged = latest(referent, chain, before=referent.sentence), False
    recent = [item for item in recent if item.form not in FIRST_PERSON]
    if not recent or recent[0].quotation >= 0:
        return None
    away = 1 if tagged else context.distance(referent, recent[0])
    return Told(away, recent, chain) if 0 <= away <= REACH else None


def _said(told: Told, context: Context) -> bool:
    return any(item.head in context.sayers for item in told.recent)


def _prominence(referent: Referent, told: Told, context: Context, *, alone: bool) -> float:
    """Return how much a chain's last sentence makes it the one who speaks; 0 for not at all.

    `alone` tells that nobody else is told of there.
    """
    main = any(main_subject(item, context) for item in told.recent)
    owner = any(owns_subject(item, context) for item in told.recent)
    weight = SAID * _said(told, context) + DID * main + OWNS * owner + ALONE * alone
    if told.recent[0].sentence == referent.sentence:
        weight += HERE * any(item.subject for item in told.recent)
    if not told.away:
        weight += GOVERNS * any(governs(item, referent, context) for item in told.recent)
    return weight
