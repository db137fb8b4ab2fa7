"""spaCy's tokenizer for a language with the corrections of a language pack."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from spacy.attrs import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, get_lang_class
from spacy.vocab import create_vocab

from kroniek.language import load_language
from kroniek.languages.neural.sentences import Abbreviations

_ONE_STOP = re.compile(r"[^.]{2,}\.")


@cache
def make_tokenizer(language: str) -> Tokenizer:
    """Return the tokenizer for a language; the pack's table `tokens` says what differs from spaCy's.

    Of spaCy's abbreviations those with one stop at the end are left out: the Dutch list comes from law
    books and holds words of the language (`best.`, `top.`, `VN.`), which would lose their sentence end.
    Fields: `prefixes`, `suffixes`, `infixes` (patterns added to spaCy's), `abbreviations` and
    `abbreviations_at_end` (words that keep their full stop).
    """
    table = load_language(language).table("tokens")
    defaults: Any = get_lang_class(language).Defaults
    known = defaults.tokenizer_exceptions
    exceptions = {form: parts for form, parts in known.items() if not _ONE_STOP.fullmatch(form)}
    for word in (*table["abbreviations"], *table["abbreviations_at_end"]):
        for form in {word, word[:1].upper() + word[1:]}:
            exceptions[form] = [{ORTH: form}]
    capitals = frozenset(form for form in exceptions if form[0].isupper() and form.lower() in exceptions)
    return Tokenizer(
        create_vocab(language, defaults),
        rules={form: parts for form, parts in exceptions.items() if form not in capitals},
        prefix_search=compile_prefix_regex([*table["prefixes"], *defaults.prefixes]).search,
        suffix_search=compile_suffix_regex([*table["suffixes"], *defaults.suffixes]).search,
        infix_finditer=compile_infix_regex([*table["infixes"], *defaults.infixes]).finditer,
        token_match=_one_of(capitals, defaults.token_match),
        url_match=defaults.url_match,
    )


def _one_of(forms: frozenset[str], match: Callable[[str], Any] | None) -> Callable[[str], Any]:
    """Return a test for tokens that stay whole.

    The capitalised abbreviations go here: as special cases each would be tokenized when the tokenizer is
    made, and spaCy's 3,000 cost a quarter second of start-up.
    """
    return forms.__contains__ if match is None else lambda text: text in forms or match(text)


@cache
def abbreviations_of(language: str) -> Abbreviations:
    """Return the abbreviations of a language pack, for the sentence rules."""
    table = load_language(language).table("tokens")
    never = frozenset(table["abbreviations"])
    return Abbreviations(never, frozenset(table["abbreviations_at_end"]))
