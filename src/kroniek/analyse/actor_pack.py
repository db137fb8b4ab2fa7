"""The compiled form of a language pack's `actors.toml`: role nouns, portfolios, groups, metonym cues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kroniek.errors import PackError
from kroniek.language import Language


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for office holders: its rule, the role, and whether this form is plural."""

    rule: str
    role: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A field of government: the role of its minister and the English name of its ministry."""

    role: str
    english: str


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """A noun for people who act together: its rule, PLOVER sector, and English word.

    `local` is what the one of a town is called after the town's name, "" when towns have none.
    """

    rule: str
    sector: str
    english: str
    local: str = ""


@dataclass(frozen=True)
class ActorPack:
    """What `actors.toml` says. Multi-word keys are tuples of lower-case words."""

    roles: Mapping[tuple[str, ...], RoleNoun]
    portfolios: Mapping[tuple[str, ...], Portfolio]
    groups: Mapping[str, GroupNoun]
    words: Mapping[str, Any]
    metonym: Mapping[str, frozenset[str]]
    ministries: frozenset[str]

    def is_word(self, kind: str, word: str) -> bool:
        """Tell whether a lower-case word is in one of the lists of `[words]`."""
        return word in self.words[kind]


def compile_actors(language: Language) -> ActorPack:
    """Return the compiled `actors.toml`; raises PackError when a field is missing."""
    table = language.table("actors")
    try:
        return ActorPack(
            {key: noun for entry in table["role"] for key, noun in _role_nouns(entry)},
            {
                tuple(words.split()): Portfolio(entry["role"], entry["english"])
                for entry in table["portfolio"] for words in entry["words"]
            },
            {
                word: GroupNoun(entry["id"], entry["sector"], entry["english"], entry.get("local", ""))
                for entry in table["group"] for word in entry["words"]
            },
            {name: _words(values) for name, values in table["words"].items()},
            {name: frozenset(values) for name, values in table["metonym"].items() if name != "example"},
            frozenset(table["ministry"]["words"]),
        )  # fmt: skip
    except KeyError as error:
        raise PackError(f"{language.package}/actors.toml: field {error} is missing") from error


def _role_nouns(entry: Mapping[str, Any]) -> list[tuple[tuple[str, ...], RoleNoun]]:
    return [
        (tuple(words.split()), RoleNoun(entry["id"], entry["role"], plural))
        for plural, key in ((False, "words"), (True, "plural")) for words in entry[key]
    ]  # fmt: skip


def _words(values: Any) -> Any:
    return dict(values) if isinstance(values, dict) else frozenset(values)
