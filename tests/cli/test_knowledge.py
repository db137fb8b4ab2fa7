"""`kroniek knowledge`: search, show, add and import, and that a project's own names win."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.cli import main
from kroniek.pipeline import load_resources
from kroniek.store.additions import read_additions
from kroniek.store.database import open_database

Run = Callable[..., tuple[int, str, str]]
ANSWERS = Path(__file__).parents[1] / "knowledge" / "answers"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kroniek", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return call


def test_knowledge_search_finds_any_spelling(run: Run) -> None:
    code, out, _ = run("knowledge", "search", "Sjojgoe", "--json")
    assert code == 0 and json.loads(out)[0]["name"] == "Sergei Shoigu"


def test_knowledge_search_without_result_is_not_found(run: Run) -> None:
    assert run("knowledge", "search", "qqqqqqq")[0] == 4


def test_knowledge_show_gives_offices_on_a_day(run: Run) -> None:
    code, out, _ = run("knowledge", "show", "John Kerry", "--on", "2016-09-09", "--json")
    record = json.loads(out)
    assert code == 0 and record["offices"][0]["office"] == "United States Secretary of State"
    assert record["source"]
    assert run("knowledge", "show", "John Kerry")[0] == 0
    assert run("knowledge", "show", "qqqqqqq")[0] == 4


def test_knowledge_add_needs_a_type_for_something_new(run: Run, tmp_path: Path) -> None:
    code, _, err = run("knowledge", "add", tmp_path / "a.kroniek", "Raad van Zuilen")
    assert code == 1 and "--type" in err


def test_knowledge_add_counts_in_the_next_reading(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.kroniek"
    assert (
        run(
            "knowledge",
            "add",
            file,
            "Council of Zuilen",
            "--type",
            "ORG",
            "--alias",
            "RvZ",
            "--country",
            "nl",
        )[0]
        == 0
    )
    assert run("knowledge", "add", file, "person:sergey-lavrov", "--alias", "Serjozja L.")[0] == 0
    with open_database(file) as database, database.reading() as connection:
        additions = read_additions(connection)
    assert {alias.surface for alias in additions.aliases} == {"Council of Zuilen", "RvZ", "Serjozja L."}
    assert (
        json.loads(run("knowledge", "search", "RvZ", "--file", file, "--json")[1])[0]["name"]
        == "Council of Zuilen"
    )
    with Chronicle.open(file) as chronicle:
        resources = load_resources(today=date(2026, 1, 1), parser="spacy")
        own = chronicle._with_own_knowledge(resources).knowledge
    assert own.named("RvZ") and own.version != resources.knowledge.version


def test_knowledge_import_reads_recorded_answers(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.kroniek"
    recorded = [f"--answers={ANSWERS / name}" for name in ("items.json", "positions.json")]
    code, out, _ = run("knowledge", "import-wikidata", file, "Q58217", "Q90000003", *recorded)
    assert code == 0 and "Sergey Lavrov" in out and "Jan Voorbeeld" in out
    code, out, _ = run("knowledge", "show", "Jan Voorbeeld", "--file", file, "--json")
    assert code == 0 and json.loads(out)["offices"][0]["start"] == "2015-06"
    assert run("knowledge", "import-wikidata", file, "Q90000005", *recorded)[0] == 4
    assert run("knowledge", "import-wikidata", file, "Lavrov")[0] == 1


def test_knowledge_import_twice_adds_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.kroniek"
    for _ in range(2):
        run("knowledge", "import-wikidata", file, "Q58217", f"--answers={ANSWERS / 'items.json'}")
    with open_database(file) as database, database.reading() as connection:
        additions = read_additions(connection)
    assert len(additions.entities) == 1
