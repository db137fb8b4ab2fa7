"""Merging: the same chronicle whatever the order, the batches and the restarts; which tellings belong together."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.merge import Decision, Merging, merge
from kroniek.model import Analysis, Entity, EntityType, Event, Merged, Published, Status, from_json, to_json
from tests.makers import meeting
from tests.merge.synthetic import make_world, pairwise_f1

SMALL = make_world(reports=60, events=20, seed=3)


def _cpu(work):  # type: ignore[no-untyped-def]
    """Return what work gives and the seconds of processor time that it took."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_merge_ignores_order_batches_and_restarts(chance, first, second, restart):
    reports = list(SMALL.reports)
    chance.shuffle(reports)
    low, high = sorted((first, second))
    merging = Merging()
    for batch in (reports[:low], reports[low:high], reports[high:], reports[: high - low]):
        if restart:
            batch = [from_json(Analysis, to_json(item)) for item in batch]
        merging = merging.with_reports(batch)
        merging.merged()
    assert merging.merged() == _whole()


def _whole() -> Merged:
    if not hasattr(_whole, "found"):
        _whole.found = merge(SMALL.reports)  # type: ignore[attr-defined]
    return _whole.found  # type: ignore[attr-defined,no-any-return]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_merge_of_changed_reports_is_as_if_they_had_come_so(data):
    reports = list(SMALL.reports)
    merging = Merging().with_reports(reports)
    for _ in range(2):
        for number in data.draw(st.lists(st.integers(0, len(reports) - 1), max_size=6, unique=True)):
            reports[number] = _changed(reports[number], data)
        decisions = [Decision(groups) for groups in data.draw(st.lists(GROUPS, max_size=2))]
        merging = merging.with_reports(reports, decisions)
    assert merging.merged() == merge(reports, decisions=decisions)


def _changed(report: Analysis, data: st.DataObject) -> Analysis:
    """Return a report as people, another parser or a better date would have it."""
    events = tuple(
        replace(event, status=data.draw(st.sampled_from(Status)), attribution="") for event in report.events
    )
    day = data.draw(st.sampled_from((report.published.value, "2016-01-02", None)))
    sentences = report.sentences[: data.draw(st.sampled_from((len(report.sentences), 2)))]
    return replace(report, events=events, published=replace(report.published, value=day), sentences=sentences)


TOLD = sorted(SMALL.events)
GROUPS = st.lists(st.lists(st.sampled_from(TOLD), max_size=3).map(tuple), max_size=3).map(tuple)


def test_merge_takes_a_changed_report_anew():
    first, *others = SMALL.reports
    stripped = replace(first, events=())
    assert Merging().with_reports([*others, stripped]).with_reports([first]).merged() == _whole()


@pytest.mark.parametrize(
    ("reports", "events"), [(800, 200), pytest.param(10_000, 2_000, marks=pytest.mark.slow)]
)
def test_merge_finds_the_truth_of_a_made_up_chronicle_in_time(reports, events):
    world = make_world(reports, events)
    merging, building = _cpu(lambda: Merging().with_reports(world.reports[:-10]))
    _, first = _cpu(merging.merged)
    merged, more = _cpu(lambda: merging.with_reports(world.reports[-10:]).merged())
    assert building + first < 60 and more < 2
    found = [[telling.event_mention for telling in event.tellings] for event in merged.events]
    assert pairwise_f1(world.events, found)[2] >= 0.95
    grouped = {document for family in merged.families for document in family.documents}
    families = [list(family.documents) for family in merged.families]
    families += [[document] for document in world.copies if document not in grouped]
    assert pairwise_f1(world.copies, families)[2] >= 0.97


def _only(merged: Merged) -> Event:
    (event,) = merged.events
    return event


def test_merge_tells_a_plan_and_its_outcome_as_one_event_with_a_history():
    plan = meeting("Kerry en Lavrov spreken morgen.", trigger="spreken", day="2016-09-09", published="2016-09-08",
                   status=Status.PLANNED, path="a.txt")  # fmt: skip
    denied = meeting("Geen gesprek tussen Kerry en Lavrov.", trigger="gesprek", day="2016-09-09",
                     published="2016-09-08", status=Status.DENIED, path="b.txt")  # fmt: skip
    held = meeting(
        "Kerry en Lavrov spraken urenlang.", day="2016-09-09", published="2016-09-10", path="c.txt"
    )
    event = _only(merge([held, plan, denied]))
    assert event.status is Status.HAPPENED
    assert {status for _, status, _ in event.history[:2]} == {Status.PLANNED, Status.DENIED}
    assert event.history[-1][:2] == ("2016-09-10", Status.HAPPENED)
    assert event.sources == 3


def test_merge_keeps_meetings_on_other_days_apart_and_relates_what_was_put_off():
    plan = meeting("Kerry en Lavrov spreken maandag.", trigger="spreken", day="2016-09-05", published="2016-09-03",
                   status=Status.PLANNED)  # fmt: skip
    held = meeting(
        "Kerry en Lavrov spraken eindelijk.", day="2016-09-09", published="2016-09-10", path="b.txt"
    )
    first, second = merge([held, plan]).events
    assert first.related == (("held_instead", second.id),)
    assert second.related == (("planned_as", first.id),)


def test_merge_keeps_a_call_and_a_visit_of_one_day_apart():
    call = meeting("Kerry en Lavrov spraken telefonisch.")
    visit = meeting("Kerry en Lavrov spraken in de stad.", path="b.txt")
    call = replace(call, events=(replace(call.events[0], mode="phone"),))
    visit = replace(visit, events=(replace(visit.events[0], mode="visit"),))
    assert len(merge([call, visit]).events) == 2


def test_merge_knows_people_by_their_country_but_not_by_another_of_it():
    def of(analysis: Analysis, *countries: str) -> Analysis:
        entities = tuple(
            replace(entity, country=code) for entity, code in zip(analysis.entities, countries, strict=True)
        )
        return replace(analysis, entities=entities)

    ministers = of(meeting("Kerry en Lavrov spraken elkaar."), "US", "RU")
    presidents = of(meeting("Obama en Poetin spraken elkaar.", people=("Barack Obama", "Vladimir Poetin"), path="b.txt"), "US", "RU")  # fmt: skip
    states = meeting("Washington en Moskou spraken.", people=("Washington", "Moskou"), path="c.txt")
    ids = {"Q-Washington": "country:US", "Q-Moskou": "country:RU"}
    event = states.events[0]
    states = replace(
        states,
        entities=tuple(Entity(ids[item.id], item.name, EntityType.GPE, country=ids[item.id][-2:]) for item in states.entities),
        events=(replace(event, arguments=(replace(event.arguments[0], entities=tuple(ids.values())),)),),
    )  # fmt: skip
    assert len(merge([ministers, presidents]).events) == 2
    together = _only(merge([ministers, states]))
    assert set(together.actors) == {"Q-John Kerry", "Q-Sergey Lavrov"}


def test_merge_counts_agencies_and_copies_once():
    text = "Kerry en Lavrov spraken elkaar. " + " ".join(f"woord{number}" for number in range(60))
    copies = [meeting(text + f" krant{number}", path=f"{number}.txt") for number in range(3)]
    other = meeting(
        "Gisteren hebben Kerry en Lavrov lang met elkaar gesproken.", trigger="gesproken", path="d.txt"
    )
    merged = merge([*copies, other])
    assert [len(family.documents) for family in merged.families] == [3]
    assert _only(merged).sources == 2


def test_merge_as_known_on_a_day_leaves_out_later_reports():
    early = meeting("Kerry en Lavrov spreken vrijdag.", trigger="spreken", day="2016-09-09", published="2016-09-07",
                    status=Status.PLANNED)  # fmt: skip
    late = meeting("Kerry en Lavrov spraken.", day="2016-09-09", published="2016-09-10", path="b.txt")
    vague = replace(meeting("Kerry en Lavrov spraken.", path="c.txt"), published=Published("2016-09"))
    known = merge([early, late, vague], as_known_on=date(2016, 9, 8))
    assert known == merge([early])
    assert _only(known).status is Status.PLANNED
    assert _only(merge([early, late])).status is Status.HAPPENED


def test_merge_of_nothing_is_empty():
    assert merge([]) == Merged()


def test_merge_shuffled_worlds_keep_the_ids():
    reports = list(SMALL.reports)
    random.Random(1).shuffle(reports)
    assert [event.id for event in merge(reports).events] == [event.id for event in _whole().events]
