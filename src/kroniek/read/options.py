"""What a reader is, and the settings that readers share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from kroniek.model import Document, Rejection

Read = Document | Rejection

# One report above this is not a report; collections (JSON Lines, CSV) are held to it record by record.
MAX_BYTES = 10_000_000
MAX_CHARS = 500_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table, or key of a JSON object, holds what; "" means: the usual names.

    A key may be a path into nested objects: `article.body`.
    """

    text: str = ""
    date: str = ""
    id: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings of a reading run.

    `max_bytes` bounds one report (bytes in the source), `max_chars` its text (code points).
    `encoding` and `format` are "" when they are to be found out. `timezone` is the zone in which
    outlets state their times: stamps with another offset are converted to it.
    """

    language: str = "nl"
    columns: Columns = field(default_factory=Columns)
    outlet: str = ""
    encoding: str = ""
    format: str = ""
    max_bytes: int = MAX_BYTES
    max_chars: int = MAX_CHARS
    check_language: bool = True
    timezone: str = "Europe/Brussels"


class Reader(Protocol):
    """What an entry point of `kroniek.readers` gives: an object, or a module, with these functions."""

    def sniff(self, name: str, head: bytes) -> float:
        """Return how surely this reader knows the input, 0 (not at all) to 1, by its name and first bytes."""
        ...

    def read(self, stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
        """Yield the documents and rejections of an input, lazily and in its own order.

        A fault in one record is a Rejection with its line; ReadError is raised for a fault of the
        whole input. Nothing that the input holds is executed or fetched.
        """
        ...
