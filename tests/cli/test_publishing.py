"""`kroniek report`, `brief` and `plot`: files that are written, and messages for wrong use."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.cli import main

Run = Callable[..., tuple[int, str, str]]
TEXT = "9/09/16 - 00u34 Bron: Belga De Amerikaanse minister John Kerry sprak vrijdag met Sergej Lavrov over Syrië."


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


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publishing")
    folder.joinpath("a.txt").write_text(TEXT, encoding="utf-8")
    with Chronicle.open(folder / "x.kroniek", create=True) as chronicle:
        chronicle.read([str(folder / "a.txt")])
    return folder / "x.kroniek"


@pytest.mark.parametrize("ending", ["html", "md", "docx"])
def test_report_writes_the_format_of_the_name(run: Run, filled: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / "new" / f"dossier.{ending}"
    code, out, _ = run("report", filled, "--about", "Syrië", "--out", target)
    assert (code, out) == (0, f"{target}: 1 reports, 1 events\n")
    assert target.stat().st_size > 1000


def test_report_writes_the_format_that_is_given(run: Run, filled: Path, tmp_path: Path) -> None:
    run("report", filled, "--out", tmp_path / "dossier.txt", "--format", "md")
    assert tmp_path.joinpath("dossier.txt").read_text(encoding="utf-8").startswith("# X\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("report", "--out", "x.pdf"), "'x.pdf' ends in none of: html, md, docx"),
        (("report", "--out", "x.html", "--interface", "fr"), "'fr' is none of: nl, en"),
        (("report", "--out", "x.html", "--format", "pdf"), "'pdf' is none of: html, md, docx"),
        (("brief", "--since", "gisteren"), "'gisteren' is no date"),
        (("brief", "--since", "2016", "--clock", "happened"), "'happened' is none of: reported, entered"),
        (("plot", "--out", "x.svg"), "is none of: timeline, relations, network, processes"),
    ],
)
def test_publishing_says_what_would_be_right(
    run: Run, filled: Path, arguments: tuple[str, ...], message: str
) -> None:
    command, *options = arguments
    kind = ["pie"] if command == "plot" else []
    code, _, err = run(command, *kind, filled, *options)
    assert code == 2
    assert message in " ".join(err.replace("│", " ").split())


def test_report_on_an_unknown_subject_leaves_with_code_4_and_writes_nothing(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    code, _, err = run("report", filled, "--about", "Lavrof", "--out", tmp_path / "d.html")
    assert code == 4 and "near: " in err and "Lavrov" in err
    assert not tmp_path.joinpath("d.html").exists()


def test_brief_prints_markdown_or_writes_a_file(run: Run, filled: Path, tmp_path: Path) -> None:
    code, out, _ = run("brief", filled, "--since", "2016-09-09")
    assert code == 0 and out.startswith("# Briefing sinds 9 september 2016\n")
    code, out, _ = run("brief", filled, "--since", "2016-10", "--out", tmp_path / "b.docx")
    assert (code, out) == (0, f"{tmp_path / 'b.docx'}: 0 new reports\n")


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_plot_writes_a_picture(run: Run, filled: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"network.{ending}"
    code, _, _ = run("plot", "network", filled, "--out", target)
    assert code == 0 and target.stat().st_size > 1000
