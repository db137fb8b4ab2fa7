"""What else in a report follows from a correction: a link, a participant, the statement that tells an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kroniek.model import Analysis, Argument, EventMention, Link, Mention, MentionKind, Span
from kroniek.review.fields import BY_HAND
from kroniek.review.kinds import NAME, STATEMENT


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision made of a record: the machine's (None for an added one), the new one (None: rejected).

    `entities` is what a person linked a name to, None when nobody did.
    """

    kind: str
    before: Any
    after: Any
    entities: tuple[str, ...] | None = None


def follow(analysis: Analysis, changes: Sequence[Change]) -> Analysis:
    """Return the analysis with links, participants and statements brought in line with the changes."""
    names = [change for change in changes if change.kind == NAME]
    for change in names:
        analysis = _follow_name(analysis, change)
    moved = {
        change.before.id: change.after.id if change.after else ""
        for change in changes
        if change.kind == STATEMENT and change.before and change.before.id != getattr(change.after, "id", "")
    }
    if not moved:
        return analysis
    return replace(
        analysis,
        attributions=tuple(
            replace(item, parent=moved.get(item.parent, item.parent)) for item in analysis.attributions
        ),
        events=_told_in(analysis.events, moved),
        agreements=_told_in(analysis.agreements, moved),
    )


def _told_in(records: Iterable[Any], moved: dict[str, str]) -> tuple[Any, ...]:
    return tuple(
        replace(item, attribution=moved[item.attribution]) if item.attribution in moved else item
        for item in records
    )


def _follow_name(analysis: Analysis, change: Change) -> Analysis:
    """Return the analysis after a name was rejected, changed or linked to somebody else.

    Where the machine had it take part in an event or speak, the new entity takes its place.
    """
    before: Mention | None = change.before
    after: Mention | None = change.after
    old = next((link.entities for link in analysis.links if before and link.mention == before.id), ())
    new = () if after is None else old if change.entities is None else change.entities
    links = tuple(link for link in analysis.links if not before or link.mention != before.id)
    if after is not None and new:
        reason = BY_HAND if change.entities is not None or before is None else _reason(analysis, before)
        links = (*links, Link(after.id, new, 1.0, reason))
    found = replace(analysis, links=links, names=_names(analysis, before, after))
    if before is None or new == old:
        return found
    return _replaced(found, before.span, old, new)


def _reason(analysis: Analysis, mention: Mention) -> str:
    return next((link.reason for link in analysis.links if link.mention == mention.id), BY_HAND)


def _names(analysis: Analysis, before: Mention | None, after: Mention | None) -> tuple[Mention, ...]:
    kept = [mention for mention in analysis.names if before is None or mention.id != before.id]
    if after is not None and after.kind is MentionKind.NAME:
        kept.append(after)
    return tuple(sorted(kept, key=lambda mention: mention.span))


def _replaced(analysis: Analysis, span: Span, old: Sequence[str], new: Sequence[str]) -> Analysis:
    """Return the analysis with `new` for `old` wherever a part rests on the words of the name."""

    def swap(entities: tuple[str, ...]) -> tuple[str, ...]:
        if not set(old) & set(entities):
            return entities
        kept = [entity for entity in entities if entity not in old]
        return tuple(dict.fromkeys((*new, *kept)))

    def event(item: EventMention) -> EventMention:
        arguments = tuple(_argument(argument, span, swap(argument.entities)) for argument in item.arguments)
        return replace(item, arguments=tuple(argument for argument in arguments if argument.entities))

    def rests(words: Span | None) -> bool:
        return words is not None and words.covers(span)

    statements = tuple(
        replace(
            item,
            sources=swap(item.sources) if rests(item.source) else item.sources,
            addressees=swap(item.addressees) if rests(item.addressee) else item.addressees,
        )
        for item in analysis.attributions
    )
    return replace(analysis, attributions=statements, events=tuple(event(item) for item in analysis.events))


def _argument(argument: Argument, span: Span, entities: tuple[str, ...]) -> Argument:
    here = argument.span is not None and argument.span.covers(span)
    return replace(argument, entities=entities) if here else argument
