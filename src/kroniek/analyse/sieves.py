"""Sieves: references that a report's way of telling decides, before the ranker is asked.

Each returns the chain that it finds, or None. They hold for news; long prose has dialogue, where
`zei hij` is as often the other one.
"""

from __future__ import annotations

from collections.abc import Sequence

from kroniek.analyse.chains import Chain
from kroniek.analyse.ranking import Context, latest, main_subject, owns_subject
from kroniek.analyse.referents import PERSON, Referent

REPORT = 5000  # words: a longer text is no news report
NOMINAL_REACH = 40  # told sentences back that a description of an organisation or a country may look
AUTHORITIES = "nominal.authorities"
# Kinds that a name shows: `de politie` is no university, `de luchtvaartmaatschappij` no ministry.
NARROW = frozenset({
    "nominal.police", "nominal.services", "nominal.airline", "nominal.party",
})  # fmt: skip
# Sorts of nouns for somebody who need not be named: a part in what is told (`de rechter`), a relative.
UNNAMED = frozenset({"part", "kin"})
ANY_BODY = "nominal.organisation"
FITTING = {
    "nominal.company": frozenset({"nominal.platform", "nominal.airline", "nominal.medium"})
}  # are companies
OTHER_ROLE = 0.5  # what a person loses who is called by another sort of noun
# What the same noun counts: every company is `het bedrijf`, but there is one `de advocaat`.
SAME_PERSON, SAME_BODY = 1.5, 1.2
ENOUGH = 0.9  # value from which a description is taken for a known one
ENOUGH_PEOPLE = 0.5  # where the people or country is told besides: `De Portugees`, `de Franse bankier`
ALONE = 0.3  # for the only one of its kind in the last sentence
BODIES = frozenset({"ORG", "COUNTRY", "NORP"})


def relative_again(referent: Referent, candidates: Sequence[Chain], context: Context) -> Chain | None:
    """`haar neef`, `zijn advocaat`: the one person who was called so before, if there is one only.

    Else a relative is the one other person of the family's name: `haar zoon` beside Sarah and Track Palin.
    """
    if referent.form != "own" or referent.kinds != PERSON or referent.number != "s":
        return None
    called = [chain for chain in candidates if referent.noun in chain.nouns and chain.entities]
    if not called and referent.noun in context.kin:
        called = _family(referent, candidates, context)
    near = called and 0 <= context.distance(referent, latest(referent, called[0])[0]) <= NOMINAL_REACH
    return called[0] if len(called) == 1 and near else None


def _family(referent: Referent, candidates: Sequence[Chain], context: Context) -> list[Chain]:
    """Return the chains of who has the surname of whose relative is spoken of."""
    owner = context.chain_of.get(referent.first)
    surname = context.surname(owner) if owner is not None else ""
    return [
        chain
        for chain in candidates
        if surname and chain is not owner and chain.kind == "PER" and context.surname(chain) == surname
    ]


def body_again(referent: Referent, candidates: Sequence[Chain], context: Context) -> Chain | None:
    """A body of people is `ze` where nobody else is near: `De politie pakte een man op. Ze vraagt getuigen`."""
    if referent.form != "ze" or referent.quotation >= 0 or not referent.subject:
        return None
    near = [
        (context.distance(referent, recent[0]), recent, chain)
        for chain in candidates
        if (recent := latest(referent, chain))[0].quotation < 0
    ]
    people = any(
        away <= 1 and (chain.plural if referent.number == "p" else chain.kind == "PER")
        for away, _, chain in near
    )
    bodies = [
        (away, -recent[0].head, chain)
        for away, recent, chain in near
        if chain.kind in BODIES and chain.entities and 0 <= away <= 1
        and any(main_subject(item, context) for item in recent)
    ]  # fmt: skip
    return min(bodies, key=lambda item: item[:2])[2] if bodies and not people else None


def last_named(referent: Referent, candidates: Sequence[Chain], context: Context) -> Chain | None:
    """`Poetin sprak met Obama. Die zei`: `die` is not the subject but who was named last."""
    if referent.form != "dem" or not referent.subject or referent.quotation >= 0:
        return None
    near = [
        chain
        for chain in candidates
        if chain.kind == "PER" and chain.entities and context.distance(referent, chain.last) == 1
    ]
    return max(near, key=lambda chain: chain.last.head, default=None)


def description_again(referent: Referent, candidates: Sequence[Chain], context: Context) -> Chain | None:
    """`het bedrijf`, `de politie`, `de stad`: the one of that kind that the report tells of most, near by."""
    kinds = referent.kinds
    if not kinds and referent.head in context.sayers and referent.quotation < 0:
        kinds = context.speaking_kinds(referent.noun)
    if referent.form not in ("the", "this") or not kinds or referent.number == "p":
        return None
    if referent.rule == AUTHORITIES:
        return None
    near = [
        (away, chain)
        for chain in candidates
        if chain.entities
        and chain.kind in kinds
        and may_describe(referent, chain)
        and (away := max(0, context.distance(referent, latest(referent, chain)[0]))) <= NOMINAL_REACH
    ]
    if not near:
        return None
    alone = sum(away <= 1 for away, _ in near) == 1
    scored = [
        (
            _fitness(referent, chain, away, context, person="PER" in kinds) + ALONE * (alone and away <= 1),
            chain,
        )
        for away, chain in near
    ]
    value, best = max(scored, key=lambda item: (item[0], item[1].last.head))
    for chain in candidates:
        fresh = chain.referents[0].form == "a" and referent.noun in chain.nouns and not chain.entities
        if fresh and chain.last.head > best.last.head:
            return chain  # `een Frans bedrijf ... het bedrijf`
    return best if value >= (ENOUGH_PEOPLE if referent.origin else ENOUGH) else None


def may_describe(referent: Referent, chain: Chain) -> bool:
    """Tell whether a noun that shows its kind fits: `de politie` is no university, `het ministerie` no court.

    `de rechter` and `de moeder` are nobody who was not called so before.
    """
    if referent.noun in chain.nouns:
        return True
    if referent.defined and "PER" not in referent.kinds:
        return False  # `de website van Apple`, `het hof in Londen` tell themselves which
    if referent.sort:
        return referent.sort not in UNNAMED and (referent.sort in chain.sorts or not chain.rules)
    return referent.rule not in NARROW or referent.rule in chain.rules


def _fitness(referent: Referent, chain: Chain, away: int, context: Context, *, person: bool) -> float:
    """Return how well a chain fits a description: by noun and kind, nearness, and how much is told of it."""
    recent = latest(referent, chain)
    value = (SAME_PERSON if person else SAME_BODY) * (referent.noun in chain.nouns)
    value += bool(referent.origin) and referent.origin == chain.origin
    fitting = FITTING.get(referent.rule, frozenset()) | {referent.rule}
    other = bool(chain.rules) and fitting.isdisjoint(chain.rules) and referent.rule != ANY_BODY
    if not referent.origin:
        value += (not person and referent.rule in chain.rules) - (OTHER_ROLE if person else 1.0) * other
        value -= 0.3 * (not referent.rule)
    salience = 0.05 if referent.form != "the" else 0.1 if person else 0.2
    value += 1.2 / (1 + away) + salience * min(len(chain.referents), 10)
    subject = any(item.subject or owns_subject(item, context) for item in recent)
    return value + 0.4 * subject + 0.4 * (chain.referents[0].sentence < 2)
