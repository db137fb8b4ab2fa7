"""Event words of one report: verbs and their nouns together; the MEANTIME columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kroniek.errors import ReadError
from kroniek.evaluate.event_chains import read_event_chains, score_event_links
from kroniek.merge.coreference import link_across, link_events, stem
from kroniek.model import Analysis, Document, Origin, Published, Sentence, Span
from tests.makers import words_of


@pytest.mark.parametrize(
    ("verb", "noun"),
    [("introduceren", "introductie"), ("aan_kondigen", "aankondiging"), ("verlaten", "verlating")],
)
def test_coreference_stem_joins_verb_and_noun(verb, noun):
    assert stem(verb) == stem(noun)


def test_coreference_groups_mentions_by_stem():
    text = "introductie van iets introduceren ontslag"
    analysis = Analysis(Document(text, Origin("a")))
    mentions = [(Span(0, 11),), (Span(21, 33),), (Span(34, 41),)]
    assert link_events(analysis, mentions) == [[0, 1], [2]]
    assert words_of(text)[0].text == "introductie"


def test_meantime_columns_give_chains():
    rows = [
        ["f", "1", "kondigt", "(7"],
        ["f", "2", "iets", "_"],
        ["f", "3", "aan", "7)"],
        ["f", "4", "besluit", "(7)|(8)"],
    ]
    analysis, chains = read_event_chains({"id": "x", "clin26_coref_event": [rows]})
    assert [[span.of(analysis.text) for span in chain] for chain in chains] == [
        ["kondigt iets aan", "besluit"]
    ]


def test_meantime_says_what_is_wrong():
    with pytest.raises(ReadError, match="no column"):
        read_event_chains({"id": "x"})
    with pytest.raises(ReadError, match="not closed"):
        read_event_chains({"id": "x", "clin26_coref_event": [[["f", "1", "a", "(1"]]]})


def _article(text: str, day: str) -> Analysis:
    tokens = tuple(
        replace(token, upos="PROPN" if token.text[0].isupper() else "VERB", lemma=token.text)
        for token in words_of(text)
    )
    whole = Sentence(Span(0, len(text)), 0, len(tokens))
    return Analysis(Document(text, Origin(day)), published=Published(day), sentences=(whole,), tokens=tokens)


def test_coreference_links_reports_of_near_days_that_share_a_name():
    first, near, far, other = (
        _article("Jobs introduceert iets", "2008-03-06"), _article("Jobs introduceerde iets", "2008-03-07"),
        _article("Jobs introduceert weer", "2009-03-06"), _article("Gates introduceert iets", "2008-03-06"),
    )  # fmt: skip
    spans = [(Span(5, 16),)]
    found = link_across([(first, spans), (near, spans), (far, spans), (other, [(Span(6, 17),)])])
    assert found == [[(0, 0), (1, 0)], [(2, 0)], [(3, 0)]]


def test_event_links_are_scored_within_and_across_articles():
    text = "Jobs introduceert iets introduceert"
    articles = [(_article(text, day), [[Span(5, 17), Span(23, 35)]]) for day in ("2008-03-06", "2010-03-06")]
    scores = score_event_links(articles)
    assert scores["events within conll"] == scores["events across conll"] == 100
    assert scores["events within gain"] == 0 < scores["events across gain"]
