"""JSON Lines (one object a line), and JSON files that hold one object or a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from kroniek.errors import ReadError
from kroniek.model import Origin, Rejection
from kroniek.read.decode import decode
from kroniek.read.lines import Line, read_lines
from kroniek.read.options import Read, ReadOptions
from kroniek.read.plain import read_whole
from kroniek.read.records import KINDS, choose_columns, to_document
from kroniek.read.streams import rejoin

LINES = (".jsonl", ".ndjson", ".jsonlines")
OBJECT = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*[\[{]\s*(?:"|\{\s*")')


def sniff(name: str, head: bytes) -> float:
    """Return how surely an input is JSON: by its suffix, else by an object at its beginning."""
    if name.lower().endswith((*LINES, ".json")):
        return 0.95
    return 0.7 if OBJECT.match(head) else 0.0


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the document or rejection of each object. Blank lines are not records."""
    if not name.lower().endswith(LINES):
        first_line = stream.readline(options.max_bytes)
        stream = rejoin(first_line, stream)
        if not _is_record(first_line):
            yield from _read_file(stream, name, options)
            return
    lines = (
        line
        for line in read_lines(stream, encoding=options.encoding, limit=options.max_bytes)
        if line.fault or line.text.strip()
    )
    first = next(lines, None)
    if first is None:
        raise ReadError("empty file; want one JSON object a line")
    for line in chain((first,), lines):
        yield _read_line(line, name, options)


def _is_record(line: bytes) -> bool:
    """Tell whether a first line is an object by itself: then the input is JSON Lines whatever its name."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_file(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
    text = decode(read_whole(stream, options.max_bytes), options.encoding)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(
            f"not valid JSON: {_why(error)}; want an object, a list of objects, or JSON Lines"
        ) from error
    many = isinstance(value, list)
    for position, record in enumerate(value if many else [value], 1):
        yield _read_object(record, Origin(name, str(position) if many else "", "json"), options)


def _read_line(line: Line, name: str, options: ReadOptions) -> Read:
    origin = Origin(name, str(line.number), "jsonl")
    if line.fault:
        return Rejection(name, origin.record, line.fault)
    try:
        value = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        whole = line.text.endswith("\n") or not line.text.lstrip().startswith("{")
        cut = "" if whole else "; the file may be cut off"
        return Rejection(name, origin.record, f"not valid JSON: {_why(error)}{cut}")
    return _read_object(value, origin, options)


def _read_object(value: Any, origin: Origin, options: ReadOptions) -> Read:
    if not isinstance(value, dict):
        kind = KINDS.get(type(value), "a string")
        return Rejection(origin.path, origin.record, f"{kind}; want an object with a text")
    return to_document(value, origin, choose_columns(list(value), options.columns), options)


def _why(error: BaseException) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
