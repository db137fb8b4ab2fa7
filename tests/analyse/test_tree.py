"""Walking trees, on a hand-made one: `De minister zei gisteren dat hij aankomt , volgens Reuters .`"""

from __future__ import annotations

from kroniek.analyse.reference import references_of
from kroniek.analyse.tree import tokens_in, tree_of
from kroniek.model import (
    Analysis,
    Document,
    Entity,
    EntityType,
    Link,
    Mention,
    MentionKind,
    Origin,
    Sentence,
    Span,
    Token,
)  # fmt: skip

ROWS = [
    ("De", "de", "DET", 1, "det"), ("Russische", "Russisch", "ADJ", 2, "amod"),
    ("minister", "minister", "NOUN", 4, "nsubj"), ("Lavrov", "Lavrov", "PROPN", 2, "appos"),
    ("kondigde", "kondigen", "VERB", 4, "root"), ("een", "een", "DET", 6, "det"),
    ("akkoord", "akkoord", "NOUN", 4, "obj"), ("aan", "aan", "ADP", 4, "compound:prt"), (".", ".", "PUNCT", 4, "punct"),
]  # fmt: skip


def _analysis() -> Analysis:
    text = " ".join(row[0] for row in ROWS)
    tokens, start = [], 0
    heads = [2, *[row[3] for row in ROWS[1:]]]
    for index, (word, lemma, upos, _, deprel) in enumerate(ROWS):
        tokens.append(Token(index, start, start + len(word), word, lemma, upos, "", heads[index], deprel, 0))
        start += len(word) + 1
    mentions = (Mention(Span(3, 28), MentionKind.ROLE), Mention(Span(22, 28), MentionKind.NAME))
    links = tuple(Link(mention.id, ("e1",), 1.0, "test") for mention in mentions)
    return Analysis(
        Document(text, Origin("t")), sentences=(Sentence(Span(0, len(text)), 0, len(ROWS)),), tokens=tuple(tokens),
        mentions=mentions, links=links, entities=(Entity("e1", "Sergey Lavrov", EntityType.PER),),
    )  # fmt: skip


def test_tree_joins_separable_verbs() -> None:
    tree = tree_of(_analysis())
    assert tree.lemma(tree.tokens[4]) == "aankondigen"


def test_tree_phrase_keeps_a_close_apposition() -> None:
    analysis = _analysis()
    tree = tree_of(analysis)
    assert tree.phrase(tree.tokens[2]).of(analysis.text) == "De Russische minister Lavrov"
    assert tree.span(tree.tokens[6]).of(analysis.text) == "een akkoord"


def test_tree_survives_a_cycle() -> None:
    analysis = _analysis()
    looped = tuple(
        token if token.index != 4 else Token(4, token.start, token.end, "kondigde", head=2)
        for token in analysis.tokens
    )
    tree = tree_of(Analysis(analysis.document, tokens=looped))
    assert len(list(tree.ancestors(tree.tokens[0]))) <= 3
    assert tree.subtree(tree.tokens[4])


def test_tokens_in_a_span_are_those_that_overlap() -> None:
    assert [token.text for token in tokens_in(_analysis(), Span(5, 15))] == ["Russische", "minister"]


def test_reference_takes_the_outermost_mention_once() -> None:
    analysis = _analysis()
    (mention,) = references_of(analysis).within(Span(0, 28))
    assert references_of(analysis).of_mention(mention) == ("e1",)
    assert references_of(analysis).name("e1") == "Sergey Lavrov"
