"""Score the step `quotations` on the quotations of OpenBoek's development novels (van Cranenburgh and others 2022).

    python scripts/score_quotes.py ../shared/training/openboek/quotes [--misses]

A quotation counts as found when its words are the same; marks, dashes, punctuation and white space at its ends do
not count. Stretches that the step takes for a term or a title are not answers. `make eval` has the speakers too.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from kroniek.cli.measure import quotations_of
from kroniek.evaluate.openboek import Novel, compare_quotes, read_novel, score_quotes, speech_of
from kroniek.model import Span
from kroniek.pipeline import load_resources


def misses(novel: Novel, wanted: set[Span], answered: set[Span]) -> list[str]:
    """Return a line for each quotation that was missed or found in vain."""
    lines = []
    for kind, spans in (("missed", wanted - answered), ("in vain", answered - wanted)):
        for span in sorted(spans):
            before = novel.text[max(0, span.start - 60) : span.start]
            lines.append(
                f"  {kind}: ...{before!r} [{span.of(novel.text)!r}] {novel.text[span.end : span.end + 40]!r}"
            )
    return lines


def main(arguments: list[str]) -> int:
    """Print the F1 of each novel and of all; return 0, or 2 when the folder is not there."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(folders) != 1 or not folders[0].is_dir():
        print("usage: score_quotes.py FOLDER [--misses]", file=sys.stderr)
        return 2
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    novels = [read_novel(path) for path in sorted(folders[0].glob("*.xml"))]
    analyses = quotations_of(novels, resources)
    for novel, analysis in zip(novels, analyses, strict=True):
        counts = score_quotes([(novel, analysis)])[0].micro()
        print(f"{novel.id:38} {counts.wanted:4} quotations  F1 {100 * counts.f1:5.1f}")
        if "--misses" in arguments:
            print("\n".join(misses(novel, *compare_quotes(novel, speech_of(analysis)))))
    total = score_quotes(zip(novels, analyses, strict=True))[0].micro()
    print(
        f"{'all':38} {total.wanted:4} quotations  P {100 * total.precision:.1f}  R {100 * total.recall:.1f}  "
        f"F1 {100 * total.f1:.1f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
