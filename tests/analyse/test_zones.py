"""Zones and header: every rule's examples, whole tops of reports, and what holds for any text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.analyse.header_rules import HeaderRule, header_rules
from kroniek.analyse.step import Layers, Resources
from kroniek.analyse.zones import ZONES
from kroniek.language import load_language
from kroniek.model import Analysis, Document, HowKnown, Origin, Published, ZoneKind
from kroniek.read import read_inputs

NL = load_language("nl")
RULES = header_rules(NL)
RESOURCES = Resources(NL, None, None, date(2026, 1, 1))  # type: ignore[arg-type]
SHARED = Path(__file__).parents[3] / "shared"


def zone(text: str, given: Published = Published(), **fields: object) -> Layers:  # noqa: B008
    document = Document(text, Origin("a.txt"), given=given, **fields)  # type: ignore[arg-type]
    (found,) = ZONES.run([Analysis(document)], RESOURCES)
    return found


def listed(text: str, layers: Layers) -> list[tuple[str, str]]:
    return [(item.kind.value, item.span.of(text)) for item in layers["zones"]]


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        (rule, example)
        for rule in (*RULES.items, *RULES.datelines, *RULES.furniture)
        for example in rule.examples
    ],
    ids=lambda value: value.id if isinstance(value, HeaderRule) else value["text"][:30],
)
def test_zones_rule_does_what_its_example_says(rule: HeaderRule, example: dict[str, dict[str, str]]) -> None:
    match = rule.pattern.match(str(example["text"]))
    assert match is not None
    assert {name: match[name] for name in example["groups"]} == example["groups"]


def test_zones_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in (*RULES.items, *RULES.datelines, *RULES.furniture)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("example", NL.table("zones")["example"], ids=lambda example: example["id"])
def test_zones_reads_the_tops_of_reports(example: dict[str, object]) -> None:
    layers = zone(str(example["text"]))
    header, published = layers["header"], layers["published"]
    assert [item.kind.value for item in layers["zones"]] == example["zones"]
    assert published.value == example.get("published")
    assert header.updated == example.get("updated")
    assert list(header.agencies) == example.get("agencies", [])
    for name in ("byline", "photo_credit", "place", "title"):
        assert getattr(header, name) == example.get(name, ""), name
    assert list(header.captions) == example.get("captions", [])
    assert list(header.headings) == example.get("headings", [])
    assert len(layers["gaps"]) == example.get("gaps", 0)


FRAGMENTS = st.sampled_from([
    " date 2016-09 ", "9/09/16 - 00u34 ", "Bron: Belga, AFP", "© epa. ", "De minister sprak vrijdag.", "\n", "\n\n", "Door: redactie",
    "GENÈVE - ", "(ANP)", "Oplossing", "31/02/16", " ", "\u00a0", "\t", "'", '"', "Update 10:12", "Foto: EPA", "Lees ook: x", "é", "e\u0301", "\x0b", "1", ":", "-",
])  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(FRAGMENTS, max_size=25).map("".join)))
@settings(max_examples=150, deadline=None)
def test_zones_cover_all_words_in_order_without_overlap(text: str) -> None:
    zones = zone(text)["zones"]
    end = 0
    for item in zones:
        assert item.span.start >= end
        assert not text[end : item.span.start].strip()
        words = item.span.of(text)
        assert words and words == words.strip()
        end = item.span.end
    assert not text[end:].strip()


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_zones_header_words_stand_in_the_text(text: str) -> None:
    layers = zone(text)
    header = layers["header"]
    for words in (header.byline, header.place, header.title, *header.captions, *header.headings):
        assert words in text
    if header.published.span is not None:
        assert header.published.span.end <= len(text)


def test_zones_takes_linear_time_over_a_long_line() -> None:
    layers = zone("9/09/16 - " * 20_000 + "(ANP " * 20_000)
    assert layers["zones"]


def test_zones_prefers_a_precise_header_to_a_given_month() -> None:
    layers = zone(
        "9/09/16 - 00u34\n\nKerry sprak.", Published("2016-09", HowKnown.GIVEN, "date of the input")
    )
    assert (layers["published"].value, layers["published"].how) == ("2016-09-09T00:34", HowKnown.STATED)
    assert not layers["gaps"]


def test_zones_keeps_the_given_date_and_leaves_a_gap_when_the_header_contradicts_it() -> None:
    layers = zone(
        "9/09/16 - 00u34\n\nKerry sprak.", Published("2016-10-02", HowKnown.GIVEN, "date of the input")
    )
    assert layers["published"].value == "2016-10-02"
    assert "2016-09-09T00:34" in layers["gaps"][0].reason and "2016-10-02" in layers["gaps"][0].reason


def test_zones_completes_a_clock_time_with_the_given_day() -> None:
    layers = zone("10u53\n\nKerry sprak met Lavrov.", Published("2016-09-09", HowKnown.GIVEN, "date"))
    assert layers["published"].value == "2016-09-09T10:53"


def test_zones_says_that_a_given_date_is_no_date() -> None:
    layers = zone("Kerry sprak.", Published(None, HowKnown.UNKNOWN, "date 'gisteren' is not a date"))
    assert [gap.reason for gap in layers["gaps"]] == ["date 'gisteren' is not a date"]


def test_zones_title_from_metadata_is_cut_from_the_text_that_it_is_glued_to() -> None:
    text = "Kerry naar Genève De minister reist toch. Lavrov ook."
    assert listed(text, zone(text, title="Kerry naar Genève"))[0] == ("title", "Kerry naar Genève")


reports = pytest.mark.skipif(
    not (SHARED / "reports").is_dir(), reason="the reports are not beside the repository"
)


@reports
def test_zones_headers_of_the_real_reports_are_exactly_right() -> None:
    found = {}
    for document in read_inputs([str(SHARED / "reports")]):
        assert isinstance(document, Document)
        found[Path(document.origin.path).name] = zone(document.text, document.given)
    assert len(found) == 5
    for path in sorted((SHARED / "expected").glob("*.json")):
        wanted = json.loads(path.read_text(encoding="utf-8"))
        layers = found[wanted["file"]]
        header = layers["header"]
        assert layers["published"].value == wanted["published"]["stated"]
        assert list(header.agencies) == wanted["agencies"]
        assert list(header.captions) == wanted.get("captions", [])
        assert header.photo_credit == wanted.get("photo_credit", "")
        assert list(header.headings) == wanted["headings"]
        assert header.title == ""


@reports
def test_zones_headers_of_the_two_reports_without_expectations() -> None:
    found = {}
    for document in read_inputs([str(SHARED / "reports" / "00[24]_*.txt")]):
        assert isinstance(document, Document)
        found[Path(document.origin.path).name[:3]] = zone(document.text, document.given)
    second, fourth = found["002"], found["004"]
    assert second["published"].value == "2016-09-05T16:59"
    assert (second["header"].agencies, second["header"].photo_credit) == (("Belga", "AFP", "DPA"), "reuters")
    assert (second["header"].byline, second["header"].headings, second["header"].captions) == (
        "redactie",
        (),
        (),
    )
    assert (fourth["published"].value, fourth["header"].agencies) == ("2017-12", ("Reuters",))
    assert (fourth["header"].byline, fourth["header"].photo_credit) == ("Redactie", "EPA")
    kinds = [item.kind for item in fourth["zones"]]
    counts = {
        kind: kinds.count(kind)
        for kind in (ZoneKind.TITLE, ZoneKind.CAPTION, ZoneKind.HEADING, ZoneKind.PARAGRAPH)
    }
    assert list(counts.values()) == [1, 1, 1, 6]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Streekbode, dinsdag 18 juli 2023", "2023-07-18"),
        ("Kroniek van Zele (Zele) - 7 juni 2018", "2018-06-07"),
        ("de Volkskrant, 9 juni 2023", "2023-06-09"),
        ("Het verdrag, getekend op 3 mei 2015", None),
        ("Zomer, het bleef warm tot 3 mei 2015", None),
    ],
)
def test_zones_a_full_date_behind_an_unknown_name_dates_the_report(line: str, day: str | None) -> None:
    layers = zone(
        f"Brug naar eiland dicht\n{line}\n\nDe brug is dinsdag gesloten. Dat meldt de burgemeester."
    )
    assert layers["published"].value == day


def test_zones_a_place_and_day_between_paragraphs_are_a_heading() -> None:
    text = "Vijf jaar later\nANP, 22 maart 2018\n\nAlles op een rij, zegt Jan.\n\nParijs, 13 november 2015\n\nEr vallen doden."
    layers = zone(text)
    assert layers["published"].value == "2018-03-22"
    assert ("heading", "Parijs, 13 november 2015") in listed(text, layers)
