"""Who speaks in a quotation, as far as `ik` and `we` need it: the nearest actor beside a verb of saying."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kroniek.analyse.antecedents import Antecedent
from kroniek.analyse.coreference_pack import CoreferencePack
from kroniek.model import Analysis

AFTER, BEFORE = 60, 120  # characters beside a quotation in which its speaker is looked for


class Speakers:
    """The speakers of a document's quotations; found once for each quotation."""

    def __init__(self, analysis: Analysis, antecedents: Sequence[Antecedent], pack: CoreferencePack) -> None:
        self._analysis = analysis
        self._antecedents = [item for item in antecedents if item.kind in ("PER", "ORG", "COUNTRY")]
        self._starts = [item.mention.span.start for item in self._antecedents]
        self._pack = pack
        self._found: dict[int, tuple[str, ...]] = {}

    def of_quotation(self, index: int) -> tuple[str, ...]:
        """Return the entities that speak in a quotation: () outside quotations and when unknown."""
        if index < 0:
            return ()
        if index not in self._found:
            self._found[index] = ()  # a quotation that asks for itself ends here
            self._found[index] = self._after(index) or self._before(index) or self._continued(index)
        return self._found[index]

    def _after(self, index: int) -> tuple[str, ...]:
        """`"...", zei Kerry`: the actor after the closing mark, with a cue between."""
        end = self._analysis.quotations[index].span.end
        text = self._analysis.text
        for item in self._between(end, end + AFTER):
            words = text[end : item.mention.span.start].lower().replace(",", " ").split()
            if self._is_cue(words) and "\n" not in text[end : item.mention.span.start]:
                return item.entities
        return ()

    def _before(self, index: int) -> tuple[str, ...]:
        """`Kerry zei: "..."`: the last actor before the opening mark in its sentence, with a cue after it."""
        start = self._analysis.quotations[index].span.start
        text = self._analysis.text
        for item in reversed(self._between(start - BEFORE, start)):
            gap = text[item.mention.span.end : start]
            if "\n" in gap or ". " in gap:
                return ()
            if self._is_cue(gap.lower().replace(":", " ").replace(",", " ").split()) and item.quotation < 0:
                return item.entities
        return ()

    def _continued(self, index: int) -> tuple[str, ...]:
        """A quotation with nobody beside it goes on with the speaker of the one before it."""
        if not index:
            return ()
        gap = self._analysis.quotations[index].span.start - self._analysis.quotations[index - 1].span.end
        return self.of_quotation(index - 1) if 0 <= gap < BEFORE and index < 500 else ()

    def _is_cue(self, words: Sequence[str]) -> bool:
        cues = self._pack.words["said"] | self._pack.words["cues_before"]
        return any(word.strip(".\"'’”") in cues for word in words)

    def _between(self, start: int, end: int) -> Sequence[Antecedent]:
        return self._antecedents[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
