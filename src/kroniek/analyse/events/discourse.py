"""Participants that a sentence leaves out because the report has named them before, or names them above.

`De beschuldigingen zijn ernstig` tells of the accusation that was told of before, with the same
parties. What is filled in so says so in its reason, and has no words of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kroniek.analyse.events.participants import ACTOR, RECIPIENT
from kroniek.model import Argument, EventMention

DISCOURSE = "discourse"
ACCUSED = "accused"
TARGET = "*"  # in place of a mode: the last event of the type that was aimed at somebody


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its missing participants are filled in.

    `open_roles` are the roles that nothing in the sentence fills, `accusation` is the number of the accusation among the drafts whose content it is, -1 if none.
    """

    mention: EventMention
    open_roles: frozenset[str]
    accusation: int = -1


def fill_participants(drafts: Sequence[Draft]) -> list[EventMention]:
    """Return the events with what the discourse gives them; linear in their number."""
    filled: list[EventMention] = []
    accused = _accused(drafts)
    known: dict[tuple[str, str], EventMention] = {}
    for number, draft in enumerate(drafts):
        mention = _with(draft.mention, ACTOR, accused.get(number, ()), ACCUSED, draft.open_roles)
        mention = _inherit(mention, known.get((mention.type, mention.mode)), draft.open_roles)
        targeted = known.get((mention.type, TARGET)) if mention.type == "ACCUSE" else None
        if targeted is not None and not _at_odds(mention, targeted):
            mention = _with(mention, RECIPIENT, targeted.entities(RECIPIENT), DISCOURSE, draft.open_roles)
        filled.append(mention)
        if mention.entities(ACTOR) or mention.entities(RECIPIENT):
            known[mention.type, mention.mode] = mention
        if mention.entities(RECIPIENT):
            known[mention.type, TARGET] = mention
    return filled


def _accused(drafts: Sequence[Draft]) -> dict[int, tuple[str, ...]]:
    """Return who is said to have done it, for each event that somebody is accused of."""
    return {
        number: drafts[draft.accusation].mention.entities(RECIPIENT)
        for number, draft in enumerate(drafts)
        if draft.accusation >= 0
    }


def _inherit(mention: EventMention, earlier: EventMention | None, open_roles: frozenset[str]) -> EventMention:
    """Return an event with the roles of the last one of its kind, unless the two are at odds."""
    if earlier is None or _at_odds(mention, earlier):
        return mention
    for role in (ACTOR, RECIPIENT):
        mention = _with(mention, role, earlier.entities(role), DISCOURSE, open_roles)
    return mention


def _at_odds(left: EventMention, right: EventMention) -> bool:
    for role in (ACTOR, RECIPIENT):
        first, second = set(left.entities(role)), set(right.entities(role))
        if first and second and not first & second:
            return True
    return False


def _with(
    mention: EventMention, role: str, entities: Iterable[str], reason: str, open_roles: frozenset[str]
) -> EventMention:
    taken = {entity for argument in mention.arguments for entity in argument.entities}
    new = tuple(entity for entity in entities if entity not in taken)
    if not new or role not in open_roles or mention.entities(role):
        return mention
    return replace(mention, arguments=(*mention.arguments, Argument(role, new, None, reason)))
