"""What people read for codes, fields and dates, from the tables in `labels/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kroniek.errors import NotFoundError
from kroniek.model import Precision, precision_of
from kroniek.model.dates import VALUE


@dataclass(frozen=True)
class Labels:
    """The words of one interface language."""

    tables: Mapping[str, Mapping[str, Any]]

    def of(self, table: str, code: str) -> str:
        """Return the words for a code; a code that the table does not know is shown as it is."""
        return str(self.tables[table].get(code, code))

    def page(self, name: str, **values: object) -> str:
        """Return a text of the page with its values filled in."""
        return str(self.tables["page"][name]).format(**values)

    def text(self, table: str, name: str, **values: object) -> str:
        """Return a text of any table with its values filled in."""
        return str(self.tables[table][name]).format(**values)

    def counted(self, table: str, name: str, n: int) -> str:
        """Return a text with a number, in the singular for 1."""
        return self.text(table, f"{name}_one" if n == 1 else name, n=n)

    def listed(self, parts: Sequence[str]) -> str:
        """Return `a, b en c`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.text('dossier', 'and')} {parts[-1]}"

    def day(self, value: str) -> str:
        """Return a date without its weekday and hour: `9 september 2016`; what is less precise as it is."""
        if precision_of(value) in (Precision.DAY, Precision.TIME, Precision.DAYPART):
            return self.date(value[:10]).partition(" ")[2] or value
        return self.date(value)

    def short_month(self, value: str) -> str:
        """Return a month or year for the axis of a chart: `2016-09` -> `sep. 2016`."""
        if len(value) == len("2016"):
            return value
        return f"{self.tables['dates']['short_months'][int(value[5:7]) - 1]} {value[:4]}"

    def date(self, value: str) -> str:
        """Return an ISO value in words, never more precise than it is.

        `2017-04` -> `april 2017`; `2016-09-09T00:34` -> `vrijdag 9 september 2016, 00:34`.
        """
        match = VALUE.match(value)
        words = self.tables["dates"]
        precision = precision_of(value)
        if match is None:
            return self._long_ago(value, precision)
        parts = match.groupdict()
        year = parts["year"]
        if precision in (Precision.DAY, Precision.TIME, Precision.DAYPART):
            return self._day(value, parts)
        if precision is Precision.MONTH:
            return f"{words['months'][int(parts['month']) - 1]} {year}"
        if precision is Precision.SEASON:
            return f"{words['seasons'][parts['season']]} {year}"
        if precision is Precision.YEAR:
            return str(year)
        number = parts["quarter"] or parts["half"]
        week = int(parts["week"]) if parts["week"] else 0
        return str(words[precision.value]).format(n=number, week=week, year=year)

    def _day(self, value: str, parts: Mapping[str, str | None]) -> str:
        words = self.tables["dates"]
        try:
            day = _day_of(value, parts)
        except ValueError:  # no such day: 2017-02-30
            return value
        shown = f"{words['days'][day.weekday()]} {day.day} {words['months'][day.month - 1]} {day.year}"
        time = parts["time"]
        return f"{shown}, {words['parts'].get(time, time)}" if time else shown

    def _long_ago(self, value: str, precision: Precision) -> str:
        words = self.tables["dates"]
        if precision is Precision.DECADE:
            return str(words["decade"]).format(year=f"{value}0")
        if precision is Precision.CENTURY:
            return str(words["century"]).format(n=int(value) + 1)
        return value


def _day_of(value: str, parts: Mapping[str, str | None]) -> date:
    if parts["weekday"]:
        return date.fromisocalendar(int(value[:4]), int(parts["week"] or 1), int(parts["weekday"]))
    return date.fromisoformat(value[:10])


@cache
def load_labels(language: str) -> Labels:
    """Return the words for an interface language; raises NotFoundError for one that there is not."""
    file = resources.files("kroniek.publish").joinpath("labels", f"{language}.toml")
    try:
        return Labels(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise NotFoundError(f"no interface in {language!r}; there are: en, nl") from error
