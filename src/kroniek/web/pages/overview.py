"""The first page: what there is, what is contradicted, what changed, where each process stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection, text
from starlette.responses import Response

from kroniek.publish.timeline import Group
from kroniek.store import browse, listing
from kroniek.store.browse import Wanted
from kroniek.web.charts import GROUP_OF, Strip, density_strip
from kroniek.web.page import Open
from kroniek.web.pages.claims import claim_view
from kroniek.web.pages.processes import process_view
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 5
COUNTED = {"reports": "document", "statements": "attribution", "actors": "actor_count", "gaps": "gap",
           "rejections": "rejection", "judgements": "judgement"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of everything."""

    counts: dict[str, int]
    groups: dict[str, int]
    traits: dict[tuple[str, str], int]
    strip: Strip


@router.get("/")
def overview(page: Open) -> Response:
    """Show where the chronicle stands."""
    with page.bench.reading() as connection:
        viewer = Viewer(connection, page.known, page.text)
        totals = page.known.remember("totals", lambda: _totals(connection))
        values: dict[str, Any] = {
            "contradicted": _events(viewer, "contradicted"), "changed": _events(viewer, "changed"),
            "disagreed": _events(viewer, "disagreed"), "processes": _processes(viewer),
            "claims": _claims(viewer), "runs": _last_runs(connection),
            "actors": viewer.named(listing.find_actors(connection, limit=12)),
        }  # fmt: skip
    return page.show("overview.html", totals=totals, state=page.bench.state, **values)


def _totals(connection: Connection) -> Totals:
    counts = {
        name: int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
        for name, table in COUNTED.items()
    }
    groups = {group.value: 0 for group in Group}
    for status, events in browse.count_statuses(connection, Wanted()).items():
        groups[GROUP_OF[status]] += events
    strip = density_strip(browse.count_months(connection, Wanted()))
    return Totals(counts, groups, dict(listing.count_traits(connection)), strip)


def _events(viewer: Viewer, trait: str) -> Any:
    places = listing.find_traits(viewer.connection, "events", trait, SHOWN)
    return viewer.events(list(browse.load_at(viewer.connection, places).values()))


def _processes(viewer: Viewer) -> Any:
    places = listing.find_traits(viewer.connection, "processes", "stands", SHOWN)
    return [process_view(viewer, item) for item in listing.records_at(viewer.connection, "processes", places)]


def _claims(viewer: Viewer) -> Any:
    places = listing.find_traits(viewer.connection, "claims", "contested", SHOWN)
    return [claim_view(viewer, item) for item in listing.records_at(viewer.connection, "claims", places)]


def _last_runs(connection: Connection) -> list[Any]:
    query = "SELECT started, finished, added, known, rejected FROM run ORDER BY pk DESC LIMIT 3"
    return [dict(row._mapping) for row in connection.execute(text(query))]
