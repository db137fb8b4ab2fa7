"""Dialogue with dashes: turns end at the verb that names the speaker; lists of news are left alone."""

from kroniek.analyse.dialogue import find_turns, verbs_of
from kroniek.language import load_language
from kroniek.model import Span

VERBS = load_language("nl").compiled(verbs_of)


def turns(*lines: str) -> list[str]:
    text, spans = "\n".join(lines), []
    start = 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return [turn.span.of(text) for turn in find_turns(text, spans, VERBS)]


def test_dialogue_turns_end_at_the_reporting_verb() -> None:
    lines = (
        "- Klaar? vroeg Marie.",
        "- Nog niet! riep hij uit de gang.",
        "- Wacht dan, zei zij zacht.",
        "Hij wachtte.",
    )
    assert turns(*lines) == ["- Klaar?", "- Nog niet!", "- Wacht dan,"]


def test_dialogue_leaves_lists_alone() -> None:
    assert turns("- Meer geld voor zorg", "- Minder regels", "- Snellere treinen", "- Betere wegen") == []


STORY = ["Het regende .", "De straat was leeg .", "Niemand keek op ."] * 9


def test_dialogue_goes_on_over_lines_that_speak() -> None:
    lines = [
        *STORY,
        "- Ben je klaar ? vroeg Marie .",
        "Het is al laat .",
        "Zij keek naar de klok .",
        "- Bijna ! riep hij .",
        "- Ga maar vast .",
        "Ik kom zo .",
        "Zij ging de deur uit .",
        "- Prachtig ! sprak zij ; wat een avond ! en zij wees naar de lucht .",
        "- Kom dan , zei hij .",
        "Ik wist dat zij zou blijven staan .",
    ]
    assert turns(*lines) == [
        "- Ben je klaar ?",
        "Het is al laat .",
        "- Bijna !",
        "- Ga maar vast .\nIk kom zo .",
        "- Prachtig !",
        "wat een avond !",
        "- Kom dan ,",
    ]


def test_dialogue_of_paragraphs_does_not_run_on() -> None:
    lines = [
        *[f"Het was laat. De straat was leeg. Nummer {number} sliep." for number in range(40)],
        "- Ben je klaar? vroeg Marie. Zij wachtte.",
        "Ik ben het.",
        "- Bijna! riep hij. De deur ging open.",
        "- Kom dan, zei zij.",
    ]
    assert turns(*lines) == ["- Ben je klaar?", "- Bijna!", "- Kom dan,"]
