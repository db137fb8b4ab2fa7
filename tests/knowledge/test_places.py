"""Coordinates and their precision on UCDP's scale."""

from __future__ import annotations

import pytest

from kroniek.knowledge import load_knowledge
from kroniek.knowledge.places import AREA, COUNTRY, EXACT, INTERNATIONAL, PROVINCE, locate


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "precision"),
    [
        ("Genève", "CH", 46.2, 6.1, EXACT),
        ("Aleppo", "SY", 36.2, 37.2, EXACT),
        ("luchtmachtbasis Khmeimim", "SY", 35.4, 35.9, EXACT),
        ("Tsjetsjenië", "RU", 43.4, 45.7, PROVINCE),
        ("Golanhoogten", "SY", 33.0, 35.8, AREA),
        ("Zwarte Zee", "", 43.0, 34.0, INTERNATIONAL),
        ("Rusland", "RU", 55.8, 37.6, COUNTRY),
    ],
)
def test_locate(name: str, country: str, lat: float, lon: float, precision: int) -> None:
    knowledge = load_knowledge()
    places = [place for alias in knowledge.named(name) if (place := locate(alias.entity, knowledge))]
    assert places, name
    found = next(place for place in places if place.precision == precision)
    assert found.country == country
    assert found.lat == pytest.approx(lat, abs=0.2) and found.lon == pytest.approx(lon, abs=0.2)


def test_locate_people_are_no_places() -> None:
    assert locate("person:vladimir-putin", load_knowledge()) is None
    assert locate("nowhere", load_knowledge()) is None
