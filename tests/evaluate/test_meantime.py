"""Reading and scoring MEANTIME on a made-up article in its form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kroniek.errors import GoldError
from kroniek.evaluate.meantime import (
    Found,
    MeantimeEvent,
    MeantimeName,
    read_meantime,
    score_meantime,
)
from kroniek.model import Span

ROWS: list[list[str]] = [
    ["1", "Pa", "_", "_", "_"],
    ["2", "biedt", "B-E", "B-CERTAIN", "B-NEG"],
    ["3", "niets", "_", "_", "_"],
    ["4", "aan", "I-E", "I-CERTAIN", "I-NEG"],
]


def write(folder: Path, **changed: Any) -> Path:
    record: dict[str, Any] = {
        "id": "a",
        "nl_sent_ids": [0],
        "clin26_factuality": [ROWS],
        "clin26_ne": [[["1", "Pa", "(PER)", "_"], *(["2", "x", "_", "_"] for _ in range(3))]],
        "clin26_coref_event": [
            [["a", "1", "Pa", "_"], ["a", "2", "biedt", "(7)"], *(["a", "3", "x", "_"],) * 2]
        ],
        "en_timex": [{"text": "today", "sent": 0, "type": "DATE", "value": "2018-09-30"}],
        **changed,
    }
    path = folder / "a.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def test_meantime_reads_broken_up_events_names_and_times(tmp_path: Path) -> None:
    document = read_meantime(write(tmp_path))
    assert document is not None
    assert document.text == "Pa biedt niets aan\n"
    assert document.events == (MeantimeEvent((Span(3, 8), Span(15, 18)), "certain", "negative"),)
    assert document.names == (MeantimeName(Span(0, 2), "PER"),)
    assert document.times == ((0, "2018-09-30"),)


def test_meantime_scores_detection_and_labels(tmp_path: Path) -> None:
    document = read_meantime(write(tmp_path))
    assert document is not None
    found = Found(
        events=(MeantimeEvent((Span(3, 8),), "certain", "positive"),),
        names=(MeantimeName(Span(0, 2), "PER"),),
        times=((Span(3, 8), "2018-09-30"),),
    )
    values = {metric.name: metric.value() for metric in score_meantime([(document, found)])}
    assert values["meantime events detection"] == 100
    assert values["meantime events exact"] == 0
    assert values["meantime polarity macro"] == 0
    assert values["meantime certainty macro"] == 100
    assert values["meantime names"] == values["meantime time values"] == 100


def test_meantime_article_outside_the_task_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text('{"id": "b"}', encoding="utf-8")
    assert read_meantime(path) is None


def test_meantime_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"a\.json"):
        read_meantime(write(tmp_path, clin26_ne=None))
