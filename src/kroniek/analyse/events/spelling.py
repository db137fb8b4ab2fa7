"""Which verb or noun of the pack a word form belongs to, when the lemmatizer's answer is not in the pack.

A lemmatizer that meets a rare word errs on doubled letters, accents and strong verbs. The pack's own
vocabulary is small, so that a form can be led back to it safely: by a key without doubled letters, by
a table of strong forms, and by the regular endings of weak verbs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

# Regular Dutch conjugation: `bombardeerde(n)`, `gearresteerd`, `aangeklaagd`, `verwoestte`, `klaagt`.
PARTICIPLE = re.compile(r"(?P<prefix>[a-z]{2,7}?)?? ge (?P<stem>[a-z]{2,}?) (?:d|t|de|te) \Z", re.VERBOSE)
FINITE = re.compile(r"(?P<prefix>) (?P<stem>[a-z]{3,}?) (?:den|ten|de|te|d|t|en|) \Z", re.VERBOSE)
LONG = re.compile(r"([aeou])\1([b-df-hj-np-tv-z])en\Z")  # `kaapen`: nobody writes so, lemmatizers do
UNVOICED = str.maketrans({"v": "f", "z": "s"})
MIN_LOOSE = 8  # letters of a word whose linking s may be lost: `rechtzaak`
MIN_STRONG = 4  # letters of a strong form that may carry a prefix: `aangevallen`


@dataclass(frozen=True)
class Spelling:
    """The pack's vocabulary and the ways that lead to it. `known` remembers what was asked."""

    vocabulary: frozenset[str]
    keys: Mapping[str, str] = field(repr=False)  # spelling key -> word
    stems: Mapping[str, str] = field(repr=False)  # key of a weak verb's stem -> verb
    strong: Mapping[str, str] = field(repr=False)  # strong form -> verb
    loose: Mapping[str, str] = field(repr=False)  # key of a long noun without any s -> word: `rechtzaak`
    known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    def word(self, lemma: str) -> str:
        """Return the vocabulary's spelling of a lemma, the lemma itself when it has none."""
        if lemma in self.vocabulary:
            return lemma
        if (open_syllable := LONG.sub(r"\1\2en", lemma)) in self.vocabulary:
            return open_syllable  # of `kapen` and `kappen`, `kaapen` is the former
        key = spelling_key(lemma)
        found = self.keys.get(key)
        if found is None and len(key) >= MIN_LOOSE and not lemma.endswith("en"):
            found = self.loose.get(key.replace("s", ""))
        return lemma if found is None else found

    def verb(self, lemma: str, form: str, particle: str = "") -> str:
        """Return the vocabulary's verb for a lemma and the form that stands in the text, else the lemma.

        `particle` is the separated part (`blies ... af`); `lemma` holds it already.
        """
        asked = (lemma, f"{particle} {form}")
        if asked not in self.known:
            self.known[asked] = self._verb(lemma, form.lower(), particle)
        return self.known[asked]

    def _verb(self, lemma: str, form: str, particle: str) -> str:
        found = self.word(lemma)
        if found in self.vocabulary and form not in self.strong:
            return found
        guess = self._strong_verb(form, particle) or (
            "" if found in self.vocabulary else self._weak_verb(form, particle)
        )
        return guess if guess in self.vocabulary else found

    def _strong_verb(self, form: str, particle: str) -> str:
        if form in self.strong:
            return particle + self.strong[form]
        for start in range(2, len(form) - MIN_STRONG + 1):
            if form[start:] in self.strong:
                return form[:start] + self.strong[form[start:]]
        return ""

    def _weak_verb(self, form: str, particle: str) -> str:
        short = form[:40]
        matches = (
            pattern.match(text)
            for text in (short, short.removesuffix("en"))
            for pattern in (PARTICIPLE, FINITE)
        )
        for match in filter(None, matches):
            whole = particle + (match["prefix"] or "") + match["stem"]
            # A stem that ends in t or d takes no second one: `schort op`, `ingestort`.
            for ending in ("", "t", "d"):
                found = self.stems.get(stem_key(whole + ending))
                if found:
                    return found
        return ""


def spelling_of(words: Iterable[str], strong: Mapping[str, str]) -> Spelling:
    """Return the spelling aid for a vocabulary; `strong` gives each strong verb's forms, blank-separated."""
    vocabulary = frozenset(words)
    stems: dict[str, set[str]] = {}
    keyed = [(word, spelling_key(word)) for word in sorted(vocabulary)]
    for word in vocabulary:
        if word.endswith("en") and len(word) > 4:
            stems.setdefault(stem_key(word.removesuffix("en")), set()).add(word)
    return Spelling(
        vocabulary=vocabulary,
        keys={key: word for word, key in keyed},
        stems={key: min(found) for key, found in stems.items() if len(found) == 1},
        loose={key.replace("s", ""): word for word, key in keyed if "s" in key and len(key) >= MIN_LOOSE},
        strong={form: verb for verb, forms in strong.items() for form in forms.split()},
    )


def spelling_key(word: str) -> str:
    """Return a word without accents, seams and doubled letters: `geëvacueerd`, `instemmen` as `instemen`."""
    plain = unicodedata.normalize("NFD", word.replace("_", "").casefold())
    letters = [letter for letter in plain if not unicodedata.combining(letter)]
    return "".join(letter for before, letter in pairwise(["", *letters]) if letter != before)


def stem_key(stem: str) -> str:
    """Return the key of a verb's stem, with its last consonant unvoiced: `beloov`, `beloof` give `belof`."""
    key = spelling_key(stem)
    return key[:-1] + key[-1:].translate(UNVOICED)
