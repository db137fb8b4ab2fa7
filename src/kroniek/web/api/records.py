"""The addresses of the API: lists by cursor, and each record by its id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from kroniek import __version__
from kroniek.model import EntityType, Stance, Status
from kroniek.publish.timeline import Group
from kroniek.store import browse, listing
from kroniek.store.browse import Wanted
from kroniek.web.api import shapes
from kroniek.web.api.cursors import LONGEST, pack, unpack
from kroniek.web.api.views import Shaper
from kroniek.web.filters import (
    LONGEST_WORDS,
    EventFilter,
    read_day,
    read_event_filter,
    read_search,
    read_words,
)
from kroniek.web.messages import load_messages
from kroniek.web.pages.finding import find_page, ready
from kroniek.web.pages.relations import last_month
from kroniek.web.pages.search import snippet_of
from kroniek.web.pages.statements import StatementFilter, load_statement
from kroniek.web.pages.statements import find_page as find_statements
from kroniek.web.problems import Missing
from kroniek.web.views import Viewer

router = APIRouter()
LIMIT, MOST = 50, 500
WORDS_HELP = "All these words, also inside longer ones."
DAY_HELP = "A year, month or day: 2016, 2016-09 or 2016-09-08."

Cursor = Annotated[str, Query(max_length=LONGEST, description="Where to go on: `next` of the answer before.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many records at most.")]
Since = Annotated[str, Query(alias="from", max_length=10, description=DAY_HELP)]
Until = Annotated[str, Query(alias="to", max_length=10, description=DAY_HELP)]
WordsQuery = Annotated[str, Query(max_length=LONGEST_WORDS, description=WORDS_HELP)]
ActorQuery = Annotated[str, Query(max_length=LONGEST_WORDS, description="An entity id, or words for it.")]
TypeQuery = Annotated[list[str] | None, Query(alias="type", description="PLOVER types, any of which fits.")]
StatusQuery = Annotated[
    list[Status] | None, Query(alias="status", description="Statuses, any of which fits.")
]
GroupQuery = Annotated[list[Group] | None, Query(alias="group", description="Groups of statuses.")]


@dataclass(frozen=True, slots=True)
class Reading:
    """One request: the file, and the query as it was sent."""

    request: Request

    @contextmanager
    def open(self) -> Iterator[Shaper]:
        """Give what makes records for programs, with a connection to one state of the file."""
        bench = self.request.app.state.bench
        with bench.reading() as connection:
            yield Shaper(Viewer(connection, bench.known(), load_messages("en")))


Asked = Annotated[Reading, Depends(Reading)]


@router.get("/state", summary="Where the file stands", tags=["file"])
def state(asked: Asked) -> shapes.State:
    """Return the counters of the file, and how much it holds."""
    found = asked.request.app.state.bench.state
    with asked.open() as shaper:
        connection = shaper.connection
        return shapes.State(
            revision=found.revision, merged=found.merged, unfinished=found.unfinished,
            documents=listing.count_reports(connection), events=browse.count_events(connection, Wanted()),
            version=__version__,
        )  # fmt: skip


@router.get("/documents", summary="Reports by day of publication", tags=["documents"])
def documents(
    asked: Asked, q: WordsQuery = "", cursor: Cursor = "", limit: Limit = LIMIT
) -> shapes.Page[shapes.Document]:
    """Return reports, those without a day last."""
    words = read_search(asked.request.query_params, "q").split()
    after = unpack(cursor, "", "")
    with asked.open() as shaper:
        rows = listing.find_reports(shaper.connection, after=after, words=words, limit=limit + 1)
    following = pack(*rows[limit - 1].key) if len(rows) > limit else None
    return shapes.Page(items=[Shaper.document(row) for row in rows[:limit]], next=following)


@router.get("/documents/{identity}", summary="One report with its text", tags=["documents"])
def document(asked: Asked, identity: str) -> shapes.FullDocument:
    """Return a report."""
    with asked.open() as shaper:
        return shaper.full_document(identity)


@router.get("/events", summary="Events by day", tags=["events"])
def events(
    asked: Asked, since: Since = "", until: Until = "", types: TypeQuery = None, statuses: StatusQuery = None,
    groups: GroupQuery = None, actor: ActorQuery = "", place: ActorQuery = "", q: WordsQuery = "",
    cursor: Cursor = "", limit: Limit = LIMIT,
) -> shapes.Page[shapes.Event]:  # fmt: skip
    """Return events that fit all filters. A page can hold fewer than `limit`; go on while `next` is given."""
    wanted: EventFilter = read_event_filter(asked.request.query_params)
    (after,) = unpack(cursor, -1)
    with asked.open() as shaper:
        question = ready(shaper.connection, wanted.wanted(shaper.connection))
        found = find_page(shaper.viewer, question, after=after, limit=limit)
        items = shaper.events(list(found.events.values()))
    return shapes.Page(items=items, next=None if found.onward is None else pack(found.onward))


@router.get("/events/{identity}", summary="One event with all its tellings", tags=["events"])
def event(asked: Asked, identity: str) -> shapes.Event:
    """Return an event."""
    with asked.open() as shaper:
        return shaper.full_event(identity)


@router.get("/statements", summary="Statements by day of the report", tags=["statements"])
def statements(
    asked: Asked, since: Since = "", until: Until = "", actor: ActorQuery = "", stance: Stance | None = None,
    q: WordsQuery = "", cursor: Cursor = "", limit: Limit = LIMIT,
) -> shapes.Page[shapes.Statement]:  # fmt: skip
    """Return who said what."""
    query = asked.request.query_params
    wanted = StatementFilter(
        read_day(query, "from"), read_day(query, "to"), read_words(query, "actor"),
        stance.value if stance else "", read_search(query, "q"),
    )  # fmt: skip
    after = unpack(cursor, "", "", -1)
    with asked.open() as shaper:
        found, onward = find_statements(shaper.viewer, wanted, after, limit)
        items = [shaper.statement(item) for item in found]
    day, identity, position = onward.split("~") if onward else ("", "", "0")
    return shapes.Page(items=items, next=pack(day, identity, int(position)) if onward else None)


@router.get("/statements/{identity}", summary="One statement", tags=["statements"])
def statement(asked: Asked, identity: str) -> shapes.Statement:
    """Return a statement."""
    with asked.open() as shaper:
        record = load_statement(shaper.connection, identity)
        return shaper.statement(shaper.viewer.statement(record))


@router.get("/claims", summary="Claims with both sides", tags=["claims"])
def claims(
    asked: Asked,
    standing: Annotated[list[str] | None, Query(max_length=20, description="How they stand: disputed, ...")] = None,
    cursor: Cursor = "", limit: Limit = LIMIT,
) -> shapes.Page[shapes.Claim]:  # fmt: skip
    """Return claims."""
    (after,) = unpack(cursor, -1)
    with asked.open() as shaper:
        found = listing.find_records(
            shaper.connection, "claims", after=after, statuses=standing or (), limit=limit + 1
        )
        items = shaper.claims([record for _, record in found[:limit]])
    return shapes.Page(items=items, next=pack(found[limit - 1][0]) if len(found) > limit else None)


@router.get("/claims/{identity}", summary="One claim", tags=["claims"])
def claim(asked: Asked, identity: str) -> shapes.Claim:
    """Return a claim."""
    with asked.open() as shaper:
        return shaper.claim(shaper.record("claims", identity))


@router.get("/processes", summary="Negotiations and agreements", tags=["processes"])
def processes(asked: Asked, cursor: Cursor = "", limit: Limit = LIMIT) -> shapes.Page[shapes.Process]:
    """Return processes with their phases."""
    (after,) = unpack(cursor, -1)
    with asked.open() as shaper:
        found = listing.find_records(shaper.connection, "processes", after=after, limit=limit + 1)
        items = shaper.processes([record for _, record in found[:limit]])
    return shapes.Page(items=items, next=pack(found[limit - 1][0]) if len(found) > limit else None)


@router.get("/processes/{identity}", summary="One process", tags=["processes"])
def process(asked: Asked, identity: str) -> shapes.Process:
    """Return a process."""
    with asked.open() as shaper:
        return shaper.process(shaper.record("processes", identity))


@router.get("/actors", summary="Actors, those in most reports first", tags=["actors"])
def actors(
    asked: Asked, q: WordsQuery = "", kind: Annotated[EntityType | None, Query(alias="type")] = None,
    cursor: Cursor = "", limit: Limit = LIMIT,
) -> shapes.Page[shapes.Actor]:  # fmt: skip
    """Return who and what reports speak of."""
    words = read_words(asked.request.query_params, "q")
    (offset,) = unpack(cursor, 0)
    with asked.open() as shaper:
        found = listing.find_actors(
            shaper.connection,
            words=words,
            kind=kind.value if kind else "",
            offset=max(0, offset),
            limit=limit + 1,
        )
    following = pack(offset + limit) if len(found) > limit else None
    return shapes.Page(items=[Shaper.actor(item) for item in found[:limit]], next=following)


@router.get("/actors/{identity:path}", summary="One actor with the words that name it", tags=["actors"])
def actor(asked: Asked, identity: str) -> shapes.FullActor:
    """Return an actor."""
    with asked.open() as shaper:
        found = listing.load_actor(shaper.connection, identity)
        if found is None:
            raise Missing("errors.no_record")
        names = [words for words, _ in listing.surfaces_of(shaper.connection, identity)]
        return shapes.FullActor(**Shaper.actor(found).model_dump(), names=names)


@router.get("/relations", summary="What passed between parties", tags=["relations"])
def relations(
    asked: Asked, since: Since = "", until: Until = "", actor: ActorQuery = "", cursor: Cursor = "", limit: Limit = LIMIT
) -> shapes.Page[shapes.Relation]:  # fmt: skip
    """Return pairs of parties, those with most events first."""
    query = asked.request.query_params
    first, last, words = read_day(query, "from"), read_day(query, "to"), read_words(query, "actor")
    (offset,) = unpack(cursor, 0)
    offset = max(0, offset)
    with asked.open() as shaper:
        ids = browse.find_ids(shaper.connection, words, limit=1) if words else ("",)
        found = listing.find_dyads(
            shaper.connection, since=first[:7], until=last_month(last), entity=ids[0], offset=offset, limit=limit + 1
        ) if ids else []  # fmt: skip
        items = [shaper.relation(item) for item in found[:limit]]
    return shapes.Page(items=items, next=pack(offset + limit) if len(found) > limit else None)


@router.get("/gaps", summary="What could not be read or analysed", tags=["gaps"])
def gaps(
    asked: Asked, step: Annotated[str, Query(max_length=100)] = "", cursor: Cursor = "", limit: Limit = LIMIT
) -> shapes.Page[shapes.Gap]:
    """Return gaps with their reasons."""
    after = unpack(cursor, "", -1)
    with asked.open() as shaper:
        found = listing.find_gaps(
            shaper.connection, after=after, step=step.replace("\x00", ""), limit=limit + 1
        )
    items = [Shaper.gap(item) for item, _ in found[:limit]]
    return shapes.Page(items=items, next=pack(*found[limit - 1][1]) if len(found) > limit else None)


@router.get("/search", summary="Reports by their words", tags=["search"])
def search(
    asked: Asked, q: Annotated[str, Query(min_length=1, max_length=LONGEST_WORDS, description=WORDS_HELP)],
    cursor: Cursor = "", limit: Limit = LIMIT,
) -> shapes.Page[shapes.Hit]:  # fmt: skip
    """Return reports that hold all the words, with the first place of each."""
    del q
    words = read_search(asked.request.query_params, "q").split()
    after = unpack(cursor, "", "")
    with asked.open() as shaper:
        rows = listing.find_reports(shaper.connection, after=after, words=words, limit=limit + 1)
        items = []
        for row in rows[:limit]:
            content = shaper.viewer.report(row.id).document.text
            places = [snippet for word in words if (snippet := snippet_of(content, word))]
            items.append(shaper.hit(row, places))
    return shapes.Page(items=items, next=pack(*rows[limit - 1].key) if len(rows) > limit else None)
