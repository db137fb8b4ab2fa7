"""Quotations of novels with their speakers: read and scored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kroniek.cli.measure import quotations_of
from kroniek.errors import GoldError
from kroniek.evaluate.openboek import Novel, read_novel, score_quotes, score_speakers, speech_of
from kroniek.model import (
    Analysis,
    Attribution,
    Document,
    EntityType,
    Link,
    Mention,
    MentionKind,
    Origin,
    Span,
    SpeechKind,
    Stance,
)
from kroniek.pipeline import load_resources

TEXT = """<doc><text> <quote speaker="Jan" connection="s2" id="s1">" Kom binnen &amp; ga zitten . "</quote> zei
 <mention speaker="Jan" connection="s1" id="s2">de smid</mention> .
 <mention speaker="Piet" connection="s4" id="s3">Piet</mention> riep : <quote speaker="Piet" connection="s3" id="s4">" Nee ! "</quote>
</text></doc>"""


@pytest.fixture
def novel(tmp_path: Path) -> Novel:
    path = tmp_path / "Smid.xml"
    path.write_text(TEXT, encoding="utf-8")
    return read_novel(path)


def test_openboek_reads_quotations_and_who_is_named(novel: Novel) -> None:
    assert [quote.span.of(novel.text) for quote in novel.quotes] == [
        '" Kom binnen & ga zitten . "',
        '" Nee ! "',
    ]
    assert [(quote.speaker, quote.other) for quote in novel.quotes] == [("Jan", "s2"), ("Piet", "s3")]
    assert [naming.span.of(novel.text) for naming in novel.namings] == ["de smid", "Piet"]


def test_openboek_refuses_another_form(tmp_path: Path) -> None:
    path = tmp_path / "brief.xml"
    path.write_text("<letter/>", encoding="utf-8")
    with pytest.raises(GoldError, match=r"brief\.xml: no OpenBoek file"):
        read_novel(path)


def test_openboek_scores_the_words_of_quotations(novel: Novel) -> None:
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    (analysis,) = quotations_of([novel], resources)
    assert len(speech_of(analysis)) == 2
    (metric,) = score_quotes([(novel, analysis)])
    assert (metric.name, metric.value()) == ("quotation spans", 100.0)
    (metric,) = score_quotes([(novel, replace(analysis, quotations=()))])
    assert metric.value() == 0.0


def test_openboek_scores_speakers_by_words_and_by_entity(novel: Novel) -> None:
    said = Attribution(
        novel.namings[0].span, (Span(30, 33),), (novel.quotes[0].span,), SpeechKind.DIRECT, Stance.ASSERTS
    )
    named = Mention(novel.namings[1].span, MentionKind.NAME, EntityType.PER)
    cried = replace(said, source=None, content=(novel.quotes[1].span,), sources=("e1",))
    analysis = Analysis(Document(novel.text, Origin("a")), mentions=(named,), attributions=(said, cried))
    (one,) = score_speakers([(novel, analysis)])
    assert (one.name, one.micro().hits, one.micro().found) == ("quotation speakers", 1, 2)
    (both,) = score_speakers([(novel, replace(analysis, links=(Link(named.id, ("e1",), 1.0, "name"),)))])
    assert both.micro().hits == 2
