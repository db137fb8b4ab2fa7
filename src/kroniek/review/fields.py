"""Which fields of a record people can correct, how each is read as text and written back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kroniek.errors import JudgementError
from kroniek.model import (
    Analysis,
    Argument,
    EntityType,
    EventMention,
    SpeechKind,
    Stance,
    Status,
    TimexType,
    interval_of,
)
from kroniek.ontology import load_ontology
from kroniek.review.kinds import AGREEMENT, EVENT, NAME, STATEMENT, TIME
from kroniek.review.values import entities_of, entities_text, named, one_of, span_text, spans_of, time_of

BY_HAND = "review"  # the reason of a link, an argument or a time that a person gave


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `read` gives its value as text, `write` a record with another value.

    `check` returns the value or raises JudgementError; it is given the report's text. `options` is the
    closed list of values, empty for an open one.
    """

    read: Callable[[Any, Analysis], str]
    write: Callable[[Any, str, str], Any]
    check: Callable[[str, str], object]
    options: Callable[[], Sequence[str]] = tuple


def read_field(kind: str, name: str, record: Any, analysis: Analysis) -> str:
    """Return a field's value as text."""
    return field_of(kind, name).read(record, analysis)


def field_of(kind: str, name: str) -> Field:
    """Return a field; raises JudgementError for one that cannot be corrected."""
    fields = FIELDS.get(kind, {})
    if name not in fields:
        raise JudgementError(f"a {kind} has no field {name!r}; it has: {', '.join(fields) or 'none'}")
    return fields[name]


def _choice(attribute: str, kind: Callable[[str], Any], options: Callable[[], Sequence[str]]) -> Field:
    """Return a field with a closed list of values."""
    return Field(
        lambda record, _: str(getattr(record, attribute) or ""),
        lambda record, value, _: replace(record, **{attribute: kind(value)}),
        lambda value, _: one_of(value, options(), attribute), options,
    )  # fmt: skip


def _enumeration(attribute: str, kind: Any) -> Field:
    return _choice(attribute, kind, lambda: [item.value for item in kind])


def _time(write: Callable[[Any, str], Any], attribute: str = "time") -> Field:
    return Field(
        lambda record, _: str(getattr(record, attribute)),
        lambda record, value, _: write(record, value),
        lambda value, _: time_of(value),
    )


def _plain_time(record: Any, value: str) -> Any:
    return replace(record, time=value)


def _event_time(record: EventMention, value: str) -> EventMention:
    return replace(record, time=value, interval=interval_of(value), time_how=BY_HAND)


def _timex_value(record: Any, value: str) -> Any:
    return replace(record, value=value, interval=interval_of(value), alternatives=())


def _span(attribute: str, *, required: bool = True, several: bool = False) -> Field:
    """Return a field that holds one stretch of text, or with `several` a tuple of them."""

    def read(record: Any, _: Analysis) -> str:
        value = getattr(record, attribute)
        return span_text(value if isinstance(value, tuple) else (value,))

    def write(record: Any, value: str, text: str) -> Any:
        spans = spans_of(value, text)
        return replace(record, **{attribute: spans if several else spans[0] if spans else None})

    def check(value: str, text: str) -> object:
        spans = spans_of(value, text)
        if (required and not spans) or (not several and len(spans) > 1):
            raise JudgementError(
                f"{attribute}: want {'stretches' if several else 'one stretch'} of text, got {value!r}"
            )
        return spans

    return Field(read, write, check)


def _people(attribute: str) -> Field:
    """Return a field that holds entity ids."""
    return Field(
        lambda record, analysis: entities_text(named(getattr(record, attribute), analysis.entities)),
        lambda record, value, _: replace(record, **{attribute: tuple(e.id for e in entities_of(value))}),
        lambda value, _: entities_of(value),
    )


def _place() -> Field:
    def read(record: EventMention, analysis: Analysis) -> str:
        return entities_text(named([record.place] if record.place else [], analysis.entities))

    def check(value: str, _: str) -> object:
        if len(entities_of(value)) > 1:
            raise JudgementError("an event has one place")
        return value

    return Field(
        read,
        lambda record, value, _: replace(record, place="".join(e.id for e in entities_of(value)[:1])),
        check,
    )


def _participants(role: str) -> Field:
    def write(record: EventMention, value: str, _: str) -> EventMention:
        others = tuple(argument for argument in record.arguments if argument.role != role)
        ids = tuple(entity.id for entity in entities_of(value))
        kept = {
            entity: argument
            for argument in record.arguments
            if argument.role == role and len(argument.entities) == 1
            for entity in argument.entities
        }
        made = tuple(kept.get(key) or Argument(role, (key,), None, BY_HAND) for key in ids)
        return replace(record, arguments=(*made, *others) if role == "actor" else (*others, *made))

    return Field(
        lambda record, analysis: entities_text(named(record.entities(role), analysis.entities)),
        write, lambda value, _: entities_of(value),
    )  # fmt: skip


def _event_type() -> Field:
    """Return the field of the type; a mode that the new type does not have is dropped."""

    def write(record: EventMention, value: str, _: str) -> EventMention:
        modes = load_ontology().types[value].modes
        return replace(record, type=value, mode=record.mode if record.mode in modes else "")

    def options() -> list[str]:
        return list(load_ontology().types)

    return Field(
        lambda record, _: record.type, write, lambda value, _: one_of(value, options(), "type"), options
    )


def _modes() -> list[str]:
    kinds = load_ontology().types.values()
    return ["", *dict.fromkeys(mode for kind in kinds for mode in kind.modes)]


def _phases() -> list[str]:
    return ["", *load_ontology().phases]


STATUS = _enumeration("status", Status)

FIELDS: Mapping[str, Mapping[str, Field]] = {
    NAME: {"span": _span("span"), "type": _enumeration("type", EntityType), "entity": Field(
        lambda record, analysis: entities_text(named(linked(record.id, analysis), analysis.entities)),
        lambda record, value, text: record,  # a link is a record of its own: see `apply`
        lambda value, _: entities_of(value),
    )},
    TIME: {"span": _span("span"), "type": _enumeration("type", TimexType), "value": _time(_timex_value, "value")},
    STATEMENT: {
        "sources": _people("sources"), "stance": _enumeration("stance", Stance),
        "source": _span("source", required=False), "cue": _span("cue", several=True),
        "content": _span("content", required=False, several=True), "addressees": _people("addressees"),
        "kind": _enumeration("kind", SpeechKind), "time": _time(_plain_time),
    },
    EVENT: {
        "actors": _participants("actor"), "recipients": _participants("recipient"), "type": _event_type(),
        "mode": _choice("mode", str, _modes), "time": _time(_event_time), "place": _place(), "status": STATUS,
        "trigger": _span("trigger", several=True),
    },
    AGREEMENT: {
        "phase": _choice("phase", str, _phases), "status": STATUS, "time": _time(_plain_time),
        "parties": _people("parties"), "span": _span("span"),
    },
}  # fmt: skip


def linked(mention: str, analysis: Analysis) -> tuple[str, ...]:
    """Return the entities that a mention is linked to."""
    return next((link.entities for link in analysis.links if link.mention == mention), ())


def check_value(kind: str, name: str, value: str, text: str) -> None:
    """Raise JudgementError, with what would be right, when a value does not fit the field."""
    field_of(kind, name).check(value, text)
