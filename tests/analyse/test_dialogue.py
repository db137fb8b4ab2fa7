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
