"""One event: all its tellings side by side, its history, its place on a map, according to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.errors import NotFoundError
from kroniek.knowledge import load_knowledge
from kroniek.model import Event, EventMention, Telling
from kroniek.publish.dossier import PlaceRow
from kroniek.publish.maps import MAP_WIDTH, Map, region_map
from kroniek.publish.timeline import Quote
from kroniek.store import browse, listing
from kroniek.store.load import load_event
from kroniek.store.queries import find_mentions
from kroniek.web.charts import GROUP_OF
from kroniek.web.filters import read_number
from kroniek.web.page import Open
from kroniek.web.pages.claims import claim_view
from kroniek.web.pages.processes import process_view
from kroniek.web.views import Moment, Party, Viewer

router = APIRouter()
SHOWN = 40  # tellings on a page


@dataclass(frozen=True, slots=True)
class TellingView:
    """One report's telling, ready to be shown."""

    id: str
    quote: Quote
    group: str
    status: str
    type: str
    mode: str
    moment: Moment
    how: str
    published: Moment
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Party | None
    according_to: tuple[Party, ...]
    numbers: tuple[tuple[str, str], ...]
    family: str
    step: str
    rule: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepView:
    """One step in the life of an event."""

    moment: Moment
    kind: str
    sources: tuple[Party, ...]
    quote: Quote | None
    record: str


@router.get("/events/{identity}")
def event(page: Open, identity: str) -> Response:
    """Show one event."""
    start = read_number(page.request.query_params, "telling", most=100_000) or 0
    with page.bench.reading() as connection:
        record = load_event(connection, identity)
        viewer = Viewer(connection, page.known, page.text)
        claims = listing.find_records(connection, "claims", ref=identity, limit=20)
        processes = listing.find_records(connection, "processes", ref=identity, limit=10)
        place = browse.position_of(connection, identity)
        related = browse.load_at(
            connection,
            [at for _, key in record.related if (at := browse.position_of(connection, key)) is not None],
        )
        values: dict[str, Any] = {
            "event": viewer.events([record], quotes=0)[0], "record": record,
            "tellings": tellings(viewer, record, start), "start": start, "steps": _steps(viewer, record),
            "claims": [claim_view(viewer, item) for _, item in claims],
            "processes": [process_view(viewer, item) for _, item in processes],
            "related": list(zip((name for name, _ in record.related), viewer.events(list(related.values())), strict=False)),
            "disagreements": [
                (item.what, [(value, viewer.parties(who)) for value, who in item.values])
                for item in record.disagreements
            ],
            "map": event_map(record.place, viewer.party(record.place).name if record.place else ""), "place": place,
        }  # fmt: skip
    return page.show("event.html", shown=SHOWN, **values)


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A place on the map of its region."""

    name: str
    latitude: float
    longitude: float
    drawing: Map
    width: int = MAP_WIDTH


def event_map(place: str, name: str = "") -> PlaceMap | None:
    """Return a map of where an event took place, None when its place is not known."""
    known = load_knowledge().entity(place) if place else None
    if known is None or known.lat is None or known.lon is None:
        return None
    drawing = region_map([PlaceRow(name or known.name, known.lat, known.lon, True, ())])
    return PlaceMap(name or known.name, known.lat, known.lon, drawing) if drawing else None


def tellings(viewer: Viewer, record: Event, start: int = 0) -> list[TellingView]:
    """Return the tellings of an event from the one numbered `start` on."""
    chosen = record.tellings[start : start + SHOWN]
    told = find_mentions(viewer.connection, [item.event_mention for item in chosen])
    found = []
    for telling in chosen:
        try:
            found.append(_telling(viewer, telling, told.get(telling.event_mention), record))
        except NotFoundError:  # a report that was taken out since the last merge
            continue
    return found


def _telling(viewer: Viewer, telling: Telling, mention: EventMention | None, record: Event) -> TellingView:
    report = viewer.report(telling.document)
    shown: Any = mention or record
    actors = mention.entities("actor") if mention else record.actors
    recipients = mention.entities("recipient") if mention else record.recipients
    return TellingView(
        id=telling.event_mention, quote=viewer.quote(telling.evidence), group=GROUP_OF[telling.status.value],
        status=telling.status.value, type=shown.type, mode=shown.mode,
        moment=viewer.moment(shown.time), how=mention.time_how if mention else "",
        published=viewer.published(report), actors=viewer.parties(actors), recipients=viewer.parties(recipients),
        place=viewer.party(shown.place) if shown.place else None,
        according_to=viewer.parties(shown.according_to), numbers=mention.numbers if mention else (),
        family=telling.family, step=mention.provenance.step if mention else "",
        rule=mention.provenance.rule if mention else "", by=mention.provenance.by if mention else (),
    )  # fmt: skip


def _steps(viewer: Viewer, record: Event) -> list[StepView]:
    """Return the life of an event: its steps, else the statuses in the order of reporting."""
    found = []
    for step in record.steps[:SHOWN]:
        try:
            quote = viewer.quote(step.evidence)
        except NotFoundError:
            continue
        sources = viewer.parties(step.source)
        found.append(StepView(viewer.moment(step.time), step.kind.value, sources, quote, step.record))
    if found:
        return found
    return [
        StepView(viewer.moment(reported), status.value, (), None, telling)
        for reported, status, telling in record.history[:SHOWN]
    ]
