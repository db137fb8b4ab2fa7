"""From a sent form to decisions: which fields differ, words to spans, names to actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from kroniek.errors import JudgementError, NotFoundError
from kroniek.judging import Place
from kroniek.knowledge import load_knowledge
from kroniek.model import Analysis, Entity, EntityType, Event, Judgement, Span, content_id
from kroniek.review.fields import FIELDS
from kroniek.review.kinds import EVENT, NAME
from kroniek.review.make import about
from kroniek.review.values import entities_text, span_text
from kroniek.store import judgements as stored
from kroniek.store.queries import find_entities
from kroniek.web.cards import Card, card_of
from kroniek.web.forms import SentForm
from kroniek.web.problems import BadRequest

PEOPLE = {"actors", "recipients", "sources", "addressees", "parties", "entity", "place"}
SPANS = {"span", "trigger", "cue", "content", "source"}
MOST_PLACES = 60  # at which a name is corrected at once
LONGEST = 300  # code points of a name or a date


def place_in(form: SentForm) -> Place:
    """Return the record that a form is about."""
    kind = form.text("kind", longest=20)
    if kind not in FIELDS:
        raise BadRequest("errors.fields", fields="kind")
    return Place(kind, form.text("document", longest=80), form.text("record", longest=80))


def corrections(connection: Connection, card: Card, form: SentForm, *, by: str) -> list[Judgement]:
    """Return a decision for every field in which the form differs from what is in force, and an acceptance.

    Who corrects a record has looked at all of it: the rest is accepted with it.
    """
    rows = []
    for value in card.values:
        if not _sent(form, value.name):
            continue
        new = _new(connection, card, form, value.name)
        if new != value.text:
            rows.append(_row(card, "corrected", by, value.name, new))
    if card.verdict not in ("accepted", "corrected") or not rows:
        rows.append(_row(card, "accepted", by))
    return rows


def verdict(card: Card, kind: str, *, by: str) -> Judgement:
    """Return an acceptance or a rejection."""
    return _row(card, kind, by)


def choice(card: Card, new: str, *, by: str) -> list[Judgement]:
    """Return the decisions that the field of the digits has this value, and that the rest is right."""
    if new == card.value(card.field).text:
        return [_row(card, "accepted", by)]
    rows = [_row(card, "corrected", by, card.field, new)]
    return rows if card.verdict in ("accepted", "corrected") else [*rows, _row(card, "accepted", by)]


def _row(card: Card, kind: str, by: str, field: str = "", new: str = "") -> Judgement:
    return about(card.kind, card.base, card.analysis, verdict=kind, by=by, field=field, new=new)


def for_every_telling(
    connection: Connection, rows: Sequence[Judgement], event: Event, *, by: str
) -> list[Judgement]:
    """Return corrections of one telling as corrections of all tellings of its event; words stay its own."""
    every = list(rows)
    shared = [row for row in rows if row.verdict == "corrected" and row.field not in SPANS]
    for telling in event.tellings:
        if not shared:
            break
        try:
            card = card_of(connection, EVENT, telling.document, telling.event_mention)
        except NotFoundError:
            continue
        if card.place.record == rows[0].record:
            continue
        for row in shared:
            if card.value(row.field).text != row.new:
                every.append(_row(card, "corrected", by, row.field, row.new))
    return every


def for_same_words(
    connection: Connection, rows: Sequence[Judgement], card: Card, *, by: str
) -> list[Judgement]:
    """Return who is meant by a name as who is meant wherever the same words were taken for the same one."""
    every = list(rows)
    new = next((row.new for row in rows if row.field == "entity"), None)
    if new is None:
        return every
    for entity in card.people("entity"):
        for document, record in stored.mentions_like(connection, entity.id, card.words, MOST_PLACES):
            other = card_of(connection, NAME, document, record)
            if other.place != card.place and not other.verdict:
                every.append(_row(other, "corrected", by, "entity", new))
    return every


def copies_of(event: Event, telling: str) -> list[tuple[str, str]]:
    """Return (document, telling) of the wire copies of a telling: the same copy in other reports."""
    mine = next((item for item in event.tellings if item.event_mention == telling), None)
    if mine is None or not mine.family:
        return []
    return [
        (item.document, item.event_mention) for item in event.tellings
        if item.family == mine.family and item.document != mine.document
    ]  # fmt: skip


def _sent(form: SentForm, name: str) -> bool:
    return bool(form.every(name) or form.every(f"{name}_new") or form.every(f"{name}_sent"))


def _new(connection: Connection, card: Card, form: SentForm, name: str) -> str:
    if name in PEOPLE:
        kept = set(form.every(name))
        people = [entity for entity in card.people(name) if entity.id in kept]
        words = form.text(f"{name}_new", longest=LONGEST, default="")
        made = form.text(f"{name}_type", longest=10, default="")
        if words and name in ("place", "entity"):
            people = []
        for part in filter(None, (part.strip() for part in words.split(";"))):
            people.append(entity_named(connection, card.analysis, part, made))
        return entities_text({entity.id: entity for entity in people}.values())
    value = form.text(name, longest=20_000, default="")
    if name in SPANS:
        return _spans(card, name, value)
    return value


def _spans(card: Card, name: str, words: str) -> str:
    """Return the stretches that words written by hand stand at, nearest to the record; ` … ` parts stretches."""
    before = card.value(name)
    if words == before.words:
        return before.text
    text = card.analysis.text
    found = [nearest(text, part.strip(), card.span.start) for part in words.split("…") if part.strip()]
    return span_text(found)


def nearest(text: str, words: str, place: int) -> Span:
    """Return the occurrence of words nearest to a place; raises JudgementError when they do not stand there."""
    starts: list[int] = []
    start = text.find(words)
    while start >= 0 and len(starts) < 10_000:
        starts.append(start)
        start = text.find(words, start + 1)
    if not words or not starts:
        raise JudgementError(
            f"“{words}” does not stand in this report; give the words as they are written there"
        )
    best = min(starts, key=lambda start: (abs(start - place), start))
    return Span(best, best + len(words))


def entity_named(connection: Connection, analysis: Analysis, words: str, new_type: str = "") -> Entity:
    """Return who or what goes by these words: in the report, in the file, in the knowledge base.

    With `new_type` words that nobody goes by make a new actor; else raises JudgementError.
    """
    folded = words.casefold()
    if own := next(
        (item for item in analysis.entities if folded in (item.name.casefold(), item.id.casefold())), None
    ):
        return own
    said = {item.id for item in analysis.mentions if item.span.of(analysis.text).casefold() == folded}
    meant = {key for link in analysis.links if link.mention in said for key in link.entities[:1]}
    if own := next((item for item in analysis.entities if item.id in meant), None):
        return own
    return in_file(connection, words) or _known(words) or _made(words, new_type)


def in_file(connection: Connection, words: str) -> Entity | None:
    """Return the entity of the file that goes by these words, None when none or several do."""
    try:
        ids = find_entities(connection, words)
    except NotFoundError:
        return None
    exact = [entity for key in ids if (entity := stored.known_entity(connection, key))]
    named = [entity for entity in exact if entity.name.casefold() == words.casefold() or entity.id == words]
    if len(named or exact) == 1:
        return (named or exact)[0]
    return None


def _known(words: str) -> Entity | None:
    knowledge = load_knowledge()
    by_name = (knowledge.entity(alias.entity) for alias in knowledge.named(words))
    known = [entity for entity in (knowledge.entity(words), *by_name) if entity]
    if not known:
        return None
    found = max(known, key=lambda entity: (entity.prominence, entity.id))
    return Entity(
        found.id, found.name, found.type, found.wikidata, found.country, found.sector, known=True
    )  # fmt: skip


def _made(words: str, kind: str) -> Entity:
    if kind not in EntityType.__members__:
        raise JudgementError(
            f"nobody in this file or in the knowledge base goes by “{words}”; write the name in full, "
            "or say what it is to make a new actor"
        )
    return Entity(content_id("own", kind, words), words, EntityType(kind))


def places(cards: Iterable[Card]) -> dict[Place, str]:
    """Return what was seen of records, for `judge`."""
    return {card.place: card.token for card in cards}
