"""Text for terminals: nothing that a report holds may steer the terminal, and columns line up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

# Control signs (escape sequences start with one) and marks that turn the direction of writing.
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
GAP = "  "


def printable(text: str) -> str:
    """Return the text on one line, without signs that steer a terminal."""
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def width(text: str) -> int:
    """Return how many cells a terminal needs for the text."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, cells: int) -> str:
    """Return the text in at most `cells` cells, with an ellipsis where it was cut."""
    if width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if width(kept) + _cells(character) > cells - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, widest: int = 60) -> list[str]:
    """Return lines with aligned columns under a header; cells longer than `widest` are cut.

    Numbers stand to the right. A table without rows has no lines.
    """
    cells = [[shorten(printable(str(cell)), widest) for cell in row] for row in (list(rows))]
    if not cells:
        return []
    numeric = [all(row[position].isdigit() for row in cells) for position in range(len(header))]
    widths = [max(width(row[position]) for row in [list(header), *cells]) for position in range(len(header))]
    return [_line(row, widths, numeric) for row in [list(header), *cells]]


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, wanted, right in zip(row, widths, numeric, strict=True):
        space = " " * (wanted - width(cell))
        padded.append(space + cell if right else cell + space)
    return GAP.join(padded).rstrip()
