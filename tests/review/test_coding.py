"""Blind double coding: a draw that chance alone decides, answers apart, what is in dispute."""

from __future__ import annotations

from dataclasses import replace

from kroniek.model import Analysis, Judgement
from kroniek.review.coding import (
    NONE,
    QUESTIONS,
    answers,
    coders_of,
    disputed,
    draw,
    label_pairs,
    make_sample,
    next_unit,
    options_of,
    settled,
    task_of,
)
from kroniek.review.kinds import LAYERS
from tests.makers import meeting, saying
from tests.review.decisions import decide

REPORTS = [
    saying(
        meeting(f"Volgens Kerry spraken zij met Lavrov, {n} keer.", path=f"{n}.txt"), "Volgens", "spraken zij"
    )
    for n in ("een", "twee", "drie", "vier", "vijf")
]
SAMPLE = make_sample(draw(REPORTS, seed=3, per_layer=2), seed=3, by="An", at="2026-11-22T10:00:00")


def _answer(analysis: Analysis, layer: str, new: str, by: str) -> Judgement:
    kind, field = QUESTIONS[layer]
    verdict = "rejected" if new == NONE else "corrected"
    made = decide(analysis, kind, verdict, field=field, new="" if new == NONE else new, by=by)
    return replace(made, task=task_of(SAMPLE))


def test_coding_draws_the_same_whatever_the_order() -> None:
    assert draw(REPORTS[::-1], seed=3, per_layer=2) == SAMPLE.units
    assert draw(REPORTS, seed=4, per_layer=2) != SAMPLE.units
    assert {unit.layer for unit in SAMPLE.units} == {"names", "links", "statements", "events", "status"}
    assert all(sum(unit.layer == layer for unit in SAMPLE.units) <= 2 for layer in QUESTIONS)


def test_coding_finds_answers_pairs_and_disputes() -> None:
    units = [unit for unit in SAMPLE.units if unit.layer == "events"]
    reports = [next(r for r in REPORTS if r.document.id == unit.document) for unit in units]
    rows = [
        _answer(reports[0], "events", "CONSULT", "An"), _answer(reports[0], "events", "CONSULT", "Bo"),
        _answer(reports[1], "events", "AGREE", "An"), _answer(reports[1], "events", NONE, "Bo"),
    ]  # fmt: skip
    given = answers(SAMPLE, rows)
    assert coders_of(given) == ("An", "Bo")
    assert label_pairs(SAMPLE, given) == {"events": [("CONSULT", "CONSULT"), ("AGREE", NONE)]}
    assert disputed(SAMPLE, given, {}) == [units[1]]
    final = replace(rows[3], task="adjudication", by="Cy")
    assert disputed(SAMPLE, given, settled(SAMPLE, [*rows, final])) == []
    assert next_unit(SAMPLE, given, "Cy") == SAMPLE.units[0]
    assert next_unit(SAMPLE, given, "An") not in units


def test_coding_offers_the_closed_list_of_each_question() -> None:
    for unit in SAMPLE.units:
        analysis = next(r for r in REPORTS if r.document.id == unit.document)
        kind, _ = QUESTIONS[unit.layer]
        record = getattr(analysis, LAYERS[kind])[0]
        offered = options_of(unit, record, analysis)
        assert len(offered) == len(set(offered)) > 1
