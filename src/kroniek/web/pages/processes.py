"""Processes: negotiations and agreements with their phases on a bar, each phase with its words."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.errors import NotFoundError
from kroniek.model import REACHED, Commitment, Evidence, Phase, Process
from kroniek.publish.timeline import Quote
from kroniek.store import browse, listing
from kroniek.web.charts import PhaseBar, phase_bar
from kroniek.web.filters import read_number, read_words
from kroniek.web.page import Open
from kroniek.web.problems import Missing
from kroniek.web.views import Moment, Party, Viewer

router = APIRouter()
SHOWN = 20  # processes on a page
PHASES_SHOWN = 80
EVENTS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with its words; `reached` is False for one that was only planned or called for."""

    number: int
    name: str
    moment: Moment
    status: str
    reached: bool
    event: str
    rule: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ProcessView:
    """A process as it is shown; `stands` is the last phase that was reached."""

    id: str
    kind: str
    parties: tuple[Party, ...]
    mediators: tuple[Party, ...]
    subject: str
    phases: tuple[PhaseView, ...]
    bar: PhaseBar
    stands: PhaseView | None
    rounds: int
    venues: tuple[Party, ...]
    record: Process


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A promise with what became of it."""

    id: str
    kind: str
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    due: Moment | None
    outcome: str
    event: str
    quote: Quote | None
    course: tuple[tuple[str, Moment, Quote], ...]


@router.get("/processes")
def processes(page: Open) -> Response:
    """List negotiations and agreements, and promises."""
    query = page.request.query_params
    after, actor = read_number(query, "after"), read_words(query, "actor")
    with page.bench.reading() as connection:
        ids = browse.find_ids(connection, actor, limit=1) if actor else ()
        ref = (ids[0] if ids else "\x00") if actor else ""
        found = listing.find_records(
            connection, "processes", after=-1 if after is None else after, ref=ref, limit=SHOWN + 1
        )
        viewer = Viewer(connection, page.known, page.text)
        shown = [process_view(viewer, record) for _, record in found[:SHOWN]]
    onward = found[SHOWN - 1][0] if len(found) > SHOWN else None
    return page.show("processes.html", processes=shown, onward=onward, actor=actor)


@router.get("/processes/{identity}")
def process(page: Open, identity: str) -> Response:
    """Show one process with its phases and the words they rest on."""
    with page.bench.reading() as connection:
        record = listing.load_record(connection, "processes", identity)
        if record is None:
            raise Missing("errors.no_record")
        viewer = Viewer(connection, page.known, page.text)
        shown = process_view(viewer, record)
        quotes = {phase.number: _quoted(viewer, phase.evidence) for phase in shown.phases}
        places = [
            at
            for key in record.events[:EVENTS_SHOWN]
            if (at := browse.position_of(connection, key)) is not None
        ]
        events = viewer.events(list(browse.load_at(connection, sorted(places)).values()))
        terms = [(term.name, quote) for term in record.terms if (quote := _quoted(viewer, term.evidence))]
    return page.show("process.html", process=shown, quotes=quotes, events=events, terms=terms)


@router.get("/commitments")
def commitments(page: Open) -> Response:
    """List promises, offers and threats with what became of them."""
    after = read_number(page.request.query_params, "after")
    with page.bench.reading() as connection:
        found = listing.find_records(
            connection, "commitments", after=-1 if after is None else after, limit=SHOWN + 1
        )
        viewer = Viewer(connection, page.known, page.text)
        shown = [_commitment(viewer, record) for _, record in found[:SHOWN]]
    onward = found[SHOWN - 1][0] if len(found) > SHOWN else None
    return page.show("commitments.html", commitments=shown, onward=onward)


def process_view(viewer: Viewer, record: Process) -> ProcessView:
    """Return a process as it is shown."""
    phases = tuple(
        _phase(viewer, number, phase) for number, phase in enumerate(record.phases[:PHASES_SHOWN], 1)
    )
    reached = [phase for phase in phases if phase.reached]
    viewer.look_up(record.subject.replace(",", "").split())
    subject = " ".join(viewer.party(word).name for word in record.subject.replace(",", "").split())
    return ProcessView(
        record.id, record.kind, viewer.parties(record.parties), viewer.parties(record.mediators), subject, phases,
        phase_bar([(phase.moment.value, phase.reached) for phase in phases]),
        max(reached, key=lambda phase: (phase.moment.value, phase.number), default=None),
        record.rounds, viewer.parties(record.venues), record,
    )  # fmt: skip


def _phase(viewer: Viewer, number: int, phase: Phase) -> PhaseView:
    reached = phase.status in REACHED
    return PhaseView(
        number,
        phase.name,
        viewer.moment(phase.time),
        phase.status,
        reached,
        phase.event,
        phase.rule,
        phase.evidence,
    )


def _commitment(viewer: Viewer, record: Commitment) -> CommitmentView:
    course = [
        (step.outcome, viewer.moment(step.time), quote)
        for step in record.course if (quote := _quoted(viewer, step.evidence))
    ]  # fmt: skip
    return CommitmentView(
        record.id, record.kind, viewer.parties(record.by), viewer.parties(record.to),
        viewer.moment(record.due) if record.due else None, record.outcome, record.event,
        _quoted(viewer, record.words), tuple(course),
    )  # fmt: skip


def _quoted(viewer: Viewer, evidence: Evidence) -> Quote | None:
    try:
        return viewer.quote(evidence)
    except NotFoundError:  # a report that was taken out since the last merge
        return None
