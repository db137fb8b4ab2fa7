"""What people decide about which tellings are one event: merging obeys it, the last word counts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.merge import Decision, merge
from kroniek.model import Analysis, Merged, Provenance, Status, record_id
from tests.makers import meeting


def _reports() -> list[Analysis]:
    return [
        meeting(f"Kerry en Lavrov spraken {place}.", day=day, path=f"{place}.txt")
        for place, day in (("lang", "2016-09-08"), ("kort", "2016-09-08"), ("weer", "2016-09-15"), ("toch", "2016-09-15"))
    ]  # fmt: skip


def _telling(analysis: Analysis) -> str:
    return record_id(analysis.document.id, analysis.events[0].id)


def _stories(merged: Merged) -> set[frozenset[str]]:
    return {frozenset(telling.event_mention for telling in event.tellings) for event in merged.events}


def test_decisions_merge_and_split_events() -> None:
    reports = _reports()
    one, two, three, four = map(_telling, reports)
    assert _stories(merge(reports)) == {frozenset((one, two)), frozenset((three, four))}
    together = Decision(((one, two, three, four),))
    assert _stories(merge(reports, decisions=[together])) == {frozenset((one, two, three, four))}
    apart = Decision(((one,), (two,)))
    assert _stories(merge(reports, decisions=[apart])) == {
        frozenset((one,)), frozenset((two,)), frozenset((three, four)),
    }  # fmt: skip
    assert _stories(merge(reports, decisions=[together, apart])) == {
        frozenset((one, three, four)), frozenset((two,)),
    }  # fmt: skip
    assert _stories(merge(reports, decisions=[apart, together])) == {frozenset((one, two, three, four))}


def test_decisions_take_new_tellings_along_and_skip_what_is_gone() -> None:
    reports = _reports()
    one, two, three, four = map(_telling, reports)
    named_once = Decision(((one, three, "e-gone"),))
    assert _stories(merge(reports, decisions=[named_once])) == {frozenset((one, two, three, four))}
    assert _stories(merge(reports, decisions=[Decision((("e-gone",),))])) == _stories(merge(reports))


@settings(deadline=None)
@given(st.lists(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=3), max_size=4))
def test_decisions_never_lose_or_double_a_telling(plan: list[list[list[int]]]) -> None:
    reports = _reports()
    ids = [_telling(report) for report in reports]
    decisions = [
        Decision(tuple(tuple(ids[number] for number in group) for group in groups)) for groups in plan
    ]
    merged = merge(reports, decisions=decisions)
    told = [telling.event_mention for event in merged.events for telling in event.tellings]
    assert sorted(told) == sorted(ids)
    assert merge(reports[::-1], decisions=decisions) == merged


def test_fusion_lets_a_corrected_field_outweigh_the_other_tellings() -> None:
    reports = [*_reports()[:2], meeting("Kerry en Lavrov spraken laat.", path="laat.txt")]
    event = reports[0].events[0]
    judged = replace(
        event, status=Status.CANCELLED, time="2016-09-08", arguments=(replace(event.arguments[0], entities=("x",)),),
        provenance=Provenance("events", by=("A: b: status, actors",)),
    )  # fmt: skip
    (found,) = merge([replace(reports[0], events=(judged,)), *reports[1:]],
                     decisions=[Decision((tuple(map(_telling, reports)),))]).events  # fmt: skip
    assert found.status is Status.CANCELLED
    assert found.actors == ("x",)
    assert found.judged == ("A: b",)
