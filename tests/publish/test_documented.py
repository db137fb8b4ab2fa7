"""The session in docs/export.md runs as it stands there; figures may move with the rules of the pack."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from kroniek.cli import main
from kroniek.publish.tables.register import TABLES
from kroniek.registry import EXPORTERS, plugins

ROOT = Path(__file__).parents[2]
PAGE = ROOT.joinpath("docs", "export.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(console|python)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_documented_session_runs_as_it_stands(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("examples").symlink_to(ROOT / "examples")
    shutil.copy(examples, tmp_path / "syria.kroniek")  # read once for all tests
    commands = 0
    for kind, block in BLOCKS:
        if kind == "python":
            exec(compile(block, "docs/export.md", "exec"), {})
            assert len(capsys.readouterr().out.split()) > 3
            continue
        for session in block.strip().split("\n\n"):
            command, _, wanted = session.partition("\n")
            if command.startswith("$ kroniek read"):
                continue
            monkeypatch.setattr(sys, "argv", command.removeprefix("$ ").split())
            with pytest.raises(SystemExit) as stop:
                main()
            assert not stop.value.code
            assert _masked(capsys.readouterr().out) == _masked(wanted)
            commands += 1
    assert commands == 4


def _masked(output: str) -> str:
    return re.sub(r"\d+", "N", output.strip())


def test_documented_are_all_tables_and_formats() -> None:
    for table in TABLES:
        assert f"`{table.name}`" in PAGE
    for name in plugins(EXPORTERS):
        assert f"`{name}`" in PAGE or f"--format {name}" in PAGE or name == "csv"
