"""Score the step `quotations` on the quotations of OpenBoek's development novels (van Cranenburgh and others 2022).

    python scripts/score_quotes.py ../shared/training/openboek/quotes [--misses]

A quotation counts as found when its words are the same; marks, dashes, punctuation and white space at its ends do
not count. Stretches that the step takes for a term or a title are not answers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from kroniek.analyse.quotations import quotations
from kroniek.analyse.step import Resources
from kroniek.evaluate.scores import Counts
from kroniek.model import Analysis, Document, Origin, Span, Zone, ZoneKind
from kroniek.pipeline import load_resources

TAG = re.compile(r"<(?P<close>/?)(?P<name>\w+)[^>]*>")


@dataclass(frozen=True, slots=True)
class Novel:
    """A novel's text, a line for each sentence, and its quotations."""

    name: str
    text: str
    quotes: tuple[Span, ...]


def read_novel(path: Path) -> Novel:
    """Return the text of a file without its tags, and the spans of its elements `quote`."""
    raw = path.read_text(encoding="utf-8")
    raw = raw[raw.index("<text>") + len("<text>") : raw.index("</text>")]
    text, last, open_at = "", 0, 0
    quotes = []
    for tag in TAG.finditer(raw):
        text += unescape(raw[last : tag.start()])
        last = tag.end()
        if tag["name"] == "quote" and not tag["close"]:
            open_at = len(text)
        elif tag["name"] == "quote":
            quotes.append(Span(open_at, len(text)))
    return Novel(path.stem, text + unescape(raw[last:]), tuple(quotes))


def find_quotes(novel: Novel, resources: Resources) -> list[Span]:
    """Return the stretches of speech that the step finds, those inside others left out."""
    zones = tuple(Zone(ZoneKind.PARAGRAPH, Span(*line.span())) for line in re.finditer(r"[^\n]+", novel.text))
    layers = quotations(Analysis(Document(novel.text, Origin(novel.name)), zones=zones), resources)
    found: list[Span] = []
    for quotation in layers["quotations"]:
        if quotation.speech and not (found and found[-1].covers(quotation.span)):
            found.append(quotation.span)
    return found


def words_of(span: Span, text: str) -> Span | None:
    """Return a span without what is no word at its ends; None when no word is left."""
    words = re.search(r"\w(?:.*\w)?", span.of(text), re.DOTALL)
    return Span(span.start + words.start(), span.start + words.end()) if words else None


def score(novel: Novel, found: Iterable[Span]) -> tuple[Counts, set[Span], set[Span]]:
    """Return the counts, what was missed and what was found in vain."""
    wanted = {span for quote in novel.quotes if (span := words_of(quote, novel.text))}
    answered = {span for quote in found if (span := words_of(quote, novel.text))}
    hits = wanted & answered
    return Counts(len(hits), len(answered), len(wanted)), wanted - answered, answered - wanted


def main(arguments: list[str]) -> int:
    """Print the F1 of each novel and of all; return 0, or 2 when the folder is not there."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(folders) != 1 or not folders[0].is_dir():
        print("usage: score_quotes.py FOLDER [--misses]", file=sys.stderr)
        return 2
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    total = Counts()
    for path in sorted(folders[0].glob("*.xml")):
        novel = read_novel(path)
        counts, missed, vain = score(novel, find_quotes(novel, resources))
        total += counts
        print(f"{novel.name:34} {counts.wanted:4} quotations  F1 {100 * counts.f1:5.1f}")
        if "--misses" in arguments:
            for kind, spans in (("missed", missed), ("in vain", vain)):
                for span in sorted(spans):
                    print(f"  {kind}: ...{novel.text[max(0, span.start - 60) : span.start]!r} [{span.of(novel.text)!r}]"
                          f" {novel.text[span.end : span.end + 40]!r}")  # fmt: skip
    print(f"{'all':34} {total.wanted:4} quotations  P {100 * total.precision:.1f}  R {100 * total.recall:.1f}  "
          f"F1 {100 * total.f1:.1f}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
