"""Which canonical names count as the same: `US Department of State` is `United States Department of State`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Labelled = Callable[[str], frozenset[str]]


def _itself(name: str) -> frozenset[str]:
    return frozenset({fold(name)})


@dataclass(frozen=True, slots=True)
class AcceptedNames:
    """Groups of names for one thing; names are compared without case, accents, articles and dots.

    `labelled` gives the keys of what the knowledge base has under a name. Without it each name counts
    as that of one known thing.
    """

    groups: dict[str, int] = field(default_factory=dict)
    labelled: Labelled = field(default=_itself, compare=False)

    def same(self, left: str | None, right: str | None) -> bool:
        """Tell whether two names mean the same thing; None is the same as nothing."""
        if not left or not right:
            return False
        first, second = fold(left), fold(right)
        return first == second or (first in self.groups and self.groups[first] == self.groups.get(second))

    def keys_of(self, name: str) -> frozenset[str]:
        """Return the keys of what a name, or another of its group, means in the knowledge base."""
        group = self.groups.get(fold(name), -1)
        others = (other for other, number in self.groups.items() if number == group)
        return self.labelled(name).union(*map(self.labelled, others))


def fold(name: str) -> str:
    """Return a name's comparison form: no accents, case, punctuation or leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "de", "het") else words)


def read_accepted(lines: Iterable[str], labelled: Labelled = _itself) -> AcceptedNames:
    """Return the table of a file with one group a line, names between tabs; `#` begins a comment line."""
    groups: dict[str, int] = {}
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            groups.update({fold(name): number for name in line.rstrip("\n").split("\t") if name.strip()})
    return AcceptedNames(groups, labelled)
