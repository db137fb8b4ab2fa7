"""Opening a chronicle file: connection settings, migrations, transactions, and errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from kroniek.errors import StoreError

BUSY_SECONDS = 30.0  # how long a writer waits for another one
SQLITE_MAGIC = b"SQLite format 3\x00"
MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0006"  # the newest migration; a test compares it with the folder


class Database:
    """One chronicle file. Use it as a context manager, or call `close`."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state of the file."""
        with self._named_errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is written whole or not at all.

        The write lock is taken at once, so that two writers queue up and neither loses its work.
        """
        engine = self._engine.execution_options(immediate=True)
        with self._named_errors(), engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"{self.path}: {error.orig}") from error


def open_database(path: Path, *, create: bool = False) -> Database:
    """Open a chronicle file and bring it to the newest version of the tables.

    `create` makes a file that is not there yet. Raises StoreError when the file is missing, is no
    chronicle, cannot be written, or was made by a newer kroniek.
    """
    _check_file(path, create=create)
    database = Database(path, _engine(path))
    try:
        with database.reading() as connection:
            present = _version(connection, path)
        if present != HEAD:
            _migrate(database)
    except StoreError:
        database.close()
        raise
    return database


def _check_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a chronicle file, such as syria.kroniek")
    if not path.exists():
        if not create:
            raise StoreError(
                f"{path}: no such chronicle file; make one with: kroniek read PATH --into {path}"
            )
        if not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist")
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(SQLITE_MAGIC))
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}") from error
    if start and start != SQLITE_MAGIC:
        raise StoreError(f"{path}: is not a chronicle file; kroniek writes and reads SQLite files")


def _engine(path: Path) -> Engine:
    # Connections are kept: when the last one closes, SQLite writes its whole log back to the disk.
    engine = create_engine(
        f"sqlite:///{path}",
        max_overflow=32,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _version(connection: Connection, path: Path) -> str:
    """Return the version of the file's tables, "" for an empty file; raise StoreError for a strange one."""
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if "alembic_version" not in tables:
        if tables:
            raise StoreError(f"{path}: is an SQLite file, but not a chronicle")
        return ""
    version = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")
    if version > HEAD:
        raise StoreError(
            f"{path}: was written by a newer kroniek (tables of version {version}; this program knows "
            f"{HEAD}): install the newer version"
        )
    return version


def _migrate(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.writing() as connection:
        if _version(connection, database.path) != HEAD:  # another process may have been first
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
