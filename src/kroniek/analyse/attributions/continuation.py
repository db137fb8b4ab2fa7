"""Speech that goes on: quotations without a cue of their own belong to the last speaker.

`"Wij gaan", zei X. "Morgen al."`, and the quoted paragraphs that follow (Pareti 2015, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kroniek.analyse.attributions.content import quotation_spans
from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.model import Quotation

REACH = 2  # sentences without speech between two stretches of one speech


def with_continuations(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, each with the later quotations that continue its speech."""
    found = list(drafts)
    covered = sorted((stretch for draft in drafts for stretch in draft.content), key=lambda span: span.start)
    cursor, reach = 0, 0
    for quotation in reading.quotations:
        while cursor < len(covered) and covered[cursor].start <= quotation.span.start:
            reach = max(reach, covered[cursor].end)
            cursor += 1
        if quotation.span.start < reach or not _continues(reading, quotation):
            continue
        at = _last_speaker(reading, found, quotation)
        if at is not None:
            found[at] = replace(found[at], content=(*found[at].content, *quotation_spans(reading, quotation)))
            reach = max(reach, quotation.span.end)
    return found


def _continues(reading: Reading, quotation: Quotation) -> bool:
    """Tell whether a quotation stands on its own: speech that begins its sentence."""
    place = reading.first_token(quotation.span.start)
    if not quotation.speech or place >= len(reading.tree.tokens):
        return False
    token = reading.tree.tokens[place]
    sentence = reading.tree.sentence(token)
    lead = reading.text[sentence.span.start : quotation.span.start].strip(" -–—\"'“‘")
    return not lead


def _last_speaker(reading: Reading, drafts: Sequence[Draft], quotation: Quotation) -> int | None:
    """Return the position of the statement whose speech a quotation continues."""
    tokens = reading.tree.tokens
    here = tokens[reading.first_token(quotation.span.start)].sentence
    best, best_end = None, -1
    for position, draft in enumerate(drafts):
        end = max(draft.content[-1].end, draft.words[-1].end)
        outer = reading.quotation_around(draft.at.start) is None
        if outer and best_end < end <= quotation.span.start and draft.source is not None:
            best, best_end = position, end
    if best is None:
        return None
    before = tokens[max(0, reading.first_token(best_end) - 1)].sentence
    return best if here - before <= REACH else None
