"""Which event words of one report tell of one event, from the words alone: verbs and the nouns made of them.

`Apple introduceert ...` and `de introductie` are one event: both begin with the same five letters, which
is what Dutch derivation leaves of a stem. The usual baseline is the head lemma (Cybulska and Vossen 2014);
on the development topic of MEANTIME the stem is five points better, see `make eval`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations, pairwise

from kroniek.merge.clusters import components
from kroniek.merge.passages import WORD
from kroniek.merge.sentences import sentence_around
from kroniek.model import Analysis, Span, Token

CLOSE = timedelta(days=3)
STEM = 5  # letters: of 4 to 7 the best on the development topic, all within a point


def link_events(analysis: Analysis, mentions: Sequence[tuple[Span, ...]]) -> list[list[int]]:
    """Return the mentions, by number, grouped by the event that they tell of.

    A mention is the spans of its words. Groups are in the order of their first mention.
    """
    groups: dict[str, list[int]] = {}
    for number, spans in enumerate(mentions):
        groups.setdefault(stem_of(analysis, spans), []).append(number)
    return list(groups.values())


def link_across(
    reports: Sequence[tuple[Analysis, Sequence[tuple[Span, ...]]]],
) -> list[list[tuple[int, int]]]:
    """Return the mentions of several reports, as (report, mention), grouped by the event that they tell of.

    Groups of two reports are one event when they have the stem in common, the reports appeared within
    three days, and a name stands in a sentence of both. Reports of unknown days stay apart.
    """
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    meeting: dict[str, list[tuple[int, int]]] = {}
    for number, (analysis, mentions) in enumerate(reports):
        for place, group in enumerate(link_events(analysis, mentions)):
            groups[number, place] = [(number, mention) for mention in group]
            meeting.setdefault(stem_of(analysis, mentions[group[0]]), []).append((number, place))
    edges = [(key, key) for key in groups]
    for keys in meeting.values():
        for left, right in combinations(keys, 2):
            if _near(reports[left[0]][0], reports[right[0]][0]) and (
                _names(reports, groups[left]) & _names(reports, groups[right])
            ):
                edges.append((left, right))
    return [sorted(item for key in part for item in groups[key]) for part in components(edges)]


def _near(left: Analysis, right: Analysis) -> bool:
    first, second = left.published.day, right.published.day
    return first is not None and second is not None and abs(first - second) <= CLOSE


def _names(
    reports: Sequence[tuple[Analysis, Sequence[tuple[Span, ...]]]], group: Sequence[tuple[int, int]]
) -> set[str]:
    """Return the proper nouns in the sentences of a group's mentions."""
    found = set()
    for number, mention in group:
        analysis, mentions = reports[number]
        sentence = sentence_around(analysis, mentions[mention][0])
        found |= {
            token.lemma for token in analysis.tokens if token.upos == "PROPN" and sentence.covers(token.span)
        }
    return found


def stem(lemma: str) -> str:
    """Return the beginning of a word without accents and doubled letters; verb and noun share it.

    >>> stem("introduceren") == stem("introductie")
    True
    """
    plain = unicodedata.normalize("NFD", lemma.replace("_", "").casefold())
    letters = [letter for letter in plain if not unicodedata.combining(letter)]
    return "".join(letter for before, letter in pairwise(["", *letters]) if letter != before)[:STEM]


def stem_of(analysis: Analysis, spans: Sequence[Span]) -> str:
    """Return the stem of the head of an event's words, as `stem` gives it."""
    words = [token for span in spans for token in _inside(analysis, span)]
    if not words:
        return stem(" ".join(WORD.findall(spans[0].of(analysis.text)))) if spans else ""
    inside = {token.index for token in words}
    head = next((token for token in words if token.head not in inside or token.head == token.index), words[0])
    return stem(_lemma(head, analysis.tokens))


def _inside(analysis: Analysis, span: Span) -> Sequence[Token]:
    tokens = analysis.tokens
    first = bisect_right(tokens, span.start, key=lambda token: token.end)
    last = bisect_left(tokens, span.end, lo=first, key=lambda token: token.start)
    return tokens[first:last]


def _lemma(head: Token, tokens: Sequence[Token]) -> str:
    """Return a verb's lemma with its separable particle, `kondigt ... aan` as `aankondigen`."""
    lemma = head.lemma.replace("_", "").lower()
    near = tokens[max(0, head.index - 30) : head.index + 30]
    for token in near:
        if token.head == head.index and token.deprel == "compound:prt":
            return lemma if lemma.startswith(token.text.lower()) else token.text.lower() + lemma
    return lemma
