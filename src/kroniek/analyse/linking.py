"""Which known entity a name stands for, as of the report's date; an unknown name stays its own.

Candidates come from names, then from sound; each gets a score between 0 and 1 with the rule that
found it. Below `ACCEPT` the name becomes a new entity under its fullest form: never a wrong famous one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from kroniek.analyse.actor_pack import ActorPack
from kroniek.knowledge import Alias, Knowledge, KnownEntity, fold, lookup_keys, sound_keys, surname_of
from kroniek.model import Entity, EntityType, content_id

ACCEPT = 0.6  # score from which a candidate is taken
SIMILAR = 84  # likeness of two sound keys of full names, of 100 (knowledge README: 1.00/1.00 on full names)
BIG_CITY = 100_000  # inhabitants: smaller places need their country in the report
FAR = 0.05  # for a bare surname of who holds an office where the report does not go: never enough
LONG_ENOUGH = 5  # letters of a bare surname that may be linked by sound: `Lee` is not `Li`
SHORTEST = 3  # letters of a first name that may stand for a longer one
MARGIN = 0.05  # two candidates closer than this are a tie

E = EntityType
# Which types of entity a name of a type may stand for, with what is taken off the score.
COMPATIBLE: Mapping[EntityType, Mapping[EntityType, float]] = {
    E.PER: {E.PER: 0.0},
    E.ORG: {E.ORG: 0.0, E.NORP: 0.1, E.FAC: 0.1, E.GPE: 0.15, E.MISC: 0.15, E.LOC: 0.2, E.EVENT: 0.2},
    E.GPE: {E.GPE: 0.0, E.LOC: 0.05, E.FAC: 0.15, E.ORG: 0.2},
    E.LOC: {E.LOC: 0.0, E.GPE: 0.05, E.FAC: 0.15, E.ORG: 0.2},
    E.FAC: {E.FAC: 0.0, E.LOC: 0.1, E.GPE: 0.15, E.ORG: 0.15},
    E.NORP: {E.NORP: 0.0, E.GPE: 0.0, E.ORG: 0.0, E.LOC: 0.0},
    E.EVENT: {E.EVENT: 0.0, E.MISC: 0.1, E.ORG: 0.15},
    E.MISC: {E.MISC: 0.0, E.EVENT: 0.1, E.ORG: 0.1, E.FAC: 0.2, E.NORP: 0.2},
}
KIND_SCORE = {
    "label": 0.85, "acronym": 0.85, "short": 0.75, "adjective": 0.85, "inhabitant": 0.85, "variant": 0.75,
    "surname": 0.4,
}  # fmt: skip
# Offices whose holders are called by their surname alone.
HIGH_OFFICES = frozenset({
    "head_of_state", "head_of_government", "deputy_head_of_state", "foreign_minister", "defence_minister",
    "organisation_head", "envoy", "spokesperson", "supreme_leader", "eu_council_president", "un_ambassador",
    "finance_minister", "interior_minister", "justice_minister", "opposition_leader", "parliament_speaker",
})  # fmt: skip
# Countries whose names reach Dutch by transliteration: only there do sound-alikes mean anything.
OTHER_SCRIPTS = frozenset(
    [
        "RU",
        "UA",
        "BY",
        "BG",
        "RS",
        "MK",
        "ME",
        "BA",
        "KZ",
        "KG",
        "TJ",
        "UZ",
        "TM",
        "AM",
        "AZ",
        "GE",
        "MN",
        "SU",
        "SY",
        "IQ",
        "LB",
        "JO",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "SA",
        "YE",
        "AE",
        "QA",
        "KW",
        "BH",
        "OM",
        "SD",
        "IR",
        "AF",
        "PK",
        "PS",
        "IL",
        "CN",
        "TW",
        "HK",
        "KP",
        "KR",
        "JP",
        "TR",
        "ET",
        "ER",
        "SO",
    ]
)
MEMBER = re.compile(r"['’](?:er|ers|ster|sters)$")
DEMONYM = frozenset({"adjective", "inhabitant"})


@dataclass(frozen=True)
class Setting:
    """What a document gives for linking: the day it appeared, and the countries that it mentions."""

    knowledge: Knowledge
    pack: ActorPack
    language: str
    day: str = ""
    countries: tuple[str, ...] = ()
    memory: dict[tuple[str, EntityType], Decision] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """The entities that a mention was found to stand for, with score, reason and candidates."""

    entities: tuple[Entity, ...]
    score: float
    reason: str
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known entity that a name may stand for."""

    entity: KnownEntity
    score: float
    reason: str


def as_entity(known: KnownEntity) -> Entity:
    """Return the record of a known entity as an analysis holds it."""
    return Entity(known.id, known.name, known.type, known.wikidata, known.country, known.sector, True)


def unknown(name: str, kind: EntityType, *, country: str = "", sector: str = "") -> Entity:
    """Return an entity of its own for a name that is not known: its id hashes type and folded name."""
    return Entity(content_id("nil", kind.value, fold(name)), name, kind, "", country, sector, False)


def link_name(name: str, fullest: str, kind: EntityType, setting: Setting) -> Decision:
    """Decide what a name stands for, given the fullest form of it in the document."""
    key = (f"{name}\x1f{fullest}", kind)
    if key not in setting.memory:
        setting.memory[key] = _link_name(name, fullest, kind, setting)
    return setting.memory[key]


def _link_name(name: str, fullest: str, kind: EntityType, setting: Setting) -> Decision:
    if kind is EntityType.NORP and (parts := _hyphenated(name, setting) or _party_of(name, setting)):
        return parts
    candidates = candidates_for(fullest, kind, setting)
    if fullest != name and kind is EntityType.ORG:  # `BBC` is not the `BBC Radio 4` named above
        own = candidates_for(name, kind, setting)
        if own and own[0].score >= ACCEPT and own[0].entity.type is EntityType.ORG:
            candidates, fullest = own, name
    weighed = tuple((item.entity.id, round(item.score, 3)) for item in candidates[:5])
    best = candidates[0] if candidates else None
    tie = len(candidates) > 1 and best is not None and best.score - candidates[1].score < MARGIN
    if best is not None and best.score >= ACCEPT and not (tie and kind is EntityType.PER):
        return Decision((as_entity(best.entity),), min(best.score, 1.0), best.reason, weighed)
    return Decision((unknown(fullest, kind),), 0.5, "unknown", weighed)


def _hyphenated(name: str, setting: Setting) -> Decision | None:
    """Link `Russisch-Amerikaans` to both, `pro-Russische` to Russia; None when the whole is one name."""
    if "-" not in name or any(alias.kind in DEMONYM for alias in setting.knowledge.named(name)):
        return None
    found = []
    for part in name.split("-"):
        if setting.pack.is_word("prefixes_both", part.lower()):
            continue
        candidates = candidates_for(part, EntityType.NORP, setting) or candidates_for(
            part.capitalize(), EntityType.NORP, setting
        )
        if not candidates or candidates[0].score < ACCEPT:
            return None
        found.append(as_entity(candidates[0].entity))
    return Decision(tuple(dict.fromkeys(found)), 0.9, "adjective.compound") if found else None


def _party_of(name: str, setting: Setting) -> Decision | None:
    """Link a member of a party to the party: `de VVD'er`, `CD&V'ers`; None for other names."""
    member = MEMBER.search(name)
    candidates = candidates_for(name[: member.start()], EntityType.ORG, setting) if member else []
    if not candidates or candidates[0].score < ACCEPT:
        return None
    return Decision((as_entity(candidates[0].entity),), 0.8, "member")


def candidates_for(name: str, kind: EntityType, setting: Setting) -> list[Candidate]:
    """Return the known entities that a name may stand for, best first; ties in order of their keys."""
    found = [
        candidate
        for alias in setting.knowledge.named(name)
        if (candidate := _by_name(alias, name, kind, setting)) is not None
    ]
    if not any(candidate.score >= ACCEPT for candidate in found):
        named = {candidate.entity.id for candidate in found}  # what its spelling gives, sound does not better
        found.extend(item for item in _by_sound(name, kind, setting) if item.entity.id not in named)
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda item: -item.score):
        best.setdefault(candidate.entity.id, candidate)
    preferred = setting.knowledge.preferred(name, setting.countries) if len(best) > 1 else ""
    ordered = sorted(
        best.values(),
        key=lambda item: (item.entity.id != preferred, -item.score, -item.entity.population, item.entity.id),
    )
    if preferred and ordered[0].entity.id == preferred:
        first = ordered[0]
        ordered[0] = Candidate(first.entity, max(first.score, 0.9), "preference")
    return ordered


def _by_name(alias: Alias, name: str, kind: EntityType, setting: Setting) -> Candidate | None:
    known = setting.knowledge.entity(alias.entity)
    if known is None or known.type not in COMPATIBLE[kind] or not _form_fits(alias, name, kind):
        return None
    score = KIND_SCORE.get(alias.kind, 0.5) - COMPATIBLE[kind][known.type] + 0.05 * (known.prominence - 2)
    if not alias.holds(setting.day):
        score -= 0.2  # still the likeliest reading of an old name, but a newer bearer wins
    if known.type is EntityType.PER:
        score += _person_evidence(known, alias, setting)
    elif known.prominence == 1:
        score += _place_evidence(known, setting)
    return Candidate(known, score, f"name.{alias.kind}")


def _form_fits(alias: Alias, name: str, kind: EntityType) -> bool:
    """Adjectives stand for countries in NORP names only; nothing else is a NORP but a people or party."""
    if alias.kind in DEMONYM:
        return kind is EntityType.NORP
    if kind is EntityType.NORP:
        return alias.entity.startswith(("place:", "org:")) or name[:1].isupper()
    return True


def _person_evidence(known: KnownEntity, alias: Alias, setting: Setting) -> float:
    """Return what office and country add: a bare surname needs both an office then and a known face."""
    near = bool(known.country) and known.country in setting.countries
    if alias.kind == "label":
        return 0.0 if known.prominence > 1 else (0.0 if near else -0.3)
    if alias.kind == "short":
        return 0.05 if near else 0.0
    if known.prominence < 3:
        return -0.2
    home = not setting.countries and setting.pack.is_word("home", known.country)
    if not near and not home:  # `Ahmed` of Utrecht is no head of government elsewhere
        return FAR
    return (0.25 if in_office(known, setting) else 0.0) + (0.1 if near else 0.0)


def in_office(known: KnownEntity, setting: Setting) -> bool:
    """Tell whether somebody held a high office on the report's day."""
    day = setting.day
    return bool(day) and any(
        term.office.role in HIGH_OFFICES
        and term.holding.start <= day
        and (not term.holding.end or day < term.holding.end)
        for term in setting.knowledge.offices_of(known.id)
    )


def _place_evidence(known: KnownEntity, setting: Setting) -> float:
    near = known.country in setting.countries
    if known.population >= 10 * BIG_CITY:
        return 0.1 if near else 0.0
    if known.population >= BIG_CITY:
        return 0.05 if near else -0.1
    return 0.0 if near else -0.25


def _by_sound(name: str, kind: EntityType, setting: Setting) -> Iterable[Candidate]:
    if kind is EntityType.PER and " " in name:
        yield from _people_by_short_name(name, setting)
        yield from _people_by_sound(name, setting)
    elif kind is EntityType.PER and len(name) >= LONG_ENOUGH:
        for key in setting.knowledge.sounding(name, setting.language, "surname"):
            known = setting.knowledge.entity(key)
            if (
                known is not None
                and known.country in OTHER_SCRIPTS
                and known.prominence == 3
                and in_office(known, setting)
            ):
                yield Candidate(known, 0.65, "sound.surname")
    elif kind in (EntityType.GPE, EntityType.LOC):
        for key in setting.knowledge.sounding(name, setting.language, "place"):
            known = setting.knowledge.entity(key)
            if known is not None and known.country in setting.countries:
                yield Candidate(known, 0.7, "sound.place")


def _people_by_short_name(name: str, setting: Setting) -> Iterable[Candidate]:
    """People in office with the same surname whose first name is cut short: `Ashton Carter`, `Ash Carter`."""
    words = fold(name).split()
    for alias in setting.knowledge.named(name.split()[-1]):
        known = setting.knowledge.entity(alias.entity)
        if known is None or alias.kind != "surname" or not in_office(known, setting):
            continue
        own = fold(known.name).split()
        short, long = sorted((words[0], own[0]), key=len)
        near = known.country in setting.countries
        if near and len(short) >= SHORTEST and long.startswith(short) and own[-1] == words[-1]:
            yield Candidate(known, 0.7, "name.short-first")


def _forms(name: str) -> tuple[str, ...]:
    """Return a full name, and its first and last word where more stand between: `Riyad Farid Hijab`."""
    words = name.split()
    return (name, f"{words[0]} {words[-1]}") if len(words) > 2 else (name,)


def _people_by_sound(name: str, setting: Setting) -> Iterable[Candidate]:
    """People whose family name sounds the same and whose full name is alike: `Aleksandr Novak`."""
    family = surname_of(name, "")
    own = lookup_keys(name, setting.language)
    for key in setting.knowledge.sounding(family, setting.language, "surname"):
        known = setting.knowledge.entity(key)
        if known is None or known.country not in OTHER_SCRIPTS:
            continue
        likeness = max(
            (
                ratio(left, right)
                for left in own
                for form in _forms(known.name)
                for right in sound_keys(form, "en")
            ),
            default=0.0,
        )
        near = known.country in setting.countries or known.prominence == 3
        if likeness >= SIMILAR and near:
            yield Candidate(known, 0.6 + (likeness - SIMILAR) / 100, "sound.full")
