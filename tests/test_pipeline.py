"""The flow: steps declare what they need and give, and a failing step leaves a gap."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.analyse.step import Step, per_document
from kroniek.model import Document, Origin, Span, Zone, ZoneKind
from kroniek.pipeline import STEPS, analyse, check_order, load_resources


def _document(text: str) -> Document:
    return Document(text, Origin("a.txt"))


ZONES = Step(
    "zones",
    ("document",),
    ("zones",),
    per_document(lambda analysis, _: {"zones": (Zone(ZoneKind.PARAGRAPH, Span(0, len(analysis.text))),)}),
)


def test_pipeline_order_of_our_own_steps_is_sound() -> None:
    check_order(STEPS if STEPS[0].name != "parse" else (ZONES, *STEPS))


def test_pipeline_refuses_a_step_that_comes_too_early() -> None:
    late = Step("late", ("tokens",), ("events",), per_document(lambda *_: {}))
    with pytest.raises(ValueError, match=r"late.*tokens"):
        check_order((late,))


def test_pipeline_turns_a_fault_into_a_gap_on_that_document_only() -> None:
    def fault(analysis, _):  # type: ignore[no-untyped-def]
        if "stuk" in analysis.text:
            raise KeyError("stuk")
        return {"names": ()}

    steps = (ZONES, Step("faulty", ("zones",), ("names",), per_document(fault)))
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    good, bad = analyse([_document("heel"), _document("stuk")], resources, steps)
    assert not good.gaps
    assert [gap.step for gap in bad.gaps] == ["faulty"]


def test_parse_spans_slice_the_text() -> None:
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    parse = next(step for step in STEPS if step.name == "parse")
    (found,) = analyse([_document("Kerry sprak.  Lavrov zweeg.")], resources, (ZONES, parse))
    assert [token.span.of(found.text) for token in found.tokens] == [token.text for token in found.tokens]
    assert [sentence.span.of(found.text) for sentence in found.sentences] == ["Kerry sprak.", "Lavrov zweeg."]
