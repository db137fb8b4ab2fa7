"""What notebooks show: escaped, with where the words stand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from kroniek.chronicle import Chronicle
from kroniek.merge import merge
from kroniek.model import Evidence, Phase, Process, Span
from tests.flows import STEPS, document, resources
from tests.makers import meeting

HOSTILE = "<img src=x onerror=alert(1)>"


def test_event_shows_itself_escaped_and_leads_to_its_words() -> None:
    (event,) = merge([meeting("Kerry en Lavrov spraken lang.")]).events
    shown = replace(event, place=HOSTILE, time="2016-09")._repr_html_()
    assert "<img" not in shown and "&lt;img" in shown
    assert "2016-09 (known to the month)" in shown
    assert re.search(r"happened: doc-\w+ 16-23, reported 2016-09-09", shown)
    ElementTree.fromstring(shown)  # every tag is closed


def test_process_shows_its_phases_with_their_status() -> None:
    words = Evidence("doc-1", Span(3, 9), Span(0, 20))
    phases = (
        Phase("declared", "2016-09-09", words, "r"),
        Phase("in_force", "", words, "r", status="planned"),
    )
    shown = Process("process-1", "ceasefire", HOSTILE, ("country:RU",), "", phases * 15)._repr_html_()
    assert "<img" not in shown
    assert "declared, 2016-09-09 (happened): doc-1 3-9" in shown
    assert "in_force, no time given (planned)" in shown and "and 10 more" in shown
    ElementTree.fromstring(shown)


def test_chronicle_shows_its_first_events_escaped(tmp_path: Path) -> None:
    with Chronicle.open(tmp_path / "x.kroniek", create=True) as chronicle:
        chronicle.add(
            [document(f"Kerry ontmoette Lavrov op 2016-08-26. {HOSTILE}")], resources(), steps=STEPS
        )
        shown = chronicle._repr_html_()
    assert "x.kroniek: 1 reports" in shown and "<img" not in shown
    assert "<b>ontmoette</b>" in shown
    ElementTree.fromstring(shown)
