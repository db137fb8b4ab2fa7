"""A chronicle as text that a person can check: meetings and accords with their history, then processes and claims.

For reports that are not ours only facts are given: ids and offsets, no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from kroniek.merge import merge
from kroniek.model import Analysis, Claim, Commitment, Document, Event, Evidence, Merged, Process
from kroniek.pipeline import analyse, load_resources
from kroniek.read import read_inputs
from kroniek.redate import redate
from kroniek.store.names import known_name

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples" / "reports"
SHARED = FOLDER.parents[2] / "shared" / "reports"
SHOWN = frozenset({"CONSULT", "AGREE", "COOPERATE", "RETREAT", "SANCTION"})  # what negotiations are made of
DISPUTED = frozenset({"disputed", "denied", "occurred after denial", "confirmed", "confirmed with revision"})


@cache
def analysed(folder: Path) -> tuple[Analysis, ...]:
    """Return the analyses of the reports in a folder, dated as a run dates them."""
    resources = load_resources(today=date(2026, 11, 22))
    documents = [item for item in read_inputs([str(folder)]) if isinstance(item, Document)]
    analyses = list(analyse(documents, resources))
    dated = {item.document.id: item for item in redate(analyses, resources)}
    return tuple(dated.get(item.document.id, item) for item in analyses)


@dataclass
class Writer:
    """Writes a merged layer; `words` says whether the reports' own words may be shown."""

    analyses: Sequence[Analysis]
    merged: Merged
    words: bool
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reports = {item.document.id: item for item in self.analyses}
        self.names = {entity.id: entity.name for item in self.analyses for entity in item.entities}

    def lines(self) -> Iterator[str]:
        """Yield the lines of the text."""
        yield from self._title("Meetings, accords and what became of them")
        for event in self.merged.events:
            if event.type in SHOWN and len({*event.actors, *event.recipients}) > 1:
                yield from self._event(event)
        yield from self._title("Negotiations and agreements")
        for process in self.merged.processes:
            yield from self._process(process)
        yield from self._title("Claims on which sources take sides")
        for claim in self.merged.claims:
            if claim.status in DISPUTED:
                yield from self._claim(claim)
        yield from self._title("Commitments")
        for commitment in self.merged.commitments:
            yield from self._commitment(commitment)

    def _title(self, words: str) -> Iterable[str]:
        return (words, "=" * len(words), "")

    def _named(self, ids: Iterable[str]) -> str:
        listed = [self.names.get(key) or known_name(key) if self.words else key for key in ids]
        return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))

    def _quoted(self, evidence: Evidence) -> str:
        name = Path(self.reports[evidence.document].document.origin.path).name
        if not self.words:
            return f"({name[:3]}, {evidence.span.start}-{evidence.span.end})"
        text = " ".join(evidence.span.of(self.reports[evidence.document].text).split())
        return f"“{text}” ({name[:2]})"

    def _sentence(self, evidence: Evidence) -> str:
        """Return the sentence around the words; for reports that are not ours the offsets of the words."""
        return self._quoted(replace(evidence, span=evidence.sentence) if self.words else evidence)

    def _event(self, event: Event) -> Iterator[str]:
        mode = f", {event.mode}" if event.mode else ""
        place = f" in {self._named([event.place])}" if event.place else ""
        sources = f"{event.sources} source{'s' if event.sources > 1 else ''}"
        everybody = self._named((*event.actors, *event.recipients))
        yield f"{event.time or 'Day unknown'}: {everybody}{place} ({event.type.lower()}{mode}) — {event.status.value}, {sources}."
        for step in event.steps:
            who = self._named(step.source) or "the report"
            when = step.time or "later, day not told"
            yield f"    {when}: {step.kind.value.replace('_', ' ')} by {who} {self._sentence(step.evidence)}"
        if event.related:
            yield f"    {', '.join(name.replace('_', ' ') for name, _ in event.related)}"
        for item in event.disagreements:
            told = "; ".join(f"{figure} according to {self._named(by)}" for figure, by in item.values)
            yield f"    {item.what if self.words else 'figures'}: {told}"
        yield ""

    def _process(self, process: Process) -> Iterator[str]:
        kind = process.kind.replace("_", " ").capitalize()
        traits = [process.form, process.sides, process.extent, *(term.name for term in process.terms)]
        told = f"; {', '.join(filter(None, traits))}" if any(traits) else ""
        mediators = f"; mediated by {self._named(process.mediators)}" if process.mediators else ""
        days = [
            f"{name} {value}"
            for name, value in (("declared", process.declared), ("in force", process.effective), ("until", process.ends))
            if value
        ]  # fmt: skip
        yield f"{kind} of {self._named(process.parties) or 'parties not named'}{told}{mediators}."
        yield from ([f"    {', '.join(days)}"] if days else [])
        for phase in process.phases:
            status = "" if phase.status == "happened" else f" ({phase.status.replace('_', ' ')})"
            reported = phase.time == self.reports[phase.evidence.document].published.value
            when = f"by {phase.time[:10]}" if reported else phase.time or "day not told"
            yield f"    {when}: {phase.name.replace('_', ' ')}{status} {self._quoted(phase.evidence)}"
        yield ""

    def _claim(self, claim: Claim) -> Iterator[str]:
        yield f"{claim.status.capitalize()}: for it {self._named(claim.affirmed_by) or 'nobody named'}, against it {self._named(claim.denied_by) or 'nobody named'}."
        for act in claim.acts:
            stance = act.stance.replace("_", " ")
            yield f"    {act.time or 'day unknown'}: {self._named(act.source) or 'somebody'} {stance} {self._quoted(act.evidence)}"
        yield ""

    def _commitment(self, item: Commitment) -> Iterator[str]:
        due = f", due {item.due}" if item.due else ""
        to = f" to {self._named(item.to)}" if item.to else ""
        yield f"{item.kind.capitalize()} of {self._named(item.by) or 'somebody'}{to}{due}: {item.outcome}. {self._quoted(item.words)}"
        for step in item.course:
            yield f"    {step.time}: {step.outcome} {self._quoted(step.evidence)}"
        yield ""


def chronicle_text(folder: Path, *, words: bool) -> str:
    """Return the chronicle of the reports in a folder as text."""
    analyses = analysed(folder)
    lines = Writer(analyses, merge(analyses), words).lines()
    return "\n".join(lines).rstrip() + "\n"
