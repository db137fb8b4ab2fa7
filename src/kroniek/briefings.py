"""Gathers a briefing from a chronicle: what came in since a day, set against what was known before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kroniek.chronicle import Chronicle
from kroniek.dossiers import Gathered, gather
from kroniek.merge import known_on as is_known
from kroniek.model import Analysis, Evidence, Span
from kroniek.publish.briefing import Briefing, ChangedRow, Changes, compare
from kroniek.publish.dossier_rows import claim_rows, commitment_rows, process_rows, source_rows

REPORTED, ENTERED = "reported", "entered"
CLOCKS = (REPORTED, ENTERED)
DAY = timedelta(days=1)


def gather_briefing(
    chronicle: Chronicle,
    since: date,
    *,
    clock: str = REPORTED,
    known_on: date | None = None,
    about: str = "",
    interface: str = "nl",
) -> Briefing:
    """Return what the reports of `since` and later bring that was not known the day before.

    `clock` says what a report's day is: that of publication (`reported`) or that on which it came into
    the chronicle (`entered`, in UTC). With `known_on` later reports do not count. A plan or promise is
    past due when its day lies before the last report's (or before `known_on`). Raises NotFoundError
    when nothing is about the subject at all.
    """
    view = gather(chronicle, about=about, interface=interface, known_on=known_on)
    old = _was_there(chronicle, clock, since)
    before = chronicle.merged_from(
        lambda analysis: old(analysis) and (known_on is None or is_known(analysis.published, known_on))
    )
    fresh = frozenset(
        item.document.id for item in view.analyses if not old(item) and _counts(item, clock, since)
    )
    now = known_on or max(
        (span.latest for item in view.analyses if (span := item.published.interval)), default=None
    )
    changes = compare(
        before, events=view.events, claims=view.subject.claims(view.merged.claims, view.events),
        processes=view.processes, commitments=view.subject.commitments(view.merged.commitments),
        fresh=fresh, since=since, now=now,
    )  # fmt: skip
    undated = sum(1 for item in view.analyses if clock == REPORTED and item.published.interval is None)
    return _briefing(view, changes, fresh, since=since, now=now, clock=clock, undated=undated)


def _was_there(chronicle: Chronicle, clock: str, since: date) -> Callable[[Analysis], bool]:
    """Return a test for reports that were there before a day."""
    if clock == REPORTED:
        return lambda analysis: since > date.min and is_known(analysis.published, since - DAY)
    entered = chronicle.entered
    return lambda analysis: entered[analysis.document.id][:10] < since.isoformat()


def _counts(analysis: Analysis, clock: str, since: date) -> bool:
    """Tell whether a report's day can lie on or after `since`; one of unknown day is not called new."""
    interval = analysis.published.interval
    return clock == ENTERED or (interval is not None and interval.latest >= since)


def _briefing(
    view: Gathered, changes: Changes, fresh: frozenset[str], *, since: date, now: date | None, clock: str, undated: int
) -> Briefing:  # fmt: skip
    rows = {row.item.id: row for row in view.rows}
    names = view.desk.names
    documents = [item.document.id for item in view.analyses if item.document.id in fresh]
    moved = process_rows(changes.moved, view.desk)
    return Briefing(
        about=view.about, since=since, now=now, known_on=view.known_on.isoformat() if view.known_on else "",
        clock=clock, undated=undated,
        independent=view.sources.count(Evidence(document, Span(0, 0), Span(0, 0)) for document in documents),
        sources=source_rows(documents, view.merged.families, view.sources.agencies, view.desk),
        new=tuple(rows[event.id] for event in changes.new),
        changed=tuple(
            ChangedRow(rows[item.after.id], item.before.status.value, item.before.time,
                       names.get(item.before.place, item.before.place))
            for item in changes.changed
        ),
        retold=changes.retold, contradicted=claim_rows(changes.contradicted, rows, view.desk), headlines=rows,
        moved=tuple(
            (row, tuple(phase for phase in row.phases if phase.passage.quote.document in fresh)) for row in moved
        ),
        plans=tuple(rows[event.id] for event in changes.plans),
        promises=commitment_rows(changes.promises, view.desk, now), older=changes.older,
    )  # fmt: skip
