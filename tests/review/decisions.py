"""Decisions for tests: rows about the records of a small analysis."""

from __future__ import annotations

from dataclasses import replace

from kroniek.model import Analysis, Judgement, record_id
from kroniek.review.kinds import LAYERS, place_of
from kroniek.review.make import about


def decide(
    analysis: Analysis, kind: str, verdict: str, *, field: str = "", new: str = "", number: int = 0, by: str = "An",
    minute: int = 0, task: str = "",
) -> Judgement:  # fmt: skip
    """Return a decision about the `number`th record of a kind, taken in that minute of a day."""
    record = getattr(analysis, LAYERS[kind])[number]
    row = about(
        kind,
        record,
        analysis,
        verdict=verdict,
        by=by,
        at=f"2026-11-22T10:{minute:02}:00",
        field=field,
        new=new,
    )
    assert row.record == record_id(analysis.document.id, record.id)
    assert row.span == place_of(record)
    return replace(row, task=task)
