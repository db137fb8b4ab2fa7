"""What the decisions in a file add up to: where they stand, gold made of them, samples for two coders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from kroniek.errors import JudgementError, NotFoundError
from kroniek.evaluate.gold import text_hash
from kroniek.evaluate.judged import Outcome
from kroniek.judging import applied_to, telling_finder
from kroniek.model import Analysis, Judgement, MentionKind
from kroniek.publish.annotation import annotation, safe_file_name
from kroniek.review.apply import LOST, Applied, Judged, Orphan
from kroniek.review.coding import Sample, answers, draw, make_sample, settled
from kroniek.review.exchange import check_coder
from kroniek.review.fields import read_field
from kroniek.review.kinds import AGREEMENT, EVENT, LAYERS, NAME, STATEMENT, STORY, TIME
from kroniek.review.state import SAMPLE, effective, undone_ids
from kroniek.review.stories import decisions_of
from kroniek.store import judgements as stored
from kroniek.store.codec import dumps, loads
from kroniek.store.load import load_analyses, load_judgements
from kroniek.store.samples import add_sample, sample_payload, sample_payloads

# What precision is told of: the layer's kind, and the fields in the order to be shown.
MEASURED: Mapping[str, tuple[str, ...]] = {
    NAME: ("type", "entity"), TIME: ("type", "value"), STATEMENT: ("sources", "stance", "content"),
    EVENT: ("type", "mode", "actors", "recipients", "time", "place", "status"), AGREEMENT: ("phase", "status"),
}  # fmt: skip
GOLD_LAYERS = {NAME: "entities", TIME: "times", STATEMENT: "attributions", EVENT: "events"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the decisions of a file stand.

    `contested` are the decisions of several people that contradict each other, one tuple for each field;
    `orphans` those whose record the machine no longer finds.
    """

    rows: int
    in_force: int
    verdicts: Mapping[str, int]
    coders: Mapping[str, int]
    orphans: tuple[Orphan, ...]
    contested: tuple[tuple[Judgement, ...], ...]


def standing(connection: Connection) -> Standing:
    """Return where the decisions stand."""
    rows = list(load_judgements(connection))
    held = effective(rows)
    return Standing(
        len(rows), len(held), Counter(row.verdict for row in held), Counter(row.by for row in held),
        orphans(connection, stored.judged_documents(connection)), contested(connection),
    )  # fmt: skip


def contested(connection: Connection) -> tuple[tuple[Judgement, ...], ...]:
    """Return the decisions that contradict each other, one tuple for each field of a record."""
    documents = stored.judged_documents(connection, coders=2)
    return tuple(
        pair for applied in every_applied(connection, documents) for item in applied.judged
        for pair in _by_field(item)
    )  # fmt: skip


def orphans(connection: Connection, documents: Sequence[str], *, stories: bool = True) -> tuple[Orphan, ...]:
    """Return the decisions about these documents whose record the machine no longer finds.

    With `stories` those on what is one event, too.
    """
    found: list[Orphan] = []
    for document in documents:
        try:
            found += applied_to(connection, document).orphans
        except NotFoundError:
            rows = effective(stored.judgements_about(connection, document))
            found += [Orphan(row, LOST) for row in rows if row.kind in LAYERS]
    if stories:
        found += decisions_of(stored.judgements_of(connection, STORY), telling_finder(connection))[1]
    return tuple(found)


def _by_field(item: Judged) -> Iterator[tuple[Judgement, ...]]:
    for name in dict.fromkeys(row.field for row in item.contested):
        rows = tuple(row for row in item.contested if row.field == name and not row.task.startswith(SAMPLE))
        if len(rows) > 1:
            yield rows


def undone_among(connection: Connection, rows: Sequence[Judgement]) -> frozenset[str]:
    """Return the ids of those of these rows that are taken back."""
    return undone_ids([*rows, *stored.undo_rows(connection, [row.id for row in rows])])


def every_applied(connection: Connection, documents: Sequence[str] | None = None) -> Iterator[Applied]:
    """Yield every document that decisions are about, or those of a list, with them."""
    for document in stored.judged_documents(connection) if documents is None else documents:
        try:
            yield applied_to(connection, document)
        except NotFoundError:
            continue


def outcomes(connection: Connection) -> Iterator[Outcome]:
    """Yield what people found of each of the machine's records that they judged openly."""
    for applied in every_applied(connection):
        for item in applied.judged:
            if item.machine is not None and any(not row.task.startswith(SAMPLE) for row in item.rows):
                wrong = frozenset() if item.record is None else _wrong_fields(item, applied.analysis)
                yield Outcome(item.kind, item.record is not None, wrong)


def _wrong_fields(item: Judged, analysis: Analysis) -> frozenset[str]:
    corrected = {row.field for row in item.rows if row.verdict == "corrected"}
    return frozenset(
        name for name in MEASURED.get(item.kind, ())
        if name in corrected and (name == "entity" or read_field(item.kind, name, item.machine, analysis)
                                  != read_field(item.kind, name, item.record, analysis))
    )  # fmt: skip


def gold_documents(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (file name, gold) for every document that was judged.

    Only what people accepted, corrected or added is gold. `layers` names the layers of which every record
    was judged; of those in `partial` only some were, so that nothing can be said about what is missing.
    """
    for applied in every_applied(connection):
        judged = [
            item for item in applied.judged if any(not row.task.startswith(SAMPLE) for row in item.rows)
        ]
        if judged:
            record = _gold(applied, judged)
            yield f"{safe_file_name(record['id'])}-{applied.analysis.document.id[-8:]}.json", record


def _gold(applied: Applied, judged: list[Judged]) -> dict[str, Any]:
    analysis = applied.analysis
    kept = {(item.kind, item.record.id) for item in judged if item.record is not None}
    layers: dict[str, Any] = {"names": ()}
    complete: list[str] = []
    partial: list[str] = []
    for kind, name in LAYERS.items():
        records = getattr(analysis, name)
        if kind == NAME:
            records = tuple(item for item in records if item.kind is MentionKind.NAME)
        layers[name] = tuple(item for item in records if (kind, item.id) in kept)
        if kind in GOLD_LAYERS and any(item.kind == kind for item in judged):
            (complete if len(layers[name]) == len(records) else partial).append(GOLD_LAYERS[kind])
    made = annotation(replace(analysis, **layers))
    rejected = [
        {"layer": GOLD_LAYERS[item.kind], "surface": item.rows[0].words,
         "start": item.rows[0].span.start, "end": item.rows[0].span.end}
        for item in judged
        if item.record is None and item.kind in GOLD_LAYERS and item.rows[0].span is not None
    ]  # fmt: skip
    coders = sorted({row.by for item in judged for row in item.rows})
    return {
        **made, "sha256": text_hash(analysis.text), "layers": complete, "partial": partial, "rejected": rejected,
        "coders": coders,
    }  # fmt: skip


def new_sample(connection: Connection, *, seed: int, per_layer: int, by: str, at: str) -> Sample:
    """Draw a sample and keep it; raises JudgementError when there is nothing to draw from."""
    check_coder(by)
    units = draw(load_analyses(connection), seed=seed, per_layer=per_layer)
    if not units:
        raise JudgementError("there is nothing to draw a sample from: read reports first")
    sample = make_sample(units, seed=seed, by=by, at=at)
    if sample.id not in {known.id for known in samples(connection)}:
        add_sample(connection, sample.id, dumps(sample), by=by, at=at)
    return sample


def samples(connection: Connection) -> list[Sample]:
    """Return all samples, oldest first."""
    return [loads(Sample, payload) for payload in sample_payloads(connection)]


def sample_of(connection: Connection, prefix: str) -> Sample:
    """Return a sample by the beginning of its id; raises NotFoundError."""
    return loads(Sample, sample_payload(connection, prefix))


def answers_to(connection: Connection, sample: Sample) -> dict[str, dict[str, str]]:
    """Return each unit's answers by coder."""
    return answers(sample, _rows_about(connection, sample))


def settled_in(connection: Connection, sample: Sample) -> dict[str, str]:
    """Return what was decided between coders, by unit."""
    return settled(sample, _rows_about(connection, sample))


def _rows_about(connection: Connection, sample: Sample) -> list[Judgement]:
    documents = sorted({unit.document for unit in sample.units})
    return [row for document in documents for row in stored.judgements_about(connection, document)]
