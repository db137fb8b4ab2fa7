"""Who speaks in a quotation, as far as `ik` and `we` need it: the nearest referent beside a verb of saying."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kroniek.analyse.coreference_pack import CoreferencePack
from kroniek.analyse.referents import Referent
from kroniek.model import Analysis

AFTER, BEFORE = 60, 120  # characters beside a quotation in which its speaker is looked for
LONGEST = 500  # quotations that one speech may go on for
WORD = re.compile(r"\w")
VOICES = frozenset({"name", "the", "this", "own", "a", "he", "she", "ze", "they", "I", "we", "dem"})


class Speakers:
    """The speakers of a document's quotations; found once for each quotation."""

    def __init__(self, analysis: Analysis, referents: Sequence[Referent], pack: CoreferencePack) -> None:
        self._text = analysis.text
        self._quotations = analysis.quotations
        self._starts_of = [token.start for token in analysis.tokens]
        self._referents = [item for item in referents if item.form in VOICES and item.quotation < 0]
        self._starts = [self._starts_of[item.first] for item in self._referents]
        self._cues = pack.words["said"] | pack.words["cues_before"]
        self._beside: dict[int, int] = {}

    def of_quotation(self, index: int) -> int:
        """Return the head token of who speaks in a quotation: beside it, or going on; -1 when unknown."""
        for place in range(index, max(-1, index - LONGEST), -1):
            if (head := self.beside(place)) >= 0:
                return head
            if not place or not self._goes_on(place):
                return -1
        return -1

    def beside(self, index: int) -> int:
        """Return the head token of who is named as speaker beside a quotation, -1 when nobody is."""
        if not 0 <= index < len(self._quotations):
            return -1
        if index not in self._beside:
            self._beside[index] = next(
                (head for find in (self._after, self._before, self._broken) if (head := find(index)) >= 0), -1
            )
        return self._beside[index]

    def _broken(self, index: int) -> int:
        """`"Ja", zei Kerry, "dat klopt."`: who is named after the first part speaks in the second."""
        if not index:
            return -1
        gap = self._text[self._quotations[index - 1].span.end : self._quotations[index].span.start]
        goes_on = len(gap) < AFTER and "\n" not in gap and gap.rstrip().endswith((",", ":", ";"))
        return self._after(index - 1) if goes_on else -1

    def _after(self, index: int) -> int:
        """`"...", zei Kerry`: the referent after the closing mark, with a cue between."""
        end = self._quotations[index].span.end
        if index + 1 < len(self._quotations) and self._is_answered(index):
            return -1
        for item in self._between(end, end + AFTER):
            gap = self._text[end : self._starts_of[item.first]]
            if "\n" in gap.strip(" "):
                return -1
            if self._is_cue(gap):
                return item.head
        return -1

    def _before(self, index: int) -> int:
        """`Kerry zei: "..."`: the last referent before the opening mark in its sentence, with a cue after it."""
        start = self._quotations[index].span.start
        if index and self._is_answered(index - 1):
            return -1
        for item in reversed(self._between(start - BEFORE, start)):
            gap = self._text[item.span.end : start]
            if "\n" in gap or ". " in gap:
                return -1
            if self._is_cue(gap):
                return item.head
        return -1

    def _is_answered(self, index: int) -> bool:
        """Tell whether the next quotation follows without a word between: `"Ga je mee?" "Neen."`."""
        start, end = self._quotations[index].span.end, self._quotations[index + 1].span.start
        return start <= end and WORD.search(self._text, start, end) is None

    def _goes_on(self, index: int) -> bool:
        """Tell whether a quotation with nobody beside it stands right after the one before it."""
        return 0 <= self._quotations[index].span.start - self._quotations[index - 1].span.end < BEFORE

    def _is_cue(self, gap: str) -> bool:
        words = gap.lower().replace(":", " ").replace(",", " ").split()
        return any(word.strip(".\"'’”") in self._cues for word in words)

    def _between(self, start: int, end: int) -> Sequence[Referent]:
        return self._referents[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
