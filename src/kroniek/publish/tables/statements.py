"""The tables of statements: one row a statement, one a claim act, one a promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kroniek.model import Attribution, Claim, ClaimAct, Commitment, record_id
from kroniek.publish.source import (
    UNNAMED,
    Quoted,
    Settings,
    Source,
    Stated,
    names_of,
    quoted,
    sentence_of,
    told_time,
    words_of,
)
from kroniek.publish.tables.column import Link, Table, count, dates, listed, number, pieces, text, words
from kroniek.publish.tables.meanings import (
    AGAINST,
    KINDS_OF_SPEECH,
    OUTCOMES,
    SIDES,
    STANCES,
    STANDINGS,
)

MACHINE = "rules of the language pack (step attributions)"
MERGED = "merged from statements about the same thing"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its chronicle."""

    source: Source
    stated: Stated

    @property
    def item(self) -> Attribution:
        """Return the attribution."""
        return self.stated.attribution

    @property
    def cue(self) -> Quoted:
        """Return the words that report the act of saying."""
        return quoted(self.source, self.stated.document, *self.item.cue)

    @property
    def content(self) -> Quoted | None:
        """Return what is said; None when the cue stands alone."""
        if not self.item.content:
            return None
        return quoted(self.source, self.stated.document, *self.item.content)

    @property
    def speaker(self) -> Quoted | None:
        """Return the words for the source."""
        return quoted(self.source, self.stated.document, self.item.source) if self.item.source else None

    @property
    def addressee(self) -> Quoted | None:
        """Return the words for whom it is said to."""
        return quoted(self.source, self.stated.document, self.item.addressee) if self.item.addressee else None

    def names(self, keys: tuple[str, ...]) -> str:
        """Return entities by name, as one cell."""
        return listed(names_of(self.source, keys))


def statement_rows(source: Source, _: Settings) -> Iterator[StatementRow]:
    """Yield a row for every statement."""
    return (StatementRow(source, stated) for stated in source.stated())


STATEMENTS: Table[StatementRow] = Table(
    "statements",
    "One row per statement: one source's act of saying something, as one report has it",
    ("statement_id",),
    (
        text("statement_id", "Id of the statement.", lambda row: row.stated.id, "computed", required=True),
        text("document_id", "Its report.", lambda row: row.stated.document, "reading", required=True),
        text("reported", "When the report appeared (ISO 8601, as long as known).", lambda row: row.source.report(row.stated.document).published.value or "", "publication of the report"),
        *dates("date", "When it was said; empty when the report gives no time for it", lambda row: row.item.time, MACHINE),
        text("source_names", "Who says it, by canonical name; empty when the source has no name (see source_words).", lambda row: row.names(row.item.sources), "linking of names"),
        text("source_ids", "The same as ids of the table actors.", lambda row: listed(row.item.sources), "linking of names"),
        text("stance", "How the source stands to what it says.", lambda row: row.item.stance.value, MACHINE, values=STANCES, required=True),
        text("kind", "Direct or indirect speech.", lambda row: row.item.kind.value, MACHINE, values=KINDS_OF_SPEECH, required=True),
        text("addressees", "To whom it is said, by canonical name.", lambda row: row.names(row.item.addressees), "linking of names"),
        text("addressee_ids", "The same as ids.", lambda row: listed(row.item.addressees), "linking of names"),
        text("medium", "In what it was said (letter, social media, television, ...).", lambda row: row.item.medium, MACHINE),
        text("place", "Where it was said.", lambda row: row.names((row.item.place,)) if row.item.place else "", MACHINE),
        text("parent_id", "The statement that reports this one, when one source quotes another.", lambda row: record_id(row.stated.document, row.item.parent) if row.item.parent else "", "computed"),
        number("score", "How sure the machine is, 0 to 1; not calibrated.", lambda row: round(row.item.score, 4), MACHINE, required=True),
        text("rule", "Rule of the language pack that found it.", lambda row: row.item.provenance.rule, "provenance"),
        text("pack_version", "Version of the language pack.", lambda row: row.item.provenance.version, "provenance"),
        *words("source_words", "The words for the source", lambda row: row.speaker),
        *pieces("cue", "The words that report the act of saying", lambda row: row.cue),
        *pieces("content", "What is said", lambda row: row.content),
        *words("addressee_words", "The words for whom it is said to", lambda row: row.addressee),
    ),
    statement_rows,
    (Link("document_id", "reports", "document_id"),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One act about a claim. `position` counts a claim's acts in order of time, from 1."""

    source: Source
    claim: Claim
    act: ClaimAct
    position: int


def claim_rows(source: Source, _: Settings) -> Iterator[ClaimRow]:
    """Yield a row for every act of every claim."""
    for claim in source.claims():
        for position, act in enumerate(claim.acts, start=1):
            yield ClaimRow(source, claim, act, position)


CLAIM_ACTS: Table[ClaimRow] = Table(
    "claim_acts",
    "One row per claim act: one source asserting, denying or confirming something that others speak of too",
    ("claim_id", "position"),
    (
        text("claim_id", "Id of the claim.", lambda row: row.claim.id, "computed", required=True),
        count("position", "Place of the act among the claim's acts in order of time, from 1.", lambda row: row.position, MERGED, required=True),
        text("standing", "How the claim stands after all its acts. This is bookkeeping of who said what, not a verdict on the truth.", lambda row: row.claim.status, MERGED, values=STANDINGS, required=True),
        text("event_id", "The event that the claim is about; empty when it is about something else.", lambda row: row.claim.about if row.claim.about.startswith("event-") else "", MERGED),
        text("statement_id", "The statement.", lambda row: row.act.attribution, "computed", required=True),
        text("document_id", "Its report.", lambda row: row.act.document, "reading", required=True),
        text("source_names", f"Who says it, by canonical name; `{UNNAMED}` when the report gives none.", lambda row: listed(names_of(row.source, row.act.source)) or UNNAMED, "linking of names"),
        text("source_ids", "The same as ids of the table actors.", lambda row: listed(row.act.source), "linking of names"),
        text("stance", "How the source stands to it.", lambda row: row.act.stance, MACHINE, values=STANCES, required=True),
        text("side", "On which side the act stands.", lambda row: "against" if row.act.stance in AGAINST else "for", "from stance", values=SIDES, required=True),
        *dates("date", "When it was said; empty when the report gives no time for it (see reported)", lambda row: told_time(row.source, row.act.document, row.act.time), MERGED),
        text("reported", "When the report appeared (ISO 8601, as long as known).", lambda row: row.source.report(row.act.document).published.value or "", "publication of the report"),
        *words("words", "What is said", lambda row: words_of(row.source, row.act.evidence)),
        *words("sentence", "Its sentence", lambda row: sentence_of(row.source, row.act.evidence), passage=True),
    ),
    claim_rows,
    (Link("statement_id", "statements", "statement_id"), Link("document_id", "reports", "document_id")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise, offer or deadline with its chronicle."""

    source: Source
    item: Commitment


COMMITMENTS: Table[CommitmentRow] = Table(
    "commitments",
    "One row per commitment: a promise, an offer or a deadline, and what became of it",
    ("commitment_id",),
    (
        text("commitment_id", "Id of the commitment.", lambda row: row.item.id, "computed", required=True),
        text("by", "Who binds itself, by canonical name.", lambda row: listed(names_of(row.source, row.item.by)), MERGED),
        text("by_ids", "The same as ids.", lambda row: listed(row.item.by), MERGED),
        text("to", "To whom.", lambda row: listed(names_of(row.source, row.item.to)), MERGED),
        text("to_ids", "The same as ids.", lambda row: listed(row.item.to), MERGED),
        *dates("due", "By when", lambda row: row.item.due, MERGED),
        text("outcome", "What came of it, as far as later reports tell.", lambda row: row.item.outcome, MERGED, values=OUTCOMES, required=True),
        text("document_id", "Report that tells it first.", lambda row: row.item.words.document, "reading", required=True),
        *words("words", "The words of the commitment", lambda row: words_of(row.source, row.item.words)),
        *words("sentence", "Their sentence", lambda row: sentence_of(row.source, row.item.words), passage=True),
    ),
    lambda source, _: (CommitmentRow(source, item) for item in source.commitments()),
    (Link("document_id", "reports", "document_id"),),
)  # fmt: skip
