"""Whom a role phrase means, as of the report's date: by the name beside it, by what the document
said before, or by who held the office then.

`de Amerikaanse minister van Buitenlandse Zaken` is Kerry in 2016 and Tillerson in 2017.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kroniek.analyse.linking import Decision, Setting, as_entity, candidates_for
from kroniek.analyse.role_phrases import NameIndex, RolePhrase
from kroniek.model import Entity, EntityType, Holding, Mention, Token

# Roles that a phrase may mean, in the order in which they are tried.
READINGS: Mapping[str, tuple[str, ...]] = {
    "leader": ("supreme_leader", "organisation_head", "head_of_state", "head_of_government", "regional_leader"),
    "head_of_state": ("head_of_state", "supreme_leader", "regional_leader", "eu_council_president", "organisation_head"),
    "head_of_government": ("head_of_government", "regional_premier", "regional_leader"),
    "organisation_head": ("organisation_head", "parliament_speaker", "central_bank_chief", "chief_prosecutor",
                          "intelligence_chief", "police_chief", "army_chief"),
    "spokesperson": ("spokesperson",),
    "envoy": ("envoy", "chief_negotiator"),
    "ambassador": ("ambassador",),
}  # fmt: skip
MINISTERS = "_minister"
PERSON = "person:"  # how keys of people in the base begin
NEAR = 4  # mentions of somebody looked at in the last sentence that names him
LEAD = 2  # sentences that tell what a report is about
GENERAL = frozenset({"minister", "other"})  # offices that say little of whose counterpart is meant
LOOK_BACK = 300  # remembered roles that are looked through: bounds the work on very long documents


@dataclass
class Memory:
    """Who was said to hold which role earlier in the document, in text order."""

    entries: list[tuple[int, str, str, Entity]] = field(default_factory=list)

    def add(self, at: int, role: str, owner: str, entity: Entity) -> None:
        """Note at token `at` that an entity holds a role of an owner (an entity id, "" if not said)."""
        self.entries.append((at, role, owner, entity))

    def find(self, at: int, role: str, owners: Sequence[str]) -> Entity | None:
        """Return who was last said before `at` to hold the role, of one of the owners when given."""
        for place, held, owner, entity in reversed(self.entries[-LOOK_BACK:]):
            fits = role_fits(role, held) and (not owners or owner in owners)
            if place < at and fits:
                return entity
        return None

    def fitting(self, at: int, role: str, *, of_nobody: bool = False) -> list[Entity]:
        """Return all who were said before `at` to hold the role, each once, the last first.

        With `of_nobody` only those whose role was not said to be of any state or body.
        """
        found: dict[str, Entity] = {}
        for place, held, owner, entity in reversed(self.entries[-LOOK_BACK:]):
            if place < at and role_fits(role, held) and not (of_nobody and owner):
                found.setdefault(entity.id, entity)
        return list(found.values())

    def find_after(self, at: int, role: str, owners: Sequence[str]) -> Entity | None:
        """Return who is first said after `at` to hold the role, of one of the owners when given."""
        for place, held, owner, entity in self.entries[:LOOK_BACK]:
            if place > at and role_fits(role, held) and (not owners or owner in owners):
                return entity
        return None


def role_fits(wanted: str, held: str) -> bool:
    """Tell whether a phrase for one role may mean the holder of another: `de minister`, `de leider`."""
    if wanted == held or held in READINGS.get(wanted, ()):
        return True
    return wanted == "minister" and held.endswith(MINISTERS)


@dataclass(frozen=True)
class RoleResolver:
    """Resolves the role phrases of one document, in text order."""

    setting: Setting
    tokens: Sequence[Token]
    names: NameIndex
    decided: Mapping[str, Decision]  # decisions on names, by mention id
    memory: Memory = field(default_factory=Memory)
    places: dict[str, list[int]] = field(default_factory=dict)  # entity -> tokens where it is named, in order
    near: dict[tuple[str, str], list[str]] = field(
        default_factory=dict
    )  # office -> who holds it soon or lately

    def __post_init__(self) -> None:
        for at, (mention, _) in sorted(self.names.starts.items()):
            decision = self.decided.get(mention.id)
            for entity in decision.entities if decision else ():
                self.places.setdefault(entity.id, []).append(at)

    def resolve(self, phrase: RolePhrase) -> Decision | None:
        """Return whom a phrase means, or None when nothing says so."""
        owners = self._owners(phrase)
        if named := self._beside(phrase):
            for entity in named.entities:
                self._remember(phrase, owners, entity)
            return named
        ways = (self._counterpart, self._in_document, self._called_so, self._in_office, self._speaks_for)
        found = next((found for tried in ways if (found := tried(phrase, owners))), None)
        for entity in found.entities if found else ():
            insort(self.places.setdefault(entity.id, []), phrase.first)
        return found

    def resolve_ahead(self, phrase: RolePhrase) -> Decision | None:
        """Return whom the text names later: `Minister waarschuwt` in a title, `Ambassadeur: geen akkoord`."""
        if phrase.former or phrase.noun.plural or phrase.determiner not in ("", "definite"):
            return None
        if phrase.role in ("counterpart", "spokesperson"):
            return None
        entity = self.memory.find_after(phrase.first, phrase.role, self._owners(phrase))
        return Decision((entity,), 0.6, "role.ahead") if entity else None

    def remember_offices(self, mention: Mention, at: int) -> None:
        """Note the offices that a named person held on the report's day."""
        decision = self.decided.get(mention.id)
        day = self.setting.day
        if decision is None or not day:
            return
        for entity in decision.entities:
            if not entity.known or entity.type is not EntityType.PER:
                continue
            for term in self.setting.knowledge.offices_of(entity.id):
                holding = term.holding
                if holding.start[: len(day)] <= day and (not holding.end or day < holding.end):
                    self.memory.add(at, term.office.role, term.office.jurisdiction, entity)

    def _remember(self, phrase: RolePhrase, owners: Sequence[str], entity: Entity) -> None:
        role = phrase.role
        if role == "counterpart":
            role = next(iter(self._antecedent_roles(phrase.first)), "")
        if role and not phrase.former:
            for owner in owners or ("",):
                self.memory.add(phrase.first, role, owner, entity)

    def _owners(self, phrase: RolePhrase) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for surface in phrase.owners for key in self._owner(surface)))

    def _owner(self, surface: str) -> Iterator[str]:
        """Yield the entities that an adjective, prefix or complement names."""
        metonym = self.setting.knowledge.metonym(surface)
        if metonym is not None:
            yield metonym.target
            return
        for kind in (EntityType.NORP, EntityType.ORG, EntityType.GPE, EntityType.FAC):
            candidates = candidates_for(surface, kind, self.setting)
            if candidates and candidates[0].score >= 0.5:
                yield candidates[0].entity.id
                return
        if "-" in surface:
            for part in surface.split("-"):
                yield from self._owner(part)

    def _beside(self, phrase: RolePhrase) -> Decision | None:
        """The name beside the phrase: `president Poetin`, `Kerry, de Amerikaanse minister`."""
        names = list(self._names_after(phrase)) or list(self._name_before(phrase))
        decisions = [self.decided[mention.id] for mention in names if mention.id in self.decided]
        entities = tuple(dict.fromkeys(entity for decision in decisions for entity in decision.entities))
        if not entities:
            return None
        return Decision(entities, min(decision.score for decision in decisions), "role.name-beside")

    def _names_after(self, phrase: RolePhrase) -> Iterator[Mention]:
        at = phrase.last
        if at in self.names.starts and self.names.starts[at][0].type is EntityType.PER:
            pass
        elif (phrase.noun.plural and self._text(at) == ",") or (
            self._text(at) == ","
            and at + 1 in self.names.starts
            and self._text(self.names.starts[at + 1][1]) == ","
        ):
            at += 1
        while at in self.names.starts and self.names.starts[at][0].type is EntityType.PER:
            mention, last = self.names.starts[at]
            yield mention
            if not phrase.noun.plural:
                return
            at = self._next_listed(last)

    def _next_listed(self, at: int) -> int:
        if self._text(at) == "(":  # `John Kerry (links) en Sergei Lavrov`
            while at < len(self.tokens) and self._text(at) != ")":
                at += 1
            at += 1
        return at + 1 if self._text(at) in {"en", ","} else at

    def _name_before(self, phrase: RolePhrase) -> Iterator[Mention]:
        at = phrase.first - 1
        if phrase.determiner != "possessive" and self._text(at) == "," and at in self.names.ends:
            mention, first = self.names.ends[at]
            listed = self._text(first - 1) in {",", "en"} and phrase.determiner == ""
            if mention.type is EntityType.PER and not listed:
                yield mention

    def _counterpart(self, phrase: RolePhrase, owners: Sequence[str]) -> Decision | None:
        if phrase.role != "counterpart" or phrase.noun.plural or not owners:
            return None
        tried = (
            self._decide(phrase, owners, role, "role.counterpart")
            for role in self._antecedent_roles(phrase.first)
        )
        return next((decision for decision in tried if decision is not None), None)

    def _antecedent_roles(self, at: int) -> list[str]:
        """Return the offices of the person told of last, the general ones (`minister`) behind the others."""
        before = [entry for entry in self.memory.entries[-LOOK_BACK:] if entry[0] < at]
        roles = [role for _, role, _, entity in reversed(before) if entity.id == before[-1][3].id]
        return sorted(dict.fromkeys(roles), key=lambda role: role in GENERAL)

    def _in_document(self, phrase: RolePhrase, owners: Sequence[str]) -> Decision | None:
        if phrase.former or phrase.determiner == "indefinite" or phrase.noun.plural or phrase.targets:
            return None
        if phrase.role in ("counterpart", "spokesperson") and not owners:
            return None
        if not owners and not phrase.determiner:
            return None
        if owners:
            entity = self.memory.find(phrase.first, phrase.role, owners)
        else:
            entity = self._told_of_most(phrase.first, self.memory.fitting(phrase.first, phrase.role))
        return Decision((entity,), 0.8 if owners else 0.65, "role.document") if entity else None

    def _told_of_most(self, at: int, people: Sequence[Entity]) -> Entity | None:
        """Return of several holders whom the report is about at a token: near, subject, often, in the lead.

        `Biden sprak over Poetin. De president zei` means Biden.
        """
        if len(people) < 2:
            return next(iter(people), None)
        return max(people, key=lambda entity: self._standing(at, entity))

    def _standing(self, at: int, entity: Entity) -> float:
        places = self.places.get(entity.id, [])
        last = bisect_left(places, at)
        if not last:
            return 0.0
        sentence = self.tokens[places[last - 1]].sentence
        here = [
            place for place in places[max(0, last - NEAR) : last] if self.tokens[place].sentence == sentence
        ]
        nearness = 1.2 / (1 + self.tokens[at].sentence - sentence)
        lead = self.tokens[places[0]].sentence < LEAD
        return nearness + 0.6 * any(map(self._is_subject, here)) + 0.1 * min(last, 6) + 0.4 * lead

    def _is_subject(self, at: int) -> bool:
        token = self.tokens[at]
        for _ in range(3):
            if token.deprel.startswith("nsubj"):
                return True
            if (
                token.deprel.partition(":")[0] not in ("appos", "flat", "compound")
                or token.head == token.index
            ):
                return False
            token = self.tokens[token.head]
        return False

    def _called_so(self, phrase: RolePhrase, owners: Sequence[str]) -> Decision | None:
        """Whom the report calls by the role before it says of which state: `president Morel`, a new one.

        Not where it names the holder on record.
        """
        if phrase.former or phrase.determiner == "indefinite" or phrase.noun.plural or phrase.targets:
            return None
        if not owners or phrase.role == "counterpart":
            return None
        codes = {"", *(owner.removeprefix("country:") for owner in owners)}
        people = [
            entity
            for entity in self.memory.fitting(phrase.first, phrase.role, of_nobody=True)
            if not entity.known or entity.country in codes
        ]
        holders = (self._holder(phrase.role, owner, owners, [""]) for owner in owners)
        if not people or any(holder and holder.id in self.places for holder in holders):
            return None
        entity = self._told_of_most(phrase.first, people)
        return Decision((entity,), 0.65, "role.document") if entity else None

    def _in_office(self, phrase: RolePhrase, owners: Sequence[str]) -> Decision | None:
        if phrase.former or phrase.determiner == "indefinite" or phrase.role == "counterpart":
            return None
        if phrase.role == "pope":
            return self._decide(phrase, ("country:VA",), "head_of_state", "role.office")
        if not owners:
            return None
        return self._of_report(phrase, owners) or self._decide(phrase, owners, phrase.role, "role.office")

    def _of_report(self, phrase: RolePhrase, owners: Sequence[str]) -> Decision | None:
        """Whom the report names that is to hold the office, or held it till lately, where it names no holder.

        `De Mexicaanse president` may be the one just elected.
        """
        if phrase.noun.plural or phrase.targets or not self.setting.day or len(owners) != 1:
            return None
        holder = self._holder(phrase.role, owners[0], owners, [""])
        if holder is None or holder.id in self.places:
            return None
        lead = self.tokens[phrase.first].sentence < LEAD  # a title may say so before it names him
        people = [
            key
            for key in self._near_holders(phrase.role, owners[0])
            if lead or self.places[key][0] < phrase.first
        ]
        known = [known for key in people if (known := self.setting.knowledge.entity(key)) is not None]
        entity = self._told_of_most(phrase.first, [as_entity(person) for person in known])
        return Decision((entity,), 0.7, "role.office-soon") if entity else None

    def _near_holders(self, role: str, owner: str) -> list[str]:
        """Return who of those named is to hold an office, or held it till lately; found once for each office."""
        if (role, owner) not in self.near:
            roles = READINGS.get(role, (role,))
            self.near[role, owner] = [
                key
                for key in self.places
                if key.startswith(PERSON)
                and any(
                    term.office.role in roles
                    and term.office.jurisdiction == owner
                    and self._is_near(term.holding)
                    for term in self.setting.knowledge.offices_of(key)
                )
            ]
        return self.near[role, owner]

    def _is_near(self, holding: Holding) -> bool:
        """Tell whether a term begins or ended within a year of the report's day."""
        year, rest = self.setting.day[:4], self.setting.day[4:]
        if not year.isdigit():
            return False
        soon, lately = f"{int(year) + 1:04}{rest}", f"{int(year) - 1:04}{rest}"
        return holding.start <= soon and (not holding.end or holding.end >= lately)

    def _decide(self, phrase: RolePhrase, owners: Sequence[str], role: str, reason: str) -> Decision | None:
        if not self.setting.day or role == "minister":
            return None
        found: list[Entity] = []
        targets = [key for surface in phrase.targets for key in self._owner(surface)] or [""]
        for owner in owners:
            person = self._holder(role, owner, owners, targets)
            if person is not None and person not in found:
                found.append(person)
        if not found or (len(found) > 1 and not phrase.noun.plural):
            found = found[:1]
        for entity in found:
            self.memory.add(phrase.first, role, owners[0], entity)
        return Decision(tuple(found), 0.8, reason) if found else None

    def _holder(self, role: str, owner: str, owners: Sequence[str], targets: Sequence[str]) -> Entity | None:
        knowledge, day = self.setting.knowledge, self.setting.day
        if role == "ambassador" and "org:UN" in owners:
            role = "un_ambassador"
        if role == "organisation_head" and not owner.startswith("org:"):
            return None  # `de topman van Rusland` is no office
        for tried in READINGS.get(role, (role,)):
            for target in targets:
                people = knowledge.holders(tried, owner, day, target=target)
                known = knowledge.entity(people[0]) if people else None
                if known is not None:
                    return as_entity(known)
        return None

    def _speaks_for(self, phrase: RolePhrase, owners: Sequence[str]) -> Decision | None:
        """`een woordvoerder van het Pentagon` speaks for the Pentagon."""
        known = self.setting.knowledge.entity(owners[0]) if owners else None
        if phrase.role != "spokesperson" or known is None:
            return None
        return Decision((as_entity(known),), 0.6, "role.spokesperson-of")

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""
