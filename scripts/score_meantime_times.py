"""Score the step `times` on MEANTIME's Dutch articles against the TIMEX values of their English side.

    python scripts/score_meantime_times.py ../shared/training/meantime-nl [--misses]

The Dutch side has no time annotation, so a value counts as found when the Dutch article has it somewhere;
values of other articles' days, of empty mentions and of the publication itself are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from kroniek.analyse.times import find_times
from kroniek.model import Analysis, Document, Origin, Published, Span, Timex, Zone, ZoneKind
from kroniek.pipeline import Resources, load_resources


def expected_values(article: dict[str, Any]) -> tuple[str, Counter[str]]:
    """Return the day of publication and how often the English side names each other value."""
    published = next((t["value"] for t in article["en_timex"] if t.get("func") == "CREATION_TIME"), "")
    values = (t["value"] for t in article["en_timex"] if t.get("func") != "CREATION_TIME" and t["text"])
    return published, Counter(values)


def times_of(article: dict[str, Any], published: str, resources: Resources) -> list[tuple[str, Timex]]:
    """Return the words and records of the times that the step finds in the Dutch sentences."""
    sentences = [" ".join(words) for words in article["nl_sentences"]]
    text, zones = "", []
    for sentence in sentences:
        zones.append(Zone(ZoneKind.PARAGRAPH, Span(len(text), len(text) + len(sentence))))
        text += sentence + "\n"
    analysis = Analysis(
        Document(text, Origin("a")), published=Published(published or None), zones=tuple(zones)
    )
    return [(timex.span.of(text), timex) for timex in find_times(analysis, resources)["timexes"]]


def main(arguments: list[str]) -> int:
    """Print the share of values found; return 0, or 2 when the folder is not there."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(folders) != 1 or not folders[0].is_dir():
        print("usage: score_meantime_times.py FOLDER [--misses]", file=sys.stderr)
        return 2
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    hits = total = 0
    for file in sorted(folders[0].glob("*.json")):
        article = json.loads(file.read_text(encoding="utf-8"))
        published, expected = expected_values(article)
        times = times_of(article, published, resources)
        got = Counter(value for _, timex in times for value in _readings(timex))
        found = sum((expected & got).values())
        total, hits = total + sum(expected.values()), hits + found
        if "--misses" in arguments and found < sum(expected.values()):
            print(file.stem, published, dict(expected - got), [(w, t.value) for w, t in times])
    print(f"values found: {hits} of {total}, {100 * hits / max(1, total):.1f}%")
    return 0


def _readings(timex: Timex) -> set[str]:
    """Return a time's value, with the day alone for a part of the day, which the English side often has."""
    return {timex.value}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
