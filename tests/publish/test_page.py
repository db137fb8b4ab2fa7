"""The timeline page: escaped, self-contained, and honest about dates and statuses."""

from __future__ import annotations

import re

import pytest

from kroniek.merge import merge
from kroniek.merge.standing import Standing
from kroniek.model import (
    Analysis,
    Document,
    EntityType,
    Origin,
    Published,
    Span,
    Stance,
    Status,
    StepKind,
    record_id,
)
from kroniek.model.document import HowKnown
from kroniek.ontology import load_ontology
from kroniek.publish.labels import load_labels
from kroniek.publish.page import density, timeline_page
from kroniek.publish.timeline import Report, TimelineItem, item_json, timeline_item
from tests.makers import meeting


def _items(*analyses: Analysis) -> list[TimelineItem]:
    reports = {item.document.id: Report(item.document, item.published) for item in analyses}
    names = {entity.id: entity.name for item in analyses for entity in item.entities}
    mentions = {record_id(item.document, event.id): event for item in analyses for event in item.events}
    return [
        timeline_item(event, names=names, mentions=mentions, report_of=reports.__getitem__)
        for event in merge(analyses).events
    ]


def test_page_escapes_what_reports_say_and_loads_nothing() -> None:
    hostile = '<script>alert(1)</script> Kerry en Lavrov spraken <img src=x onerror=y> "af".'
    page = timeline_page(_items(meeting(hostile, path="<b>.txt")), title="</title><script>", documents=1)
    assert page.count("<script>") == 1
    assert "<img" not in page and "<b>" not in page
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_page_keeps_what_did_not_happen_apart() -> None:
    items = _items(
        meeting("Kerry en Lavrov spraken."),
        meeting("Kerry en Lavrov spraken niet.", day="2016-09-10", status=Status.DENIED),
    )
    page = timeline_page(items, title="t", documents=2)
    assert page.index('id="group-happened"') < page.index('id="group-denied"')
    assert [bar.events for bar in density(items)] == [1]


def test_page_without_events_says_so() -> None:
    assert "Geen gebeurtenissen" in timeline_page([], title="t", documents=0)


def test_timeline_marks_a_date_from_an_inferred_publication() -> None:
    analysis = meeting("Kerry en Lavrov spraken gisteren.")
    (item,) = _items(analysis)
    assert item.shown_date == "2016-09-08"
    report = Report(analysis.document, Published("2016-09-09", HowKnown.INFERRED))
    mention = {record_id(analysis.document, analysis.events[0].id): analysis.events[0]}
    (event,) = merge([analysis]).events
    inferred = timeline_item(event, names={}, mentions=mention, report_of=lambda _: report)
    assert inferred.shown_date == "~2016-09-08"
    assert report.label == "a.txt, ~2016-09-09"


def test_timeline_quotes_the_sentence_around_its_words() -> None:
    (item,) = _items(meeting("Kerry en Lavrov spraken lang."))
    (entry,) = item_json(item)["evidence"]
    assert (entry["sentence"], entry["words"]) == ("Kerry en Lavrov spraken lang.", "spraken")
    assert Span(entry["start"], entry["end"]).of("Kerry en Lavrov spraken lang.") == "spraken"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2016-09-09", "vrijdag 9 september 2016"), ("2017-04", "april 2017"), ("2016", "2016"),
        ("2016-09-09T00:34", "vrijdag 9 september 2016, 00:34"), ("2016-08-26TMO", "vrijdag 26 augustus 2016, ochtend"),
        ("2016-W35", "week 35 van 2016"), ("2016-W35-WE", "weekend van week 35, 2016"), ("2016-SU", "zomer 2016"),
        ("2016-Q3", "3e kwartaal van 2016"), ("198", "jaren 1980"), ("19", "20e eeuw"), ("2017-02-30", "2017-02-30"),
        ("PAST_REF", "PAST_REF"), ("2016-W35-2", "dinsdag 30 augustus 2016"),
    ],
)  # fmt: skip
def test_labels_say_a_date_as_precisely_as_it_is_known(value: str, words: str) -> None:
    assert load_labels("nl").date(value) == words


def test_report_without_a_date_is_called_by_its_file() -> None:
    assert Report(Document("t", Origin("map/a.txt")), Published()).label == "map/a.txt"


def test_labels_know_every_type_mode_and_status() -> None:
    labels, types = load_labels("nl"), load_ontology().types
    modes = {mode for event_type in types.values() for mode in event_type.modes}
    assert modes <= set(labels.tables["modes"])
    assert set(types) <= set(labels.tables["types"])
    assert set(Status) <= set(labels.tables["statuses"])


def test_labels_of_both_interfaces_have_the_same_codes() -> None:
    dutch, english = (
        {name: set(table) for name, table in load_labels(code).tables.items() if name != "in_text"}
        for code in ("nl", "en")
    )  # `in_text` holds names, which each language has its own of
    assert dutch == english


def test_labels_know_every_code_of_the_model_and_the_ontology() -> None:
    tables, ontology = load_labels("en").tables, load_ontology()
    assert set(ontology.phases) <= set(tables["phases"])
    assert {stance.value for stance in Stance} == set(tables["stances"])
    assert {standing.value for standing in Standing} == set(tables["standings"])
    assert {kind.value for kind in EntityType} == set(tables["entities"])
    assert {kind.value for kind in StepKind} == set(tables["steps"])
