"""Where in a document a time stands: sentence, paragraph, quotation, and zones and names that hide it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kroniek.analyse.times.words import NEWLINE, Tokens
from kroniek.model import EntityType, Mention, Span, Zone, ZoneKind

OPENING, CLOSING, EITHER = "“„«", "”»", '"'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a match stands: its span, sentence and paragraph, and whether in a quotation."""

    span: Span
    sentence: int
    paragraph: int
    quoted: bool


def lay_out(tokens: Tokens) -> tuple[list[int], list[int], list[bool]]:
    """Return for each token its sentence, its paragraph, and whether it stands between quotation marks."""
    sentences, paragraphs, quoted = [], [], []
    sentence = paragraph = 0
    inside = ended = False
    for word, gap in zip(tokens.words, tokens.gaps, strict=True):
        if gap >= NEWLINE:
            paragraph, sentence, inside, ended = paragraph + 1, sentence + 1, False, False
        elif ended and gap:
            sentence, ended = sentence + 1, False
        if word in OPENING or (word in EITHER and not inside):
            inside = True
        elif word in CLOSING or word in EITHER:
            inside = False
        ended = word in (".", "!", "?", "…") or (ended and not word.isalnum())
        sentences.append(sentence)
        paragraphs.append(paragraph)
        quoted.append(inside)
    return sentences, paragraphs, quoted


def stamps_of(zones: Sequence[Zone]) -> list[Span]:
    """Return the spans of header lines and credits: their stamps date the report and tell of no event.

    A line below the text has no stamp but points to other reports: `Lees ook: waarom het bestand van mei mislukte`.
    """
    body = [place for place, zone in enumerate(zones) if zone.kind is ZoneKind.PARAGRAPH]
    last = body[-1] if body else len(zones)
    return [
        zone.span for place, zone in enumerate(zones)
        if zone.kind is ZoneKind.CREDIT or (zone.kind is ZoneKind.HEADER and place < last)
    ]  # fmt: skip


def names_that_swallow(names: Sequence[Mention]) -> list[Span]:
    """Return the spans of names inside which no time is meant: the newspaper `De Morgen`."""
    kinds = (EntityType.ORG, EntityType.MISC, EntityType.PER, EntityType.FAC)
    return sorted(name.span for name in names if name.type in kinds)


def inside(span: Span, others: list[Span], *, longer: bool = False) -> bool:
    """Tell whether one of the sorted spans covers this one, and (with `longer`) goes beyond it."""
    at = bisect_right(others, Span(span.start, 1 << 60)) - 1
    return at >= 0 and others[at].covers(span) and not (longer and others[at] == span)
