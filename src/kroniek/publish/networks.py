"""Who dealt with whom: actors as nodes, events as edges; for the formats of graph programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kroniek.model import Interval
from kroniek.publish.citations import chosen, shown_words
from kroniek.publish.source import Settings, Source, name_of, words_of
from kroniek.publish.tables.codes import iso3
from kroniek.publish.tables.column import earliest, latest, precision
from kroniek.publish.tables.events import EventRow
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.layouts import dyads
from kroniek.publish.tables.meanings import ONTOLOGY


@dataclass(frozen=True, slots=True)
class Dealing:
    """One direction of one event between two actors."""

    row: EventRow
    source: str
    target: str
    reciprocal: bool

    @property
    def interval(self) -> Interval | None:
        """Return the days in which the event can lie."""
        return self.row.told.event.interval


def dealings(source: Source, settings: Settings) -> Iterator[Dealing]:
    """Yield the events between two actors, meetings of equals in both directions, as CAMEO has them."""
    for row in chosen(source, settings):
        for origin, target, reciprocal in dyads(row.told):
            if origin and target:
                yield Dealing(row, origin, target, reciprocal)


def node(source: Source, key: str) -> dict[str, Any]:
    """Return the attributes of an actor."""
    entity = source.entity(key)
    return {
        "label": clean(name_of(source, key)), "entity_type": entity.type.value if entity else "",
        "country": iso3(entity), "sector": entity.sector if entity else "",
        "wikidata": entity.wikidata if entity else "",
    }  # fmt: skip


def edge(item: Dealing, settings: Settings) -> dict[str, Any]:
    """Return the attributes of an event between two actors."""
    row, event = item.row, item.row.told.event
    kind, scores = ONTOLOGY.types[event.type], row.scores
    found = words_of(row.source, row.lead.evidence)
    return {
        "event_id": event.id, "event_type": event.type, "mode": event.mode, "status": event.status.value,
        "date": event.time, "date_earliest": earliest(event.time), "date_latest": latest(event.time),
        "date_precision": precision(event.time), "quad": kind.quad, "intensity": float(scores.intensity),
        "cameo": scores.cameo, "goldstein": float(scores.goldstein), "reciprocal": item.reciprocal,
        "sources": event.sources, "document_id": found.document, "start_offset": found.spans[0].start,
        "end_offset": found.spans[-1].end, "words": clean(shown_words(found.words, settings)),
        "words_sha256": found.sha256,
    }  # fmt: skip


def spells(intervals: Iterable[Interval]) -> list[tuple[str, str]]:
    """Return (first day, last day) of stretches of time, those that touch or overlap joined, in order."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and (interval.earliest - joined[-1].latest).days <= 1:
            joined[-1] = Interval(joined[-1].earliest, max(joined[-1].latest, interval.latest))
        else:
            joined.append(interval)
    return [(item.earliest.isoformat(), item.latest.isoformat()) for item in joined]
