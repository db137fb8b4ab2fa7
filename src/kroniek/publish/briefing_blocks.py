"""A briefing as running text with references: each line names its report and quotes its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from kroniek.model import interval_of
from kroniek.publish import dossier_text as text
from kroniek.publish.blocks import Block, Heading, Item, Paragraph
from kroniek.publish.briefing import Briefing, ChangedRow
from kroniek.publish.dossier import ClaimRow, EventRow, by_time
from kroniek.publish.dossier_blocks import quoted
from kroniek.publish.labels import Labels
from kroniek.publish.passages import Passage
from kroniek.publish.phrases import event_phrase, named
from kroniek.publish.timeline import Group

TABLE = "brief"
DAY = timedelta(days=1)
QUOTED = 2  # passages under an event; the dossier has all


def briefing_blocks(briefing: Briefing, labels: Labels) -> Iterator[Block]:
    """Yield the briefing: what it rests on, then what is new, changed, contradicted, moved and past due."""
    yield Heading(1, briefing_title(briefing, labels))
    yield Paragraph(" ".join(_basis(briefing, labels)))
    fresh = {row.document for row in briefing.sources}
    yield from _new(briefing, fresh, labels)
    if briefing.sources:
        yield from _changed(briefing, fresh, labels)
        yield from _contradicted(briefing, labels)
        yield from _moved(briefing, labels)
    yield from _overdue(briefing, labels)
    if briefing.sources:
        yield Heading(2, labels.text("dossier", "sources"))
        for row in briefing.sources:
            day = labels.day(row.published) if row.published else labels.page("undated")
            yield Item(f"{row.title} ({row.label}, {day}; {row.document})", strong=f"[{row.number}]")


def briefing_title(briefing: Briefing, labels: Labels) -> str:
    """Return what the briefing is called: its subject, if any, and since when."""
    name = "title_about" if briefing.about else "title"
    return labels.text(
        TABLE, name, since=labels.day(briefing.since.isoformat()), about=_capital(briefing.about)
    )


def _basis(briefing: Briefing, labels: Labels) -> Iterator[str]:
    since, count = labels.day(briefing.since.isoformat()), len(briefing.sources)
    name = f"basis_{briefing.clock}" + {0: "_none", 1: "_one"}.get(count, "")
    last = max((row.published for row in briefing.sources), default="")
    yield labels.text(
        TABLE, name, since=since, n=count, sources=briefing.independent,
        last=labels.day(last) if last else labels.page("undated"),
    )  # fmt: skip
    if briefing.known_on:
        yield labels.text(TABLE, "known_on", day=labels.day(briefing.known_on))
    if briefing.undated:
        yield labels.counted(TABLE, "undated_reports", briefing.undated)
    if count:
        before = labels.day((briefing.since - DAY).isoformat()) if briefing.since > date.min else "–"
        yield labels.text(TABLE, f"clock_{briefing.clock}", since=since, before=before)


def _new(briefing: Briefing, fresh: set[str], labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "new"))
    if not briefing.new:
        yield Paragraph(labels.text(TABLE, "nothing_new"))
    happened = [row for row in briefing.new if row.item.group is Group.HAPPENED]
    late = [row for row in happened if _is_late(row, briefing)]
    parts = {
        "": [row for row in happened if row not in late],
        "late": late,
        "ahead": [row for row in briefing.new if row.item.group is Group.PLANNED],
        "said": [row for row in briefing.new if row.item.group in (Group.ALLEGED, Group.DENIED)],
    }
    for name, rows in parts.items():
        if rows and name:
            yield Heading(3, labels.text(TABLE, name))
        for row in sorted(rows, key=by_time):
            yield Item(_line(row, labels), strong=f"{_capital(text.when(row.item, labels))}:")
            yield from _passages(row.passages, fresh, QUOTED if row.item.date else 1)


def _is_late(row: EventRow, briefing: Briefing) -> bool:
    """Tell whether an event certainly took place before the day asked for."""
    interval = interval_of(row.item.date)
    return interval is not None and interval.latest < briefing.since


def _line(row: EventRow, labels: Labels) -> str:
    """Return an event as a sentence, with its status when that needs saying, and who says so."""
    item, parts = row.item, [event_phrase(row.item, labels)]
    if item.status != "happened":
        parts.append(labels.of("statuses", item.status))
    if item.according_to:
        parts.append(labels.text(TABLE, "according", who=named(item.according_to, labels)))
    if item.sources > 1:
        parts.append(labels.page("sources", n=item.sources))
    return f"{', '.join(parts)}."


def _passages(passages: Sequence[Passage], fresh: set[str], most: int = QUOTED) -> Iterator[Block]:
    """Yield the passages of fresh reports, each sentence once; the first of all when none is fresh."""
    news = [found for found in passages if found.quote.document in fresh] or list(passages[:1])
    once = {found.sentence: found for found in reversed(news)}
    yield from map(quoted, islice((found for found in news if once[found.sentence] is found), most))


def _changed(briefing: Briefing, fresh: set[str], labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "changed"))
    if not briefing.changed:
        yield Paragraph(labels.text(TABLE, "nothing_changed"))
    for found in briefing.changed:
        yield Item(
            f"{'; '.join(_differences(found, labels))}.",
            strong=f"{_capital(event_phrase(found.row.item, labels))}:",
        )
        yield from _passages(found.row.passages, fresh)
    if briefing.retold:
        yield Paragraph(labels.counted(TABLE, "told_more", briefing.retold))


def _differences(found: ChangedRow, labels: Labels) -> Iterator[str]:
    item = found.row.item
    if found.status_before != item.status:
        yield labels.text(TABLE, "status_changed", before=labels.of("statuses", found.status_before),
                          after=labels.of("statuses", item.status))  # fmt: skip
    if found.date_before != item.date:
        after = labels.date(item.date) if item.date else labels.page("undated")
        name = "date_changed" if found.date_before else "date_found"
        yield labels.text(
            TABLE, name, before=labels.date(found.date_before) if found.date_before else "", after=after
        )
    if found.place_before != item.place:
        yield labels.text(TABLE, "place_changed", after=item.place or "–")


def _contradicted(briefing: Briefing, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "contradicted"))
    if not briefing.contradicted:
        yield Paragraph(labels.text(TABLE, "nothing_contradicted"))
    for claim in briefing.contradicted:
        yield Item(
            labels.text(TABLE, "standing_now", standing=labels.of("standings", claim.status)),
            strong=f"{_about(claim, briefing, labels)}.",
        )
        for act in (*claim.affirming, *claim.denying):
            who = named(act.sources, labels) or labels.text("dossier", "unnamed")
            day = f" ({labels.day(act.time)})" if act.time else ""
            yield Item(f"{labels.of('stances', act.stance)}{day}", strong=who, depth=1)
            yield quoted(act.passage, 1)


def _about(claim: ClaimRow, briefing: Briefing, labels: Labels) -> str:
    row = briefing.headlines.get(claim.event)
    return _capital(event_phrase(row.item, labels)) if row else f"“{claim.about}”"


def _moved(briefing: Briefing, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "moved"))
    if not briefing.moved:
        yield Paragraph(labels.text(TABLE, "nothing_moved"))
    for process, phases in briefing.moved:
        yield Item(text.standing(process, labels), strong=f"{text.process_name(process, labels)}.")
        for phase in phases:
            yield Item(f"{text.phase_name(phase, labels)}, {text.phase_when(phase, labels)}", depth=1)
            yield quoted(phase.passage, 1)


def _overdue(briefing: Briefing, labels: Labels) -> Iterator[Block]:
    yield Heading(2, labels.text(TABLE, "overdue"))
    now = labels.day(briefing.now.isoformat()) if briefing.now else "?"
    if not (briefing.plans or briefing.promises):
        yield Paragraph(labels.text(TABLE, "nothing_overdue"))
    for row in briefing.plans:
        due = labels.text(TABLE, "plan_due", day=labels.day(row.item.date), now=now)
        yield Item(f"{due}.", strong=f"{_capital(event_phrase(row.item, labels))}:")
        yield from map(quoted, row.passages[:1])
    for promise in briefing.promises:
        who = named(promise.by, labels) or labels.text("dossier", "unnamed")
        kind = labels.text(TABLE, "promised", kind=labels.of("commitments", promise.kind), who=who)
        due = labels.text(TABLE, "due_since", day=labels.day(promise.due), now=now)
        yield Item(f"{due}.", strong=f"{_capital(kind)}:")
        yield quoted(promise.passage)
    if briefing.older:
        yield Paragraph(labels.counted(TABLE, "older_overdue", briefing.older))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
