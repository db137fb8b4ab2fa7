"""Entities that people made one: `Poetin` and `Vladimir Putin` become one actor everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kroniek.errors import JudgementError
from kroniek.model import Analysis, Argument, Entity, Judgement
from kroniek.review.kinds import ENTITY
from kroniek.review.state import MERGED, effective
from kroniek.review.values import entities_of


@dataclass(frozen=True, slots=True)
class Aliases:
    """`kept` maps the id of an entity that was merged away to the entity that stands for it."""

    kept: Mapping[str, Entity] = field(default_factory=dict)

    def of(self, entity: str) -> str:
        """Return the id that stands for an entity."""
        return self.kept[entity].id if entity in self.kept else entity

    def all(self, entities: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that stand for entities, in order, each once."""
        return tuple(dict.fromkeys(self.of(entity) for entity in entities))


def aliases_of(rows: Iterable[Judgement]) -> Aliases:
    """Return the merges of entities in force; the last decision about an entity wins.

    A chain (`a` is `b`, `b` is `c`) ends at its end; a circle ends where the last decision was taken.
    """
    direct: dict[str, Entity] = {}
    for row in effective(rows):
        if row.kind != ENTITY or row.verdict != MERGED:
            continue
        kept, others = merge_of(row)
        direct.pop(kept.id, None)  # who is kept now stands for itself
        direct |= {other.id: kept for other in others if other.id != kept.id}
    return Aliases({entity: _end(kept, direct) for entity, kept in direct.items()})


def merge_of(row: Judgement) -> tuple[Entity, tuple[Entity, ...]]:
    """Return the entity that a merge keeps and those that it takes in.

    Raises JudgementError for a row that does not say so.
    """
    entities = entities_of(row.new)
    if len(entities) < 2:
        raise JudgementError("a merge of entities names the one that stays and at least one other")
    return entities[0], entities[1:]


def _end(kept: Entity, direct: Mapping[str, Entity]) -> Entity:
    seen = {kept.id}
    while kept.id in direct and direct[kept.id].id not in seen:
        kept = direct[kept.id]
        seen.add(kept.id)
    return kept


def with_aliases(analysis: Analysis, aliases: Aliases) -> Analysis:
    """Return the analysis with every merged entity replaced by the one that stands for it."""
    if not aliases.kept:
        return analysis
    gone = [entity.id for entity in analysis.entities if entity.id in aliases.kept]
    if not gone and not _uses(analysis) & aliases.kept.keys():
        return analysis
    entities = {entity.id: entity for entity in analysis.entities if entity.id not in aliases.kept}
    for entity in gone:
        kept = aliases.kept[entity]
        entities.setdefault(kept.id, kept)
    return replace(
        analysis,
        entities=tuple(entities.values()),
        links=tuple(replace(link, entities=aliases.all(link.entities)) for link in analysis.links),
        coreferences=tuple(
            replace(link, entities=aliases.all(link.entities)) for link in analysis.coreferences
        ),
        attributions=tuple(
            replace(item, sources=aliases.all(item.sources), addressees=aliases.all(item.addressees))
            for item in analysis.attributions
        ),
        events=tuple(
            replace(
                item, place=aliases.of(item.place), according_to=aliases.all(item.according_to),
                arguments=tuple(_argument(argument, aliases) for argument in item.arguments),
            )
            for item in analysis.events
        ),
        agreements=tuple(
            replace(item, parties=aliases.all(item.parties), places=aliases.all(item.places))
            for item in analysis.agreements
        ),
    )  # fmt: skip


def _argument(argument: Argument, aliases: Aliases) -> Argument:
    return replace(argument, entities=aliases.all(argument.entities))


def _uses(analysis: Analysis) -> set[str]:
    """Return the entities that take part in something, known to the analysis or not."""
    used = {entity for link in (*analysis.links, *analysis.coreferences) for entity in link.entities}
    for item in analysis.attributions:
        used.update(item.sources, item.addressees)
    for event in analysis.events:
        used.update(event.according_to, (event.place,), event.entities("actor"), event.entities("recipient"))
    for agreement in analysis.agreements:
        used.update(agreement.parties, agreement.places)
    return used


def names_in(row: Judgement) -> str:
    """Return a merge of entities in words: `Vladimir Putin = Poetin`."""
    try:
        return " = ".join(entity.name for entity in entities_of(row.new))
    except (JudgementError, json.JSONDecodeError):
        return row.new
