"""Records to plain JSON values and back, driven by the records' own type hints."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")
Decoder = Callable[[Any], Any]


def to_json(value: Any) -> Any:
    """Return a record as dicts, lists, strings and numbers; fields that hold their default are left out."""
    if isinstance(value, (str, int, float)) and not isinstance(value, Enum):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(item) for name, item in _changed(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(to_json(item) for item in value)
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in sorted(value.items())}
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[Record], value: Any) -> Record:
    """Return the record of type `kind` that `to_json` wrote as `value`.

    Raises TypeError for an unknown or missing field, ValueError for a value outside an enumeration.
    """
    return typing.cast(Record, _decoder(typing.cast(Hashable, kind))(value))


def _changed(record: Any) -> typing.Iterator[tuple[str, Any]]:
    for name, default in _fields(typing.cast(Hashable, type(record))):
        value = getattr(record, name)
        if default is not dataclasses.MISSING and value == default:
            continue
        yield name, value


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


@cache
def _decoder(kind: Hashable) -> Decoder:
    """Return the function that makes a value of a type from its JSON; made once for each type."""
    origin, members = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = _decoder(next(item for item in members if item is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_decoder(members)
    if origin is frozenset:
        inner = _decoder(members[0])
        return lambda value: frozenset(map(inner, value))
    if origin is not None and issubclass(origin, Mapping):
        inner = _decoder(members[1])
        return lambda value: {key: inner(item) for key, item in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return date.fromisoformat if kind is date else lambda value: value


def _record_decoder(kind: type) -> Decoder:
    decoders = {name: _decoder(hint) for name, hint in typing.get_type_hints(kind).items()}

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"want the fields of {kind.__name__}, got {type(value).__name__}")
        if unknown := value.keys() - decoders.keys():
            raise TypeError(f"{kind.__name__} has no field {sorted(unknown)}")
        return kind(**{name: decoders[name](item) for name, item in value.items()})

    return decode


def _tuple_decoder(members: tuple[Any, ...]) -> Decoder:
    if len(members) == 2 and members[1] is Ellipsis:
        inner = _decoder(members[0])
        return lambda value: tuple(map(inner, value))
    decoders = tuple(map(_decoder, members))

    def decode(value: Any) -> Any:
        if len(decoders) != len(value):
            raise TypeError(f"want {len(decoders)} items, got {len(value)}")
        return tuple(decoder(item) for decoder, item in zip(decoders, value, strict=True))

    return decode
