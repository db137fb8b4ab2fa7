"""The timeline: events in order, by date, type, status, actor, place and words."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from kroniek.ontology import load_ontology
from kroniek.publish.timeline import Group
from kroniek.store import browse
from kroniek.web.charts import Strip, density_strip
from kroniek.web.filters import EventFilter, read_event_filter, read_number
from kroniek.web.known import Known
from kroniek.web.page import Open
from kroniek.web.pages.finding import Question, find_page, ready
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 50  # events on a page


@router.get("/timeline")
def timeline(page: Open) -> Response:
    """Show the events that fit the filter in the address."""
    query = page.request.query_params
    wanted, after, before = (
        read_event_filter(query),
        read_number(query, "after"),
        read_number(query, "before"),
    )
    with page.bench.reading() as connection:
        viewer = Viewer(connection, page.known, page.text)
        question = ready(connection, wanted.wanted(connection))
        backwards = before if before is not None and not question.wanted.words else None
        found = find_page(
            viewer, question, after=-1 if after is None else after, before=backwards, limit=SHOWN
        )
        first = next(iter(found.events), None)
        values: dict[str, Any] = {
            "events": viewer.events(list(found.events.values())), "onward": found.onward,
            "back": first if first and (after is not None or before is not None) and not question.wanted.words else None,
            "strip": _strip(connection, page.known, wanted, question),
            "many": max(len(question.wanted.actors or ()), len(question.wanted.places or ())) >= browse.MOST_NAMED,
            "total": _total(connection, page.known, wanted, question),
        }  # fmt: skip
    return page.show(
        "timeline.html",
        wanted=wanted,
        types=tuple(load_ontology().types),
        groups=tuple(Group),
        common=question.common,
        **values,
    )


def _strip(connection: Connection, known: Known, wanted: EventFilter, question: Question) -> Strip | None:
    """Return the events over time, None for words so common that it would take too long."""
    if question.common:
        return None
    return known.remember(
        ("strip", wanted), lambda: density_strip(browse.count_months(connection, question.indexed))
    )


def _total(connection: Connection, known: Known, wanted: EventFilter, question: Question) -> int | None:
    """Return how many events fit, None where only reading all of them would tell."""
    if question.wanted.words:
        return None
    return known.remember(("total", wanted), lambda: browse.count_events(connection, question.indexed))
