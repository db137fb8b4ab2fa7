"""Dialogue written with dashes: `- Klaar? vroeg zij.` speaks up to the reporting verb.

Older prose and some interviews mark speech with a dash at the head of a paragraph. News uses the same
dash for lists, so a text counts as dialogue only when several such paragraphs name who speaks. Where each
line holds one sentence, a turn goes on over the lines that speak, by person and tense, until one that tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kroniek.language import Language
from kroniek.model import Quotation, Span

LEAST = 3  # paragraphs with a dash and a reporting verb that make a text a dialogue
FOLLOWING = 2  # paragraphs over which a turn may run to its verb
LONGEST_TURN = 30  # lines of one sentence
FEW_WORDS = 9  # a line without a verb in the past that is no longer goes with the speech before it
SENTENCES_FROM = 30  # lines from which a text can be told to hold one sentence in each
INNER_END = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")  # a sentence that ends inside a line
DASH = re.compile(r"\s*[-–—]\s+(?=[\w(.'’])")
WORD = re.compile(r"[^\W\d_]+")
RESUMED = re.compile(r";\s+(?=\w)")  # `sprak Betsy; prachtig!`
ASIDE = re.compile(r"(?<=[!?])\s+(?=[a-zà-þ])")  # speech does not go on in lower case after these


@dataclass(frozen=True, slots=True)
class Reports:
    """The pack's words of dialogue: reporting verbs after the end of speech, who speaks, what tells."""

    verbs: re.Pattern[str]
    addressing: frozenset[str]
    speaking: frozenset[str]
    telling: re.Pattern[str]


class Manner(Enum):
    """How a line sounds: it speaks by person or mark, tells in the past, or is neither, short or long."""

    SPEAKS = 1
    TELLS = 2
    SHORT = 3
    LONG = 4


def verbs_of(language: Language) -> Reports:
    """Compile the pack's words of dialogue."""
    table = language.table("quotes")
    verbs = "|".join(sorted(map(re.escape, table["dialogue_verbs"])))
    endings = "|".join(map(re.escape, table["past_endings"]))
    past = "|".join(sorted(map(re.escape, table["past_verbs"])))
    spoken = "|".join(map(re.escape, table["addressed"]))
    known = rf"(?<=[!?,.…])(?P<gap>\s+)(?:{verbs})\b(?!\s+(?:{spoken})\b)"
    return Reports(
        re.compile(rf"{known}|(?<=[!?])(?P<wide>\s+)(?=[a-zà-þ]+(?:{endings})\b)"),
        frozenset(table["addressing"]),
        frozenset(table["speaking"]),
        re.compile(rf"\b(?:(?!ge)[^\W\d_]{{2,}}(?:{endings})|{past})\b", re.IGNORECASE),
    )


def find_turns(text: str, paragraphs: Sequence[Span], reports: Reports) -> list[Quotation]:
    """Return the turns of a dialogue with dashes, the dash included; none for a text that is no dialogue."""
    dashed = [
        place
        for place, paragraph in enumerate(paragraphs)
        if DASH.match(text, paragraph.start, paragraph.end)
    ]
    turn = _long_turn if has_a_sentence_a_line(text, paragraphs) else _turn
    found = [turn(text, paragraphs, place, reports) for place in dashed]
    named = sum(closed for _, closed in found)
    return [Quotation(span) for spans, _ in found for span in spans] if named >= LEAST else []


def has_a_sentence_a_line(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether a text is laid out with one sentence in each line, so that a line is no paragraph."""
    fuller = sum(
        INNER_END.search(text, paragraph.start, paragraph.end) is not None for paragraph in paragraphs
    )
    return len(paragraphs) >= SENTENCES_FROM and 10 * fuller < len(paragraphs)


def _turn(text: str, paragraphs: Sequence[Span], place: int, reports: Reports) -> tuple[list[Span], bool]:
    """Return a turn's span and whether a reporting verb ends it."""
    opening = paragraphs[place]
    start = _first(text, opening)
    for later in paragraphs[place : place + 1 + FOLLOWING]:
        if later is not opening and DASH.match(text, later.start, later.end):
            break
        begin = start + 2 if later is opening else later.start
        verb = reports.verbs.search(text, begin, later.end)
        if verb is not None:
            return [Span(start, verb.start())], True
    return [Span(start, _last(text, opening))], False


def _long_turn(
    text: str, paragraphs: Sequence[Span], place: int, reports: Reports
) -> tuple[list[Span], bool]:
    """Return the stretches of speech of a turn over lines of one sentence, and whether a reporting verb is in it."""
    spans: list[Span] = []
    start: int | None = _first(text, paragraphs[place])
    named = False
    for number, line in enumerate(paragraphs[place : place + LONGEST_TURN]):
        if number and not _goes_on(text, paragraphs[place + number : place + number + 2], reports):
            break
        start = _first(text, line) if start is None else start
        verb = reports.verbs.search(text, line.start + 2, line.end)
        if verb is None:
            aside = _aside(text, line, reports)
            spans = [
                *(span for span in spans if span.start != start),
                Span(start, aside or _last(text, line)),
            ]
            if aside:
                break
            continue
        named = True
        spans = [span for span in spans if span.start != start]
        spans.append(Span(start, verb.start()))
        resumed, start = _resumed(text, verb.end(), line, reports)
        spans.extend(resumed)
    return spans, named


def _resumed(text: str, after: int, line: Span, reports: Reports) -> tuple[list[Span], int | None]:
    """Return the speech behind a reporting clause in its sentence, and where it starts if the line ends in it."""
    semicolon = RESUMED.search(text, after, line.end)
    if semicolon is None:
        return [], None
    start = semicolon.end()
    aside = ASIDE.search(text, start, line.end)
    said = Span(start, aside.start() if aside else _last(text, line))
    words = said.of(text)
    spoken = (reports.speaking | reports.addressing).intersection(WORD.findall(words.lower()))
    if reports.telling.search(words) and not spoken:
        return [], None
    return [said], None if aside else start


def _aside(text: str, line: Span, reports: Reports) -> int | None:
    """Return where a line turns from speech to narration without a verb of saying: `Rust! en hij ging weg`."""
    aside = ASIDE.search(text, line.start, line.end)
    if aside is None or reports.telling.search(text, aside.end(), line.end) is None:
        return None
    return aside.start()


def _goes_on(text: str, lines: Sequence[Span], reports: Reports) -> bool:
    """Tell whether the first of some lines goes on with the speech before it: it speaks, or the next one does."""
    manner = _manner_of(text, lines[0], reports)
    if manner is not Manner.LONG:
        return manner is not Manner.TELLS
    return len(lines) > 1 and _manner_of(text, lines[1], reports) is Manner.SPEAKS


def _manner_of(text: str, line: Span, reports: Reports) -> Manner:
    if DASH.match(text, line.start, line.end):
        return Manner.TELLS
    verb = reports.verbs.search(text, line.start, line.end)
    words = text[line.start : verb.start() if verb else line.end]
    found = WORD.findall(words)
    if not any(word.islower() for word in found) and (len(found) > 1 or words.strip(" .").isupper()):
        return Manner.TELLS  # a heading: `Hoofdstuk III.`
    folded = {word.lower() for word in found}
    if words.rstrip()[-1:] in ("!", "?") or folded & reports.addressing:
        return Manner.SPEAKS
    if reports.telling.search(words):
        return Manner.TELLS  # `Ik vertelde dat we met ons dertienen waren` too
    if folded & reports.speaking:
        return Manner.SPEAKS
    return Manner.SHORT if len(found) <= FEW_WORDS else Manner.LONG


def _first(text: str, paragraph: Span) -> int:
    words = paragraph.of(text)
    return paragraph.start + len(words) - len(words.lstrip())


def _last(text: str, paragraph: Span) -> int:
    return paragraph.start + len(paragraph.of(text).rstrip())
