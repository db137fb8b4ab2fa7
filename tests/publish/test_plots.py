"""Pictures: each kind is drawn offline, with the names in it, and signs that colour alone does not carry."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kroniek.chronicle import Chronicle
from kroniek.dossiers import gather_dossier
from kroniek.errors import KroniekError, NotFoundError
from kroniek.publish.dossier import Dossier
from kroniek.publish.labels import load_labels
from kroniek.publish.plots import KINDS, SIGNS, TONES, plot, rendered

LABELS = load_labels("nl")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def dossier(examples: Path) -> Dossier:
    with Chronicle.open(examples) as chronicle:
        return gather_dossier(chronicle, about="Syrië")


def _words(drawn: bytes) -> str:
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(drawn).iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("timeline", "Gebeurd"), ("processes", "gesloten of van kracht"), ("relations", "Rusland – Verenigde Staten"),
        ("network", "Sergej Lavrov"),
    ],
)  # fmt: skip
def test_plot_draws_names_and_title(dossier: Dossier, kind: str, words: str) -> None:
    drawn = rendered(plot(kind, dossier, LABELS), "svg", "nl")
    assert words in _words(drawn) and "Syrië" in _words(drawn)
    assert b"href" not in drawn and b"NaN" not in drawn


def test_plot_writes_months_in_the_language_of_the_interface(dossier: Dossier) -> None:
    spec = plot("timeline", dossier, LABELS)
    assert "okt 2016" in _words(rendered(spec, "svg", "nl"))
    assert "Oct 2016" in _words(rendered(spec, "svg", "en"))


def test_plot_draws_png(dossier: Dossier) -> None:
    assert rendered(plot("network", dossier, LABELS), "png", "nl").startswith(b"\x89PNG")


def test_plot_says_by_shape_what_it_says_by_colour() -> None:
    for signs in (list(SIGNS.values()), list(TONES.values())):
        assert len({colour for colour, _ in signs}) == len({shape for _, shape in signs}) == len(signs)


def test_plot_of_many_events_has_a_row_for_each_group(dossier: Dossier) -> None:
    rows = [
        replace(row, item=replace(row.item, id=f"{row.item.id}-{number}"))
        for row in dossier.events for number in range(10)
    ]  # fmt: skip
    spec = plot("timeline", replace(dossier, events=tuple(rows)), LABELS)
    height = ElementTree.fromstring(rendered(spec, "svg", "nl")).attrib["height"]
    assert float(height) < 600


def test_plot_shows_hostile_names_as_they_stand(dossier: Dossier) -> None:
    bad = "\"'</text><script>alert(1)</script>\u2028\\"
    events = tuple(replace(row, item=replace(row.item, actors=(bad,))) for row in dossier.events)
    drawn = rendered(plot("timeline", replace(dossier, events=events), LABELS), "svg", "nl")
    assert b"<script" not in drawn
    assert "<script>" in _words(drawn)


@pytest.mark.parametrize("kind", list(KINDS))
def test_plot_of_nothing_says_what_is_missing(dossier: Dossier, kind: str) -> None:
    empty = replace(dossier, events=(), processes=(), relations=(), ties=())
    with pytest.raises(NotFoundError, match="nothing to draw"):
        plot(kind, empty, LABELS)


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_plot_without_its_libraries_says_how_to_get_them(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(KroniekError, match=r"pip install 'kroniek\[publish\]'"):
        rendered(plot("network", dossier, LABELS), "svg", "nl")
