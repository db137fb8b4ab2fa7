"""Names of entities that no report in a file names, such as the state of a minister."""

from __future__ import annotations

from kroniek.knowledge import load_knowledge


def known_name(entity: str) -> str:
    """Return the knowledge base's name of an entity, its id when it has none."""
    found = load_knowledge().entity(entity)
    return found.name if found else entity
