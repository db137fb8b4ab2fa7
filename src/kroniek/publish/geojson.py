"""GeoJSON (RFC 7946): events as points, with the exactness of the place on UCDP's scale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kroniek.publish.citations import chosen, headline, left_out, passage
from kroniek.publish.folder import write_items
from kroniek.publish.source import Settings, Source, Written, name_of, names_of
from kroniek.publish.tables.codes import iso3
from kroniek.publish.tables.column import earliest, latest, precision
from kroniek.publish.tables.events import EventRow

SUMMARY = "events on the map as GeoJSON"


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write a FeatureCollection event by event; those without a known place are counted and left out."""
    features = (_feature(row, settings) for row in chosen(source, settings))
    head = '{"type": "FeatureCollection", "features": '
    placed, without = write_items(folder / "events.geojson", features, head=head, tail="}")
    return Written({"features": placed}, left_out(without, "without a place on the map"))


def _feature(row: EventRow, settings: Settings) -> dict[str, Any] | None:
    place, event = row.place, row.told.event
    if place is None or place.lat is None or place.lon is None:
        return None
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]},
        "properties": {
            "title": headline(row.source, row.told), "date": event.time or None,
            "date_earliest": earliest(event.time) or None, "date_latest": latest(event.time) or None,
            "date_precision": precision(event.time) or None, "type": event.type, "mode": event.mode or None,
            "status": event.status.value, "actors": list(names_of(row.source, event.actors)),
            "recipients": list(names_of(row.source, event.recipients)),
            "place": name_of(row.source, event.place), "country": iso3(row.place_entity) or None,
            "where_precision": place.precision, "sources": event.sources,
            "evidence": passage(row.source, row.lead.evidence, settings),
        },
    }  # fmt: skip
