"""The step: from trees and quotations to statements with source, stance, actors and surroundings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kroniek.analyse.attributions.actors import Voices, actors_of, voices_of
from kroniek.analyse.attributions.continuation import with_continuations, with_free_speech
from kroniek.analyse.attributions.cues import lexicon_of
from kroniek.analyse.attributions.headlines import headline_drafts
from kroniek.analyse.attributions.nouns import noun_drafts, predicate_drafts
from kroniek.analyse.attributions.phrases import with_pointed_content
from kroniek.analyse.attributions.prepositions import preposition_drafts
from kroniek.analyse.attributions.reading import Draft, Reading, reading_of
from kroniek.analyse.attributions.stance import stance_of
from kroniek.analyse.attributions.surroundings import surroundings_of
from kroniek.analyse.attributions.verbs import verb_drafts
from kroniek.analyse.coreference_pack import compile_coreference
from kroniek.analyse.reference import References, references_of
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.model import Analysis, Attribution, Provenance, Span, SpeechKind

THOUGHTS = frozenset({"think", "hope", "fear", "expect", "doubt", "want"})


def attributions(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `attributions` of a document, in order of their first content."""
    reading = reading_of(analysis, resources.language.compiled(lexicon_of))
    references = references_of(analysis)
    version = resources.language.version
    voices = voices_of(reading, references, resources.language.compiled(compile_coreference))
    found = [_attribution(reading, references, draft, version, voices) for draft in drafts_of(reading)]
    found.sort(key=lambda item: (item.content[0].start, item.cue[0].start))
    return {"attributions": tuple(_with_parents(found))}


def drafts_of(reading: Reading) -> list[Draft]:
    """Return the statements that all patterns find, one for each cue, continued where the speech goes on."""
    found = [
        *preposition_drafts(reading),
        *predicate_drafts(reading),
        *verb_drafts(reading),
        *noun_drafts(reading),
        *headline_drafts(reading),
    ]
    single = [with_pointed_content(reading, draft) for draft in _without_echoes(_one_each(found))]
    spoken = with_continuations(reading, single)
    return with_free_speech(reading, spoken)


def _without_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what another statement says already.

    That is a second cue with the very same content, and a thought that a speaker tells of himself:
    `X zei dat hij hoopt dat ...`.
    """
    kept: list[Draft] = []
    contents: set[tuple[Span, ...]] = set()
    outer = sorted(
        (stretch for draft in drafts if draft.cue.group not in THOUGHTS for stretch in draft.content),
        key=lambda span: span.start,
    )
    for draft in drafts:
        if draft.content in contents or (draft.cue.group in THOUGHTS and _is_own_thought(draft, outer)):
            continue
        contents.add(draft.content)
        kept.append(draft)
    return kept


def _is_own_thought(draft: Draft, outer: Sequence[Span]) -> bool:
    pronoun = draft.source_head is not None and draft.source_head.upos == "PRON"
    here = draft.at.start
    last = bisect_right(outer, here, key=lambda span: span.start)
    return pronoun and any(span.start <= here < span.end for span in outer[max(0, last - 8) : last])


def _one_each(drafts: Iterable[Draft]) -> list[Draft]:
    """Drop a second reading of the same cue word; order by cue."""
    kept: dict[int, Draft] = {}
    for draft in drafts:
        kept.setdefault(draft.at.index, draft)
    return [kept[index] for index in sorted(kept)]


def _attribution(
    reading: Reading, references: References, draft: Draft, version: str, voices: Voices
) -> Attribution:
    around = surroundings_of(reading, references, draft)
    content = _disjoint(draft.content)
    return Attribution(
        source=draft.source,
        cue=draft.words,
        content=content,
        kind=kind_of(reading, content),
        stance=stance_of(reading, draft),
        sources=actors_of(reading, references, draft, voices),
        addressee=around.addressee,
        addressees=around.addressees,
        medium=around.medium,
        time=around.time,
        place=around.place,
        provenance=Provenance("attributions", f"{draft.cue.id}/{draft.pattern}", version),
    )


def _disjoint(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches in text order; of two that overlap the later one is cut."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start < found[-1].end:
            if span.end > found[-1].end:
                found[-1] = found[-1].joined(span)
        else:
            found.append(span)
    return tuple(found)


def kind_of(reading: Reading, content: Sequence[Span]) -> SpeechKind:
    """Return whether a content stands in quotation marks: wholly, partly, or not at all.

    The lines of one quotation that runs over several paragraphs count as quoted.
    """
    quoted = partly = 0
    for stretch in content:
        around = reading.quotation_around(stretch.start)
        while around is not None and not around.span.covers(stretch):
            around = reading.quotation_around(around.span.start - 1) if around.span.start else None
        opened = reading.quotation_from(stretch.start, 0)
        if (opened is not None and opened.span.covers(stretch)) or (
            around is not None and _spills(reading, around.span)
        ):
            quoted += 1
        elif reading.quotations_in(stretch):
            partly += 1
    if quoted == len(content):
        return SpeechKind.DIRECT
    return SpeechKind.MIXED if quoted or partly else SpeechKind.INDIRECT


def _spills(reading: Reading, span: Span) -> bool:
    """Tell whether a quotation runs over a line's end."""
    return "\n" in span.of(reading.text)


def _with_parents(found: Sequence[Attribution]) -> list[Attribution]:
    """Set each statement's parent: the smallest other statement whose content holds its cue."""
    nested = []
    open_ones: list[tuple[Span, Attribution]] = []
    stretches = sorted(
        ((stretch, item) for item in found for stretch in item.content),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    cursor = 0
    parents: dict[str, str] = {}
    for item in sorted(found, key=lambda item: item.cue[0].start):
        here = item.cue[0].start
        while cursor < len(stretches) and stretches[cursor][0].start <= here:
            open_ones.append(stretches[cursor])
            cursor += 1
        open_ones = [pair for pair in open_ones if pair[0].end > here]
        holding = [pair for pair in open_ones if pair[1] is not item]
        if holding:
            parents[item.id] = min(holding, key=lambda pair: len(pair[0]))[1].id
    for item in found:
        nested.append(replace(item, parent=parents.get(item.id, "")))
    return nested


ATTRIBUTIONS = Step(
    "attributions",
    needs=(
        "zones",
        "sentences",
        "tokens",
        "quotations",
        "timexes",
        "mentions",
        "entities",
        "links",
        "references",
        "coreferences",
    ),
    gives=("attributions",),
    run=per_document(attributions),
)
