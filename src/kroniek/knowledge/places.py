"""Where an entity lies: coordinates, and how exact they are on UCDP's scale.

UCDP GED codebook, `where_prec`: 1 exact site, 2 near a site, 3 district, 4 province, 5 a line or area
such as a river or border, 6 country, 7 international waters or several countries.
"""

from __future__ import annotations

from dataclasses import dataclass

from kroniek.knowledge.store import Knowledge, KnownEntity
from kroniek.model import EntityType

EXACT, PROVINCE, AREA, COUNTRY, INTERNATIONAL = 1, 4, 5, 6, 7


@dataclass(frozen=True, slots=True)
class Location:
    """A place on the map: degrees north and east, the country's two letters, and UCDP's precision."""

    name: str
    lat: float | None
    lon: float | None
    country: str
    precision: int


def locate(key: str, knowledge: Knowledge) -> Location | None:
    """Return where the entity with that key lies; None when it is no place or not known.

    A country has no point of its own: it is shown at its capital, with precision 6.
    """
    entity = knowledge.entity(key)
    if entity is None or entity.type not in (EntityType.GPE, EntityType.LOC, EntityType.FAC):
        return None
    if entity.id.startswith("country:"):
        capital = knowledge.capital_of(entity.id)
        lat, lon = (capital.lat, capital.lon) if capital is not None else (None, None)
        return Location(entity.name, lat, lon, entity.country, COUNTRY)
    return Location(entity.name, entity.lat, entity.lon, entity.country, precision_of(entity))


def precision_of(entity: KnownEntity) -> int:
    """Return UCDP's precision of a place that is no country.

    A building or a city of known population is an exact site; another part of a state is a province.
    """
    if entity.type is EntityType.FAC or entity.population:
        return EXACT
    if entity.type is EntityType.LOC:
        return AREA if entity.country else INTERNATIONAL
    return PROVINCE
