"""`kroniek evaluate` and `kroniek gold` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kroniek.cli import app
from kroniek.errors import NotFoundError
from kroniek.evaluate.authoring import resolve

TEXT = "Minister Jansen sprak vrijdag met Peeters. Jansen zei dat het overleg goed verliep."
AUTHORED = {
    "id": "eigen", "published": "2018-09-30",
    "entities": [{"surface": "Jansen", "type": "PER", "actor": None}, {"surface": "Jansen", "nth": 2, "type": "PER"},
                 {"surface": "Peeters", "type": "PER", "actor": None}],
    "times": [{"surface": "vrijdag", "type": "DATE", "value": "2018-09-28"}],
    "attributions": [{"source": "Jansen", "source_nth": 2, "cue": "zei", "content": "dat het overleg goed verliep",
                      "kind": "indirect", "stance": "asserts"}],
    "events": [{"trigger": "sprak", "type": "CONSULT", "actors": ["Jansen", "Peeters"], "status": "happened"}],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    record = resolve(AUTHORED, TEXT, with_text=True)
    (folder / "eigen.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_evaluate_prints_scores_for_every_layer(gold: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--parser", "spacy", "--json"])
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    assert scores["names exact"]["wanted"] == 3
    assert {"times value", "links accuracy", "attributions cue", "events detection"} <= set(scores)


def test_evaluate_scores_predictions_without_running(gold: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--predictions", str(gold), "--layer", "events"])
    assert result.exit_code == 0, result.output
    assert "events detection" in result.stdout
    assert "100.0" in result.stdout


def test_evaluate_refuses_an_unknown_layer(gold: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--layer", "colours"])
    assert isinstance(result.exception, NotFoundError)
    assert "names, times" in str(result.exception)


def test_evaluate_scores_trees_on_gold_tokens(tmp_path: Path) -> None:
    file = tmp_path / "a.conllu"
    rows = ["1\tHij\thij\tPRON\t_\t_\t2\tnsubj\t_\t_", "2\tkomt\tkomen\tVERB\t_\t_\t0\troot\t_\t_"]
    file.write_text("\n".join(rows) + "\n\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(file), "--json", "--parser", "spacy"])
    assert result.exit_code == 0, result.output
    assert {"upos", "uas", "las", "lemma"} <= set(json.loads(result.stdout))


def test_gold_check_counts_and_export_writes_each_format(gold: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    assert "3 names" in runner.invoke(app, ["gold", "check", str(gold)]).stdout
    for form, suffix in (("conllup", "conllup"), ("webanno", "tsv"), ("xmi", "xmi")):
        result = runner.invoke(
            app, ["gold", "export", str(gold), "--to", str(tmp_path / form), "--format", form]
        )
        assert result.exit_code == 0, result.output
        assert (tmp_path / form / f"eigen.{suffix}").stat().st_size > 200


def test_gold_texts_says_what_is_missing_with_exit_code_3(tmp_path: Path) -> None:
    gold, source = tmp_path / "g", tmp_path / "s"
    gold.mkdir()
    source.mkdir()
    (gold / "x.1.json").write_text(json.dumps({"id": "x.1", "sha256": "0" * 64, "entities": []}))
    (source / "y.2.json").write_text(json.dumps({"id": "y.2", "text": "iets"}))
    result = CliRunner().invoke(
        app, ["gold", "texts", str(gold), "--ntrex", str(source), "--target", str(tmp_path / "t")]
    )
    assert result.exit_code == 3
    assert "1 missing" in result.output


def test_evaluate_scores_meantime_files(tmp_path: Path) -> None:
    rows = [
        ["1", "Pa", "_", "_", "_"],
        ["2", "verkocht", "B-E", "B-CERTAIN", "B-POS"],
        ["3", ".", "_", "_", "_"],
    ]
    names = [["1", "Pa", "(PER)", "_"], ["2", "verkocht", "_", "_"], ["3", ".", "_", "_"]]
    chains = [["a", "1", "Pa", "_"], ["a", "2", "verkocht", "(7)"], ["a", "3", ".", "_"]]
    record = {
        "id": "a", "nl_sent_ids": [0], "clin26_factuality": [rows], "clin26_ne": [names],
        "clin26_coref_event": [chains], "en_timex": [],
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["meantime events detection"]["wanted"] == 1
