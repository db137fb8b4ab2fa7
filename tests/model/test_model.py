"""Records: spans, dates with precision, ids and the JSON round trip."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.model import (
    Attribution,
    Document,
    Interval,
    Origin,
    Precision,
    Published,
    Span,
    SpeechKind,
    Stance,
    content_id,
    from_json,
    interval_of,
    precision_of,
    to_json,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "earliest", "latest", "precision"),
    [
        ("2017-04", (2017, 4, 1), (2017, 4, 30), Precision.MONTH),
        ("2016-09-09T00:34", (2016, 9, 9), (2016, 9, 9), Precision.TIME),
        ("2016-W35-WE", (2016, 9, 3), (2016, 9, 4), Precision.WEEKEND),
        ("2017-W14", (2017, 4, 3), (2017, 4, 9), Precision.WEEK),
        ("2016-08-26TMO", (2016, 8, 26), (2016, 8, 26), Precision.DAYPART),
        ("2016-WI", (2016, 12, 1), (2017, 2, 28), Precision.SEASON),
        ("2016-Q3", (2016, 7, 1), (2016, 9, 30), Precision.QUARTER),
        ("198", (1980, 1, 1), (1989, 12, 31), Precision.DECADE),
        ("19", (1900, 1, 1), (1999, 12, 31), Precision.CENTURY),
        ("2016", (2016, 1, 1), (2016, 12, 31), Precision.YEAR),
    ],
)
def test_dates_interval_and_precision_of_a_value(
    value: str, earliest: tuple[int, int, int], latest: tuple[int, int, int], precision: Precision
) -> None:
    assert interval_of(value) == Interval(date(*earliest), date(*latest))
    assert precision_of(value) == precision


def test_dates_give_the_days_of_a_range() -> None:
    assert interval_of("2016-09-08/2016-09-09") == Interval(date(2016, 9, 8), date(2016, 9, 9))


@pytest.mark.parametrize(
    "value",
    ["PAST_REF", "2017-02-30", "2017-W54", "", "gisteren", "0000", "2017/2016", "2016/", "2016/2017/2018"],
)
def test_dates_give_no_interval_for_what_is_no_date(value: str) -> None:
    assert interval_of(value) is None


def test_span_refuses_a_negative_range() -> None:
    with pytest.raises(ValueError, match="start <= end"):
        Span(3, 2)


def test_document_id_changes_with_text_and_not_with_path() -> None:
    first = Document("tekst", Origin("a.txt"))
    assert first.id == Document("tekst", Origin("b.txt")).id != Document("tekst!", Origin("a.txt")).id


def test_content_id_keeps_parts_apart() -> None:
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")


def test_published_day_is_known_only_to_the_day() -> None:
    assert Published("2017-04").day is None
    assert Published("2016-09-09T00:34").day == date(2016, 9, 9)


def test_codec_round_trips_a_record() -> None:
    attribution = Attribution(
        source=None, cue=(Span(0, 3),), content=(Span(4, 9), Span(12, 15)),
        kind=SpeechKind.MIXED, stance=Stance.DENIES, sources=("a", "b"),
    )  # fmt: skip
    assert from_json(Attribution, to_json(attribution)) == attribution


def test_codec_refuses_an_unknown_field() -> None:
    with pytest.raises(TypeError, match="colour"):
        from_json(Span, {"start": 0, "end": 1, "colour": "red"})
