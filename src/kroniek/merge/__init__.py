"""From analyses to a chronicle: families of copies, events, claims, processes. Pure functions."""

from __future__ import annotations

from kroniek.merge.chronicle import Merging, known_on, merge

__all__ = ["Merging", "known_on", "merge"]
