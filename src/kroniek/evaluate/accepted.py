"""Which canonical names count as the same: `US Department of State` is `United States Department of State`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AcceptedNames:
    """Groups of names for one thing; names are compared without case, accents, articles and dots.

    `labels` tells which names the knowledge base has as somebody's or something's own; by default all.
    """

    groups: dict[str, int] = field(default_factory=dict)
    labels: Callable[[str], bool] = field(default=lambda name: True, compare=False)

    def same(self, left: str | None, right: str | None) -> bool:
        """Tell whether two names mean the same thing; None is the same as nothing."""
        if not left or not right:
            return False
        first, second = fold(left), fold(right)
        return first == second or (first in self.groups and self.groups[first] == self.groups.get(second))

    def is_known(self, name: str) -> bool:
        """Tell whether the knowledge base has what a name means, under one of its names."""
        group = self.groups.get(fold(name), -1)
        return self.labels(name) or any(
            self.labels(other) for other, number in self.groups.items() if number == group
        )


def fold(name: str) -> str:
    """Return a name's comparison form: no accents, case, punctuation or leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "de", "het") else words)


def read_accepted(lines: Iterable[str], labels: Callable[[str], bool] = lambda name: True) -> AcceptedNames:
    """Return the table of a file with one group a line, names between tabs; `#` begins a comment line."""
    groups: dict[str, int] = {}
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            groups.update({fold(name): number for name in line.rstrip("\n").split("\t") if name.strip()})
    return AcceptedNames(groups, labels)
