"""Every metric against a case worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kroniek.errors import GoldError
from kroniek.evaluate.accepted import AcceptedNames, read_accepted
from kroniek.evaluate.agreement import agreement
from kroniek.evaluate.authoring import resolve
from kroniek.evaluate.conll import Word, chunks, score_names, score_trees
from kroniek.evaluate.gold import (
    GoldAttribution,
    GoldDocument,
    GoldEvent,
    GoldName,
    GoldTime,
    check,
    read_gold,
    text_hash,
)  # fmt: skip
from kroniek.evaluate.layers import compare, same_value
from kroniek.evaluate.matching import dice, match
from kroniek.evaluate.report import as_json, breaches, renewed, table
from kroniek.evaluate.scores import Counts, Metric, Tally, alpha_nominal, kappa
from kroniek.model import Span

TEXT = "x" * 100
EMPTY = GoldDocument("a", "nl", "2018-09-30", text_hash(TEXT), TEXT, (), (), (), ())
NONE = AcceptedNames()


def _f1(layer: str, gold: GoldDocument, found: GoldDocument, metric: str) -> float:
    scores = {item.name: item for item in compare(layer, [(gold, found)], NONE).tally.metrics()}
    return scores[metric].value()


def test_scores_precision_recall_f1() -> None:
    counts = Counts(hits=3, found=4, wanted=6)
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.5, 0.6)


def test_scores_macro_leaves_out_classes_that_gold_lacks() -> None:
    metric = Metric("m", {"a": [Counts(1, 1, 1)], "b": [Counts(0, 0, 1)], "c": [Counts(0, 5, 0)]})
    assert metric.value() == 50.0


def test_scores_bootstrap_holds_the_value_and_is_repeatable() -> None:
    tally = Tally()
    for hits in (1, 2, 3, 4):
        tally.next_document()
        tally.add("m", Counts(hits, 4, 4))
    (metric,) = tally.metrics()
    low, high = metric.interval()
    assert low < metric.value() == 62.5 < high
    assert metric.interval() == (low, high)


def test_scores_alpha_of_krippendorff_example() -> None:
    # Krippendorff 2011, section A: ten units, alpha = 0.095.
    left = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    right = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha_nominal(zip(left, right, strict=True)) == pytest.approx(0.095, abs=0.0005)
    assert alpha_nominal([("a", "a")]) == 1.0


def test_scores_kappa_by_hand() -> None:
    # 20 yes-yes, 15 no-no, 5 yes-no, 10 no-yes: observed .7, expected .5, kappa .4.
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert kappa(pairs) == pytest.approx(0.4)


def test_layers_names_exact_and_overlap() -> None:
    gold = replace(EMPTY, names=(GoldName(Span(0, 5), "PER", None), GoldName(Span(10, 20), "ORG", None)))
    found = replace(
        EMPTY, names=(GoldName(Span(0, 5), "PER", None), GoldName(Span(10, 15), "ORG", None),
                      GoldName(Span(30, 35), "GPE", None)),
    )  # fmt: skip
    assert _f1("names", gold, found, "names exact") == pytest.approx(100 * 2 * 1 / 5)
    assert _f1("names", gold, found, "names overlap") == pytest.approx(100 * 2 * 2 / 5)
    assert _f1("names", gold, found, "names macro") == pytest.approx(50.0)


def test_layers_times_value_needs_an_overlapping_span() -> None:
    gold = replace(
        EMPTY, times=(GoldTime(Span(0, 7), "DATE", "2018-09-28"), GoldTime(Span(9, 12), "SET", "P1D"))
    )
    found = replace(
        EMPTY, times=(GoldTime(Span(3, 7), "DATE", "2018-09-28"), GoldTime(Span(50, 53), "SET", "P1D"))
    )
    assert _f1("times", gold, found, "times exact") == 0
    assert _f1("times", gold, found, "times value") == 50.0
    assert _f1("times", gold, found, "times overlap") == 50.0


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("PT1.5H", "PT1H30M", True), ("PT90M", "PT1H30M", True), ("PT2H", "PT120M", True),
     ("2018-09-21T15", "2018-09-21T15:00", True), ("2018-09-21", "2018-09-22", False), ("P3D", "P3W", False)],
)  # fmt: skip
def test_layers_times_values_that_say_the_same(left: str, right: str, same: bool) -> None:
    assert same_value(GoldTime(Span(0, 1), "DATE", left), GoldTime(Span(0, 1), "DATE", right)) is same


def test_layers_links_count_wrong_ones_apart() -> None:
    gold = replace(EMPTY, names=tuple(GoldName(Span(i, i + 2), "PER", "Jan Smit") for i in (0, 10, 20, 30)))
    found = replace(
        EMPTY,
        names=(
            GoldName(Span(0, 2), "PER", "Jan Smit", known=True),
            GoldName(Span(10, 12), "PER", "Jan Janssen", known=True),
            GoldName(Span(20, 22), "PER", "Smit", known=False),
        ),
    )
    assert _f1("links", gold, found, "links accuracy") == 25.0
    assert _f1("links", gold, found, "links not wrong") == 75.0


def _said(
    source: Span | None, cue: Span, *content: Span, stance: str = "asserts", actor: str = "A"
) -> GoldAttribution:
    return GoldAttribution(source, actor, cue, content, "indirect", stance)


def test_layers_attributions_by_hand() -> None:
    gold = replace(EMPTY, attributions=(
        _said(Span(0, 5), Span(6, 10), Span(11, 31)),
        _said(Span(40, 45), Span(46, 50), Span(51, 61), stance="denies", actor="B"),
    ))  # fmt: skip
    found = replace(EMPTY, attributions=(
        _said(Span(0, 5), Span(6, 10), Span(11, 31)),
        _said(Span(70, 75), Span(46, 50), Span(51, 57), actor="C"),
    ))  # fmt: skip
    assert _f1("attributions", gold, found, "attributions cue") == 100
    assert _f1("attributions", gold, found, "attributions content overlap") == 100  # Dice 12/16
    assert _f1("attributions", gold, found, "attributions content exact") == 50
    assert _f1("attributions", gold, found, "attributions source") == 50
    assert _f1("attributions", gold, found, "attributions speaker given content") == 50
    # asserts: 1 right of 1 wanted, 2 found, F1 2/3; denies: F1 0.
    assert _f1("attributions", gold, found, "attributions stance macro") == pytest.approx(100 / 3)


def _event(start: int, kind: str, actors: tuple[str, ...], status: str) -> GoldEvent:
    return GoldEvent(Span(start, start + 5), kind, None, actors, (), None, None, status)


def test_layers_events_by_hand() -> None:
    gold = replace(EMPTY, events=(
        _event(0, "CONSULT", ("A", "B"), "happened"), _event(10, "ASSAULT", ("C",), "denied"),
        _event(20, "AID", (), "planned"),
    ))  # fmt: skip
    found = replace(EMPTY, events=(
        _event(0, "CONSULT", ("A",), "happened"), _event(12, "COERCE", ("D",), "happened"),
    ))  # fmt: skip
    assert _f1("events", gold, found, "events detection") == 80
    assert _f1("events", gold, found, "events type given detection") == 50
    # participants: 1 hit, 2 found, 3 wanted.
    assert _f1("events", gold, found, "events participants") == pytest.approx(40)
    # status: happened F1 2/3, denied 0.
    assert _f1("events", gold, found, "events status macro") == pytest.approx(100 / 3)


def test_layers_dice_counts_code_points() -> None:
    assert dice([Span(0, 10)], [Span(5, 10), Span(12, 17)]) == pytest.approx(2 * 5 / 20)


def test_layers_match_is_one_to_one_and_takes_the_best_first() -> None:
    pairs = match([1, 2], [2, 3], lambda a, b: 1.0 if a == b else 0.5)
    assert pairs == [(1, 3), (2, 2)]


def test_conll_chunks_begin_at_stray_inside_tags() -> None:
    assert chunks(["I-PER", "I-PER", "B-PER", "O", "I-ORG"]) == [("PER", 0, 2), ("PER", 2, 3), ("ORG", 4, 5)]


def test_conll_scores_trees_by_hand() -> None:
    gold = [[Word("Hij", "hij", "PRON", "", 2, "nsubj"), Word("komt", "aan_komen", "VERB", "", 0, "root")]]
    answer = [
        [Word("Hij", "hij", "PRON", "", 2, "nsubj:pass"), Word("komt", "aankomen", "NOUN", "", 1, "dep")]
    ]
    scores = {metric.name: metric.value() for metric in score_trees(gold, lambda _: answer).metrics()}
    assert scores == {"upos": 50, "uas": 50, "las": 50, "las_full": 0, "lemma": 100, "feats": 100}


def test_conll_scores_names_by_hand() -> None:
    gold = [[Word("Jan", name="B-PER"), Word("in", name="O"), Word("Gent", name="B-GPE")]]
    answer = [[Word("Jan", name="B-PER"), Word("in", name="B-ORG"), Word("Gent", name="B-LOC")]]
    scores = {metric.name: metric.value() for metric in score_names(gold, lambda _: answer).metrics()}
    assert scores["names exact"] == pytest.approx(40)
    assert scores["names macro"] == 50


def test_accepted_names_know_groups_and_small_differences() -> None:
    accepted = read_accepted(["# comment\n", "US Department of State\tUnited States Department of State\n"])
    assert accepted.same("the U.S. Department of State", "United States Department of State") is False
    assert accepted.same("US Department of State", "United States Department of State")
    assert accepted.same("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan")
    assert not accepted.same(None, None)


AUTHORED = {
    "id": "b", "published": "2018-09-30",
    "entities": [{"surface": "Smit", "nth": 2, "type": "PER", "actor": None}],
    "times": [{"surface": "vrijdag", "type": "DATE", "value": "2018-09-28"}],
    "attributions": [{"source": "Smit", "source_nth": 2, "actor": None, "cue": "zei", "content": "dat hij komt",
                      "kind": "indirect", "stance": "announces", "addressee": None}],
    "events": [{"trigger": "komt", "type": "CONSULT", "mode": None, "actors": ["X"], "recipients": [], "date": None,
                "place": None, "status": "planned", "according_to": "X"}],
}  # fmt: skip
AUTHORED_TEXT = "Smits broer. Smit zei vrijdag dat hij komt."


def test_authoring_turns_occurrences_into_offsets_without_text() -> None:
    record = resolve(AUTHORED, AUTHORED_TEXT)
    assert record["entities"] == [{"start": 13, "end": 17, "type": "PER", "actor": None}]
    assert "text" not in record
    assert "vrijdag" not in json.dumps(record)


def test_authoring_refuses_what_does_not_stand_in_the_text() -> None:
    with pytest.raises(GoldError, match=r"zaterdag.*does not stand"):
        resolve({**AUTHORED, "times": [{"surface": "zaterdag", "type": "DATE", "value": "x"}]}, AUTHORED_TEXT)


def test_gold_reads_text_from_beside_and_checks_the_hash(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_text(json.dumps(resolve(AUTHORED, AUTHORED_TEXT)), encoding="utf-8")
    assert read_gold(file).text == ""
    (tmp_path / "b.txt").write_text(AUTHORED_TEXT, encoding="utf-8")
    assert read_gold(file, tmp_path).text == AUTHORED_TEXT
    (tmp_path / "b.txt").write_text(AUTHORED_TEXT + "!", encoding="utf-8")
    with pytest.raises(GoldError, match="SHA-256"):
        read_gold(file, tmp_path)


@pytest.mark.parametrize(
    "content", [b"\xff", b"[]", b"{", b'{"entities": [{}]}', b'{"id": "a", "entities": 3}']
)
def test_gold_refuses_broken_files_with_their_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    with pytest.raises(GoldError, match=r"broken\.json"):
        read_gold(file)


def test_gold_check_lists_labels_and_overlaps() -> None:
    document = replace(EMPTY, names=(GoldName(Span(0, 5), "PER", None), GoldName(Span(4, 8), "HERO", None)))
    assert len(check(document)) == 2
    assert check(replace(EMPTY, times=(GoldTime(Span(98, 101), "DATE", "2018"),)))


def test_report_gate_breaks_when_a_score_falls() -> None:
    assert not breaches({"a": 80.0}, {"a": 80.0, "b": 1.0})
    (breach,) = breaches({"a": 80.0}, {"a": 79.99})
    assert "79.99" in str(breach)
    assert breaches({"gone": 10.0}, {})


def test_report_floors_rise_by_themselves_and_fall_only_when_asked() -> None:
    floors = {"a": 80.0, "b": 70.0}
    assert renewed(floors, {"a": 90.0, "b": 60.0, "c": 50.0}, slack=0.5) == {"a": 89.5, "b": 70.0, "c": 49.5}
    assert renewed(floors, {"a": 90.0, "b": 60.0}, slack=0.5, lower=["b"])["b"] == 59.5


def test_report_table_and_json_agree() -> None:
    metric = Metric("m", {"a": [Counts(1, 2, 2)]})
    assert "50.0" in table([metric])
    assert as_json([metric])["m"]["f1"] == 50.0


def test_agreement_is_perfect_with_oneself() -> None:
    document = replace(
        EMPTY, names=(GoldName(Span(0, 5), "PER", None),), events=(_event(0, "AID", (), "planned"),)
    )
    found = {item.what: item.value for item in agreement([(document, document)], NONE)}
    assert found["names exact"] == 100
    assert found["event type"] == 1.0


def test_layers_skip_documents_in_which_the_layer_was_not_annotated() -> None:
    partial = replace(EMPTY, layers=("entities",))
    assert compare("times", [(partial, EMPTY)], NONE).tally.documents == 0
    assert compare("links", [(partial, EMPTY)], NONE).tally.documents == 1
