"""What one report tells of commitments: promises, offers, threats, and demands with a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kroniek.merge.sentences import sentence_around
from kroniek.merge.shelf import Table
from kroniek.merge.tellings import day_of
from kroniek.model import (
    Analysis,
    Attribution,
    EventMention,
    Evidence,
    Span,
    Stance,
    Status,
    content_id,
    record_id,
)

MADE = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED})
THREAT = "THREATEN"


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment as one report tells it; `tells` are the tellings in its content, `due` a day in its words."""

    id: str
    kind: str  # promise, offer, threat, demand
    by: tuple[str, ...]
    to: tuple[str, ...]
    words: Evidence
    made: str
    tells: tuple[str, ...]
    due: str = ""


PLEDGES: Table[Pledge] = Table("pledges", Pledge)


def pledges_in(analysis: Analysis) -> Iterator[Pledge]:
    """Yield what sources promise, offer and threaten, and what they demand by a day, in text order.

    An offer or a threat in a promise is that promise. A demand without a day binds nobody to anything.
    """
    promised: set[str] = set()
    cues: list[Span] = []  # `De gezant bood aan om ...`: the cue of a promise is no second offer
    for statement in analysis.attributions:
        kind = {Stance.PROMISES: "promise", Stance.DEMANDS: "demand"}.get(statement.stance)
        if kind and statement.content and (pledge := _of_statement(analysis, statement, kind)):
            promised.update(pledge.tells)
            cues.extend(statement.cue)
            yield pledge
    for event in analysis.events:
        known = record_id(analysis.document.id, event.id) in promised
        if known or any(event.trigger[0].overlaps(cue) for cue in cues):
            continue
        if event.entities("actor"):
            if event.status is Status.OFFERED:
                yield _of_event(analysis, event, "offer")
            elif event.type == THREAT and event.status in MADE:
                yield _of_event(analysis, event, "threat")


def _of_statement(analysis: Analysis, statement: Attribution, kind: str) -> Pledge | None:
    document, made = analysis.document.id, statement.time or analysis.published.value or ""
    due = _due(analysis, statement.content, made)
    if kind == "demand" and not due:
        return None
    told = [event for event in analysis.events if event.attribution == statement.id]
    to = statement.addressees
    if kind == "demand" and not to:
        to = tuple(dict.fromkeys(key for event in told for key in event.entities("actor")))
    return Pledge(
        content_id("commitment", document, statement.id), kind, statement.sources, to,
        Evidence(document, statement.content[0], sentence_around(analysis, statement.cue[0])),
        made, tuple(record_id(document, event.id) for event in told), due,
    )  # fmt: skip


def _of_event(analysis: Analysis, event: EventMention, kind: str) -> Pledge:
    document, made = analysis.document.id, analysis.published.value or ""
    sentence = sentence_around(analysis, event.trigger[0])
    return Pledge(
        content_id("commitment", document, event.id), kind, event.entities("actor"), event.entities("recipient"),
        Evidence(document, event.trigger[0], sentence), made, (record_id(document, event.id),),
        _due(analysis, [sentence], made),
    )  # fmt: skip


def _due(analysis: Analysis, stretches: Iterable[Span], made: str) -> str:
    """Return the value of the first day in these words that lies after the commitment was made."""
    begin = day_of(made)
    if begin is None:
        return ""
    listed = list(stretches)
    for item in analysis.timexes:
        ahead = item.interval is not None and item.interval.earliest > begin and item.interval.days() <= 31
        if ahead and any(stretch.covers(item.span) for stretch in listed):
            return item.value
    return ""
