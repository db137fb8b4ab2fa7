"""What kind of meeting it was: at home with one of the parties, on a third party's ground, or of many.

PLOVER's rules (manual 2.0, CONSULT): who travels is the actor, who hosts the recipient; without a clear
host all are actors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kroniek.analyse.events.frames import ACTOR, RECIPIENT
from kroniek.analyse.events.scene import Scene
from kroniek.model import EventMention

MANY = 3  # states at a table


def settle_meeting(scene: Scene, mention: EventMention) -> EventMention:
    """Return a meeting of no known kind with the mode that parties and place give it."""
    parties = mention.entities(ACTOR)
    if mention.mode or mention.entities(RECIPIENT) or len(parties) < 2:
        return mention
    homes = {party: _country(scene, party) for party in parties}
    states = set(homes.values()) - {""}
    if len(states) >= MANY:
        return replace(mention, mode="multilateral")
    ground = _country(scene, mention.place)
    if not ground or "" in homes.values() or len(states) < 2:
        return mention
    if ground not in states:
        return replace(mention, mode="third-party")
    hosts = [party for party in parties if homes[party] == ground]
    return _visit(mention, hosts)


def _country(scene: Scene, entity: str) -> str:
    known = scene.references.entities.get(entity)
    return known.country if known else ""


def _visit(mention: EventMention, hosts: Sequence[str]) -> EventMention:
    """Return the meeting with its hosts as recipients."""
    arguments = []
    for argument in mention.arguments:
        guests = tuple(entity for entity in argument.entities if entity not in hosts)
        at_home = tuple(entity for entity in argument.entities if entity in hosts)
        if guests or not at_home:
            arguments.append(replace(argument, entities=guests))
        if at_home:
            arguments.append(replace(argument, role=RECIPIENT, entities=at_home))
    return replace(mention, mode="visit", arguments=tuple(sorted(arguments, key=lambda a: a.role != ACTOR)))
