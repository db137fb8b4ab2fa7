"""Relations: what passed between parties over time, as a table and as a network."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.store import browse, listing
from kroniek.web.charts import draw_network, tone_of
from kroniek.web.filters import read_day, read_number, read_words
from kroniek.web.page import Open
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 100  # pairs in the table
MOST_PAIRS, FEWEST_PAIRS = 120, 10  # in the drawing
DEFAULT_PAIRS = 40


@router.get("/relations")
def relations(page: Open) -> Response:
    """List what passed from each party to each other one."""
    query = page.request.query_params
    since, until, actor = read_day(query, "from"), read_day(query, "to"), read_words(query, "actor")
    with page.bench.reading() as connection:
        ids = browse.find_ids(connection, actor, limit=1) if actor else ()
        entity = ids[0] if ids else "\x00" if actor else ""
        found = page.known.remember(
            ("dyads", since, until, entity),
            lambda: listing.find_dyads(
                connection, since=since[:7], until=last_month(until), entity=entity, limit=SHOWN
            ),
        )
        viewer = Viewer(connection, page.known, page.text)
        viewer.look_up(key for item in found for key in (item.source, item.target))
        rows = [
            (viewer.party(item.source), viewer.party(item.target), item, tone_of(item.intensity))
            for item in found
        ]
    return page.show("relations.html", rows=rows, since=since, until=until, actor=actor)


@router.get("/relations/{source:path}/to/{target:path}")
def relation(page: Open, source: str, target: str) -> Response:
    """Show what passed between two parties, month by month, in both directions."""
    with page.bench.reading() as connection:
        viewer = Viewer(connection, page.known, page.text)
        there = {row[0]: row for row in listing.dyad_months(connection, source, target)}
        back = {row[0]: row for row in listing.dyad_months(connection, target, source)}
        months = [
            (viewer.moment(month), there.get(month), back.get(month)) for month in sorted({*there, *back})
        ]
        parties = (viewer.party(source), viewer.party(target))
    return page.show("relation.html", source=parties[0], target=parties[1], months=months)


@router.get("/network")
def network(page: Open) -> Response:
    """Draw the parties with most events between them, with a table that says the same."""
    query = page.request.query_params
    since, until, actor = read_day(query, "from"), read_day(query, "to"), read_words(query, "actor")
    pairs = max(FEWEST_PAIRS, min(MOST_PAIRS, read_number(query, "pairs") or DEFAULT_PAIRS))
    with page.bench.reading() as connection:
        ids = browse.find_ids(connection, actor, limit=1) if actor else ()
        entity = ids[0] if ids else "\x00" if actor else ""
        found = page.known.remember(
            ("pairs", since, until, entity, pairs),
            lambda: tuple(
                (item.source, item.target, item.events, item.intensity)
                for item in listing.find_pairs(
                    connection, since=since[:7], until=last_month(until), entity=entity, limit=pairs
                )
            ),
        )
        drawing = page.known.remember(("drawing", found), lambda: draw_network(found))
        viewer = Viewer(connection, page.known, page.text)
        viewer.look_up(node.id for node in drawing.nodes)
        names = {node.id: viewer.party(node.id) for node in drawing.nodes}
    return page.show(
        "network.html", drawing=drawing, names=names, since=since, until=until, actor=actor, pairs=pairs
    )


def last_month(value: str) -> str:
    """Return the last ISO month of a year, month or day."""
    return f"{value}-12" if len(value) == 4 else value[:7]
