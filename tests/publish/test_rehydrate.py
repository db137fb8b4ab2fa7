"""Words go back where they came from, and nowhere else; a comparison names what changed and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.errors import ExportError
from kroniek.export import FileSource, export_file
from kroniek.model import Document
from kroniek.publish.diff import Change, compare
from kroniek.publish.rehydrate import Mismatch, rehydrate, stored_sheets
from kroniek.publish.source import Quotes, Settings
from kroniek.publish.tables.sheet import sheets_of
from kroniek.read import ReadOptions, read_inputs
from kroniek.store.database import open_database
from tests.flows import STEPS, document, resources
from tests.publish.conftest import REPORTS


def _documents() -> Iterator[Document]:
    found = read_inputs([str(REPORTS)], ReadOptions())
    return (item for item in found if isinstance(item, Document))


def _export(examples: Path, folder: Path, quotes: Quotes, format: str = "csv") -> Path:
    with open_database(examples) as database:
        export_file(database, folder, format=format, settings=Settings(quotes))
    return folder


@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx"])
def test_rehydrate_gives_back_every_word(format: str, examples: Path, tmp_path: Path) -> None:
    full = _export(examples, tmp_path / "full", Quotes.FULL, format)
    bare = _export(examples, tmp_path / "none", Quotes.NONE, format)
    made, filling = rehydrate(bare, _documents())
    assert made.folder == bare
    assert filling.filled > 500 and not filling.mismatches and not filling.missing
    for name in ("events", "statements", "claim_acts"):
        stored = {
            folder: {sheet.name: list(sheet.rows) for sheet in stored_sheets(folder) if sheet.name == name}
            for folder in (full, bare)
        }
        assert stored[full] == stored[bare]
    assert json.loads(bare.joinpath("manifest.json").read_text())["rehydrated"]["filled"] == filling.filled
    assert "left out" not in bare.joinpath("README.md").read_text(encoding="utf-8")


def test_rehydrate_lists_what_does_not_agree_and_guesses_nothing(examples: Path, tmp_path: Path) -> None:
    bare = _export(examples, tmp_path / "none", Quotes.NONE)
    given = list(_documents())
    changed = replace(given[0], text="Kop van later datum. " + given[0].text)
    made, filling = rehydrate(bare, [changed, *given[2:]], tmp_path / "filled")
    assert len(filling.missing) == 1 and filling.mismatches
    ids = {given[0].id, given[1].id}
    (events,) = (list(sheet.rows) for sheet in stored_sheets(made.folder) if sheet.name == "events")
    assert all(bool(row["words"]) != (row["document_id"] in ids) for row in events)
    wrong = filling.mismatches[0]
    assert isinstance(wrong, Mismatch) and given[0].id in wrong.where
    assert (bare / "events.csv").exists()  # the dataset itself stays as it was
    with pytest.raises(ExportError, match="--force"):
        rehydrate(bare, given, tmp_path / "filled")


def test_rehydrate_refuses_what_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no manifest\.json"):
        rehydrate(tmp_path, [])
    tmp_path.joinpath("manifest.json").write_text('{"format": "ics", "files": []}')
    with pytest.raises(ExportError, match="only csv, parquet, xlsx"):
        rehydrate(tmp_path, [])
    tmp_path.joinpath("manifest.json").write_text('{"format": "csv", "files": []}')
    reports = {
        "name": "reports",
        "schema": {"fields": [{"name": "x", "type": "string"}], "primaryKey": ["y"]},
    }
    escaping = {"name": "../../outside", "schema": {"fields": [], "primaryKey": []}}
    for package in (
        "[",
        "{}",
        json.dumps({"resources": [reports]}),
        json.dumps({"resources": [reports | {"schema": {"fields": [], "primaryKey": []}}, escaping]}),
    ):
        tmp_path.joinpath("datapackage.json").write_text(package)
        with pytest.raises(ExportError, match=r"datapackage\.json"):
            rehydrate(tmp_path, [])


def _changes(before: Path, after: Path) -> list[Change]:
    with open_database(before) as first, open_database(after) as second:
        return list(compare(*(sheets_of(FileSource(database), Settings()) for database in (first, second))))


def _chronicle(path: Path, *texts: str) -> Path:
    with Chronicle.open(path, create=True) as chronicle:
        chronicle.add([document(text, len(text)) for text in texts], resources(), steps=STEPS, clock=lambda: "2026-01-01T00:00:00+00:00")  # fmt: skip
    return path


def test_diff_of_the_same_chronicle_is_empty(examples: Path, tmp_path: Path) -> None:
    assert _changes(examples, examples) == []
    bare = _export(examples, tmp_path / "none", Quotes.NONE)
    sheets = _export(examples, tmp_path / "xlsx", Quotes.FULL, "xlsx")
    assert list(compare(stored_sheets(bare), stored_sheets(sheets))) == []


def test_diff_names_added_changed_and_removed_rows_with_their_successors(tmp_path: Path) -> None:
    one = "Kerry ontmoette Lavrov op 2016-08-26. Het gesprek duurde lang."
    two = "Volgens bronnen: Kerry ontmoette Lavrov op 2016-08-26 in een hotel."
    other = "Poetin ontmoette Obama op 2016-09 in China."
    first, second = (
        _chronicle(tmp_path / "a.kroniek", one),
        _chronicle(tmp_path / "b.kroniek", one, two, other),
    )
    changes = _changes(first, second)
    events = [change for change in changes if change.table == "events"]
    assert sorted(change.change for change in events) in (["added", "changed"], ["added", "added", "removed"])
    for change in events:
        if change.change == "changed":
            assert ("tellings", 1, 2) in change.fields
        if change.change == "removed":
            assert change.successors
    back = [change for change in _changes(second, first) if change.table == "reports"]
    assert [change.change for change in back] == ["removed", "removed"]
    assert "entered" not in {name for change in changes for name, _, _ in change.fields}


def test_diff_tells_where_the_tellings_of_a_removed_event_stand() -> None:
    from kroniek.publish.tables.register import BY_NAME
    from kroniek.publish.tables.sheet import Sheet

    def sheets(event: str) -> list[Sheet]:
        rows = {"events": {"event_id": event}, "tellings": {"telling_id": "e-1", "event_id": event}}
        return [
            Sheet(name, BY_NAME[name].columns, [{column.name: "" for column in BY_NAME[name].columns} | row])
            for name, row in rows.items()
        ]

    changes = {change.id: change for change in compare(sheets("event-old"), sheets("event-new"))}
    assert changes["event-old"].successors == ("event-new",)
    assert changes["event-new"].change == "added"
    assert changes["e-1"].fields == (("event_id", "event-old", "event-new"),)
