"""The gate: a score under its floor fails the run, floors fall only on demand, new gold asks for a look."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

GATE = Path(__file__).resolve().parents[2] / "eval" / "gate.py"


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", GATE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "BASELINE", tmp_path / "baseline.json")
    return module


def _pin(gate: ModuleType, floors: dict[str, float]) -> None:
    gate.BASELINE.write_text(json.dumps({"gold": gate.gold_hash(), "floors": floors}))


def test_gate_fails_when_a_floor_is_broken(gate: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    _pin(gate, {"news names exact": 80.0})
    assert gate._judge({"news names exact": 79.9}, ["news"], lift=False, lower=[]) == 1
    assert "BROKEN news names exact: 79.90, the floor is 80.00" in capsys.readouterr().out
    assert gate._judge({"news names exact": 80.0}, ["news"], lift=False, lower=[]) == 0


def test_gate_passes_over_sets_that_are_not_here(
    gate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    _pin(gate, {"news names exact": 80.0, "examples names exact": 70.0})
    assert gate._judge({"examples names exact": 71.0}, ["examples"], lift=False, lower=[]) == 0
    assert "1 not measured here" in capsys.readouterr().out


def test_gate_does_not_pass_a_score_that_vanished(gate: ModuleType) -> None:
    _pin(gate, {"news names exact": 80.0})
    assert gate._judge({}, ["news"], lift=False, lower=[]) == 1


def test_gate_wants_a_look_when_the_gold_changed(gate: ModuleType) -> None:
    _pin(gate, {"news names exact": 80.0})
    (gate.ROOT / "gold" / "nl").mkdir(parents=True)
    (gate.ROOT / "gold" / "nl" / "a.json").write_text("{}")
    assert gate._judge({"news names exact": 90.0}, ["news"], lift=False, lower=[]) == 1


def test_gate_raises_floors_and_lowers_only_what_is_named(gate: ModuleType) -> None:
    _pin(gate, {"news a": 80.0, "news b": 80.0})
    assert gate._judge({"news a": 90.0, "news b": 70.0}, ["news"], lift=True, lower=[]) == 0
    assert json.loads(gate.BASELINE.read_text())["floors"] == {"news a": 89.5, "news b": 80.0}
    gate._judge({"news a": 90.0, "news b": 70.0}, ["news"], lift=False, lower=["news b"])
    assert json.loads(gate.BASELINE.read_text())["floors"]["news b"] == 69.5
