"""A dossier as blocks of text, for Markdown and Word: the same content as the page, without its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kroniek import __version__
from kroniek.publish import dossier_text as text
from kroniek.publish.blocks import Block, Grid, Heading, Item, Paragraph, Quoted
from kroniek.publish.dossier import ActRow, Dossier, EventRow
from kroniek.publish.labels import Labels
from kroniek.publish.passages import Passage
from kroniek.publish.timeline import Group

TABLE = text.TABLE


def dossier_blocks(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    """Yield the dossier from its title to its gaps."""
    yield Heading(1, dossier.title)
    yield Paragraph(text.basis(dossier, labels))
    if dossier.known_on:
        yield Paragraph(labels.text(TABLE, "known_on", day=labels.day(dossier.known_on)))
    if dossier.forms:
        yield Paragraph(text.searched(dossier, labels))
    yield Heading(2, labels.text(TABLE, "summary"))
    yield Paragraph(" ".join(text.summary(dossier, labels)))
    if dossier.dates:
        yield Heading(3, labels.text(TABLE, "moments"))
    for row, told in text.moments(dossier):
        yield Item(f"“{told.sentence}” [{told.number}]", strong=f"{labels.day(row.value)}:")
    if dossier.processes:
        yield Heading(3, labels.text(TABLE, "standing"))
    for process in text.latest(dossier):
        yield Item(text.standing(process, labels), strong=f"{text.process_name(process, labels)}:")
    yield from _dates(dossier, labels)
    yield from _timeline(dossier, labels)
    yield from _processes(dossier, labels)
    yield from _claims(dossier, labels)
    yield from _commitments(dossier, labels)
    yield from _tables(dossier, labels)
    yield Paragraph(labels.text(TABLE, "made", version=__version__))


def quoted(passage: Passage, depth: int = 0) -> Quoted:
    """Return a passage as a block; `depth` is that of the list entry that it stands under."""
    found = passage.quote
    source = f"[{passage.number}] {passage.source}; {passage.place}"
    return Quoted(found.before, found.words, found.after, source, depth)


def _dates(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "dates"))
    for row in dossier.dates[: text.SHOWN_DATES]:
        yield Item("; ".join(text.reasons(row, labels)), strong=f"{row.rank}. {labels.date(row.value)}")
        for event in row.events:
            yield Item(f"{text.headline(event.item, labels)} ({text.facts(event.item, labels)})", depth=1)
        yield from map(quoted, row.passages[:1])


def _timeline(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "timeline"))
    if not dossier.events:
        yield Paragraph(labels.text(TABLE, "nothing_events"))
    for group in Group:
        rows = dossier.group(group)
        if rows:
            yield Heading(3, f"{labels.of('groups', group.value)} ({len(rows)})")
        for row in rows:
            yield from _event(row, labels)


def _event(row: EventRow, labels: Labels) -> Iterator[Block]:
    line = f"{text.headline(row.item, labels)} ({text.facts(row.item, labels)})"
    yield Item(line, strong=f"{text.when(row.item, labels)}:")
    if row.course:
        yield Item("; ".join(text.step_line(step, labels) for step in row.course), depth=1)
    yield from map(quoted, row.passages)


def _processes(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "processes"))
    if not dossier.processes:
        yield Paragraph(labels.text(TABLE, "nothing_processes"))
    for process in dossier.processes:
        yield Heading(3, text.process_name(process, labels))
        for phase in process.phases:
            yield Item(text.phase_when(phase, labels), strong=text.phase_name(phase, labels))
            yield quoted(phase.passage)


def _claims(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "claims"))
    headlines = {row.item.id: text.headline(row.item, labels) for row in dossier.events}
    if not dossier.claims:
        yield Paragraph(labels.text(TABLE, "nothing_claims"))
    for claim in dossier.claims:
        yield Heading(3, f"“{claim.about}”: {labels.of('standings', claim.status)}")
        if claim.event:
            yield Paragraph(headlines[claim.event], strong=f"{labels.text(TABLE, 'about_event')}:")
        yield from _side("affirming", claim.affirming, labels)
        yield from _side("denying", claim.denying, labels)


def _side(name: str, acts: Sequence[ActRow], labels: Labels) -> Iterator[Block]:
    yield Paragraph("" if acts else labels.text(TABLE, "nobody"), strong=f"{labels.text(TABLE, name)}:")
    for act in acts:
        who = ", ".join(act.sources) or labels.text(TABLE, "unnamed")
        day = f" ({labels.day(act.time)})" if act.time else ""
        yield Item(f"{labels.of('stances', act.stance)}{day}", strong=who)
        yield quoted(act.passage)


def _commitments(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "commitments"))
    if not dossier.commitments:
        yield Paragraph(labels.text(TABLE, "no_commitments"))
    for row in dossier.commitments:
        yield Item(
            text.commitment_line(row, labels), strong=", ".join(row.by) or labels.text(TABLE, "unnamed")
        )
        yield from map(quoted, (row.passage, *row.steps))


def _tables(dossier: Dossier, labels: Labels) -> Iterator[Block]:
    def head(*names: str) -> list[str]:
        return [labels.text(TABLE, name) for name in names]

    names = {row.id: row.name for row in dossier.actors}
    yield Heading(2, labels.text(TABLE, "actors"))
    yield Grid(head("actor", "kind_of", "events", "statements"), [
        (row.name, labels.of("entities", row.kind), str(row.events), str(row.statements)) for row in dossier.actors
    ])  # fmt: skip
    if dossier.ties:
        yield Grid(head("pair", "events", "tone"), [
            (f"{names.get(tie.first, tie.first)} – {names.get(tie.second, tie.second)}", str(len(tie.events)),
             f"{tie.intensity:+.1f}") for tie in dossier.ties
        ])  # fmt: skip
    if dossier.places:
        yield Heading(2, labels.text(TABLE, "map"))
        yield Grid(head("place", "events"), [
            (f"{row.name} ({row.lat:.2f}, {row.lon:.2f})", str(len(row.events))) for row in dossier.places
        ])  # fmt: skip
    if dossier.relations:
        yield Heading(2, labels.text(TABLE, "relations"))
        yield Paragraph(labels.text(TABLE, "tone_explained"))
        yield Grid(head("pair", "month", "events", "tone"), [
            (f"{row.first} – {row.second}", labels.date(row.month), str(len(row.events)), f"{row.intensity:+.1f}")
            for row in dossier.relations
        ])  # fmt: skip
    yield Heading(2, labels.text(TABLE, "sources"))
    yield Grid(head("number", "source", "published", "agencies"), [
        (str(row.number), f"{row.title} ({row.label}; {row.document})", _published(row.published, row.inferred, labels),
         ", ".join(row.agencies)) for row in dossier.sources
    ])  # fmt: skip
    yield Heading(2, labels.text(TABLE, "gaps"))
    if dossier.gaps:
        yield Grid(
            head("source", "step", "reason"), [(row.report, row.step, row.reason) for row in dossier.gaps]
        )
    else:
        yield Paragraph(labels.text(TABLE, "no_gaps"))


def _published(value: str, inferred: bool, labels: Labels) -> str:
    if not value:
        return labels.page("undated")
    return labels.day(value) + (f" ({labels.text(TABLE, 'inferred')})" if inferred else "")
