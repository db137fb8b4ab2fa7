"""Score the step `times` on MEANTIME's Dutch articles against the TIMEX values of their English side.

    python scripts/score_meantime_times.py ../shared/training/meantime-nl [--misses]

The Dutch side has no time annotation: a value of an English sentence counts as found when the Dutch sentence
has it. Counts are printed against the Dutch sentence of the same number, against the Dutch sentence
(or two) that renders the English one, and against the whole article. Translators split and joined sentences,
so the numbers of the two sides run apart in some articles; sentences are aligned by the names, figures and
cognates that they share (dynamic programming over 1-1, 1-2, 2-1, 1-0 and 0-1 steps, after Gale and Church
1993). The publication itself and empty mentions are left out. A translator leaves times out too: a fourth count leaves
out the values for which the Dutch sentence has no word, which `meantime_not_told.tsv` lists with the reason.
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

# How many sentences on either side go together, and what speaks for it beforehand: mostly one renders one.
STEPS = {(1, 1): 0.3, (1, 2): 0.0, (2, 1): 0.0, (1, 0): -0.2, (0, 1): -0.2}
COGNATE = 5  # letters that two words begin with alike: `videobeelden` and `video`
WAYS = ("same sentence number", "aligned sentence", "whole article")
TOLD = "aligned sentence, of those that it tells"
NOT_TOLD = Path(__file__).with_name("meantime_not_told.tsv")
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
            for (a, b), prior in STEPS.items():
                if (i - a, j - b) in best:
                    likeness = _likeness(english[i - a : i], dutch[j - b : j])
                    gain = best[i - a, j - b][0] + likeness + prior
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
    """Weigh how well sentences render each other: the share of names, figures and cognates, and like lengths."""
    if not left or not right:
        return 0.0
    one, two = (
        {
            part.lower()[: None if _is_anchor(part) else COGNATE]
            for words in side
            for word in words
            for part in word.split("-")
            if _is_anchor(part) or len(part) >= COGNATE
        }
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


def not_told(file: str, table: Path = NOT_TOLD) -> Values:
    """Return the values of an article for which the Dutch sentence has no word."""
    found: Values = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        article, sentence, value, *_ = line.split("\t") if "\t" in line else ("", "", "")
        if article == file:
            found.setdefault(int(sentence), Counter())[value] += 1
    return found


def main(arguments: list[str]) -> int:
    """Print the share of values found; return 0, or 2 when the folder is not there."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(folders) != 1 or not folders[0].is_dir():
        print("usage: score_meantime_times.py FOLDER [--misses]", file=sys.stderr)
        return 2
    resources = load_resources(today=date(2026, 1, 1), parser="spacy")
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for file in sorted(folders[0].glob("*.json")):
        article = json.loads(file.read_text(encoding="utf-8"))
        published, expected = expected_values(article)
        times = times_of(article, published, resources)
        numbers = {number: {place} for place, number in enumerate(article["nl_sent_ids"])}
        everywhere = {sentence: set(range(len(article["nl_sentences"]))) for sentence in expected}
        places = (numbers, align(article["en_sentences"], article["nl_sentences"]), everywhere)
        missing = not_told(file.stem)
        told = {sentence: values - missing.get(sentence, Counter()) for sentence, values in expected.items()}
        sought = {**dict.fromkeys(WAYS, expected), TOLD: told}
        for way, chosen in zip((*WAYS, TOLD), (*places, places[1]), strict=True):
            found = found_in(sought[way], chosen, times)
            hits[way] += sum(sum(values.values()) for values in found.values())
            totals[way] += sum(sum(values.values()) for values in sought[way].values())
            if "--misses" in arguments and way == WAYS[1]:
                for sentence, values in expected.items():
                    if missed := values - found.get(sentence, Counter()):
                        here = [(w, t.value) for place, w, t in times if place in chosen.get(sentence, ())]
                        print(file.stem, published, sentence, dict(missed), here)
    for way, total in totals.items():
        print(f"values found, {way}: {hits[way]} of {total}, {100 * hits[way] / max(1, total):.1f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
