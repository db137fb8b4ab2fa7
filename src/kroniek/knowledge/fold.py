"""Two ways to make spellings comparable: folding (case, accents, hyphens) and sound keys.

A sound key is the same for the Dutch, English, German or French spelling of a name from a script
that is not Latin: `Sjojgoe` and `Shoygu`. The rules are data: `transliteration.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources

from kroniek.errors import PackError

LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a",
})  # fmt: skip
SEPARATORS = re.compile(r"[\W_]+")
MAX_LENGTH = 200  # longer than any name; keeps hostile input from costing time

FAMILY_NAME_FIRST = frozenset({"CN", "KP", "KR", "VN", "TW", "HK", "KH"})
PARTICLES = re.compile(
    r"^(?:al|el|de|van|von|der|den|di|da|dos|du|del|della|le|la|bin|ben|ould|ter|ten|zu|abu|ibn|st|bou)$",
    re.I,
)

# The stages that make each of a language's keys, before the common ones.
LANGUAGE_STAGES = {"nl": (("nl",),), "en": (("en",), ("en-soft", "en"))}

Rule = tuple[re.Pattern[str], str]


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return `text` without accents, case and punctuation, words parted by single spaces.

    `fold("Al-Nusra Front")` and `fold("al Nusra-front")` are equal.
    """
    # Decomposed first and last: signs such as `🄐` hold a capital that only decomposing shows.
    lower = unicodedata.normalize("NFKD", text[:MAX_LENGTH]).casefold()
    plain = unicodedata.normalize("NFKD", lower).translate(LETTERS)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return SEPARATORS.sub(" ", bare).strip()


@lru_cache(maxsize=1)
def transliteration_rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each stage, in order. Raises PackError when the file has a fault."""
    source = resources.files("kroniek.knowledge").joinpath("transliteration.toml")
    stages: dict[str, list[Rule]] = {}
    for entry in tomllib.loads(source.read_text(encoding="utf-8"))["rule"]:
        try:
            rule = (re.compile(entry["pattern"]), entry["becomes"])
            stages.setdefault(entry["stage"], []).append(rule)
        except (KeyError, re.error) as error:
            raise PackError(f"transliteration.toml: rule {entry.get('id', '?')!r}: {error}") from error
    return {stage: tuple(rules) for stage, rules in stages.items()}


@lru_cache(maxsize=50_000)
def sound_keys(name: str, language: str) -> tuple[str, ...]:
    """Return the sound keys of a name as written in `language` (`nl` or `en`), each once.

    An unknown language gets the common rules only.
    """
    rules = transliteration_rules()
    keys = []
    for stages in LANGUAGE_STAGES.get(language, ((),)):
        key = fold(name)
        for stage in (*stages, "common"):
            for pattern, becomes in rules[stage]:
                key = pattern.sub(becomes, key)
        keys.append(key.strip())
    return tuple(dict.fromkeys(key for key in keys if key))


def lookup_keys(name: str, language: str) -> tuple[str, ...]:
    """Return the keys to look a name of a text in `language` up with.

    A Dutch text spells some names the English way (`Hijab`, `Jinping`), so its English keys count too.
    """
    return tuple(dict.fromkeys((*sound_keys(name, language), *sound_keys(name, "en"))))


def surname_of(name: str, country: str) -> str:
    """Return the family name with its particles: `de Mistura`, `al-Assad`, `Xi`; "" for a single word."""
    words = name.split()
    if len(words) < 2:
        return ""
    if country in FAMILY_NAME_FIRST:
        return words[0]
    words = [word for word in words if word.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    first = len(words) - 1
    while first > 1 and PARTICLES.match(words[first - 1]):
        first -= 1
    return " ".join(words[first:])
