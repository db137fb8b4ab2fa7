"""The tables under `knowledge/` agree with themselves and with the base that is shipped."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kroniek.errors import PackError
from kroniek.knowledge import load_knowledge
from kroniek.knowledge.build import build, conflicts, read_table, version_of
from kroniek.knowledge.fold import surname_of
from kroniek.knowledge.store import Knowledge
from kroniek.ontology import load_ontology

TABLES = Path(__file__).parents[2] / "knowledge"
BASE = Path(__file__).parents[2] / "src" / "kroniek" / "knowledge" / "base.sqlite"


@pytest.fixture(scope="module")
def base() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{BASE}?mode=ro", uri=True)) as connection:
        yield connection


def test_tables_name_their_source_and_have_full_rows() -> None:
    for path in TABLES.glob("*.tsv"):
        source, rows = read_table(path)
        assert source and rows, path.name


def test_tables_shipped_base_is_built_from_them() -> None:
    assert load_knowledge().version == version_of(TABLES), "run `make knowledge`"


def test_tables_shipped_base_is_small() -> None:
    assert BASE.stat().st_size <= 15_000_000


def test_tables_every_row_leads_to_a_source(base: sqlite3.Connection) -> None:
    for table in ("entity", "office", "holding", "metonym", "event"):
        query = f"SELECT count(*) FROM {table} t LEFT JOIN source s ON s.id = t.source WHERE coalesce(s.text, '') = ''"
        assert base.execute(query).fetchone() == (0,), table


def test_tables_no_two_full_holders_of_one_office_at_a_time(base: sqlite3.Connection) -> None:
    rows = base.execute(
        "SELECT h.office, h.person, h.start, h.end FROM holding h JOIN office o ON o.id = h.office"
        " WHERE NOT o.shared AND NOT h.acting AND h.start <> ''"
    ).fetchall()
    assert list(conflicts(rows)) == []


def test_tables_no_ambiguous_acronym_without_a_rule(base: sqlite3.Connection) -> None:
    rows = base.execute(
        "SELECT a.fold, a.surface FROM alias a WHERE a.kind = 'acronym' AND a.valid_to = '' GROUP BY a.fold, a.surface"
        " HAVING count(DISTINCT a.entity) > 1 AND a.fold NOT IN (SELECT fold FROM preference WHERE country = '')"
    ).fetchall()
    assert rows == []


def test_tables_keys_that_rows_point_to_exist(base: sqlite3.Connection) -> None:
    for query in (
        "SELECT person FROM holding WHERE person NOT IN (SELECT id FROM entity)",
        "SELECT office FROM holding WHERE office NOT IN (SELECT id FROM office)",
        "SELECT target FROM metonym WHERE target NOT IN (SELECT id FROM entity)",
        "SELECT office FROM metonym WHERE office <> '' AND office NOT IN (SELECT id FROM office)",
        "SELECT successor FROM entity WHERE successor <> '' AND successor NOT IN (SELECT id FROM entity)",
    ):
        assert base.execute(query).fetchall() == [], query


def test_tables_events_say_what_happened_and_cover_the_years() -> None:
    events = load_knowledge().events_between("1990-01-01", "2025-12-31")
    kinds = set(load_ontology().types) | {"DISASTER", "DEATH", "OFFICE", "VOTE"}
    for event in events:
        assert event.type in kinds and event.day <= event.last <= f"{event.day[:4]}-12-31", event.name
        assert any(word[0] not in "!~" for word in event.words), f"{event.name}: no word for what happened"
        assert all(word.lower() == word and word.strip("!~") for word in event.words), event.name
    assert {event.day[:4] for event in events} >= {str(year) for year in range(1990, 2026)}


def test_build_refuses_an_event_with_a_day_that_is_none(tmp_path: Path) -> None:
    for path in TABLES.glob("*.tsv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "events.tsv").open("a", encoding="utf-8") as table:
        table.write("2017-02-30\t\tNothing\tASSAULT\tRussia\t\taanval\n")
    with pytest.raises(PackError, match=r"events\.tsv: 'Nothing' has a wrong day"):
        build(tmp_path, tmp_path / "base.sqlite")


def test_build_gives_the_same_rows_twice(tmp_path: Path, base: sqlite3.Connection) -> None:
    build(TABLES, tmp_path / "again.sqlite")
    with closing(sqlite3.connect(tmp_path / "again.sqlite")) as again:
        for table in ("entity", "alias", "sound", "office", "holding", "metonym", "preference"):
            query = f"SELECT * FROM {table} ORDER BY 1, 2, 3 LIMIT 500"
            assert again.execute(query).fetchall() == base.execute(query).fetchall(), table


def test_read_table_names_file_and_line_of_a_short_row(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("# source: here\na\tb\n1\n")
    with pytest.raises(PackError, match=r"x\.tsv:3: 1 fields, want 2"):
        read_table(path)
    path.write_text("a\tb\n1\t2\n")
    with pytest.raises(PackError, match="source"):
        read_table(path)


@pytest.mark.parametrize(
    ("name", "country", "family"),
    [
        ("Staffan de Mistura", "SE", "de Mistura"),
        ("Bashar al-Assad", "SY", "al-Assad"),
        ("Xi Jinping", "CN", "Xi"),
        ("Ursula von der Leyen", "DE", "von der Leyen"),
        ("Donald Trump Jr.", "US", "Trump"),
        ("Suharto", "ID", ""),
    ],
)
def test_surname_of_keeps_particles(name: str, country: str, family: str) -> None:
    assert surname_of(name, country) == family


def test_knowledge_loads_in_less_than_300_ms() -> None:
    start = time.perf_counter()
    assert Knowledge("x", BASE).named("Poetin")
    assert time.perf_counter() - start < 0.3
