"""One form for the same text: NFC and plain newlines, with the way back to the source's offsets.

Unicode Standard Annex 15: text between two stable boundaries is normalised on its own.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

SURROGATE = re.compile(r"[\ud800-\udfff]")
CARRIAGE = re.compile(r"\r\n?")
FOREIGN = re.compile(r"[^\x00-\x7f]+")
Pairs = tuple[tuple[int, int], ...]


def normalise(source: str) -> tuple[str, Pairs]:
    """Return the NFC text with `\\n` newlines, and the map to the source.

    The map lists pairs (offset in text, offset in source) at which the distance between the two
    changes, sorted; it is empty when nothing moved. Lone surrogates, which no file can hold,
    become U+FFFD. UTF-8 that was taken for Windows-1252 before (`GenÃ¨ve`) is put right, when every
    letter beyond ASCII shows that it was.
    """
    source = SURROGATE.sub("\ufffd", source)
    mangled = is_mangled(source)
    if "\r" not in source and not mangled and unicodedata.is_normalized("NFC", source):
        return source, ()
    pieces: list[str] = []
    pairs: list[tuple[int, int]] = []
    here = distance = 0
    for start, end in _segments(source, mangled):
        piece = CARRIAGE.sub("\n", source[start:end])
        piece = unicodedata.normalize("NFC", _repaired(piece) if mangled else piece)
        for step in range(1, len(piece) + 1):
            there = end if step == len(piece) else min(start + step, end)
            if there - (here + step) != distance:
                distance = there - (here + step)
                pairs.append((here + step, there))
        pieces.append(piece)
        here += len(piece)
    return "".join(pieces), tuple(pairs)


def is_mangled(source: str) -> bool:
    """Tell whether a text is UTF-8 that was decoded as Windows-1252: all of it, or it is left alone."""
    found = False
    for match in FOREIGN.finditer(source):
        right = _repaired(match.group())
        if (
            not right
            or not right.replace("\u00a0", "").isprintable()
            or not unicodedata.is_normalized("NFC", right)
        ):
            return False
        found = True
    return found


def _repaired(piece: str) -> str:
    """Return what the bytes of a piece say in UTF-8, or "" when they say nothing."""
    try:
        return b"".join(_byte(char) for char in piece).decode("utf-8")
    except UnicodeError:
        return ""


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")  # five bytes that Windows-1252 leaves open come through as they are


def _segments(source: str, mangled: bool) -> list[tuple[int, int]]:
    """Return the ranges of the source that are normalised on their own, in order, without holes."""
    starts = [0] if source else []
    for offset in range(1, len(source)):
        char = source[offset]
        if char == "\n" and source[offset - 1] == "\r":
            continue
        if mangled:
            if char < "\x80" or _byte(char) >= b"\xc0":
                starts.append(offset)
        elif char < "\u0300" or _is_boundary(char):
            starts.append(offset)
    return list(zip(starts, [*starts[1:], len(source)], strict=True)) if starts else []


def _is_boundary(char: str) -> bool:
    first = unicodedata.normalize("NFD", char)[0]
    return unicodedata.combining(first) == 0 and first not in _joining()


@cache
def _joining() -> frozenset[str]:
    """Return the starters that can join the character before them (NFC_Quick_Check=Maybe)."""
    found = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(chr(int(parts[1], 16)))
    return frozenset(char for char in found if unicodedata.combining(char) == 0)
