"""Names cut short by the recogniser, put together from the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from kroniek.analyse.joined_names import (
    add_bodies,
    add_countries,
    country_names,
    join_names,
    restore_adjectives,
)
from kroniek.knowledge import load_knowledge
from kroniek.model import EntityType, Mention, MentionKind, Sentence, Span, Token


def _tokens(text: str) -> list[Token]:
    return [
        Token(at, word.start(), word.end(), word[0], word[0], "X", "", at, "dep", 0)
        for at, word in enumerate(re.finditer(r"[\w-]+|[^\w\s]", text))
    ]


def _joined(text: str, *found: tuple[str, str]) -> list[tuple[str, str]]:
    tokens = _tokens(text)
    names: list[Mention] = []
    for words, kind in found:
        start = text.index(words, names[-1].span.end if names else 0)
        names.append(Mention(Span(start, start + len(words)), MentionKind.NAME, EntityType(kind)))
    sentences: Sequence[Sentence] = [Sentence(Span(0, len(text)), 0, len(tokens))]
    whole = join_names(names, text, tokens, sentences, load_knowledge())
    return [(name.span.of(text), name.type.value) for name in whole if name.type]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ([("Syrische Rode", "ORG"), ("Halve Maan", "PER")], "Syrische Rode Halve Maan"),
        ([("Halve Maan", "MISC")], "Rode Halve Maan"),
        ([("Volksbevrijdingsfront", "ORG"), ("Tigray", "GPE")], "Volksbevrijdingsfront van Tigray"),
        ([("Internationaal Comité", "ORG")], "Internationaal Comité van het Rode Kruis"),
    ],
)
def test_joined_names_are_whole_where_the_whole_is_known(found: list[tuple[str, str]], name: str) -> None:
    article = "het " if name.startswith(("Int", "Volks")) else "de "
    text = f"Volgens woordvoerders van {article}{name} is het konvooi geraakt."
    assert _joined(text, *found) == [(name, "ORG")]


def test_joined_names_of_their_own_stay_apart() -> None:
    for text, found in (
        ("De Amerikaanse Senaat stemt morgen.", [("Amerikaanse", "NORP"), ("Senaat", "ORG")]),
        ("Kerry en Lavrov spraken elkaar.", [("Kerry", "PER"), ("Lavrov", "PER")]),
        ("Het Russische ministerie van Defensie zweeg.", [("Russische", "NORP")]),
        ("De Veiligheidsraad van de Verenigde Naties zweeg.", [("Veiligheidsraad", "ORG"), ("Verenigde Naties", "ORG")]),
    ):  # fmt: skip
        assert _joined(text, *found) == found


def test_joined_names_take_in_the_countries_that_were_passed_over() -> None:
    text = "Algerije verzet zich. De Verenigde Arabische Emiraten en Sri Lanka zwegen; de deen Jansen niet."
    known = Mention(Span(25, 53), MentionKind.NAME, EntityType.GPE)
    found = add_countries([known], _tokens(text), country_names(load_knowledge(), "nl"))
    assert sorted(name.span.of(text) for name in found) == [
        "Algerije",
        "Sri Lanka",
        "Verenigde Arabische Emiraten",
    ]


@pytest.mark.parametrize(
    ("text", "name"), [("Daar stond VN-chef Guterres", "VN"), ("Na de Navo-top", "Navo")]
)
def test_joined_names_take_in_the_body_that_begins_a_compound(text: str, name: str) -> None:
    found = add_bodies([], _tokens(text), load_knowledge())
    assert [(item.span.of(text), item.type) for item in found] == [(name, EntityType.ORG)]


def test_joined_names_leave_a_compound_that_names_nobody() -> None:
    assert add_bodies([], _tokens("Een IJzer-fabriek en een X-straal"), load_knowledge()) == []


def test_joined_names_give_an_adjective_its_last_letter_back() -> None:
    text = "Turks leger en Trumps leger"
    cut = [
        Mention(Span(0, 4), MentionKind.NAME, EntityType.GPE),
        Mention(Span(15, 20), MentionKind.NAME, EntityType.PER),
    ]
    names = restore_adjectives(cut, _tokens(text), load_knowledge())
    assert [(name.span.of(text), name.type) for name in names] == [
        ("Turks", EntityType.NORP), ("Trump", EntityType.PER),
    ]  # fmt: skip
