"""CSV and TSV with a header line (RFC 4180); a broken record costs only itself."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kroniek.errors import ReadError
from kroniek.model import Origin, Rejection
from kroniek.read.lines import Line, read_lines
from kroniek.read.options import Columns, Read, ReadOptions
from kroniek.read.records import USUAL, choose_columns, to_document

DELIMITERS = "\t;,|"


def sniff(name: str, head: bytes) -> float:
    """Return how surely an input is a table: by its suffix, else by a header line with usual names."""
    if name.lower().endswith((".csv", ".tsv", ".tab")):
        return 0.95
    first = head.split(b"\n", 1)[0].decode("latin-1").strip().lower()
    names = {cell.strip(' "') for cell in first.split(_delimiter(first))}
    return 0.6 if names & set(USUAL["text"]) and len(names) > 1 and len(first) < 500 else 0.0


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the document or rejection of each record. The first line names the columns."""
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    lines = iter(_Lines(read_lines(stream, encoding=options.encoding, limit=options.max_bytes, newline="")))
    header = next((line for line in lines if line.fault or line.text.strip()), None)
    if header is None:
        raise ReadError("empty file; want a header line and records")
    if header.fault:
        raise ReadError(f"header line: {header.fault}")
    delimiter = _delimiter(header.text)
    try:
        names = _cells(header.text, delimiter)
    except csv.Error as error:
        raise ReadError(f"header line: broken quoting: {error}") from error
    columns = choose_columns(names, options.columns)
    if columns.text not in names:
        wanted = f"column {columns.text!r}" if columns.text else "column for the text"
        raise ReadError(
            f"no {wanted} in the header line; there are: {', '.join(names[:20])}; name the one with the text"
        )
    yield from _records(_Lines(lines), name, names, columns, delimiter, options)


@dataclass(slots=True)
class _Lines:
    """Lines with a place to put some back in front."""

    source: Iterator[Line]
    held: deque[Line]

    def __init__(self, source: Iterator[Line]) -> None:
        self.source, self.held = source, deque()

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self.held.popleft() if self.held else next(self.source)


def _records(
    lines: _Lines, name: str, names: list[str], columns: Columns, delimiter: str, options: ReadOptions
) -> Iterator[Read]:
    for line in lines:
        if not line.fault and not line.text.strip():
            continue
        text, fault = _whole_record(line, lines, delimiter, options.max_bytes)
        origin = Origin(name, str(line.number), "csv")
        try:
            cells = [] if fault else _cells(text, delimiter)
        except csv.Error as error:
            fault = f"broken quoting: {error}"
        if not fault and len(cells) != len(names):
            fault = f"{len(cells)} fields; want {len(names)}, as in the header line"
        if fault:
            yield Rejection(name, origin.record, fault)
        else:
            yield to_document(dict(zip(names, cells, strict=True)), origin, columns, options)


def _whole_record(first: Line, lines: _Lines, delimiter: str, limit: int) -> tuple[str, str]:
    """Return a record, which may run over lines while a quotation mark is open, and its fault or "".

    A mark that is never closed gives back the lines after the first.
    """
    if first.fault:
        return "", first.fault
    taken = [first]
    size = len(first.text)
    open_quote = _leaves_open(first.text, delimiter, False)
    while open_quote and size < limit and (line := next(lines, None)) is not None:
        taken.append(line)
        size += len(line.text)
        open_quote = _leaves_open(line.text, delimiter, True) if not line.fault else True
        if line.fault:
            break
    if open_quote:
        lines.held.extendleft(reversed(taken[1:]))
        return "", "broken quoting: a quotation mark is opened and never closed"
    text = "".join(line.text for line in taken)
    if "\x00" in text:
        return "", "binary data: a NUL in the record; want a text"
    return text, ""


def _leaves_open(text: str, delimiter: str, inside: bool) -> bool:
    """Tell whether a quoted field is still open at the end of a line."""
    position = 0
    while (found := text.find('"', position)) >= 0:
        position = found + 1
        if not inside:
            inside = found == 0 or text[found - 1] == delimiter
        elif text.startswith('"', position):
            position += 1
        else:
            inside = False
    return inside


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def _cells(text: str, delimiter: str) -> list[str]:
    rows = list(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True))
    return rows[0] if rows else []
