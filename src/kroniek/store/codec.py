"""Records to stored text and bytes and back, exactly."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any, TypeVar

from kroniek.model import Sentence, Span, Token, from_json, to_json

Record = TypeVar("Record")

TOKEN_FIELDS = tuple(item.name for item in fields(Token))


def dumps(record: Any) -> str:
    """Return the record as one line of JSON."""
    return json.dumps(to_json(record), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[Record], payload: str) -> Record:
    """Return the record of type `kind` that `dumps` wrote."""
    return from_json(kind, json.loads(payload))


def pack_tokens(tokens: Sequence[Token]) -> bytes:
    """Return tokens as compressed columns, in the order of the fields of `Token`."""
    return pack([[getattr(token, name) for token in tokens] for name in TOKEN_FIELDS])


def unpack_tokens(blob: bytes) -> tuple[Token, ...]:
    """Return the tokens that `pack_tokens` packed."""
    return tuple(Token(*row) for row in zip(*unpack(blob), strict=True))


def pack_sentences(sentences: Sequence[Sentence]) -> bytes:
    """Return sentences as compressed rows (start, end, first token, last token, zone)."""
    return pack([[*astuple(item.span), item.first, item.last, item.zone] for item in sentences])


def unpack_sentences(blob: bytes) -> tuple[Sentence, ...]:
    """Return the sentences that `pack_sentences` packed."""
    return tuple(Sentence(Span(row[0], row[1]), *row[2:]) for row in unpack(blob))


def pack(value: Any) -> bytes:
    """Return plain values as compressed JSON."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def unpack(blob: bytes) -> Any:
    """Return the value that `pack` packed."""
    return json.loads(zlib.decompress(blob))
