"""A period told before, in another year: `dezelfde periode vorig jaar`, `hetzelfde kwartaal een jaar eerder`."""

from __future__ import annotations

import re

SAME_PERIOD = re.compile(
    r"\^(?P<unit>[A-Z]?)(?P<year>.+)\Z"
)  # a raw value: the unit, then the year's raw value
YEARS_BACK = re.compile(r"~-P(?P<count>\d+)Y\Z")
YEAR = re.compile(r"(?<![\d-])\d{4}")
SHAPES = {
    "D": re.compile(r"\d{4}-\d\d-\d\d\Z"),
    "H": re.compile(r"(?:FY)?\d{4}-H\d\Z"),
    "M": re.compile(r"\d{4}-\d\d\Z"),
    "Q": re.compile(r"(?:FY)?\d{4}-Q\d\Z"),
    "W": re.compile(r"\d{4}-W\d\d\Z"),
    "": re.compile(r"FY\d{4}(?:-[HQ]\d)?\Z|\d{4}-(?:\d\d|[HQ]\d|W\d\d|[SFW][PUAI])\Z|\d{4}-[^T/]+/\d{4}-[^T/]+\Z"),
}  # fmt: skip


def is_period(value: str, unit: str) -> bool:
    """Tell whether a value is a period within a year, of a unit (`Q`, `M` ...) or, with none, of any but a day."""
    return SHAPES[unit].match(value) is not None


def year_of(value: str) -> int:
    """Return the year in which a period begins."""
    found = YEAR.search(value)
    assert found is not None, value
    return int(found[0])


def in_another_year(value: str, year: int) -> str:
    """Return a period as it lies in another year; a stretch over New Year keeps its length."""
    shift = year - year_of(value)
    return YEAR.sub(lambda found: f"{int(found[0]) + shift:04d}", value)
