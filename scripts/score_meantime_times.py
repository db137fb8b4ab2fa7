"""Score the step `times` on MEANTIME's Dutch articles against the TIMEX values of their English side.

    python scripts/score_meantime_times.py ../shared/training/meantime-nl [--misses]

The Dutch side has no time annotation: a value of an English sentence counts as found when the Dutch sentence
has it. Three counts are printed: against the Dutch sentence of the same number, against the Dutch sentence
(or two) that renders the English one, and against the whole article. Translators split and joined sentences,
so the numbers of the two sides run apart in some articles; sentences are aligned by the words and figures
that they share (dynamic programming over 1-1, 1-2, 2-1, 1-0 and 0-1 steps, after Gale and Church 1993).
The publication itself and empty mentions are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kroniek.analyse.times import find_times
from kroniek.model import Analysis, Document, Origin, Published, Span, Timex, Zone, ZoneKind
from kroniek.pipeline import Resources, load_resources

STEPS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
WAYS = ("same sentence number", "aligned sentence", "whole article")
Values = dict[int, Counter[str]]  # sentence number -> values


def expected_values(article: dict[str, Any]) -> tuple[str, Values]:
    """Return the day of publication and the other values of each English sentence."""
    published = next((t["value"] for t in article["en_timex"] if t.get("func") == "CREATION_TIME"), "")
    values: Values = {}
    for timex in article["en_timex"]:
        if timex.get("func") != "CREATION_TIME" and timex["text"]:
            values.setdefault(timex["sent"], Counter())[timex["value"]] += 1
    return published, values


def times_of(article: dict[str, Any], published: str, resources: Resources) -> list[tuple[int, str, Timex]]:
    """Return sentence index, words and record of the times that the step finds in the Dutch sentences."""
    text, spans = "", []
    for words in article["nl_sentences"]:
        sentence = " ".join(words)
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    zones = tuple(Zone(ZoneKind.PARAGRAPH, span) for span in spans)
    analysis = Analysis(Document(text, Origin("a")), published=Published(published or None), zones=zones)
    timexes = find_times(analysis, resources)["timexes"]
    return [(next(i for i, s in enumerate(spans) if s.covers(t.span)), t.span.of(text), t) for t in timexes]


def align(english: Sequence[Sequence[str]], dutch: Sequence[Sequence[str]]) -> dict[int, set[int]]:
    """Return for each English sentence the Dutch sentences that render it."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(english) + 1):
        for j in range(len(dutch) + 1):
            for a, b in STEPS:
                if (i - a, j - b) in best:
                    gain = best[i - a, j - b][0] + _likeness(english[i - a : i], dutch[j - b : j])
                    if (i, j) not in best or gain > best[i, j][0]:
                        best[i, j] = gain, (a, b)
    found: dict[int, set[int]] = {}
    i, j = len(english), len(dutch)
    while i or j:
        a, b = best[i, j][1]
        for number in range(i - a, i):
            found.setdefault(number, set()).update(range(j - b, j))
        i, j = i - a, j - b
    return found


def _likeness(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> float:
    """Weigh how well sentences render each other: the share of names and figures in both, and like lengths."""
    if not left or not right:
        return -0.2
    one, two = (
        {part.lower() for words in side for word in words for part in word.split("-") if _is_anchor(part)}
        for side in (left, right)
    )
    sizes = sorted(sum(len(words) for words in side) for side in (left, right))
    shared = 2 * len(one & two) / max(1, len(one) + len(two))
    return (shared + 0.3 * sizes[0] / max(1, sizes[1])) * max(len(left), len(right)) ** 0.5


def _is_anchor(word: str) -> bool:
    return word[:1].isupper() or any(character.isdigit() for character in word)


def found_in(expected: Values, places: dict[int, set[int]], times: list[tuple[int, str, Timex]]) -> Values:
    """Return the expected values, by English sentence, that stand in the Dutch sentences given for it."""
    left = [(place, timex.value) for place, _, timex in times]
    found: Values = {}
    for sentence, values in sorted(expected.items()):
        for value in values.elements():
            hit = next(
                (item for item in left if item[1] == value and item[0] in places.get(sentence, ())), None
            )
            if hit is not None:
                left.remove(hit)
                found.setdefault(sentence, Counter())[value] += 1
    return found


def main(arguments: list[str]) -> int:
    """Print the share of values found; return 0, or 2 when the folder is not there."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(folders) != 1 or not folders[0].is_dir():
        print("usage: score_meantime_times.py FOLDER [--misses]", file=sys.stderr)
        return 2
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    hits: Counter[str] = Counter()
    total = 0
    for file in sorted(folders[0].glob("*.json")):
        article = json.loads(file.read_text(encoding="utf-8"))
        published, expected = expected_values(article)
        times = times_of(article, published, resources)
        numbers = {number: {place} for place, number in enumerate(article["nl_sent_ids"])}
        everywhere = {sentence: set(range(len(article["nl_sentences"]))) for sentence in expected}
        places = (numbers, align(article["en_sentences"], article["nl_sentences"]), everywhere)
        total += sum(sum(values.values()) for values in expected.values())
        for way, chosen in zip(WAYS, places, strict=True):
            found = found_in(expected, chosen, times)
            hits[way] += sum(sum(values.values()) for values in found.values())
            if "--misses" in arguments and way == WAYS[1]:
                for sentence, values in expected.items():
                    if missed := values - found.get(sentence, Counter()):
                        here = [(w, t.value) for place, w, t in times if place in chosen.get(sentence, ())]
                        print(file.stem, published, sentence, dict(missed), here)
    for way in WAYS:
        print(f"values found, {way}: {hits[way]} of {total}, {100 * hits[way] / max(1, total):.1f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
