"""The tables of events: one row an event, one a participant, one a telling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kroniek.knowledge.places import Location, locate
from kroniek.knowledge.store import load_knowledge
from kroniek.model import Entity, EventMention, Factuality, Telling, record_id
from kroniek.ontology import Scores
from kroniek.publish.source import (
    UNNAMED,
    Quoted,
    Settings,
    Source,
    Told,
    name_of,
    names_of,
    quoted,
    sentence_of,
    words_of,
)
from kroniek.publish.tables.codes import iso3
from kroniek.publish.tables.column import LIST, Link, Table, count, dates, flag, listed, number, text, words
from kroniek.publish.tables.meanings import (
    CERTAINTIES,
    ENTITY_TYPES,
    MODES,
    ONTOLOGY,
    POLARITIES,
    QUADS,
    ROLES,
    STATUSES,
    TIME_HOW,
    TYPES,
)
from kroniek.publish.timeline import is_inferred

MERGED = "merged from the event's tellings"
MACHINE = "rules of the language pack (step events), unless judged_by names a person"
ONTOLOGY_FILE = f"ontology.toml, version {ONTOLOGY.version} (based on PLOVER 2.0)"


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with what its cells need. `lead` is the telling whose words stand for the event."""

    source: Source
    told: Told
    lead: Telling
    place: Location | None

    @property
    def scores(self) -> Scores:
        """Return what the event's type and mode are worth."""
        return ONTOLOGY.scores(self.told.event.type, self.told.event.mode)

    @property
    def place_entity(self) -> Entity | None:
        """Return the entity that the event's place is."""
        return self.source.entity(self.told.event.place) if self.told.event.place else None

    @property
    def reported(self) -> list[str]:
        """Return the publication times of the tellings that have one, in order."""
        return sorted(item.reported for item in self.told.event.tellings if item.reported)

    def names(self, keys: tuple[str, ...]) -> str:
        """Return entities by name, as one cell."""
        return listed(names_of(self.source, keys))

    def contexts(self) -> str:
        """Return the contexts of all tellings, as one cell."""
        told = self.told
        found = (
            told.mentions[item.event_mention]
            for item in told.event.tellings
            if item.event_mention in told.mentions
        )
        return listed(context for mention in found for context in mention.contexts)  # fmt: skip


def cameo(scores: Scores) -> str:
    """Return a CAMEO code as CAMEO lists it: `04` (consult) without more is 040."""
    return f"{scores.cameo}0" if len(scores.cameo) == 2 else scores.cameo


def event_row(source: Source, told: Told) -> EventRow:
    """Return an event with the telling that stands for it and the place where it lies."""
    place = told.event.place
    return EventRow(source, told, lead_of(told), locate(place, load_knowledge()) if place else None)


def lead_of(told: Told) -> Telling:
    """Return the telling that says most of those with the event's status, or of all when none has it.

    A heading (`Veto`) tells less than the sentence below it; of equal ones the first counts.
    """
    agreeing = [item for item in told.event.tellings if item.status is told.event.status]
    return max(agreeing or told.event.tellings, key=lambda item: _told_by(told, item))


def _told_by(told: Told, telling: Telling) -> int:
    """Return how much a telling says: participants, time and place."""
    mention = told.mentions.get(telling.event_mention)
    if mention is None:
        return -1
    named = sum(len(argument.entities) for argument in mention.arguments)
    return named + bool(mention.time) + bool(mention.place)


def course(told: Told) -> str:
    """Return the statuses of an event in the order of reporting, as one cell."""
    steps = (f"{when or '?'} {status.value}" for when, status, _ in told.event.history)
    return LIST.join(step for step, _ in groupby(steps))


def event_rows(source: Source, _: Settings) -> Iterator[EventRow]:
    """Yield a row for every event."""
    return (event_row(source, told) for told in source.told())


EVENTS: Table[EventRow] = Table(
    "events",
    "One row per event: what is said to have happened, merged from all reports that tell it",
    ("event_id",),
    (
        text("event_id", "Id of the event: a hash of its content, the same in every run.", lambda row: row.told.event.id, "computed", required=True),
        *dates("date", "When the event took place or is to take place", lambda row: row.told.event.time, MERGED),
        flag("date_inferred", "Whether the date was concluded (from the day of the report, or carried over from a sentence before) and not read.", lambda row: is_inferred(row.told.event, row.told.mentions, row.source.report), MERGED, required=True),
        text("status", "Whether it took place, after the latest and best-supported report.", lambda row: row.told.event.status.value, MERGED, values=STATUSES, required=True),
        flag("happened", "Whether the status counts as having taken place. Count only these as events.", lambda row: row.told.event.status in ONTOLOGY.happened, ONTOLOGY_FILE, required=True),
        text("type", "PLOVER event type.", lambda row: row.told.event.type, MACHINE, values=TYPES, required=True),
        text("mode", "PLOVER mode: how it was carried out; empty when the type has none or the report does not say.", lambda row: row.told.event.mode, MACHINE, values=MODES),
        count("quad", "PLOVER quad class.", lambda row: ONTOLOGY.types[row.told.event.type].quad, ONTOLOGY_FILE, values=QUADS, required=True),
        number("intensity", "PLOVER score of type and mode, -10 (conflict) to 10 (cooperation).", lambda row: row.scores.intensity, ONTOLOGY_FILE, required=True),
        text("cameo", "CAMEO code of type and mode, a root code with a third digit 0 (text: it may begin with 0).", lambda row: cameo(row.scores), ONTOLOGY_FILE, required=True),
        number("goldstein", "Goldstein value of the CAMEO code, -10 to 10.", lambda row: row.scores.goldstein, ONTOLOGY_FILE, required=True),
        text("actors", "Who did it; all sides where nobody is host or victim. Names parted by `; `.", lambda row: row.names(row.told.event.actors), MERGED),
        text("actor_ids", "The same as ids of the table actors.", lambda row: listed(row.told.event.actors), MERGED),
        text("recipients", "To whom it was done. Names parted by `; `.", lambda row: row.names(row.told.event.recipients), MERGED),
        text("recipient_ids", "The same as ids of the table actors.", lambda row: listed(row.told.event.recipients), MERGED),
        text("place", "Where it took place.", lambda row: name_of(row.source, row.told.event.place) if row.told.event.place else "", MERGED),
        text("place_id", "Id of the place.", lambda row: row.told.event.place, MERGED),
        text("place_country", "Country of the place, ISO 3166-1 alpha-3.", lambda row: iso3(row.place_entity), "knowledge base"),
        number("latitude", "Degrees north; a country stands at its capital (see where_precision).", lambda row: row.place.lat if row.place else None, "knowledge base (GeoNames)"),
        number("longitude", "Degrees east.", lambda row: row.place.lon if row.place else None, "knowledge base (GeoNames)"),
        count("where_precision", "How exact the coordinates are, on UCDP's scale.", lambda row: row.place.precision if row.place else None, "knowledge base", values={"1": "exact site or town", "4": "province or region", "5": "area, river, border", "6": "country, shown at its capital", "7": "international waters or several countries"}),
        text("contexts", "PLOVER contexts, parted by `; `.", lambda row: row.contexts(), MACHINE),
        text("according_to", f"Sources that tell it where the report does not say it in its own voice; `{UNNAMED}` for words without a name.", lambda row: row.names(row.told.event.according_to), MERGED),
        count("tellings", "How many times it is told (rows of the table tellings). Not a count of events.", lambda row: len(row.told.event.tellings), MERGED, required=True),
        count("reports", "In how many reports.", lambda row: len({item.document for item in row.told.event.tellings}), MERGED, required=True),
        count("sources", "By how many independent sources: reports that print the same wire copy count once.", lambda row: row.told.event.sources, MERGED, required=True),
        text("first_reported", "When the first report that tells it appeared (ISO 8601, as long as known).", lambda row: row.reported[0] if row.reported else "", "publication of the reports"),
        text("last_reported", "When the last report that tells it appeared.", lambda row: row.reported[-1] if row.reported else "", "publication of the reports"),
        text("history", "Status by report, in order of appearance: WHEN STATUS, parted by `; `; one that comes again right away stands once.", lambda row: course(row.told), MERGED),
        text("numbers", "Figures told with it: WHAT=FIGURE, as in the report, parted by `; `.", lambda row: listed(f"{what}={figure}" for what, figure, _ in row.told.event.numbers), MACHINE),
        flag("background", "Whether it is only told as history; such events are left out of relations.", lambda row: row.told.event.background, MACHINE, required=True),
        number("score", "How sure the machine is, 0 to 1; not calibrated.", lambda row: round(row.told.event.score, 4), MACHINE, required=True),
        text("judged_by", "Who accepted or corrected one of its tellings, parted by `; `; empty where the machine alone has read it.", lambda row: listed(row.told.event.judged), "judgements of people"),
        text("telling_id", "The telling whose words stand here: the one that says most of those that give the event's status.", lambda row: row.lead.event_mention, MERGED, required=True),
        text("document_id", "Its report.", lambda row: row.lead.document, MERGED, required=True),
        *words("words", "The words that tell the event", lambda row: words_of(row.source, row.lead.evidence)),
        *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.lead.evidence), passage=True),
    ),
    event_rows,
    (Link("document_id", "reports", "document_id"),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One entity in one role of an event, with the words that say so."""

    source: Source
    told: Told
    role: str
    position: int
    entity: str

    words: Quoted
    basis: str  # what the words are: those that name the participant, or those of the event

    @property
    def known(self) -> Entity | None:
        """Return the entity."""
        return self.source.entity(self.entity)


def participant_rows(source: Source, _: Settings) -> Iterator[ParticipantRow]:
    """Yield a row for every participant of every event."""
    for told in source.told():
        for role, keys in (("actor", told.event.actors), ("recipient", told.event.recipients)):
            for position, key in enumerate(dict.fromkeys(keys), start=1):
                words, basis = _named_by(source, told, role, key)
                yield ParticipantRow(source, told, role, position, key, words, basis)


def _named_by(source: Source, told: Told, role: str, entity: str) -> tuple[Quoted, str]:
    """Return the words that name a participant, or those of the first telling that has it, and which."""
    first = told.event.tellings[0]
    found = False
    for telling in told.event.tellings:
        mention = told.mentions.get(telling.event_mention)
        for argument in mention.arguments if mention else ():
            if argument.role == role and entity in argument.entities:
                if argument.span:
                    return quoted(source, telling.document, argument.span), "named"
                first, found = (first if found else telling), True
    return words_of(source, first.evidence), "event"


PARTICIPANTS: Table[ParticipantRow] = Table(
    "participants",
    "One row per participant of an event: the actors and recipients of the table events, one by one",
    ("event_id", "role", "entity_id"),
    (
        text("event_id", "Id of the event.", lambda row: row.told.event.id, "computed", required=True),
        text("role", "Part that it takes.", lambda row: row.role, MERGED, values=ROLES, required=True),
        count("position", "Its place among those of the same role, from 1.", lambda row: row.position, MERGED, required=True),
        text("entity_id", "Id of the entity.", lambda row: row.entity, MERGED, required=True),
        text("name", "Its canonical name.", lambda row: name_of(row.source, row.entity), "knowledge base, or the reports"),
        text("entity_type", "What it is.", lambda row: row.known.type.value if row.known else "", "knowledge base, or the step names", values=ENTITY_TYPES),
        text("country", "State that it is or belongs to, ISO 3166-1 alpha-3.", lambda row: iso3(row.known), "knowledge base"),
        text("sector", "PLOVER sector code (GOV, MIL, REB, ...); empty for states and where not known.", lambda row: row.known.sector if row.known else "", "knowledge base"),
        text("basis", "What the words are.", lambda row: row.basis, MACHINE, values={"named": "the words that name the participant", "event": "the event's own words: the participant was concluded from what stands around them"}, required=True),
        text("document_id", "Report that the words stand in.", lambda row: row.words.document, MACHINE, required=True),
        *words("words", "The words that show the participant", lambda row: row.words),
    ),
    participant_rows,
    (Link("event_id", "events", "event_id"), Link("entity_id", "actors", "entity_id"), Link("document_id", "reports", "document_id")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One telling of an event, with the event mention that it rests on."""

    source: Source
    told: Told
    telling: Telling
    mention: EventMention

    @property
    def judged(self) -> Factuality | None:
        """Return how the reporter stands to it."""
        return next((item for item in self.mention.factuality if item.source == "reporter"), None)

    def names(self, keys: tuple[str, ...]) -> str:
        """Return entities by name, as one cell."""
        return listed(names_of(self.source, keys))


def telling_rows(source: Source, _: Settings) -> Iterator[TellingRow]:
    """Yield a row for every telling of every event."""
    for told in source.told():
        for telling in told.event.tellings:
            if telling.event_mention in told.mentions:
                yield TellingRow(source, told, telling, told.mentions[telling.event_mention])


TELLINGS: Table[TellingRow] = Table(
    "tellings",
    "One row per telling: one report's version of an event, with the status that this report gives it",
    ("telling_id",),
    (
        text("telling_id", "Id of the telling.", lambda row: row.telling.event_mention, "computed", required=True),
        text("event_id", "The event that it was merged into.", lambda row: row.told.event.id, "merging", required=True),
        text("document_id", "The report.", lambda row: row.telling.document, "reading", required=True),
        text("family_id", "The group of reports that print the same copy; empty for a report of its own.", lambda row: row.telling.family, "merging"),
        text("reported", "When the report appeared (ISO 8601, as long as known).", lambda row: row.telling.reported, "publication of the report"),
        *dates("date", "When the event took place, as this telling has it", lambda row: row.mention.time, MACHINE),
        text("date_how", "How the telling got its date.", lambda row: row.mention.time_how, MACHINE, values=TIME_HOW),
        text("status", "Whether it took place, after this report.", lambda row: row.telling.status.value, MACHINE, values=STATUSES, required=True),
        text("certainty", "How certain the reporter presents it (FactBank).", lambda row: row.judged.certainty if row.judged else "", MACHINE, values=CERTAINTIES),
        text("polarity", "Which way (FactBank).", lambda row: row.judged.polarity if row.judged else "", MACHINE, values=POLARITIES),
        text("type", "PLOVER event type of this telling.", lambda row: row.mention.type, MACHINE, values=TYPES, required=True),
        text("mode", "PLOVER mode of this telling.", lambda row: row.mention.mode, MACHINE, values=MODES),
        text("contexts", "PLOVER contexts, parted by `; `.", lambda row: listed(row.mention.contexts), MACHINE),
        text("actors", "Who did it, in this telling.", lambda row: row.names(row.mention.entities("actor")), MACHINE),
        text("actor_ids", "The same as ids.", lambda row: listed(row.mention.entities("actor")), MACHINE),
        text("recipients", "To whom, in this telling.", lambda row: row.names(row.mention.entities("recipient")), MACHINE),
        text("recipient_ids", "The same as ids.", lambda row: listed(row.mention.entities("recipient")), MACHINE),
        text("place", "Where, in this telling.", lambda row: name_of(row.source, row.mention.place) if row.mention.place else "", MACHINE),
        text("place_id", "Id of the place.", lambda row: row.mention.place, MACHINE),
        text("according_to", f"Sources that tell it; `{UNNAMED}` for words without a name.", lambda row: row.names(row.mention.according_to), MACHINE),
        text("statement_id", "The statement whose content tells it; empty when the report says it in its own voice.", lambda row: statement_of(row), "computed"),
        flag("background", "Whether it is told as history.", lambda row: row.mention.background, MACHINE, required=True),
        number("score", "How sure the machine is, 0 to 1; not calibrated.", lambda row: round(row.mention.score, 4), MACHINE, required=True),
        text("judged_by", "Who accepted or corrected it, with the fields (`An: status`), parted by `; `; empty where nobody did.", lambda row: listed(row.mention.provenance.by), "judgements of people"),
        text("rule", "Rule of the language pack that found it.", lambda row: row.mention.provenance.rule, "provenance"),
        text("pack_version", "Version of the language pack.", lambda row: row.mention.provenance.version, "provenance"),
        *words("words", "The words that tell the event", lambda row: words_of(row.source, row.telling.evidence)),
        *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.telling.evidence), passage=True),
    ),
    telling_rows,
    (Link("event_id", "events", "event_id"), Link("document_id", "reports", "document_id")),
)  # fmt: skip


def statement_of(row: TellingRow) -> str:
    """Return the chronicle-wide id of the statement that tells the event, "" when none does."""
    return record_id(row.telling.document, row.mention.attribution) if row.mention.attribution else ""
