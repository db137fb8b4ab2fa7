"""Whether a found speaker is the gold one: by name where it is known, else by the mentions of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kroniek.evaluate.accepted import AcceptedNames, read_accepted
from kroniek.evaluate.gold import GoldAttribution, GoldDocument, GoldName, text_hash
from kroniek.evaluate.layers import compare
from kroniek.evaluate.speakers import judge_of
from kroniek.model import Span

TEXT = "De politie van Lier zoekt een man. Het korps zegt dat. Ze meldt dat. Burgemeester Maes zwijgt."
EMPTY = GoldDocument("a", "nl", "2018-09-30", text_hash(TEXT), TEXT, (), (), (), ())
KEYS = {"Angela Merkel": "person:merkel", "Angela Dorothea Merkel": "person:merkel", "Lier": "place:1"}
KNOWN = AcceptedNames({}, lambda name: frozenset(key for label, key in KEYS.items() if label == name))
POLICE, FORCE, THEY = Span(0, 19), Span(35, 44), Span(55, 57)


def said(source: Span, actor: str | None) -> GoldAttribution:
    return GoldAttribution(
        source, actor, Span(source.end + 1, source.end + 5), (Span(90, 94),), "indirect", "asserts"
    )


def document(*sources: tuple[Span, str | None], names: tuple[GoldName, ...] = ()) -> GoldDocument:
    return replace(EMPTY, names=names, attributions=tuple(said(*source) for source in sources))


def same(gold: GoldDocument, found: GoldDocument, wanted: str, answer: str | None) -> bool:
    pairs = list(zip(gold.attributions, found.attributions, strict=True))
    return judge_of(gold, found, pairs, KNOWN).same(wanted, answer)


GOLD = document((POLICE, "Lier Police"), (FORCE, "Lier Police"), (THEY, "Lier Police"))


@pytest.mark.parametrize(
    ("found", "right"),
    [
        pytest.param(["Politie Lier"] * 3, True, id="another label, the same mentions"),
        pytest.param(["Politie Lier", "Politie Lier", "Ze"], True, id="most of the mentions"),
        pytest.param(["Politie Lier", "Het korps", "Ze"], False, id="the source by itself"),
        pytest.param(["Politie Lier", None, None], False, id="the others unresolved"),
    ],
)
def test_speakers_not_known_are_told_by_their_mentions(found: list[str | None], right: bool) -> None:
    answer = document(*zip((POLICE, FORCE, THEY), found, strict=True))
    assert same(GOLD, answer, "Lier Police", "Politie Lier") is right


def test_speakers_of_the_same_label_are_others_when_their_mentions_are() -> None:
    gold = document((POLICE, "Lier Police"), (FORCE, "Jan Maes"), (THEY, "Jan Maes"))
    found = document((POLICE, "Jan Maes"), (FORCE, "Lier Police"), (THEY, "Lier Police"))
    assert not same(gold, found, "Lier Police", "Lier Police")


def test_speakers_whose_chain_swallows_others_are_wrong() -> None:
    gold = document((POLICE, "Lier Police"), (FORCE, "Jan Maes"), (THEY, "Els Claes"))
    found = document(*((span, "Politie Lier") for span in (POLICE, FORCE, THEY)))
    assert not same(gold, found, "Lier Police", "Politie Lier")


def test_speakers_known_under_two_labels_are_the_same() -> None:
    gold, answer = document((POLICE, "Angela Merkel")), document((POLICE, "Angela Dorothea Merkel"))
    assert same(gold, answer, "Angela Merkel", "Angela Dorothea Merkel")


@pytest.mark.parametrize(("wanted", "found"), [("Angela Merkel", "Merkels"), ("Lier Police", "Lier")])
def test_speakers_known_on_one_side_are_told_by_name(wanted: str, found: str) -> None:
    gold, answer = document((POLICE, wanted)), document((POLICE, found))
    assert not same(gold, answer, wanted, found)
    assert same(gold, gold, wanted, wanted)


def test_speakers_that_a_name_means_count_the_name_once() -> None:
    name = GoldName(Span(82, 86), "PER", "Jan Maes")
    gold = document((Span(70, 86), "Jan Maes"), (FORCE, "Jan Maes"), names=(name,))
    found = document((Span(70, 86), "Maes"), (FORCE, None), names=(replace(name, actor="Maes"),))
    assert not same(gold, found, "Jan Maes", "Maes")  # one of two, not one of three nor two of three


def test_speakers_nobody_found_are_wrong() -> None:
    assert not same(GOLD, document((POLICE, None), (FORCE, None), (THEY, None)), "Lier Police", None)


def test_accepted_names_are_known_by_any_of_their_group() -> None:
    accepted = read_accepted(
        ["EU\tEuropean Union"], lambda name: frozenset({"org:EU"} if "european" in name else ())
    )
    assert accepted.keys_of("EU") == {"org:EU"}
    assert not accepted.keys_of("Unie")


def test_layers_print_the_speaker_by_mentions_and_by_label() -> None:
    gold, found = document((POLICE, "Lier Police")), document((POLICE, "Politie Lier"))
    metrics = {
        item.name: item.value() for item in compare("attributions", [(gold, found)], KNOWN).tally.metrics()
    }
    assert metrics["attributions speaker given content"] == 100
    assert metrics["attributions speaker by label"] == 0


def test_layers_pair_statements_of_one_cue_before_those_of_another() -> None:
    """`"...", zei X volgens de krant`: two statements of nearly the same words, told apart by their cues."""
    content = Span(60, 90)
    said_it = GoldAttribution(POLICE, "Lier Police", Span(20, 25), (content,), "direct", "asserts")
    paper = GoldAttribution(FORCE, "De Gazet", Span(30, 34), (Span(20, 25), content), "direct", "asserts")
    longer = replace(said_it, content=(content, Span(91, 94)))
    gold = replace(EMPTY, attributions=(said_it, paper))
    found = replace(EMPTY, attributions=(longer, replace(paper, content=(content,))))
    metrics = {
        item.name: item.value() for item in compare("attributions", [(gold, found)], KNOWN).tally.metrics()
    }
    assert metrics["attributions speaker by label"] == 100
