"""`kroniek processes|agreements|commitments|relations|families`: what many reports say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kroniek.cli.app import app, print_json_list
from kroniek.cli.ask import AsKnownOn, File, Json, Limit, known_day
from kroniek.cli.text import printable, table

if TYPE_CHECKING:
    from kroniek.chronicle import Chronicle
    from kroniek.model import Commitment, Evidence, Family, Merged, Process, Relation

INDENT = "    "
Row = dict[str, Any]


@app.command()
def processes(file: File, known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0) -> None:
    """List negotiations and agreements with their phases, each with the words that show it."""
    _print_records(file, known, as_json, limit, lambda merged, _: merged.processes, _process, _process_lines)


@app.command()
def agreements(file: File, known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0) -> None:
    """List agreements (truces, accords) with the phases of their life, each with the words that show it."""

    def choose(merged: Merged, _: Chronicle) -> Sequence[Process]:
        return [process for process in merged.processes if process.kind != "negotiation"]

    _print_records(file, known, as_json, limit, choose, _process, _process_lines)


@app.command()
def commitments(file: File, known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0) -> None:
    """List promises, offers, threats and demands by a day, and what became of them: kept, broken, expired or open."""
    _print_records(
        file, known, as_json, limit, lambda merged, _: merged.commitments, _commitment, _commitment_lines
    )


@app.command()
def families(file: File, known: AsKnownOn = "", as_json: Json = False, limit: Limit = 0) -> None:
    """List reports that print the same copy and count as one source, with the sentences of each alone."""
    _print_records(file, known, as_json, limit, lambda merged, _: merged.families, _family, _family_lines)


@app.command()
def relations(
    file: File,
    by: Annotated[str, typer.Option("--by", metavar="PERIOD", help="Per month or week.")] = "month",
    known: AsKnownOn = "",
    as_json: Json = False,
    limit: Limit = 0,
) -> None:
    """List pairs of states and groups over time: events that happened, and how friendly they were."""
    if by not in ("month", "week"):
        raise typer.BadParameter(f"{by!r} is neither month nor week", param_hint="--by")

    def choose(merged: Merged, chronicle: Chronicle) -> Sequence[Relation]:
        from kroniek.merge import find_relations, states_of
        from kroniek.ontology import load_ontology

        if by == "month":
            return merged.relations
        return find_relations(merged.events, load_ontology(), states_of(chronicle.analyses()), period=by)

    _print_records(file, known, as_json, limit, choose, _relation, _relation_lines)


def _print_records(
    file: Any, known: str, as_json: bool, limit: int, choose: Callable[[Merged, Chronicle], Sequence[Any]],
    row_of: Callable[[Chronicle, Any], Row], lines_of: Callable[[list[Row]], Iterable[str]],
) -> None:  # fmt: skip
    """Print the records that `choose` takes from the merged layer, as JSON or as lines."""
    from datetime import date
    from sys import stderr

    from kroniek.chronicle import Chronicle

    day = known_day(known)
    with Chronicle.open(file) as chronicle:
        merged = chronicle.as_known_on(date.fromisoformat(day)) if day else chronicle.merged
        rows = [row_of(chronicle, record) for record in choose(merged, chronicle)[: limit or None]]
    if as_json:
        print_json_list(rows)
        return
    for line in lines_of(rows):
        print(line)
    if not rows:
        print("nothing of this kind was found", file=stderr)


def _words(chronicle: Chronicle, evidence: Evidence) -> Row:
    quote = chronicle.quote(evidence)
    return {
        "words": quote.words, "sentence": f"{quote.before}{quote.words}{quote.after}", "report": quote.report,
        "document": evidence.document, "start": evidence.span.start, "end": evidence.span.end,
    }  # fmt: skip


def _process(chronicle: Chronicle, process: Process) -> Row:
    return {
        "id": process.id, "kind": process.kind, "name": process.name,
        "parties": list(chronicle.named(process.parties)),
        "subject": " ".join(chronicle.named(process.subject.replace(",", "").split())),
        "rounds": process.rounds, "venues": list(chronicle.named(process.venues)),
        "mediators": list(chronicle.named(process.mediators)), "state": process.state,
        "form": process.form, "sides": process.sides, "extent": process.extent,
        "declared": process.declared or None, "effective": process.effective or None, "ends": process.ends or None,
        "terms": [{"term": term.name, **_words(chronicle, term.evidence)} for term in process.terms],
        "phases": [
            {"phase": phase.name, "time": phase.time or None, "status": phase.status, "rule": phase.rule,
             "event": phase.event or None, **(words := _words(chronicle, phase.evidence)),
             "day_of": _day_of(phase.time, words["report"])}
            for phase in process.phases
        ],
        "events": list(process.events),
    }  # fmt: skip


def _day_of(time: str, report: str) -> str | None:
    """Return whose day a phase stands at: that of its report when no other is told, None without one."""
    if not time:
        return None
    return "report" if report.endswith(f", {time}") else "phase"


def _when(phase: Row) -> str:
    """Return the time of a phase; `by` a day when only its report tells that it was reached by then."""
    return f"by {phase['time'][:10]}" if phase["day_of"] == "report" else phase["time"] or "?"


def _process_lines(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        parties = ", ".join(row["parties"]) or "parties unknown"
        subject = f"; {row['subject']}" if row["subject"] else ""
        yield f"{row['kind'].replace('_', ' ').upper()}  {printable(parties)}{printable(subject)}  ({row['id']})"
        if traits := _traits(row):
            yield f"{INDENT}{printable(traits)}"
        for phase in row["phases"]:
            status = "" if phase["status"] in ("happened", "ongoing") else f" ({phase['status']})"
            name = phase["phase"].replace("_", " ") + status
            yield f"{INDENT}{_when(phase):<16}  {name:<24}  [{printable(phase['words'])}] ({printable(phase['report'])})"


def _traits(row: Row) -> str:
    """Return what is known of a process beside its phases, in one line."""
    days = [
        f"{name} {row[key]}"
        for name, key in (("declared", "declared"), ("in force from", "effective"), ("until", "ends"))
        if row[key]
    ]
    terms = [term["term"].replace("_", " ") for term in row["terms"]]
    parts = [
        f"now: {row['state'].replace('_', ' ')}" if row["state"] else "", *(row[key] for key in ("form", "sides", "extent")),
        f"mediated by {', '.join(row['mediators'])}" if row["mediators"] else "", *days,
        f"terms: {', '.join(terms)}" if terms else "",
    ]  # fmt: skip
    return "; ".join(filter(None, parts))


def _commitment(chronicle: Chronicle, item: Commitment) -> Row:
    return {
        "id": item.id, "by": list(chronicle.named(item.by)), "to": list(chronicle.named(item.to)),
        "kind": item.kind, "made": item.made or None, "due": item.due or None, "outcome": item.outcome,
        "event": item.event or None, **_words(chronicle, item.words),
        "steps": [_words(chronicle, step) for step in item.steps],
    }  # fmt: skip


def _commitment_lines(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        who, whom = ", ".join(row["by"]) or "unnamed", ", ".join(row["to"])
        to = f" to {whom}" if whom else ""
        due = f", due {row['due']}" if row["due"] else ""
        yield f"{row['outcome'].upper()}  {row['kind']} of {printable(who + to)}{due}  ({row['id']})"
        for step in (row, *row["steps"]):
            yield f"{INDENT}[{printable(step['words'])}] ({printable(step['report'])})"


def _family(chronicle: Chronicle, family: Family) -> Row:
    own = dict(family.own)
    return {
        "id": family.id, "agencies": list(family.agencies),
        "documents": [
            {"document": document, "report": chronicle.report(document).label,
             "own": [span.of(chronicle.report(document).document.text) for span in own.get(document, ())]}
            for document in family.documents
        ],
    }  # fmt: skip


def _family_lines(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        yield f"{len(row['documents'])} reports, {', '.join(row['agencies']) or 'no agency named'}  ({row['id']})"
        for member in row["documents"]:
            yield f"{INDENT}{printable(member['report'])} ({member['document']})"
            yield from (f"{INDENT}{INDENT}alone: {printable(words)}" for words in member["own"])


def _relation(chronicle: Chronicle, item: Relation) -> Row:
    source, target = chronicle.named((item.source, item.target))
    return {
        "source": source, "target": target, "period": item.period, "count": len(item.events),
        "intensity": item.intensity, "events": list(item.events),
    }  # fmt: skip


def _relation_lines(rows: list[Row]) -> Iterator[str]:
    columns = ("period", "source", "target", "count", "intensity")
    yield from table(columns, [[row[name] for name in columns] for row in rows])
