"""Decisions between colleagues: what is written is read back, and nothing broken gets in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.errors import JudgementError
from kroniek.model import Entity, EntityType, Judgement
from kroniek.review.exchange import clashes, from_lines, news, to_lines
from kroniek.review.make import merge_entities, one_story, undoing
from kroniek.review.stories import telling_place
from tests.makers import meeting
from tests.review.decisions import decide

ANALYSIS = meeting("Kerry en Lavrov spraken in Genève.")
AT = "2026-11-22T10:00:00+00:00"


def _rows() -> list[Judgement]:
    place = telling_place(ANALYSIS, ANALYSIS.events[0])
    first = decide(ANALYSIS, "event", "corrected", field="type", new="AGREE")
    people = [Entity(f"person:{name}", name, EntityType.PER) for name in ("a", "b")]
    return [
        first, decide(ANALYSIS, "name", "rejected", by="Bo"), undoing(first, by="Bo", at=AT),
        merge_entities(people[0], people[1:], by="An", at=AT), one_story([[place], [place]], by="An", at=AT),
    ]  # fmt: skip


def test_exchange_gives_back_what_was_written() -> None:
    rows = _rows()
    assert from_lines(to_lines(rows)) == rows
    assert news(rows[:2], rows) == rows[2:]
    assert news(rows, [*rows, *rows]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "maybe"}, {"by": ""}, {"by": "a\u202eb"}, {"at": "yesterday"}, {"kind": "colour"}, {"span": None},
        {"field": "colour"}, {"span": {"start": "1", "end": 2}}, {"span": {"start": 5, "end": 2}}, {"record": 7},
        {"document": ["x"]}, {"unknown": 1}, {"words": None}, {"new": "ASSAULT"},
    ],
)  # fmt: skip
def test_exchange_names_the_line_that_is_broken(change: dict[str, object]) -> None:
    lines = list(to_lines(_rows()))
    broken = {**json.loads(lines[0]), **change}
    if "new" not in change:
        broken.pop("id")
    with pytest.raises(JudgementError, match=r"rows\.jsonl, line 3: "):
        from_lines([lines[1], "", json.dumps(broken)], "rows.jsonl")


@settings(deadline=None)
@given(st.one_of(st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps)))
def test_exchange_takes_nothing_strange(line: str) -> None:
    if line.strip():
        with pytest.raises(JudgementError):
            from_lines([line])


def test_exchange_shows_what_two_people_say_differently() -> None:
    mine = decide(ANALYSIS, "event", "corrected", field="type", new="AGREE")
    theirs = decide(ANALYSIS, "event", "corrected", field="type", new="CONCEDE", by="Bo")
    same = replace(mine, by="Bo")
    assert clashes([mine], [theirs]) == [(mine, theirs)]
    assert clashes([mine], [same]) == []
