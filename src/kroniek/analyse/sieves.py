"""Sieves: references that a report's way of telling decides, before the ranker is asked.

Each returns the chain that it finds, or None. They hold for news; long prose has dialogue, where
`zei hij` is as often the other one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kroniek.analyse.chains import Chain
from kroniek.analyse.ranking import Context, latest, main_subject, owns_subject
from kroniek.analyse.referents import Referent

REPORT = 5000  # words: a longer text is no news report
SPOKEN_REACH = 4  # told sentences back in which who says is looked for
NOMINAL_REACH = 40  # told sentences back that a description of an organisation or a country may look
AUTHORITIES = "nominal.authorities"
# Kinds that a name shows: `de politie` is no university, `de luchtvaartmaatschappij` no ministry.
NARROW = frozenset({
    "nominal.police", "nominal.services", "nominal.airline", "nominal.party",
})  # fmt: skip
ANY_BODY = "nominal.organisation"
ENOUGH = 0.9  # value from which a description is taken for a known one
SINGULAR = frozenset({"he", "she", "ze"})
FIRST_PERSON = frozenset({"I", "we", "you"})
# What makes somebody the one who speaks on, in half sentences nearer.
SAID, DID, OWNS, ALONE, HERE = 1.0, 0.5, 0.4, 0.3, 0.3


def speaker_again(referent: Referent, candidates: Sequence[Chain], context: Context) -> Chain | None:
    """Who said or did the last thing told goes on: `Kerry vertrok. "...", zei hij`.

    So does whose something did it (`De stem van Kerry ligt vast`), and the only one told of there.
    """
    if referent.form not in SINGULAR or referent.number != "s" or referent.quotation >= 0:
        return None
    if referent.head not in context.sayers:
        return None
    told = [
        (away, recent, chain)
        for chain in candidates
        if chain.kind == "PER"
        and (recent := [item for item in latest(referent, chain) if item.form not in FIRST_PERSON])
        and 0 <= (away := context.distance(referent, recent[0])) <= SPOKEN_REACH
        and recent[0].quotation < 0
    ]
    people = Counter(away for away, _, _ in told)
    if referent.head in context.resuming:
        spoke = [item for item in told if any(one.head in context.sayers for one in item[1])]
        told = spoke or told
    found = [
        (2.0 * away - weight, recent[-1].head, chain)
        for away, recent, chain in told
        if (weight := _prominence(referent, recent, away, context, people[away]))
    ]
    return min(found, key=lambda item: item[:2])[2] if found else None  # of two subjects, the first speaks


def _prominence(
    referent: Referent, recent: Sequence[Referent], away: int, context: Context, people: int
) -> float:
    """Return how much a chain's last sentence makes it the one who speaks; 0 for not at all.

    `people` counts those told of in that sentence.
    """
    said = any(item.head in context.sayers for item in recent)
    main = any(main_subject(item, context) for item in recent)
    owner = any(owns_subject(item, context) for item in recent)
    weight = SAID * said + DID * main + OWNS * owner + ALONE * (people == 1)
    if not away:
        weight += HERE * any(item.subject for item in recent)
    return weight


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
    scored = []
    salience = (0.2 if "PER" not in kinds else 0.1) if referent.form == "the" else 0.05
    for chain in candidates:
        if not chain.entities or chain.kind not in kinds:
            continue
        recent = latest(referent, chain)
        away = max(0, context.distance(referent, recent[0]))
        if away > NOMINAL_REACH:
            continue
        if referent.rule in NARROW and referent.rule not in chain.rules and referent.noun not in chain.nouns:
            continue
        value = 2.0 * (referent.noun in chain.nouns) + 1.0 * (referent.rule in chain.rules)
        value += 1.0 * (bool(referent.origin) and referent.origin == chain.origin)
        value -= 0.3 * (not referent.rule)
        value -= 1.0 * (bool(chain.rules) and referent.rule not in chain.rules and referent.rule != ANY_BODY)
        value += 1.2 / (1 + away) + salience * min(len(chain.referents), 10)
        value += 0.4 * any(item.subject for item in recent) + 0.4 * (chain.referents[0].sentence < 2)
        scored.append((value, chain))
    if not scored:
        return None
    value, best = max(scored, key=lambda item: (item[0], item[1].last.head))
    for chain in candidates:
        fresh = chain.referents[0].form == "a" and referent.noun in chain.nouns and not chain.entities
        if fresh and chain.last.head > best.last.head:
            return chain  # `een Frans bedrijf ... het bedrijf`
    return best if value >= ENOUGH else None
