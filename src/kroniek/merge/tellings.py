"""Tellings with what they are compared by: type class, participants by state, days, place, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kroniek.merge.coreference import stem_of
from kroniek.merge.sentences import sentence_around
from kroniek.merge.shelf import Table
from kroniek.model import (
    Analysis,
    Entity,
    EntityType,
    EventMention,
    Evidence,
    Interval,
    Span,
    Status,
    Telling,
    content_id,
    interval_of,
    record_id,
)
from kroniek.model.analysis import HOST

AHEAD = frozenset({Status.PLANNED, Status.OFFERED, Status.CALLED_FOR, Status.POSSIBLE, Status.CANCELLED})
REFUTED = frozenset({Status.DENIED, Status.NOT_HAPPENED})  # of what was to come as of what is said to be past
APPOINTED = frozenset(
    {"CONSULT"}
)  # what has a day long before it: who says that there is none denies the plan
RECENT = timedelta(days=21)  # how far back an undated act may lie before its report
SOON = timedelta(days=60)  # how far ahead an undated plan may lie after it
CITY = "place:"  # how the knowledge base names places below the state; they take part in nothing
STATE_SECTORS = frozenset({"", "GOV", "MIL", "COP", "SPY", "JUD", "LEG"})  # PLOVER sectors of a state
NO_PARTY = frozenset({EntityType.PER, EntityType.LOC, EntityType.FAC})  # where they have no state
TELLING = re.compile(r"[^\W\d_]{7,}|\d+")  # what tells sentences apart
ENOUGH = 5  # of these in a sentence
COPIED = 50  # characters from which on the same sentence in two reports is a copy
WEEK = 7  # days; tellings of a longer time are never taken for one another unseen
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """One telling, ready to be compared.

    `states` maps each participant to the country that it belongs to, or to itself; `loose` are those
    without a state that can be party to nothing: people, places. `around` are the days in which it can
    lie when the text gives none, from the report's day. `statement` is the id of the statement that
    tells it, "" for the report's own voice.
    """

    telling: Telling
    mention: EventMention
    said: str  # ISO value of the day on which it was said: that of the statement, else of the report
    group: str
    actors: frozenset[str]
    recipients: frozenset[str]
    states: Mapping[str, str]
    people: frozenset[str]
    place: str
    place_state: str
    around: Interval | None
    loose: frozenset[str] = frozenset()
    statement: str = ""
    words: str = ""  # id of the sentence, when it is long enough to be known again in a copy of the report
    hosts: frozenset[str] = frozenset()  # states that are only where it is held: `reisde naar Moskou`
    site: bool = False  # the place is a building or a base, in a town that is not known
    verb: str = ""  # stem of the word that tells it: `ontmo` of `ontmoeten` and of `ontmoeting`

    @property
    def id(self) -> str:
        """Return the chronicle-wide id of the telling."""
        return self.telling.event_mention

    @property
    def participants(self) -> frozenset[str]:
        """Return everybody who takes part, in whatever role."""
        return self.actors | self.recipients

    @property
    def signature(self) -> str:
        """Return an id of what decides how alike it is to others; tellings with the same are compared once."""
        mention = self.mention
        exact = mention.interval is not None and mention.interval.days() <= WEEK and self.participants
        vague = "" if exact else self.words or self.telling.document
        return content_id(
            "node", self.group, mention.type, mention.mode, sorted(self.actors), sorted(self.recipients),
            sorted(self.states.items()), sorted(self.people), mention.interval or self.around,
            mention.interval is None, self.place, self.place_state, self.site, mention.numbers,
            mention.time_how in UNSURE, self.telling.status, mention.ahead,
            mention.resumes and not self.participants, self.verb, vague,
        )  # fmt: skip


TELLINGS: Table[Told] = Table("tellings", Told)

# Ways in which a time was found that leave room for a day's error.
UNSURE = frozenset({"publication", "narrative"})


def tellings_of(analysis: Analysis, groups: Mapping[str, str]) -> Iterable[Told]:
    """Yield a document's tellings in text order; `groups` maps a type to its class of comparable types."""
    entities = {entity.id: entity for entity in analysis.entities}
    document, reported = analysis.document.id, analysis.published.value or ""
    spoken = {
        item.id: item.time for item in analysis.attributions if item.time and _before(item.time, reported)
    }
    for mention in analysis.events:
        evidence = Evidence(document, mention.trigger[0], sentence_around(analysis, mention.trigger[0]))
        telling = Telling(record_id(document, mention.id), document, evidence, mention.status, reported)
        said = spoken.get(mention.attribution, "") or reported
        words = words_of(analysis, evidence.sentence)
        told = _told(telling, mention, said, groups, entities, words)
        yield replace(told, verb=stem_of(analysis, mention.trigger))


def words_of(analysis: Analysis, sentence: Span) -> str:
    """Return an id of a sentence's words by which a copy of it is known, "" for a short one.

    Long words and figures make it: who prints a copy may change a small word or the order.
    """
    text = sentence.of(analysis.text).casefold()
    telling = sorted(set(TELLING.findall(text)))
    if len(telling) >= ENOUGH:
        return content_id("words", *telling)
    words = " ".join(text.split())
    return content_id("words", words) if len(words) >= COPIED else ""


def _told(
    telling: Telling,
    mention: EventMention,
    said: str,
    groups: Mapping[str, str],
    entities: Mapping[str, Entity],
    words: str,
) -> Told:
    actors, recipients = frozenset(mention.entities("actor")), frozenset(mention.entities("recipient"))
    everybody = actors | recipients
    states = {key: state_of(key, entities) for key in everybody}
    kinds = {key: entities[key].type for key in everybody if key in entities}
    return Told(
        telling, mention, said, groups.get(mention.type, mention.type), actors, recipients, states,
        frozenset(key for key, kind in kinds.items() if kind is EntityType.PER),
        mention.place, state_of(mention.place, entities), _around(mention, said),
        frozenset(
            key for key in everybody
            if key.startswith(CITY) or (states[key] == key and kinds.get(key) in NO_PARTY)
        ),
        record_id(telling.document, mention.attribution) if mention.attribution else "",
        words,
        _hosts(mention),
        mention.place in entities and entities[mention.place].type is EntityType.FAC,
    )  # fmt: skip


def _hosts(mention: EventMention) -> frozenset[str]:
    at_home = {key for item in mention.arguments if item.reason == HOST for key in item.entities}
    acting = {key for item in mention.arguments if item.reason != HOST for key in item.entities}
    return frozenset(at_home - acting)


def _before(time: str, reported: str) -> bool:
    """Tell whether a time of saying is a day that the report can look back on."""
    said, published = interval_of(time), interval_of(reported)
    return said is not None and (published is None or said.earliest <= published.latest)


def state_of(entity: str, entities: Mapping[str, Entity]) -> str:
    """Return the id of the state that an entity belongs to, the entity's own when it has none.

    The knowledge base names states `country:` and their ISO 3166-1 code. Rebels, firms, media and
    other bodies that are no part of the state stand for themselves.
    """
    known = entities.get(entity)
    return f"country:{known.country}" if known and _of_state(known) else entity


def _of_state(entity: Entity) -> bool:
    return bool(entity.country) and entity.sector in STATE_SECTORS


def states_of(analyses: Iterable[Analysis]) -> dict[str, str]:
    """Return the state of every entity that has one; of two answers the first in the alphabet counts."""
    found: dict[str, str] = {}
    for analysis in analyses:
        for entity in analysis.entities:
            if _of_state(entity):
                state = f"country:{entity.country}"
                found[entity.id] = min(state, found.get(entity.id, state))
    return found


def _around(mention: EventMention, said: str) -> Interval | None:
    """Return the days in which an undated act can lie: before it was told, or after for a plan.

    A denial of a meeting looks both ways: `er staat geen ontmoeting op de agenda`, `er is niet gesproken`.
    """
    interval = interval_of(said)
    if mention.interval or interval is None:
        return None
    try:
        if mention.status in AHEAD:
            return Interval(interval.earliest, interval.latest + SOON)
        later = RECENT if _looks_ahead(mention) else timedelta(0)
        return Interval(interval.earliest - RECENT, interval.latest + later)
    except OverflowError:  # the first or the last weeks of the calendar
        return interval


def is_denial(told: Told) -> bool:
    """Tell whether a telling says that something was not to come, or is not so; `nog geen akkoord` does not."""
    return told.telling.status is Status.DENIED or _looks_ahead(told.mention)


def _looks_ahead(mention: EventMention) -> bool:
    return mention.status in REFUTED and (mention.ahead or mention.type in APPOINTED)


def day_of(value: str) -> date | None:
    """Return the first day of an ISO value, None when it has none."""
    interval = interval_of(value)
    return interval.earliest if interval else None


def figures(mention: EventMention) -> dict[str, float]:
    """Return the figures of a telling that are plain numbers, by what they count."""
    found = {}
    for what, figure in mention.numbers:
        match = FIGURE.fullmatch(figure.strip())
        if match:
            found[what.casefold()] = float(figure.strip().replace(".", "").replace(",", "."))
    return found
