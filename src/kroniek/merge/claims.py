"""Statements about one event to a claim: who said it happened, who denied it, and how that stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kroniek.model import (
    Analysis,
    Attribution,
    Claim,
    ClaimAct,
    Event,
    Evidence,
    Stance,
    content_id,
    record_id,
)

AGAINST = {Stance.DENIES, Stance.DOES_NOT_CONFIRM}
FOR = {Stance.ANNOUNCES, Stance.ASSERTS, Stance.CONFIRMS, Stance.ADMITS}


def find_claims(analyses: Sequence[Analysis], events: Sequence[Event]) -> tuple[Claim, ...]:
    """Return one claim for each event that somebody speaks about, in the order of the events."""
    acts = dict(item for analysis in analyses for item in _acts(analysis))
    claims = []
    for event in events:
        about = {acts[telling.event_mention] for telling in event.tellings if telling.event_mention in acts}
        if about:
            ordered = tuple(sorted(about, key=lambda act: (act.time, act.attribution)))
            claims.append(Claim(content_id("claim", event.id), event.id, _status(ordered), ordered))
    return tuple(claims)


def _acts(analysis: Analysis) -> Iterable[tuple[str, ClaimAct]]:
    document = analysis.document.id
    statements = {item.id: item for item in analysis.attributions}
    for mention in analysis.events:
        statement = statements.get(mention.attribution)
        if statement is not None:
            yield record_id(document, mention.id), _act(document, statement, analysis)


def _act(document: str, statement: Attribution, analysis: Analysis) -> ClaimAct:
    words = statement.content[0] if statement.content else statement.cue[0]
    evidence = Evidence(document, words, words.joined(statement.cue[0]))
    return ClaimAct(
        record_id(document, statement.id), document, statement.sources, statement.stance.value,
        statement.time or analysis.published.value or "", evidence,
    )  # fmt: skip


def _status(acts: Sequence[ClaimAct]) -> str:
    stances = {Stance(act.stance) for act in acts}
    if stances & AGAINST:
        return "disputed" if stances & FOR else "denied"
    if Stance.CONFIRMS in stances or Stance.ADMITS in stances:
        return "confirmed"
    return "asserted" if stances & FOR else acts[-1].stance
