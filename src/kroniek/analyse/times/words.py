"""Words of time: how a text falls apart into tokens, and what each token can mean.

The tables stand in the language pack (`times.toml`); numbers are spelled out from its digits and tens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Edge = tuple[str, int, str]  # symbol, tokens it covers, value
Meaning = tuple[str, str]  # symbol, value

# A year or day in whose digits a letter slipped (`20l6`, `2O17`, `l5`) is one token; `'s` and `'80` too.
TOKEN = re.compile(
    r"""(?<![\w]) [12](?=[0-9lIoO]*[lIoO])[0-9lIoO]{3} (?!\w)
      | (?<![\w.,]) (?:[1-3][lIoO]|[lIoO][0-9]) (?![\w.,])
      | \d+
      | ['’‘`´]\d\d(?!\d)
      | ['’‘`´][st](?!\w)
      | (?:[^\W\d_]|[\u0300-\u036f])+
      | [^\w\s\u200b-\u200d\u2060\ufeff\xad]""",
    re.VERBOSE,
)
# Nothing but figures: a table without a time in it, however long. Each figure is read once.
FIGURES = re.compile(r"(?<!\d)(?:\d++[^\w\n]{1,3}+)++")
MOST_FIGURES = 20_000  # code points of figures in a row that are read
TIGHT, SPACED, NEWLINE, BROKEN = 0, 1, 2, 3  # what stands between a token and the one before it
COUNTED_UP_TO = 12  # things in a row; a higher ordinal behind a weekday is a day of the month
DAY_DIGITS = 2
LONGEST_NUMBER = 9  # digits; longer ones are no count of days


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, side by side: where they begin and end, their folded words, the gaps before them.

    `left_out` are the stretches of nothing but figures that were not read.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    gaps: list[int]
    left_out: list[tuple[int, int]]


def tokenise(text: str, breaks: Iterable[int] = ()) -> Tokens:
    """Return the tokens of a text in one pass; no pattern may run over a blank line or one of `breaks`."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    gaps: list[int] = []
    last = 0
    tables = [m.span() for m in FIGURES.finditer(text) if m.end() - m.start() > MOST_FIGURES]
    cuts = iter([*sorted([*breaks, *(end for _, end in tables)]), len(text) + 1])
    cut = next(cuts)
    for match in _outside(text, tables):
        start, end = match.span()
        gap = TIGHT if start == last else SPACED
        if gap and (lines := text.count("\n", last, start)):
            gap = BROKEN if lines > 1 else NEWLINE
        while cut <= start:
            gap, cut = BROKEN, next(cuts)
        starts.append(start)
        ends.append(end)
        words.append(_fold(match.group()))
        gaps.append(gap)
        last = end
    return Tokens(starts, ends, words, gaps, tables)


def _outside(text: str, tables: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    start = 0
    for first, last in [*tables, (len(text), len(text))]:
        yield from TOKEN.finditer(text, start, first)
        start = last


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFC", word).lower()
    return "'" + folded[1:] if folded[0] in "’‘`´" and len(folded) > 1 else folded


def number_meanings(word: str) -> tuple[Meaning, ...]:
    """Return what a run of digits can be: a count, a day, a month, a year, an hour, minutes."""
    size = len(word)
    if size > LONGEST_NUMBER or not word.isascii():
        return ()
    value = int(word)
    found = [("NUM", str(value)), (f"DIGITS{size}", word)]
    if size <= 2:
        found += [("DAY", f"{value:02d}")] if 1 <= value <= 31 else []
        found += [("MONTHNUMBER", f"{value:02d}")] if 1 <= value <= 12 else []
        found += [("HOUR", str(value))] if value <= 24 else []
        found += [("WEEKNUMBER", f"{value:02d}")] if 1 <= value <= 53 else []
    if size == 2:
        found += [("ZEROMONTH", word)] if 1 <= value <= 9 else []
        found += [("MINUTE", word)] if value <= 59 else []
        found += [("SHORTYEAR", word)]
    if size == 4 and 1000 <= value <= 2199:
        found += [("YEAR", word), *([("NEARYEAR", word)] if 1900 <= value <= 2069 else [])]
    return tuple(found)


def slipped_year(word: str) -> tuple[Meaning, ...]:
    """Return the year of `'98`, or the one that a token with letters among its digits was meant to be.

    `20l6` is 2016.
    """
    if word.startswith("'"):
        return (("APOSTROPHEYEAR", word),) if word[1:].isdigit() else ()
    year = word.translate(str.maketrans("lio", "110"))
    if not year.isdigit() or word.isalpha():  # `on`, `la`, `io` are words
        return ()
    if len(year) == DAY_DIGITS:
        return (("SLIPPEDDAY", year),) if "01" <= year <= "31" else ()
    return (("YEAR", year), ("NEARYEAR", year)) if "1900" <= year <= "2069" else ()


def build_words(tables: Mapping[str, Any]) -> dict[str, tuple[Meaning, ...]]:
    """Return the lexicon: folded word -> its meanings, from the pack's tables and the spelled numbers."""
    lexicon: dict[str, list[Meaning]] = {}
    for symbol, entries in tables["words"].items():
        for word, value in entries.items():
            lexicon.setdefault(word, []).append((symbol, str(value)))
    for word, value in _compounds(tables):
        lexicon.setdefault(word, []).append(value)
    for word, number in spelled(tables["numbers"]):
        lexicon.setdefault(word, []).extend(_number_word(number))
    for word, number in ordinals(tables["numbers"]):
        lexicon.setdefault(word, []).append(("ORDINAL", str(number)))
        if number <= 31:
            lexicon[word].append(("ORDINALDAY", f"{number:02d}"))
        if COUNTED_UP_TO < number <= 31:
            lexicon[word].append(("HIGHORDINAL", f"{number:02d}"))
    return {word: tuple(dict.fromkeys(meanings)) for word, meanings in lexicon.items()}


def _number_word(number: int) -> Iterator[Meaning]:
    yield "NUM", str(number)
    yield "NUMBERWORD", str(number)
    if 1 <= number <= 31:
        yield "DAY", f"{number:02d}"
    if number <= 24:
        yield "HOUR", str(number)
    if 2 <= number <= 24:  # not `een`, which is mostly the article
        yield "HOURWORD", str(number)
    if 1000 <= number <= 2199:
        yield "YEARWORD", str(number)


def _compounds(tables: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    """Yield the compounds that the pack asks for: every first part with every second part."""
    for rule in tables["compounds"]:
        firsts, seconds = tables["words"][rule["first"]], tables["words"][rule["second"]]
        for first, left in firsts.items():
            for second, right in seconds.items():
                for link in rule.get("links", [""]):
                    value = rule["value"].replace("{first}", str(left)).replace("{second}", str(right))
                    yield first + link + second + rule.get("ending", ""), (rule["gives"], value)


def spelled(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the cardinal number words from 0 to 999, the round thousands, and years as they are said."""
    small = dict(_to_hundred(numbers))
    hundred, thousand, link = numbers["hundred"], numbers["thousand"], numbers["links"]
    below = {**small}
    for count in range(1, 10):
        head = [hundred] if count == 1 else [word + hundred for word in _words_for(numbers["units"], count)]
        for start in head:
            below[start] = count * 100
            below |= {start + mid + word: count * 100 + n for word, n in small.items() if n for mid in link}
    yield from below.items()
    for count in range(1, 13):
        for word in [""] if count == 1 else _words_for({**numbers["units"], **numbers["teens"]}, count):
            yield word + thousand, count * 1000
    two = next(_words_for(numbers["units"], 2)) + thousand
    yield from ((two + mid + word, 2000 + n) for word, n in small.items() if n for mid in link)
    for count in range(11, 20):  # `negentienhonderdtachtig`, `negentientachtig`
        for century in _words_for({**numbers["units"], **numbers["teens"]}, count):
            yield century + hundred, count * 100
            for middle in (hundred, ""):
                yield from (
                    (century + middle + word, count * 100 + n) for word, n in small.items() if n >= 10
                )


def _to_hundred(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    yield from numbers["units"].items()
    yield from numbers["teens"].items()
    for ten, value in numbers["tens"].items():
        yield ten, value
        for unit, count in numbers["units"].items():
            if 1 <= count <= 9:
                joint = numbers["joint_after_e"] if unit.endswith("e") else numbers["joint"]
                yield unit + joint + ten, value + count


def _words_for(table: Mapping[str, int], number: int) -> Iterator[str]:
    return (word for word, value in table.items() if value == number)


def ordinals(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the ordinal words from 1 to 99: `eerste`, `twintigste`, `eenentwintigste`."""
    special: Mapping[str, int] = numbers["ordinals"]
    yield from special.items()
    taken = set(special.values())
    for word, number in _to_hundred(numbers):
        if number >= 1 and number not in taken:
            yield word + (numbers["ending_low"] if number < 20 else numbers["ending_high"]), number
