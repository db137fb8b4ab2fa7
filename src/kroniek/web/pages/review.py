"""The review queue: one record after the other, by keys or by mouse, with or without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from kroniek.desk import undone_among
from kroniek.errors import NotFoundError
from kroniek.judging import Place, act_of
from kroniek.model import Entity, EntityType, Event, Judgement, Stance, Status
from kroniek.ontology import load_ontology
from kroniek.review.kinds import AGREEMENT, EVENT, LAYERS, NAME, STATEMENT
from kroniek.review.make import undoing
from kroniek.review.queue import ACTORS, EVENTS, KINDS, LINKS, MERGES, NAMES, PHASES, STATEMENTS
from kroniek.review.values import names_of
from kroniek.store import judgements as stored
from kroniek.store.load import load_event
from kroniek.store.overlay import event_with_telling
from kroniek.store.queue import Waiting, counts, mark_done, waiting
from kroniek.store.state import read_state
from kroniek.web import corrections as correcting
from kroniek.web.cards import SHOWN, Card, card_of
from kroniek.web.deciding import decide, go, onward, with_notice
from kroniek.web.forms import Form, SentForm
from kroniek.web.keys import COOKIE, STANDARD, Keys, keys_cookie, keys_in, read_keys
from kroniek.web.page import Open, Page
from kroniek.web.problems import BadRequest

router = APIRouter()
RECORD_OF = {EVENTS: EVENT, LINKS: NAME, NAMES: NAME, STATEMENTS: STATEMENT, PHASES: AGREEMENT}
MOST_SKIPPED = 100_000
LOOK_BACK, MOST_IN_ACT = 200, 3000  # decisions
FAR = "9999"  # later than every moment


@dataclass(frozen=True, slots=True)
class Turn:
    """What the queue shows now: the item, and its card or its pair."""

    item: Waiting
    card: Card | None = None
    event: Event | None = None
    pair: tuple[Event, ...] = ()
    actors: tuple[Entity, ...] = ()


@router.get("/review")
def queue(page: Open) -> Response:
    """Show the next item of the queue."""
    if not page.coder:
        return page.to("/coder", next="/review")
    query = page.request.query_params
    kind = query.get("kind", "")
    kind = kind if kind in KINDS else ""
    skip = query.get("skip", "0")
    at = min(int(skip), MOST_SKIPPED) if skip.isascii() and skip.isdigit() and len(skip) < 9 else 0
    turn = _turn(page, kind, at)
    with page.bench.reading() as connection:
        left, state = counts(connection), read_state(connection)
        names = _names(connection, turn)
    return page.show(
        "review.html", kind=kind, skip=at, turn=turn, counts=left, kinds=KINDS, state=state, names=names,
        last=last_of(page), copies=query.get("copies", ""), **forms(page),
    )  # fmt: skip


def forms(page: Page) -> dict[str, Any]:
    """Return what the forms of a card need."""
    ontology = load_ontology()
    modes = {code: list(kind.modes) for code, kind in ontology.types.items()}
    return {
        "keys": keys_of(page), "types": list(ontology.types), "modes": modes, "act": "/review/judge",
        "statuses": [item.value for item in Status], "stances": [item.value for item in Stance],
        "entity_types": [item.value for item in EntityType], "phases": ["", *ontology.phases], "shown": SHOWN,
        "spans": correcting.SPANS, "names_of": names_of,
    }  # fmt: skip


def keys_of(page: Page) -> Keys:
    """Return the keys of this browser."""
    return read_keys(page.request.cookies.get(COOKIE, ""))


def last_of(page: Page) -> list[Judgement]:
    """Return what this coder decided in the last act that is not undone, nothing when there is none."""
    if not page.coder:
        return []
    with page.bench.reading() as connection:
        mine = stored.judgements_by(connection, page.coder, FAR, LOOK_BACK)
        undone = undone_among(connection, mine)
    kept = [row for row in mine if row.verdict != "undone" and not row.task and row.id not in undone]
    return act_of(kept)


def _turn(page: Page, kind: str, skip: int) -> Turn | None:
    """Return the item at a place of the queue; items whose record is gone are taken out on the way."""
    for _ in range(50):
        with page.bench.reading() as connection:
            found = waiting(connection, kind, limit=1, offset=skip)
            if not found:
                return None
            try:
                return _filled(connection, found[0])
            except NotFoundError:
                gone = found[0].pk
        with page.bench.database.writing() as connection:
            mark_done(connection, gone)
    return None


def _filled(connection: Connection, item: Waiting) -> Turn:
    if item.kind == MERGES:
        return Turn(item, pair=(load_event(connection, item.record), load_event(connection, item.other)))
    if item.kind == ACTORS:
        actors = [stored.known_entity(connection, key) for key in (item.record, item.other)]
        if None in actors:
            raise NotFoundError("one of the two actors is no longer in this chronicle")
        return Turn(item, actors=tuple(actor for actor in actors if actor))
    card = card_of(connection, RECORD_OF[item.kind], item.document, item.record)
    event = event_with_telling(connection, item.document, card.present) if card.kind == EVENT else None
    return Turn(item, card, event)


def _names(connection: Connection, turn: Turn | None) -> dict[str, str]:
    """Return the names of those who take part in the events shown."""
    found = {}
    for event in turn.pair if turn else ():
        for key in (*event.actors, *event.recipients, event.place):
            entity = stored.known_entity(connection, key) if key else None
            found[key] = entity.name if entity else key
    return found


@router.get("/review/record/{kind}/{document}/{record}")
def one_record(page: Open, kind: str, document: str, record: str) -> Response:
    """Show one record to be judged."""
    if kind not in LAYERS:
        raise NotFoundError(f"no kind {kind!r}")
    if not page.coder:
        return page.to("/coder", next=page.request.url.path)
    with page.bench.reading() as connection:
        card = card_of(connection, kind, document, record)
        event = event_with_telling(connection, document, card.present) if kind == EVENT else None
    values: dict[str, Any] = {"copies": page.request.query_params.get("copies", ""), "last": last_of(page)}
    return page.show("review_record.html", card=card, event=event, **values, **forms(page))


@router.post("/review/judge")
def judge_record(page: Open, form: Form) -> Response:
    """Accept, reject or correct a record."""
    place = correcting.place_in(form)
    with page.bench.reading() as connection:
        card = card_of(connection, *place)
        event = event_with_telling(connection, place.document, card.present) if place.kind == EVENT else None

    def rows() -> list[Judgement]:
        with page.bench.reading() as connection:
            made = _rows(page, form, card, connection)
            if card.kind == NAME and "words" in form.every("scope"):
                return correcting.for_same_words(connection, made, card, by=page.coder)
            if event and "all" in form.every("scope"):
                made = correcting.for_every_telling(connection, made, event, by=page.coder)
            return made

    def after(kept: object) -> str:
        path = onward(form)
        accepted = form.text("act", longest=20) == "accepted"
        if event and accepted and correcting.copies_of(event, card.present):
            return with_notice(path, copies=f"{place.document}:{card.present}")
        return path

    return decide(page, form, rows, {card.place: form.text("token", longest=40)}, after)


def _rows(page: Page, form: SentForm, card: Card, connection: Connection) -> list[Judgement]:
    act = form.text("act", longest=20)
    if act in ("accepted", "rejected"):
        return [correcting.verdict(card, act, by=page.coder)]
    if act == "unlink":  # the words are a name, but not of who the machine took it for
        return correcting.choice(card, "", by=page.coder)
    if act == "choose":
        return correcting.choice(card, form.text("choice"), by=page.coder)
    if act == "edit":
        return correcting.corrections(connection, card, form, by=page.coder)
    raise BadRequest("errors.fields", fields="act")


@router.post("/review/copies")
def accept_copies(page: Open, form: Form) -> Response:
    """Accept the same telling in the reports that print the same copy."""
    document, _, telling = form.text("copies", longest=200).partition(":")
    cards: list[Card] = []
    with page.bench.reading() as connection:
        event = event_with_telling(connection, document, telling)
        for where, key in correcting.copies_of(event, telling) if event else ():
            cards.append(card_of(connection, EVENT, where, key))
    open_cards = [card for card in cards if not card.verdict]
    return decide(
        page, form, lambda: [correcting.verdict(card, "accepted", by=page.coder) for card in open_cards],
        correcting.places(open_cards), lambda _: onward(form),
    )  # fmt: skip


@router.post("/review/undo")
def undo(page: Open, form: Form) -> Response:
    """Take a decision back; taking back a taking back brings it in force again.

    With `whole` everything that was decided in the same act goes with it.
    """
    with page.bench.reading() as connection:
        row = stored.judgement(connection, form.text("id", longest=80))
        if row is None:
            raise NotFoundError("no such judgement")
        whole = form.text("whole", longest=5, default="") == "yes"
        rows = act_of(stored.judgements_by(connection, row.by, row.at, MOST_IN_ACT)) if whole else [row]
    tokens: dict[Place, str] = {}
    return decide(
        page, form, lambda: [undoing(item, by=page.coder) for item in rows], tokens, lambda _: onward(form)
    )  # fmt: skip


@router.post("/review/settle")
def settle(page: Open, form: Form) -> Response:
    """Merge the whole anew, so that claims, processes and relations follow the decisions."""
    page.bench.chronicle.refresh()
    return go(onward(form))


@router.get("/review/keys")
def show_keys(page: Open) -> Response:
    """Show which letter does what."""
    return page.show("review_keys.html", keys=keys_of(page), acts=list(STANDARD))


@router.post("/review/keys")
def set_keys(page: Open, form: Form) -> Response:
    """Keep other letters, or none."""
    answer = page.to("/review")
    answer.headers.append("Set-Cookie", keys_cookie(keys_in(form)))
    return answer
