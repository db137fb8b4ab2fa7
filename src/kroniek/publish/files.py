"""Names of files in a folder of many: safe on every system, and no two the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from kroniek.publish.annotation import safe_file_name


@dataclass(slots=True)
class Names:
    """The names given out so far, folded: some file systems do not tell `A` from `a`."""

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def free(self, wanted: str) -> str:
        """Return a safe name that was not given out before: the second of a name gets a number."""
        first = name = safe_file_name(wanted)
        while name.casefold() in self.taken:
            number = self.numbers[first.casefold()] = self.numbers.get(first.casefold(), 1) + 1
            name = f"{first}-{number}"
        self.taken.add(name.casefold())
        return name
