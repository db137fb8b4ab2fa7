"""Which dates matter: looks back of later reports, independent sources, weight of events, phases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kroniek.merge import merge
from kroniek.merge.salience import SalientDate, date_key, is_look_back, looks_back, rank_dates, weight_of
from kroniek.merge.sources import sources_of
from kroniek.model import Analysis, Origin, Span, Status, Timex, TimexType, interval_of
from kroniek.ontology import load_ontology
from tests.makers import meeting


def _dated(analysis: Analysis, *values: str) -> Analysis:
    span = Span(0, 5)
    timexes = tuple(Timex(span, TimexType.DATE, value, interval_of(value)) for value in values)
    return replace(analysis, timexes=timexes)


def _report(name: str, published: str, *values: str, outlet: str = "", **event: Any) -> Analysis:
    analysis = meeting(f"Kerry en Lavrov spraken {name}.", published=published, path=name, **event)
    document = replace(analysis.document, origin=Origin(name, outlet=outlet or name))
    return _dated(replace(analysis, document=document), *values)


def _ranked(*analyses: Analysis) -> tuple[SalientDate, ...]:
    merged = merge(analyses)
    return rank_dates(
        analyses, merged.events, merged.processes,
        sources=sources_of(analyses, merged.families), ontology=load_ontology(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("2016-09-19TEV", "2016-09-19"), ("2016-09-09T12:00", "2016-09-09"), ("2016-02", "2016-02"), ("2016-W36", ""),
        ("2016", ""), ("2016-W36-2", "2016-09-06"), ("", ""), ("PAST_REF", ""), ("2017-02-30", ""), ("2017-13", ""),
    ],
)  # fmt: skip
def test_date_key_is_a_day_or_a_month_that_exists(value: str, key: str) -> None:
    assert date_key(value) == key


def test_look_back_is_no_news_of_yesterday() -> None:
    assert is_look_back(interval_of("2016-09-07"), interval_of("2016-09-09"))
    assert not is_look_back(interval_of("2016-09-08"), interval_of("2016-09-09"))
    assert not is_look_back(interval_of("2016-09-20"), interval_of("2016-09-09"))
    assert not is_look_back(interval_of("2016-09-20"), None)


def test_dates_that_later_reports_look_back_to_come_first() -> None:
    ranked = _ranked(
        _report("a", "2016-09-09", day="2016-09-08"),
        _report("b", "2016-09-10", day="2016-09-09"),
        _report("c", "2016-09-20", "2016-09-08", day="2016-09-19"),
    )
    assert ranked[0].value == "2016-09-08"
    assert (ranked[0].looking, ranked[0].telling) == (1, 1)


def test_dates_of_copies_of_one_outlet_count_once() -> None:
    once = _ranked(_report("c", "2016-09-20", "2016-09-08", outlet="krant"))
    twice = _ranked(
        _report("c", "2016-09-20", "2016-09-08", outlet="krant"),
        _report("d", "2016-09-21", "2016-09-08", outlet="krant"),
    )
    other = _ranked(
        _report("c", "2016-09-20", "2016-09-08", outlet="krant"),
        _report("d", "2016-09-21", "2016-09-08", outlet="blad"),
    )
    looking = [
        next(item.looking for item in found if item.value == "2016-09-08") for found in (once, twice, other)
    ]
    assert looking == [1, 1, 2]


def test_dates_rank_the_same_whatever_the_order_of_reports() -> None:
    reports = [_report(name, f"2016-09-2{name}", f"2016-09-0{name}") for name in "1234"]
    assert _ranked(*reports) == _ranked(*reversed(reports))


def test_what_was_not_held_weighs_half() -> None:
    (held,) = merge([meeting("Kerry en Lavrov spraken.")]).events
    ontology = load_ontology()
    planned = replace(held, status=Status.PLANNED)
    assert weight_of(planned, ontology) == weight_of(held, ontology) / 2 > 0


def test_looks_back_keep_the_words_and_their_sentence() -> None:
    ((value, (evidence,)),) = looks_back([_report("c", "2016-09-20", "2016-09-08")]).items()
    assert value == "2016-09-08"
    assert evidence.span == Span(0, 5) and evidence.sentence == Span(0, 26)


def test_month_that_is_looked_back_to_weighs_half_a_day() -> None:
    ranked = {
        item.value: item for item in _ranked(_report("c", "2016-09-20", "2016-09-08", "2016-02", day=""))
    }
    assert ranked["2016-02"].score == ranked["2016-09-08"].score / 2 > 0


def test_dates_of_a_subject_come_from_looks_back_that_belong_to_it() -> None:
    analysis = _report("c", "2016-09-20", "2016-09-08", day="")
    merged = merge([analysis])
    ranked = rank_dates(
        [analysis], merged.events, merged.processes, sources=sources_of([analysis], merged.families),
        ontology=load_ontology(), counts=lambda evidence: evidence.document != analysis.document.id,
    )  # fmt: skip
    assert ranked == ()
