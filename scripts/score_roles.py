"""Score statements on the PropBank roles of SoNaR: who says (Arg0) and what (Arg1), at verbs that report speech.

    python scripts/score_roles.py ../shared/training/roles/srl_sentences.jsonl

The roles name no predicate as speech. Counted are the predicates with both roles whose lemma is a verb of
saying in the language pack (particles stand apart in these annotations: `stelt ... in` is `stellen` there) and
whose Arg1 is a clause (`zei dat X komt`, not `schreef een boek dat`). What writers and readers say themselves
(`ik`, `we`, `u`, `men`) is no statement by the annotation guidelines and is left out.
A predicate is right when a statement has it for its cue, and source and content overlap Arg0 and Arg1; a
statement there with other spans counts against precision. What is found at verbs to which the annotation gives no
Arg0 (every third) cannot be judged. Sentences stand
alone, as raw text; the treebank has trees for 24 sentences of this corpus only, none with such a predicate.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kroniek.analyse.attributions import ATTRIBUTIONS
from kroniek.analyse.attributions.cues import lexicon_of
from kroniek.analyse.step import Resources
from kroniek.evaluate.scores import Counts
from kroniek.model import Analysis, Attribution, Document, Origin, Span, Zone, ZoneKind
from kroniek.pipeline import STEPS, apply_step, load_resources

FINITE, RELATIVE = "WW(pv", "VNW(betr"  # parts of speech in the treebank's own tags
OPENERS = frozenset({"dat", "of", "om", "hoe", "waarom", "te"})
OURSELVES = frozenset({"ik", "we", "wij", "u", "je", "jij", "jullie", "men", "me", "mij", "ons"})
BATCH = 64
# Groups of the pack's cues that are acts of saying or writing: not `denken`, `willen`, `tonen`.
SPEECH = frozenset({
    "say", "stress", "report", "write", "shout", "suggest", "plead", "complain", "warn", "advise", "propose", "predict",
    "ask", "urge", "announce", "threaten", "assure", "promise", "confirm", "admit", "deny", "demand", "accuse",
    "reproach", "insist",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A gold predicate: its word, and the words of who says and of what is said."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]


def text_of(words: Sequence[str]) -> tuple[str, list[Span]]:
    """Return words as a text, parted by blanks, with the span of each."""
    spans, start = [], 0
    for word in words:
        spans.append(Span(start, start + len(word)))
        start += len(word) + 1
    return " ".join(words), spans


def gold_of(record: Mapping[str, Any], spans: Sequence[Span], lemmas: frozenset[str]) -> list[Said]:
    """Return a sentence's gold statements."""
    found = []
    for predicate in record["preds"]:
        roles = dict(predicate["roles"])
        speaker = [record["words"][place].lower() for place in roles.get("Arg0", [])]
        if predicate["lemma"] not in lemmas or not _is_clause(record, roles.get("Arg1", [])):
            continue
        if len(speaker) == 1 and speaker[0] in OURSELVES:
            continue
        if speaker:
            parts = [tuple(spans[place] for place in roles[role]) for role in ("Arg0", "Arg1")]
            found.append(Said(spans[predicate["i"]], *parts))
    return found


def _is_clause(record: Mapping[str, Any], places: Sequence[int]) -> bool:
    """Tell whether words are a clause: one that `dat`, `of` or `om` opens, or with a finite verb of its own."""
    if places and record["words"][places[0]].lower() in OPENERS:
        return True
    for place in places:
        if record["pos"][place].startswith(RELATIVE):
            return False
        if record["pos"][place].startswith(FINITE):
            return True
    return False


def analysed(analyses: Sequence[Analysis], resources: Resources) -> Iterator[Analysis]:
    """Yield the analyses with their statements."""
    steps = [step for step in STEPS[: STEPS.index(ATTRIBUTIONS) + 1] if step.name != "zones"]
    for first in range(0, len(analyses), BATCH):
        batch = list(analyses[first : first + BATCH])
        for step in steps:
            batch = apply_step(step, batch, resources)
        yield from batch


def counted(said: Sequence[Said], found: Sequence[Attribution]) -> Counts:
    """Return how many statements are right, found at the predicates, and wanted."""
    predicates = [gold.cue for gold in said]
    at = [
        item
        for item in found
        if item.source and any(cue.overlaps(word) for cue in item.cue for word in predicates)
    ]
    right = sum(any(_is(gold, item) for item in at) for gold in said)
    return Counts(right, len(at), len(said))


def _is(gold: Said, found: Attribution) -> bool:
    source, content = found.source, found.content
    return (
        any(cue.overlaps(gold.cue) for cue in found.cue)
        and source is not None and any(source.overlaps(span) for span in gold.source)
        and any(part.overlaps(span) for part in content for span in gold.content)
    )  # fmt: skip


def main(roles: Path) -> None:
    """Print precision, recall and F1."""
    resources = load_resources(today=date(2026, 1, 1))
    lexicon = resources.language.compiled(lexicon_of)
    lemmas = frozenset(
        "".join((*cue.needs, cue.lemma))
        for cues in lexicon.verbs.values()
        for cue in cues
        if cue.group in SPEECH
    )
    cases, texts = [], []
    for line in roles.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, spans = text_of(record["words"])
        if said := gold_of(record, spans, lemmas):
            cases.append(said)
            zone = Zone(ZoneKind.PARAGRAPH, Span(0, len(text)))
            texts.append(Analysis(Document(text, Origin("roles")), zones=(zone,)))
    total = Counts(0, 0, 0)
    for said, analysis in zip(cases, analysed(texts, resources), strict=True):
        total += counted(said, analysis.attributions)
    print(f"P {total.precision:.1%}  R {total.recall:.1%}  F1 {total.f1:.1%}  ({total.wanted} predicates)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
