"""The commands for what many reports say together."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kroniek.analyse.step import Layers, Resources
from kroniek.chronicle import Chronicle
from kroniek.cli import main
from kroniek.model import Analysis, Document, HowKnown, Origin, Published
from tests.flows import STEPS, resources

COPY = "Kerry ontmoette Lavrov op 2016-09-09 in Genève, zei hij daarna in een lange toespraak voor de pers."
REPORTS = (
    (f"{COPY} De ministers zwegen over de rest.", "2016-09-10"),
    (f"{COPY} Wij stonden zelf voor de deur.", "2016-09-10"),
    ("Kerry ontmoette Lavrov op 2016-08-26 voor het eerst.", "2016-08-27"),
)
Run = Callable[..., tuple[int, str]]


def _of_states(analyses: Sequence[Analysis], given: Resources) -> list[Layers]:
    """Run the small flow, and give Kerry and Lavrov their countries."""
    countries = {"Kerry": "US", "Lavrov": "RU"}
    return [
        {
            **found,
            "entities": tuple(replace(item, country=countries[item.name]) for item in found["entities"]),
        }
        for found in STEPS[0].run(analyses, given)
    ]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("merged") / "a.kroniek"
    documents = [
        Document(text, Origin(f"{number}.txt"), given=Published(day, HowKnown.GIVEN))
        for number, (text, day) in enumerate(REPORTS)
    ]
    with Chronicle.open(path, create=True) as chronicle:
        chronicle.add(documents, resources(), steps=[replace(STEPS[0], run=_of_states)])
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["kroniek", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        return int(stop.value.code or 0), capsys.readouterr().out

    return call


@pytest.mark.parametrize("command", ["processes", "agreements", "commitments", "relations", "families"])
def test_merged_commands_print_lists(run: Run, file: Path, command: str) -> None:
    code, out = run(command, file, "--json")
    assert code == 0 and isinstance(json.loads(out), list)
    assert run(command, file)[0] == 0


def test_merged_processes_show_phases_with_their_words_and_can_be_shown(run: Run, file: Path) -> None:
    (process,) = json.loads(run("processes", file, "--json")[1])
    assert [(phase["time"], phase["phase"], phase["words"]) for phase in process["phases"]] == [
        ("2016-08-26", "talks_held", "ontmoette"), ("2016-09-09", "talks_held", "ontmoette"),
    ]  # fmt: skip
    code, out = run("show", file, process["id"])
    assert code == 0 and "[ontmoette]" in out


def test_merged_families_name_the_sentences_of_one_report_alone(run: Run, file: Path) -> None:
    (family,) = json.loads(run("families", file, "--json")[1])
    assert len(family["documents"]) == 2
    assert run("show", file, family["id"])[0] == 0


def test_merged_relations_by_week_and_as_known_on_a_day(run: Run, file: Path) -> None:
    weeks = json.loads(run("relations", file, "--by", "week", "--json")[1])
    assert {row["period"] for row in weeks} == {"2016-W34", "2016-W36"}
    known = json.loads(run("relations", file, "--as-known-on", "2016-08-31", "--json")[1])
    assert {row["period"] for row in known} == {"2016-08"}
    assert run("relations", file, "--by", "year")[0] == 2


def test_merged_events_as_known_on_a_day(run: Run, file: Path) -> None:
    events = json.loads(run("events", file, "--as-known-on", "2016-08", "--json")[1])
    assert [row["date"] for row in events] == ["2016-08-26"]
    both = json.loads(run("timeline", file, "--as-known-on", "2016-09-30", "--actor", "Lavrov", "--json")[1])
    assert len(both) == 2
    assert run("events", file, "--as-known-on", "gisteren")[0] == 2
