"""Records for tests: small analyses made by hand, and hypothesis strategies for any record."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from kroniek.model import (
    Analysis,
    Argument,
    Attribution,
    Document,
    Entity,
    EntityType,
    EventMention,
    Interval,
    Link,
    Mention,
    MentionKind,
    Origin,
    Published,
    Sentence,
    Span,
    SpeechKind,
    Stance,
    Status,
    Token,
    Zone,
    ZoneKind,
    interval_of,
)
from kroniek.model.document import HowKnown

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 1000)).map(lambda pair: Span(pair[0], sum(pair)))
# Records that the local id is made from need at least one span there.
NEVER_EMPTY = {("Attribution", "cue"), ("EventMention", "trigger")}


def records(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for records of a type, by the type hints of its fields."""
    if kind is Span:
        return SPANS
    if kind is Interval:
        return st.lists(st.dates(), min_size=2, max_size=2).map(lambda days: Interval(min(days), max(days)))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(
            kind, **{name: _field(kind.__name__, name, hint) for name, hint in hints.items()}
        )  # fmt: skip
    return _value(kind)


def _field(record: str, name: str, hint: Any) -> st.SearchStrategy[Any]:
    if (record, name) in NEVER_EMPTY:
        return st.lists(SPANS, min_size=1, max_size=2).map(tuple)
    return records(hint)


def _value(kind: Any) -> st.SearchStrategy[Any]:
    origin, members = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if item is type(None) else records(item) for item in members))
    if origin is tuple:
        if len(members) == 2 and members[1] is Ellipsis:
            return st.lists(records(members[0]), max_size=2).map(tuple)
        return st.tuples(*(records(item) for item in members))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    plain = {
        str: TEXT, int: st.integers(-(2**53), 2**53), bool: st.booleans(), date: st.dates(),
        float: st.floats(allow_nan=False, allow_infinity=False),
    }  # fmt: skip
    return plain[kind]


def words_of(text: str) -> tuple[Token, ...]:
    """Return plain tokens for the words of a text."""
    tokens, start = [], 0
    for index, word in enumerate(text.split()):
        start = text.index(word, start)
        tokens.append(Token(index, start, start + len(word), word, head=index))
        start += len(word)
    return tuple(tokens)


def meeting(
    text: str,
    *,
    trigger: str = "spraken",
    people: tuple[str, ...] = ("John Kerry", "Sergey Lavrov"),
    day: str = "2016-09-08",
    published: str = "2016-09-09",
    status: Status = Status.HAPPENED,
    place: str = "",
    path: str = "a.txt",
    kind: str = "CONSULT",
) -> Analysis:
    """Return the analysis of a report in which these people met; their last names stand in the text."""
    document = Document(text, Origin(path))
    whole = Span(0, len(text))
    entities = tuple(Entity(f"Q-{name}", name, EntityType.PER, known=True) for name in people)
    mentions = tuple(_mention(text, name.split()[-1]) for name in people)
    links = tuple(
        Link(mention.id, (entity.id,), 1.0, "name")
        for mention, entity in zip(mentions, entities, strict=True)
    )
    start = text.index(trigger)
    event = EventMention(
        (Span(start, start + len(trigger)),), kind, arguments=(Argument("actor", tuple(e.id for e in entities)),),
        time=day, interval=interval_of(day), time_how="sentence" if day else "", status=status, place=place,
    )  # fmt: skip
    tokens = words_of(text)
    return Analysis(
        document, published=Published(published, HowKnown.STATED), zones=(Zone(ZoneKind.PARAGRAPH, whole),),
        sentences=(Sentence(whole, 0, len(tokens)),), tokens=tokens, names=mentions, mentions=mentions,
        entities=entities, links=links, events=(event,),
    )  # fmt: skip


def _mention(text: str, words: str) -> Mention:
    start = text.index(words)
    return Mention(Span(start, start + len(words)), MentionKind.NAME, EntityType.PER)


def saying(analysis: Analysis, cue: str, content: str, stance: Stance = Stance.ASSERTS) -> Analysis:
    """Return the analysis with its event told in a statement of its first entity."""
    start, first = analysis.text.index(content), analysis.text.index(cue)
    statement = Attribution(
        analysis.names[0].span, (Span(first, first + len(cue)),), (Span(start, start + len(content)),),
        SpeechKind.INDIRECT, stance, sources=(analysis.entities[0].id,),
    )  # fmt: skip
    events = tuple(dataclasses.replace(event, attribution=statement.id) for event in analysis.events)
    return dataclasses.replace(analysis, attributions=(statement,), events=events)
