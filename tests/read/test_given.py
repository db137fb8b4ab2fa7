"""Dates of metadata: as precise as written, day first, in the outlet's own time zone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kroniek.model import HowKnown, interval_of
from kroniek.read.given import parse_stamp, read_given


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2016-09-09", "2016-09-09"),
        ("2016-09", "2016-09"),
        ("2016", "2016"),
        ("20160909", "2016-09-09"),
        ("2016-09-09T00:34", "2016-09-09T00:34"),
        ("2016-09-09 00:34:12", "2016-09-09T00:34"),
        ("2016-09-08T22:34:00Z", "2016-09-09T00:34"),
        ("2016-12-08T23:34:00.000+00:00", "2016-12-09T00:34"),
        ("2016-09-09T00:34:00+0200", "2016-09-09T00:34"),
        ("9/09/16", "2016-09-09"),
        ("09-09-2016 00:34", "2016-09-09T00:34"),
        ("Fri, 09 Sep 2016 00:34:00 +0200", "2016-09-09T00:34"),
        ("1473374040", "2016-09-09T00:34"),
        ("1473374040000", "2016-09-09T00:34"),
        ("2016-02-30", None),
        ("09/27/2016", None),
        ("gisteren", None),
    ],
)
def test_given_reads_a_stamp(words: str, iso: str | None) -> None:
    assert parse_stamp(words, "Europe/Brussels") == iso


def test_given_says_which_column_holds_no_date() -> None:
    found = read_given("gisteren", "published", "Europe/Brussels")
    assert found.value is None
    assert "column published: 'gisteren' is not a date" in found.grounds
    assert read_given("2016-09", "published", "Europe/Brussels").how is HowKnown.GIVEN


@given(
    st.one_of(
        st.text(max_size=30),
        st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}([-/. ][0-9]{1,4})?(T[0-9:]{4,8}Z?)?", fullmatch=True),
    )
)
def test_given_never_fails_and_gives_only_real_days(words: str) -> None:
    iso = parse_stamp(words, "Europe/Brussels")
    assert iso is None or interval_of(iso) is not None
