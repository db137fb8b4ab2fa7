"""The machine's output in the gold format."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.evaluate.gold import check, document_of
from kroniek.model import Analysis, Document, Link, Origin, Span, Status, Timex, TimexType, interval_of
from kroniek.publish.annotation import annotation, given_id, safe_file_name
from tests.makers import meeting, saying

TEXT = "Kerry zei dat hij en Lavrov elkaar gisteren spraken."


def _analysis() -> Analysis:
    found = saying(meeting(TEXT), "zei", "dat hij en Lavrov elkaar gisteren spraken")
    start = TEXT.index("gisteren")
    timex = Timex(Span(start, start + 8), TimexType.DATE, "2016-09-08", interval_of("2016-09-08"))
    return replace(found, timexes=(timex,))


def test_annotation_is_the_gold_format() -> None:
    made = annotation(_analysis())
    assert made["published"] == "2016-09-09"
    assert made["published_how"] == "stated"
    assert made["entities"][0] == {
        "surface": "Kerry", "start": 0, "end": 5, "type": "PER", "actor": "John Kerry", "wikidata": None,
    }  # fmt: skip
    assert made["times"] == [
        {"surface": "gisteren", "start": 35, "end": 43, "type": "DATE", "value": "2016-09-08",
         "earliest": "2016-09-08", "latest": "2016-09-08"}
    ]  # fmt: skip
    (statement,) = made["attributions"]
    assert statement["source"] == {"surface": "Kerry", "start": 0, "end": 5}
    assert statement["actor"] == "John Kerry"
    assert statement["content"][0]["surface"] == "dat hij en Lavrov elkaar gisteren spraken"
    (event,) = made["events"]
    assert (event["actors"], event["recipients"], event["place"]) == (
        ["John Kerry", "Sergey Lavrov"],
        [],
        None,
    )
    assert (event["status"], event["according_to"], event["mode"]) == ("happened", None, None)


def test_annotation_is_read_back_by_the_scorer() -> None:
    document = document_of(annotation(_analysis()))
    assert not check(document)


def test_annotation_names_who_an_event_rests_on() -> None:
    found = meeting(TEXT, status=Status.ALLEGED)
    event = replace(found.events[0], according_to=("Q-John Kerry", "een diplomaat"))
    made = annotation(replace(found, events=(event,)))
    assert made["events"][0]["according_to"] == ["John Kerry", "een diplomaat"]


def test_annotation_gives_no_actor_for_a_name_without_a_link() -> None:
    made = annotation(replace(_analysis(), links=(Link("m0-5", (), 0.0, "unknown"),)))
    assert [name["actor"] for name in made["entities"]] == [None, None]


def test_annotation_takes_parsed_names_where_no_step_made_mentions() -> None:
    made = annotation(replace(_analysis(), mentions=(), links=(), entities=()))
    assert [name["surface"] for name in made["entities"]] == ["Kerry", "Lavrov"]


@pytest.mark.parametrize(
    ("name", "path", "record", "wanted"),
    [
        ("x-1", "reports.jsonl", "3", "x-1"), ("", "map/bericht.txt", "", "bericht"),
        ("", "reports.jsonl", "3", "reports-3"), ("", "-", "", "-"), ("", "C:\\map\\a.html", "", "a"),
    ],
)  # fmt: skip
def test_annotation_is_named_after_the_given_id_or_the_source(
    name: str, path: str, record: str, wanted: str
) -> None:
    assert given_id(Document("t", Origin(path, record), name=name)) == wanted


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"), ("..", "report"), ("", "report"), ("CON", "_CON"),
        ("nul.txt", "_nul.txt"), ("a\x00b", "a_b"), ("Genève 2016", "Genève 2016"), ("a" * 500, "a" * 120),
        (".hidden", "hidden"), ("a/b\\c:d", "a_b_c_d"),
    ],
)  # fmt: skip
def test_annotation_makes_a_hostile_name_safe(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_annotation_file_names_are_one_component(name: str) -> None:
    safe = safe_file_name(name)
    assert safe and not set(safe) & set('/\\\0:*?"<>|')
    assert safe not in {".", ".."} and len(safe.encode()) < 500
