"""The keys of the review pages: which letter does what, whether they work at all. Kept in a cookie.

A single letter that does something must be changeable and can be switched off (WCAG 2.1, 2.1.4).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from kroniek.web.forms import SentForm
from kroniek.web.guard import cookie_header
from kroniek.web.problems import BadRequest

COOKIE = "kroniek_keys"
YEAR = 365 * 24 * 3600  # seconds
STANDARD: Mapping[str, str] = {
    "accept": "a",
    "reject": "x",
    "edit": "e",
    "undo": "u",
    "next": "j",
    "previous": "k",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The letter of each act, and whether keys do anything; the digits choose a value."""

    on: bool = True
    letters: Mapping[str, str] = field(default_factory=lambda: dict(STANDARD))

    def json(self) -> str:
        """Return the keys as JSON for the page's script."""
        return json.dumps({"on": self.on, **self.letters})


def read_keys(cookie: str) -> Keys:
    """Return the keys of a cookie, the standard ones when it is missing or broken."""
    try:
        kept = json.loads(unquote(cookie))
        letters = {act: str(kept[act]) for act in STANDARD}
        return Keys(bool(kept["on"]), letters) if _fits(letters) else Keys()
    except (ValueError, TypeError, KeyError):
        return Keys()


def keys_in(form: SentForm) -> Keys:
    """Return the keys of a sent form; raises BadRequest when two acts have one letter."""
    letters = {act: form.text(act, longest=1).casefold() for act in STANDARD}
    if not _fits(letters):
        raise BadRequest("review.keys_wrong")
    return Keys("on" in form.every("on"), letters)


def keys_cookie(keys: Keys) -> str:
    """Return the header that keeps the keys for a year."""
    return cookie_header(COOKIE, quote(keys.json(), safe=""), seconds=YEAR)


def _fits(letters: Mapping[str, str]) -> bool:
    return len(set(letters.values())) == len(letters) and all(
        len(letter) == 1 and letter.isalpha() for letter in letters.values()
    )
