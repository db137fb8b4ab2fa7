"""Two tellings of one event in one sentence become one record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kroniek.analyse.events.frames import ACTOR, RECIPIENT
from kroniek.analyse.tree import tokens_in
from kroniek.model import Analysis, EventMention, Span, Status

TOOK_PLACE = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED})


def once_per_sentence(analysis: Analysis, mentions: Iterable[EventMention]) -> list[EventMention]:
    """Fold a second telling of the same event in one sentence into the first (annotation guidelines).

    The same means: type, mode, status and no participants at odds. What only the second one names goes
    to the first: `de schietpartij waarbij X werd doodgeschoten`.
    """
    kept: list[EventMention] = []
    seen: dict[tuple[int, str], list[int]] = {}
    for mention in mentions:
        places = seen.setdefault((_sentence_of(analysis, mention.trigger[0]), mention.type), [])
        alike = (place for place in places if _same(kept[place], mention))
        first = next((place for place in alike if not _two_things(analysis, kept[place], mention)), None)
        if first is None:
            places.append(len(kept))
            kept.append(mention)
        else:
            kept[first] = _folded(kept[first], mention)
    return kept


def _folded(first: EventMention, second: EventMention) -> EventMention:
    arguments = first.arguments
    for role in (ACTOR, RECIPIENT):
        if not first.entities(role):
            taken = {entity for argument in arguments for entity in argument.entities}
            named = (item for item in second.arguments if item.role == role and item.entities)
            arguments += tuple(item for item in named if not taken & set(item.entities))
    if second.time and not first.time:
        first = replace(first, time=second.time, interval=second.interval, time_how=second.time_how)
    mode, place = first.mode or second.mode, first.place or second.place
    return replace(first, arguments=arguments, mode=mode, place=place)


def _sentence_of(analysis: Analysis, span: Span) -> int:
    words = tokens_in(analysis, span)
    return words[0].sentence if words else -1


def _two_things(analysis: Analysis, left: EventMention, right: EventMention) -> bool:
    """Tell whether what refers back is another thing than what is told: `De aanval is een vergelding voor het bombardement`.

    Not where the second says what the first is: `de aanval, een bombardement op X`, `de aanval was een bombardement`.
    """
    named = right.entities(ACTOR) or right.entities(RECIPIENT)
    if not left.resumes or left.arguments or not named:
        return False
    first, second = (tokens_in(analysis, mention.trigger[0]) for mention in (left, right))
    nouns = all(len(words) == 1 and words[0].upos == "NOUN" for words in (first, second))
    if not nouns or first[0].lemma == second[0].lemma:
        return False
    return second[0].deprel != "appos" and first[0].head != second[0].index


def _same(left: EventMention, right: EventMention) -> bool:
    if left.status != right.status and not {left.status, right.status} <= TOOK_PLACE:
        return False
    if left.mode and right.mode and left.mode != right.mode:
        return False
    shared = not (left.entities("actor") or left.entities("recipient")) or not (
        right.entities("actor") or right.entities("recipient")
    )
    for role in ("actor", "recipient"):
        first, second = set(left.entities(role)), set(right.entities(role))
        if first and second and not first & second:
            return False
        shared |= bool(first & second)
    return shared
