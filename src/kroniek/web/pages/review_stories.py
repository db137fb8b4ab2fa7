"""Which tellings are one event, which actors are one, and what the machine missed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from kroniek.errors import JudgementError, NotFoundError
from kroniek.model import Entity, EntityType, Event, Judgement, Span, Stance, TimexType
from kroniek.ontology import load_ontology
from kroniek.publish.timeline import Report
from kroniek.review.kinds import EVENT, NAME, STATEMENT, TIME
from kroniek.review.make import addition, merge_entities, one_story
from kroniek.store import judgements as stored
from kroniek.store.load import load_event, load_report
from kroniek.store.overlay import events_in
from kroniek.web.cards import Card, card_of
from kroniek.web.corrections import in_file, nearest
from kroniek.web.deciding import decide, onward
from kroniek.web.forms import Form
from kroniek.web.page import Open
from kroniek.web.pages.review import forms, last_of

router = APIRouter()
SHOWN = 40  # tellings on a page
NEAR = 12  # events offered for merging
LABELS = {
    NAME: [item.value for item in EntityType], TIME: [item.value for item in TimexType],
    STATEMENT: [item.value for item in Stance], EVENT: list(load_ontology().types),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """Another event that may be the same one, with its first words."""

    event: Event
    words: str


@router.get("/review/events/{identity}")
def event(page: Open, identity: str) -> Response:
    """Show an event with all its tellings, to be judged, parted or merged."""
    if not page.coder:
        return page.to("/coder", next=page.request.url.path)
    with page.bench.reading() as connection:
        record = load_event(connection, identity)
        cards = list(_cards(connection, record))
        near = _near(connection, record)
    return page.show(
        "review_event.html", event=record, cards=cards, near=near, last=last_of(page), copies="", **forms(page)
    )  # fmt: skip


def _cards(connection: Connection, record: Event) -> list[Card]:
    found = []
    for telling in record.tellings[:SHOWN]:
        try:
            found.append(card_of(connection, EVENT, telling.document, telling.event_mention))
        except NotFoundError:
            continue
    return found


def _near(connection: Connection, record: Event) -> list[Near]:
    """Return events of the same reports, those of the same type first."""
    others = [
        other for _, other in events_in(connection, {item.document for item in record.tellings[:SHOWN]})
        if other.id != record.id
    ]  # fmt: skip
    others.sort(key=lambda other: (other.type != record.type, other.time != record.time, other.id))
    found = []
    for other in others[:NEAR]:
        piece = other.tellings[0].evidence
        document, _, _ = load_report(connection, piece.document)
        found.append(Near(other, piece.sentence.joined(piece.span).of(document.text)[:200]))
    return found


@router.post("/review/events/{identity}/merge")
def merge_events(page: Open, form: Form, identity: str) -> Response:
    """Make an event and another one; `same` is the other's id, `apart` says that they are two."""
    other_id = form.text("same", longest=80)
    with page.bench.reading() as connection:
        groups = [_places(connection, load_event(connection, key)) for key in (identity, other_id)]
    apart = form.text("apart", longest=5, default="") == "yes"
    wanted = groups if apart else [[place for group in groups for place in group]]
    return decide(page, form, lambda: [one_story(wanted, by=page.coder)], {}, lambda _: onward(form))


@router.post("/review/events/{identity}/split")
def split_event(page: Open, form: Form, identity: str) -> Response:
    """Make the chosen tellings an event of their own."""
    chosen = set(form.every("telling"))
    with page.bench.reading() as connection:
        record = load_event(connection, identity)
        places = _places(connection, record)
    ids = [telling.event_mention for telling in record.tellings]
    groups = [
        [place for place, key in zip(places, ids, strict=True) if (key in chosen) == wanted]
        for wanted in (False, True)
    ]

    def rows() -> list[Judgement]:
        if not all(groups):
            raise JudgementError("choose at least one telling that is another event, and leave at least one")
        return [one_story(groups, by=page.coder)]

    return decide(page, form, rows, {}, lambda _: f"/review/events/{identity}")


def _places(connection: Connection, record: Event) -> list[Judgement]:
    """Return where the tellings of an event stand, by their places before correction."""
    found = []
    for telling in record.tellings:
        card = card_of(connection, EVENT, telling.document, telling.event_mention)
        found.append(
            Judgement(
                card.place.record, "", "", "", document=telling.document, kind=EVENT,
                span=telling.evidence.span, words=telling.evidence.span.of(card.analysis.text),
            )
        )  # fmt: skip
    return found


@router.get("/review/actors")
def actors(page: Open) -> Response:
    """Ask which two actors are one."""
    if not page.coder:
        return page.to("/coder", next="/review/actors")
    query = page.request.query_params
    return page.show(
        "review_actors.html", keep=query.get("keep", "")[:200], other=query.get("other", "")[:200],
        last=last_of(page), **forms(page),
    )  # fmt: skip


@router.post("/review/actors")
def merge_actors(page: Open, form: Form) -> Response:
    """Make two actors one: `keep` stands for `other` from now on; `apart` says that they are two."""
    with page.bench.reading() as connection:

        def rows() -> list[Judgement]:
            kept, other = (_actor(connection, form.text(name, longest=200)) for name in ("keep", "other"))
            row = merge_entities(kept, [other], by=page.coder)
            apart = form.text("apart", longest=5, default="") == "yes"
            return [_apart(row) if apart else row]

        return decide(page, form, rows, {}, lambda _: onward(form, "/review/log"))


def _apart(row: Judgement) -> Judgement:
    return replace(row, verdict="rejected")


def _actor(connection: Connection, words: str) -> Entity:
    """Return the actor of the file that goes by these words or has this id."""
    found = stored.known_entity(connection, words) or in_file(connection, words)
    if found is None:
        raise JudgementError(
            f"nobody, or more than one, goes by “{words}” in this file; give the whole name or the id"
        )
    return found


@router.get("/review/add/{document}")
def missed(page: Open, document: str) -> Response:
    """Show a report, to add what the machine missed."""
    if not page.coder:
        return page.to("/coder", next=page.request.url.path)
    with page.bench.reading() as connection:
        report = Report(*load_report(connection, document))
    query = page.request.query_params
    return page.show(
        "review_add.html", report=report, labels_of=LABELS, last=last_of(page), words=query.get("words", "")[:5000],
        start=query.get("start", "")[:10], **forms(page),
    )  # fmt: skip


@router.post("/review/add/{document}")
def add_missed(page: Open, form: Form, document: str) -> Response:
    """Add selected words as a record; `start` says where they stand, else the `nth` occurrence counts."""
    kind = form.text("kind", longest=20)
    with page.bench.reading() as connection:
        analysis = stored.machine_analysis(connection, document)

        def rows() -> list[Judgement]:
            words = form.text("words", longest=5000)
            start = form.text("start", longest=10, default="")
            place = int(start) if start.isascii() and start.isdigit() else 0
            label = form.text(f"label_{kind}", longest=30, default="")
            span: Span = nearest(analysis.text, words, place)
            row = addition(kind, span, label, analysis, by=page.coder)
            return [row]

        return decide(page, form, rows, {}, lambda kept: _to_added(kept[0]))


def _to_added(row: Judgement) -> str:
    return f"/review/record/{row.kind}/{row.document}/{row.record}"
