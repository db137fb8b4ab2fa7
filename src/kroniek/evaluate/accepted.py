"""Which canonical names count as the same: `US Department of State` is `United States Department of State`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AcceptedNames:
    """Groups of names for one thing; names are compared without case, accents, articles and dots."""

    groups: dict[str, int] = field(default_factory=dict)

    def same(self, left: str | None, right: str | None) -> bool:
        """Tell whether two names mean the same thing; None is the same as nothing."""
        if not left or not right:
            return False
        first, second = fold(left), fold(right)
        return first == second or (first in self.groups and self.groups[first] == self.groups.get(second))


def fold(name: str) -> str:
    """Return a name's comparison form: no accents, case, punctuation or leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "de", "het") else words)


def read_accepted(lines: Iterable[str]) -> AcceptedNames:
    """Return the table of a file with one group a line, names between tabs; `#` begins a comment line."""
    groups: dict[str, int] = {}
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            groups.update({fold(name): number for name in line.rstrip("\n").split("\t") if name.strip()})
    return AcceptedNames(groups)
