"""Merging: one event from many tellings, days kept apart, copies counted once, order without effect."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.merge import merge
from kroniek.model import Analysis, Document, Origin, Stance, Status
from tests.makers import meeting, saying

WIRE = (
    "Kerry en Lavrov spraken donderdag in Genève over een wapenstilstand in Syrië. De ministers zeiden na "
    "afloop dat er vooruitgang was geboekt, maar dat er nog geen akkoord lag over de details van het bestand."
)


def _texts(count: int) -> list[Analysis]:
    wait = random.Random(1)
    words = [f"woord{number}" for number in range(400)]
    return [
        Analysis(Document(" ".join(wait.choices(words, k=120)), Origin(f"{number}.txt")))
        for number in range(count)
    ]


def test_merge_makes_one_event_of_two_tellings() -> None:
    (event,) = merge(
        [meeting("Kerry en Lavrov spraken."), meeting("Lavrov en Kerry spraken opnieuw.")]
    ).events
    assert len(event.tellings) == event.sources == 2


def test_merge_keeps_days_apart() -> None:
    events = merge(
        [meeting("Kerry en Lavrov spraken a."), meeting("Kerry en Lavrov spraken b.", day="2016-09-05"),
         meeting("Kerry en Lavrov spraken c.", day="2016-09")]
    ).events  # fmt: skip
    assert sorted((event.time, len(event.tellings)) for event in events) == [
        ("2016-09", 1), ("2016-09-05", 1), ("2016-09-08", 1),
    ]  # fmt: skip


def test_merge_lets_a_month_join_the_only_day_in_it() -> None:
    (event,) = merge(
        [meeting("Kerry en Lavrov spraken a.", day="2016-09"), meeting("Kerry en Lavrov spraken b.")]
    ).events
    assert event.time == "2016-09-08"


def test_merge_keeps_places_apart() -> None:
    first, second = (meeting(f"Kerry en Lavrov spraken {x}.", place=x) for x in ("Q-a", "Q-b"))
    assert len(merge([first, second]).events) == 2


def test_merge_joins_undated_tellings_of_reports_of_one_day_only() -> None:
    first, second, later = (
        meeting(f"Kerry en Lavrov spraken {day}.", day="", published=day)
        for day in ("2016-09-09", "2016-09-10", "2016-10-20")
    )
    assert len(merge([first, second]).events) == 1
    assert len(merge([first, later]).events) == 2


def test_merge_shows_the_last_status_and_keeps_the_history() -> None:
    (event,) = merge(
        [meeting("Kerry en Lavrov spraken straks.", status=Status.PLANNED, published="2016-09-07"),
         meeting("Kerry en Lavrov spraken.", published="2016-09-09"),]
    ).events  # fmt: skip
    assert event.status is Status.HAPPENED
    assert [status for _, status, _ in event.history] == [Status.PLANNED, Status.HAPPENED]


def test_merge_counts_a_wire_copy_once() -> None:
    copies = [meeting(WIRE), meeting(WIRE.replace("donderdag", "gisteren"), path="b.txt")]
    merged = merge(copies)
    assert [len(family.documents) for family in merged.families] == [2]
    assert [(len(event.tellings), event.sources) for event in merged.events] == [(2, 1)]


def test_merge_calls_a_claim_disputed_when_one_says_and_one_denies() -> None:
    content = "dat Kerry en Lavrov spraken"
    said = saying(meeting(f"Kerry zei {content}."), "zei", content)
    denied = saying(meeting(f"Kerry ontkent {content}."), "ontkent", content, Stance.DENIES)
    (claim,) = merge([said, denied]).claims
    assert claim.status == "disputed"
    assert merge([said]).claims[0].status == "unconfirmed"


def test_families_find_copies_among_many() -> None:
    others = _texts(300)
    copies = [
        Analysis(Document(f"{WIRE} {tail}", Origin(tail))) for tail in ("", "(ANP)", "Lees ook meer nieuws.")
    ]
    (family,) = merge([*others, *copies]).families
    assert set(family.documents) == {copy.document.id for copy in copies}


TELLINGS = [
    meeting(
        f"Kerry en Lavrov spraken {day} {status} {WIRE[:60]}.", day=day, status=status, published=published
    )
    for day, published in (
        ("2016-09-08", "2016-09-09"),
        ("2016-09", "2016-10"),
        ("2016-09-05", "2016-09-06"),
        ("", ""),
    )
    for status in (Status.HAPPENED, Status.PLANNED)
]


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(TELLINGS), doubled=st.integers(0, 3))
def test_merge_does_not_depend_on_order_or_repeats(order: list[Analysis], doubled: int) -> None:
    assert merge([*order, *order[:doubled]]) == merge(TELLINGS)
