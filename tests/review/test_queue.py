"""The queue: what is uncertain and much used first, what people judged not at all."""

from __future__ import annotations

from dataclasses import replace

from kroniek.merge import Decision, merge
from kroniek.model import Analysis, Entity, EntityType, Judgement, Link, Merged, Provenance, record_id
from kroniek.review.make import merge_entities
from kroniek.review.queue import KINDS, build_queue, value_of
from tests.makers import meeting, saying


def _report(number: int, *, day: str = "2016-09-08", score: float = 1.0) -> Analysis:
    found = saying(
        meeting(f"Volgens Kerry spraken zij met Lavrov, {number}.", day=day, path=f"{number}.txt"),
        "Volgens",
        "spraken zij",
    )
    links = tuple(Link(link.mention, link.entities, score, link.reason) for link in found.links)
    return replace(found, links=links)


def _queue(
    reports: list[Analysis], decisions: tuple[Decision, ...] = (), rows: tuple[Judgement, ...] = ()
) -> list[dict[str, object]]:
    return list(build_queue(reports, merge(reports, decisions=decisions), decisions, rows))


def _of(queue: list[dict[str, object]], kind: str) -> list[dict[str, object]]:
    return [item for item in queue if item["kind"] == kind]


def test_queue_values_doubt_and_use() -> None:
    assert value_of(0.9, 1) > value_of(0.1, 1)
    assert value_of(0.3, 20) > value_of(0.3, 2)
    assert value_of(0, 5) > 0


def test_queue_gives_each_reading_of_the_same_words_once_with_its_uses() -> None:
    reports = [_report(1, score=0.4), _report(2, score=0.4), _report(3, score=0.4)]
    links = _of(_queue(reports), "links")
    assert sorted((item["label"], item["uses"]) for item in links) == [("Kerry", 3), ("Lavrov", 3)]
    signed = replace(reports[0].mentions[0], provenance=Provenance("names", by=("An: accepted",)))
    judged = [replace(reports[0], mentions=(signed, *reports[0].mentions[1:])), *reports[1:]]
    assert [item["label"] for item in _of(_queue(judged), "links")] == ["Lavrov"]


def test_queue_orders_each_kind_by_value_and_knows_its_kinds() -> None:
    reports = [_report(1), _report(2, day=""), _report(3, day="2016-10-01")]
    queue = _queue(reports)
    for kind in KINDS:
        values = [item["value"] for item in _of(queue, kind)]
        assert values == sorted(values, reverse=True)
    assert {item["kind"] for item in queue} <= set(KINDS)


def test_queue_leaves_out_events_that_people_judged_or_told_apart() -> None:
    reports = [_report(1), _report(2)]
    one, two = (record_id(item.document.id, item.events[0].id) for item in reports)
    apart = Decision(((one,), (two,)))
    assert len(_of(_queue(reports), "events")) == 1
    split = merge(reports, decisions=[apart])
    assert len(_of(list(build_queue(reports, split)), "merges")) == 1
    assert _of(_queue(reports, (apart,)), "merges") == []
    signed = replace(reports[0].events[0], provenance=Provenance("events", by=("An: status",)))
    assert _of(_queue([replace(reports[0], events=(signed,)), reports[1]]), "events") == []


def test_queue_asks_once_whether_two_actors_are_one() -> None:
    report = _report(1)
    other = Entity("nil-1", "Kerry", EntityType.PER)
    both = replace(report, entities=(*report.entities, other))
    (pair,) = _of(list(build_queue([both], Merged())), "actors")
    assert {pair["record"], pair["other"]} == {"nil-1", report.entities[0].id}
    row = replace(
        merge_entities(report.entities[0], [other], by="An", at="2026-11-22T10:00:00"), verdict="rejected"
    )
    assert _of(list(build_queue([both], Merged(), (), (row,))), "actors") == []
