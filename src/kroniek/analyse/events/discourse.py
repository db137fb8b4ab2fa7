"""Participants that a sentence leaves out because the report has named them before, or names them above.

`De beschuldigingen zijn ernstig` tells of the accusation that was told of before, with the same
parties. Only what refers back (`EventMention.resumes`) takes parties that way: `Kiev was niet uitgenodigd` is
not about the last promise of the report. What is filled in so says so in its reason, and has no words of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kroniek.analyse.events.frames import ACTOR, RECIPIENT
from kroniek.model import Argument, EventMention, Status

DISCOURSE = "discourse"
ACCUSED = "accused"
OBJECT = "object"
AIMED = frozenset({"ACCUSE"})  # has one target in a report, until another is named
BELOW = 12  # events below a headline among which its own is looked for
INQUIRY = "investigate"
HOSTED = "visit"
MEDIATED, BETWEEN = "third-party", "tussen"  # mode of a go-between's act, and where its sides stand
TARGET = "*"  # in place of a mode: the last event of the type that was aimed at somebody
PAIR = "+"  # in place of a mode: the last event of the type with two parties or more
# Talks lead to agreements, agreements come from talks: the parties of the one are those of the other.
KIN = {"AGREE": "CONSULT", "CONSULT": "AGREE"}
JOINT = "&"  # in place of a type: talks, a deal or cooperation, whichever was told of last
EITHER = "|"  # in place of a type: talks or a deal, whichever was told of last
FAR = 1500  # code points, some ten sentences
HOSTILE = frozenset({"ACCUSE", "THREATEN", "SANCTION", "ASSAULT", "COERCE", "REQUEST", "REJECT"})
OPEN = frozenset(
    {Status.PLANNED, Status.POSSIBLE, Status.OFFERED, Status.CALLED_FOR, Status.DENIED, Status.CANCELLED}
)
Known = dict[tuple[str, str], EventMention]


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its missing participants are filled in.

    `open_roles` are the roles that nothing in the sentence fills; `accusation` is the number of the
    accusation among the drafts whose content it is, `about` the number of the event that its object
    names (`verwelkomde het akkoord`), both -1 if none. `awaited` is a deal that is not there yet, or one
    between `de twee`: who is to make it was told before. An `appointment` (`de afspraak`) is a deal, or the
    meeting that was told to come. `sides` are the two sides just spoken of. An offer that `takes_up` talks or a
    deal is made to the other side of the last ones: `bereid de onderhandelingen te hervatten`. `words` are the
    lemmas of its sentence that mean something. Of a `suspect` no name is told: `arresteerde een verdachte`.
    """

    mention: EventMention
    open_roles: frozenset[str]
    accusation: int = -1
    about: int = -1
    symmetric: bool = False
    headline: bool = False
    awaited: bool = False
    appointment: bool = False
    sides: tuple[str, ...] = ()
    takes_up: bool = False
    words: frozenset[str] = frozenset()
    suspect: bool = False


def fill_participants(drafts: Sequence[Draft], homes: Mapping[str, str]) -> list[EventMention]:
    """Return the events with what the discourse gives them; linear in their number.

    `homes` leads from an entity to the state that it belongs to, where the report speaks of that state.
    What was told before speaks first. A second walk from the end lets a headline, and an event that lacks
    one party only, take from the text below it.
    """
    accused = _accused(drafts)
    accused_of = _accused_by_content(drafts)
    filled: list[EventMention] = []
    known: Known = {}
    against: dict[str, tuple[str, ...]] = {}
    for number, draft in enumerate(drafts):
        mention = _with(draft.mention, ACTOR, accused.get(number, ()), ACCUSED, draft.open_roles)
        mention = _with(mention, RECIPIENT, accused_of.get(number, ()), ACCUSED, draft.open_roles)
        mention = _told_before(mention, draft, known)
        mention = _to_opponent(mention, draft, against, homes)
        filled.append(_to_other_side(mention, known, homes) if draft.takes_up else mention)
        _remember(known, filled[-1])
        _remember_quarrel(against, filled[-1], homes)
    known = {}
    for number in range(len(drafts) - 1, -1, -1):
        draft = drafts[number]
        if draft.headline:
            filled[number] = _from_below(filled[number], draft, drafts, filled, number)
        elif draft.symmetric or len(_roles(filled[number])) == 1:
            filled[number] = _told_before(filled[number], draft, known)
        _remember(known, draft.mention)
    filled = [
        _with(_about(mention, draft, filled), ACTOR, draft.sides, DISCOURSE, draft.open_roles)
        for mention, draft in zip(filled, drafts, strict=True)
    ]
    return _with_suspects(filled, drafts)


def _with_suspects(told: Sequence[EventMention], drafts: Sequence[Draft]) -> list[EventMention]:
    """Return the events with the one whom the report names for such an act, where it does not name him there.

    `De politie arresteerde een verdachte. Het gaat om X, die maandag werd opgepakt.`
    """
    named: dict[tuple[str, str], set[str]] = {}
    for mention in told:
        named.setdefault((mention.type, mention.mode), set()).update(mention.entities(RECIPIENT))
    return [
        _with(mention, RECIPIENT, named[mention.type, mention.mode], DISCOURSE, draft.open_roles)
        if draft.suspect and len(named[mention.type, mention.mode]) == 1
        else mention
        for mention, draft in zip(told, drafts, strict=True)
    ]


def _remember_quarrel(
    against: dict[str, tuple[str, ...]], mention: EventMention, homes: Mapping[str, str]
) -> None:
    """Keep with whom each state, body or person was last at odds."""
    sides = [
        tuple(dict.fromkeys(homes.get(entity, entity) for entity in mention.entities(role)))
        for role in (ACTOR, RECIPIENT)
    ]
    if mention.type in HOSTILE and all(sides) and not set(sides[0]) & set(sides[1]):
        for own, other in (sides, reversed(sides)):
            against.update(dict.fromkeys(own, other))


def _to_opponent(
    mention: EventMention, draft: Draft, against: Mapping[str, tuple[str, ...]], homes: Mapping[str, str]
) -> EventMention:
    """Return a threat with whom its maker was last at odds with: `Moskou noemde dat absurd en dreigde met wraak`."""
    if mention.type != "THREATEN" or mention.entities(RECIPIENT):
        return mention
    own = (homes.get(entity, entity) for entity in mention.entities(ACTOR))
    other = next((against[side] for side in own if side in against), ())
    return _with(mention, RECIPIENT, other, DISCOURSE, draft.open_roles)


def _from_below(
    mention: EventMention, draft: Draft, drafts: Sequence[Draft], filled: Sequence[EventMention], number: int
) -> EventMention:
    """Return a headline's event with the parties of the telling below that is most like it, the first of equals.

    Where several acts of its type have nothing in common with it but that, it takes from none.
    """
    likeness: dict[int, int] = {}
    for other in range(number + 1, min(len(drafts), number + 1 + BELOW)):
        below = filled[other]
        kind = below.type == mention.type or (draft.symmetric and below.type == KIN.get(mention.type))
        modes = {mention.mode, below.mode} - {""}
        if kind and _roles(below) and len(modes) < 2 and not drafts[other].headline:
            same = below.provenance.rule == mention.provenance.rule
            likeness[other] = same + 2 * len(draft.words & drafts[other].words)
    if not likeness:
        return mention
    best = max(likeness, key=lambda other: likeness[other])
    told = {(filled[other].entities(ACTOR), filled[other].entities(RECIPIENT)) for other in likeness}
    if not likeness[best] and len(told) > 1:
        return mention
    known: Known = {}
    _remember(known, replace(filled[best], mode=mention.mode))
    return _told_before(mention, draft, known)


def _told_before(mention: EventMention, draft: Draft, known: Known) -> EventMention:
    if draft.appointment:
        mention = _as_meeting(mention, known)
    if draft.symmetric:
        return _with_fellows(mention, known, awaited=draft.awaited)
    mention = _inherit(mention, known.get((mention.type, mention.mode)), draft.open_roles)
    targeted = known.get((mention.type, TARGET)) if mention.type in AIMED else None
    if targeted is not None and _is_near(mention, targeted) and not _at_odds(mention, targeted):
        mention = _with(mention, RECIPIENT, targeted.entities(RECIPIENT), DISCOURSE, draft.open_roles)
    return mention


def _is_near(mention: EventMention, earlier: EventMention) -> bool:
    """Tell whether two tellings can be of one story: a bulletin goes on to others."""
    return mention.trigger[0].start - earlier.trigger[0].start <= FAR


def _roles(mention: EventMention) -> list[str]:
    return [role for role in (ACTOR, RECIPIENT) if mention.entities(role)]


def _parties(mention: EventMention) -> tuple[str, ...]:
    """Return who is party to something joint: of a call who is called, too; neither a host nor a go-between is."""
    if mention.type == "CONSULT" and mention.mode == MEDIATED:
        sides = (item for item in mention.arguments if item.reason.startswith(BETWEEN))
        return tuple(entity for item in sides for entity in item.entities)
    callers = mention.entities(ACTOR)
    called = mention.type == "CONSULT" and mention.mode != HOSTED
    return (*callers, *mention.entities(RECIPIENT)) if called else callers


def _remember(known: Known, mention: EventMention) -> None:
    if mention.entities(ACTOR) or mention.entities(RECIPIENT):
        known[mention.type, mention.mode] = mention
    if mention.entities(RECIPIENT):
        known[mention.type, TARGET] = mention
    if len(_parties(mention)) > 1:
        known[mention.type, PAIR] = mention
        if mention.type in KIN:
            known[EITHER, PAIR] = mention
        if mention.type in KIN or mention.type == "COOPERATE":
            known[JOINT, PAIR] = mention


def _to_other_side(mention: EventMention, known: Known, homes: Mapping[str, str]) -> EventMention:
    """Return an offer with the state on the other side of the last talks as its recipient."""
    last = known.get((JOINT, PAIR))
    own = {homes.get(entity, entity) for entity in mention.entities(ACTOR)}
    if last is None or mention.entities(RECIPIENT):
        return mention
    sides = tuple(dict.fromkeys(homes.get(entity, entity) for entity in last.entities(ACTOR)))
    others = tuple(side for side in sides if side not in own)
    return _added(mention, RECIPIENT, others, DISCOURSE) if own & set(sides) else mention


def _as_meeting(mention: EventMention, known: Known) -> EventMention:
    """Return a deal as the talks to come that were told before it, with their day and place.

    `Zij zouden elkaar vrijdag zien. Washington sprak de afspraak tegen.`
    """
    last = known.get((EITHER, PAIR))
    own = set(mention.entities(ACTOR))
    if last is None or last.type != "CONSULT" or last.status not in OPEN or not own <= set(_parties(last)):
        return mention
    stands = mention.status in (Status.HAPPENED, Status.ONGOING)  # the appointment: they are still to meet
    talks = replace(
        mention, type="CONSULT", place=mention.place or last.place,
        status=last.status if stands else mention.status,
    )  # fmt: skip
    if mention.interval is not None or last.interval is None:
        return talks
    return replace(talks, time=last.time, interval=last.interval, time_how="narrative")


def is_of_old(mention: EventMention) -> bool:
    """Tell whether a deal or a truce is named by a day long past: `het bestand van februari` is not of who talks now."""
    return mention.type != "CONSULT" and mention.background and mention.interval is not None


def _with_fellows(mention: EventMention, known: Known, *, awaited: bool) -> EventMention:
    """Return talks or a deal with all their parties: those of the last ones of its kind that it fits."""
    own = set(mention.entities(ACTOR))
    if len(own) > 1 or not (own or mention.resumes or awaited):
        return mention
    if not own and is_of_old(mention):
        return mention
    keys = [(mention.type, PAIR), (KIN.get(mention.type, ""), PAIR), (mention.type, mention.mode)]
    if not (mention.resumes or awaited):  # `wil een dialoog`: with whom one was last spoken of
        keys = [(JOINT, PAIR), *keys]
    for key in keys:
        earlier = known.get(key)
        if earlier is None or not own <= set(_parties(earlier)):
            continue
        if not own and earlier.type == mention.type and earlier.mode == mention.mode:
            mention = _added(mention, RECIPIENT, earlier.entities(RECIPIENT), DISCOURSE)
            return _added(mention, ACTOR, earlier.entities(ACTOR), DISCOURSE)
        others = tuple(entity for entity in _parties(earlier) if entity not in own)
        return _added(mention, ACTOR, others, DISCOURSE)
    return mention


def _about(mention: EventMention, draft: Draft, filled: Sequence[EventMention]) -> EventMention:
    """What is said of a deed or a deal is said to those who did it: `verwelkomde het akkoord`."""
    if draft.about < 0:
        return mention
    if mention.mode == INQUIRY and filled[draft.about].type == "ACCUSE":
        return _of_accused(mention, filled[draft.about])
    return _with(mention, RECIPIENT, filled[draft.about].entities(ACTOR), OBJECT, draft.open_roles)


def _of_accused(mention: EventMention, accusation: EventMention) -> EventMention:
    """Return an inquiry into an accusation as one into who is accused, not who accuses: `onderzoekt de klacht van X`."""
    if not accusation.entities(RECIPIENT):
        return mention
    kept = tuple(item for item in mention.arguments if item.role != RECIPIENT)
    return _added(replace(mention, arguments=kept), RECIPIENT, accusation.entities(RECIPIENT), OBJECT)


def _accused_by_content(drafts: Sequence[Draft]) -> dict[int, tuple[str, ...]]:
    """Return who is accused in each accusation by what it is about: `beschuldigingen over Russische inmenging`."""
    found: dict[int, tuple[str, ...]] = {}
    for draft in drafts:
        if draft.accusation >= 0 and drafts[draft.accusation].mention.type == "ACCUSE":
            found.setdefault(draft.accusation, draft.mention.entities(ACTOR))
    return {number: entities for number, entities in found.items() if entities}


def _accused(drafts: Sequence[Draft]) -> dict[int, tuple[str, ...]]:
    """Return who is said to have done it, for each event that somebody is accused of."""
    return {
        number: drafts[draft.accusation].mention.entities(RECIPIENT)
        for number, draft in enumerate(drafts)
        if draft.accusation >= 0
    }


def _inherit(mention: EventMention, earlier: EventMention | None, open_roles: frozenset[str]) -> EventMention:
    """Return an event with the roles of the last one of its kind, unless the two are at odds."""
    if earlier is None or not mention.resumes or _at_odds(mention, earlier):
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
    if role not in open_roles or mention.entities(role):
        return mention
    return _added(mention, role, entities, reason)


def _added(mention: EventMention, role: str, entities: Iterable[str], reason: str) -> EventMention:
    taken = {entity for argument in mention.arguments for entity in argument.entities}
    new = tuple(entity for entity in entities if entity not in taken)
    if not new:
        return mention
    return replace(mention, arguments=(*mention.arguments, Argument(role, new, None, reason)))
