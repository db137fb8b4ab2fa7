"""Cursors: the place of the last record given, as a word that programs hand back unread."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from kroniek.web.problems import BadRequest

LONGEST = 400  # characters of a cursor


def pack(*parts: str | int) -> str:
    """Return a place as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def unpack(cursor: str, *start: str | int) -> Any:
    """Return the parts of a cursor, `start` when there is none.

    Raises BadRequest when it is none of ours: other parts, or of other types, than those of `start`.
    """
    if not cursor:
        return start
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        parts = None
    fits = isinstance(parts, list) and len(parts) == len(start)
    if not fits or any(type(part) is not type(first) for part, first in zip(parts, start, strict=True)):
        raise BadRequest("errors.cursor")
    if any(isinstance(part, int) and not -1 <= part < 2**63 for part in parts):
        raise BadRequest("errors.cursor")
    return tuple(parts)
