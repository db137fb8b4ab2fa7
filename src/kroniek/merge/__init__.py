"""From analyses to a chronicle: families of copies, events, claims, processes. Pure functions."""

from __future__ import annotations

from kroniek.merge.chronicle import Merging, known_on, merge
from kroniek.merge.decisions import Decision
from kroniek.merge.relations import find_relations
from kroniek.merge.tellings import states_of

__all__ = ["Decision", "Merging", "find_relations", "known_on", "merge", "states_of"]
