"""Event words of one report: verbs and their nouns together; the MEANTIME columns."""

from __future__ import annotations

import pytest

from kroniek.errors import ReadError
from kroniek.evaluate.event_chains import read_event_chains
from kroniek.merge.coreference import link_events, stem
from kroniek.model import Analysis, Document, Origin, Span
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
