"""Reports: their list, and the reader with layers that can be switched on and off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection, text
from starlette.responses import Response

from kroniek.model import Event, Span
from kroniek.publish.timeline import GROUPS, Report
from kroniek.store import browse, listing
from kroniek.web.filters import read_codes, read_key, read_number, read_search
from kroniek.web.page import Open, Page
from kroniek.web.problems import Missing
from kroniek.web.reader import LAYERS, Layers, Mark, cut, load_layers, part_at, statement_marks, telling_marks
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 50  # reports on a page
SHOWN_LAYERS = ("names", "times", "statements", "events")  # when the address names none
FAMILY_SHOWN = 30
LISTED = 300  # records of a layer in the table below the text


@router.get("/reports")
def reports(page: Open) -> Response:
    """List the reports by day of publication."""
    query = page.request.query_params
    words = read_search(query, "q")
    day, identity = read_key(query, "after", 2) or ("", "")
    with page.bench.reading() as connection:
        rows = listing.find_reports(connection, after=(day, identity), words=words.split(), limit=SHOWN + 1)
        viewer = Viewer(connection, page.known, page.text)
        shown = [(row, viewer.moment(row.published, inferred=row.how == "inferred")) for row in rows[:SHOWN]]
    onward = "~".join(rows[SHOWN - 1].key) if len(rows) > SHOWN else ""
    return page.show("reports.html", reports=shown, words=words, onward=onward)


@router.get("/reports/{identity}")
def report(page: Open, identity: str) -> Response:
    """Show a report's text with the layers that the address names."""
    query = page.request.query_params
    layers = read_codes(query, "layer", LAYERS) or (() if "layers" in query else SHOWN_LAYERS)
    place, end = read_number(query, "at") or 0, read_number(query, "end") or 0
    with page.bench.reading() as connection:
        row = connection.execute(
            text("SELECT pk, path FROM document WHERE id = :id"), {"id": identity}
        ).first()
        if row is None:
            raise Missing("errors.no_record")
        viewer = Viewer(connection, page.known, page.text)
        found = viewer.report(identity)
        content = found.document.text
        part = part_at(content, min(place, len(content)))
        known = load_layers(connection, row.pk, part)
        merged = _events_told(connection, identity)
        own, family = _family(viewer, identity)
        marks = [*_marks(viewer, page, known, merged), *(Mark("own", span, "alone") for span in own)]
        if end > place:
            marks.append(Mark("at", Span(place, end), "here"))
        values: dict[str, Any] = {
            "report": found, "label": viewer.label(found), "identity": identity, "path": row.path, "published": viewer.published(found),
            "blocks": cut(content, part, marks, known.zones), "part": part, "length": len(content),
            "previous": max(0, part.start - 1) if part.start else None, "layers": layers, "family": family,
            "tables": _tables(viewer, found, known, merged), "place": place if end > place else None,
        }  # fmt: skip
    return page.show("report.html", all_layers=LAYERS, **values)


def _events_told(connection: Connection, identity: str) -> dict[str, Event]:
    """Return the merged event of each telling in a report, by the telling's id."""
    query = text("SELECT event FROM event_document WHERE document = :id ORDER BY event LIMIT 2000")
    events = browse.load_at(connection, list(connection.scalars(query, {"id": identity}))).values()
    return {
        telling.event_mention: event for event in events for telling in event.tellings
        if telling.document == identity
    }  # fmt: skip


def _family(viewer: Viewer, identity: str) -> tuple[tuple[Span, ...], list[Any]]:
    """Return the words that only this report of its family has, and the others with theirs."""
    found = listing.find_records(viewer.connection, "families", ref=identity, limit=1)
    if not found:
        return (), []
    family = found[0][1]
    own = dict(family.own)
    others = [
        (other, viewer.label(viewer.report(other)), viewer.published(viewer.report(other)),
         [span.of(viewer.report(other).document.text) for span in own.get(other, ())][:12])
        for other in family.documents[:FAMILY_SHOWN] if other != identity
    ]  # fmt: skip
    return own.get(identity, ()), others


def _marks(viewer: Viewer, page: Page, known: Layers, merged: dict[str, Event]) -> Iterator[Mark]:
    labels = page.text.labels
    viewer.look_up((key for _, entities in known.names for key in entities))
    for mention, entities in known.names:
        names = ", ".join(viewer.party(key).name for key in entities)
        target = f"/actors/{entities[0]}" if entities else ""
        yield Mark("names", mention.span, mention.kind.value, names, target)
    for timex in known.times:
        yield Mark("times", timex.span, timex.type.value.lower(), labels.date(timex.value))
    yield from statement_marks(known.statements)
    yield from telling_marks(known.tellings, {key: event.id for key, event in merged.items()})


def _tables(viewer: Viewer, report: Report, known: Layers, merged: dict[str, Event]) -> dict[str, list[Any]]:
    """Return what each layer holds, as rows: the words, where they stand, what they are."""
    content = report.document.text
    return {
        "names": [
            (mention.span, mention.span.of(content), viewer.parties(entities), mention.kind.value)
            for mention, entities in known.names[:LISTED]
        ],
        "times": [
            (timex.span, timex.span.of(content), viewer.moment(timex.value), timex.type.value)
            for timex in known.times[:LISTED]
        ],
        "statements": [
            (identity, item.cue[0], viewer.parties(item.sources), item.source.of(content) if item.source else "",
             item.stance.value, " … ".join(span.of(content) for span in item.content)[:300])
            for identity, item in known.statements[:LISTED]
        ],
        "events": [
            (merged[identity].id if identity in merged else "", mention.trigger[0],
             " … ".join(span.of(content) for span in mention.trigger), mention.type, mention.mode,
             mention.status.value, GROUPS[mention.status].value)
            for identity, mention in known.tellings[:LISTED]
        ],
    }  # fmt: skip
