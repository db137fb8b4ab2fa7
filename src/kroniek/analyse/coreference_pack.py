"""The compiled form of a language pack's `coreference.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kroniek.errors import PackError
from kroniek.language import Language


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that may refer back: its rule, the kinds of antecedent, and the gender it shows."""

    rule: str
    kinds: frozenset[str]
    gender: str


@dataclass(frozen=True)
class CoreferencePack:
    """Pronouns by form, nouns that refer back, nouns of pairs, and other word lists."""

    pronouns: Mapping[str, str]
    nouns: Mapping[str, Description]
    pairs: Mapping[str, Description]
    words: Mapping[str, frozenset[str]]
    age: str


def compile_coreference(language: Language) -> CoreferencePack:
    """Return the compiled `coreference.toml`; raises PackError when a field is missing."""
    table = language.table("coreference")
    try:
        return CoreferencePack(
            {form: kind for kind, forms in reversed(table["pronouns"].items()) for form in forms},
            {word.lower(): Description(entry["id"], frozenset(entry["type"]), entry["gender"])
             for entry in table["noun"] for word in entry["words"]},
            {word: Description(entry["id"], frozenset(entry["type"]), "")
             for entry in table["pair"] for word in entry["words"]},
            {name: frozenset(words) for name, words in table["words"].items() if isinstance(words, list)},
            table["words"]["age"],
        )  # fmt: skip
    except KeyError as error:
        raise PackError(f"{language.package}/coreference.toml: field {error} is missing") from error
