"""The lines of a collection, decoded one by one, so that a broken one costs only itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kroniek.errors import ReadError
from kroniek.read.decode import BOMS, detect, refuse_binary
from kroniek.read.streams import rejoin

SAMPLE = 1 << 18


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number (from 1), its end of line included; `fault` says why it cannot be used."""

    number: int
    text: str
    fault: str = ""


def read_lines(stream: BinaryIO, *, encoding: str, limit: int, newline: str = "\n") -> Iterator[Line]:
    """Yield the lines of an input. `limit` is the longest line in characters.

    `newline` is as in `open`. Raises ReadError when the input is binary or of no known encoding.
    """
    sample = stream.read(SAMPLE)
    if not encoding:
        refuse_binary(sample)
        encoding = _sample_encoding(sample)
    mark = next((mark for mark, name in BOMS if name == encoding and sample.startswith(mark)), b"")
    whole = rejoin(sample[len(mark) :], stream)
    # Bytes that are no UTF-8 come through as lone surrogates and are told apart line by line.
    errors = (
        "replace" if encoding.startswith("utf-16") or encoding.startswith("utf-32") else "surrogateescape"
    )
    try:
        lines = io.TextIOWrapper(whole, encoding, errors, newline=newline)
    except LookupError as error:
        raise ReadError(
            f"{encoding!r} is not a text encoding; want utf-8, windows-1252 and the like"
        ) from error
    number = 0
    while text := lines.readline(limit):
        number += 1
        if len(text) >= limit and not text.endswith("\n"):
            while (rest := lines.readline(limit)) and not rest.endswith("\n"):
                pass
            yield Line(
                number, "", f"longer than {limit / 1e6:g} million characters, too large for one report"
            )
        else:
            yield Line(number, text, _fault(text, encoding))


def _sample_encoding(sample: bytes) -> str:
    """Return the encoding of the first bytes; one that breaks in a single line stays UTF-8."""
    cut = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        return detect(cut)
    except ReadError:
        return "utf-8"


def _fault(text: str, encoding: str) -> str:
    for column, char in enumerate(text) if not text.isascii() else ():
        if "\udc80" <= char <= "\udcff":
            return (
                f"byte 0x{ord(char) - 0xDC00:02X} at character {column} is not {encoding}; want one encoding"
            )
    return ""
