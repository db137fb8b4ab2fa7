"""Which sentences tell of a well-known event of the knowledge base, and how surely.

`Nadat Amerika afgelopen vrijdag raketten afvuurde op een Syrische basis` is dated by the strike that is on
record, as it is by another report of it. What counts is what the sentence shares with the event: words by
which reports name it, and the entities that took part. `kroniek.analyse.dating` weighs days by it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kroniek.analyse.times.linking import time_of
from kroniek.analyse.tree import tree_of
from kroniek.knowledge import KnownEvent
from kroniek.model import Analysis, EntityType, Interval, Link, Sentence, Token

TELLS, SETTING = (
    "!",
    "~",
)  # before a word that tells an event from all else, before one that says where or who
TELLING, PLAIN = 2, 1  # points of the first, and of any other
LEAST = 4  # points from which a sentence is taken to tell of an event
INSIDE = 6  # letters from which on a word is also looked for inside compounds: `gifgasaanval`
ENTITIES_COUNT = 2  # at most: two states do many things to each other
LONGEST = 7  # days of a time that says when something was
DATES = ("syntax", "sentence")
PLACES = (EntityType.GPE, EntityType.LOC, EntityType.FAC)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence's word that tells of known events, the points that speak for each, and whether that is sure.

    Several events of a month may fit alike (two meetings of the same ministers): it tells of one of them.
    """

    events: tuple[KnownEvent, ...]
    token: Token
    points: int
    sure: bool


def tellings(analysis: Analysis, events: Sequence[KnownEvent]) -> list[Telling]:
    """Return where a report tells of known events, for each sentence those that fit it best."""
    entities = _Entities(analysis)
    found = []
    for sentence in analysis.sentences if events else ():
        fits = _fits(sentence, analysis, events, entities)
        best = max((points for points, *_ in fits), default=0)
        alike = [(event, offset, sure) for points, event, offset, sure in fits if points == best]
        token = _token_at(analysis, sentence, alike[0][1]) if alike else None
        if token is not None:
            told = tuple(event for event, *_ in alike)
            found.append(Telling(told, token, best, any(sure for *_, sure in alike)))
    return found


def _fits(
    sentence: Sentence, analysis: Analysis, events: Sequence[KnownEvent], entities: _Entities
) -> list[tuple[int, KnownEvent, int, bool]]:
    """Return points, event, the offset of a word that tells it and whether it is sure, where there are enough."""
    text = sentence.span.of(analysis.text).lower()
    found = []
    for event in events:
        places = {word: at for word in event.words if (at := _place(text, word)) >= 0}
        happened = [at for word, at in places.items() if word[0] not in (TELLS, SETTING)]
        if happened:
            telling = any(word.startswith(TELLS) for word in places)
            points = len(places) * PLAIN + (TELLING - PLAIN) * telling + entities.points(event, sentence)
            offset = min(happened, key=lambda at: text[at].isdigit())
            if points >= LEAST:
                found.append((points, event, sentence.span.start + offset, telling))
    return found


def told_days(analysis: Analysis, told: Iterable[Telling]) -> Iterator[tuple[Telling, Interval | None]]:
    """Yield each telling with the days that its sentence gives it; None where it says no day or week.

    Where the time does not hang on the telling word or its clause, what is told is less sure.
    """
    tree = tree_of(analysis)
    for telling in told:
        _, interval, how = time_of(analysis, tree, telling.token)
        dated = interval is not None and how in DATES and interval.days() <= LONGEST
        if not dated:
            yield telling, None
        else:
            yield (telling if how == "syntax" else replace(telling, sure=False)), interval


def _place(text: str, word: str) -> int:
    """Return where a word stands in a sentence, -1 where it does not."""
    match = _pattern(word.lstrip(TELLS + SETTING)).search(text)
    return match.start() if match else -1


@lru_cache(maxsize=8192)
def _pattern(word: str) -> re.Pattern[str]:
    if word[0].isdigit():
        return re.compile(rf"(?<![\w.,]){re.escape(word)}(?![\w]|[.,]\d)")
    return re.compile(("" if len(word) >= INSIDE else r"(?<!\w)") + re.escape(word))


def _token_at(analysis: Analysis, sentence: Sentence, offset: int) -> Token | None:
    tokens = analysis.tokens[sentence.first : sentence.last]
    return next((token for token in tokens if token.start <= offset < token.end), None)


class _Entities:
    """The entities of a report's sentences, with the states in which their places lie."""

    def __init__(self, analysis: Analysis) -> None:
        links: dict[str, Link] = {link.mention: link for link in analysis.links}
        states = {
            entity.id: f"country:{entity.country}"
            for entity in analysis.entities
            if entity.country and entity.type in PLACES
        }
        self._at = sorted(
            (mention.span.start, entity)
            for mention in analysis.mentions
            if mention.id in links
            for known in links[mention.id].entities
            for entity in {known, states.get(known, known)}
        )
        self._all = frozenset(entity for _, entity in self._at)

    def points(self, event: KnownEvent, sentence: Sentence) -> int:
        """Return a point for each entity of an event in a sentence, or one for those of the report."""
        known = set(event.entities)
        first, last = (
            bisect_left(self._at, (place, "")) for place in (sentence.span.start, sentence.span.end)
        )
        here = known & {entity for _, entity in self._at[first:last]}
        return min(ENTITIES_COUNT, len(here)) or int(bool(known & self._all))
