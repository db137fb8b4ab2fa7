"""The sentence around words, for evidence."""

from __future__ import annotations

from bisect import bisect_right

from kroniek.model import Analysis, Span


def within(sentence: Span, span: Span) -> Span:
    """Return a sentence when it holds the words, else the words alone."""
    return sentence if sentence.covers(span) else span


def sentence_around(analysis: Analysis, span: Span) -> Span:
    """Return the span of the sentence in which `span` begins, `span` itself when there is none."""
    position = bisect_right(analysis.sentences, span.start, key=lambda sentence: sentence.span.start) - 1
    return analysis.sentences[position].span if position >= 0 else span
