"""Who talks to whom in a conversation, with and without a word that says so."""

from __future__ import annotations

import pytest

from kroniek.analyse.antecedents import head_of
from kroniek.analyse.coreference import read_chains
from kroniek.analyse.discourse import discourse_of, heard_after
from kroniek.analyse.tree import tokens_in
from kroniek.model import Analysis
from tests.analyse import actor_texts
from tests.analyse.test_chains import chained
from tests.analyse.test_coreference import parser_resources, referred

NAMES = {"Els Maes": "PER", "Jan Claes": "PER"}


@pytest.mark.slow
def test_turns_who_was_called_is_meant_and_answers() -> None:
    chains = chained(
        '"Kom je mee, Els?" vroeg Jan Claes. "Ik heb geen tijd," zei Els.', {**NAMES, "Els": "PER"}
    )
    assert chains == [["je", "Els", "Ik", "Els"]]


def head_in(analysis: Analysis, word: str) -> int:
    """Return the head token of the name that a word is part of."""
    mention = next(item for item in analysis.mentions if word in item.span.of(analysis.text))
    return head_of(tokens_in(analysis, mention.span)).index


@pytest.mark.slow
def test_turns_two_people_take_turns() -> None:
    text = 'Jan Claes vroeg aan Els Maes: "Heb je het geld?" "Ik heb niets." "Dan bel ik je vader."'
    analysis = referred(text, NAMES)
    discourse = read_chains(analysis, parser_resources())
    turns = discourse.context().turns
    jan, els = (discourse.chains.of_head[head_in(analysis, word)].number for word in ("Claes", "Maes"))
    assert [turns.speaks(0), turns.hears(0)] == [jan, els]
    assert [turns.likely(quotation) for quotation in range(3)] == [jan, els, jan]


@pytest.mark.slow
def test_turns_tell_a_call_from_what_is_told() -> None:
    analysis = referred(
        '"Ga weg, meneer!" riep Els. "De meneer is ziek, Piet!"', {"Els": "PER", "Piet": "PER"}
    )
    discourse = discourse_of(analysis, parser_resources())
    turns = discourse.context().turns
    called = [item.span.of(analysis.text) for item in discourse.referents if turns.is_vocative(item)]
    assert called == ["meneer", "Piet"]


@pytest.mark.slow
def test_heard_after_reads_who_speaks_first() -> None:
    analysis = referred('"Ik kom," zei Jan Claes. Daarna ging Els Maes weg.', NAMES)
    last = heard_after(analysis, report=0)[0]
    assert analysis.text[: analysis.tokens[last].end] == '"Ik kom," zei Jan Claes.'
    assert heard_after(analysis) == [len(analysis.tokens) - 1]  # a report is read before its quotations


def test_heard_after_takes_a_text_without_words() -> None:
    assert heard_after(actor_texts.unparsed("", "2016-09-09")) == []


@pytest.mark.slow
def test_referents_leave_out_times() -> None:
    analysis = referred("De koffie kostte die dag drie euro.", {})
    found = [item.span.of(analysis.text) for item in discourse_of(analysis, parser_resources()).referents]
    assert "De koffie" in found
