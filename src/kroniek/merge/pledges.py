"""What one report tells of promises: who binds himself to whom, in which words, to which event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.merge.sentences import sentence_around
from kroniek.merge.shelf import Table
from kroniek.model import Analysis, Evidence, Stance, content_id, record_id


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as one report tells it; `tells` are the tellings in its content, `due` a day in its words."""

    id: str
    kind: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    words: Evidence
    made: str
    tells: tuple[str, ...]
    due: str = ""


PLEDGES: Table[Pledge] = Table("pledges", Pledge)


def pledges_in(analysis: Analysis) -> Iterator[Pledge]:
    """Yield what sources promise or announce of their own acts, in text order."""
    document = analysis.document.id
    for statement in analysis.attributions:
        if statement.stance is Stance.PROMISES and statement.content:
            told = (event for event in analysis.events if event.attribution == statement.id)
            yield Pledge(
                content_id("commitment", document, statement.id), "promise", statement.sources, statement.addressees,
                Evidence(document, statement.content[0], sentence_around(analysis, statement.cue[0])),
                analysis.published.value or "", tuple(record_id(document, event.id) for event in told),
            )  # fmt: skip
