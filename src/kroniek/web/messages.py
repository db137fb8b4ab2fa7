"""The words of the interface, from `messages/*.toml`, and which language a reader gets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kroniek.publish.labels import Labels, load_labels

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Messages:
    """The words of one interface language. `labels` holds those of the model's codes and of dates."""

    language: str
    table: Mapping[str, str]
    labels: Labels

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for a key with its values filled in. Raises KeyError for an unknown key."""
        return self.table[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return the words for a number of things: `KEY.one` or `KEY.many`, with `{n}` filled in."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=self.number(number), **values)

    def number(self, number: int) -> str:
        """Return a whole number with its thousands apart, as the language writes it."""
        return f"{number:,}".replace(",", self.table["site.thousands"])

    def of(self, group: str, code: str) -> str:
        """Return the words for a code of the interface; an unknown one is shown as it is."""
        return self.table.get(f"{group}.{code}", code.replace("_", " "))


@cache
def load_messages(language: str) -> Messages:
    """Return the words of one of `LANGUAGES`."""
    file = resources.files("kroniek.web").joinpath("messages", f"{language}.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Messages(language, dict(_flat(table)), load_labels(language))


def choose_language(asked: str, kept: str, accepted: str) -> str:
    """Return the language to speak: the one in the URL, else in the cookie, else the browser's, else Dutch.

    `accepted` is an Accept-Language header: `en-GB,en;q=0.8,nl;q=0.6`.
    """
    for language in (asked, kept, *_preferred(accepted)):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def _preferred(header: str) -> Iterable[str]:
    weighed = []
    for entry in header[:500].split(","):
        tag, _, quality = entry.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        weighed.append((-weight, tag.partition("-")[0].casefold()))
    return [tag for weight, tag in sorted(weighed, key=lambda item: item[0]) if weight < 0]


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
