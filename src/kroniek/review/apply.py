"""People's decisions on top of the machine's reading of one report.

The reading itself is never changed: the result is a new analysis, and the same decisions on a new reading
find their records again by place and words (`anchors`). What cannot be found again is listed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kroniek.errors import JudgementError
from kroniek.model import Analysis, Entity, Judgement, Provenance, from_json, record_id
from kroniek.review.anchors import Candidate, candidates, find_again
from kroniek.review.entities import Aliases, with_aliases
from kroniek.review.fields import field_of
from kroniek.review.kinds import LAYERS, NAME, RECORDS, place_of
from kroniek.review.references import Change, follow
from kroniek.review.state import ACCEPTED, ADDED, CORRECTED, REJECTED, effective, settle
from kroniek.review.values import entities_of

VERDICT = ""  # the field of acceptance and rejection
GONE, KEPT, LOST = "gone", "kept", "lost"  # what became of a decision whose record is not found again
NONE = Aliases()


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision whose record the machine no longer finds.

    `gone`: it was rejected, nothing is left to do. `kept`: the record is put back as it was judged.
    `lost`: its words do not stand in the report any more.
    """

    judgement: Judgement
    outcome: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A record with the decisions about it: the machine's, what was made of it (None: rejected), the rows.

    `base` is what decisions start from: the machine's record, or the one that a person added (then
    `machine` is None). `contested` are rows of different coders that contradict each other.
    """

    kind: str
    id: str
    machine: Any
    record: Any
    rows: tuple[Judgement, ...] = ()
    contested: tuple[Judgement, ...] = ()
    base: Any = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A corrected analysis, the judged records, and the decisions whose record is gone."""

    analysis: Analysis
    judged: tuple[Judged, ...] = ()
    orphans: tuple[Orphan, ...] = ()

    def renamed(self) -> dict[str, str]:
        """Return the ids of judged records after correction by their ids before, "" for the rejected."""
        document = self.analysis.document.id
        return {
            item.id: record_id(document, item.record.id) if item.record is not None else ""
            for item in self.judged
        }


@dataclass(slots=True)
class _Kind:
    """The records of one kind while decisions are applied: candidates, and the rows about each by its id."""

    known: list[Candidate]
    rows: dict[str, list[Judgement]] = field(default_factory=lambda: defaultdict(list))


def apply(analysis: Analysis, rows: Iterable[Judgement], aliases: Aliases = NONE) -> Applied:
    """Return the machine's analysis with the decisions in force; without any it comes back as it is.

    `rows` may hold decisions about other documents and kinds, which are left out; their order does not
    matter. `aliases` are entities that people made one.
    """
    document = analysis.document.id
    mine = [row for row in effective(rows) if row.document == document and row.kind in LAYERS]
    if not mine:
        return Applied(with_aliases(analysis, aliases))
    judged: list[Judged] = []
    orphans: list[Orphan] = []
    for kind in LAYERS:
        about = [row for row in mine if row.kind == kind]
        if about:
            found, lost = _judge_kind(kind, analysis, about)
            judged += found
            orphans += lost
    corrected = _rebuilt(analysis, judged)
    return Applied(with_aliases(corrected, aliases), tuple(judged), tuple(orphans))


def _judge_kind(
    kind: str, analysis: Analysis, rows: Sequence[Judgement]
) -> tuple[list[Judged], list[Orphan]]:
    document, text = analysis.document.id, analysis.text
    layer = _Kind(candidates(getattr(analysis, LAYERS[kind]), document, text))
    machine = {item.id for item in layer.known}
    orphans = _take_additions(kind, layer, rows, document, text)
    missing: dict[str, list[Judgement]] = defaultdict(list)
    for row in rows:
        if row.verdict == ADDED:
            continue
        found = find_again(row, layer.known, text)
        (layer.rows[found.id] if found else missing[row.record]).append(row)
    for group in missing.values():
        orphans += _take_back(kind, layer, group, document, text)
    by_id = {item.id: item for item in layer.known}
    judged = [
        _judged(kind, by_id[key], about, analysis, machine=key in machine)
        for key, about in layer.rows.items()
    ]
    return judged, orphans


def _take_additions(
    kind: str, layer: _Kind, rows: Sequence[Judgement], document: str, text: str
) -> list[Orphan]:
    """Put the records that people added among the candidates; the machine's at the same place give way."""
    lost = []
    for row in (row for row in rows if row.verdict == ADDED and not row.task.startswith("sample:")):
        record = _snapshot(kind, row, text)
        if record is None:
            lost.append(Orphan(row, LOST))
            continue
        added = candidates([record], document, text)[0]
        same = [item for item in layer.known if item.place == added.place]
        target = same[0] if same else added
        if not same:
            layer.known.append(added)
        layer.rows[target.id].append(row)
    return lost


def _take_back(kind: str, layer: _Kind, group: Sequence[Judgement], document: str, text: str) -> list[Orphan]:
    """Put back a record that a person accepted or corrected and that the machine no longer finds."""
    holds = settle([row for row in group if row.field == VERDICT]).judgement
    if holds is not None and holds.verdict == REJECTED:
        return [Orphan(row, GONE) for row in group]
    record: Any = next((made for row in reversed(group) if (made := _snapshot(kind, row, text))), None)
    open_rows = any(not row.task.startswith("sample:") for row in group)
    if record is None or not open_rows:
        return [Orphan(row, LOST) for row in group]
    again = candidates([record], document, text)[0]
    layer.known.append(again)
    layer.rows[again.id] += group
    return [Orphan(row, KEPT) for row in group]


def _snapshot(kind: str, row: Judgement, text: str) -> Any:
    """Return the record that a decision carries, None when its words no longer stand in the text."""
    if row.span is None or row.span.of(text) != row.words or not row.snapshot:
        return None
    try:
        record: Any = from_json(RECORDS[kind], json.loads(row.snapshot))
        return record if place_of(record) == row.span and record.id else None
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return None


def _judged(
    kind: str, item: Candidate, rows: Sequence[Judgement], analysis: Analysis, *, machine: bool
) -> Judged:
    """Return a record with the rulings on its fields applied."""
    by_field: dict[str, list[Judgement]] = defaultdict(list)
    for row in rows:
        by_field[VERDICT if row.verdict in (ACCEPTED, REJECTED, ADDED) else row.field].append(row)
    record: Any = item.record
    contested: list[Judgement] = []
    people: dict[str, list[str]] = {}
    for name, about in sorted(by_field.items()):
        ruling = settle(about)
        contested += ruling.contested
        chosen = ruling.judgement
        if chosen is None or record is None:
            continue
        if chosen.verdict == REJECTED:
            record = None
            continue
        if chosen.verdict == CORRECTED:
            record = _written(kind, name, record, chosen.new, analysis.text)
        elif chosen.verdict == ADDED:
            record = _snapshot(kind, chosen, analysis.text) or record
        people.setdefault(chosen.by, []).append(name or chosen.verdict)
    if record is not None and people:
        record = _signed(record, people)
    kept = item.record if machine else None
    return Judged(kind, item.id, kept, record, tuple(rows), tuple(contested), item.record)


def _written(kind: str, name: str, record: Any, value: str, text: str) -> Any:
    """Return the record with a field corrected; a value that does not fit any more changes nothing."""
    try:
        made = field_of(kind, name)
        made.check(value, text)
        return made.write(record, value, text)
    except JudgementError:
        return record


def _signed(record: Any, people: Mapping[str, Sequence[str]]) -> Any:
    """Return the record with the names of those who judged it; what a person has judged is certain."""
    by = tuple(f"{who}: {', '.join(fields)}" for who, fields in sorted(people.items()))
    provenance: Provenance = record.provenance
    made = replace(record, provenance=replace(provenance, by=by))
    return replace(made, score=1.0) if hasattr(record, "score") else made


def _rebuilt(analysis: Analysis, judged: Sequence[Judged]) -> Analysis:
    """Return the analysis with the judged records in the place of the machine's."""
    document = analysis.document.id
    layers: dict[str, Any] = {}
    for kind, name in LAYERS.items():
        mine = {item.id: item.record for item in judged if item.kind == kind}
        if not mine:
            continue
        machine = {record_id(document, record.id): record for record in getattr(analysis, name)}
        records = [mine.get(key, record) for key, record in machine.items()]
        added = [record for key, record in mine.items() if key not in machine]
        kept = {record.id: record for record in (*records, *added) if record is not None}
        layers[name] = tuple(sorted(kept.values(), key=place_of) if added else kept.values())
    changes = [Change(item.kind, item.machine, item.record, _link(item)) for item in judged]
    return follow(replace(analysis, **layers, entities=_entities(analysis, judged)), changes)


def _link(item: Judged) -> tuple[str, ...] | None:
    """Return the entities that a person linked a name to, None when nobody did."""
    if item.kind != NAME:
        return None
    chosen = settle(
        [row for row in item.rows if row.verdict == CORRECTED and row.field == "entity"]
    ).judgement
    return tuple(entity.id for entity in _entities_in(chosen)) if chosen else None


def _entities(analysis: Analysis, judged: Sequence[Judged]) -> tuple[Entity, ...]:
    """Return the entities with those that people brought in."""
    known = {entity.id: entity for entity in analysis.entities}
    for item in judged:
        for row in item.rows:
            for entity in _entities_in(row):
                known.setdefault(entity.id, entity)
    return tuple(known.values())


def _entities_in(row: Judgement) -> tuple[Entity, ...]:
    if not row.new.startswith("["):
        return ()
    try:
        return entities_of(row.new)
    except JudgementError:
        return ()
