"""What was decided: the latest first, with a way back; what contradicts; what found no record."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.desk import contested, orphans, undone_among
from kroniek.review.entities import names_in
from kroniek.review.kinds import AGREEMENT, ENTITY, EVENT, LAYERS, NAME, STATEMENT, TIME
from kroniek.review.state import ADJUDICATION
from kroniek.review.values import names_of
from kroniek.store import judgements as stored
from kroniek.web.cards import card_of
from kroniek.web.corrections import place_in
from kroniek.web.deciding import decide, onward
from kroniek.web.forms import Form
from kroniek.web.page import Open
from kroniek.web.problems import BadRequest

router = APIRouter()
SHOWN = 50  # decisions on a page
REPORTS = 15  # looked through for a page
KINDS = (NAME, TIME, STATEMENT, EVENT, AGREEMENT)


@router.get("/review/log")
def log(page: Open) -> Response:
    """Show the latest decisions."""
    before = page.request.query_params.get("before", "")
    older = int(before) if before.isascii() and before.isdigit() and len(before) < 15 else 0
    with page.bench.reading() as connection:
        rows = stored.latest_judgements(connection, SHOWN, older)
        undone = undone_among(connection, [row for _, row in rows])
    shown = [row for _, row in rows if not row.task.startswith("sample:")]
    return page.show(
        "review_log.html", rows=shown, undone=undone, names_in=names_in, entity=ENTITY, layers=set(LAYERS),
        older=rows[-1][0] if len(rows) == SHOWN else 0, names_of=names_of,
    )  # fmt: skip


@router.get("/review/conflicts")
def conflicts(page: Open) -> Response:
    """Show what people decided differently."""
    with page.bench.reading() as connection:
        found = contested(connection)
    return page.show("review_conflicts.html", contested=found, names_of=names_of)


@router.get("/review/orphans")
def without_record(page: Open) -> Response:
    """Show the decisions whose record the machine no longer finds, some reports at a time."""
    after = page.request.query_params.get("after", "")[:80]
    with page.bench.reading() as connection:
        documents = stored.judged_documents(connection, after=after, limit=REPORTS)
        found = orphans(connection, documents, stories=not after)
    onward = documents[-1] if len(documents) == REPORTS else ""
    return page.show("review_orphans.html", orphans=found, onward=onward, names_of=names_of)


@router.post("/review/adjudicate")
def adjudicate(page: Open, form: Form) -> Response:
    """Decide between the decisions of several people: the chosen one holds from now on."""
    place = place_in(form)
    with page.bench.reading() as connection:
        row = stored.judgement(connection, form.text("id", longest=80))
        card = card_of(connection, *place)
    if row is None or row.kind != place.kind:
        raise BadRequest("errors.fields", fields="id")
    final = replace(row, by=page.coder, task=ADJUDICATION)
    return decide(
        page, form, lambda: [final], {card.place: form.text("token", longest=40, default=card.token)},
        lambda _: onward(form, "/review/conflicts"),
    )  # fmt: skip
