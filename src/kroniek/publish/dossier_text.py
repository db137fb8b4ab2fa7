"""The sentences of a dossier, in the interface's language, for every form in which it is written."""

from __future__ import annotations

from kroniek.publish.dossier import (
    CommitmentRow,
    DateRow,
    Dossier,
    EventRow,
    PhaseRow,
    ProcessRow,
    StepRow,
)
from kroniek.publish.labels import Labels
from kroniek.publish.passages import Passage
from kroniek.publish.phrases import kind_of, named
from kroniek.publish.timeline import Group, TimelineItem

TABLE = "dossier"
CONTESTED = frozenset({"disputed", "denied", "occurred after denial"})
NAMED_MOMENTS = 6  # dates listed in it
NAMED_BACK = 3  # dates named in the summary
SHOWN_DATES = 12
SHOWN_PROCESSES = 10


def period(dossier: Dossier) -> tuple[str, str]:
    """Return the first and the last publication value, "" where no report has one."""
    values = sorted(row.published for row in dossier.sources if row.published)
    return (values[0], values[-1]) if values else ("", "")


def basis(dossier: Dossier, labels: Labels) -> str:
    """Return the line under the title: how many reports, of which period."""
    first, last = (labels.day(value) if value else "?" for value in period(dossier))
    name = "basis_all" if len(dossier.sources) == dossier.documents else "basis"
    name += "_one" if len(dossier.sources) == 1 else "_day" if first == last else ""
    return labels.text(
        TABLE, name, sources=len(dossier.sources), documents=dossier.documents, first=first, last=last
    )


def searched(dossier: Dossier, labels: Labels) -> str:
    """Return what was asked for and what counts as the same, "" when nothing was asked for."""
    if not dossier.forms:
        return ""
    asked = labels.listed([words for words, _ in dossier.forms])
    others = [form for words, forms in dossier.forms for form in forms if form != words.casefold()]
    same = " " + labels.text(TABLE, "same", forms=", ".join(others)) if others else ""
    return labels.text(TABLE, "searched", words=asked) + same


def moments(dossier: Dossier) -> list[tuple[DateRow, Passage]]:
    """Return the few dates that matter most in order of time, each with a sentence of a report about it."""
    chosen = sorted(dossier.dates[:NAMED_MOMENTS], key=lambda row: row.value)
    return [(row, told) for row in chosen if (told := _telling(row))]


def _telling(row: DateRow) -> Passage | None:
    """Return the passage that looks back to a date, else that of its weightiest event."""
    found = [*row.passages, *(passage for event in row.events for passage in event.passages[:1])]
    return found[0] if found else None


def summary(dossier: Dossier, labels: Labels) -> list[str]:
    """Return the sentences of the summary, in reading order."""
    sentences = [_rests(dossier, labels), _counts(dossier, labels), _apart(dossier, labels)]
    back = [labels.day(row.value) for row in dossier.dates if row.looking][:NAMED_BACK]
    if back:
        sentences.append(labels.text(TABLE, "back", dates=labels.listed(back)))
    undated = sum(1 for row in dossier.events if not row.item.date)
    dayless = sum(1 for row in dossier.sources if not row.published)
    if dayless:
        sentences.insert(1, labels.counted(TABLE, "dayless", dayless))
    contested = sum(1 for row in dossier.claims if row.status in CONTESTED)
    overdue = sum(1 for row in dossier.commitments if row.overdue)
    for name, count in (
        ("claims_count", contested), ("overdue_count", overdue), ("gaps_count", len(dossier.gaps))
    ):  # fmt: skip
        if count:
            sentences.append(labels.counted(TABLE, name, count))
    if undated > 1:
        sentences.append(labels.text(TABLE, "undated", n=undated))
    return [sentence for sentence in sentences if sentence]


def _rests(dossier: Dossier, labels: Labels) -> str:
    first, last = (labels.day(value) if value else "?" for value in period(dossier))
    name = "rests_one" if len(dossier.sources) == 1 else "rests" if dossier.independent > 1 else "rests_sole"
    name += "_day" if first == last and len(dossier.sources) > 1 else ""
    return labels.text(
        TABLE, name, sources=len(dossier.sources), first=first, last=last, independent=dossier.independent
    )


def _counts(dossier: Dossier, labels: Labels) -> str:
    happened = dossier.count(Group.HAPPENED)
    name = {0: "counted_none", 1: "counted_one"}.get(happened, "counted")
    return labels.text(TABLE, name, happened=happened)


def _apart(dossier: Dossier, labels: Labels) -> str:
    parts = [
        labels.text(TABLE, f"apart_{group.value}", n=count)
        for group in (Group.PLANNED, Group.ALLEGED, Group.DENIED)
        if (count := dossier.count(group))
    ]
    return labels.text(TABLE, "apart", parts=labels.listed(parts)) if parts else ""


def headline(item: TimelineItem, labels: Labels) -> str:
    """Return an event in one line: `Overleg: Rusland, Verenigde Staten (Genève)`."""
    kind = kind_of(item.type, item.mode, labels)
    who = ", ".join(item.actors) or labels.page("unknown_actor")
    whom = f" → {', '.join(item.recipients)}" if item.recipients else ""
    place = f" · {item.place}" if item.place and item.place not in (*item.actors, *item.recipients) else ""
    return f"{kind}: {who}{whom}{place}"


def when(item: TimelineItem, labels: Labels) -> str:
    """Return an event's date in words, marked when it was inferred."""
    if not item.date:
        said = reported(item)
        return (
            labels.text(TABLE, "undated_reported", day=labels.day(said)) if said else labels.page("undated")
        )
    mark = f" ({labels.text(TABLE, 'inferred')})" if item.inferred else ""
    return labels.date(item.date) + mark


def reported(item: TimelineItem) -> str:
    """Return when an event was first reported, "" when no report of it has a date."""
    return min((quote.published for quote in item.quotes if quote.published), default="")


def facts(item: TimelineItem, labels: Labels) -> str:
    """Return an event's status, according to whom, and by how many sources."""
    status = labels.of("statuses", item.status)
    says = f" {labels.page('according_to')} {', '.join(item.according_to)}" if item.according_to else ""
    count = labels.page("source_one") if item.sources == 1 else labels.page("sources", n=item.sources)
    return f"{status}{says} · {count}"


def process_name(row: ProcessRow, labels: Labels) -> str:
    """Return what to call a process: `Onderhandelingen over een bestand: Rusland en Verenigde Staten (Syrië)`."""
    kind = labels.of("kinds", row.kind)
    if row.about:
        kind += " " + labels.text(TABLE, "about_kind", kind=labels.of("kinds", row.about))
    parties = named(row.parties, labels) if row.parties else labels.text(TABLE, "unnamed_parties")
    places = f" ({', '.join(row.places)})" if row.places else ""
    return f"{kind[:1].upper()}{kind[1:]}: {parties}{places}"


def phase_when(phase: PhaseRow, labels: Labels) -> str:
    """Return when a phase was reached; `gemeld op` where only the day of the report is known."""
    if not phase.time:
        return labels.text(TABLE, "no_date")
    day = labels.day(phase.time)
    if phase.ahead:
        return f"{labels.text(TABLE, 'ahead')} {day}"
    return f"{labels.text(TABLE, 'as_of')} {day}" if phase.reported else day


def phase_name(phase: PhaseRow, labels: Labels) -> str:
    """Return the phase in words, with its status when it was not reached."""
    name = labels.of("phases", phase.name)
    return name if phase.reached or phase.ahead else f"{name} ({labels.of('statuses', phase.status)})"


def standing(row: ProcessRow, labels: Labels) -> str:
    """Return where a process stands by the last report: `opgeschort, 3 oktober 2016`."""
    last = next((phase for phase in reversed(row.phases) if phase.reached and phase.name == row.state), None)
    if last is None:
        last = row.phases[-1]
        return f"{phase_name(last, labels)}, {phase_when(last, labels)}"
    return f"{labels.of('phases', row.state)}, {phase_when(last, labels)}"


def latest(dossier: Dossier) -> list[ProcessRow]:
    """Return the processes of which most recently something was reported, the latest first."""
    return sorted(dossier.processes, key=lambda row: max(phase.time for phase in row.phases), reverse=True)[
        :SHOWN_PROCESSES
    ]


def reasons(row: DateRow, labels: Labels) -> list[str]:
    """Return why a date matters, the weightiest reason first."""
    found = [labels.text(TABLE, "inferred_date")] if row.inferred else []
    found += [labels.counted(TABLE, "why_back", row.looking)] if row.looking else []
    found += [
        f"{labels.of('kinds', kind)}: {labels.of('phases', phase)}"
        for kind, phase in dict.fromkeys(row.phases)
    ]
    return [*found, labels.counted(TABLE, "why_told", row.telling)] if row.telling else found


def commitment_line(row: CommitmentRow, labels: Labels) -> str:
    """Return to whom, when, by when, and what came of a commitment, without who made it."""
    to = f"→ {', '.join(row.to)} · " if row.to else ""
    made = f"{labels.day(row.made)} · " if row.made else ""
    due = f"{labels.text(TABLE, 'due', day=labels.day(row.due))} · " if row.due else ""
    outcome = labels.text(TABLE, "overdue") if row.overdue else labels.of("outcomes", row.outcome)
    return f"{to}{made}{due}{labels.of('commitments', row.kind)}: {outcome}"


def course_line(row: EventRow, labels: Labels) -> str:
    """Return the life of an event in one line: `Verloop: aangekondigd, niet bevestigd, gebeurd`."""
    kinds = list(dict.fromkeys(labels.of("steps", step.kind) for step in row.course))
    return labels.text(TABLE, "course", steps=", ".join(kinds))


def step_line(step: StepRow, labels: Labels) -> str:
    """Return one step with its day and its source."""
    who = f" {labels.page('according_to')} {', '.join(step.sources)}" if step.sources else ""
    when = f" · {labels.day(step.time)}" if step.time else ""
    return f"{labels.of('steps', step.kind)}{who}{when}"
