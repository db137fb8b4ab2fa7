"""Sentences, words, trees and names, from whichever parser is set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kroniek.analyse.joined_names import (
    add_bodies,
    add_countries,
    country_names,
    join_names,
    restore_adjectives,
)
from kroniek.analyse.ministry_names import ministry_pattern, name_ministries, split_names
from kroniek.analyse.name_edges import edges
from kroniek.analyse.particles import particle_verbs, rehang_particles
from kroniek.analyse.settled_names import settle_names
from kroniek.analyse.step import Layers, Resources, Step
from kroniek.analyse.surnames import join_particles
from kroniek.knowledge import Knowledge
from kroniek.model import Analysis, EntityType, Mention, MentionKind, Provenance, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME_TYPES = {item.value: item for item in EntityType}
# Labels of spaCy's published pipelines that stand for one of ours.
NAME_ALIASES = {"PERSON": "PER", "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC"}


def parse(analyses: Sequence[Analysis], resources: Resources) -> list[Layers]:
    """Return the layers `sentences`, `tokens` and `names` of each document.

    Every zone is parsed on its own, so that no sentence runs from a heading into the text. The zones
    of all documents go to the parser in one stream, which lets it sort and batch them.
    """
    texts = [zone.span.of(analysis.text) for analysis in analyses for zone in analysis.zones]
    docs = iter(resources.parser.pipe(texts))
    ministries = resources.language.compiled(ministry_pattern)
    countries = country_names(resources.knowledge, resources.language.code)
    verbs = resources.language.compiled(particle_verbs)
    found = [_collect(analysis, docs, resources.knowledge, ministries, countries) for analysis in analyses]
    return [
        {**layers, "tokens": rehang_particles(layers["tokens"], layers["sentences"], verbs)}
        for layers in found
    ]


def _collect(
    analysis: Analysis, docs: object, knowledge: Knowledge, ministries: re.Pattern[str],
    countries: Mapping[str, Sequence[tuple[str, ...]]],
) -> Layers:  # fmt: skip
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Mention] = []
    for position, zone in enumerate(analysis.zones):
        doc = next(docs)  # type: ignore[call-overload]
        _add_zone(doc, zone.span.start, position, tokens, sentences)
        names.extend(_names(doc, zone.span.start))
    names = add_countries(names, tokens, countries)
    names = restore_adjectives(add_bodies(names, tokens, knowledge), tokens, knowledge)
    names = join_names(names, analysis.text, tokens, sentences, knowledge)
    cut = name_ministries(split_names(names, analysis.text, knowledge), analysis.text, ministries)
    settled = settle_names(cut, analysis.text, knowledge)
    joined, words = join_particles(settled, tokens, analysis.text, knowledge)
    return {"tokens": words, "sentences": tuple(sentences), "names": joined}


def _add_zone(doc: Doc, offset: int, zone: int, tokens: list[Token], sentences: list[Sentence]) -> None:
    """Append a Doc's words and sentences; white-space tokens are left out, their children re-hung."""
    words = [token for token in doc if not token.is_space]
    index = {token.i: len(tokens) + position for position, token in enumerate(words)}
    first = len(tokens)
    for sentence in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
        inside = [token for token in sentence if not token.is_space]
        if not inside:
            continue
        for token in inside:
            head = token.head if doc.has_annotation("DEP") else inside[0]
            tokens.append(
                Token(
                    index=index[token.i], start=offset + token.idx, end=offset + token.idx + len(token.text),
                    text=token.text, lemma=token.lemma_ or token.lower_, upos=token.pos_ or "X", feats=str(token.morph),
                    head=index.get(head.i, index[inside[0].i]), deprel=token.dep_.lower() or "dep",
                    sentence=len(sentences),
                )
            )  # fmt: skip
        span = Span(tokens[first].start, tokens[-1].end)
        sentences.append(Sentence(span, first, len(tokens), zone))
        first = len(tokens)


def _names(doc: Doc, offset: int) -> list[Mention]:
    found = []
    for name in doc.ents:
        kind = NAME_TYPES.get(NAME_ALIASES.get(name.label_, name.label_))
        if kind is not None:
            before, after = edges(name[0].text, name[-1].text, name[-1].lemma_, kind)
            span = Span(offset + name.start_char + before, offset + name.end_char - after)
            found.append(Mention(span, MentionKind.NAME, kind, span, 1.0, Provenance("parse", "names")))
    return found


PARSE = Step("parse", needs=("document", "zones"), gives=("sentences", "tokens", "names"), run=parse)
