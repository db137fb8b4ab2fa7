"""The closed classes of words that open clauses."""

from __future__ import annotations

COMPLEMENTISERS = frozenset({"dat", "of"})
WH_WORDS = frozenset(
    [
        "wie",
        "wat",
        "waar",
        "wanneer",
        "waarom",
        "hoe",
        "hoeveel",
        "welke",
        "welk",
        "waarmee",
        "waarvan",
        "waarop",
        "waarvoor",
        "hoezeer",
        "wiens",
        "waarbij",
    ]
)
