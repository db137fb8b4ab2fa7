"""Statements: who said what, in which stance, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection, text
from starlette.responses import Response

from kroniek.model import Attribution, Stance, record_id
from kroniek.store import browse, listing
from kroniek.store.codec import loads
from kroniek.store.queries import Statement
from kroniek.web.filters import first_day, last_day, read_day, read_key, read_search, read_stance, read_words
from kroniek.web.page import Open
from kroniek.web.pages.claims import claim_view
from kroniek.web.problems import BadRequest, Missing
from kroniek.web.views import StatementView, Viewer

router = APIRouter()
SHOWN = 40  # statements on a page
CHECKED = 2_000  # statements whose words are read for one page
Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """The filter of the list, as it was asked."""

    since: str
    until: str
    actor: str
    stance: str
    words: str


@router.get("/statements")
def statements(page: Open) -> Response:
    """List the statements that fit the filter in the address."""
    query = page.request.query_params
    wanted = StatementFilter(
        read_day(query, "from"), read_day(query, "to"), read_words(query, "actor"), read_stance(query),
        read_search(query, "q"),
    )  # fmt: skip
    with page.bench.reading() as connection:
        viewer = Viewer(connection, page.known, page.text)
        shown, onward = find_page(viewer, wanted, read_after(read_key(query, "after", 3)))
    return page.show("statements.html", wanted=wanted, statements=shown, onward=onward, stances=tuple(Stance))


@router.get("/statements/{identity}")
def statement(page: Open, identity: str) -> Response:
    """Show one statement, the claim that it belongs to, and what it reports."""
    with page.bench.reading() as connection:
        record = load_statement(connection, identity)
        viewer = Viewer(connection, page.known, page.text)
        item = record.attribution
        parent = record_id(record.document, item.parent) if item.parent else ""
        values: dict[str, Any] = {
            "statement": viewer.statement(record), "record": item, "parent": parent,
            "addressees": viewer.parties(item.addressees),
            "place": viewer.party(item.place) if item.place else None,
            "claims": [
                claim_view(viewer, found, acts=20)
                for _, found in listing.find_records(connection, "claims", ref=identity, limit=10)
            ],
        }  # fmt: skip
    return page.show("statement.html", **values)


def load_statement(connection: Connection, identity: str) -> Statement:
    """Return the statement with that id; raises Missing when there is none."""
    query = text(
        "SELECT r.id, a.payload FROM attribution a JOIN document r ON r.pk = a.document WHERE a.id = :id LIMIT 1"
    )
    row = connection.execute(query, {"id": identity}).first()
    if row is None:
        raise Missing("errors.no_record")
    return Statement(identity, row[0], loads(Attribution, row[1]))


def read_after(parts: tuple[str, ...]) -> Key:
    """Return the key that an address gives, the one before the first statement for ()."""
    if not parts:
        return ("", "", -1)
    if not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 12):
        raise BadRequest("errors.number", field="after", value=parts[2][:40])
    return (parts[0], parts[1], int(parts[2]))


def find_page(
    viewer: Viewer, wanted: StatementFilter, after: Key, limit: int = SHOWN
) -> tuple[list[StatementView], str]:
    """Return the statements of a page, and the key to go on behind, "" at the end."""
    connection, words = viewer.connection, wanted.words.split()
    actors = browse.find_ids(connection, wanted.actor) if wanted.actor else None
    shown: list[StatementView] = []
    checked, size = 0, limit + 1 if not words else 200
    while checked < CHECKED:
        found = listing.find_statements(
            connection, after=after, stance=wanted.stance, actors=actors, since=first_day(wanted.since),
            until=last_day(wanted.until), words=words, limit=size,
        )  # fmt: skip
        for item, key in found:
            if len(shown) == limit:
                return shown, "~".join(map(str, after))
            after = key
            checked += 1
            if not words or _says(viewer, item, words):
                shown.append(viewer.statement(item))
        if len(found) < size:
            return shown, ""
    return shown, "~".join(map(str, after))


def _says(viewer: Viewer, item: Statement, words: list[str]) -> bool:
    content, record = viewer.report(item.document).document.text, item.attribution
    spans = (*record.cue, *record.content, *([record.source] if record.source else []))
    said = " ".join(span.of(content) for span in spans).casefold()
    return all(word.casefold() in said for word in words)
