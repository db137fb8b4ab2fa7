"""Filters as they stand in an address: read strictly, and turned into what the store asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import QueryParams

from kroniek.model import Stance, Status, interval_of
from kroniek.ontology import load_ontology
from kroniek.publish.timeline import GROUPS, Group
from kroniek.store.browse import Wanted, find_ids
from kroniek.web.problems import BadRequest

DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
LONGEST_WORDS = 200  # code points
MOST_WORDS = 12
MOST_VALUES = 40  # of one filter


@dataclass(frozen=True, slots=True)
class EventFilter:
    """The filter of a timeline, as it was asked."""

    since: str = ""
    until: str = ""
    types: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actor: str = ""
    place: str = ""
    words: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether all events are asked for."""
        return self == EventFilter()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the filter without its dates as the query of an address."""
        many = (("type", self.types), ("group", self.groups), ("status", self.statuses))
        pairs = [(name, value) for name, values in many for value in values]
        return [*pairs, ("actor", self.actor), ("place", self.place), ("q", self.words)]

    def wanted(self, connection: Connection) -> Wanted:
        """Return the question to the store; names become ids."""
        statuses = {
            *self.statuses,
            *(status.value for status, group in GROUPS.items() if group in self.groups),
        }
        return Wanted(
            since=first_day(self.since), until=last_day(self.until), types=self.types,
            statuses=tuple(sorted(statuses)),
            actors=find_ids(connection, self.actor) if self.actor else None,
            places=find_ids(connection, self.place) if self.place else None,
            words=tuple(self.words.split()),
        )  # fmt: skip


def read_event_filter(query: QueryParams) -> EventFilter:
    """Return the filter of an address; raises BadRequest for values that no event can have."""
    return EventFilter(
        since=read_day(query, "from"), until=read_day(query, "to"),
        types=read_codes(query, "type", load_ontology().types),
        groups=read_codes(query, "group", [group.value for group in Group]),
        statuses=read_codes(query, "status", [status.value for status in Status]),
        actor=read_words(query, "actor"), place=read_words(query, "place"), words=read_search(query, "q"),
    )  # fmt: skip


def read_stance(query: QueryParams) -> str:
    """Return the stance asked for, "" for any."""
    return next(iter(read_codes(query, "stance", [stance.value for stance in Stance])), "")


def read_day(query: QueryParams, name: str) -> str:
    """Return a day, month or year; raises BadRequest for anything else."""
    value = query.get(name, "").strip()
    if value and (not DAY.match(value) or interval_of(value) is None):
        raise BadRequest("errors.day", field=name, value=value[:40])
    return value


def read_codes(query: QueryParams, name: str, known: Sequence[str] | Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values of a filter; raises BadRequest for one that is not known."""
    values = tuple(dict.fromkeys(filter(None, query.getlist(name))))[:MOST_VALUES]
    for value in values:
        if value not in known:
            raise BadRequest("errors.code_unknown", field=name, value=value[:40], known=", ".join(known))
    return values


def read_words(query: QueryParams, name: str) -> str:
    """Return words without outer blanks; raises BadRequest when they are too long."""
    value = " ".join(query.get(name, "").split())
    if len(value) > LONGEST_WORDS:
        raise BadRequest("errors.field_long", field=name, longest=LONGEST_WORDS)
    return value.replace("\x00", "")


def read_search(query: QueryParams, name: str) -> str:
    """Return words to look for; raises BadRequest when there are too many."""
    value = read_words(query, name)
    if len(value.split()) > MOST_WORDS:
        raise BadRequest("errors.too_many_words", most=MOST_WORDS)
    return value


def read_number(query: QueryParams, name: str, *, most: int = 2**63 - 1) -> int | None:
    """Return a whole number from 0, None when there is none; raises BadRequest for anything else."""
    value = query.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 20 and int(value) <= most):
        raise BadRequest("errors.number", field=name, value=value[:40])
    return int(value)


def read_key(query: QueryParams, name: str, parts: int) -> tuple[str, ...]:
    """Return the parts of a place in a list, `2016-09-08~doc-12ab~3`; raises BadRequest when broken."""
    value = query.get(name, "")
    if not value:
        return ()
    found = tuple(value.split("~"))
    if len(found) != parts or len(value) > LONGEST_WORDS or "\x00" in value:
        raise BadRequest("errors.number", field=name, value=value[:40])
    return found


def first_day(value: str) -> str:
    """Return the first ISO day of a day, month or year, "" for ""."""
    interval = interval_of(value)
    return interval.earliest.isoformat() if interval else ""


def last_day(value: str) -> str:
    """Return the last ISO day of a day, month or year, "" for ""."""
    interval = interval_of(value)
    return interval.latest.isoformat() if interval else ""
