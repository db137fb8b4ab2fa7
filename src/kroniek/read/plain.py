"""Plain text: one file is one report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kroniek.errors import ReadError
from kroniek.model import Origin
from kroniek.read.decode import decode
from kroniek.read.finish import finish
from kroniek.read.options import Read, ReadOptions

SUFFIXES = (".txt", ".text", ".md")


def sniff(name: str, head: bytes) -> float:
    """Return 0.9 for the suffix of a text, 0.1 for anything else: other readers go first."""
    return 0.9 if name.lower().endswith(SUFFIXES) else 0.1


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the report that the input holds."""
    text = decode(read_whole(stream, options.max_bytes), options.encoding)
    yield finish(text, Origin(name, format="text", outlet=options.outlet), options)


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """Return all bytes of an input that is one report; raises ReadError when it is empty or too large."""
    data = stream.read(limit + 1)
    if not data:
        raise ReadError("empty file; want the text of a report")
    if len(data) > limit:
        raise ReadError(
            f"larger than {limit / 1e6:g} MB, too large for one report; raise the limit to read it"
        )
    return data
