"""Reading answers of Wikidata's `wbgetentities` into additions to the knowledge base.

Labels and aliases become names, `position held` (P39) with its start (P580) and end (P582) becomes a
term of office. Nothing here touches the network: `kroniek knowledge import-wikidata` fetches the
answers, or reads recorded ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kroniek.errors import ReadError
from kroniek.knowledge.fold import surname_of
from kroniek.knowledge.store import Additions, Alias, Knowledge, KnownEntity
from kroniek.model import EntityType, Holding, Office

QID = re.compile(r"Q[1-9]\d{0,11}")
LANGUAGES = ("nl", "en", "de", "fr")
HUMAN = "Q5"
STATES = frozenset({"Q6256", "Q3624078", "Q7275"})
INSTANCE, COUNTRY, CITIZEN, POSITION, START, END, JURISDICTION, PLACE, GENDER = (
    "P31", "P17", "P27", "P39", "P580", "P582", "P1001", "P625", "P21",
)  # fmt: skip
GENDERS = {"Q6581097": "m", "Q6581072": "f"}
PRECISION = {9: 4, 10: 7, 11: 10}  # Wikidata's precision -> length of the ISO prefix

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A position held: its identifier, and from when to when (ISO prefixes, "" when not said)."""

    position: str
    start: str
    end: str


def items_of(answer: Any) -> dict[str, Item]:
    """Return the items of one answer by identifier; raises ReadError when it is no such answer.

    An item that Wikidata does not have (`missing`) is left out.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("entities"), dict):
        raise ReadError("not an answer of Wikidata's wbgetentities: it has no 'entities'")
    return {
        key: item for key, item in answer["entities"].items() if QID.fullmatch(key) and "missing" not in item
    }


def positions_of(items: Iterable[Item]) -> tuple[str, ...]:
    """Return the positions that the items hold or held: fetch these too, for their names and countries."""
    return tuple(dict.fromkeys(held.position for item in items for held in held_by(item)))


def held_by(item: Item) -> Iterator[Held]:
    """Yield the positions of an item, deprecated statements left out."""
    for statement in _statements(item, POSITION):
        position = _value_id(statement.get("mainsnak", {}))
        if position:
            qualifiers = statement.get("qualifiers", {})
            yield Held(position, _time(qualifiers.get(START)), _time(qualifiers.get(END)))


def additions_from(items: Mapping[str, Item], wanted: Iterable[str], knowledge: Knowledge) -> Additions:
    """Return what the wanted items add. What the base has already keeps its key and gains names and terms.

    `items` holds the wanted items and, where fetched, their positions.
    """
    entities: list[KnownEntity] = []
    aliases: list[Alias] = []
    offices: dict[str, Office] = {}
    holdings: list[Holding] = []
    for qid in wanted:
        item = items.get(qid)
        if item is None:
            continue
        entity = _entity(qid, item, knowledge)
        entities.append(entity)
        aliases.extend(_aliases(entity, item))
        for held in held_by(item):
            office = _office(held.position, items, knowledge)
            offices[office.id] = office
            holdings.append(Holding(office.id, entity.id, held.start, held.end))
    return Additions(tuple(entities), tuple(aliases), tuple(offices.values()), tuple(holdings))


def _entity(qid: str, item: Item, knowledge: Knowledge) -> KnownEntity:
    known = knowledge.with_wikidata(qid)
    if known is not None:
        return known
    kinds = {_value_id(statement.get("mainsnak", {})) for statement in _statements(item, INSTANCE)}
    gender = next((_value_id(entry["mainsnak"]) for entry in _statements(item, GENDER)), "")
    return KnownEntity(
        f"wikidata:{qid}", _label(item) or qid, _type(kinds, item), "", _country(item, knowledge), qid,
        prominence=3, gender=GENDERS.get(gender, ""), source="Wikidata (CC0), imported by the user",
    )  # fmt: skip


def _type(kinds: set[str], item: Item) -> EntityType:
    if HUMAN in kinds:
        return EntityType.PER
    if kinds & STATES or _statements(item, PLACE):
        return EntityType.GPE
    return EntityType.ORG


def _aliases(entity: KnownEntity, item: Item) -> Iterator[Alias]:
    for language in LANGUAGES:
        names = [item.get("labels", {}).get(language, {}).get("value", "")]
        names += [alias.get("value", "") for alias in item.get("aliases", {}).get(language, ())]
        for name in filter(None, names):
            yield Alias(name, entity.id, language, "label", cased=name.isupper() and len(name) < 7)
    family = surname_of(entity.name, entity.country) if entity.type is EntityType.PER else ""
    if family:
        yield Alias(family, entity.id, "", "surname")


def _office(position: str, items: Mapping[str, Item], knowledge: Knowledge) -> Office:
    known = knowledge.office_with_wikidata(position)
    if known is not None:
        return known
    item = items.get(position, {})
    places = (*_statements(item, JURISDICTION), *_statements(item, COUNTRY))
    keys = [knowledge.with_wikidata(_value_id(statement["mainsnak"])) for statement in places]
    jurisdiction = next((entity.id for entity in keys if entity is not None), "")
    return Office(f"wikidata:{position}", _label(item) or position, "other", jurisdiction)


def _country(item: Item, knowledge: Knowledge) -> str:
    for statement in (*_statements(item, CITIZEN), *_statements(item, COUNTRY)):
        known = knowledge.with_wikidata(_value_id(statement["mainsnak"]))
        if known is not None and known.country:
            return known.country
    return ""


def _label(item: Item) -> str:
    labels = item.get("labels", {})
    found = (labels.get(language, {}).get("value", "") for language in ("en", *LANGUAGES))
    return next(filter(None, found), "")


def _statements(item: Item, claim: str) -> list[Item]:
    """Return an item's statements of a property, the preferred ones first, without the deprecated."""
    statements = [
        entry for entry in item.get("claims", {}).get(claim, ()) if entry.get("rank") != "deprecated"
    ]
    return sorted(statements, key=lambda entry: entry.get("rank") != "preferred")


def _value_id(snak: Item) -> str:
    value = snak.get("datavalue", {}).get("value", {})
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _time(snaks: Any) -> str:
    """Return the ISO prefix of a time qualifier: `+2016-00-00T00:00:00Z` of precision 9 is `2016`."""
    for snak in snaks or ():
        value = snak.get("datavalue", {}).get("value", {})
        length = PRECISION.get(value.get("precision"))
        if length and str(value.get("time", "")).startswith("+"):
            return str(value["time"])[1 : 1 + length]
    return ""
