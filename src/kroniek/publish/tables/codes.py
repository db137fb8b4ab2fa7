"""Codes of states: ISO 3166-1 alpha-3 (no `NA`, which statistics programs read as missing) and Correlates of War."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kroniek.model import Entity


@dataclass(frozen=True, slots=True)
class State:
    """A state's three letters and its number in the Correlates of War list, "" when it has none."""

    iso3: str
    cow: str


@cache
def load_states() -> Mapping[str, State]:
    """Return the codes of states by their two letters."""
    file = resources.files("kroniek.publish.tables").joinpath("countries.tsv")
    lines = file.read_text(encoding="utf-8").splitlines()[2:]
    return {iso2: State(iso3, cow) for iso2, iso3, cow in (line.split("\t") for line in lines)}


def iso3(entity: Entity | None) -> str:
    """Return the three letters of the state that an entity is or belongs to, "" for none."""
    found = load_states().get(entity.country) if entity else None
    return found.iso3 if found else ""


def cow(entity: Entity | None) -> str:
    """Return the Correlates of War number of the state that an entity is or belongs to, "" for none."""
    found = load_states().get(entity.country) if entity else None
    return found.cow if found else ""
