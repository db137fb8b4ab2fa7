"""A made-up chronicle with known truth: events, reports that tell them, wire copies, contradictions.

Every report is an `Analysis` as the steps would give it: words, tellings with participants, times that
are exact, vague or missing, plans that come about, are cancelled or put off, figures that differ.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kroniek.model import (
    AgreementMention,
    Analysis,
    Argument,
    Attribution,
    Document,
    Entity,
    EntityType,
    EventMention,
    Header,
    HowKnown,
    Origin,
    Published,
    Sentence,
    Span,
    SpeechKind,
    Stance,
    Status,
    interval_of,
    record_id,
)

FIRST_DAY = date(2015, 1, 1)
DAYS = 700
STATES = 45
STANCES = {Status.PLANNED: Stance.PROMISES, Status.CANCELLED: Stance.ASSERTS}
MUTUAL = ("CONSULT", "AGREE")
KINDS = (
    ("CONSULT",) * 8
    + ("AGREE",) * 2
    + ("ASSAULT",) * 4
    + ("ACCUSE", "THREATEN", "AID", "SANCTION", "REQUEST", "REJECT")
)
AGENCIES = ("Belga", "ANP", "AFP", "Reuters", "DPA")
WORDS = [f"{first}{second}{third}" for first in ("ka", "lo", "mi", "ter", "ven", "bo", "zu", "ral", "pon", "dij")
         for second in ("rt", "ne", "ma", "ssi", "vel", "nk", "do", "gra", "be", "lu")
         for third in ("en", "st", "a", "ing", "er", "de", "el", "om", "s", "ij")]  # fmt: skip


@dataclass(frozen=True)
class TrueEvent:
    """What happened in the made-up world. `announced` is the day of a plan before it, if there was one."""

    number: int
    kind: str
    mode: str
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    day: date
    place: Entity | None
    figure: int
    status: Status
    announced: date | None


@dataclass
class World:
    """The reports, and for each telling the number of the true event, for each document its copy."""

    reports: list[Analysis] = field(default_factory=list)
    events: dict[str, int] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)


def make_world(reports: int = 10_000, events: int = 2_000, seed: int = 7) -> World:
    """Return a made-up chronicle of so many reports about so many events."""
    chance = random.Random(seed)
    world = World()
    truths = list(_events(events, chance))
    story = 0
    while len(world.reports) < reports:
        for truth in chance.sample(truths, len(truths)):
            if len(world.reports) >= reports:
                break
            _write_story(truth, truths, story, world, reports, chance)
            story += 1
    return world


def _events(count: int, chance: random.Random) -> Iterator[TrueEvent]:
    states = [_state(number) for number in range(STATES)]
    places = [
        Entity(f"place:p{n}", f"Stad{n}", EntityType.GPE, country=f"X{n % STATES:02d}") for n in range(90)
    ]
    for number in range(count):
        kind = chance.choice(KINDS)
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        first, second = chance.sample(states, 2)
        if kind == "CONSULT":
            rank = chance.randrange(1, 4)
            actors, recipients = (first[rank], second[rank]), ()
        elif kind == "AGREE":
            actors, recipients = (first[0], second[0]), ()
        else:
            actors, recipients = (first[chance.choice((0, 0, 1))],), (second[0],)
        mode = chance.choice(("phone", "visit", "visit", "")) if kind == "CONSULT" else ""
        place = chance.choice(places) if mode != "phone" and chance.random() < 0.7 else None
        planned = kind == "CONSULT" and chance.random() < 0.4
        status = Status.CANCELLED if planned and chance.random() < 0.25 else Status.HAPPENED
        announced = day - timedelta(days=chance.randrange(1, 9)) if planned else None
        yield TrueEvent(
            number, kind, mode, actors, recipients, day, place, chance.randrange(3, 90), status, announced
        )
        if planned and status is Status.CANCELLED and chance.random() < 0.5:
            later = day + timedelta(days=chance.randrange(3, 15))
            yield TrueEvent(
                count + number, kind, mode, actors, recipients, later, place, 0, Status.HAPPENED, None
            )


def _state(number: int) -> tuple[Entity, ...]:
    code = f"X{number:02d}"
    people = (
        Entity(f"person:{code}-{n}", f"Persoon {code}{n}", EntityType.PER, country=code) for n in range(3)
    )
    return (Entity(f"country:{code}", f"Land{number}", EntityType.GPE, country=code), *people)


def _write_story(
    truth: TrueEvent, truths: list[TrueEvent], story: int, world: World, most: int, chance: random.Random
) -> None:
    """Add one reporter's story about an event, in one to six outlets."""
    told, status = truth.day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 4))), truth.status
    if truth.announced and chance.random() < 0.45:
        told, status = truth.announced + timedelta(days=chance.randrange(0, 2)), Status.PLANNED
        told = min(told, truth.day)
        if chance.random() < 0.15:
            status = Status.DENIED
    facts = [_fact(truth, told, status, chance)]
    if chance.random() < 0.3:
        other = chance.choice(truths)
        if timedelta(0) <= told - other.day < timedelta(days=20) or chance.random() < 0.02:
            facts.append(_fact(other, told, other.status, chance))
    sentences = [_sentence(chance) for _ in range(chance.randrange(5, 13))]
    spots = sorted(chance.sample(range(len(sentences)), len(facts)))
    agency = chance.choice(AGENCIES) if chance.random() < 0.6 else ""
    for copy in range(chance.choice((1, 1, 1, 1, 2, 3, 5)) if agency else 1):
        if len(world.reports) < most:
            _print(sentences, dict(zip(spots, facts, strict=True)), told, agency, story, copy, world, chance)


@dataclass(frozen=True)
class Fact:
    """One telling: what the analysis of its sentence gives."""

    event: int
    mention: EventMention
    entities: tuple[Entity, ...]


def _fact(truth: TrueEvent, told: date, status: Status, chance: random.Random) -> Fact:
    actors, recipients = truth.actors, truth.recipients
    if truth.kind == "CONSULT" and chance.random() < 0.12:  # `de VS en Rusland spraken`
        actors = tuple(_country_of(entity) for entity in actors)
    elif truth.kind in MUTUAL and chance.random() < 0.06:
        actors = actors[:1]
    if recipients and chance.random() < 0.08:
        recipients = ()
    draw, time = chance.random(), truth.day.isoformat()
    if draw < 0.1:
        time = ""
    elif draw < 0.18:
        time = "{}-W{:02d}".format(*truth.day.isocalendar()[:2])
    elif draw < 0.19:  # a mistake
        time = (truth.day + timedelta(days=1)).isoformat()
    figure = truth.figure if chance.random() < 0.7 else round(truth.figure * chance.choice((0.8, 1.2, 1.4)))
    place = truth.place if truth.place and chance.random() < 0.8 else None
    mode = truth.mode if chance.random() < 0.8 else ""
    mention = EventMention(
        (Span(0, 1),), truth.kind, mode,
        arguments=(Argument("actor", tuple(e.id for e in actors)), Argument("recipient", tuple(e.id for e in recipients))),
        time=time, interval=interval_of(time) if time else None, time_how="sentence" if time else "",
        place=place.id if place else "", status=status,
        numbers=(("doden", str(figure)),) if truth.kind == "ASSAULT" and chance.random() < 0.6 else (),
    )  # fmt: skip
    del told
    return Fact(truth.number, mention, (*actors, *recipients, *([place] if place else [])))


def _country_of(entity: Entity) -> Entity:
    return Entity(
        f"country:{entity.country}", f"Land {entity.country}", EntityType.GPE, country=entity.country
    )


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randrange(8, 22))]
    return " ".join(words).capitalize() + "."


def _print(
    sentences: list[str],
    facts: dict[int, Fact],
    told: date,
    agency: str,
    story: int,
    copy: int,
    world: World,
    chance: random.Random,
) -> None:
    """Add one outlet's report: the story as it is, cut short, edited, or with sentences of its own."""
    lines = [(line, facts.get(number)) for number, line in enumerate(sentences)]
    if copy:
        lines = _edited(lines, chance)
    outlet = f"Krant {chance.randrange(30)}" if copy or agency else f"Blad {story % 40}"
    text, spans, mentions, entities, said, agreed = "", [], [], {}, [], []
    speech = random.Random(f"{story}-{copy}")  # of its own: what is said does not change what happens
    for line, fact in lines:
        start = len(text)
        text += line + " "
        spans.append(Sentence(Span(start, start + len(line)), 0, 0))
        if fact:
            trigger = (Span(start, start + line.index(" ")),)
            mention, statement = _told(replace(fact.mention, trigger=trigger), spans[-1].span, speech)
            mentions.append((fact, mention))
            said += [statement] if statement else []
            agreed += _agreement(mention, spans[-1].span, speech)
            entities |= {entity.id: entity for entity in fact.entities}
    document = Document(text, Origin(f"{story}-{copy}.txt", outlet=outlet), name=f"{story}-{copy}")
    analysis = Analysis(
        document, Header(agencies=(agency,) if agency and chance.random() < 0.8 else ()),
        Published(told.isoformat(), HowKnown.STATED), sentences=tuple(spans), entities=tuple(entities.values()),
        events=tuple(mention for _, mention in mentions), attributions=tuple(said), agreements=tuple(agreed),
    )  # fmt: skip
    world.reports.append(analysis)
    world.copies[document.id] = story
    for fact, mention in mentions:
        world.events[record_id(document.id, mention.id)] = fact.event


def _told(
    mention: EventMention, sentence: Span, chance: random.Random
) -> tuple[EventMention, Attribution | None]:
    """Return a telling, half of the time in the mouth of somebody who takes part, with what he says."""
    actors = mention.entities("actor")
    if not actors or chance.random() < 0.5:
        return mention, None
    stance = Stance.DENIES if mention.status is Status.DENIED else STANCES.get(mention.status, Stance.ASSERTS)
    cue = Span(sentence.end - 3, sentence.end)
    statement = Attribution(
        None, (cue,), (Span(sentence.start, cue.start),), SpeechKind.INDIRECT, stance,
        sources=(chance.choice(actors),),
    )  # fmt: skip
    return replace(mention, attribution=statement.id), statement


def _agreement(mention: EventMention, sentence: Span, chance: random.Random) -> list[AgreementMention]:
    """Return what a telling of an accord says of the accord's life, if anything."""
    if mention.type != "AGREE" or chance.random() < 0.3:
        return []
    phase = chance.choice(("declared", "in_force", "violation_alleged", "collapsed", ""))
    head = Span(sentence.start, sentence.start + 4)
    return [AgreementMention(sentence, head, "ceasefire", mention.entities("actor"), phase=phase)]


def _edited(lines: list[tuple[str, Fact | None]], chance: random.Random) -> list[tuple[str, Fact | None]]:
    kept = list(lines)
    if chance.random() < 0.4:
        kept = kept[: max(3, int(len(kept) * 0.7))]
    if chance.random() < 0.4:
        kept.insert(chance.randrange(len(kept) + 1), (_sentence(chance), None))
    return [(_reworded(line, chance) if chance.random() < 0.25 else line, fact) for line, fact in kept]


def _reworded(line: str, chance: random.Random) -> str:
    words = line.split(" ")
    words[chance.randrange(1, len(words))] = chance.choice(WORDS)
    return " ".join(words)


def pairwise_f1(truth: dict[str, int], groups: list[list[str]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs of items that stand together."""

    def pairs(sizes: Iterator[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    from collections import Counter

    found = pairs(len(group) for group in groups)
    wanted = pairs(iter(Counter(truth.values()).values()))
    both = sum(pairs(iter(Counter(truth[item] for item in group).values())) for group in groups)
    precision, recall = both / max(1, found), both / max(1, wanted)
    return precision, recall, 2 * both / max(1, found + wanted)
