"""Score event coreference within documents on MEANTIME, with the gold's mentions.

    python scripts/coreference.py PATH.json...

Prints the CoNLL score (mean F1 of MUC, B-cubed and entity CEAF) of three ways to group the mentions:
each alone, by the lemma of the first word, and by stem as `kroniek.merge.coreference` does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kroniek.analyse.parse import PARSE
from kroniek.errors import ReadError
from kroniek.evaluate.coreference import CoreferenceScores, score_clusters
from kroniek.evaluate.event_chains import read_event_chains
from kroniek.merge.coreference import link_events
from kroniek.model import Analysis, Span
from kroniek.pipeline import load_resources

Group = Callable[[Analysis, Sequence[tuple[Span, ...]]], list[list[int]]]


def by_lemma(analysis: Analysis, mentions: Sequence[tuple[Span, ...]]) -> list[list[int]]:
    """Group mentions by the lemma of their first word."""
    lemmas = {token.start: token.lemma.lower() for token in analysis.tokens}
    groups: dict[str, list[int]] = {}
    for number, spans in enumerate(mentions):
        groups.setdefault(lemmas.get(spans[0].start, str(number)), []).append(number)
    return list(groups.values())


def main(paths: Sequence[str]) -> None:
    """Print the scores over the documents."""
    resources = load_resources(today=date(2026, 1, 1))
    ways: dict[str, Group] = {
        "alone": lambda _, mentions: [[number] for number in range(len(mentions))],
        "lemma": by_lemma, "stem": link_events,
    }  # fmt: skip
    totals = dict.fromkeys(ways, CoreferenceScores())
    documents = 0
    for path in paths:
        try:
            bare, chains = read_event_chains(json.loads(Path(path).read_text(encoding="utf-8")))
        except ReadError as error:
            print(error, file=sys.stderr)
            continue
        analysis = replace(bare, **PARSE.run([bare], resources)[0])
        mentions = sorted(span for chain in chains for span in chain)
        documents += 1
        for name, group in ways.items():
            found = group(analysis, [(span,) for span in mentions])
            totals[name] += score_clusters(chains, [[mentions[number] for number in item] for item in found])
    print(f"{documents} documents, gold mentions\nway    CoNLL   MUC    B3     CEAF-e")
    for name, total in totals.items():
        parts = (total.muc.f1, total.b_cubed.f1, total.ceaf_e.f1)
        print(f"{name:<6} {total.conll:5.1f}  " + "  ".join(f"{100 * part:5.1f}" for part in parts))


if __name__ == "__main__":
    main(sys.argv[1:])
