"""Where a name ends inside its words: `Kremlin-woordvoerder`, `pro-Trump-tirade`, `Trumps`."""

from __future__ import annotations

import re

from kroniek.model import EntityType

_BEFORE = re.compile(r"(?:pro|anti|ex|oud|niet|non)-(?=[^\W\d_a-z])")
_AFTER = re.compile(r"(?<=\w)['’”»]?-[^\W\d_A-Z][^A-Z]*$")  # the rest of a compound, all in small letters
_GENITIVE = re.compile(r"['’]?s$")
GIVEN = 5  # characters of the second part of a given name, with its hyphen: `Moon Jae-in`, `Ban Ki-moon`
WHOLE = frozenset({EntityType.EVENT, EntityType.NORP})  # `G20-top`, `pro-Russische` as one


def edges(first: str, last: str, lemma: str, kind: EntityType) -> tuple[int, int]:
    """Return how many characters a name of type `kind` leaves out, at its start and at its end.

    `first` and `last` are its first and last word, `lemma` is the lemma of the last: a genitive s is
    cut when the lemma goes without it (`Trumps`, lemma `Trump`; not `Williams`).
    """
    if kind in WHOLE:
        return 0, 0
    before, after = _BEFORE.match(first), _AFTER.search(last)
    if after is not None and kind is EntityType.PER and first != last and len(after.group()) <= GIVEN:
        after = None
    if after is None and (genitive := _GENITIVE.search(last)) and lemma == last[: genitive.start()]:
        after = genitive
    return len(before.group()) if before else 0, len(after.group()) if after else 0
