"""Actors: who and what is spoken of, under which names, in which offices, in which events."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.knowledge import Knowledge, Term, load_knowledge
from kroniek.model import EntityType
from kroniek.store import browse, listing
from kroniek.store.additions import read_additions
from kroniek.store.browse import Wanted
from kroniek.store.queries import ActorSummary
from kroniek.web.charts import density_strip, tone_of
from kroniek.web.filters import read_codes, read_number, read_words
from kroniek.web.page import Open
from kroniek.web.pages.claims import claim_view
from kroniek.web.pages.processes import process_view
from kroniek.web.pages.statements import StatementFilter
from kroniek.web.pages.statements import find_page as find_statements
from kroniek.web.problems import Missing
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 60  # actors on a page
EACH = 12  # events, statements and relations of one actor
LAST_OFFSET = 1_000_000
LAST_PLACE = 2**62  # behind all events


@router.get("/actors")
def actors(page: Open) -> Response:
    """List who and what is spoken of, those in most reports first."""
    query = page.request.query_params
    words = read_words(query, "q")
    kind = next(iter(read_codes(query, "type", [kind.value for kind in EntityType])), "")
    offset = read_number(query, "offset", most=LAST_OFFSET) or 0
    with page.bench.reading() as connection:
        found = listing.find_actors(connection, words=words, kind=kind, offset=offset, limit=SHOWN + 1)
        shown = Viewer(connection, page.known, page.text).named(found[:SHOWN])
        counts = page.known.remember("kinds", lambda: listing.count_kinds(connection))
    onward = offset + SHOWN if len(found) > SHOWN else None
    return page.show(
        "actors.html", actors=shown, words=words, kind=kind, counts=counts, onward=onward, offset=offset,
        size=SHOWN,
    )  # fmt: skip


@router.get("/actors/{identity:path}")
def actor(page: Open, identity: str) -> Response:
    """Show one actor."""
    with page.bench.reading() as connection:
        summary = listing.load_actor(connection, identity)
        knowledge = load_knowledge().with_additions(read_additions(connection))
        known = knowledge.entity(identity)
        if summary is None and known is None:
            raise Missing("errors.no_record")
        if summary is None and known is not None:
            summary = ActorSummary(
                known.id, known.name, known.type.value, known.wikidata, known.country, 0, 0, 0
            )
        viewer = Viewer(connection, page.known, page.text)
        summary = viewer.named([summary] if summary else [])[0]
        wanted = Wanted(actors=(identity,))
        events = browse.load_at(
            connection, browse.find_positions(connection, wanted, before=LAST_PLACE, limit=EACH)
        )
        said = StatementFilter("", "", identity, "", "")
        values: dict[str, Any] = {
            "actor": summary, "known": known, "surfaces": listing.surfaces_of(connection, identity),
            "offices": _offices(viewer, knowledge, identity),
            "events": viewer.events(list(events.values())[::-1]),
            "strip": density_strip(browse.count_months(connection, wanted)),
            "statements": find_statements(viewer, said, ("", "", -1), EACH)[0] if summary and summary.statements else [],
            "relations": [
                (viewer.party(item.source), viewer.party(item.target), item, tone_of(item.intensity))
                for item in listing.find_dyads(connection, entity=identity, limit=EACH)
            ],
            "claims": [
                claim_view(viewer, record)
                for _, record in listing.find_records(connection, "claims", ref=identity, limit=5)
            ],
            "processes": [
                process_view(viewer, record)
                for _, record in listing.find_records(connection, "processes", ref=identity, limit=5)
            ],
        }  # fmt: skip
    return page.show("actor.html", **values)


def _offices(viewer: Viewer, knowledge: Knowledge, identity: str) -> list[tuple[Term, str, str]]:
    """Return the terms in office with the name of the office and of whose it is."""
    return [
        (term, term.office.name or term.office.role, viewer.party(term.office.jurisdiction).name)
        for term in knowledge.offices_of(identity)[:40]
    ]
