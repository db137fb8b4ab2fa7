"""The merged layer of a file: merged with what came in or changed, it is the one that merging anew gives."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kroniek.merge import merge
from kroniek.merge.shelf import Table
from kroniek.model import Analysis, Event, Merged, Published, Status
from kroniek.store.database import Database, open_database
from kroniek.store.load import load_merged
from kroniek.store.merging import STAMPS, merge_whole, update_merged, write_whole
from kroniek.store.overlay import events_in, exchange_events
from kroniek.store.shelf import FileShelf
from kroniek.store.undated import to_date_again
from kroniek.store.write import Versions, add_analysis, begin_run
from tests.merge.synthetic import make_world

NOW = "2026-01-01T12:00:00+00:00"
WORLD = make_world(reports=40, events=12, seed=5)


def _store(database: Database, analyses: Sequence[Analysis], *, renew: bool = False) -> None:
    with database.writing() as connection:
        run = begin_run(connection, Versions("1", "nl", "1"), NOW)
        for analysis in analyses:
            add_analysis(connection, analysis, run=run, now=NOW, renew=renew)


def _merge(database: Database) -> bool:
    """Merge and tell whether it could be done with what has changed only."""
    with database.writing() as connection:
        if update_merged(connection, ()):
            return True
    with database.reading() as connection:
        whole = merge_whole(connection, ())
    with database.writing() as connection:
        write_whole(connection, whole)
    return False


def _merged(database: Database) -> Merged:
    with database.reading() as connection:
        return load_merged(connection)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_merging_in_batches_with_restarts_is_merging_anew(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("batches") / "a.kroniek"
    reports = data.draw(st.permutations(WORLD.reports))
    cuts = sorted(data.draw(st.lists(st.integers(1, len(reports)), min_size=2, max_size=3)))
    for number, (first, last) in enumerate(zip([0, *cuts], [*cuts, len(reports)], strict=True)):
        with open_database(path, create=True) as database:
            _store(database, reports[first:last])
            assert _merge(database) == bool(number)
    with open_database(path) as database, open_database(path.with_name("b.kroniek"), create=True) as anew:
        assert _merged(database) == merge(reports)
        _store(anew, reports)
        _merge(anew)
        assert _summaries(database) == _summaries(anew)


def _summaries(database: Database) -> list[list[tuple[object, ...]]]:
    """Return the rows that pages are made from, with the ids of records in the place of positions."""
    queries = (
        "SELECT * FROM actor_count", "SELECT * FROM actor_name", "SELECT * FROM dyad",
        "SELECT ref, p.kind, m.id FROM merged_part p JOIN merged m ON m.kind = p.kind AND m.position = p.position",
        "SELECT t.kind, trait, day, m.id FROM trait t JOIN merged m ON m.kind = t.kind AND m.position = t.position",
        "SELECT trait, day, e.id FROM trait t JOIN event e ON t.kind = 'events' AND e.position = t.position",
        "SELECT count(*) FROM merged_part UNION ALL SELECT count(*) FROM trait",
    )  # fmt: skip
    with database.reading() as connection:
        return [sorted(map(tuple, connection.exec_driver_sql(query))) for query in queries]


def _other(report: Analysis, status: Status) -> Analysis:
    return replace(report, events=tuple(replace(event, status=status) for event in report.events))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    numbers=st.lists(st.integers(0, len(WORLD.reports) - 1), unique=True, max_size=8),
    status=st.sampled_from(Status),
)
def test_merging_changed_documents_is_merging_anew(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], status: Status
) -> None:
    reports = list(WORLD.reports)
    with open_database(tmp_path_factory.mktemp("changed") / "a.kroniek", create=True) as database:
        _store(database, reports)
        _merge(database)
        for number in numbers:
            reports[number] = _other(reports[number], status)
        _store(database, [reports[number] for number in numbers], renew=True)
        assert _merge(database)
        assert _merged(database) == merge(reports)


def test_merging_makes_events_anew_that_a_decision_changed_in_place(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.kroniek", create=True) as database:
        _store(database, WORLD.reports)
        _merge(database)
        with database.writing() as connection:
            (position, event), *_ = [
                item for item in events_in(connection, [report.document.id for report in WORLD.reports])
                if len(item[1].tellings) > 2
            ]  # fmt: skip
            parts = [_part(event, "a", slice(1)), _part(event, "b", slice(1, None))]
            exchange_events(connection, [position], parts)
        assert _merged(database) != merge(WORLD.reports)
        assert _merge(database)
        assert _merged(database) == merge(WORLD.reports)


def _part(event: Event, name: str, which: slice) -> Event:
    return replace(event, id=f"{event.id}{name}", tellings=event.tellings[which])


def test_merging_anew_when_a_document_is_gone_or_its_sentences_changed(tmp_path: Path) -> None:
    reports = list(WORLD.reports)
    with open_database(tmp_path / "a.kroniek", create=True) as database:
        _store(database, reports)
        _merge(database)
        number = next(n for n, report in enumerate(reports) if len(report.sentences) > 3)
        reports[number] = replace(reports[number], sentences=reports[number].sentences[:2], events=())
        _store(database, [reports[number]], renew=True)
        assert not _merge(database)
        assert _merged(database) == merge(reports)
        with database.writing() as connection:
            gone = reports.pop()
            connection.exec_driver_sql("DELETE FROM document WHERE id = ?", (gone.document.id,))
        assert not _merge(database)
        assert _merged(database) == merge(reports)


def test_undated_reports_are_dated_again_only_for_what_tells_of_their_weeks(tmp_path: Path) -> None:
    told = [
        report
        for report in WORLD.reports
        if any(e.interval and e.interval.days() == 1 for e in report.events)
    ]
    first, *_ = told
    day = next(e.interval for e in first.events if e.interval and e.interval.days() == 1).earliest
    undated = _dated(replace(WORLD.reports[-1], events=()), day.isoformat()[:7])
    far = replace(undated, document=replace(undated.document, name="far"), published=Published("1950-01"))
    with open_database(tmp_path / "a.kroniek", create=True) as database:
        _store(database, [first])
        assert _again(database) == []
        _store(database, [undated, far])
        assert _again(database) == sorted(item.document.id for item in (first, undated, far))
        _merge(database)
        assert _again(database) == []
        _store(database, [first], renew=True)
        assert _again(database) == sorted(item.document.id for item in (first, undated))


def _again(database: Database) -> list[str]:
    with database.reading() as connection:
        return to_date_again(connection)


def _dated(report: Analysis, value: str) -> Analysis:
    return replace(report, published=replace(report.published, value=value))


@pytest.mark.slow
def test_merging_ten_more_reports_takes_no_time_in_a_large_file(tmp_path: Path) -> None:
    world = make_world(reports=3_000, events=600)
    with open_database(tmp_path / "a.kroniek", create=True) as database:
        _store(database, world.reports[:-10])
        _merge(database)
        _store(database, world.reports[-10:])
        start = time.process_time()
        assert _merge(database)
        assert time.process_time() - start < 2
        assert _merged(database) == merge(world.reports)


def test_shelf_keeps_what_was_put_and_lists_all_of_a_table(tmp_path: Path) -> None:
    table: Table[tuple[str, ...]] = Table("words", tuple[str, ...])
    with open_database(tmp_path / "a.kroniek", create=True) as database:
        with database.writing() as connection:
            shelf = FileShelf(connection)
            shelf.put(table, {"a": ("één", "twee"), "b": ("drie",), "c": None})
            shelf.save()
            shelf.put(table, {"b": None, "d": ("vier",)})
            shelf.save()
        with database.reading() as connection:
            found = FileShelf(connection)
            assert found.get(table, ["a", "b", "c", "d"]) == {"a": ("één", "twee"), "d": ("vier",)}
            assert sorted(found.all(table)) == [("vier",), ("één", "twee")]
            assert found.get(STAMPS, ["a"]) == {}
