"""Records to plain JSON values and back, driven by the records' own type hints."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")


def to_json(value: Any) -> Any:
    """Return a record as dicts, lists, strings and numbers; fields that hold their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(item) for name, item in _changed(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[Record], value: Any) -> Record:
    """Return the record of type `kind` that `to_json` wrote as `value`.

    Raises TypeError for an unknown or missing field, ValueError for a value outside an enumeration.
    """
    return typing.cast(Record, _decode(kind, value))


def _changed(record: Any) -> typing.Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.default is not dataclasses.MISSING and value == field.default:
            continue
        yield field.name, value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        members = [item for item in typing.get_args(kind) if item is not type(None)]
        return None if value is None else _decode(members[0], value)
    if origin is tuple:
        return _decode_tuple(typing.get_args(kind), value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        if unknown := set(value) - set(hints):
            raise TypeError(f"{kind.__name__} has no field {sorted(unknown)}")
        return kind(**{name: _decode(hints[name], item) for name, item in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value


def _decode_tuple(members: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(_decode(members[0], item) for item in value)
    if len(members) != len(value):
        raise TypeError(f"want {len(members)} items, got {len(value)}")
    return tuple(_decode(member, item) for member, item in zip(members, value, strict=True))
