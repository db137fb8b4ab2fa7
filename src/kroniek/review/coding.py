"""Blind double coding: a sample drawn by chance, one question about each record, and the coders' answers."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kroniek.model import Analysis, EntityType, Judgement, MentionKind, Span, content_id, record_id
from kroniek.review.fields import field_of, read_field
from kroniek.review.kinds import AGREEMENT, EVENT, LAYERS, NAME, STATEMENT, place_of
from kroniek.review.state import ADJUDICATION, REJECTED, SAMPLE, effective

# Each layer of a sample: the kind of record, and the field that the question is about.
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "names": (NAME, "type"), "links": (NAME, "entity"), "statements": (STATEMENT, "stance"),
    "events": (EVENT, "type"), "status": (EVENT, "status"), "phases": (AGREEMENT, "phase"),
}  # fmt: skip
NONE = "none"  # the answer that the words are no such record


@dataclass(frozen=True, slots=True)
class Unit:
    """One record of a sample; `value` is the machine's answer to its question."""

    layer: str
    document: str
    record: str
    span: Span
    words: str
    value: str = ""

    @property
    def key(self) -> str:
        """Return what tells a unit from all others."""
        return f"{self.layer}:{self.record}"


@dataclass(frozen=True, slots=True)
class Sample:
    """What two coders answer apart from each other, in this order."""

    id: str
    seed: int
    by: str
    at: str
    units: tuple[Unit, ...]


def draw(
    analyses: Iterable[Analysis], *, seed: int, per_layer: int, layers: Sequence[str] = tuple(QUESTIONS)
) -> tuple[Unit, ...]:
    """Return `per_layer` records of each layer, drawn by chance; the same for the same seed and records.

    The draw is by the hash of seed, layer and id, so that it does not depend on the order of the reports.
    """
    found: dict[str, list[tuple[str, Unit]]] = {layer: [] for layer in layers}
    for analysis in analyses:
        for layer in layers:
            drawn = [(_lot(seed, unit), unit) for unit in _units(layer, analysis)]
            found[layer] = heapq.nsmallest(per_layer, [*found[layer], *drawn], key=lambda item: item[0])
    return tuple(unit for layer in layers for _, unit in found[layer])


def make_sample(units: Sequence[Unit], *, seed: int, by: str, at: str) -> Sample:
    """Return the sample of these units."""
    return Sample(content_id("sample", seed, at, *(unit.key for unit in units)), seed, by, at, tuple(units))


def _lot(seed: int, unit: Unit) -> str:
    return hashlib.sha256(f"{seed}|{unit.key}".encode()).hexdigest()


def _units(layer: str, analysis: Analysis) -> Iterator[Unit]:
    kind, name = QUESTIONS[layer]
    document = analysis.document.id
    linked = {link.mention for link in analysis.links}
    for record in getattr(analysis, LAYERS[kind]):
        if layer == "names" and record.kind is not MentionKind.NAME:
            continue
        if (layer == "links" and record.id not in linked) or (layer == "phases" and not record.phase):
            continue
        place = place_of(record)
        yield Unit(
            layer, document, record_id(document, record.id), place, place.of(analysis.text),
            read_field(kind, name, record, analysis),
        )  # fmt: skip


def options_of(unit: Unit, record: Any, analysis: Analysis) -> list[str]:
    """Return the values that can be chosen, in the order of the guidelines; `NONE` is always possible, too."""
    kind, name = QUESTIONS[unit.layer]
    if unit.layer == "links":
        return _candidates(record, analysis)
    return [value for value in field_of(kind, name).options() if value]


def _candidates(record: Any, analysis: Analysis) -> list[str]:
    """Return the entities that a mention may mean: those weighed, and those of the same type in the report."""
    from kroniek.review.values import entities_text

    link = next((link for link in analysis.links if link.mention == record.id), None)
    ids = [*(link.entities if link else ()), *(key for key, _ in (link.candidates if link else ()))]
    known = {entity.id: entity for entity in analysis.entities}
    kind = next((known[key].type for key in ids if key in known), EntityType.ORG)
    ids += [entity.id for entity in analysis.entities if entity.type is kind]
    listed = [known[key] for key in dict.fromkeys(ids) if key in known][:12]
    # By name, so that the machine's choice is not the first.
    return [entities_text([entity]) for entity in sorted(listed, key=lambda entity: (entity.name, entity.id))]


def task_of(sample: Sample) -> str:
    """Return the task that the answers of a sample carry."""
    return f"{SAMPLE}{sample.id}"


def answers(sample: Sample, rows: Iterable[Judgement]) -> dict[str, dict[str, str]]:
    """Return each unit's answers by coder; what a coder said last counts."""
    found: dict[str, dict[str, str]] = {unit.key: {} for unit in sample.units}
    layer_of = {(kind, name): layer for layer, (kind, name) in QUESTIONS.items()}
    for row in effective(rows):
        layer = layer_of.get((row.kind, row.field))
        if row.task == task_of(sample) and layer and (key := f"{layer}:{row.record}") in found:
            found[key][row.by] = NONE if row.verdict == REJECTED else row.new
    return found


def settled(sample: Sample, rows: Iterable[Judgement]) -> dict[str, str]:
    """Return what was decided between coders, by unit."""
    found = {}
    for row in effective(rows):
        if row.task == ADJUDICATION:
            for layer, (kind, name) in QUESTIONS.items():
                if (row.kind, row.field) == (kind, name):
                    found[f"{layer}:{row.record}"] = NONE if row.verdict == REJECTED else row.new
    return {unit.key: found[unit.key] for unit in sample.units if unit.key in found}


def coders_of(given: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Return the coders, those with most answers first."""
    counts: dict[str, int] = defaultdict(int)
    for by_coder in given.values():
        for coder in by_coder:
            counts[coder] += 1
    return tuple(sorted(counts, key=lambda coder: (-counts[coder], coder)))


def label_pairs(sample: Sample, given: Mapping[str, Mapping[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return, by layer, the answers of the two coders who answered most, where both answered."""
    both = coders_of(given)[:2]
    pairs: dict[str, list[tuple[str, str]]] = {}
    if len(both) == 2:
        for unit in sample.units:
            said = given[unit.key]
            if both[0] in said and both[1] in said:
                pairs.setdefault(unit.layer, []).append((said[both[0]], said[both[1]]))
    return pairs


def disputed(
    sample: Sample, given: Mapping[str, Mapping[str, str]], decided: Mapping[str, str]
) -> list[Unit]:
    """Return the units on which coders differ and nobody has decided."""
    return [
        unit for unit in sample.units if len(set(given[unit.key].values())) > 1 and unit.key not in decided
    ]  # fmt: skip


def next_unit(sample: Sample, given: Mapping[str, Mapping[str, str]], coder: str) -> Unit | None:
    """Return the first unit that a coder has not answered."""
    return next((unit for unit in sample.units if coder not in given[unit.key]), None)
