"""Gaps: what could not be read or analysed, and why. Nothing is lost in silence."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from sqlalchemy import text
from starlette.responses import Response

from kroniek.store import listing
from kroniek.web.filters import read_key, read_words
from kroniek.web.page import Open
from kroniek.web.problems import BadRequest
from kroniek.web.views import Viewer

router = APIRouter()
SHOWN = 50  # gaps on a page
REJECTED_SHOWN = 200
LONGEST_WORDS = 300  # code points of a passage


@router.get("/gaps")
def gaps(page: Open) -> Response:
    """List gaps by step and reason, and the inputs that were rejected."""
    query = page.request.query_params
    step, reason = read_words(query, "step"), read_words(query, "reason")
    with page.bench.reading() as connection:
        found = listing.find_gaps(
            connection,
            after=read_gap_key(read_key(query, "after", 2)),
            step=step,
            reason=reason,
            limit=SHOWN + 1,
        )
        viewer = Viewer(connection, page.known, page.text)
        rows = []
        for item, _ in found[:SHOWN]:
            report = viewer.report(item.document)
            words = item.gap.span.of(report.document.text)[:LONGEST_WORDS] if item.gap.span else ""
            rows.append((item, viewer.label(report), words))
        values: dict[str, Any] = {
            "counts": page.known.remember("gaps", lambda: listing.count_gaps(connection)),
            "rejections": connection.execute(
                text("SELECT path, record, reason FROM rejection ORDER BY path, record LIMIT :most"),
                {"most": REJECTED_SHOWN},
            ).all(),
            "rejected": connection.scalar(text("SELECT count(*) FROM rejection")),
        }  # fmt: skip
    onward = "~".join(map(str, found[SHOWN - 1][1])) if len(found) > SHOWN else ""
    return page.show("gaps.html", gaps=rows, onward=onward, step=step, reason=reason, **values)


def read_gap_key(parts: tuple[str, ...]) -> tuple[str, int]:
    """Return the key that an address gives, the one before the first gap for ()."""
    if not parts:
        return ("", -1)
    if not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 12):
        raise BadRequest("errors.number", field="after", value=parts[1][:40])
    return (parts[0], int(parts[1]))
