"""The example reports: their headers come out as they stand there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kroniek.analyse.step import Layers, Resources
from kroniek.analyse.zones import ZONES
from kroniek.language import load_language
from kroniek.model import Analysis, Document, ZoneKind
from kroniek.read import read_inputs

REPORTS = Path(__file__).parents[1] / "examples" / "reports"

HEADERS = {
    "01": ("2016-08-27T00:58", None, ("ANP", "Reuters"), "", "", "GENÈVE"),
    "02": ("2016-09-05T19:42", None, ("Belga", "Reuters"), "", "afp", ""),
    "03": ("2016-09-08T21:40", "2016-09-08T22:55", (), "redactie buitenland", "Reuters", "WASHINGTON"),
    "04": ("2016-09-10T02:48", "2016-09-10T08:15", ("ANP",), "Van onze buitenlandredactie", "EPA", ""),
    "05": ("2016-09-20T18:05", None, ("ANP", "AFP"), "ANP", "", "NEW YORK"),
    "06": ("2016-09-20T18:31", None, ("ANP",), "Redactie", "", ""),
    "07": ("2016-10-16T09:12", None, (), "", "", ""),
    "08": ("2017-01", None, (), "Redactie", "", ""),
    "09": ("2017-04-07T13:15", None, ("Belga", "AFP", "Reuters"), "", "ap", ""),
    "10": ("2017-04-13T10:05", None, (), "redactie", "", ""),
    "11": ("2017-07-08T00:20", "2017-07-08T07:30", (), "Van onze verslaggever in Hamburg", "", "HAMBURG"),
    "12": ("2017-12-11T20:18", None, ("Belga",), "", "EPA", ""),
}
COUNTS = {  # title, captions, headings, paragraphs
    "01": (1, 0, 0, 6), "02": (0, 1, 2, 6), "03": (1, 0, 1, 5), "04": (1, 1, 2, 6), "05": (1, 0, 0, 5), "06": (1, 0, 1, 5),
    "07": (1, 0, 2, 6), "08": (1, 0, 2, 6), "09": (0, 1, 2, 7), "10": (1, 0, 1, 5), "11": (1, 0, 2, 6), "12": (1, 1, 2, 6),
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Document, Layers]]:
    resources = Resources(load_language("nl"), None, None, date(2026, 1, 1))  # type: ignore[arg-type]
    documents = [item for item in read_inputs([str(REPORTS)]) if isinstance(item, Document)]
    layers = ZONES.run([Analysis(document) for document in documents], resources)
    return {
        Path(item.origin.path).name[:2]: (item, layer) for item, layer in zip(documents, layers, strict=True)
    }


def test_examples_are_twelve_and_each_is_read(found: dict[str, tuple[Document, Layers]]) -> None:
    assert sorted(found) == sorted(HEADERS)


@pytest.mark.parametrize("number", HEADERS)
def test_examples_headers_are_read_as_they_stand(
    number: str, found: dict[str, tuple[Document, Layers]]
) -> None:
    _, layers = found[number]
    header = layers["header"]
    assert layers["gaps"] == ()
    assert (
        layers["published"].value, header.updated, header.agencies, header.byline, header.photo_credit, header.place
    ) == HEADERS[number]  # fmt: skip
    kinds = [zone.kind for zone in layers["zones"]]
    wanted = (ZoneKind.TITLE, ZoneKind.CAPTION, ZoneKind.HEADING, ZoneKind.PARAGRAPH)
    assert tuple(kinds.count(kind) for kind in wanted) == COUNTS[number]


@pytest.mark.parametrize("number", HEADERS)
def test_examples_have_the_length_of_a_report(number: str, found: dict[str, tuple[Document, Layers]]) -> None:
    assert 150 <= len(found[number][0].text.split()) <= 350
