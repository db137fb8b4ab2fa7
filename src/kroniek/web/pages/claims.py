"""Claims and statements: who says so and who denies it, side by side, with every act and its words."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.errors import NotFoundError
from kroniek.model import Claim, ClaimAct
from kroniek.publish.timeline import Quote
from kroniek.store import browse, listing
from kroniek.web.filters import read_codes, read_number
from kroniek.web.page import Open
from kroniek.web.problems import Missing
from kroniek.web.views import EventView, Moment, Party, Viewer

router = APIRouter()
SHOWN = 25  # claims on a page
ACTS_SHOWN = 60
DENYING = {"denies", "does_not_confirm"}


@dataclass(frozen=True, slots=True)
class ActView:
    """One source's act about a claim."""

    statement: str
    stance: str
    moment: Moment
    sources: tuple[Party, ...]
    quote: Quote
    denies: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its two sides; `event` is what it is about, where that is one event."""

    id: str
    status: str
    about: str
    event: EventView | None
    affirmed_by: tuple[Party, ...]
    denied_by: tuple[Party, ...]
    unnamed: tuple[bool, bool]  # whether a source without a name affirms, denies
    acts: tuple[ActView, ...]
    more: int


@router.get("/claims")
def claims(page: Open) -> Response:
    """List the claims, by how they stand."""
    query = page.request.query_params
    with page.bench.reading() as connection:
        counts = page.known.remember("claims", lambda: listing.count_records(connection, "claims"))
        statuses = read_codes(query, "standing", {**page.text.labels.tables["standings"], **counts})
        after = read_number(query, "after")
        found = listing.find_records(
            connection, "claims", after=-1 if after is None else after, statuses=statuses, limit=SHOWN + 1
        )
        viewer = Viewer(connection, page.known, page.text)
        shown = [claim_view(viewer, record, acts=6) for _, record in found[:SHOWN]]
    onward = found[SHOWN - 1][0] if len(found) > SHOWN else None
    return page.show("claims.html", claims=shown, counts=counts, statuses=statuses, onward=onward)


@router.get("/claims/{identity}")
def claim(page: Open, identity: str) -> Response:
    """Show one claim, both sides, with every act."""
    with page.bench.reading() as connection:
        record = listing.load_record(connection, "claims", identity)
        if record is None:
            raise Missing("errors.no_record")
        shown = claim_view(Viewer(connection, page.known, page.text), record, acts=ACTS_SHOWN)
    return page.show("claim.html", claim=shown)


def claim_view(viewer: Viewer, record: Claim, *, acts: int = 3) -> ClaimView:
    """Return a claim as it is shown, with its first acts."""
    views = [view for act in record.acts[:acts] if (view := _act(viewer, act))]
    event = _about(viewer, record.about) if record.about.startswith("event-") else None
    affirming, denying = _sides(record)
    return ClaimView(
        record.id, record.status, "" if record.about.startswith("event-") else record.about[:400], event,
        viewer.parties(affirming), viewer.parties(denying),
        (_unnamed(record, denying=False), _unnamed(record, denying=True)), tuple(views), max(0, len(record.acts) - acts),
    )  # fmt: skip


def _sides(record: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who affirms and who denies; one who neither does by the merger stands where his acts do."""
    named: dict[bool, list[str]] = {False: list(record.affirmed_by), True: list(record.denied_by)}
    for act in record.acts:
        known = {*record.affirmed_by, *record.denied_by}
        named[act.stance in DENYING] += [source for source in act.source if source not in known]
    return tuple(named[False]), tuple(named[True])


def _unnamed(record: Claim, *, denying: bool) -> bool:
    return any(not act.source and (act.stance in DENYING) is denying for act in record.acts)


def _about(viewer: Viewer, identity: str) -> EventView | None:
    place = browse.position_of(viewer.connection, identity)
    events = browse.load_at(viewer.connection, [place]) if place is not None else {}
    return next(iter(viewer.events(list(events.values()))), None)


def _act(viewer: Viewer, act: ClaimAct) -> ActView | None:
    try:
        quote = viewer.quote(act.evidence)
    except NotFoundError:  # a report that was taken out since the last merge
        return None
    return ActView(
        act.attribution, act.stance, viewer.moment(act.time), viewer.parties(act.source), quote,
        act.stance in DENYING,
    )  # fmt: skip
