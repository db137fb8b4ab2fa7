"""What holds of a set of decisions: a pure function of the rows, whatever the order they are given in.

Rows are never changed. An undo is a further row, and so is the undo of an undo.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kroniek.model import Judgement

ACCEPTED, REJECTED, CORRECTED, ADDED = "accepted", "rejected", "corrected", "added"
MERGED, SPLIT, UNDONE = "merged", "split", "undone"
VERDICTS = frozenset({ACCEPTED, REJECTED, CORRECTED, ADDED, MERGED, SPLIT, UNDONE})
ADJUDICATION = "adjudication"
SAMPLE = "sample:"  # the task of a blind decision is this and the id of its sample


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds of one field of one record: the decision in force, and those that contradict each other."""

    judgement: Judgement | None
    contested: tuple[Judgement, ...] = ()


def in_order(rows: Iterable[Judgement]) -> list[Judgement]:
    """Return the rows by the moment of deciding; each once."""
    return sorted(dict.fromkeys(rows), key=lambda row: (row.at, row.id))


def effective(rows: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the decisions that have not been undone, by the moment of deciding; undo rows are left out."""
    ordered = in_order(rows)
    undone = undone_ids(ordered)
    return tuple(row for row in ordered if row.verdict != UNDONE and row.id not in undone)


def undone_ids(rows: Iterable[Judgement]) -> frozenset[str]:
    """Return the ids of the rows that are undone; the undo of an undo brings a row back."""
    known = {row.id: row for row in rows}
    waiting: dict[str, int] = defaultdict(int)
    for row in known.values():
        if row.verdict == UNDONE:
            waiting[row.record] += 1
    ready = [row for identity, row in known.items() if not waiting[identity]]
    undone: set[str] = set()
    while ready:
        row = ready.pop()
        if row.verdict != UNDONE:
            continue
        if row.id not in undone:
            undone.add(row.record)
        waiting[row.record] -= 1
        if not waiting[row.record] and row.record in known:
            ready.append(known[row.record])
    return frozenset(undone)


def settle(rows: Sequence[Judgement]) -> Ruling:
    """Return what holds when these decisions, all in force, are about one field of one record.

    An adjudicated decision wins, then the last open one. Blind decisions of a sample hold only once two
    coders have given the same; until then the machine's reading stands, so that neither sees the other's.
    """
    ordered = in_order(rows)
    adjudicated = [row for row in ordered if row.task == ADJUDICATION]
    if adjudicated:
        final = adjudicated[-1]
        later = [row for row in ordered if not row.task and (row.at, row.id) > (final.at, final.id)]
        against = [row for row in later if value_of(row) != value_of(final)]
        return Ruling(final, (final, *against) if against else ())
    open_rows = [row for row in ordered if not row.task]
    if open_rows:
        return Ruling(open_rows[-1], _contested(open_rows))
    blind = list(_last_by_coder(ordered).values())
    disputed = _contested(ordered)
    agreed = len(blind) > 1 and not disputed
    return Ruling(blind[-1] if agreed else None, disputed)


def value_of(row: Judgement) -> tuple[str, str]:
    """Return what a row says, apart from who said it when."""
    return row.verdict, row.new


def _last_by_coder(ordered: Iterable[Judgement]) -> dict[str, Judgement]:
    last: dict[str, Judgement] = {}
    for row in ordered:
        last.pop(row.by, None)
        last[row.by] = row
    return last


def _contested(ordered: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return the last row of every coder when they differ, nothing when all say the same."""
    last = tuple(_last_by_coder(ordered).values())
    return last if len({value_of(row) for row in last}) > 1 else ()


def token_of(rows: Iterable[Judgement]) -> str:
    """Return a token that changes with every decision in force about a record.

    Who sends a decision with an older token has not seen what somebody else decided in between.
    """
    joined = "\n".join(sorted(row.id for row in rows if not row.task.startswith(SAMPLE)))
    return hashlib.sha256(joined.encode()).hexdigest()[:12]
