"""Dialogue written with dashes: `- Klaar? vroeg zij.` speaks up to the reporting verb.

Older prose and some interviews mark speech with a dash at the head of a paragraph. News uses the same
dash for lists, so a text counts as dialogue only when several such paragraphs name who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kroniek.language import Language
from kroniek.model import Quotation, Span

LEAST = 3  # paragraphs with a dash and a reporting verb that make a text a dialogue
FOLLOWING = 2  # paragraphs (where each sentence is one) over which a turn may run to its verb
DASH = re.compile(r"\s*[-–—]\s+(?=[\w(.'’])")


def verbs_of(language: Language) -> re.Pattern[str]:
    """Compile the pack's reporting verbs of dialogue: one after the end of a sentence or a comma."""
    verbs = "|".join(sorted(map(re.escape, language.table("quotes")["dialogue_verbs"])))
    return re.compile(rf"(?<=[!?,.…])(?P<gap>\s+)(?:{verbs})\b")


def find_turns(text: str, paragraphs: Sequence[Span], verbs: re.Pattern[str]) -> list[Quotation]:
    """Return the turns of a dialogue with dashes, the dash included; none for a text that is no dialogue."""
    dashed = [
        place
        for place, paragraph in enumerate(paragraphs)
        if DASH.match(text, paragraph.start, paragraph.end)
    ]
    found = [_turn(text, paragraphs, place, verbs) for place in dashed]
    named = sum(closed for _, closed in found)
    return [Quotation(span) for span, _ in found] if named >= LEAST else []


def _turn(text: str, paragraphs: Sequence[Span], place: int, verbs: re.Pattern[str]) -> tuple[Span, bool]:
    """Return a turn's span and whether a reporting verb ends it."""
    opening = paragraphs[place]
    start = (
        opening.start
        + len(text[opening.start : opening.end])
        - len(text[opening.start : opening.end].lstrip())
    )
    for later in paragraphs[place : place + 1 + FOLLOWING]:
        if later is not opening and DASH.match(text, later.start, later.end):
            break
        begin = start + 2 if later is opening else later.start
        verb = verbs.search(text, begin, later.end)
        if verb is not None:
            return Span(start, verb.start("gap")), True
    return Span(start, opening.start + len(text[opening.start : opening.end].rstrip())), False
