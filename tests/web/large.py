"""A made-up chronicle file with many events, to measure pages on; written straight into the file.

python -m tests.web.large 100000 /tmp/large.kroniek
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kroniek.merge.relations import find_relations
from kroniek.model import (
    Analysis,
    Argument,
    Attribution,
    Claim,
    ClaimAct,
    Document,
    Entity,
    EntityType,
    Event,
    EventMention,
    Evidence,
    Family,
    Gap,
    Header,
    HowKnown,
    Link,
    Mention,
    MentionKind,
    Merged,
    Origin,
    Phase,
    Process,
    Published,
    Sentence,
    Span,
    SpeechKind,
    Stance,
    Status,
    Telling,
    Zone,
    ZoneKind,
    interval_of,
    record_id,
)
from kroniek.ontology import load_ontology
from kroniek.store.database import open_database
from kroniek.store.queue import write_queue
from kroniek.store.state import read_state
from kroniek.store.write import Versions, add_analysis, begin_run, write_merged

FIRST_DAY, DAYS = date(2010, 1, 1), 5_000
TELLINGS = 4  # in a report
KINDS = ("CONSULT", "CONSULT", "AGREE", "ASSAULT", "ASSAULT", "ACCUSE", "REQUEST", "AID", "SANCTION")
STATUSES = (*[Status.HAPPENED] * 7, Status.PLANNED, Status.ALLEGED, Status.DENIED)
PLACES = ("place:geneva-ch", "place:vienna-at", "place:aleppo-sy", "")
WORDS = [
    "de",
    "minister",
    "sprak",
    "in",
    "het",
    "gebouw",
    "met",
    "een",
    "gezant",
    "over",
    "het",
    "akkoord",
    "en",
    "de",
    "toevoer",
    "van",
    "hulp",
    "naar",
    "belegerde",
    "wijken",
]


@dataclass(frozen=True)
class Told:
    """One telling on its way to an event."""

    mention: EventMention
    document: str
    evidence: Evidence
    reported: str


def write_large(path: Path, events: int, *, seed: int = 5) -> None:
    """Write a chronicle file with so many events, each told by one to three of the reports."""
    chance = random.Random(seed)
    people = [_person(number) for number in range(3_000)]
    reports = list(_reports(round(events * 1.6 / TELLINGS), people, chance))
    merged = _merged(reports, events, chance)
    database = open_database(path, create=True)
    with database.writing() as connection:
        run = begin_run(connection, Versions("test", "nl", "test"), "2026-01-01T00:00:00")
        for report in reports:
            add_analysis(connection, report, run=run, now="2026-01-01T00:00:00")
        write_merged(connection, merged, revision=read_state(connection).revision)
        write_queue(connection, (), read_state(connection).revision)
        connection.exec_driver_sql("UPDATE run SET finished = started")
    database.close()


def _person(number: int) -> Entity:
    if number < 60:
        return Entity(f"country:Z{number:02d}", f"Land {number}", EntityType.GPE, country=f"Z{number:02d}")
    return Entity(f"person:p{number}", f"Persoon {number}", EntityType.PER, country=f"Z{number % 60:02d}")


def _reports(count: int, people: list[Entity], chance: random.Random) -> Iterator[Analysis]:
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number * DAYS // count)
        yield _report(number, day, people, chance)


def _report(number: int, day: date, people: list[Entity], chance: random.Random) -> Analysis:
    text, sentences, mentions, links, events, statements = "", [], [], [], [], []
    chosen = [people[min(int(chance.expovariate(1 / 150)), len(people) - 1)] for _ in range(2 * TELLINGS)]
    for line in range(TELLINGS + 4):
        start = len(text)
        if line < TELLINGS:
            pair = chosen[2 * line : 2 * line + 2]
            for entity in pair:
                mention = Mention(
                    Span(len(text), len(text) + len(entity.name)), MentionKind.NAME, entity.type
                )
                mentions.append(mention)
                links.append(Link(mention.id, (entity.id,), 1.0, "test"))
                text += f"{entity.name} "
            events.append(_mention(Span(start, len(text) - 1), pair, day, chance))
        words = f"{' '.join(chance.sample(WORDS, 14))} woord{chance.randrange(5_000)}."
        text += words
        sentences.append(Sentence(Span(start, len(text)), 0, 0))
        if line == TELLINGS:
            cue = Span(start, start + 3)
            statements.append(
                Attribution(None, (cue,), (Span(start + 4, len(text)),), SpeechKind.INDIRECT,
                            chance.choice(list(Stance)), sources=(chosen[0].id,))
            )  # fmt: skip
        text += "\n"
    document = Document(text, Origin(f"{number}.txt", outlet=f"Krant {number % 40}"))
    return Analysis(
        document, Header(title=f"Bericht {number}"), Published(day.isoformat(), HowKnown.STATED),
        zones=(Zone(ZoneKind.PARAGRAPH, Span(0, len(text))),), sentences=tuple(sentences), names=tuple(mentions),
        mentions=tuple(mentions), entities=tuple(dict.fromkeys(chosen)), links=tuple(links),
        attributions=tuple(statements), events=tuple(events),
        gaps=(Gap("times", "unknown-unit", Span(0, 4)),) if number % 5 == 0 else (),
    )  # fmt: skip


def _mention(trigger: Span, pair: list[Entity], day: date, chance: random.Random) -> EventMention:
    time = chance.choice((day.isoformat(), day.isoformat(), day.isoformat()[:7], ""))
    return EventMention(
        (trigger,), chance.choice(KINDS), arguments=(
            Argument("actor", (pair[0].id,)), Argument("recipient", (pair[1].id,)),
        ),
        time=time, interval=interval_of(time), time_how="sentence" if time else "", place=chance.choice(PLACES),
        status=chance.choice(STATUSES),
    )  # fmt: skip


def _merged(reports: list[Analysis], events: int, chance: random.Random) -> Merged:
    tellings = [telling for report in reports for telling in _tellings(report)]
    extra = len(tellings) - events
    # The tellings behind the first `events` tell again what one of those just before them told.
    groups = [[telling] for telling in tellings[:events]]
    for telling in tellings[events:]:
        groups[chance.randrange(events)].append(telling)
    assert extra >= 0
    merged = sorted(
        (_event(group) for group in groups), key=lambda event: (event.time == "", event.time, event.id)
    )
    return Merged(
        families=tuple(
            Family(f"family-{n:016x}", (reports[2 * n].document.id, reports[2 * n + 1].document.id), ("ANP",))
            for n in range(len(reports) // 20)
        ),
        events=tuple(merged), claims=tuple(_claims(reports, merged, chance)),
        processes=tuple(_process(n, merged, chance) for n in range(events // 200)),
        relations=find_relations(merged, load_ontology(), {}),
    )  # fmt: skip


def _tellings(report: Analysis) -> Iterator[Told]:
    identity, reported = report.document.id, report.published.value or ""
    for mention, sentence in zip(report.events, report.sentences, strict=False):
        yield Told(mention, identity, Evidence(identity, mention.trigger[0], sentence.span), reported)


def _event(group: list[Told]) -> Event:
    first = group[0].mention
    ids = [record_id(told.document, told.mention.id) for told in group]
    return Event(
        ids[0].replace("e-", "event-"), first.type, first.mode, first.entities("actor"), first.entities("recipient"),
        first.time, first.interval, first.place, first.status,
        tuple(
            Telling(identity, told.document, told.evidence, told.mention.status, told.reported)
            for identity, told in zip(ids, group, strict=True)
        ),
        history=tuple(
            (told.reported, told.mention.status, identity) for identity, told in zip(ids, group, strict=True)
        ),
        sources=len({told.document for told in group}),
    )  # fmt: skip


def _claims(reports: list[Analysis], events: list[Event], chance: random.Random) -> Iterator[Claim]:
    for number, report in enumerate(reports[::2]):
        document = report.document.id
        acts = tuple(
            ClaimAct(record_id(document, item.id), document, item.sources, item.stance.value,
                     report.published.value or "", Evidence(document, item.content[0], report.sentences[-4].span))
            for item in report.attributions
        )  # fmt: skip
        status = chance.choice(("confirmed", "unconfirmed", "disputed", "denied", "demanded"))
        yield Claim(f"claim-{number:016x}", chance.choice(events).id, status, acts, acts[0].source)


def _process(number: int, events: list[Event], chance: random.Random) -> Process:
    chosen = sorted(chance.sample(events, 8), key=lambda event: event.time or "~")
    phases = tuple(
        Phase(chance.choice(("talks_scheduled", "talks_held", "declared", "in_force")), event.time,
              event.tellings[0].evidence, "test", event.id)
        for event in chosen
    )  # fmt: skip
    parties = (*chosen[0].actors, *chosen[0].recipients)
    return Process(
        f"process-{number:016x}", "negotiation", f"negotiation {number}", parties, "ceasefire country:SY", phases,
        tuple(event.id for event in chosen), 3,
    )  # fmt: skip


if __name__ == "__main__":
    write_large(Path(sys.argv[2]), int(sys.argv[1]))
