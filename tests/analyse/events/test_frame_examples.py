"""Every frame's examples give their records, read by the parser that comes with the pack."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kroniek.analyse.events.detect import find_events
from kroniek.analyse.events.frames import Example, Frame, lexicon_of
from kroniek.analyse.parse import parse
from kroniek.analyse.step import Resources
from kroniek.knowledge import load_knowledge
from kroniek.language import load_language
from kroniek.model import Analysis, Document, EventMention, Origin, Published, Span, Zone, ZoneKind
from kroniek.registry import load_parser

PACK = load_language("nl")
FRAMES = PACK.compiled(lexicon_of).frames
EXAMPLES = [(frame, example) for frame in FRAMES for example in frame.examples]
# Sentences that the shipped model parses wrong, with what it makes of them.
MISREAD = {
    "Honderden betogers trokken door Keulen.": "betogers hangs on Honderden, which is the subject",
}


@cache
def analyses() -> dict[str, Analysis]:
    """Parse all examples in one batch, each as a document of its own."""
    resources = cast(
        Resources,
        SimpleNamespace(parser=load_parser(PACK.parser, "nl"), knowledge=load_knowledge(), language=PACK),
    )
    bare = [bare_analysis(example.text) for _, example in EXAMPLES]
    parsed = parse(bare, resources)
    found = {}
    for analysis, layers in zip(bare, parsed, strict=True):
        given: dict[str, Any] = dict(layers)
        found[analysis.text] = Analysis(
            analysis.document,
            published=Published("2018-09-30"),
            zones=analysis.zones,
            mentions=given["names"],
            **given,
        )
    return found


def bare_analysis(text: str) -> Analysis:
    document = Document(text=text, language="nl", origin=Origin(path="example"))
    return Analysis(document, zones=(Zone(ZoneKind.PARAGRAPH, Span(0, len(text))),))


def events_of(text: str) -> list[EventMention]:
    resources = cast(Resources, SimpleNamespace(language=PACK, today=date(2018, 9, 30)))
    layers: Any = find_events(analyses()[text], resources)
    return list(layers["events"])


def heads(analysis: Analysis, event: EventMention, role: str) -> list[str]:
    return [
        argument.span.of(analysis.text)
        for argument in event.arguments
        if argument.role == role and argument.span
    ]


def agree(wanted: tuple[str, ...], found: list[str]) -> bool:
    """Tell whether each wanted word stands in a phrase of its own, and no phrase is left over."""
    return len(wanted) == len(found) and all(any(word in phrase for phrase in found) for word in wanted)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("frame", "example"),
    [
        pytest.param(
            frame,
            example,
            id=f"{frame.id}-{number}",
            marks=[pytest.mark.xfail(strict=True, reason=MISREAD[example.text])]
            if example.text in MISREAD
            else [],
        )
        for number, (frame, example) in enumerate(EXAMPLES)
    ],
)
def test_frame_example_gives_its_record(frame: Frame, example: Example) -> None:
    events = [event for event in events_of(example.text) if event.provenance.rule == frame.id]
    assert events, f"no event; found: {[event.provenance.rule for event in events_of(example.text)]}"
    analysis = analyses()[example.text]
    records = [
        (event.status, heads(analysis, event, "actor"), heads(analysis, event, "recipient"))
        for event in events
    ]
    assert any(
        status is example.status and agree(example.actors, actors) and agree(example.recipients, recipients)
        for status, actors, recipients in records
    ), records
