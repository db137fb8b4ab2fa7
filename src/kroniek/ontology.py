"""Event types and modes, their scores, and the maps to older series, read once from `ontology.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kroniek.errors import PackError
from kroniek.model import Stance, Status

FILE = "ontology.toml"


@dataclass(frozen=True, slots=True)
class Scores:
    """What one type or mode is worth: PLOVER intensity (-10 to 10), CAMEO code, Goldstein, ACLED type."""

    intensity: float
    cameo: str
    goldstein: float
    acled: str


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type was carried out."""

    name: str
    definition: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type. `quad` is 1 to 4: verbal or material cooperation, verbal or material conflict."""

    code: str
    quad: int
    requires_recipient: bool
    definition: str
    rules: tuple[str, ...]
    scores: Scores
    modes: Mapping[str, Mode]

    @property
    def material(self) -> bool:
        """Tell whether it is an act in the world, not in words."""
        return self.quad in (2, 4)

    def scores_of(self, mode: str = "") -> Scores:
        """Return the scores of a mode, those of the type itself for "" or an unknown mode."""
        return self.modes[mode].scores if mode in self.modes else self.scores


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """Which event with which status shows which phase of a negotiation.

    `time` says whether the phase falls on the day of the event or on that of the report.
    """

    id: str
    type: str
    status: Status
    phase: str
    time: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that `ontology.toml` holds. `happened` are the statuses that count as having taken place."""

    version: str
    types: Mapping[str, EventType]
    quads: Mapping[int, str]
    contexts: tuple[str, ...]
    stances: Mapping[Stance, str]
    statuses: Mapping[Status, str]
    happened: frozenset[Status]
    phases: Mapping[str, str]
    phase_rules: tuple[PhaseRule, ...]
    terms: Mapping[str, str]
    groups: Mapping[str, str]  # type -> the class of types that may tell of one event

    def scores(self, type_code: str, mode: str = "") -> Scores:
        """Return the scores of a type and mode. Raises KeyError for an unknown type."""
        return self.types[type_code].scores_of(mode)

    def quad(self, type_code: str) -> str:
        """Return the name of a type's quad class. Raises KeyError for an unknown type."""
        return self.quads[self.types[type_code].quad]


@cache
def load_ontology() -> Ontology:
    """Return the ontology that comes with the package.

    Raises PackError with the field when the file is broken.
    """
    try:
        table = tomllib.loads(resources.files("kroniek").joinpath(FILE).read_text(encoding="utf-8"))
        return read_ontology(table)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"{FILE}: cannot be read: {error}") from error


def read_ontology(table: Mapping[str, Any]) -> Ontology:
    """Return the ontology of a parsed file. Raises PackError that names the missing or wrong field."""
    try:
        return Ontology(
            version=table["version"],
            types={code: _type(code, fields) for code, fields in table["types"].items()},
            quads={int(number): name for number, name in table["quads"].items()},
            contexts=tuple(table["contexts"]["names"]),
            stances={Stance(name): meaning for name, meaning in table["stances"].items()},
            statuses={Status(name): fields["meaning"] for name, fields in table["statuses"].items()},
            happened=frozenset(Status(n) for n, fields in table["statuses"].items() if fields["happened"]),
            phases=dict(table["phases"]),
            phase_rules=tuple(_phase_rule(fields, table["phases"]) for fields in table["phase_rules"]),
            terms=dict(table["terms"]),
            groups={code: group for group, codes in table["alike"].items() for code in codes},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"{FILE}: field missing or wrong: {error}") from error


def _type(code: str, fields: Mapping[str, Any]) -> EventType:
    scores = Scores(fields["score"], fields["cameo"], fields["goldstein"], fields["acled"])
    return EventType(
        code=code,
        quad=fields["quad"],
        requires_recipient=fields["requires_recipient"],
        definition=fields["definition"],
        rules=tuple(fields["rules"]),
        scores=scores,
        modes={name: _mode(name, mode, scores) for name, mode in fields.get("modes", {}).items()},
    )


def _phase_rule(fields: Mapping[str, Any], phases: Mapping[str, Any]) -> PhaseRule:
    if fields["phase"] not in phases or fields["time"] not in ("event", "report"):
        raise ValueError(f"phase rule {fields['id']!r}: unknown phase or time")
    return PhaseRule(fields["id"], fields["type"], Status(fields["status"]), fields["phase"], fields["time"])


def _mode(name: str, fields: Mapping[str, Any], base: Scores) -> Mode:
    scores = Scores(
        fields.get("score", base.intensity), fields["cameo"], fields["goldstein"], fields["acled"]
    )
    return Mode(name, fields["definition"], scores)
