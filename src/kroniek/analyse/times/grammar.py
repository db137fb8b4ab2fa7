"""Patterns over words of time, matched in one pass from right to left.

A pattern is a row of elements: `in|sinds` is one of these words, `MONTH` any word of that table (or what
an earlier rule `gives`), `from:DAY` names its value, `?` makes an element optional, `~` wants it to stand
against the one before, and `<...>` marks surroundings that must be there and do not belong to the span.
Elements are bounded in number, so the work is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

from kroniek.analyse.times.forms import FORMS
from kroniek.analyse.times.words import (
    BROKEN,
    DAY_DIGITS,
    NEWLINE,
    TIGHT,
    Edge,
    Meaning,
    Tokens,
    number_meanings,
    slipped_year,
)
from kroniek.errors import PackError

ELEMENT = re.compile(
    r"(?P<before><)?(?P<tight>~)?(?:(?P<name>[a-z_]+):)?(?P<words>[^\s<>]+?)(?P<optional>\?)?(?P<after>>)?\Z"
)
SLOT = re.compile(r"\{(?P<name>[a-z_0-9]+)(?::(?P<form>[a-z_]+))?(?P<arguments>(?::[^{}:]+)*)\}")
STARTS = frozenset("0123456789'lio")  # of words whose meaning is worked out from their digits
OPENINGS = frozenset("([{'\"“‘«„’”")
CLOSINGS = frozenset(")]}'\"”’».,:;!?…“‘-–—/")
CLAUSE_ENDS = frozenset(".,;:!?…\"“”‘’'«»()-–—")
LONGEST_RUN = 256  # words; in a report some ten stand side by side
WORDS_IN_LINE = 5000  # with a meaning of time that are looked at in one line
MOST_IN_LINE = 1000  # matches; a line with more is a table or worse
# The same for a whole text, beside its ordinary words: a report has one time to ten of them and about as many
# words with a meaning of time; a text far beyond that is no report, however its lines are cut.
WORDS_IN_TEXT, WORDS_PER_ORDINARY = 20_000, 2
MOST_IN_TEXT, MOST_PER_ORDINARY = 2000, 0.5
MOST_ELEMENTS = 16  # of a pattern: the bound on the work at each word


@dataclass(frozen=True, slots=True)
class Rule:
    """One named rule of the pack. `gives` is set when other rules use what it finds, `type` when it is final."""

    id: str
    patterns: tuple[str, ...]
    value: str
    type: str = ""
    gives: str = ""
    modifier: str = ""
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    alone: bool = False  # nothing but a bracket, a quotation mark or an end stands against it
    opens: bool = False  # only at the beginning of a clause
    weight: int = 0  # among equally long matches the heavier wins, then the earlier rule
    examples: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule found: tokens [first, last), the value not yet resolved, and the rule."""

    first: int
    last: int
    value: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Element:
    symbol: str
    tight: bool
    name: str
    context: bool


@dataclass(slots=True)
class _Node:
    loose: dict[str, _Node] = field(default_factory=dict)
    tight: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[Rule, tuple[_Element, ...]]] = field(default_factory=list)


Path = tuple[tuple[str, int, int], ...]  # value, first token, token after


class Grammar:
    """The compiled rules of a pack: one automaton for each layer of rules that build on each other."""

    def __init__(self, rules: tuple[Rule, ...], lexicon: Mapping[str, tuple[Meaning, ...]]) -> None:
        """Compile. Raises PackError for a pattern that is broken, too long, or uses what is nowhere defined."""
        self.rules = rules
        sequences = [(rule, list(_sequences(rule))) for rule in rules]
        literals = {
            element.symbol
            for _, rows in sequences
            for row in rows
            for element in row
            if not element.symbol[0].isupper()
        }
        self._lexicon = {word: lexicon.get(word, ()) for word in {*lexicon, *literals}}
        for word in literals:
            digits = number_meanings(word) if word.isdigit() else ()
            self._lexicon[word] = (*self._lexicon[word], *digits, (word, word))
        self._known: dict[str, tuple[Edge, ...]] = {
            word: tuple((symbol, 1, value) for symbol, value in meanings)
            for word, meanings in self._lexicon.items()
        }
        self._layers = self._compile(sequences)

    def _compile(self, sequences: list[tuple[Rule, list[tuple[_Element, ...]]]]) -> list[_Node]:
        depths = _depths(sequences)
        roots: dict[int, _Node] = {}
        for rule, rows in sequences:
            depth = depths[rule.gives] if rule.gives else max(depths.values(), default=0) + 1
            for row in rows:
                node = roots.setdefault(depth, _Node())
                for element in row:
                    table = node.tight if element.tight else node.loose
                    node = table.setdefault(element.symbol, _Node())
                node.ends.append((rule, row))
        return [roots[depth] for depth in sorted(roots)]

    def edges(self, word: str) -> tuple[Edge, ...]:
        """Return what one token can be: symbol, length 1, value."""
        known = self._known.get(word)
        if known is None and word[0] in STARTS and (word[0] not in "lio" or len(word) == DAY_DIGITS):
            return _edges_of_figures(word)
        return known or ()

    def find(self, tokens: Tokens, most: int = MOST_IN_LINE) -> tuple[list[Match], list[tuple[int, int]]]:
        """Return the longest matches from left to right, none overlapping another.

        Beside them come the token ranges left out: what follows the first `most` matches of one line, and
        what a text has too much of beside its ordinary words. Words without a meaning part the text into
        short runs, so that a run is all that a pattern can see.
        """
        edges: list[Any] = list(map(self.edges, tokens.words))
        found: list[Match] = []
        skipped: list[tuple[int, int]] = []
        ordinary = sum(1 for edge in edges if not edge)
        words_left = WORDS_IN_TEXT + WORDS_PER_ORDINARY * ordinary
        matches_left = MOST_IN_TEXT + MOST_PER_ORDINARY * ordinary
        in_line = words = 0
        for first, last, new_line in _runs(edges, tokens.gaps):
            if new_line:
                in_line = words = 0
            words += last - first
            words_left -= last - first
            if in_line >= most or words > WORDS_IN_LINE or words_left < 0 or matches_left < 0:
                skipped.append((first, last))
                continue
            matches = self._find_in(first, last, edges, tokens)
            in_line += len(matches)
            matches_left -= len(matches)
            found += matches
        return found, skipped

    def _find_in(self, start: int, end: int, edges: list[Any], tokens: Tokens) -> list[Match]:
        finals: dict[int, Match] = {}
        for at in range(end - 1, start - 1, -1):
            self._match_at(at, edges, tokens, finals)
        found = []
        free = start
        for first in sorted(finals):
            if first >= free:
                found.append(finals[first])
                free = finals[first].last
        return found

    def _match_at(self, start: int, edges: list[Any], tokens: Tokens, finals: dict[int, Match]) -> None:
        for root in self._layers:
            here = edges[start]
            if not any(edge[0] in root.loose for edge in here):
                continue
            fresh: dict[Edge, None] = {}
            for rule, row, path in _walk(root, start, edges, tokens.gaps):
                match = _matched(rule, row, path, tokens)
                if match is None:
                    continue
                if rule.gives:
                    fresh[rule.gives, match.last - match.first, match.value] = None
                elif _better(match, finals.get(match.first)):
                    finals[match.first] = match
            if fresh:
                edges[start] = (*here, *(edge for edge in fresh if edge not in here))


@lru_cache(maxsize=16384)
def _edges_of_figures(word: str) -> tuple[Edge, ...]:
    meanings = number_meanings(word) if word.isdigit() else slipped_year(word)
    return tuple((symbol, 1, value) for symbol, value in meanings)


def _runs(edges: list[Any], gaps: list[int]) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of words with a meaning, cut at LONGEST_RUN, and whether a line has begun since."""
    start, new_line = -1, True
    for at, found in enumerate(edges):
        fresh = gaps[at] >= NEWLINE
        if start >= 0 and (not found or gaps[at] == BROKEN or at - start >= LONGEST_RUN):
            yield start, at, new_line
            start, new_line = -1, False
        new_line = new_line or fresh
        if found and start < 0:
            start = at
    if start >= 0:
        yield start, len(edges), new_line


def _better(match: Match, other: Match | None) -> bool:
    if other is None:
        return True
    return (match.last, match.rule.weight) > (other.last, other.rule.weight)


def _walk(
    root: _Node, start: int, edges: list[Any], gaps: list[int]
) -> Iterator[tuple[Rule, tuple[_Element, ...], Path]]:
    """Yield every rule whose pattern matches from a token on, with the values on the way."""
    stack: list[tuple[_Node, int, Path]] = [(root, start, ())]
    size = len(edges)
    while stack:
        node, at, path = stack.pop()
        for rule, row in node.ends:
            yield rule, row, path
        if at >= size or (path and gaps[at] == BROKEN):
            continue
        tight = node.tight if path and gaps[at] == TIGHT else None
        for symbol, length, value in edges[at]:
            if (following := node.loose.get(symbol)) is not None:
                stack.append((following, at + length, (*path, (value, at, at + length))))
            if tight and (following := tight.get(symbol)) is not None:
                stack.append((following, at + length, (*path, (value, at, at + length))))


def _matched(rule: Rule, row: tuple[_Element, ...], path: Path, tokens: Tokens) -> Match | None:
    inside = [step for element, step in zip(row, path, strict=True) if not element.context]
    first, last = inside[0][1], inside[-1][2]
    if rule.not_after and first and tokens.words[first - 1] in rule.not_after:
        return None
    if rule.not_before and last < len(tokens.words) and tokens.words[last] in rule.not_before:
        return None
    if rule.opens and first and tokens.gaps[first] != BROKEN and tokens.words[first - 1] not in CLAUSE_ENDS:
        return None
    if rule.alone and not _stands_alone(first, last, tokens):
        return None
    values = {element.name: step[0] for element, step in zip(row, path, strict=True)}
    value = fill(rule.value, values)
    return None if value is None else Match(first, last, value, rule)


def _stands_alone(first: int, last: int, tokens: Tokens) -> bool:
    """Tell whether a number is no part of a longer token: not of `F-16`, `$2000`, `2000,5` or `2018-plan`."""
    words, gaps = tokens.words, tokens.gaps
    if first and gaps[first] == TIGHT and words[first - 1] not in OPENINGS:
        return False
    if last >= len(words) or gaps[last] != TIGHT or words[last] not in CLOSINGS:
        return last >= len(words) or gaps[last] != TIGHT
    after = last + 1
    return after >= len(words) or gaps[after] != TIGHT or not words[after].isalnum()


def fill(template: str, values: Mapping[str, str]) -> str | None:
    """Return a template with its slots filled; None when a form refuses its values (day 31 of June)."""
    refused = False

    def put(slot: re.Match[str]) -> str:
        nonlocal refused
        form: Callable[..., str | None] | None = FORMS.get(slot["form"]) if slot["form"] else None
        value = values.get(slot["name"], "")
        if form is None:
            return value
        arguments = [_argument(text, values) for text in slot["arguments"].split(":")[1:]]
        result = form(value, *arguments)
        refused = refused or result is None
        return result or ""

    filled = SLOT.sub(put, template) if "{" in template else template
    return None if refused else filled


def _argument(text: str, values: Mapping[str, str]) -> str:
    """Return an argument: `$name` is a value, `-$name` its negative, anything else itself."""
    sign, _, name = text.partition("$")
    return sign + values.get(name, "") if "$" in text else text


def _sequences(rule: Rule) -> Iterator[tuple[_Element, ...]]:
    """Yield the rows without options that a rule's patterns stand for."""
    for pattern in rule.patterns:
        columns = []
        context = False
        for word in pattern.split():
            parsed = ELEMENT.match(word)
            if parsed is None:
                raise PackError(f"times rule {rule.id!r}: cannot read {word!r} in {pattern!r}")
            context = context or bool(parsed["before"])
            choices: list[_Element | None] = [
                _Element(symbol, bool(parsed["tight"]), parsed["name"] or symbol.lower(), context)
                for symbol in parsed["words"].split("|")
            ]
            columns.append([*choices, None] if parsed["optional"] else choices)
            context = context and not parsed["after"]
        if len(columns) > MOST_ELEMENTS:
            raise PackError(f"times rule {rule.id!r}: more than {MOST_ELEMENTS} elements in {pattern!r}")
        for choice in product(*columns):
            row = tuple(element for element in choice if element is not None)
            if any(not element.context for element in row):
                yield row


def _depths(sequences: list[tuple[Rule, list[tuple[_Element, ...]]]]) -> dict[str, int]:
    """Return for each symbol that rules give how many layers of rules lie below it."""
    needs: dict[str, set[str]] = {}
    for rule, rows in sequences:
        if rule.gives:
            needs.setdefault(rule.gives, set()).update(element.symbol for row in rows for element in row)
    depths: dict[str, int] = {}

    def depth(symbol: str, trail: tuple[str, ...]) -> int:
        if symbol in trail:
            raise PackError(f"times rules: {' > '.join((*trail, symbol))} goes round in a circle")
        if symbol not in depths:
            below = [depth(other, (*trail, symbol)) for other in needs[symbol] if other in needs]
            depths[symbol] = 1 + max(below, default=0)
        return depths[symbol]

    for symbol in needs:
        depth(symbol, ())
    return depths


def read_rules(tables: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules of a pack's `times.toml`. Raises PackError with the rule's id and field."""
    rules = []
    for number, entry in enumerate(tables.get("rules", ())):
        name = entry.get("id", f"number {number + 1}")
        for key in ("id", "pattern", "value"):
            if key not in entry:
                raise PackError(f"times.toml: rule {name!r} has no {key!r}")
        if bool(entry.get("type")) == bool(entry.get("gives")):
            raise PackError(f"times.toml: rule {name!r} wants either 'type' or 'gives'")
        pattern = entry["pattern"]
        rules.append(
            Rule(
                id=entry["id"],
                patterns=(pattern,) if isinstance(pattern, str) else tuple(pattern),
                value=entry["value"],
                type=entry.get("type", ""),
                gives=entry.get("gives", ""),
                modifier=entry.get("modifier", ""),
                not_after=frozenset(entry.get("not_after", ())),
                not_before=frozenset(entry.get("not_before", ())),
                alone=entry.get("alone", False),
                opens=entry.get("opens", False),
                weight=entry.get("weight", 0),
                examples=tuple(tuple(example) for example in entry.get("examples", ())),
            )
        )
    return tuple(rules)
