"""Speech that goes on: quotations and sentences without a cue of their own belong to the last speaker.

`"Wij gaan", zei X. "Morgen al."`, and the quoted paragraphs that follow (Pareti 2015, section 3); and free
indirect speech: `X wil praten, zei hij. Zo moet het geweld stoppen.`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kroniek.analyse.attributions.content import quotation_spans
from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.model import Quotation, Sentence, Span, ZoneKind

SHORTEST = 4  # tokens of a sentence that says something
REACH = 2  # sentences without speech between two stretches of one speech


def with_continuations(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, each with the later quotations that continue its speech; linear in both."""
    found = list(drafts)
    covered = sorted((stretch for draft in drafts for stretch in draft.content), key=lambda span: span.start)
    speakers = sorted((_end(draft), place) for place, draft in enumerate(drafts) if _is_outer(reading, draft))
    cursor = turn = reach = 0
    last: tuple[int, int] | None = None
    for quotation in reading.quotations:
        while cursor < len(covered) and covered[cursor].start <= quotation.span.start:
            reach = max(reach, covered[cursor].end)
            cursor += 1
        while turn < len(speakers) and speakers[turn][0] <= quotation.span.start:
            last = speakers[turn] if last is None or speakers[turn][0] >= last[0] else last
            turn += 1
        if quotation.span.start < reach or last is None or not _continues(reading, quotation):
            continue
        if _is_near(reading, last[0], quotation):
            place = last[1]
            content = (*found[place].content, *quotation_spans(reading, quotation))
            found[place] = replace(found[place], content=content)
            reach = max(reach, quotation.span.end)
            last = (reach, place)
    return found


def with_free_speech(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, each with the sentences right behind it that say in the reporter's words what else was said.

    Only a sentence that opens as the pack says (`Zo moet`, `Ook zou`), without a statement or quotation of its own.
    """
    found = list(drafts)
    tokens = reading.tree.tokens
    taken = {
        tokens[min(reading.first_token(span.start), len(tokens) - 1)].sentence
        for draft in drafts
        for span in (*draft.words, *draft.content)
    }
    last = {
        tokens[max(0, reading.first_token(_end(draft)) - 1)].sentence: place
        for place, draft in enumerate(drafts)
        if _is_outer(reading, draft) and reading.quotation_around(draft.content[-1].start) is None
    }
    sentences = reading.analysis.sentences
    for number, sentence in enumerate(sentences):
        place = last.get(number - 1)
        if place is None or number in taken or not _speaks_on(reading, sentence):
            continue
        if not _is_running_text(reading, sentences[number - 1], sentence):
            continue
        words = Span(sentence.span.start, _end_of_words(reading, sentence))
        found[place] = replace(found[place], content=(*found[place].content, words))
        last[number] = place
    return found


def _speaks_on(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence opens as free indirect speech does: `Zo moet`, `Daarbij zou`."""
    tokens = reading.tree.tokens[sentence.first : sentence.last]
    if len(tokens) < SHORTEST or reading.quotation_around(tokens[0].start) is not None:
        return False
    words = reading.lexicon.words
    return tokens[0].text.lower() in words["onward"] and tokens[1].text.lower() in words["onward_verbs"]


def _is_running_text(reading: Reading, before: Sentence, sentence: Sentence) -> bool:
    """Tell whether a sentence follows another in one paragraph or in the next one: not a title's."""
    zones = reading.analysis.zones
    kinds = [zones[item.zone].kind for item in (before, sentence) if item.zone < len(zones)]
    return sentence.zone - before.zone <= 1 and kinds == [ZoneKind.PARAGRAPH, ZoneKind.PARAGRAPH]


def _end_of_words(reading: Reading, sentence: Sentence) -> int:
    ends = [
        token.end for token in reading.tree.tokens[sentence.first : sentence.last] if token.upos != "PUNCT"
    ]
    return max(ends, default=sentence.span.end)


def _end(draft: Draft) -> int:
    return max(draft.content[-1].end, draft.words[-1].end)


def _is_outer(reading: Reading, draft: Draft) -> bool:
    """Tell whether a statement is the report's own, with somebody who speaks."""
    return draft.source is not None and reading.quotation_around(draft.at.start) is None


def _continues(reading: Reading, quotation: Quotation) -> bool:
    """Tell whether a quotation stands on its own: speech that begins its sentence."""
    place = reading.first_token(quotation.span.start)
    if not quotation.speech or place >= len(reading.tree.tokens):
        return False
    token = reading.tree.tokens[place]
    sentence = reading.tree.sentence(token)
    lead = reading.text[sentence.span.start : quotation.span.start].strip(" -–—\"'“‘")
    return not lead


def _is_near(reading: Reading, end: int, quotation: Quotation) -> bool:
    """Tell whether a quotation begins within `REACH` sentences after the end of a speech."""
    tokens = reading.tree.tokens
    here = tokens[reading.first_token(quotation.span.start)].sentence
    return here - tokens[max(0, reading.first_token(end) - 1)].sentence <= REACH
