"""One name, one type: settles the types of a document's names over all their occurrences.

A recogniser looks at one sentence at a time and may call the same `Kerry` a person here and a place
there. Two sources settle that: how the name is read elsewhere in the document (a surname of a full
name, the majority), and the knowledge base where it knows the name as one kind of thing only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kroniek.knowledge import Knowledge
from kroniek.model import EntityType, Mention, Provenance

PER, GPE, ORG = EntityType.PER, EntityType.GPE, EntityType.ORG
BUILDINGS = {EntityType.FAC, ORG}  # `Witte Huis`: where people meet, or who acts: the sentence tells
BIG = 200_000  # inhabitants from which a city's name is taken for the city without further evidence
SETTLED = Provenance("parse", "names-settled")


def settle_names(names: Sequence[Mention], text: str, knowledge: Knowledge) -> tuple[Mention, ...]:
    """Return the names with the types that the document and the knowledge base agree on."""
    votes: dict[str, Counter[EntityType]] = {}
    for name in names:
        if name.type is not None:
            votes.setdefault(name.span.of(text), Counter())[name.type] += 1
    surnames = {
        surface.rsplit(" ", 1)[1]
        for surface, count in votes.items()
        if " " in surface and _best(count) is PER
    }
    types = {surface: _type(surface, count, surnames, knowledge) for surface, count in votes.items()}
    return tuple(_settled(name, types.get(name.span.of(text))) for name in names)


def _settled(name: Mention, kind: EntityType | None) -> Mention:
    if kind is None or kind is name.type:
        return name
    return replace(name, type=kind, provenance=SETTLED)


def _best(count: Counter[EntityType]) -> EntityType:
    return min(count, key=lambda kind: (-count[kind], kind.value))


def _type(
    surface: str, count: Counter[EntityType], surnames: set[str], knowledge: Knowledge
) -> EntityType | None:
    """Return the type for all occurrences, None to leave each as it is."""
    if surface in surnames:
        return PER
    known = _known_type(surface, knowledge)
    if known is not None and {known, _best(count)} != BUILDINGS:
        return known
    return _best(count) if len(count) > 1 else None


def _known_type(surface: str, knowledge: Knowledge) -> EntityType | None:
    """Return the one type that the knowledge base has for a name, None when it has none or several."""
    kinds = set()
    for alias in knowledge.named(surface):
        entity = knowledge.entity(alias.entity)
        if entity is None:
            continue
        if alias.kind in ("adjective", "inhabitant"):
            kinds.add(EntityType.NORP)
        elif alias.kind != "surname":
            kinds.add(entity.type)
            if entity.type is GPE and entity.population and entity.population < BIG and entity.prominence < 2:
                return None
    return kinds.pop() if len(kinds) == 1 else None
