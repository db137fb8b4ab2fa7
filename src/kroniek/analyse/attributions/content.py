"""Contents: from the words that a pattern takes to the stretches that the annotation rules want.

A stretch keeps its quotation marks when both stand in it, drops commas and the full stop at its
edges, and never runs over the end of a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kroniek.analyse.attributions.reading import Reading, is_quote_mark, stretches
from kroniek.model import Quotation, Span, Token

EDGES = frozenset({",", ";", ":", ".", "-", "–", "—", "!", "?", "...", "…", ")", "("})


def spans_of(reading: Reading, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Return the stretches that a set of tokens (in text order) covers, trimmed at their edges."""
    found: list[Span] = []
    for run in stretches(tokens):
        span = fitted(reading, run)
        if span is not None:
            found.extend(_lines(reading.text, span))
    return tuple(_merged(reading, found))


def span_of(reading: Reading, first: int, last: int) -> tuple[Span, ...]:
    """Return the stretches of the tokens [first, last)."""
    return spans_of(reading, reading.tree.tokens[first:last])


def quotation_spans(reading: Reading, quotation: Quotation) -> tuple[Span, ...]:
    """Return a quotation's stretches, one for each paragraph that it runs over."""
    return tuple(_lines(reading.text, quotation.span))


def fitted(reading: Reading, run: Sequence[Token]) -> Span | None:
    """Return the span of a run of tokens without loose marks at its edges, None when nothing is left."""
    first, last = 0, len(run)
    while first < last and _is_loose(reading, run, run[first], first, last):
        first += 1
    while last > first and _is_loose(reading, run, run[last - 1], first, last):
        last -= 1
    if first == last:
        return None
    return _with_marks(reading, Span(run[first].start, run[last - 1].end))


def _is_loose(reading: Reading, run: Sequence[Token], token: Token, first: int, last: int) -> bool:
    """Tell whether a token at the edge of run[first:last] stays out."""
    span = Span(run[first].start, run[last - 1].end)
    if is_quote_mark(token):
        return not any(span.covers(quotation.span) for quotation in _quotations_at(reading, token))
    if token.text not in EDGES:
        return False
    if token.text in {"(", ")"}:
        words = [word.text for word in run[first:last]]
        return words.count("(") != words.count(")")
    if token.text in {".", "!", "?", "...", "…"}:
        inside = reading.quotation_around(token.start)
        ends = inside is not None and not reading.text[token.end : inside.span.end].strip("\"“”„‟«»‘’‚‛'`´ ")
        # The full stop of a quotation that lies in the stretch is part of it.
        return not (inside is not None and ends and span.start <= inside.span.start)
    return True


def _quotations_at(reading: Reading, mark: Token) -> list[Quotation]:
    """Return the quotations that begin or end with a mark."""
    beginning = reading.quotations_in(Span(mark.start, mark.end))
    around = reading.quotation_around(mark.start)
    ending = [around] if around is not None and around.span.end <= mark.end else []
    return beginning + ending


def _with_marks(reading: Reading, span: Span) -> Span:
    """Stretch a span over the closing or opening mark of a quotation that stands in it but for that mark."""
    start, end = span.start, span.end
    for quotation in reading.quotations_in(span):
        over = reading.text[end : quotation.span.end]
        if quotation.span.end > end and len(over) <= 3 and not over.strip("\"“”„‟«»‘’‚‛'`´.,!? "):
            end = quotation.span.end
    before = reading.quotation_around(max(0, start - 1))
    if before is not None and before.span.start >= start - 2 and before.span.end <= end:
        start = before.span.start
    return Span(start, end)


def _lines(text: str, span: Span) -> list[Span]:
    """Split a span at line ends; white space at the edges is dropped."""
    found, start = [], span.start
    for line in span.of(text).split("\n"):
        left = start + len(line) - len(line.lstrip())
        right = start + len(line.rstrip())
        if left < right:
            found.append(Span(left, right))
        start += len(line) + 1
    return found


def _merged(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """Join stretches that only white space parts within a line."""
    found: list[Span] = []
    for span in spans:
        between = reading.text[found[-1].end : span.start] if found else "x"
        if found and found[-1].end <= span.start and not between.strip() and "\n" not in between:
            found[-1] = found[-1].joined(span)
        elif not (found and found[-1].covers(span)):
            found.append(span)
    return found


def trimmed_tokens(tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop punctuation at both ends of a run of tokens."""
    first, last = 0, len(tokens)
    while first < last and (tokens[first].text in EDGES or is_quote_mark(tokens[first])):
        first += 1
    while last > first and (tokens[last - 1].text in EDGES or is_quote_mark(tokens[last - 1])):
        last -= 1
    return tokens[first:last]
