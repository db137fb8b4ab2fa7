"""The knowledge base: whom or what a name may stand for, with names, offices and places."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from kroniek.knowledge import Knowledge, load_knowledge
from kroniek.store import listing
from kroniek.store.additions import read_additions
from kroniek.web.filters import read_words
from kroniek.web.page import Open
from kroniek.web.pages.events import event_map
from kroniek.web.problems import Missing
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 30  # entities
NAMES_SHOWN = 120


@router.get("/knowledge")
def knowledge(page: Open) -> Response:
    """Look a name up."""
    words = read_words(page.request.query_params, "q")
    with page.bench.reading() as connection:
        base = _base(connection)
        found = base.search(words, SHOWN) if words else ()
        named = listing.names_of(connection, (entity.id for entity in found))
    return page.show("knowledge.html", words=words, found=found, named=named, base=base)


@router.get("/knowledge/{identity:path}")
def entity(page: Open, identity: str) -> Response:
    """Show what the knowledge base has on one entity."""
    with page.bench.reading() as connection:
        base = _base(connection)
        found = base.entity(identity)
        if found is None:
            raise Missing("errors.no_record")
        viewer = Viewer(connection, page.known, page.text)
        offices = [(term, viewer.party(term.office.jurisdiction).name) for term in base.offices_of(identity)]
        summary = listing.load_actor(connection, identity)
    return page.show(
        "entity.html", entity=found, names=base.aliases_of(identity)[:NAMES_SHOWN], offices=offices[:60],
        summary=summary, map=event_map(identity),
    )  # fmt: skip


def _base(connection: Connection) -> Knowledge:
    return load_knowledge().with_additions(read_additions(connection))
