"""Little documents for tests of actors: names are found by their capitals and the knowledge base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import spacy

from kroniek.analyse.actors import find_actors
from kroniek.analyse.parse import parse
from kroniek.analyse.step import Resources
from kroniek.knowledge import load_knowledge
from kroniek.language import load_language
from kroniek.model import (
    Analysis,
    Document,
    Entity,
    EntityType,
    HowKnown,
    Mention,
    MentionKind,
    Origin,
    Published,
    Span,
    Token,
    Zone,
    ZoneKind,
)


@lru_cache(maxsize=1)
def resources() -> Resources:
    blank = spacy.blank("nl")
    blank.add_pipe("sentencizer")
    return Resources(load_language("nl"), load_knowledge(), blank, date(2026, 1, 1))


def unparsed(text: str, day: str) -> Analysis:
    """Return an analysis with zones (one a line) and a publication day ("" for none), and nothing else."""
    zones, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            zones.append(Zone(ZoneKind.PARAGRAPH, Span(start, start + len(line))))
        start += len(line) + 1
    published = Published(day, HowKnown.GIVEN) if day else Published()
    return Analysis(Document(text, Origin("test")), published=published, zones=tuple(zones))


def analysed(text: str, day: str, names: dict[str, str] | None = None) -> Analysis:
    """Return the analysis of a text with actors. `names`: surface -> type, every occurrence counts."""
    analysis = unparsed(text, day)
    analysis = replace(analysis, **parse([analysis], resources())[0])
    found = guessed(analysis.tokens) if names is None else names
    analysis = replace(analysis, names=tuple(names_in(text, found)))
    return replace(analysis, **find_actors(analysis, resources()))


def guessed(tokens: tuple[Token, ...]) -> dict[str, str]:
    """Return words with a capital that the knowledge base has, with the type of what they mean."""
    knowledge = load_knowledge()
    found = {}
    for token in tokens:
        word = token.text
        for alias in knowledge.named(word) if word[:1].isupper() and len(word) > 1 else ():
            known = knowledge.entity(alias.entity)
            demonym = alias.kind in ("adjective", "inhabitant")
            if known is not None and (known.prominence > 1) and alias.kind not in ("surname", "variant"):
                found[word] = "NORP" if demonym else known.type.value
                break
    return found


def names_in(text: str, names: dict[str, str]) -> list[Mention]:
    """Return every occurrence of the names as mentions, in text order, none inside another."""
    found = []
    for surface, kind in names.items():
        start = text.find(surface)
        while start >= 0:
            span = Span(start, start + len(surface))
            if not any(mention.span.overlaps(span) for mention in found):
                found.append(Mention(span, MentionKind.NAME, EntityType(kind)))
            start = text.find(surface, start + 1)
    return sorted(found, key=lambda mention: mention.span)


def linked(analysis: Analysis, words: str, nth: int = 1) -> list[str]:
    """Return the names of the entities that the mention with these words is linked to."""
    mention = mention_of(analysis, words, nth)
    entities: dict[str, Entity] = {entity.id: entity for entity in analysis.entities}
    return [
        entities[key].name for link in analysis.links if link.mention == mention.id for key in link.entities
    ]


def mention_of(analysis: Analysis, words: str, nth: int = 1) -> Mention:
    found = [mention for mention in analysis.mentions if mention.span.of(analysis.text) == words]
    assert len(found) >= nth, [mention.span.of(analysis.text) for mention in analysis.mentions]
    return found[nth - 1]
