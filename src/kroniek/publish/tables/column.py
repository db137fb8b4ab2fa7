"""What a table and a column of the dataset are. Rows, codebook, data package and tests come from these.

A column that holds words of a report knows where their document, offsets and hash stand, so that
`--quotes none` can leave the words out and `kroniek rehydrate` put them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kroniek.model import interval_of, precision_of
from kroniek.model.dates import Precision
from kroniek.publish.source import Quoted, Quotes, Settings, Source

Row = TypeVar("Row")
Cell = str | int | float | bool | None

SHORT_WORDS = 90  # characters of a quotation that `--quotes short` keeps
LIST = "; "  # stands between the values of a cell with several
PRECISIONS = {
    Precision.TIME: "to the hour or minute",
    Precision.DAYPART: "to the part of a day (MO, MI, AF, EV, NI, DT)",
    Precision.DAY: "to the day",
    Precision.WEEKEND: "to the weekend",
    Precision.WEEK: "to the ISO week",
    Precision.MONTH: "to the month",
    Precision.SEASON: "to the season (SP, SU, FA, WI)",
    Precision.QUARTER: "to the quarter",
    Precision.HALF: "to the half year",
    Precision.YEAR: "to the year",
    Precision.DECADE: "to the decade",
    Precision.CENTURY: "to the century",
    Precision.VAGUE: "no days can be given (PAST_REF, FUTURE_REF, ...)",
}


class Kind(StrEnum):
    """The types of cells, by their Frictionless names."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Located:
    """Where the words of a column stand: names of the columns with document, offsets and hash.

    `spans` names a column with `12-40 55-60` for words in several pieces; else `start` and `end` do.
    `passage` marks whole sentences, which `--quotes short` leaves out.
    """

    document: str = ""
    start: str = ""
    end: str = ""
    spans: str = ""
    sha256: str = ""
    passage: bool = False


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: what it means, its values, where they come from, and how a row gives its cell."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Row], Cell]
    source: str
    values: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    located: Located | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose values are keys of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """One table: a title that says what a row is, its key, its columns, and the rows of a chronicle.

    `layout` marks a table in another project's columns, which is made from the others.
    """

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column[Row], ...]
    rows: Callable[[Source, Settings], Iterator[Row]]
    links: tuple[Link, ...] = ()
    layout: bool = False
    notes: str = ""

    def cells(self, source: Source, settings: Settings) -> Iterator[dict[str, Cell]]:
        """Yield each row of a chronicle as cells by column name."""
        for row in self.rows(source, settings):
            yield {column.name: _cell(column, row, settings.quotes) for column in self.columns}


def _cell(column: Column[Row], row: Row, quotes: Quotes) -> Cell:
    value = column.value(row)
    if column.located is None or quotes is Quotes.FULL or not isinstance(value, str):
        return value
    if quotes is Quotes.NONE or column.located.passage:
        return ""
    return shortened(value)


def shortened(words: str) -> str:
    """Return words cut at a space after at most 90 characters, with an ellipsis where they were cut."""
    if len(words) <= SHORT_WORDS:
        return words
    head = words[:SHORT_WORDS]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"


def listed(values: Iterable[str]) -> str:
    """Return several values as one cell, each once; a semicolon inside a value becomes a comma."""
    return LIST.join(dict.fromkeys(value.replace(";", ",") for value in values if value))


def text(name: str, meaning: str, value: Callable[[Row], Cell], source: str, **more: Any) -> Column[Row]:
    """Return a column of strings."""
    return Column(name, Kind.STRING, meaning, value, source, **more)


def number(name: str, meaning: str, value: Callable[[Row], Cell], source: str, **more: Any) -> Column[Row]:
    """Return a column of decimal numbers."""
    return Column(name, Kind.NUMBER, meaning, value, source, **more)


def count(name: str, meaning: str, value: Callable[[Row], Cell], source: str, **more: Any) -> Column[Row]:
    """Return a column of whole numbers."""
    return Column(name, Kind.INTEGER, meaning, value, source, **more)


def flag(name: str, meaning: str, value: Callable[[Row], Cell], source: str, **more: Any) -> Column[Row]:
    """Return a column of true and false."""
    return Column(name, Kind.BOOLEAN, meaning, value, source, **more)


def day(name: str, meaning: str, value: Callable[[Row], Cell], source: str, **more: Any) -> Column[Row]:
    """Return a column of ISO days."""
    return Column(name, Kind.DATE, meaning, value, source, **more)


def dates(prefix: str, what: str, value: Callable[[Row], str], source: str) -> tuple[Column[Row], ...]:
    """Return four columns for a date: as long as it is known, first and last day, precision."""
    return (
        text(
            prefix,
            f"{what}: ISO 8601 / TIMEX3 value, as long as it is known (2016, 2016-09, 2016-W36, 2016-09-08T21:40); empty when unknown. A month is never filled up to a day.",
            lambda row: value(row),
            source,
        ),
        day(
            f"{prefix}_earliest", f"{what}: first day that it can be; empty when unknown or vague.",
            lambda row: earliest(value(row)), f"calendar, from {prefix}",
        ),
        day(
            f"{prefix}_latest", f"{what}: last day that it can be (inclusive).",
            lambda row: latest(value(row)), f"calendar, from {prefix}",
        ),
        text(
            f"{prefix}_precision", f"{what}: how exactly it is known.",
            lambda row: precision(value(row)), f"form of {prefix}", values=dict(PRECISIONS),
        ),
    )  # fmt: skip


_interval = lru_cache(4096)(interval_of)  # the same days come back in column after column


def earliest(value: str) -> str:
    """Return the first day that an ISO value stands for, "" for none."""
    interval = _interval(value) if value else None
    return interval.earliest.isoformat() if interval else ""


def latest(value: str) -> str:
    """Return the last day that an ISO value stands for, "" for none."""
    interval = _interval(value) if value else None
    return interval.latest.isoformat() if interval else ""


def precision(value: str) -> str:
    """Return how exactly an ISO value is known, "" for none."""
    return precision_of(value).value if value else ""


def only_day(value: str) -> str:
    """Return the day of an ISO value that is known to the day, else ""."""
    first = earliest(value)
    return first if first == latest(value) else ""


def words(
    name: str, what: str, value: Callable[[Row], Quoted | None], *, passage: bool = False, document: str = "document_id"
) -> tuple[Column[Row], ...]:  # fmt: skip
    """Return four columns for words of a report: the words, their offsets, and their hash."""
    value = _once(value)
    start, end, sha256 = f"{name}_start", f"{name}_end", f"{name}_sha256"
    where = Located(document, start, end, "", sha256, passage)
    return (
        text(
            name, f"{what}, as they stand in the report.", lambda row: _words(value(row)),
            f"text of {document} at {start}, {end}", located=where,
        ),
        count(
            start, f"Offset of the first character of {name}: code points from the beginning of the report's text, from 0.",
            lambda row: _edge(value(row), 0), "offsets into the text as kroniek read it",
        ),
        count(
            end, f"Offset after the last character of {name}.",
            lambda row: _edge(value(row), 1), "offsets into the text as kroniek read it",
        ),
        text(
            sha256, f"SHA-256 of {name} in full (UTF-8), also when the words are cut or left out.",
            lambda row: _hash(value(row)), "computed",
        ),
    )  # fmt: skip


def pieces(name: str, what: str, value: Callable[[Row], Quoted | None]) -> tuple[Column[Row], ...]:
    """Return three columns for words that may lie in several pieces: words, spans, hash."""
    value = _once(value)
    spans, sha256 = f"{name}_spans", f"{name}_sha256"
    return (
        text(
            name, f"{what}, as they stand in the report; ` … ` between pieces.", lambda row: _words(value(row)),
            f"text of document_id at {spans}", located=Located("document_id", spans=spans, sha256=sha256),
        ),
        text(
            spans, f"Where {name} stands: START-END of each piece (code points, END exclusive), parted by spaces.",
            lambda row: _spans(value(row)), "offsets into the text as kroniek read it",
        ),
        text(
            sha256, f"SHA-256 of {name} in full (UTF-8), pieces joined by ` … `.",
            lambda row: _hash(value(row)), "computed",
        ),
    )  # fmt: skip


def _once(value: Callable[[Row], Quoted | None]) -> Callable[[Row], Quoted | None]:
    """Return the same function, which looks words up once for the columns of one row."""
    last: list[tuple[Row, Quoted | None]] = []

    def looked_up(row: Row) -> Quoted | None:
        if not last or last[0][0] is not row:
            last[:] = [(row, value(row))]
        return last[0][1]

    return looked_up


def _words(found: Quoted | None) -> str:
    return found.words if found else ""


def _edge(found: Quoted | None, side: int) -> int | None:
    if found is None:
        return None
    return found.spans[0].start if side == 0 else found.spans[-1].end


def _spans(found: Quoted | None) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in found.spans) if found else ""


def _hash(found: Quoted | None) -> str:
    return found.sha256 if found else ""
