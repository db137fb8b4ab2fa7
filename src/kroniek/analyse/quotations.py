"""Quotations: a state machine over all quotation marks of Dutch news, told apart from apostrophes.

Each mark is read as opening, closing or apostrophe from the characters beside it, and from its own
direction only where these leave a choice: papers print `‘zo‘`, `„zo“` and `,,zo''` alike. A quotation
may run over paragraphs, with or without a mark repeated at the head of each. One that is never closed
ends with its paragraph and leaves a `Gap`. The work is linear in the number of marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from kroniek.analyse.dialogue import find_turns, has_a_sentence_a_line, verbs_of
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.language import Language
from kroniek.model import Analysis, Gap, Quotation, Span

MARK = re.compile(r"[\"“”„‟«»‘’‚‛'`´]|,,(?=[^\s,])")
PAIR = re.compile(r"''|``|’’|‘‘|´´")
DOUBLE = frozenset('"“”„‟«»')
ONLY_OPENING = frozenset(["„", "‚", "``", ",,", "‟", "‛", "‘‘"])
LEANING = {"“": True, "‘": True, "«": True, "`": True, "”": False, "’": False, "»": False, "´": False, "''": False, "’’": False}  # fmt: skip
OPENERS = frozenset("([{-–—/")
CLAUSE_ENDS = (",", ".", ";", "!", "?", "…", "-", "–", "—")
CLOSERS = frozenset(".,;:!?)]}…-–—/")
NO_TERM = ("", "(", "[", ",", ".", ";", ":", "!", "?", "-", "–", "—")  # what no term begins with
TERM_ENDS = re.compile(r"[.!?;:]\s|[,.;!?…–—-]\Z")
WORD = re.compile(r"\w+")
NEAR = 20  # characters between a verb of saying and a quotation without a colon
CLAUSE_LENGTH = 60  # characters: how far before a colon the verb of saying stands
TERM_LENGTH = 40  # characters: a term inside speech is no longer
MAX_SILENT = 4  # paragraphs: how far a quotation goes on before a mark at a paragraph's head says so
MAX_PARAGRAPHS = 30  # a quotation left open for longer than this was never meant to go on


class Role(Enum):
    """What a mark does."""

    OPEN = 1
    CLOSE = 2
    EITHER = 3
    APOSTROPHE = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, whether it is a double one, and what it does there."""

    start: int
    end: int
    double: bool
    role: Role
    paragraph: int
    leads: bool  # it is the first thing in its paragraph
    speaks: bool  # a sentence or a colon's speech begins after it


@dataclass(frozen=True, slots=True)
class Habits:
    """The pack's words about marks."""

    clitic: re.Pattern[str]
    sibilants: frozenset[str]
    term_words: int
    phrase_words: int
    said_before: re.Pattern[str]
    said_near: re.Pattern[str]
    said_after: re.Pattern[str]


def habits_of(language: Language) -> Habits:
    """Compile the pack's table `quotes`."""
    table = language.table("quotes")
    clitics = "|".join(sorted(map(re.escape, table["clitics"]), key=len, reverse=True))
    clitic = re.compile(rf"(?:(?:{clitics})(?![^\W_])|\d\d(?:er|ers)?(?!\w))")
    verbs = "|".join(sorted(map(re.escape, table["dialogue_verbs"])))
    return Habits(
        clitic,
        frozenset(table["sibilants"]),
        table["term_words"],
        table["phrase_words"],
        re.compile(rf"\b(?:{verbs})\b[^.!?\n]{{0,{CLAUSE_LENGTH}}}:\s*\Z"),
        re.compile(rf"\b(?:{verbs})\b[^.,;:!?\n]{{0,{NEAR}}}\Z"),
        re.compile(rf"\s*,?\s*(?:{verbs})\b"),
    )


def find_quotations(text: str, paragraphs: list[Span], habits: Habits) -> tuple[list[Quotation], list[Gap]]:
    """Return a text's quotations in order of their first character (nested ones too), and what stayed open.

    `paragraphs` are disjoint and in order; marks outside them are not read.
    """
    by_sentence = has_a_sentence_a_line(text, paragraphs)
    machine = _Machine(text, paragraphs, habits, MAX_PARAGRAPHS if by_sentence else MAX_SILENT)
    for number, paragraph in enumerate(paragraphs):
        machine.read(number, list(_marks(text, paragraph, number, habits)))
    machine.finish()
    return sorted(machine.found, key=lambda item: (item.span.start, -item.span.end)), machine.gaps


@dataclass
class _Machine:
    """The open quotations while paragraphs go by: a stack for this one, one pending of each kind before it."""

    text: str
    paragraphs: list[Span]
    habits: Habits
    silent: int
    found: list[Quotation] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    pending: dict[bool, Mark] = field(default_factory=dict)

    def read(self, number: int, marks: list[Mark]) -> None:
        stack: list[Mark] = []
        depth = {True: 0, False: 0}
        closed_later = _closed_later(marks)
        for position, mark in enumerate(marks):
            role = self._role(mark, position, marks, depth)
            if role is Role.CLOSE and self._is_mismatch(mark, stack, depth, closed_later[position]):
                mark = replace(mark, double=not mark.double)
            if role is Role.OPEN:
                if mark.leads and mark.double in self.pending and not self._leads_term(mark, position, marks):
                    self._continue(self.pending.pop(mark.double), number)
                stack.append(mark)
                depth[mark.double] += 1
            elif role is Role.CLOSE:
                self._close(mark, stack, depth)
        self._carry(number, stack)

    def _role(self, mark: Mark, position: int, marks: list[Mark], depth: dict[bool, int]) -> Role:
        if mark.role is Role.EITHER:
            if self._follows_colon(mark):
                return Role.OPEN
            is_open = depth[mark.double] > 0 or (mark.double in self.pending and not mark.leads)
            return Role.CLOSE if is_open and not self._is_nested(mark, position, marks, depth) else Role.OPEN
        if mark.role is Role.CLOSE and not mark.double and self._is_possessive(mark):
            after = marks[position + 1] if position + 1 < len(marks) else None
            closes_later = after is not None and not after.double and after.role is Role.CLOSE
            if depth[False] == 0 or closes_later:
                return Role.APOSTROPHE
        return mark.role

    def _follows_colon(self, mark: Mark) -> bool:
        return self.text[max(0, mark.start - 2) : mark.start].rstrip().endswith(":")

    def _is_mismatch(self, mark: Mark, stack: list[Mark], depth: dict[bool, int], closed: bool) -> bool:
        """Tell whether a mark closes one of the other kind: `“Dat is een leugen’, zei zij.`"""
        other_open = bool(stack) and stack[-1].double != mark.double and not depth[mark.double]
        return other_open and mark.double not in self.pending and not closed and self._closes_clause(mark)

    def _closes_clause(self, mark: Mark) -> bool:
        after = self.text[mark.end : mark.end + 1]
        return not after.strip() or after in CLAUSE_ENDS

    def _is_nested(self, mark: Mark, position: int, marks: list[Mark], depth: dict[bool, int]) -> bool:
        """Tell whether a mark opens a term inside speech: `" tegen al wat " stilstand " heet , "`.

        Speech ends after a punctuation mark; a term in it neither begins nor ends so. What was opened a
        term's length before is itself a term, and closes: `" Polen " , sprak hij , over " arbeid "`.
        """
        after = marks[position + 1] if position + 1 < len(marks) else None
        if (
            depth[mark.double] + (mark.double in self.pending) > 1
            or after is None
            or after.double != mark.double
        ):
            return False
        if self.habits.said_after.match(self.text, mark.end):
            return False  # `"Duivel" zei hij, "laat mij."`
        before = marks[position - 1] if position else None
        if before is not None and depth[mark.double] and self._is_term(before, mark) and not before.speaks:
            return False
        if mark.leads or self._ends_clause(mark):
            return False
        return self._is_term(mark, after)

    def _leads_term(self, mark: Mark, position: int, marks: list[Mark]) -> bool:
        """Tell whether a paragraph inside a quotation begins with a term: `"Onthullen" is een wetenschap.`"""
        same = [other for other in marks[position + 1 :] if other.double == mark.double]
        if not same or (self.silent == MAX_SILENT and len(same) % 2 == 1):
            return False
        if self.habits.said_after.match(self.text, same[0].end):
            return False
        return self._is_term(mark, same[0]) and _runs_on(self.text, same[0].end)

    def _is_term(self, opening: Mark, closing: Mark) -> bool:
        """Tell whether what stands between two marks can be a term: short, and no end of a clause in or behind it."""
        inside = self.text[opening.end : closing.start].strip()
        if (
            self.silent > MAX_SILENT
        ):  # where tokens stand apart, speech closes behind a mark of punctuation only
            inside = inside.rstrip(",.!?… ")
        return len(inside) < TERM_LENGTH and inside[:1] not in NO_TERM and not TERM_ENDS.search(inside)

    def _ends_clause(self, mark: Mark) -> bool:
        return self.text[max(0, mark.start - 2) : mark.start].rstrip().endswith(CLAUSE_ENDS)

    def _is_possessive(self, mark: Mark) -> bool:
        """Tell whether the mark may be that of `Hans' boek`: after a sibilant, before a lower-case word."""
        before, after = self.text[mark.start - 1 : mark.start], self.text[mark.end : mark.end + 2]
        return before.lower() in self.habits.sibilants and after[:1] == " " and after[1:2].islower()

    def _close(self, mark: Mark, stack: list[Mark], depth: dict[bool, int]) -> None:
        if depth[mark.double]:
            while (opened := stack.pop()).double != mark.double:
                depth[opened.double] -= 1
            depth[mark.double] -= 1
            self._add(opened, mark.end, closed=True)
        elif mark.double in self.pending:
            self._add(self.pending.pop(mark.double), mark.end, closed=True)

    def _carry(self, number: int, stack: list[Mark]) -> None:
        """Keep the first mark of each kind that stayed open; what was pending too long has ended."""
        for double, mark in list(self.pending.items()):
            if number - mark.paragraph >= MAX_PARAGRAPHS:
                self._end(self.pending.pop(double), closed=False)
        for mark in stack:
            before = self.pending.get(mark.double)
            if before is not None and before.paragraph == number:
                continue
            if not mark.double and not mark.speaks:
                continue  # most probably an apostrophe
            if before is not None:
                self._end(before, closed=False)
            self.pending[mark.double] = mark

    def _continue(self, mark: Mark, number: int) -> None:
        """End a quotation before paragraph `number`, which begins with a mark again."""
        last = number - 1 if number - mark.paragraph <= self.silent else mark.paragraph
        self._end(mark, closed=True, paragraph=last)

    def _end(self, mark: Mark, *, closed: bool, paragraph: int | None = None) -> None:
        """End a quotation with a paragraph, the one that it began in when none is given."""
        last = self.paragraphs[mark.paragraph if paragraph is None else paragraph]
        words = Span(mark.start, last.end).of(self.text)
        end = mark.start + len(words.rstrip())
        self._add(mark, end, closed=closed)
        if not closed:
            self.gaps.append(
                Gap("quotations", "a quotation mark is opened and never closed", Span(mark.start, end))
            )

    def _add(self, opened: Mark, end: int, *, closed: bool) -> None:
        span = Span(opened.start, end)
        self.found.append(Quotation(span, closed, _is_speech(self.text, opened, end, self.habits)))

    def finish(self) -> None:
        for mark in self.pending.values():
            self._end(mark, closed=False)
        self.pending.clear()


def _closed_later(marks: list[Mark]) -> list[bool]:
    """Return for each mark whether the next one of the other kind closes."""
    following = {True: False, False: False}
    found = []
    for mark in reversed(marks):
        found.append(following[not mark.double])
        following[mark.double] = mark.role in (Role.CLOSE, Role.EITHER)
    return found[::-1]


def _is_speech(text: str, opened: Mark, end: int, habits: Habits) -> bool:
    """Tell speech from terms and titles: `de ‘vrije wereld’` and `het boek 'Eline Vere'` are not speech."""
    inside = text[opened.end : end].strip("\"“”„‟«»‘’‚‛'`´ ")
    words = len(inside.split(None, habits.term_words + 1))
    if inside and opened.speaks and _is_reported(text, opened.start, end, habits):
        return True  # `"God" zei de duivel`, `hij zei: "opscheppers" tegen wie het hoorde`
    if not opened.speaks and _is_phrase(text, opened.start, inside, habits):
        return False
    if words <= habits.term_words and _runs_on(text, end) and not inside.endswith((",", ".", "!", "?")):
        return False  # `‘Hans’ komt van ...`
    if opened.speaks or inside.endswith((".", "!", "?", "…")):
        return bool(inside)
    return words > habits.term_words


def _is_phrase(text: str, start: int, inside: str, habits: Habits) -> bool:
    """Tell whether a few words in lower case belong to the sentence around them: `versjes over "wetende ogen."`"""
    before = text[max(0, start - CLAUSE_LENGTH) : start].rstrip()
    if not (inside[:1].islower() and before[-1:].isalnum()) or habits.said_near.search(before):
        return False
    return len(WORD.findall(inside)) <= habits.phrase_words


def _is_reported(text: str, start: int, end: int, habits: Habits) -> bool:
    """Tell whether a reporting verb stands right behind a quotation, or before it with a colon."""
    if habits.said_after.match(text, end):
        return True
    return habits.said_before.search(text, max(0, start - CLAUSE_LENGTH), start) is not None


def _runs_on(text: str, end: int) -> bool:
    """Tell whether the sentence goes on after a quotation as if it were a word of it."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].islower()


def _marks(text: str, paragraph: Span, number: int, habits: Habits) -> Iterator[Mark]:
    pairs_from = _pairs_from(text, paragraph)
    position = paragraph.start
    while match := MARK.search(text, position, paragraph.end):
        pair = PAIR.match(text, match.start(), paragraph.end)
        kept = pair if pair is not None and match.start() in pairs_from[pair.group()] else match
        mark = _read_mark(text, kept, paragraph, number, habits)
        position = kept.end()
        if mark.role is not Role.APOSTROPHE:
            yield mark


def _pairs_from(text: str, paragraph: Span) -> dict[str, range]:
    """Return where in a paragraph two single marks are one double mark: `het ‘jij’’, zei hij` has two.

    They are one after `,,` or an opening pair, and as long as no single mark of the kind has come.
    """

    def first(words: str) -> int:
        found = text.find(words, paragraph.start, paragraph.end)
        return paragraph.end if found < 0 else found

    whole = range(paragraph.start, paragraph.end)
    low = range(min(first(",,"), first("``")), paragraph.end)
    straight = whole if first("'") == first("''") < paragraph.end else low
    curly = whole if first("‘") == paragraph.end or first("‘‘") == first("‘") else range(0)
    return {"``": whole, "‘‘": whole, "´´": whole, "''": straight, "’’": curly}


def _read_mark(text: str, match: re.Match[str], paragraph: Span, number: int, habits: Habits) -> Mark:
    start, end = match.span()
    before = text[start - 1] if start > paragraph.start else ""
    after = text[end] if end < paragraph.end else ""
    words = match.group()
    double = words in DOUBLE or len(words) > 1
    role = _role_of(words, before, after, double=double)
    if not double and role in (Role.OPEN, Role.EITHER) and habits.clitic.match(text, end):
        role = Role.APOSTROPHE
    leads = not text[paragraph.start : start].strip(" -–—•") if start - paragraph.start < 4 else False
    lead = text[max(paragraph.start, start - 3) : start].rstrip()
    begins = text[end : end + 2].lstrip()[:1]
    speaks = leads or lead.endswith(":") or (lead.endswith((".", "!", "?")) and begins.isupper())
    return Mark(start, end, double, role, number, leads, speaks)


def _role_of(words: str, before: str, after: str, *, double: bool) -> Role:
    """Read a mark's role from its neighbours, "" at a paragraph's edge, and from its own direction."""
    if words in ONLY_OPENING and after.strip():
        return Role.OPEN
    left_edge = not before.strip() or before in OPENERS
    right_edge = not after.strip() or after in CLOSERS
    if left_edge != right_edge and not (before in CLOSERS and after in CLOSERS):
        return Role.OPEN if left_edge else Role.CLOSE
    if not double and before.isalnum() and after.isalnum():
        return Role.APOSTROPHE
    if words in LEANING:
        return Role.OPEN if LEANING[words] else Role.CLOSE
    if _is_mark(before) != _is_mark(after):  # `"'Nee', zei ze"`: a mark beside a mark does as that one does
        return Role.EITHER
    return Role.OPEN if before == ":" else Role.EITHER


def _is_mark(character: str) -> bool:
    return bool(character) and MARK.match(character) is not None


def quotations(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `quotations` of a document, and a `Gap` for each that stayed open."""
    paragraphs = [part for zone in analysis.zones for part in _lines(analysis.text, zone.span)]
    found, gaps = find_quotations(analysis.text, paragraphs, resources.language.compiled(habits_of))
    turns = find_turns(analysis.text, paragraphs, resources.language.compiled(verbs_of))
    if 2 * len(turns) > len(found):  # else the dashes are those of lists and asides
        found = sorted([*found, *turns], key=lambda item: (item.span.start, -item.span.end))
    return {"quotations": tuple(found), "gaps": tuple(gaps)}


def _lines(text: str, span: Span) -> Iterator[Span]:
    for match in re.compile(r"[^\n]+").finditer(text, span.start, span.end):
        if match.group().strip():
            yield Span(*match.span())


QUOTATIONS = Step("quotations", needs=("zones",), gives=("quotations",), run=per_document(quotations))
