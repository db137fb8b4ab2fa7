"""What all pages share: the open chronicle, the templates, the settings, and tries at the password."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kroniek import __version__
from kroniek.chronicle import Chronicle
from kroniek.store.database import Database, open_database
from kroniek.store.state import FileState, read_state
from kroniek.web.known import Known

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kroniek.web.settings import Settings

TRIES, TRIES_SECONDS = 5, 60.0  # wrong passwords in so many seconds


class Workbench:
    """The open file and what the pages share; one for the whole server, used by many threads."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.settings = settings
        self.database: Database = open_database(path)  # judgements are written with `database.writing()`
        self.chronicle = Chronicle(self.database)
        self.path = path
        self.tries = Tries()
        self._known = Known("")

    def close(self) -> None:
        """Let go of the file."""
        self.chronicle.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state of the file."""
        with self.database.reading() as connection:
            yield connection

    @property
    def state(self) -> FileState:
        """Return the counters of the file as they are now: another process can be reading reports in."""
        with self.reading() as connection:
            return read_state(connection)

    def known(self) -> Known:
        """Return what was looked up in the file as it is now."""
        stamp = self.stamp()
        if self._known.stamp != stamp:
            self._known = Known(stamp)
        return self._known

    def forget(self) -> None:
        """Let go of all that was looked up; the next page looks it up anew."""
        self._known = Known("")

    def stamp(self) -> str:
        """Return a word that changes whenever the file does, for ETags."""
        state = self.state
        parts = f"{self.path.resolve()}|{state.revision}|{state.merged}|{__version__}"
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:20]


class Tries:
    """Wrong passwords of late; after some, nobody may try for a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: deque[float] = deque()
        self._lock = Lock()

    def seconds_to_wait(self) -> int:
        """Return how long to wait before the next try, 0 when one may be made now."""
        with self._lock:
            now = self._clock()
            while self._wrong and now - self._wrong[0] > TRIES_SECONDS:
                self._wrong.popleft()
            return 0 if len(self._wrong) < TRIES else int(TRIES_SECONDS - (now - self._wrong[0])) + 1

    def failed(self) -> None:
        """Count a wrong password."""
        with self._lock:
            self._wrong.append(self._clock())


@cache
def environment() -> Environment:
    """Return the templates; all values are escaped, and an unknown name is an error."""
    found = Environment(
        loader=PackageLoader("kroniek.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.globals["asset"] = asset
    return found


@cache
def asset(name: str) -> str:
    """Return the address of a file under `static/`, which changes with its content."""
    content = resources.files("kroniek.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def render(template: str, values: Mapping[str, Any]) -> str:
    """Return a filled-in template."""
    return environment().get_template(template).render(values)
