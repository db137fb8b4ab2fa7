"""Ceasefires in columns like those of the ETH/PRIO Civil Conflict Ceasefire Dataset.

A date stands in year, month and day as far as the reports give it, and is never filled up. Where a report
only tells that a step was taken, its day of publication is the last day that it can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.model import Evidence, Phase, Process
from kroniek.model.dates import VALUE
from kroniek.publish.source import Settings, Source, names_of, sentence_of, words_of
from kroniek.publish.tables.codes import cow, iso3
from kroniek.publish.tables.column import (
    Column,
    Link,
    Table,
    count,
    day,
    earliest,
    latest,
    listed,
    precision,
    text,
    words,
)
from kroniek.publish.tables.meanings import PHASES
from kroniek.publish.tables.processes import (
    KINDS,
    MERGED,
    ProcessRow,
    phase_time,
    process_name,
    reached_first,
    shown_processes,
)

CEASEFIRES_ARE = ("ceasefire", "cessation_of_hostilities", "de_escalation")
ENDS = ("collapsed", "superseded", "suspended")
BEGINS = ("declared", "accepted")


@dataclass(frozen=True, slots=True)
class CeasefireRow(ProcessRow):
    """A ceasefire with the phases that its cells need."""

    def step(self, *names: str) -> Phase | None:
        """Return the first phase with one of these names that was reached.

        An end is one that comes after the declaration: earlier ones are those of an older ceasefire.
        """
        after = reached_first(self.source, self.process, BEGINS) if names == ENDS else None
        return reached_first(self.source, self.process, names, since=earliest(after.time) if after else "")

    def time(self, *names: str) -> str:
        """Return when that was, as far as the reports tell."""
        phase = self.step(*names)
        return phase_time(self.source, phase) if phase else ""

    def by(self, *names: str) -> str:
        """Return the day by which it was reached: its own last day, else that of the report."""
        phase = self.step(*names)
        return latest(phase.time) if phase else ""

    @property
    def shown(self) -> Evidence:
        """Return the words that stand for the row: those of its declaration, else of its first sign."""
        declared = self.step(*BEGINS)
        return declared.evidence if declared else self.evidence


def ceasefire_rows(source: Source, _: Settings) -> Iterator[CeasefireRow]:
    """Yield a row for every ceasefire and its like."""
    return (
        CeasefireRow(source, process) for process in shown_processes(source) if process.kind in CEASEFIRES_ARE
    )


def _part(value: str, name: str) -> int | None:
    """Return year, month or day of an ISO value where it states that part."""
    match = VALUE.match(value)
    return int(match[name]) if match and match[name] else None


def _date(prefix: str, what: str, *names: str) -> tuple[Column[CeasefireRow], ...]:
    steps = ", ".join(names)
    return (
        count(f"{prefix}_yr", f"{what}: year; empty when the reports do not give it.", lambda row: _part(row.time(*names), "year"), f"phases {steps}"),
        count(f"{prefix}_month", f"{what}: month, 1 to 12; empty when not given.", lambda row: _part(row.time(*names), "month"), f"phases {steps}"),
        count(f"{prefix}_day", f"{what}: day of the month; empty when not given.", lambda row: _part(row.time(*names), "day"), f"phases {steps}"),
        day(f"{prefix}_earliest", f"{what}: first day that it can be; empty when the reports give none.", lambda row: earliest(row.time(*names)), f"phases {steps}"),
        day(f"{prefix}_latest", f"{what}: last day that it can be: as told, else the day of the first report that tells it.", lambda row: row.by(*names), f"phases {steps}"),
        text(f"{prefix}_precision", f"{what}: how exactly it is known.", lambda row: precision(row.time(*names)), f"phases {steps}"),
    )  # fmt: skip


def _places(process: Process) -> tuple[str, ...]:
    return tuple(part for part in process.subject.replace(",", "").split() if ":" in part)


CEASEFIRES: Table[CeasefireRow] = Table(
    "ceasefires",
    "One row per ceasefire, in columns like those of the ETH/PRIO Civil Conflict Ceasefire Dataset",
    ("cf_id",),
    (
        text("cf_id", "Id of the ceasefire: that of the table processes.", lambda row: row.process.id, "computed", required=True),
        text("name", "What to call it.", lambda row: process_name(row.source, row.process), MERGED),
        text("location", "Where it holds, by canonical name.", lambda row: listed(names_of(row.source, _places(row.process))), MERGED),
        text("location_iso3", "The same as ISO 3166-1 alpha-3.", lambda row: listed(iso3(row.source.entity(key)) for key in _places(row.process)), "knowledge base"),
        text("cc", "The same as Correlates of War numbers.", lambda row: listed(cow(row.source.entity(key)) for key in _places(row.process)), "codes.py"),
        text("side", "Parties by canonical name, parted by `; `. ETH/PRIO has a row for each party: split this cell to get them.", lambda row: listed(names_of(row.source, row.process.parties)), MERGED),
        text("side_ids", "The same as ids of the table actors.", lambda row: listed(row.process.parties), MERGED),
        text("type", "What it is.", lambda row: row.process.kind, MERGED, values=KINDS, required=True),
        *_date("cf_dec", "Declared or accepted", *BEGINS),
        *_date("cf_effect", "In force", "in_force"),
        *_date("end", "Ended", *ENDS),
        text("end_type", "How it ended, empty when no report tells that it did.", lambda row: getattr(row.step(*ENDS), "name", ""), MERGED, values={name: PHASES[name] for name in ENDS}),
        count("violations_alleged", "Phases in which somebody says that a party broke it.", lambda row: sum(phase.name == "violation_alleged" for phase in row.process.phases), MERGED, required=True),
        count("violations_confirmed", "Phases in which that is told as a fact.", lambda row: sum(phase.name == "violation_confirmed" for phase in row.reached), MERGED, required=True),
        text("last_phase", "The last phase that was reached.", lambda row: row.reached[-1].name if row.reached else "", MERGED, values=PHASES),
        text("document_id", "Report of the words.", lambda row: row.shown.document, "reading", required=True),
        *words("words", "The words that show that it was declared, else its first sign", lambda row: words_of(row.source, row.shown)),
        *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.shown), passage=True),
    ),
    ceasefire_rows,
    (Link("cf_id", "processes", "process_id"), Link("document_id", "reports", "document_id")),
    layout=True,
    notes="ETH/PRIO writes -1 for unknown; here the cell is empty. One row per ceasefire, not per party. A ceasefire that was only proposed or planned has no date of declaration.",
)  # fmt: skip
