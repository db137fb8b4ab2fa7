"""`kroniek export|rehydrate|diff` as a user types them: exit codes, messages, and nothing loaded too early."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.cli import main
from tests.flows import STEPS, document, resources

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kroniek", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return call


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "x.kroniek"
    with Chronicle.open(path, create=True) as chronicle:
        chronicle.add([document("Kerry ontmoette Lavrov op 2016-08-26."), document("Obama ontmoette Poetin.", 1)], resources(), steps=STEPS)  # fmt: skip
    return path


def test_export_prints_counts_and_files(run: Run, file: Path, tmp_path: Path) -> None:
    code, out, _ = run("export", file, "--to", tmp_path / "uit")
    assert code == 0
    assert "events: 2\n" in out and "datapackage.json" in out
    code, out, _ = run("export", file, "--to", tmp_path / "cal", "--format", "ics")
    assert (code, "left out: 1 event without a date" in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--format", "cvs"), 4, "there are: claimreview, conllu, csv"),
        (("--quotes", "some"), 2, "full, short, none"),
        (("--status", "maybe"), 2, "happened"),
        (("--status", ","), 2, "at least one status"),
        (("--format", "xmi", "--quotes", "none"), 1, "--quotes full"),
    ],
)  # fmt: skip
def test_export_says_what_would_be_right(
    arguments: tuple[str, ...], code: int, message: str, run: Run, file: Path, tmp_path: Path
) -> None:
    found, _, err = run("export", file, "--to", tmp_path / "uit", *arguments)
    assert (found, message in " ".join(err.replace("│", " ").split())) == (code, True)
    assert not list(tmp_path.iterdir())


def test_export_never_overwrites_in_silence(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("export", file, "--to", tmp_path / "uit")[0] == 0
    code, _, err = run("export", file, "--to", tmp_path / "uit", "--format", "geojson")
    assert (code, "--force" in err) == (1, True)
    assert run("export", file, "--to", tmp_path / "uit", "--format", "geojson", "--force")[0] == 0
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["events.geojson", "manifest.json"]


def test_rehydrate_fills_words_in_and_lists_what_is_missing(run: Run, file: Path, tmp_path: Path) -> None:
    run("export", file, "--to", tmp_path / "uit", "--quotes", "none")
    reports = tmp_path / "reports"
    reports.mkdir()
    reports.joinpath("a.txt").write_text("Kerry ontmoette Lavrov op 2016-08-26.")
    code, out, err = run("rehydrate", tmp_path / "uit", "--reports", reports)
    assert code == 3
    assert "1 reports not given" in out and "report not given: 1.txt" in err
    assert "Kerry ontmoette Lavrov op 2016-08-26." in (tmp_path / "uit" / "tellings.csv").read_text()
    code, _, err = run("rehydrate", reports, "--reports", reports)
    assert (code, "no export of kroniek" in err) == (1, True)


def test_diff_compares_files_and_folders(run: Run, file: Path, tmp_path: Path) -> None:
    run("export", file, "--to", tmp_path / "uit", "--quotes", "none")
    assert run("diff", file, tmp_path / "uit") == (0, "no differences\n", "")
    with Chronicle.open(tmp_path / "y.kroniek", create=True) as chronicle:
        chronicle.add([document("Kerry ontmoette Lavrov op 2016-08-26.")], resources(), steps=STEPS)
    code, out, _ = run("diff", tmp_path / "uit", tmp_path / "y.kroniek")
    assert code == 0
    assert "\n- events  event-" in out and "removed" in out.splitlines()[-1]
    changes = json.loads(run("diff", tmp_path / "uit", tmp_path / "y.kroniek", "--json")[1])
    assert {change["change"] for change in changes} == {"removed"}
    assert run("diff", file, tmp_path / "nergens")[0] == 1


def test_export_loads_no_heavy_library_for_its_help() -> None:
    code = "import kroniek.cli, sys; print({'sqlalchemy', 'networkx', 'pyarrow', 'openpyxl', 'rdflib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
