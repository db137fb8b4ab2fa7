"""The chronicle file: what goes in comes out, once, whatever happens in between."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kroniek.errors import NotFoundError, StoreError
from kroniek.merge.chronicle import PRODUCTS
from kroniek.model import Analysis, Document, Judgement, Merged, Origin, Rejection, Span
from kroniek.store import queries, schema
from kroniek.store.database import HEAD, MIGRATIONS, Database, open_database
from kroniek.store.load import load_analysis, load_judgements, load_merged, load_rejections
from kroniek.store.state import read_state
from kroniek.store.write import (
    Versions,
    add_analysis,
    add_judgement,
    add_rejection,
    begin_run,
    write_merged,
)
from tests.makers import meeting, records, saying

NOW = "2026-01-01T12:00:00+00:00"
KERRY = "Kerry en Lavrov spraken over een veiligheidsakkoord."


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(tmp_path / "a.kroniek", create=True)


def _add(database: Database, *analyses: Analysis, renew: bool = False) -> list[bool]:
    with database.writing() as connection:
        run = begin_run(connection, Versions("1", "nl", "1"), NOW)
        return [add_analysis(connection, item, run=run, now=NOW, renew=renew) for item in analyses]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One file for all examples of a property test: making one takes longer than an example."""
    return open_database(tmp_path_factory.mktemp("shared") / "a.kroniek", create=True)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(analysis=records(Analysis))
def test_store_gives_back_any_analysis_exactly(shared: Database, analysis: Analysis) -> None:
    _add(shared, analysis, renew=True)
    with shared.reading() as connection:
        assert load_analysis(connection, analysis.document.id) == analysis
        without = load_analysis(connection, analysis.document.id, tokens=False)
        assert without == replace(analysis, tokens=())


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(merged=records(Merged), judgements=st.lists(records(Judgement), max_size=3))
def test_store_gives_back_any_merged_layer_and_judgement(
    shared: Database, merged: Merged, judgements: list[Judgement]
) -> None:
    with shared.writing() as connection:
        before = len(list(load_judgements(connection)))
        write_merged(connection, merged, revision=1)
        for judgement in judgements:
            add_judgement(connection, judgement)
    with shared.reading() as connection:
        assert load_merged(connection) == _in_order(merged)
        assert list(load_judgements(connection))[before:] == judgements


def _in_order(merged: Merged) -> Merged:
    """Return the merged layer with each kind of records sorted as merging sorts them."""
    return Merged(
        **{name: tuple(sorted(getattr(merged, name), key=part.rank)) for name, part in PRODUCTS.items()}
    )


def test_store_adds_a_document_once(database: Database) -> None:
    assert _add(database, meeting(KERRY)) == [True]
    assert _add(database, meeting(KERRY, path="b.txt")) == [False]


def test_store_renews_an_analysis_and_keeps_judgements_and_the_day_of_entry(database: Database) -> None:
    first = meeting(KERRY)
    _add(database, first)
    with database.writing() as connection:
        add_judgement(connection, Judgement("e-1", "accepted", "an", NOW))
        run = begin_run(connection, Versions("2", "nl", "2"), NOW)
        add_analysis(connection, replace(first, events=()), run=run, now="2027-01-01", renew=True)
    with database.reading() as connection:
        assert load_analysis(connection, first.document.id).events == ()
        assert connection.exec_driver_sql("SELECT entered FROM document").scalar() == NOW
        assert connection.exec_driver_sql("SELECT count(*) FROM event_mention").scalar() == 0
        assert len(list(load_judgements(connection))) == 1


def test_store_finds_a_word_inside_a_compound_and_takes_signs_literally(database: Database) -> None:
    text = 'Kerry en Lavrov spraken over "100%" van een veiligheidsakkoord (VS).'
    _add(database, meeting(text))
    with database.reading() as connection:
        for words in ("akkoord", "AKKOORD", "VS", '"100%"', "kerry akkoord", "(VS)"):
            assert len(list(queries.search(connection, words))) == 1, words
        for words in ("vrede", "akkoord vrede", "akk%rd", "akkoord OR vrede", "kerry*", 'NEAR("a" "b")'):
            assert not list(queries.search(connection, words)), words
        (hit,) = queries.search(connection, "akkoord")
        assert hit.spans[0].of(text) == "akkoord"


def test_store_forgets_words_of_a_replaced_text_only(database: Database) -> None:
    analysis = meeting(KERRY)
    _add(database, analysis)
    _add(database, analysis, renew=True)
    with database.reading() as connection:
        assert len(list(queries.search(connection, "veiligheidsakkoord"))) == 1


def test_store_keeps_one_rejection_for_a_place_and_drops_it_when_read(database: Database) -> None:
    with database.writing() as connection:
        run = begin_run(connection, Versions("1", "nl", "1"), NOW)
        for reason in ("empty", "binary"):
            add_rejection(connection, Rejection("a.txt", "", reason), run=run)
    with database.reading() as connection:
        assert list(load_rejections(connection)) == [Rejection("a.txt", "", "binary")]
    _add(database, meeting(KERRY))
    with database.reading() as connection:
        assert not list(load_rejections(connection))


def test_store_finds_a_record_by_the_beginning_of_its_id(database: Database) -> None:
    analysis = saying(meeting(KERRY), "spraken", "een veiligheidsakkoord")
    _add(database, analysis)
    with database.reading() as connection:
        assert queries.find_record(connection, analysis.document.id[:10]) == (
            "document",
            analysis.document.id,
        )
        with pytest.raises(NotFoundError, match="no record"):
            queries.find_record(connection, "zzz")
        with pytest.raises(NotFoundError, match="more than one"):
            queries.find_record(connection, "m-")


def test_store_counts_changes(database: Database) -> None:
    _add(database, meeting(KERRY))
    with database.reading() as connection:
        state = read_state(connection)
    assert (state.revision, state.merged, state.unfinished) == (1, 0, True)


def test_store_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        changes = compare_metadata(context, schema.Base.metadata)
    assert not [change for change in changes if "document_text" not in str(change)]


def test_store_knows_its_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_store_refuses_a_file_of_a_newer_program(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer kroniek.*9999"):
        open_database(database.path)


def test_store_refuses_what_is_no_chronicle(tmp_path: Path) -> None:
    text, strange = tmp_path / "text.kroniek", tmp_path / "strange.kroniek"
    text.write_text("geen database")
    with sqlite3.connect(strange) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path, message in (
        (text, "not a chronicle file"), (strange, "not a chronicle"),
        (tmp_path, "folder"), (tmp_path / "none.kroniek", "no such chronicle"),
    ):  # fmt: skip
        with pytest.raises(StoreError, match=message):
            open_database(path)


def test_store_names_a_full_disk_and_goes_on_afterwards(database: Database) -> None:
    """A page limit stands for the full disk: SQLite gives the same error for both."""
    long = [meeting(f"{KERRY} {'woord ' * 20000} {number}", path=f"{number}.txt") for number in range(3)]
    _add(database, long[0])
    with database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with pytest.raises(StoreError, match="full"), database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        run = begin_run(connection, Versions("1", "nl", "1"), NOW)
        add_analysis(connection, long[1], run=run, now=NOW)
    assert _add(open_database(database.path), *long) == [False, True, True]


def test_document_with_a_record_keeps_its_place(database: Database) -> None:
    document = Document("Tekst.", Origin("a.jsonl", "7"), name="x")
    _add(database, Analysis(document))
    with database.reading() as connection:
        assert load_analysis(connection, document.id).document.origin.record == "7"
        assert Span(0, 5).of(load_analysis(connection, document.id).text) == "Tekst"
