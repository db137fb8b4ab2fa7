"""From a row or an object to a document: which column holds what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from kroniek.model import Origin, Rejection
from kroniek.read.finish import finish
from kroniek.read.given import read_given
from kroniek.read.options import Columns, Read, ReadOptions

# The names that collections use, most telling first; compared without regard to case.
USUAL = {
    "text": ("text", "tekst", "body", "content", "inhoud", "article", "artikel"),
    "date": ("published", "date", "datum", "published_at", "publication_date", "pubdate", "datepublished"),
    "id": ("id", "name", "key", "article_id", "doc_id"),
    "title": ("title", "titel", "headline", "kop"),
    "outlet": ("outlet", "source", "bron", "medium", "newspaper", "krant", "publisher"),
    "url": ("url", "link", "uri"),
}

KINDS = {
    type(None): "nothing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def choose_columns(names: list[str], columns: Columns) -> Columns:
    """Return the columns to read: those asked for, else the first usual name that is there, else ""."""
    present = {name.strip().lower(): name for name in reversed(names)}

    def choose(role: str) -> str:
        asked: str = getattr(columns, role)
        return asked or next((present[usual] for usual in USUAL[role] if usual in present), "")

    return Columns(**{item.name: choose(item.name) for item in fields(Columns)})


def to_document(record: Mapping[str, Any], origin: Origin, columns: Columns, options: ReadOptions) -> Read:
    """Return the document that a record holds under the given columns, or a rejection."""
    if not columns.text:
        return Rejection(
            origin.path, origin.record, f"no column for the text; there are: {_listed(record)}; name it"
        )
    try:
        text = look_up(record, columns.text)
    except KeyError:
        return Rejection(
            origin.path, origin.record, f"no column {columns.text!r}; there are: {_listed(record)}"
        )
    if not isinstance(text, str):
        kind = KINDS.get(type(text), "no text")
        return Rejection(
            origin.path, origin.record, f"{columns.text!r} holds {kind}; want the text of a report"
        )
    get: Callable[[str], Any] = lambda column: _optional(record, column)  # noqa: E731
    origin = Origin(
        origin.path,
        origin.record,
        origin.format,
        _words(get(columns.outlet)) or options.outlet,
        _words(get(columns.url)),
    )
    given = read_given(_scalar(get(columns.date)), columns.date, options.timezone)
    return finish(
        text, origin, options, given=given, name=_words(get(columns.id)), title=_words(get(columns.title))
    )


def look_up(record: Mapping[str, Any], path: str) -> Any:
    """Return the value at `a` or `a.b`; a key that itself holds a full stop comes first. Raises KeyError."""
    if path in record:
        return record[path]
    value: Any = record
    for key in path.split("."):
        if not isinstance(value, Mapping):
            raise KeyError(path)
        value = value[key]
    return value


def _optional(record: Mapping[str, Any], column: str) -> Any:
    try:
        return look_up(record, column) if column else None
    except KeyError:
        return None


def _scalar(value: Any) -> Any:
    return value if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _words(value: Any) -> str:
    value = _scalar(value)
    return "" if value is None else " ".join(str(value).split())[:2000]


def _listed(record: Mapping[str, Any]) -> str:
    names = [str(name)[:40] for name in record]
    return (", ".join(names[:12]) + (", …" if len(names) > 12 else "")) or "none"
