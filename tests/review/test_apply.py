"""Decisions on top of a reading: order does not matter, undo and redo, finding again, nothing dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.errors import JudgementError
from kroniek.model import Analysis, Entity, EntityType, Judgement, Mention, Span, Stance, Status, record_id
from kroniek.review.anchors import anchored, candidates, find_again
from kroniek.review.apply import GONE, KEPT, LOST, apply
from kroniek.review.entities import aliases_of
from kroniek.review.make import about, addition, merge_entities, undoing
from kroniek.review.state import settle, token_of, undone_ids
from kroniek.review.values import entities_text
from tests.makers import meeting, records, saying
from tests.review.decisions import decide

TEXT = "Volgens Kerry spraken zij met Lavrov in Genève over het bestand."
LAVROV = Entity("person:lavrov", "Sergey Lavrov", EntityType.PER)


@pytest.fixture
def analysis() -> Analysis:
    return saying(meeting(TEXT), "Volgens", "spraken zij met Lavrov")


def test_apply_without_decisions_gives_the_reading_back(analysis: Analysis) -> None:
    assert apply(analysis, []).analysis is analysis


@settings(max_examples=50, deadline=None)
@given(analysis=records(Analysis), row=records(Judgement))
def test_apply_leaves_a_reading_alone_that_no_decision_is_about(analysis: Analysis, row: Judgement) -> None:
    assert apply(analysis, [row]).analysis == analysis


def test_apply_corrects_fields_and_says_who(analysis: Analysis) -> None:
    rows = [
        decide(analysis, "event", "corrected", field="status", new="planned"),
        decide(analysis, "event", "corrected", field="time", new="2016-09", by="Bo"),
        decide(analysis, "event", "corrected", field="actors", new=entities_text([LAVROV])),
        decide(analysis, "event", "corrected", field="type", new="AGREE"),
        decide(analysis, "statement", "corrected", field="stance", new="denies"),
    ]
    found = apply(analysis, rows).analysis
    (event,), (statement,) = found.events, found.attributions
    assert (event.status, event.time, event.type) == (Status.PLANNED, "2016-09", "AGREE")
    assert event.interval is not None
    assert event.interval.days() == 30
    assert event.entities("actor") == (LAVROV.id,)
    assert LAVROV in found.entities
    assert event.provenance.by == ("An: actors, status, type", "Bo: time")
    assert statement.stance is Stance.DENIES
    assert analysis.events[0].status is Status.HAPPENED


def test_apply_rejects_a_statement_and_frees_the_event_from_it(analysis: Analysis) -> None:
    found = apply(analysis, [decide(analysis, "statement", "rejected")]).analysis
    assert found.attributions == ()
    assert found.events[0].attribution == ""


def test_apply_moves_the_event_along_when_the_content_of_its_statement_changes(analysis: Analysis) -> None:
    found = apply(
        analysis, [decide(analysis, "statement", "corrected", field="content", new="14-21")]
    ).analysis
    assert found.attributions[0].content == (Span(14, 21),)
    assert found.events[0].attribution == found.attributions[0].id != analysis.attributions[0].id


def test_apply_links_a_name_to_another_and_lets_it_take_part(analysis: Analysis) -> None:
    start = TEXT.index("Lavrov")
    event = analysis.events[0]
    spot = replace(event.arguments[0], entities=("Q-Sergey Lavrov",), span=Span(start, start + 6))
    with_span = replace(analysis, events=(replace(event, arguments=(spot,)),))
    row = decide(with_span, "name", "corrected", number=1, field="entity", new=entities_text([LAVROV]))
    found = apply(with_span, [row]).analysis
    assert found.events[0].entities("actor") == (LAVROV.id,)
    assert [link.entities for link in found.links if link.mention == with_span.mentions[1].id] == [
        (LAVROV.id,)
    ]


def test_apply_adds_what_the_machine_missed_and_takes_it_away_again(analysis: Analysis) -> None:
    start = TEXT.index("bestand")
    row = replace(
        addition("event", Span(start - 1, start + 8), "CONCEDE", analysis, by="An"), at="2026-11-22T10:00:00"
    )
    found = apply(analysis, [row]).analysis
    assert [event.trigger[0].of(TEXT) for event in found.events] == ["spraken", "bestand."]
    gone = replace(undoing(row, by="An"), at="2026-11-22T10:01:00")
    assert apply(analysis, [row, gone]).analysis == analysis
    found_by_machine = replace(analysis, events=found.events)
    assert len(apply(found_by_machine, [row]).analysis.events) == 2


def test_apply_keeps_a_judged_record_that_a_new_reading_misses(analysis: Analysis) -> None:
    rows = [
        decide(analysis, "event", "accepted"),
        decide(analysis, "event", "corrected", field="status", new="planned", minute=1),
    ]
    later = apply(replace(analysis, events=()), rows)
    assert [event.status for event in later.analysis.events] == [Status.PLANNED]
    assert {orphan.outcome for orphan in later.orphans} == {KEPT}
    gone = apply(replace(analysis, events=()), [decide(analysis, "event", "rejected")])
    assert [orphan.outcome for orphan in gone.orphans] == [GONE]


def test_apply_lists_a_decision_whose_words_are_gone(analysis: Analysis) -> None:
    row = replace(decide(analysis, "event", "accepted"), words="belden", span=Span(2, 8))
    found = apply(replace(analysis, events=()), [row])
    assert [orphan.outcome for orphan in found.orphans] == [LOST]


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)))
def test_apply_does_not_depend_on_the_order_of_the_rows(order: list[int]) -> None:
    analysis = saying(meeting(TEXT), "Volgens", "spraken zij met Lavrov")
    status = decide(analysis, "event", "corrected", field="status", new="planned", minute=1)
    rows = [
        status,
        decide(analysis, "event", "corrected", field="status", new="denied", minute=2),
        decide(analysis, "event", "rejected", minute=3, by="Bo"),
        replace(
            undoing(decide(analysis, "event", "rejected", minute=3, by="Bo"), by="Bo"),
            at="2026-11-22T10:04:00",
        ),
        decide(analysis, "statement", "corrected", field="stance", new="denies", minute=5),
    ]
    found = apply(analysis, [rows[place] for place in order])
    assert found == apply(analysis, rows)
    assert found.analysis.events[0].status is Status.DENIED


@settings(deadline=None)
@given(st.integers(0, 6))
def test_state_undo_of_an_undo_brings_a_decision_back(times: int) -> None:
    analysis = meeting(TEXT.replace("Volgens ", ""))
    rows = [decide(analysis, "event", "rejected")]
    for minute in range(1, times + 1):
        rows.append(replace(undoing(rows[-1], by="An"), at=f"2026-11-22T10:{minute:02}:00"))
    found = apply(analysis, rows).analysis
    assert bool(found.events) == bool(times % 2)
    assert (rows[0].id in undone_ids(reversed(rows))) == bool(times % 2)


def test_state_shows_conflicts_and_lets_adjudication_win(analysis: Analysis) -> None:
    one = decide(analysis, "event", "corrected", field="type", new="AGREE", minute=1)
    other = decide(analysis, "event", "corrected", field="type", new="CONCEDE", by="Bo", minute=2)
    final = decide(
        analysis, "event", "corrected", field="type", new="AGREE", by="Cy", minute=3, task="adjudication"
    )
    assert settle([one, other]).judgement == other
    assert set(settle([one, other]).contested) == {one, other}
    for order in permutations([one, other, final]):
        assert settle(order).judgement == final
        assert settle(order).contested == ()
    late = replace(other, at="2026-11-22T10:09:00")
    assert settle([one, final, late]).judgement == final
    assert settle([one, final, late]).contested == (final, late)


def test_state_holds_blind_decisions_back_until_two_agree(analysis: Analysis) -> None:
    one, same, other = (
        decide(analysis, "event", "corrected", field="type", new=new, by=by, task="sample:s")
        for new, by in (("AGREE", "An"), ("AGREE", "Bo"), ("CONCEDE", "Bo"))
    )
    assert apply(analysis, [one]).analysis.events[0].type == "CONSULT"
    assert apply(analysis, [one, same]).analysis.events[0].type == "AGREE"
    assert settle([one, other]).judgement is None
    assert token_of([one]) == token_of([])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_anchors_finding_again_twice_finds_the_same(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["vrede", "top", "de", "akkoord"]), min_size=2, max_size=12))
    text = " ".join(words)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
        lambda pair: Span(pair[0], min(len(text), sum(pair)))
    )
    mentions = [replace(item, span=span) for span in data.draw(st.lists(spans, max_size=6))
                for item in (data.draw(records(Mention)),)]  # fmt: skip
    span = data.draw(spans)
    row = Judgement("m-1", "accepted", "An", "2026", document="d", span=span, kind="name",
                    words=data.draw(st.sampled_from([span.of(text), "vrede"])))  # fmt: skip
    known = candidates(mentions, "d", text)
    found = find_again(row, known, text)
    if found:
        assert find_again(anchored(row, found), known, text) in [
            item for item in known if (item.id, item.place) == (found.id, found.place)
        ]


def test_anchors_follow_a_name_that_grew_and_not_another_with_the_same_words() -> None:
    text = "Kerry belde. Later belde John Kerry weer."
    first, second = Span(0, 5), Span(30, 35)
    row = Judgement("m-x", "accepted", "An", "2026", document="d", span=second, words="Kerry", kind="name")
    grown = replace(meeting("Kerry spraken Lavrov").names[0], span=Span(25, 35))
    other = replace(grown, span=first)
    found = find_again(row, candidates([other, grown], "d", text), text)
    assert found is not None
    assert found.place == Span(25, 35)
    moved = f"Extra: {text}"
    shifted = replace(other, span=Span(37, 42))
    found = find_again(row, candidates([replace(other, span=Span(7, 12)), shifted], "d", moved), moved)
    assert found is not None
    assert found.place == Span(37, 42)


def test_entities_merged_become_one_everywhere_and_come_apart_by_undo(analysis: Analysis) -> None:
    kerry, lavrov = analysis.entities
    row = merge_entities(lavrov, [kerry], by="An", at="2026-11-22T10:00:00")
    found = apply(analysis, [], aliases_of([row])).analysis
    assert found.entities == (lavrov,)
    assert found.events[0].entities("actor") == (lavrov.id,)
    assert {link.entities for link in found.links} == {(lavrov.id,)}
    assert found.attributions[0].sources == (lavrov.id,)
    undo = undoing(row, by="An", at="2026-11-22T10:01:00")
    assert apply(analysis, [], aliases_of([undo, row])).analysis == analysis
    back = merge_entities(kerry, [lavrov], by="Bo", at="2026-11-22T10:02:00")
    assert aliases_of([row, back]).of(lavrov.id) == kerry.id
    assert aliases_of([row, back]).of(kerry.id) == kerry.id


@pytest.mark.parametrize(
    ("kind", "field", "new"),
    [
        ("event", "type", "DANCE"), ("event", "time", "gisteren"), ("event", "trigger", "5-900"),
        ("event", "trigger", "x"), ("event", "colour", "red"), ("event", "actors", "[1]"),
        ("event", "actors", json.dumps([{"id": "", "name": "", "type": "PER"}])), ("statement", "stance", "shouts"),
        ("event", "place", entities_text([LAVROV, replace(LAVROV, id="b")])), ("statement", "cue", ""),
    ],
)  # fmt: skip
def test_make_refuses_a_value_that_does_not_fit(analysis: Analysis, kind: str, field: str, new: str) -> None:
    with pytest.raises(JudgementError):
        decide(analysis, kind, "corrected", field=field, new=new)


def test_make_refuses_to_add_nothing_or_an_unknown_type(analysis: Analysis) -> None:
    for span, label in ((Span(7, 8), "CONSULT"), (Span(0, 7), "DANCE"), (Span(500, 600), "CONSULT")):
        with pytest.raises(JudgementError):
            addition("event", span, label, analysis, by="An")


def test_apply_takes_no_harm_from_a_hostile_snapshot(analysis: Analysis) -> None:
    row = about("event", analysis.events[0], analysis, verdict="added", by="An", at="2026-11-22T10:00:00")
    for snapshot in ("", "[", "{}", '{"trigger":[]}', '{"trigger":1,"type":"X"}', "[" * 50_000):
        found = apply(replace(analysis, events=()), [replace(row, snapshot=snapshot)])
        assert found.analysis.events == ()
        assert [orphan.outcome for orphan in found.orphans] == [LOST]
    assert apply(analysis, [row]).judged[0].id == record_id(analysis.document.id, analysis.events[0].id)
