"""Values of fields as text: spans, entities and words from a closed list, checked before they are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence

from kroniek.errors import JudgementError
from kroniek.model import Entity, EntityType, Span, from_json, interval_of, to_json

SPAN = re.compile(r"(?P<start>\d{1,9})-(?P<end>\d{1,9})")


def span_text(spans: Iterable[Span | None]) -> str:
    """Return spans as `12-17 30-41`, "" for none."""
    return " ".join(f"{span.start}-{span.end}" for span in spans if span is not None)


def spans_of(value: str, text: str) -> tuple[Span, ...]:
    """Return the spans that `span_text` wrote; raises JudgementError when one is not inside the text."""
    found = []
    for part in value.split():
        match = SPAN.fullmatch(part)
        if match is None:
            raise JudgementError(
                f"{part!r} is no stretch of text; want START-END in code points, such as 12-17"
            )
        start, end = int(match["start"]), int(match["end"])
        if not start < end <= len(text) or not text[start:end].strip():
            raise JudgementError(f"{part} is empty or outside the text of {len(text)} characters")
        found.append(Span(start, end))
    return tuple(found)


def trimmed(span: Span, text: str) -> Span:
    """Return the span without white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip())))


def entities_text(entities: Iterable[Entity]) -> str:
    """Return entities as one line of JSON, "" for none."""
    listed = [to_json(entity) for entity in entities]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) if listed else ""


def entities_of(value: str) -> tuple[Entity, ...]:
    """Return the entities that `entities_text` wrote; raises JudgementError for anything else."""
    if not value:
        return ()
    try:
        listed = json.loads(value)
        if not isinstance(listed, list) or len(listed) > 100:
            raise ValueError("want a list of at most 100")
        found = tuple(from_json(Entity, item) for item in listed)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise JudgementError(f"not a list of entities with id, name and type: {error}") from error
    for entity in found:
        if (
            not all(isinstance(part, str) for part in (entity.id, entity.name, entity.country))
            or not entity.id
        ):
            raise JudgementError("an entity needs an id and a name, both text")
    return found


def one_of(value: str, allowed: Collection[str], what: str) -> str:
    """Return the value; raises JudgementError with what would be right when it is not allowed."""
    if value not in allowed:
        raise JudgementError(f"no {what} {value!r}; there are: {', '.join(sorted(allowed))}")
    return value


def time_of(value: str) -> str:
    """Return an ISO date or time (`2016-09`, `2016-W36`, `2016-09-08T21:40`), "" for an unknown one."""
    if value and (len(value) > 40 or interval_of(value) is None):
        raise JudgementError(
            f"{value!r} is no date; want ISO, as precise as it is known: 2016, 2016-09, 2016-W36, 2016-09-08"
        )
    return value


def names_of(value: str) -> str:
    """Return the names of entities written as JSON, for people; other text as it is."""
    if not value.startswith("["):
        return value
    try:
        return ", ".join(entity.name for entity in entities_of(value))
    except JudgementError:
        return value


def named(ids: Sequence[str], known: Iterable[Entity]) -> list[Entity]:
    """Return the entities with these ids, in their order; one that is not known keeps its id as its name."""
    by_id = {entity.id: entity for entity in known}
    return [by_id.get(key) or Entity(key, key, EntityType.MISC) for key in dict.fromkeys(ids)]
