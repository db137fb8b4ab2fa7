"""The words of the interface: the same in every language, and the right language for a reader."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import kroniek.web
from kroniek.publish.labels import load_labels
from kroniek.web.messages import LANGUAGES, choose_language, load_messages

WEB = Path(kroniek.web.__file__).parent
USED = re.compile(r"""\bt(?:ext)?(?:\.count)?\(\s*["'](?P<key>[\w.-]+)["']\s*[,)]""")


def _fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_messages_languages_have_the_same_keys_and_values_to_fill() -> None:
    dutch, english = (load_messages(language).table for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    assert [key for key in dutch if _fields(dutch[key]) != _fields(english[key])] == []


def test_messages_labels_have_the_same_keys_in_both_languages() -> None:
    dutch, english = (
        # `in_text` holds endings and names as one language has them.
        {name: table.keys() for name, table in load_labels(language).tables.items() if name != "in_text"}
        for language in LANGUAGES
    )
    assert dutch == english


def test_messages_every_key_that_a_template_or_page_uses_exists() -> None:
    table = load_messages("nl").table
    sources = [*WEB.glob("templates/**/*.html"), *WEB.glob("**/*.py")]
    used = {match["key"] for path in sources for match in USED.finditer(path.read_text(encoding="utf-8"))}
    assert used
    assert sorted(key for key in used if "." in key and key not in table and f"{key}.one" not in table) == []


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "language"),
    [
        ("", "", "", "nl"),
        ("en", "nl", "nl", "en"),
        ("", "en", "nl", "en"),
        ("", "", "en-GB,en;q=0.8,nl;q=0.6", "en"),
        ("", "", "de,nl-BE;q=0.7,en;q=0.3", "nl"),
        ("xx", "<b>", "en;q=zero, en;q=0", "nl"),
    ],
)
def test_messages_language_comes_from_address_then_cookie_then_browser(
    asked: str, kept: str, accepted: str, language: str
) -> None:
    assert choose_language(asked, kept, accepted) == language


def test_messages_count_chooses_one_or_many_and_parts_thousands() -> None:
    assert load_messages("nl").number(1234567) == "1.234.567"
    assert load_messages("en").number(1234567) == "1,234,567"
