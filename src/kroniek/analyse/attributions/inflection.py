"""Regular inflection of Dutch verbs, for forms that a tagger did not bring back to their infinitive.

Source of the rules: Algemene Nederlandse Spraakkunst, section 2.3.2 (weak verbs) and 2.3.3.
"""

from __future__ import annotations

VOWELS = frozenset("aeiou")
INSEPARABLE = ("be", "ge", "er", "her", "ont", "ver")
VOICELESS = frozenset("tkfsp") | {"ch", "x", "c"}


def regular_forms(infinitive: str) -> frozenset[str]:
    """Return the weak forms of an infinitive: `ontkennen` gives ontken, ontkent, ontkende, ontkenden, ontkend."""
    if not infinitive.endswith("n") or len(infinitive) < 5:
        return frozenset()
    base = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    stem = _stem(base)
    voiceless = base[-1] in VOICELESS or base.endswith("ch")
    dental = "t" if voiceless else "d"
    past = f"{stem}{dental}e"
    third = stem if stem.endswith("t") else f"{stem}t"
    participle = stem if stem.endswith(dental) else f"{stem}{dental}"
    if not infinitive.startswith(INSEPARABLE):
        participle = f"ge{participle}"
    return frozenset({infinitive, stem, third, past, f"{past}n", participle, f"{base}end", f"{base}ende"})


def _stem(base: str) -> str:
    """Return the stem from the infinitive without `en`: `kenn` -> ken, `bewer` -> beweer, `lov` -> loof."""
    if len(base) > 2 and base[-1] == base[-2]:
        return base[:-1]
    final = {"v": "f", "z": "s"}.get(base[-1], base[-1])
    long = len(base) > 2 and base[-2] in VOWELS and base[-3] not in VOWELS and base[-1] not in VOWELS
    if (long and not base.endswith(("el", "er", "em", "ig", "en"))) or base.endswith("wer"):
        return f"{base[:-2]}{base[-2]}{base[-2]}{final}"
    return f"{base[:-1]}{final}"


def noun_forms(noun: str) -> frozenset[str]:
    """Return a noun with its plurals: `belofte` gives beloften, beloftes; `advies` gives adviezen."""
    plurals = {f"{noun}s", f"{noun}'s", f"{noun}n" if noun.endswith("e") else f"{noun}en"}
    if noun[-1] not in VOWELS:
        plurals.add(f"{noun}{noun[-1]}en")
    if noun[-1] in "sf":
        plurals.add(f"{noun[:-1]}{'z' if noun[-1] == 's' else 'v'}en")
    return frozenset({noun, *plurals})
