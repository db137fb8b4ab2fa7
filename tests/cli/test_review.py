"""`kroniek review`, `kroniek gold judged` and `kroniek evaluate` on a file with judgements."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle, utc_now
from kroniek.cli import main
from kroniek.judging import judge
from kroniek.review.make import about
from kroniek.store.database import open_database
from tests.flows import STEPS, document, resources

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line with arguments and give (exit code, stdout, stderr)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kroniek", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return call


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A file of three reports of which two were judged; beside it the same file before."""
    path = tmp_path / "a.kroniek"
    with Chronicle.open(path, create=True) as chronicle:
        texts = (
            "Kerry ontmoette Lavrov op 2016-08-26.",
            "Poetin ontmoette Obama.",
            "Merkel ontmoette Macron.",
        )
        reports = [document(text, number) for number, text in enumerate(texts)]
        chronicle.add(reports, resources(), steps=STEPS)
        analyses = [chronicle.analysis(report.id) for report in reports]
    shutil.copy(path, tmp_path / "b.kroniek")
    with open_database(path) as database:
        rows = [
            about(
                "event",
                analyses[0].events[0],
                analyses[0],
                verdict="corrected",
                by="An",
                field="type",
                new="AGREE",
            ),
            about("event", analyses[1].events[0], analyses[1], verdict="rejected", by="An"),
            about("name", analyses[1].mentions[0], analyses[1], verdict="accepted", by="Bo"),
        ]
        judge(database, rows, clock=utc_now)
    return path


def test_review_goes_from_colleague_to_colleague(run: Run, judged: Path, tmp_path: Path) -> None:
    code, out, _ = run("review", "export", judged, "--to", tmp_path / "rows.jsonl")
    assert (code, out.endswith("3 judgements\n")) == (0, True)
    other = tmp_path / "b.kroniek"
    assert (
        run("review", "import", other, tmp_path / "rows.jsonl")[1]
        == "announced 3 = new 3 + already known 0\n"
    )
    assert (
        run("review", "import", other, tmp_path / "rows.jsonl")[1]
        == "announced 3 = new 0 + already known 3\n"
    )
    _, mine, _ = run("events", judged, "--json")
    assert json.loads(mine) == json.loads(run("events", other, "--json")[1])
    assert {event["type"] for event in json.loads(mine)} == {"AGREE", "CONSULT"}
    assert len(run("review", "export", judged, "--by", "Bo")[1].splitlines()) == 1


def test_review_import_refuses_a_broken_file_whole(run: Run, judged: Path, tmp_path: Path) -> None:
    lines = run("review", "export", judged)[1].splitlines()
    broken = tmp_path / "rows.jsonl"
    broken.write_text("\n".join([*lines[:2], '{"verdict": 1}']), encoding="utf-8")
    code, out, err = run("review", "import", tmp_path / "b.kroniek", broken)
    assert (code, out) == (1, "")
    assert "rows.jsonl, line 3" in err
    assert json.loads(run("review", "status", tmp_path / "b.kroniek", "--json")[1])["judgements"] == 0


def test_review_status_counts_and_shows_conflicts(run: Run, judged: Path) -> None:
    with open_database(judged) as database:
        found = next(
            item for item in Chronicle(database).analyses() if item.events and item.events[0].type == "AGREE"
        )
        row = about(
            "event", found.events[0], found, verdict="corrected", by="Bo", field="type", new="CONCEDE"
        )
        judge(database, [row], clock=utc_now)
    _, out, _ = run("review", "status", judged)
    assert "4 judgements, 4 in force" in out
    assert "conflict: An corrected type = AGREE [ontmoette]" in out
    assert json.loads(run("review", "status", judged, "--json")[1])["queue"]["events"]["left"] >= 1


def test_evaluate_and_gold_read_a_file_with_judgements(run: Run, judged: Path, tmp_path: Path) -> None:
    lines = json.loads(run("evaluate", judged, "--json")[1])
    (events,) = (line for line in lines if line["layer"] == "event" and line["field"] is None)
    assert (events["right"], events["judged"]) == (1, 2)
    assert run("gold", "judged", judged, "--out", tmp_path / "gold")[1].endswith("2 documents\n")
    code, out, _ = run("gold", "check", tmp_path / "gold")
    assert (code, "2 documents agree" in out) == (0, True)
    (rejecting,) = (
        record
        for file in (tmp_path / "gold").iterdir()
        if (record := json.loads(file.read_text("utf-8")))["rejected"]
    )
    assert rejecting["rejected"][0]["surface"] == "ontmoette"
    assert (rejecting["events"], rejecting["layers"], rejecting["partial"]) == ([], ["events"], ["entities"])


def test_review_draws_a_sample_and_tells_agreement(run: Run, judged: Path) -> None:
    code, out, _ = run("review", "sample", judged, "--by", "An", "--per-layer", "2")
    assert (code, out.endswith(" records\n")) == (0, True)
    assert "coders: nobody yet" in run("review", "agreement", judged)[1]
