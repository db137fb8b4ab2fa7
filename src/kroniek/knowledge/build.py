"""Build the knowledge base from the tables under `knowledge/`: `python -m kroniek.knowledge.build FROM TO`.

The result is one SQLite file. Building twice from the same tables gives the same rows in the same
order; its version is a hash of the tables.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kroniek.errors import PackError
from kroniek.knowledge.fold import fold, sound_keys, surname_of

SCHEMA = """
CREATE TABLE entity (id TEXT PRIMARY KEY, name TEXT, type TEXT, sector TEXT, country TEXT, wikidata TEXT,
  lat REAL, lon REAL, population INTEGER, prominence INTEGER, gender TEXT, successor TEXT, source INTEGER) WITHOUT ROWID;
CREATE TABLE alias (fold TEXT, surface TEXT, entity TEXT, language TEXT, kind TEXT, cased INTEGER,
  valid_from TEXT, valid_to TEXT, PRIMARY KEY (fold, entity, kind, surface)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, entity TEXT, part TEXT, PRIMARY KEY (key, entity, part)) WITHOUT ROWID;
CREATE TABLE office (id TEXT PRIMARY KEY, name TEXT, role TEXT, jurisdiction TEXT, target TEXT, wikidata TEXT,
  shared INTEGER, source INTEGER) WITHOUT ROWID;
CREATE TABLE holding (office TEXT, person TEXT, start TEXT, end TEXT, acting INTEGER, source INTEGER);
CREATE TABLE metonym (fold TEXT, kind TEXT, target TEXT, office TEXT, place TEXT, source INTEGER,
  PRIMARY KEY (fold, target)) WITHOUT ROWID;
CREATE TABLE preference (fold TEXT, country TEXT, entity TEXT, PRIMARY KEY (fold, country)) WITHOUT ROWID;
CREATE TABLE event (id TEXT PRIMARY KEY, day TEXT, last TEXT, name TEXT, type TEXT, entities TEXT, words TEXT,
  source INTEGER) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE INDEX office_role ON office (role, jurisdiction);
CREATE INDEX holding_person ON holding (person);
CREATE INDEX holding_office ON holding (office);
CREATE INDEX event_day ON event (day);
"""

Row = dict[str, str]

# Prominence says how readily a bare surname or an unmarked name stands for somebody: 3 the best
# known, 2 well known, 1 on record. A surname alone is linked from 2 up.
HAND, RECORDED = 3, 1
ACRONYM = re.compile(r"^[A-Z][A-Z0-9&.\-]{1,6}$")


def read_table(path: Path) -> tuple[str, list[Row]]:
    """Return the source line and the rows of a table: `#` lines, then a header, then tab-separated rows.

    Raises PackError with file and line when a row has more or fewer fields than the header, or when
    no source is named.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    source = next((line.partition("source:")[2].strip() for line in notes if "source:" in line), "")
    if not source:
        raise PackError(f"{path.name}: want a line `# source: ...` at the top")
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    header = numbered[0][1].split("\t")
    rows = []
    for number, line in numbered[1:]:
        fields = line.split("\t")
        if len(fields) != len(header):
            raise PackError(f"{path.name}:{number}: {len(fields)} fields, want {len(header)}")
        rows.append(dict(zip(header, fields, strict=True)))
    return source, rows


def several(value: str) -> tuple[str, ...]:
    """Return the values of a field that holds several, parted by semicolons."""
    return tuple(item.strip() for item in value.split(";") if item.strip())


def slug(name: str) -> str:
    """Return a name as lower-case words joined by hyphens: `vladimir-putin`."""
    return fold(name).replace(" ", "-")


@dataclass
class Tables:
    """The rows of the knowledge base while it is being built."""

    entities: dict[str, tuple[object, ...]] = field(default_factory=dict)
    aliases: set[tuple[object, ...]] = field(default_factory=set)
    sounds: set[tuple[str, str, str]] = field(default_factory=set)
    offices: dict[str, tuple[object, ...]] = field(default_factory=dict)
    holdings: dict[tuple[str, str, str], tuple[object, ...]] = field(default_factory=dict)
    metonyms: set[tuple[object, ...]] = field(default_factory=set)
    preferences: set[tuple[str, ...]] = field(default_factory=set)
    events: dict[str, tuple[object, ...]] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)

    def source(self, text: str) -> int:
        """Return the number under which a source is kept."""
        return self.sources.setdefault(text, len(self.sources) + 1)

    def add_entity(self, key: str, name: str, kind: str, *, source: str, **more: object) -> None:
        """Add an entity unless its key is there; the first table that names it wins."""
        if key in self.entities:
            return
        columns = (
            "sector",
            "country",
            "wikidata",
            "lat",
            "lon",
            "population",
            "prominence",
            "gender",
            "successor",
        )
        self.entities[key] = (
            key,
            name,
            kind,
            *(more.get(column) or "" for column in columns),
            self.source(source),
        )
        self.by_name.setdefault(name, key)

    def add_alias(
        self, surface: str, entity: str, kind: str, language: str = "", valid: tuple[str, str] = ("", "")
    ) -> None:
        """Add a name for an entity; a short word in capitals becomes an acronym that keeps its case."""
        if not fold(surface):
            return
        acronym = bool(ACRONYM.match(surface)) and kind != "adjective"
        row = (fold(surface), surface, entity, language, "acronym" if acronym else kind, int(acronym), *valid)
        self.aliases.add(row)

    def add_person(self, key: str, name: str, country: str) -> None:
        """Add the aliases and sound keys of a person: the full name and the family name."""
        self.add_alias(name, key, "label", "en")
        family = surname_of(name, country)
        for sound in sound_keys(name, "en"):
            self.sounds.add((sound, key, "full"))
        if not family:
            return
        self.add_alias(family, key, "surname")
        bare = re.sub(r"^(?:al|el)-", "", family, flags=re.I)
        if bare != family:
            self.add_alias(bare, key, "surname")
        for sound in sound_keys(family, "en"):
            self.sounds.add((sound, key, "surname"))


def build(folder: Path, target: Path) -> None:
    """Write the knowledge base built from the tables in `folder` to `target`, replacing it."""
    tables = Tables()
    for load in (load_countries, load_organisations, load_places, load_cities, load_demonyms, load_persons,
                 load_offices, load_metonyms, load_preferences, load_events):  # fmt: skip
        load(tables, folder)
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        database.executescript(SCHEMA)
        _insert(database, "entity", sorted(tables.entities.values(), key=str))
        _insert(database, "alias", _unique_aliases(tables.aliases))
        _insert(database, "sound", sorted(tables.sounds))
        _insert(database, "office", sorted(tables.offices.values(), key=str))
        _insert(database, "holding", sorted(tables.holdings.values(), key=str))
        _insert(database, "metonym", sorted(tables.metonyms, key=str))
        _insert(database, "preference", sorted(tables.preferences))
        _insert(database, "event", sorted(tables.events.values(), key=str))
        _insert(database, "source", [(number, text) for text, number in tables.sources.items()])
        _insert(database, "meta", [("version", version_of(folder))])
    database.close()
    with sqlite3.connect(target) as database:
        database.execute("VACUUM")
    database.close()


def version_of(folder: Path) -> str:
    """Return a hash over the tables, 12 hex digits."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.tsv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _unique_aliases(aliases: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    unique = {(row[0], row[2], row[4], row[1]): row for row in sorted(aliases, key=str)}
    return list(unique.values())


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        marks = ",".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def load_countries(tables: Tables, folder: Path) -> None:
    """Add states with their names, adjectives and inhabitants."""
    source, rows = read_table(folder / "countries.tsv")
    for row in rows:
        key = f"country:{row['iso2']}"
        tables.add_entity(key, row["name"], "GPE", source=source, sector="GOV", country=row["iso2"],
                          wikidata=row["wikidata"], prominence=HAND)  # fmt: skip
        tables.add_alias(row["name"], key, "label", "en")
        for language in ("nl", "en"):
            for number, name in enumerate(several(row[f"names_{language}"])):
                # The first is what the language calls it; the others (`Holland`, a slip) are only understood.
                tables.add_alias(name, key, "label", "" if number else language)
        _add_demonyms(tables, key, row)
        for form in several(row["adjective_en"]):
            tables.add_alias(form, key, "adjective", "en")


def _add_demonyms(tables: Tables, key: str, row: Row) -> None:
    for column, kind in (("adjective", "adjective"), ("inflected", "adjective"),
                         ("inhabitant", "inhabitant"), ("inhabitants", "inhabitant")):  # fmt: skip
        for form in several(row[column]):
            tables.add_alias(form, key, kind, "nl")


def load_organisations(tables: Tables, folder: Path) -> None:
    """Add organisations, armed groups, parties, media and companies."""
    source, rows = read_table(folder / "organisations.tsv")
    for row in rows:
        key = f"org:{row['key']}"
        successor = f"org:{row['successor']}" if row["successor"] else ""
        tables.add_entity(key, row["name"], "ORG", source=source, sector=row["sector"], country=row["country"],
                          wikidata=row["wikidata"], prominence=HAND, successor=successor)  # fmt: skip
        valid = (row["valid_from"], row["valid_to"])
        tables.add_alias(row["name"], key, "label", "en", valid)
        for alias in several(row["aliases"]):
            tables.add_alias(alias, key, "label", "", valid)


def load_places(tables: Tables, folder: Path) -> None:
    """Add cities, regions, waters, buildings, named events and works that were entered by hand."""
    source, rows = read_table(folder / "places.tsv")
    for row in rows:
        key = f"place:{row['key']}"
        tables.add_entity(key, row["name"], row["type"], source=source, country=row["country"], lat=row["lat"],
                          lon=row["lon"], population=row["population"], prominence=2)  # fmt: skip
        tables.add_alias(row["name"], key, "label", "en")
        for alias in several(row["aliases"]):
            tables.add_alias(alias, key, "label", "nl")
        if row["country"] and row["type"] == "GPE":
            for sound in sound_keys(row["name"], "en"):
                tables.sounds.add((sound, key, "place"))


def load_cities(tables: Tables, folder: Path) -> None:
    """Add populated places of the gazetteer."""
    source, rows = read_table(folder / "cities.tsv")
    for row in rows:
        key = f"place:{row['geonames']}"
        tables.add_entity(key, row["name"], "GPE", source=source, country=row["country"], lat=row["lat"],
                          lon=row["lon"], population=row["population"], prominence=RECORDED)  # fmt: skip
        tables.add_alias(row["name"], key, "label")
        for alias in several(row["aliases"]):
            tables.add_alias(alias, key, "variant")


def load_demonyms(tables: Tables, folder: Path) -> None:
    """Add adjectives and inhabitants of regions, peoples and parties."""
    for row in read_table(folder / "demonyms.tsv")[1]:
        key = tables.by_name.get(row["target"])
        if key is None:
            raise PackError(f"demonyms.tsv: no entity is named {row['target']!r}")
        _add_demonyms(tables, key, row)


def load_persons(tables: Tables, folder: Path) -> None:
    """Add people: those entered by hand with their spellings, then holders of offices on record."""
    source, rows = read_table(folder / "persons.tsv")
    for row in rows:
        key = f"person:{slug(row['name'])}"
        tables.add_entity(key, row["name"], "PER", source=source, country=row["country"],
                          wikidata=row["wikidata"], prominence=HAND, gender=row["gender"])  # fmt: skip
        tables.add_person(key, row["name"], row["country"])
        for alias in several(row["aliases"]):
            tables.add_alias(alias, key, "short" if " " not in alias else "label")
    known = {row[5]: key for key, row in tables.entities.items() if row[2] == "PER" and row[5]}
    source, rows = read_table(folder / "persons_wikidata.tsv")
    for row in rows:
        if person := known.get(row["wikidata"]):  # entered by hand under another spelling
            tables.add_alias(row["name"], person, "label")
            continue
        key = f"person:{row['wikidata']}"
        tables.add_entity(key, row["name"], "PER", source=source, country=row["country"],
                          wikidata=row["wikidata"], prominence=RECORDED)  # fmt: skip
        tables.add_person(key, row["name"], row["country"])


def load_offices(tables: Tables, folder: Path) -> None:
    """Add offices and who held them."""
    people = {row[5]: key for key, row in tables.entities.items() if row[2] == "PER" and row[5]}
    for suffix in ("", "_wikidata"):
        source, rows = read_table(folder / f"offices{suffix}.tsv")
        for row in rows:
            home, _, abroad = row["jurisdiction"].partition(">")
            tables.offices.setdefault(row["key"], (
                row["key"], row["name"], row["role"], _jurisdiction(tables, home), _jurisdiction(tables, abroad),
                row["wikidata"], int(bool(row["shared"])), tables.source(source),
            ))  # fmt: skip
        source, rows = read_table(folder / f"holdings{suffix}.tsv")
        for row in rows:
            person = people.get(row.get("person_wikidata", "")) or tables.by_name.get(row["person"])
            if person is None or not person.startswith("person:"):
                person = f"person:{slug(row['person'])}"
            if person not in tables.entities:
                raise PackError(f"holdings{suffix}.tsv: {row['person']!r} is in no table of people")
            place = (row["office"], person, row["start"])
            tables.holdings.setdefault(
                place, (*place, row["end"], int(bool(row.get("acting"))), tables.source(source))
            )


def _jurisdiction(tables: Tables, key: str) -> str:
    """Return the entity that a jurisdiction names: a country code, an organisation key or a region's name."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)
    candidates = (f"country:{key}", f"org:{key}", tables.by_name.get(key), tables.by_name.get(words))
    found = next((candidate for candidate in candidates if candidate in tables.entities), None)
    if key and found is None:
        raise PackError(f"offices: jurisdiction {key!r} is no country, organisation or place")
    return found or ""


def load_metonyms(tables: Tables, folder: Path) -> None:
    """Add seats and capitals that stand for who governs there."""
    source, rows = read_table(folder / "metonyms.tsv")
    for row in rows:
        place = tables.by_name.get(row["place"], "")
        target = _jurisdiction(tables, row["target"])
        tables.metonyms.add(
            (fold(row["surface"]), row["kind"], target, row["office"], place, tables.source(source))
        )


def load_preferences(tables: Tables, folder: Path) -> None:
    """Add what ambiguous names stand for by default or in reports about a country."""
    for row in read_table(folder / "ambiguous.tsv")[1]:
        if row["entity"] not in tables.entities:
            raise PackError(f"ambiguous.tsv: {row['alias']!r} stands for unknown {row['entity']!r}")
        tables.preferences.add((fold(row["alias"]), row["country"], row["entity"]))


def load_events(tables: Tables, folder: Path) -> None:
    """Add well-known dated events. Raises PackError for a day that is none, an unknown actor or place, a name twice."""
    source, rows = read_table(folder / "events.tsv")
    for row in rows:
        key = f"event:{slug(row['name'])}"
        named = several(row["actors"] + ";" + row["places"])
        unknown = [name for name in named if name not in tables.by_name]
        last = row["last"] or row["day"]
        if unknown or key in tables.events or not _is_day(row["day"]) or not row["day"] <= last:
            raise PackError(
                f"events.tsv: {row['name']!r} has a wrong day, a name twice, or unknown {unknown}"
            )
        entities = dict.fromkeys(tables.by_name[name] for name in named)
        words = ";".join(several(row["words_nl"]))
        tables.events[key] = (
            key, row["day"], last, row["name"], row["type"], ";".join(entities), words, tables.source(source)
        )  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def conflicts(rows: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    """Yield a message for each pair of holdings of one office that overlap.

    `rows`: (office, person, start, end), non-acting holdings of offices with one holder, in any order.
    """
    previous: tuple[str, str, str, str] | None = None
    for row in sorted(rows, key=lambda row: (row[0], row[2], row[3] or "9999")):
        if previous and previous[0] == row[0] and _later(previous[3] or "9999", row[2]):
            yield f"{row[0]}: {previous[1]} (to {previous[3] or 'now'}) and {row[1]} (from {row[2]})"
        previous = row


def _later(end: str, start: str) -> bool:
    """Compare two ISO prefixes as far as both are known: 1997-04 is not later than 1997-04-12."""
    length = min(len(end), len(start))
    return end[:length] > start[:length]


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
