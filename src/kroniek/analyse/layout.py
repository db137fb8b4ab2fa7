"""Where lines and paragraphs begin and end: blank lines, single newlines, or hard wrapping."""

from __future__ import annotations

import re
from itertools import pairwise

from kroniek.model import Span

LINE = re.compile(r"[^\n]+")
FINAL = (".", "!", "?", "…", ":", ";")
CLOSING = "\"'”’»)]"
NARROW, WIDE = 40, 130  # width in characters within which lines can be hard-wrapped


def find_groups(text: str) -> list[list[Span]]:
    """Return the lines of the text, trimmed, in groups that blank lines part."""
    groups: list[list[Span]] = []
    last = -2
    for match in LINE.finditer(text):
        line = trim(text, Span(*match.span()))
        if not len(line):
            continue
        if groups and text.count("\n", last, match.start()) < 2:
            groups[-1].append(line)
        else:
            groups.append([line])
        last = match.end()
    return groups


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def ends_sentence(text: str, span: Span) -> bool:
    """Tell whether the last mark of a span ends a sentence: `. ! ? … : ;`, before closing quotes."""
    last = text[span.start : span.end].rstrip(CLOSING)
    return last.endswith(FINAL)


def join_wrapped(text: str, lines: list[Span]) -> list[Span]:
    """Return the paragraphs of a group of lines.

    Where lines were broken at a width (a line goes on in lower case), a break is kept only if the
    next word would still have fitted: the de-wrapping rule of plain-text mail.
    """
    if len(lines) < 2 or not any(_goes_on(text, a, b) for a, b in pairwise(lines)):
        return lines
    width = max(len(line) for line in lines)
    wrapped = NARROW <= width <= WIDE
    paragraphs = [lines[0]]
    last = lines[0]
    for line in lines[1:]:
        if _goes_on(text, last, line) or (wrapped and _is_forced(text, last, line, width)):
            paragraphs[-1] = paragraphs[-1].joined(line)
        else:
            paragraphs.append(line)
        last = line
    return paragraphs


def _goes_on(text: str, line: Span, following: Span) -> bool:
    return text[following.start].islower() and not ends_sentence(text, line)


def _is_forced(text: str, line: Span, following: Span, width: int) -> bool:
    word = following.of(text).split(None, 1)[0]
    return len(line) + 1 + len(word) > width
