"""The reader of the knowledge base: lazy, indexed look-ups in one SQLite file, plus a project's additions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from kroniek.knowledge.fold import fold, lookup_keys
from kroniek.model import EntityType, Holding, Office, content_id


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """Somebody or something that the knowledge base has.

    `prominence`: 3 the best known, 2 well known, 1 on record. `population` is 0 where not known.
    """

    id: str
    name: str
    type: EntityType
    sector: str = ""
    country: str = ""
    wikidata: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    prominence: int = 1
    gender: str = ""
    successor: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entity. `kind`: label, short (`Obama`: this person, if no other is named), surname, acronym, adjective, inhabitant.

    It holds from `valid_from` to `valid_to` (ISO days, exclusive end, "" for open). `cased` names
    (acronyms) stand for the entity only in the same letters.
    """

    surface: str
    entity: str
    language: str = ""
    kind: str = "label"
    cased: bool = False
    valid_from: str = ""
    valid_to: str = ""

    def holds(self, day: str) -> bool:
        """Tell whether the name was in use on an ISO day ("" counts as always)."""
        return not day or (self.valid_from <= day and (not self.valid_to or day < self.valid_to))


@dataclass(frozen=True, slots=True)
class Metonym:
    """A seat or capital: whom it stands for, whose office it is, and the place it is."""

    kind: str  # capital or seat
    target: str
    office: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody's time in an office; `target` is the country that an envoy deals with, "" if none."""

    office: Office
    holding: Holding
    target: str = ""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """A well-known event whose days are on record: ISO days, both inclusive.

    `type` is a PLOVER type, or DISASTER, DEATH, OFFICE, VOTE. `words` are beginnings of the words by which
    reports name it; one with `!` in front tells it from all else, one with `~` says where or who.
    """

    id: str
    day: str
    last: str
    name: str
    type: str
    entities: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Additions:
    """What a project adds to the knowledge base; its entities and names win over the shipped ones."""

    entities: tuple[KnownEntity, ...] = ()
    aliases: tuple[Alias, ...] = ()
    offices: tuple[Office, ...] = ()
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """A read-only view on the knowledge base: entities by name and sound, offices by role and date."""

    version: str
    path: Path | None = None
    additions: Additions = field(default_factory=Additions)
    _open: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def __hash__(self) -> int:
        return hash((self.version, self.path, self.additions))

    def with_additions(self, additions: Additions) -> Knowledge:
        """Return the same base with a project's additions laid over it, itself when there are none."""
        if additions == Additions():
            return self
        merged = Additions(*(
            (*getattr(self.additions, name), *getattr(additions, name))
            for name in ("entities", "aliases", "offices", "holdings")
        ))  # fmt: skip
        stamp = content_id("own", *(repr(record) for record in astuple(merged)))[-8:]
        version = f"{self.version.partition('+')[0]}+{stamp}" if any(astuple(merged)) else self.version
        return replace(self, version=version, additions=merged, _open={})

    def with_wikidata(self, identifier: str) -> KnownEntity | None:
        """Return the entity that has a Wikidata identifier, or None."""
        added = (entity for entity in self.additions.entities if identifier and entity.wikidata == identifier)
        if found := next(added, None):
            return found
        rows = self._rows(
            "SELECT id FROM entity WHERE wikidata = ? AND ? <> '' LIMIT 1", identifier, identifier
        )
        return self.entity(rows[0][0]) if rows else None

    def office_with_wikidata(self, identifier: str) -> Office | None:
        """Return the office that has a Wikidata identifier, or None."""
        rows = self._rows(
            "SELECT id, name, role, jurisdiction FROM office WHERE wikidata = ? AND ? <> '' LIMIT 1",
            identifier, identifier,
        )  # fmt: skip
        return Office(*rows[0]) if rows else None

    def entity(self, key: str) -> KnownEntity | None:
        """Return the entity with that key, or None."""
        added = next((entity for entity in self.additions.entities if entity.id == key), None)
        if added or key in self._cache("entity"):
            return added or self._cache("entity")[key]
        rows = self._rows(
            "SELECT e.*, s.text FROM entity e LEFT JOIN source s ON s.id = e.source WHERE e.id = ?", key
        )
        found = _entity(rows[0]) if rows else None
        self._cache("entity")[key] = found
        return found

    def named(self, surface: str) -> tuple[Alias, ...]:
        """Return the names equal to `surface` when folded, those added by the project first.

        A name that keeps its case (an acronym) is left out when its letters differ.
        """
        key = fold(surface)
        if key not in self._cache("named"):
            rows = self._rows("SELECT * FROM alias WHERE fold = ?", key)
            shipped = tuple(
                Alias(row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7]) for row in rows
            )
            added = tuple(alias for alias in self.additions.aliases if fold(alias.surface) == key)
            self._cache("named")[key] = (*added, *shipped)
        found: tuple[Alias, ...] = self._cache("named")[key]
        return tuple(alias for alias in found if not alias.cased or alias.surface == surface)

    def labelled(self, name: str) -> frozenset[str]:
        """Return the keys of what has a name as its own, in any language: not as a surname or an adjective."""
        return frozenset(alias.entity for alias in self.named(name) if alias.kind == "label")

    def sounding(self, surface: str, language: str, part: str) -> tuple[str, ...]:
        """Return the keys of people (part `full` or `surname`) or places (`place`) that sound so."""
        keys = lookup_keys(surface, language)
        place = (keys, part)
        if place not in self._cache("sound"):
            rows = [
                row for key in keys
                for row in self._rows("SELECT entity FROM sound WHERE key = ? AND part = ?", key, part)
            ]  # fmt: skip
            self._cache("sound")[place] = tuple(dict.fromkeys(row[0] for row in rows))
        found: tuple[str, ...] = self._cache("sound")[place]
        return found

    def preferred(self, surface: str, countries: Iterable[str] = ()) -> str:
        """Return what an ambiguous name stands for in reports about these countries, or by default; "" if no rule."""
        rows: dict[str, str] = dict(
            self._rows("SELECT country, entity FROM preference WHERE fold = ?", fold(surface))
        )
        return next((rows[country] for country in countries if country in rows), rows.get("", ""))

    def metonym(self, surface: str) -> Metonym | None:
        """Return what a seat or capital stands for, or None when the word is neither."""
        rows = self._rows("SELECT kind, target, office, place FROM metonym WHERE fold = ?", fold(surface))
        return Metonym(*rows[0]) if rows else None

    def capital_of(self, country: str) -> KnownEntity | None:
        """Return the capital of the country with that key, or None when it is not on record."""
        rows = self._rows(
            "SELECT place FROM metonym WHERE kind = 'capital' AND target = ? AND place <> ''", country
        )
        return self.entity(rows[0][0]) if rows else None

    def terms(self, role: str, jurisdiction: str, *, target: str = "") -> tuple[Term, ...]:
        """Return all terms of offices with that role of that jurisdiction, in order of their start."""
        rows = self._rows(
            "SELECT o.id, o.name, o.role, o.jurisdiction, o.target, h.person, h.start, h.end, h.acting"
            " FROM office o JOIN holding h ON h.office = o.id WHERE o.role = ? AND o.jurisdiction = ? AND o.target = ?",
            role, jurisdiction, target,
        )  # fmt: skip
        offices = {
            office.id: office for office in self.additions.offices
            if office.role == role and office.jurisdiction == jurisdiction and not target
        }  # fmt: skip
        added = [
            Term(offices[holding.office], holding)
            for holding in self.additions.holdings if holding.office in offices
        ]  # fmt: skip
        return tuple(sorted([*map(_term, rows), *added], key=lambda term: term.holding.start))

    def holders(self, role: str, jurisdiction: str, day: str, *, target: str = "") -> tuple[str, ...]:
        """Return who held an office on an ISO day (or month, or year), the likeliest first.

        Terms are half-open. Those in full office come before acting ones, later starts before earlier.
        """
        terms = [term for term in self.terms(role, jurisdiction, target=target) if in_term(term.holding, day)]
        terms.sort(key=lambda term: term.holding.start, reverse=True)
        terms.sort(key=lambda term: term.holding.acting)
        return tuple(dict.fromkeys(term.holding.person for term in terms))

    def events_between(self, first: str, last: str) -> tuple[KnownEvent, ...]:
        """Return the well-known events that begin between two ISO days, both inclusive, the earliest first."""
        rows = self._rows(
            "SELECT id, day, last, name, type, entities, words FROM event WHERE day BETWEEN ? AND ? ORDER BY day, id",
            first, last,
        )  # fmt: skip
        return tuple(
            KnownEvent(
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                tuple(filter(None, row[5].split(";"))),
                tuple(row[6].split(";")),
            )
            for row in rows
        )

    def offices_of(self, person: str) -> tuple[Term, ...]:
        """Return a person's offices, the latest first."""
        rows = self._rows(
            "SELECT o.id, o.name, o.role, o.jurisdiction, o.target, h.person, h.start, h.end, h.acting"
            " FROM holding h JOIN office o ON h.office = o.id WHERE h.person = ?", person,
        )  # fmt: skip
        offices = {office.id: office for office in self.additions.offices}
        added = [
            Term(offices[holding.office], holding)
            for holding in self.additions.holdings if holding.person == person and holding.office in offices
        ]  # fmt: skip
        terms = {(term.office.id, term.holding.start): term for term in (*map(_term, rows), *added)}
        return tuple(sorted(terms.values(), key=lambda term: term.holding.start, reverse=True))

    def aliases_of(self, key: str) -> tuple[Alias, ...]:
        """Return all names of an entity (a scan: for showing, not for linking)."""
        rows = self._rows("SELECT * FROM alias WHERE entity = ? ORDER BY kind, surface", key)
        added = tuple(alias for alias in self.additions.aliases if alias.entity == key)
        return (
            *added,
            *(Alias(row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7]) for row in rows),
        )

    def labels_in(self, language: str) -> Mapping[str, frozenset[str]]:
        """Return every entity's labels and spellings that are of a language, or of none in particular."""
        rows = self._rows(
            "SELECT entity, surface FROM alias WHERE kind IN ('label', 'variant') AND language IN (?, '')",
            language,
        )
        found: dict[str, set[str]] = {}
        for entity, surface in rows:
            found.setdefault(entity, set()).add(surface)
        for alias in self.additions.aliases:
            if alias.kind == "label" and alias.language in (language, ""):
                found.setdefault(alias.entity, set()).add(alias.surface)
        return {entity: frozenset(surfaces) for entity, surfaces in found.items()}

    def full_names(self, language: str) -> dict[str, tuple[str, ...]]:
        """Return the full names in a language (`nl`) of all entities that have one there."""
        found: dict[str, tuple[str, ...]] = {}
        added = ((alias.entity, alias.surface) for alias in self.additions.aliases
                 if alias.kind == "label" and alias.language == language)  # fmt: skip
        rows = self._rows(
            "SELECT entity, surface FROM alias WHERE kind = 'label' AND language = ? ORDER BY surface",
            language,
        )
        for entity, surface in (*added, *rows):
            found[entity] = (*found.get(entity, ()), surface)
        return found

    def search(self, words: str, limit: int = 20) -> tuple[KnownEntity, ...]:
        """Return entities one of whose names begins with `words` or sounds like it, the best known first."""
        key = fold(words)
        rows = self._rows(
            "SELECT DISTINCT entity FROM alias WHERE fold >= ? AND fold < ? LIMIT 500",
            key,
            key + "\U0010ffff",
        )
        keys = [alias.entity for alias in self.additions.aliases if fold(alias.surface).startswith(key)]
        keys += [row[0] for row in rows]
        for part in ("full", "surname", "place"):
            keys += self.sounding(words, "nl", part)
        found = [entity for entity in map(self.entity, dict.fromkeys(keys)) if entity is not None]
        found.sort(key=lambda entity: (-entity.prominence, -entity.population, entity.name))
        return tuple(found[:limit])

    def _cache(self, name: str) -> dict[Any, Any]:
        cache: dict[Any, Any] = self._open.setdefault(name, {})
        if len(cache) > 50_000:  # a long run over many reports must not eat the memory
            cache.clear()
        return cache

    def _rows(self, query: str, *values: object) -> list[Any]:
        if self.path is None:
            return []
        cache = self._cache("rows")
        if (query, values) not in cache:
            cache[query, values] = self._connection().execute(query, values).fetchall()
        rows: list[Any] = cache[query, values]
        return rows

    def _connection(self) -> sqlite3.Connection:
        """Return this process's connection: one must not cross a fork."""
        connections: dict[int, sqlite3.Connection] = self._open.setdefault("connection", {})
        process = os.getpid()
        if process not in connections:
            connections[process] = sqlite3.connect(
                f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        return connections[process]


def in_term(holding: Holding, day: str) -> bool:
    """Tell whether an ISO day lies in a term; for a month or year, whether the term overlaps it.

    >>> in_term(Holding("o", "p", "2013-02-01", "2017-01-20"), "2017-01-20")
    False
    """
    if not day:
        return not holding.end
    first, last = (
        (day, day) if len(day) >= 10 else (f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01", f"{day}-99")
    )
    return holding.start[:10] <= last and (not holding.end or first < holding.end)


def _entity(row: tuple[Any, ...]) -> KnownEntity:
    number = [value if value != "" else None for value in row[6:8]]
    return KnownEntity(
        row[0], row[1], EntityType(row[2]), row[3], row[4], row[5], number[0], number[1],
        int(row[8] or 0), int(row[9] or 1), row[10], row[11], row[13] or "",
    )  # fmt: skip


def _term(row: tuple[Any, ...]) -> Term:
    return Term(Office(*row[:4]), Holding(row[0], row[5], row[6], row[7], bool(row[8])), row[4])


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """Return the knowledge base that comes with the package, opened once per process."""
    path = Path(str(resources.files("kroniek.knowledge").joinpath("base.sqlite")))
    if not path.exists():
        return Knowledge("none")
    base = Knowledge("unread", path)
    return replace(base, version=base._rows("SELECT value FROM meta WHERE name = 'version'")[0][0], _open={})
