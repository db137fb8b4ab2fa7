"""Regular inflection of Dutch verbs, for forms that a tagger did not bring back to their infinitive.

Source of the rules: Algemene Nederlandse Spraakkunst, section 2.3.2 (weak verbs) and 2.3.3.
"""

from __future__ import annotations

VOWELS = frozenset("aeiou")
INSEPARABLE = ("be", "ge", "er", "her", "ont", "ver")
VOICELESS = frozenset("tkfsp") | {"ch", "x", "c"}


def regular_forms(infinitive: str) -> frozenset[str]:
    """Return the weak forms of an infinitive: `ontkennen` gives ontken, ontkent, ontkende, ontkenden, ontkend.

    Where spelling does not tell a long vowel from a short one (`reageren`, `fluisteren`), both are given.
    """
    if not infinitive.endswith("n") or len(infinitive) < 5:
        return frozenset()
    base = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    dental = "t" if base[-1] in VOICELESS or base.endswith("ch") else "d"
    found = {infinitive, f"{base}end", f"{base}ende"}
    for stem in _stems(base):
        participle = stem if stem.endswith(dental) else f"{stem}{dental}"
        if not infinitive.startswith(INSEPARABLE):
            participle = f"ge{participle}"
        third = stem if stem.endswith("t") else f"{stem}t"
        found |= {stem, third, f"{stem}{dental}e", f"{stem}{dental}en", participle}
    return frozenset(found)


def _stems(base: str) -> set[str]:
    """Return the stems that the infinitive without `en` can have: `kenn` -> ken, `bewer` -> beweer, bewer."""
    if len(base) > 2 and base[-1] == base[-2]:
        return {base[:-1]}
    final = {"v": "f", "z": "s"}.get(base[-1], base[-1])
    short = f"{base[:-1]}{final}"
    if len(base) > 2 and base[-2] in VOWELS and base[-3] not in VOWELS and base[-1] not in VOWELS:
        return {short, f"{base[:-2]}{base[-2]}{base[-2]}{final}"}
    return {short}


def noun_forms(noun: str) -> frozenset[str]:
    """Return a noun with its plurals: `belofte` gives beloften, beloftes; `advies` gives adviezen."""
    plurals = {f"{noun}s", f"{noun}'s", f"{noun}n" if noun.endswith("e") else f"{noun}en"}
    if noun[-1] not in VOWELS:
        plurals.add(f"{noun}{noun[-1]}en")
    if noun[-1] in "sf":
        plurals.add(f"{noun[:-1]}{'z' if noun[-1] == 's' else 'v'}en")
    return frozenset({noun, *plurals})
