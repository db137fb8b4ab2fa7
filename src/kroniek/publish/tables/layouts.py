"""Tables in the columns of other projects: PLOVER/POLECAT, ICEWS with GDELT's scores, ETH/PRIO ceasefires.

They hold only events that happened, unless more statuses are asked for: those projects have no column
for a denied or planned event, and whoever counts rows would count it. A day stands in them only where
the reports give one; columns of ours, behind theirs, hold the first and last day that it can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from kroniek import __version__
from kroniek.model import Entity
from kroniek.publish.source import Settings, Source, Told, name_of, sentence_of, words_of
from kroniek.publish.tables.codes import cow, iso3
from kroniek.publish.tables.column import (
    Column,
    Link,
    Table,
    count,
    day,
    earliest,
    flag,
    latest,
    listed,
    number,
    only_day,
    precision,
    text,
    words,
)
from kroniek.publish.tables.events import MACHINE, MERGED, ONTOLOGY_FILE, EventRow, cameo, event_row
from kroniek.publish.tables.meanings import MODES, ONTOLOGY, STATUSES, TYPES
from kroniek.publish.timeline import is_inferred

EMPTY = "not given by kroniek; kept so that the columns line up"


def _chosen(source: Source, settings: Settings) -> Iterator[EventRow]:
    return (event_row(source, told) for told in source.told() if told.event.status in settings.statuses)


def _entities(row: EventRow, keys: tuple[str, ...]) -> list[Entity | None]:
    return [row.source.entity(key) for key in keys]


def _sectors(row: EventRow, keys: tuple[str, ...]) -> str:
    return listed(entity.sector for entity in _entities(row, keys) if entity)


def _first_sector(row: EventRow, keys: tuple[str, ...]) -> str:
    return _sectors(row, keys).split("; ")[0]


def _wikidata(row: EventRow, keys: tuple[str, ...]) -> str:
    return listed(entity.wikidata for entity in _entities(row, keys) if entity)


def _outlet(row: EventRow) -> str:
    document = row.source.report(row.lead.document).document
    return document.origin.outlet or document.origin.path


def _published(row: EventRow) -> str:
    return row.source.report(row.lead.document).published.value or ""


def _blank(name: str) -> Column[EventRow]:
    return text(name, "Always empty.", lambda row: "", EMPTY)


def _side(title: str, keys: str) -> tuple[Column[EventRow], ...]:
    """Return POLECAT's columns for actor or recipient."""

    def of(row: EventRow) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(row.told.event, keys)
        return found

    return (
        text(f"{title} Name", f"{title}s by canonical name, parted by `; `.", lambda row: row.names(of(row)), MERGED),
        text(f"{title} Country", "Their states, ISO 3166-1 alpha-3.", lambda row: listed(iso3(item) for item in _entities(row, of(row))), "knowledge base"),
        text(f"{title} COW", "Their states, Correlates of War numbers.", lambda row: listed(cow(item) for item in _entities(row, of(row))), "codes.py"),
        text(f"Primary {title} Sector", "PLOVER sector of the first that has one.", lambda row: _first_sector(row, of(row)), "knowledge base"),
        text(f"{title} Sectors", "PLOVER sectors, parted by `; `.", lambda row: _sectors(row, of(row)), "knowledge base"),
        _blank(f"{title} Title"),
        _blank(f"{title} Name Raw"),
        text(f"Wikipedia {title} ID", "Wikidata identifiers (POLECAT: Wikipedia pages).", lambda row: _wikidata(row, of(row)), "knowledge base (Wikidata, CC0)"),
    )  # fmt: skip


OURS: tuple[Column[EventRow], ...] = (
    text("date", "Date of the event as long as it is known (ISO 8601).", lambda row: row.told.event.time, MERGED),
    day("date_earliest", "First day that it can be.", lambda row: earliest(row.told.event.time), MERGED),
    day("date_latest", "Last day that it can be.", lambda row: latest(row.told.event.time), MERGED),
    text("date_precision", "How exactly it is known.", lambda row: precision(row.told.event.time), MERGED),
    flag("date_inferred", "Whether the date was concluded and not read: leave such days out where the day matters.", lambda row: is_inferred(row.told.event, row.told.mentions, row.source.report), MERGED, required=True),
    text("status", "Whether it took place.", lambda row: row.told.event.status.value, MERGED, values=STATUSES, required=True),
    count("reports", "In how many reports it is told.", lambda row: len({item.document for item in row.told.event.tellings}), MERGED, required=True),
    count("sources", "By how many independent sources.", lambda row: row.told.event.sources, MERGED, required=True),
    text("document_id", "Report of the words.", lambda row: row.lead.document, MERGED, required=True),
    *words("words", "The words that tell the event", lambda row: words_of(row.source, row.lead.evidence)),
    *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.lead.evidence), passage=True),
)  # fmt: skip

POLECAT: Table[EventRow] = Table(
    "polecat",
    "One row per event in the columns of POLECAT (PLOVER 2.0), with kroniek's own behind them",
    ("Event ID",),
    (
        text("Event ID", "Id of the event, as in the table events.", lambda row: row.told.event.id, "computed", required=True),
        day("Event Date", "Day of the event; empty when the reports do not give the day (see date).", lambda row: only_day(row.told.event.time), MERGED),
        text("Event Type", "PLOVER type.", lambda row: row.told.event.type, MACHINE, values=TYPES, required=True),
        text("Event Mode", "PLOVER mode.", lambda row: row.told.event.mode, MACHINE, values=MODES),
        number("Intensity", "PLOVER score, -10 to 10.", lambda row: row.scores.intensity, ONTOLOGY_FILE, required=True),
        text("Quad Code", "PLOVER quad class in words.", lambda row: ONTOLOGY.quad(row.told.event.type).upper(), ONTOLOGY_FILE, required=True),
        text("Contexts", "PLOVER contexts, parted by `; `.", lambda row: row.contexts(), MACHINE),
        *_side("Actor", "actors"),
        *_side("Recipient", "recipients"),
        text("Placename", "Place by canonical name.", lambda row: name_of(row.source, row.told.event.place) if row.told.event.place else "", MERGED),
        _blank("City"),
        _blank("District"),
        _blank("Province"),
        text("Country", "Country of the place, ISO 3166-1 alpha-3.", lambda row: iso3(row.place_entity), "knowledge base"),
        number("Latitude", "Degrees north.", lambda row: row.place.lat if row.place else None, "knowledge base (GeoNames)"),
        number("Longitude", "Degrees east.", lambda row: row.place.lon if row.place else None, "knowledge base (GeoNames)"),
        text("GeoNames ID", "GeoNames number of the place.", lambda row: geonames(row.told.event.place), "knowledge base (GeoNames)"),
        _blank("Raw Placename"),
        _blank("Feature Type"),
        text("Source", "Outlet, or file, of the report.", lambda row: _outlet(row), "reading"),
        day("Publication Date", "Day on which the report appeared; empty when not known to the day.", lambda row: only_day(_published(row)), "header of the report"),
        _blank("Story People"),
        _blank("Story Organizations"),
        _blank("Story Locations"),
        text("Language", "Language of the report.", lambda row: row.source.report(row.lead.document).document.language, "reading"),
        text("Version", "Version of kroniek.", lambda row: f"kroniek {__version__}", "program"),
        *OURS,
    ),
    _chosen,
    (Link("document_id", "reports", "document_id"),),
    layout=True,
    notes="Columns after the public POLECAT files. PLOVER has no home for denials and plans: they are left out unless --status asks for them.",
)  # fmt: skip


def geonames(place: str) -> str:
    """Return the GeoNames number in the id of a place, "" for another."""
    number = place.removeprefix("place:")
    return number if place.startswith("place:") and number.isdigit() else ""


@dataclass(frozen=True, slots=True)
class DyadRow:
    """One direction of an event between two participants; `target` is "" when it has one side only."""

    row: EventRow
    origin: str
    target: str
    reciprocal: bool

    @property
    def source_entity(self) -> Entity | None:
        """Return the entity that acts."""
        return self.row.source.entity(self.origin) if self.origin else None

    @property
    def target_entity(self) -> Entity | None:
        """Return the entity that it is done to."""
        return self.row.source.entity(self.target) if self.target else None

    def name(self, key: str) -> str:
        """Return the canonical name of a participant."""
        return name_of(self.row.source, key) if key else ""


def dyads(told: Told) -> Iterator[tuple[str, str, bool]]:
    """Yield (source, target, reciprocal) of an event, as CAMEO codes them.

    A meeting of equals is coded in both directions. An event with one side has an empty other side.
    """
    actors, others = tuple(dict.fromkeys(told.event.actors)), tuple(dict.fromkeys(told.event.recipients))
    if not others and len(actors) > 1:
        yield from ((first, second, True) for first, second in permutations(actors, 2))
        return
    for actor in actors or ("",):
        for other in others or ("",):
            if actor != other or not actor:
                yield actor, other, False


def _dyad_rows(source: Source, settings: Settings) -> Iterator[DyadRow]:
    for row in _chosen(source, settings):
        for origin, target, reciprocal in dyads(row.told):
            yield DyadRow(row, origin, target, reciprocal)


ICEWS: Table[DyadRow] = Table(
    "icews",
    "One row per directed pair of an event, with CAMEO codes: columns of ICEWS, then GDELT's scores, then kroniek's own",
    ("Event ID", "source_id", "target_id"),
    (
        text("Event ID", "Id of the event, as in the table events; the same in all rows of the event.", lambda item: item.row.told.event.id, "computed", required=True),
        day("Event Date", "Day of the event; empty when the reports do not give the day (see date).", lambda item: only_day(item.row.told.event.time), MERGED),
        text("Source Name", "Who acts, by canonical name.", lambda item: item.name(item.origin), MERGED),
        text("Source Sectors", "PLOVER sector (ICEWS has a list of its own).", lambda item: item.source_entity.sector if item.source_entity else "", "knowledge base"),
        text("Source Country", "State, ISO 3166-1 alpha-3 (ICEWS: names).", lambda item: iso3(item.source_entity), "knowledge base"),
        text("Event Text", "What the CAMEO code stands for here: definition of the PLOVER type or mode.", lambda item: meaning(item.row), ONTOLOGY_FILE, required=True),
        text("CAMEO Code", "CAMEO code of type and mode, a root code with a third digit 0 (text: it may begin with 0).", lambda item: cameo(item.row.scores), ONTOLOGY_FILE, required=True),
        number("Intensity", "Goldstein value of the code, -10 to 10, as in ICEWS.", lambda item: item.row.scores.goldstein, ONTOLOGY_FILE, required=True),
        text("Target Name", "To whom; empty when the event has one side only.", lambda item: item.name(item.target), MERGED),
        text("Target Sectors", "PLOVER sector.", lambda item: item.target_entity.sector if item.target_entity else "", "knowledge base"),
        text("Target Country", "State, ISO 3166-1 alpha-3.", lambda item: iso3(item.target_entity), "knowledge base"),
        text("Story ID", "Report of the words (document_id).", lambda item: item.row.lead.document, "reading", required=True),
        text("Publisher", "Outlet, or file, of the report.", lambda item: _outlet(item.row), "reading"),
        text("Country", "Country of the place, ISO 3166-1 alpha-3.", lambda item: iso3(item.row.place_entity), "knowledge base"),
        number("Latitude", "Degrees north.", lambda item: item.row.place.lat if item.row.place else None, "knowledge base (GeoNames)"),
        number("Longitude", "Degrees east.", lambda item: item.row.place.lon if item.row.place else None, "knowledge base (GeoNames)"),
        text("EventRootCode", "GDELT: first two digits of the CAMEO code.", lambda item: item.row.scores.cameo[:2], ONTOLOGY_FILE, required=True),
        count("QuadClass", "GDELT quad class.", lambda item: ONTOLOGY.types[item.row.told.event.type].quad, ONTOLOGY_FILE, values={str(n): name for n, name in ONTOLOGY.quads.items()}, required=True),
        count("NumMentions", "GDELT: times that the event is told.", lambda item: len(item.row.told.event.tellings), MERGED, required=True),
        count("NumSources", "GDELT: independent sources (here copies of a wire report count once).", lambda item: item.row.told.event.sources, MERGED, required=True),
        count("NumArticles", "GDELT: reports.", lambda item: len({telling.document for telling in item.row.told.event.tellings}), MERGED, required=True),
        text("source_id", "Id of who acts, as in the table actors.", lambda item: item.origin, MERGED),
        text("target_id", "Id of to whom.", lambda item: item.target, MERGED),
        flag("reciprocal", "Whether the event stands in both directions (a meeting of equals). Count these rows half, or one direction only.", lambda item: item.reciprocal, "CAMEO's rule for meetings", required=True),
        *(Column(column.name, column.kind, column.meaning, lambda item, value=column.value: value(item.row), column.source, column.values, column.required, column.located) for column in OURS),  # type: ignore[misc]
    ),
    _dyad_rows,
    (Link("document_id", "reports", "document_id"),),
    layout=True,
    notes="An event with two sides of equals gives two rows, as in ICEWS and GDELT: count events by Event ID, not by row.",
)  # fmt: skip


def meaning(row: EventRow) -> str:
    """Return in words what the type and mode of an event are."""
    event = row.told.event
    kind = ONTOLOGY.types[event.type]
    return kind.modes[event.mode].definition if event.mode in kind.modes else kind.definition
