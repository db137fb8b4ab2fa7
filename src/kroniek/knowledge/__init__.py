"""The knowledge base: who and what there is, under which names, in which offices, at which dates."""

from __future__ import annotations

from kroniek.knowledge.fold import fold, lookup_keys, sound_keys, surname_of
from kroniek.knowledge.store import (
    Additions,
    Alias,
    Knowledge,
    KnownEntity,
    KnownEvent,
    Metonym,
    Term,
    load_knowledge,
)

__all__ = [
    "Additions",
    "Alias",
    "Knowledge",
    "KnownEntity",
    "KnownEvent",
    "Metonym",
    "Term",
    "fold",
    "load_knowledge",
    "lookup_keys",
    "sound_keys",
    "surname_of",
]
