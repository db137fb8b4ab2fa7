"""The tables of processes: one row a negotiation or agreement, one a phase."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kroniek.model import Evidence, Phase, Process, Status
from kroniek.publish.source import Settings, Source, name_of, names_of, sentence_of, told_time, words_of
from kroniek.publish.tables.column import Link, Table, count, dates, earliest, latest, listed, text, words
from kroniek.publish.tables.meanings import ONTOLOGY, PHASES, STATUSES

MERGED = "merged from events and from words for agreements"
KINDS = {
    "negotiation": "talks between parties on a subject",
    "ceasefire": "a truce, ceasefire or pause in fighting",
    "cessation_of_hostilities": "an end to hostilities, as the parties call it",
    "de_escalation": "a zone in which fighting is to stop",
    "memorandum": "a memorandum or declaration of intent",
    "agreement": "another accord, deal or treaty",
}
HAPPENED = frozenset(status.value for status in ONTOLOGY.happened)


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process with its chronicle."""

    source: Source
    process: Process

    @property
    def evidence(self) -> Evidence:
        """Return the words that show it first: those of its first phase, else of its first mention."""
        return first_evidence(self.process)

    @property
    def reached(self) -> list[Phase]:
        """Return the phases that were reached, in order of time."""
        return [phase for phase in self.process.phases if status_of(self.source, phase) in HAPPENED]

    @property
    def subject(self) -> str:
        """Return the subject with names for ids."""
        return subject_of(self.source, self.process)


def first_evidence(process: Process) -> Evidence:
    """Return the words that show a process first."""
    return process.phases[0].evidence if process.phases else process.mentions[0]


def subject_of(source: Source, process: Process) -> str:
    """Return a process's subject with names in the place of entity ids."""
    parts = process.subject.replace(",", "").split()
    return " ".join(name_of(source, part) if ":" in part else part for part in parts)


def process_name(source: Source, process: Process) -> str:
    """Return what to call a process: kind, parties and subject by name."""
    parties = listed(names_of(source, process.parties)) or "parties unknown"
    subject = subject_of(source, process)
    return f"{process.kind.replace('_', ' ')}: {parties}{f' ({subject})' if subject else ''}"


PROCESSES: Table[ProcessRow] = Table(
    "processes",
    "One row per process: a negotiation or an agreement",
    ("process_id",),
    (
        text("process_id", "Id of the process.", lambda row: row.process.id, "computed", required=True),
        text("kind", "What it is.", lambda row: row.process.kind, MERGED, values=KINDS, required=True),
        text("name", "What to call it: kind, parties, place, month of its first sign.", lambda row: process_name(row.source, row.process), MERGED),
        text("parties", "Parties by canonical name.", lambda row: listed(names_of(row.source, row.process.parties)), MERGED),
        text("party_ids", "The same as ids of the table actors.", lambda row: listed(row.process.parties), MERGED),
        text("subject", "What it is about, as far as found.", lambda row: row.subject, MERGED),
        count("rounds", "Days on which talks were held; 0 for an agreement.", lambda row: row.process.rounds, MERGED, required=True),
        text("venues", "Places of the talks.", lambda row: listed(names_of(row.source, row.process.venues)), MERGED),
        count("phases", "Rows of the table phases.", lambda row: len(row.process.phases), MERGED, required=True),
        text("last_phase", "The last phase that was reached.", lambda row: row.reached[-1].name if row.reached else "", MERGED, values=PHASES),
        *dates("last_phase_date", "When that was; empty when the report gives no time for it", lambda row: phase_time(row.source, row.reached[-1]) if row.reached else "", MERGED),
        text("event_ids", "Events that show it, parted by `; `.", lambda row: listed(row.process.events), MERGED),
        text("document_id", "Report that shows it first.", lambda row: row.evidence.document, "reading", required=True),
        *words("words", "The words that show it first", lambda row: words_of(row.source, row.evidence)),
        *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.evidence), passage=True),
    ),
    lambda source, _: (ProcessRow(source, process) for process in shown_processes(source)),
    (Link("document_id", "reports", "document_id"),),
)  # fmt: skip


def shown_processes(source: Source) -> Iterator[Process]:
    """Yield the processes that rest on some words."""
    return (process for process in source.processes() if process.phases or process.mentions)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of a process. `position` counts its phases in order of time, from 1."""

    source: Source
    process: Process
    phase: Phase
    position: int


def phase_rows(source: Source, _: Settings) -> Iterator[PhaseRow]:
    """Yield a row for every phase of every process."""
    for process in shown_processes(source):
        for position, phase in enumerate(process.phases, start=1):
            yield PhaseRow(source, process, phase, position)


PHASE_TABLE: Table[PhaseRow] = Table(
    "phases",
    "One row per process phase: a dated step in the life of a negotiation or an agreement",
    ("process_id", "position"),
    (
        text("process_id", "Id of the process.", lambda row: row.process.id, "computed", required=True),
        count("position", "Place of the phase among those of its process, from 1.", lambda row: row.position, MERGED, required=True),
        text("kind", "What the process is.", lambda row: row.process.kind, MERGED, values=KINDS, required=True),
        text("parties", "Parties by canonical name.", lambda row: listed(names_of(row.source, row.process.parties)), MERGED),
        text("phase", "The step.", lambda row: row.phase.name, MERGED, values=PHASES, required=True),
        text("status", "Whether the step was taken; one that is planned or called for, or dated after its report, has not been reached.", lambda row: status_of(row.source, row.phase), MERGED, values=STATUSES, required=True),
        *dates("date", "When the step was or is to be taken; empty when the report gives no time for it (see reported)", lambda row: phase_time(row.source, row.phase), MERGED),
        text("reported", "When the report appeared (ISO 8601, as long as known): a step that was taken was taken by then.", lambda row: row.source.report(row.phase.evidence.document).published.value or "", "publication of the report"),
        text("event_id", "The event that shows it; empty when words for the agreement do.", lambda row: row.phase.event, MERGED),
        text("rule", "Rule that tells the phase.", lambda row: row.phase.rule, "ontology.toml and the language pack"),
        text("document_id", "Report that the words stand in.", lambda row: row.phase.evidence.document, "reading", required=True),
        *words("words", "The words that show the phase", lambda row: words_of(row.source, row.phase.evidence)),
        *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.phase.evidence), passage=True),
    ),
    phase_rows,
    (Link("process_id", "processes", "process_id"), Link("document_id", "reports", "document_id")),
)  # fmt: skip


def status_of(source: Source, phase: Phase) -> str:
    """Return whether a phase was reached: what a report dates after its own appearance is planned.

    `Het bestand gaat zondag in`, in Saturday's paper, is no ceasefire in force yet.
    """
    published = latest(source.report(phase.evidence.document).published.value or "")
    ahead = published and earliest(phase.time) > published
    return Status.PLANNED.value if ahead and phase.status in HAPPENED else phase.status


def reached_first(
    source: Source, process: Process, names: Collection[str], *, since: str = ""
) -> Phase | None:  # fmt: skip
    """Return the first phase with one of these names that was reached; those without a day come last.

    `since` is an ISO day: phases that lie before it are left out.
    """
    found = [
        phase
        for phase in process.phases
        if phase.name in names and status_of(source, phase) in HAPPENED and latest(phase.time) >= since
    ]
    return min(found, key=lambda phase: (not phase.time, earliest(phase.time)), default=None)


def phase_time(source: Source, phase: Phase) -> str:
    """Return when the reports say that a phase was reached, "" when they give no time for it."""
    return told_time(source, phase.evidence.document, phase.time)
