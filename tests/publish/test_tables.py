"""The dataset: every cell leads to its words, every file validates, and nothing is dated beyond the reports."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import validate
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyarrow import parquet

from kroniek.errors import ExportError, NotFoundError
from kroniek.export import FileSource, export_file
from kroniek.model import Evidence, Phase, Span, Status
from kroniek.publish.source import BETWEEN, Quotes, Settings, hash_of
from kroniek.publish.tables.codes import load_states
from kroniek.publish.tables.column import Table, latest, only_day, shortened
from kroniek.publish.tables.guard import clean, guarded, unguarded
from kroniek.publish.tables.processes import status_of
from kroniek.publish.tables.register import BY_NAME, TABLES
from kroniek.store.database import open_database

FULL = Settings()
NONE = Settings(Quotes.NONE)
WORDLESS = {"gaps"}  # an input that could not be read has no words, nor has a gap of a whole report


def _frame(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""], dtype=str)


@pytest.fixture(scope="module")
def dataset(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets") / "csv"
    with open_database(examples) as database:
        export_file(database, folder, format="csv", settings=FULL)
    return folder


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_say_what_every_column_is(table: Table[Any]) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    for column in table.columns:
        assert column.meaning.endswith((".", ")")) and column.source
        if column.located:
            where = column.located
            assert {where.document, where.start, where.end, where.spans, where.sha256} - {""} <= set(names)
    for link in table.links:
        assert link.column in names
        assert BY_NAME[link.table].key == (link.key,)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_lead_every_row_to_its_words(table: Table[Any], source: FileSource) -> None:
    rows = 0
    for cells in table.cells(source, FULL):
        rows += 1
        found = [
            _found(cells, column.name, column.located, source) for column in table.columns if column.located
        ]
        assert any(found) or table.name in WORDLESS
    assert rows, f"the examples should have rows of {table.name}"


def _found(cells: dict[str, Any], name: str, where: Any, source: FileSource) -> bool:
    """Check the words of one cell against the report's text; tell whether there are any."""
    if not where.sha256:
        return False
    if not cells[where.sha256]:
        assert cells[name] == ""
        return False
    text = source.report(cells[where.document]).document.text
    if where.spans:
        ends = [piece.split("-") for piece in cells[where.spans].split()]
        words = BETWEEN.join(text[int(start) : int(end)] for start, end in ends)
    else:
        words = text[cells[where.start] : cells[where.end]]
    assert words and cells[name] == words
    assert cells[where.sha256] == hash_of(words)
    return True


def test_tables_hold_the_same_rows_in_every_format(examples: Path, dataset: Path, tmp_path: Path) -> None:
    with open_database(examples) as database:
        for name in ("parquet", "xlsx"):
            export_file(database, tmp_path / name, format=name, settings=FULL)
    for table in TABLES:
        plain = _frame(dataset, table.name).fillna("")
        typed = parquet.read_table(tmp_path / "parquet" / f"{table.name}.parquet").to_pandas()
        sheet = pd.read_excel(
            tmp_path / "xlsx" / "dataset.xlsx", sheet_name=table.name, keep_default_na=False, dtype=str
        )
        assert list(plain.columns) == list(typed.columns) == list(sheet.columns)
        assert len(plain) == len(typed) == len(sheet)
        for column in table.columns:
            if column.kind.value == "string":
                assert (
                    list(plain[column.name].map(unguarded))
                    == list(typed[column.name].fillna(""))
                    == list(sheet[column.name])
                )
            elif column.kind.value == "date":
                days = ["" if day is None else day.isoformat() for day in typed[column.name]]
                assert list(plain[column.name]) == days
                assert [day[:10] for day in sheet[column.name]] == days  # fmt: skip


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_tables_are_a_valid_data_package(format: str, examples: Path, tmp_path: Path) -> None:
    with open_database(examples) as database:
        export_file(database, tmp_path / format, format=format, settings=FULL)
    report = validate(tmp_path / format / "datapackage.json")
    assert report.valid, report.flatten(["title", "fieldName", "message"])[:5]
    assert [task.name for task in report.tasks] == [table.name for table in TABLES]


def test_tables_of_the_same_chronicle_are_the_same_bytes(examples: Path, tmp_path: Path) -> None:
    with open_database(examples) as database:
        for format in ("csv", "parquet", "xlsx"):
            for again in ("a", "b"):
                export_file(database, tmp_path / format / again, format=format, settings=FULL)
            first, second = (
                {path.name: path.read_bytes() for path in (tmp_path / format / again).iterdir()}
                for again in ("a", "b")
            )
            assert first == second


def test_tables_count_nothing_as_happened_that_did_not(dataset: Path, source: FileSource) -> None:
    events = _frame(dataset, "events")
    happened = set(events[events.happened == "true"].event_id)
    assert set(events.status) >= {"happened", "planned", "not_happened"}
    assert set(events[events.happened == "true"].status) <= {"happened", "ongoing"}
    for name in ("polecat", "icews"):
        assert set(_frame(dataset, name)["Event ID"]) == happened
    wide = Settings(statuses=frozenset(Status))
    assert {cells["Event ID"] for cells in BY_NAME["polecat"].cells(source, wide)} == set(events.event_id)


def test_tables_give_no_day_that_the_reports_do_not(dataset: Path) -> None:
    for name in ("polecat", "icews"):
        frame = _frame(dataset, name).fillna("")
        assert (frame["Event Date"] != "").any()
        vague = frame[~frame.date_precision.isin(["day", "daypart", "time"])]
        assert len(vague) and (vague["Event Date"] == "").all()
    phases, reports = (
        _frame(dataset, "phases").fillna(""),
        _frame(dataset, "reports").set_index("document_id"),
    )
    assert not (phases.date == phases.document_id.map(reports.published)).any()


def test_ceasefires_end_after_they_begin(dataset: Path) -> None:
    frame = _frame(dataset, "ceasefires").fillna("")
    both = frame[(frame.cf_dec_earliest != "") & (frame.end_latest != "")]
    assert (both.end_latest >= both.cf_dec_earliest).all()
    declared = frame[(frame.cf_dec_yr == "2016")]
    assert sorted(zip(declared.cf_dec_month, declared.cf_dec_day, strict=True)) == [("2", ""), ("9", "9")]
    assert set(declared[declared.cf_dec_month == "9"].location_iso3) == {"SYR"}


def test_phases_that_lie_ahead_of_their_report_are_not_reached(dataset: Path, source: FileSource) -> None:
    for row in _frame(dataset, "phases").fillna("").itertuples():
        if row.date_earliest and row.reported and row.date_earliest > latest(row.reported):
            assert row.status not in ("happened", "ongoing")
    report = next(source.filed()).report.document
    ahead = Phase("in_force", "2099-01", Evidence(report.id, Span(0, 1), Span(0, 1)), "r")
    assert status_of(source, ahead) == "planned"
    assert status_of(source, replace(ahead, time="2001")) == "happened"
    assert status_of(source, replace(ahead, status="called_for")) == "called_for"


def test_actors_are_shown_by_a_name_where_there_is_one(dataset: Path) -> None:
    actors = _frame(dataset, "actors").fillna("")
    named = actors[actors.names != ""]
    assert len(named) and all(row.words in row.names.split("; ") for row in named.itertuples())
    assert (actors.words != "").all()


def test_crosswalk_reconciles_with_the_layers(dataset: Path) -> None:
    links, reports = _frame(dataset, "crosswalk").fillna(""), _frame(dataset, "reports")
    assert set(links.statement_id) - {""} == set(_frame(dataset, "statements").statement_id)
    assert sorted(links[links.telling_id != ""].telling_id) == sorted(_frame(dataset, "tellings").telling_id)
    assert reports.tellings.astype(int).sum() == (links.telling_id != "").sum()
    gaps = _frame(dataset, "gaps").fillna("")
    assert (gaps.step == "read").sum() == 1


def test_quotes_none_leaves_no_words_and_full_hashes(source: FileSource) -> None:
    for table in TABLES:
        for full, none in zip(table.cells(source, FULL), table.cells(source, NONE), strict=True):
            for column in table.columns:
                assert none[column.name] == (
                    "" if column.located and full[column.name] else full[column.name]
                )


def test_quotes_short_cuts_words_and_drops_sentences(source: FileSource) -> None:
    statements, events = BY_NAME["statements"], BY_NAME["events"]
    short = Settings(Quotes.SHORT)
    assert max(len(str(cells["content"])) for cells in statements.cells(source, short)) <= 91
    assert not any(cells["sentence"] for cells in events.cells(source, short))
    assert all(cells["words"] for cells in events.cells(source, short))
    assert shortened("woord " * 30).endswith("woord…")


@given(st.text(max_size=20))
def test_guard_can_be_taken_off_again(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert guarded(words)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} - {""}
    assert len(clean(words)) == len(words)


def test_tables_hold_no_formula_and_stay_valid_whatever_a_report_says(hostile: Path, tmp_path: Path) -> None:
    with open_database(hostile) as database:
        for format in ("csv", "parquet", "xlsx"):
            export_file(database, tmp_path / format, format=format, settings=FULL)
    for format in ("csv", "xlsx"):
        report = validate(tmp_path / format / "datapackage.json")
        assert report.valid, report.flatten(["title", "fieldName", "message"])[:5]
    guarded_cells = 0
    for file in tmp_path.joinpath("csv").glob("*.csv"):
        frame = _frame(tmp_path / "csv", file.stem).fillna("")
        for name in frame.columns:
            assert not frame[name].str.match(r"[=+@\t\r-](?!\d+(\.\d+)?$)").any(), (
                name
            )  # a negative number is no formula
            guarded_cells += int(frame[name].str.startswith("'=").sum())
    assert guarded_cells
    book = load_workbook(tmp_path / "xlsx" / "dataset.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]


def test_states_have_codes_of_the_right_form() -> None:
    states = load_states()
    assert states["NL"].iso3 == "NLD" and states["NL"].cow == "210" and states["SY"].cow == "652"
    assert all(len(state.iso3) == 3 and state.iso3.isalpha() for state in states.values())
    numbers = [state.cow for key, state in states.items() if state.cow and key not in ("SU", "YU")]
    assert len(numbers) == len(set(numbers))
    assert "NA" not in {state.iso3 for state in states.values()}


@pytest.mark.parametrize(("value", "day"), [("2016-09", ""), ("2016-W36", ""), ("2016-09-08T21:40", "2016-09-08"), ("", ""), ("198", "")])  # fmt: skip
def test_only_day_never_fills_up(value: str, day: str) -> None:
    assert only_day(value) == day


def test_folder_is_never_overwritten_in_silence(examples: Path, dataset: Path, tmp_path: Path) -> None:
    target = tmp_path / "uit"
    with open_database(examples) as database:

        def export(**more: Any) -> None:
            export_file(database, target, format="csv", settings=FULL, **more)

        target.mkdir()
        export()  # an empty folder is filled
        with pytest.raises(ExportError, match="--force"):
            export()
        target.joinpath("events.csv").write_text("kapot")
        export(force=True)
        assert target.joinpath("events.csv").read_bytes() == dataset.joinpath("events.csv").read_bytes()
        target.joinpath("notes.txt").write_text("mine")
        with pytest.raises(ExportError, match=r"notes\.txt"):
            export(force=True)
        assert target.joinpath("notes.txt").read_text() == "mine"
        for wrong in (examples, tmp_path / "link"):
            tmp_path.joinpath("link").unlink(missing_ok=True)
            tmp_path.joinpath("link").symlink_to(target)
            with pytest.raises(ExportError, match=r"is a (file|link)"):
                export_file(database, wrong, format="csv", settings=FULL, force=True)
        with pytest.raises(NotFoundError, match=r"there are: .*csv"):
            export_file(database, tmp_path / "x", format="cvs", settings=FULL)


def test_folder_stays_as_it_was_when_writing_fails(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_database(examples) as database:
        export_file(database, tmp_path / "uit", format="csv", settings=FULL)
        before = tmp_path.joinpath("uit", "manifest.json").read_bytes()
        monkeypatch.setattr("kroniek.publish.csv_tables._cell", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            export_file(database, tmp_path / "uit", format="csv", settings=FULL, force=True)
    assert tmp_path.joinpath("uit", "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]


def test_manifest_lists_files_with_hashes_versions_and_counts(dataset: Path) -> None:
    manifest = json.loads(dataset.joinpath("manifest.json").read_text())
    listed = {entry["path"] for entry in manifest["files"]} | {"manifest.json"}
    assert listed == {path.name for path in dataset.iterdir()}
    assert manifest["counts"]["events"] == len(_frame(dataset, "events"))
    assert manifest["options"] == {"quotes": "full", "status": ["happened", "ongoing"]}
    assert manifest["versions"]["analysed_with"][0]["language"] == "nl"
    assert {entry["path"]: entry["sha256"] for entry in manifest["files"]}["events.csv"] == _sha256(
        dataset / "events.csv"
    )


def _sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_codebook_explains_every_column(dataset: Path) -> None:
    page = dataset.joinpath("codebook.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = page.split(f"\n## {table.name}\n", 1)[1].split("\n## ", 1)[0]
        for column in table.columns:
            assert f"| `{column.name}` | " in section
