"""The scorer on a report and facts of our own, read by the whole flow."""

import json
from pathlib import Path
from typing import Any

import pytest

from kroniek.cli import measure
from kroniek.errors import GoldError
from kroniek.evaluate.expected import located, read_expected
from kroniek.model import Span

REPORT = """Rusland ontkent aanval

MOSKOU, 12 mei 2017 - De Russische minister Sergej Lavrov heeft vrijdag ontkend dat zijn land een ziekenhuis
heeft gebombardeerd. Volgens de Amerikaanse minister John Kerry is dat wel gebeurd.
"""
FACTS: dict[str, Any] = {
    "file": "report.txt",
    "published": {"stated": "2017-05-12"},
    "times": [{"text": "vrijdag", "type": "DATE", "value": "2017-05-12"}],
    "links": [{"surface": "De Russische minister Sergej Lavrov", "actor": "Sergey Lavrov"}],
    "statements": [
        {
            "source": ["Sergey Lavrov"],
            "cue": "ontkend",
            "polarity": "denied",
            "content": "dat zijn land een ziekenhuis\nheeft gebombardeerd",
        },
        {"source": ["John Kerry"], "cue": "Volgens", "content": "is dat wel gebeurd"},
    ],
    "events": [
        {
            "type": "ASSAULT",
            "actors": ["Russia"],
            "status": "denied",
            "evidence": "dat zijn land een ziekenhuis\nheeft gebombardeerd",
        }
    ],
}


def scores(folder: Path, facts: dict[str, object]) -> dict[str, float]:
    reports, expected = folder / "reports", folder / "expected"
    reports.mkdir()
    expected.mkdir()
    (reports / "report.txt").write_text(REPORT)
    (expected / "000.json").write_text(json.dumps(facts))
    metrics = measure.score_expected_files(measure.expected_files(expected), reports)
    return {metric.name: metric.value() for metric in metrics}


def test_expected_counts_what_the_report_gives(tmp_path: Path) -> None:
    assert set(scores(tmp_path, FACTS).values()) == {100.0}


def test_expected_counts_what_is_missed(tmp_path: Path) -> None:
    wrong = {
        "times": [{"text": "vrijdag", "type": "DATE", "value": "2017-05-19"}],
        "links": [{"surface": "De Russische minister Sergej Lavrov", "actor": "Russia"}],
        "statements": [{"source": ["Sergey Lavrov"], "content": "is dat wel gebeurd"}],
        "events": [{**FACTS["events"][0], "actors": ["United States"], "status": "planned"}],
    }
    found = scores(tmp_path, {**FACTS, **wrong})
    assert found["time value"] == found["link"] == found["statement with speaker"] == 0
    assert found["event with parties"] == found["event with parties and status"] == 0
    assert found["statement"] == found["event typed"] == found["event not shown as happened"] == 100


def test_expected_wants_its_report(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no report elsewhere"):
        scores(tmp_path, {**FACTS, "file": "elsewhere.txt"})


def test_read_expected_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("[1]")
    with pytest.raises(GoldError, match=r"x\.json: expected JSON with the key 'file'"):
        read_expected(path)


def test_located_wants_whole_words() -> None:
    assert located("Amerikaanse boten, Amerika", "amerika") == Span(19, 26)
    assert located("nu en nu", "nu", 2) == Span(6, 8)
    assert located("nu", "nu", 2) is None
