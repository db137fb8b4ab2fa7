"""What the step `times` needs of a language pack: its rules, its words and the cues of past and future."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kroniek.analyse.times.direction import Cues, read_cues
from kroniek.analyse.times.grammar import Grammar, read_rules
from kroniek.analyse.times.words import build_words
from kroniek.language import Language


@dataclass(frozen=True, slots=True)
class TimesPack:
    """What the step needs of a language pack, compiled once."""

    grammar: Grammar
    cues: Cues
    modifiers: Mapping[str, str]

    @property
    def parts(self) -> frozenset[str]:
        """Return the words that name a part of the time behind them: `begin`, `einde`."""
        return frozenset(word for word, kind in self.modifiers.items() if kind in ("START", "MID", "END"))


def build_pack(language: Language) -> TimesPack:
    """Compile a pack's `times.toml`. Raises PackError when it is broken."""
    tables = language.table("times")
    grammar = Grammar(read_rules(tables), build_words(tables))
    return TimesPack(grammar, read_cues(tables), tables.get("modifiers", {}))
