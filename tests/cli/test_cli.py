"""The command line: exit codes, counts that add up, stable JSON, hostile names, help that is fast and complete."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts.document import PAGES

from kroniek.chronicle import Chronicle
from kroniek.cli import main
from kroniek.cli.text import printable, shorten, table, width

Run = Callable[..., tuple[int, str, str]]

NEWS = {
    "a.txt": "9/09/16 - 00u34 Bron: Belga De Amerikaanse minister John Kerry sprak met Sergej Lavrov over Syrië.",
    "b.txt": "GENÈVE - De Verenigde Staten en Rusland praten verder over het veiligheidsakkoord voor Syrië.",
}


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
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in NEWS.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    return folder


READ = ("--parser", "spacy")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronicle of the news, made once: tests that only ask share it."""
    folder = tmp_path_factory.mktemp("filled")
    for name, text in NEWS.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    with Chronicle.open(folder / "x.kroniek", create=True) as chronicle:
        chronicle.read([str(folder / name) for name in NEWS], parser="spacy")
    return folder / "x.kroniek"


def test_read_counts_add_up_and_a_second_run_adds_nothing(run: Run, news: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.kroniek"
    news.joinpath("leeg.txt").write_bytes(b"")
    code, out, err = run("read", news, "--into", file, *READ)
    assert (code, out) == (3, "announced 3 = read 2 + already known 0 + rejected 1\n")
    assert "leeg.txt" in err
    code, out, _ = run("read", news / "a.txt", news / "b.txt", "--into", file, *READ)
    assert code == 0
    assert out.startswith("announced 2 = read 0 + already known 2 + rejected 0\nnothing new")


def test_read_dry_run_writes_nothing(run: Run, news: Path, tmp_path: Path) -> None:
    code, out, _ = run("read", news, "--dry-run")
    assert code == 0
    assert "announced 2 = read 2" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news"]


def test_read_needs_a_file_to_add_to(run: Run, news: Path) -> None:
    code, _, err = run("read", news)
    assert code == 2
    assert "--into" in err


def test_read_maps_columns(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text(f'body,when,nr\n"{NEWS["b.txt"]}",2016-09-09,n1\n', encoding="utf-8")
    file = tmp_path / "x.kroniek"
    options = ("--text", "body", "--date", "when", "--id", "nr", "--outlet", "De Krant")
    assert run("read", source, "--into", file, *options, *READ)[0] == 0
    (row,) = json.loads(run("documents", file, "--json")[1])
    assert (row["name"], row["published"], row["outlet"]) == ("n1", "2016-09-09", "De Krant")


def test_asking_a_missing_file_is_an_error_on_one_line(run: Run, tmp_path: Path) -> None:
    code, out, err = run("timeline", tmp_path / "none.kroniek")
    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("timeline", "--from", "gisteren"), 2), (("timeline", "--status", "maybe"), 2),
        (("events", "--actor", "Merkel"), 4), (("show", "zzz"), 4), (("statements", "--stance", "sings"), 2),
        (("timeline", "--bad"), 2), (("gaps",), 0), (("search", " "), 2), (("search", "vrede"), 0),
        (("actors",), 0), (("timeline", "--from", "2016", "--to", "2016-09"), 0),
    ],
)  # fmt: skip
def test_exit_codes(run: Run, filled: Path, arguments: tuple[str, ...], code: int) -> None:
    command, *rest = arguments
    assert run(command, filled, *rest)[0] == code


def test_read_with_an_unknown_language_or_parser_is_not_found(run: Run, news: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.kroniek"
    assert run("read", news, "--into", file, "--language", "xx")[0] == 4
    assert run("read", news, "--into", file, "--parser", "nope")[0] == 4


def test_search_finds_a_word_inside_a_compound(run: Run, filled: Path) -> None:
    _, out, _ = run("search", filled, "akkoord")
    assert "veiligheids[akkoord]" in out
    (hit,) = json.loads(run("search", filled, "AKKOORD", "--json")[1])
    span = hit["spans"][0]
    assert NEWS["b.txt"][span["start"] : span["end"]] == "akkoord"


def test_json_is_the_same_in_every_run(run: Run, news: Path, tmp_path: Path) -> None:
    answers = []
    for name, order in (("x.kroniek", ("a.txt", "b.txt")), ("y.kroniek", ("b.txt", "a.txt"))):
        file = tmp_path / name
        run("read", *(news / item for item in order), "--into", file, *READ)
        commands = ("timeline", "events", "statements", "actors", "documents", "gaps")
        answers.append([run(command, file, "--json") for command in commands])
    assert answers[0] == answers[1]
    assert all(code == 0 and isinstance(json.loads(out), list) for code, out, _ in answers[0])


def test_show_highlights_the_words_of_a_record(run: Run, filled: Path) -> None:
    documents = json.loads(run("documents", filled, "--json")[1])
    code, out, _ = run("show", filled, documents[0]["id"][:12])
    assert code == 0
    assert out.startswith(f"document {documents[0]['id']}")
    assert json.loads(run("show", filled, documents[0]["id"], "--json")[1])["kind"] == "document"


def test_annotate_writes_one_file_a_report_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "x.jsonl", tmp_path / "out"
    ids = ("../../evil", "A", "a", "x/y", "x:y", "")
    source.write_text(
        "".join(
            json.dumps({"id": name, "text": f"{NEWS['b.txt']} {number}", "published": "2016-09-09"}) + "\n"
            for number, name in enumerate(ids)
        ),
        encoding="utf-8",
    )
    code, text, err = run("annotate", source, "--out", out, *READ)
    assert (code, err) == (0, "")
    assert text == "announced 6 = read 6 + already known 0 + rejected 0\n"
    assert sorted(path.name for path in out.iterdir()) == [
        "A.json", "_.._evil.json", "a-2.json", "x-6.json", "x_y-2.json", "x_y.json",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x.jsonl"]
    assert {json.loads(path.read_text(encoding="utf-8"))["id"] for path in out.iterdir()} == {
        *ids[:-1],
        "x-6",
    }


def test_annotate_goes_on_after_a_bad_input(run: Run, news: Path, tmp_path: Path) -> None:
    news.joinpath("beeld.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    code, out, err = run("annotate", news, tmp_path / "none.txt", "--out", tmp_path / "out", *READ)
    assert code == 3
    assert "announced 4 = read 2 + already known 0 + rejected 2" in out
    assert err.count("rejected: ") == 2


def test_annotate_into_what_is_no_folder_is_an_error(run: Run, news: Path) -> None:
    code, _, err = run("annotate", news, "--out", news / "a.txt", *READ)
    assert (code, err.count("\n")) == (1, 1)


def test_timeline_writes_a_page(run: Run, filled: Path, tmp_path: Path) -> None:
    page = tmp_path / "page" / "index.html"
    assert run("timeline", filled, "--html", page)[0] == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_version_and_languages(run: Run) -> None:
    assert run("--version")[1].startswith("kroniek ")
    assert json.loads(run("languages", "--json")[1])[0]["code"] == "nl"


def test_help_is_fast_and_loads_nothing_heavy() -> None:
    code = "import sys, kroniek.cli; print([m for m in ('sqlalchemy', 'spacy', 'numpy', 'rich') if m in sys.modules])"
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert time.perf_counter() - started < 3  # 0.2 s on a machine at rest


@pytest.mark.parametrize("page", PAGES)
def test_generated_pages_are_up_to_date(page: str) -> None:
    """Fails when a command, option or public method is not in the docs: run `make docs`."""
    stored = Path(__file__).parents[2].joinpath("docs", page).read_text(encoding="utf-8")
    assert PAGES[page]() == stored, f"docs/{page} is out of date: run `make docs`"


@given(st.text())
def test_text_for_terminals_is_one_line_without_steering(text: str) -> None:
    shown = printable(text)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)


def test_text_columns_line_up_and_numbers_stand_right() -> None:
    lines = table(("naam", "n"), [("Genève", 5), ("北京", 12)])
    assert lines == ["naam     n", "Genève   5", "北京    12"]
    assert width("e\u0301") == 1


@settings(max_examples=50)
@given(st.text(st.characters(categories=("L", "N", "Zs")), max_size=40), st.integers(2, 30))
def test_text_is_shortened_to_its_cells(text: str, cells: int) -> None:
    assert width(shorten(text, cells)) <= cells
