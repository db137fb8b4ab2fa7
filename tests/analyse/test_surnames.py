"""A particle before a surname belongs to it where the report or the knowledge base has the whole surname."""

from __future__ import annotations

import pytest

from kroniek.analyse.surnames import join_particles
from kroniek.knowledge import load_knowledge
from kroniek.model import EntityType, Mention, MentionKind, Span, Token


def words_of(text: str, tags: dict[str, tuple[str, str, int]]) -> tuple[Token, ...]:
    """Return tokens of a text of one sentence; `tags` gives upos, relation and head of a word."""
    found: list[Token] = []
    start = 0
    for index, word in enumerate(text.split()):
        upos, deprel, head = tags.get(word, ("X", "dep", index))
        feats = "VerbForm=Fin" if upos == "VERB" else ""
        found.append(Token(index, start, start + len(word), word, word, upos, feats, head, deprel, 0))
        start += len(word) + 1
    return tuple(found)


def names_in(text: str, *surfaces: str) -> list[Mention]:
    spans = [Span(at, at + len(surface)) for surface in surfaces for at in [text.rindex(surface)]]
    return [Mention(span, MentionKind.NAME, EntityType.PER, span) for span in spans]


SAID = {"Van": ("ADP", "case", 1), "Claes": ("PROPN", "obl", 2), "zei": ("VERB", "root", 2)}


@pytest.mark.parametrize(
    ("text", "surfaces", "wanted"),
    [
        ("Van Claes zei niets over Tom Van Claes", ("Tom Van Claes",), "Van Claes"),
        ("Van Claes zei niets over Tom Claes", ("Tom Claes",), "Claes"),
        ("van Claes zei niets over Tom Van Claes", ("Tom Van Claes",), "Claes"),
    ],
)
def test_surnames_take_their_particle(text: str, surfaces: tuple[str, ...], wanted: str) -> None:
    first = Span(4, 9)
    names = [Mention(first, MentionKind.NAME, EntityType.PER, first), *names_in(text, *surfaces)]
    found, words = join_particles(names, words_of(text, SAID), text, load_knowledge())
    assert found[0].span.of(text) == wanted
    assert (words[0].deprel, words[1].deprel) == (
        ("flat", "nsubj") if wanted == "Van Claes" else (words[0].deprel, "obl")
    )


def test_surnames_leave_a_subject_in_its_place() -> None:
    text = "Van Claes kreeg Piet hulp zei Tom Van Claes"
    tags = {
        "Van": ("ADP", "case", 1),
        "Claes": ("PROPN", "obl", 2),
        "kreeg": ("VERB", "root", 2),
        "Piet": ("PROPN", "nsubj", 2),
    }
    first = Span(4, 9)
    names = [Mention(first, MentionKind.NAME, EntityType.PER, first), *names_in(text, "Tom Van Claes")]
    _, words = join_particles(names, words_of(text, tags), text, load_knowledge())
    assert words[1].deprel == "obl"
