"""MEANTIME (Minard et al. 2016), Dutch: events with certainty and polarity, names, times and event chains.

Reads the files with CLIN26 shared-task columns: a line of each token per layer. Gold tokens are joined
by blanks and sentences by line ends, so that any text analysis can be laid beside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kroniek.analyse.predicates import find_predicates
from kroniek.errors import GoldError
from kroniek.evaluate.matching import match
from kroniek.evaluate.scores import Counts, Metric, Tally
from kroniek.language import Language
from kroniek.model import Analysis, Document, Origin, Span

NAME_TYPES = ("PER", "LOC", "ORG")
SAME_TYPE = {"GPE": "LOC", "FAC": "LOC"}  # our types that MEANTIME counts as one of its own
CERTAINTIES = {
    "CERTAIN": "certain",
    "PROBABLE": "probable",
    "POSSIBLE": "possible",
    "UNDERSPECIFIED": "underspecified",
}
POLARITIES = {"POS": "positive", "NEG": "negative", "UNDERSPECIFIED": "underspecified"}


@dataclass(frozen=True, slots=True)
class MeantimeEvent:
    """An event: the spans of its words, certainty and polarity ("" when not annotated)."""

    words: tuple[Span, ...]
    certainty: str
    polarity: str


@dataclass(frozen=True, slots=True)
class MeantimeName:
    """A name with its type PER, LOC or ORG."""

    span: Span
    type: str


@dataclass(frozen=True, slots=True)
class MeantimeDocument:
    """One article, annotated in its first sentences only; `times` are (sentence, TIMEX3 value) of the English."""

    id: str
    text: str
    sentences: tuple[Span, ...]
    events: tuple[MeantimeEvent, ...]
    names: tuple[MeantimeName, ...]
    times: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the machine found in a MEANTIME text; the same records, with our labels."""

    events: tuple[MeantimeEvent, ...] = ()
    names: tuple[MeantimeName, ...] = ()
    times: tuple[tuple[Span, str], ...] = ()


def read_meantime(path: Path) -> MeantimeDocument | None:
    """Return one article; None when it has no columns for the shared task.

    Raises GoldError for a file that is not in this form.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return _document(record) if "clin26_factuality" in record else None
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise GoldError(f"{path}: not a MEANTIME file with CLIN26 columns: {error!r}") from error


def _document(record: dict[str, Any]) -> MeantimeDocument:
    text = ""
    sentences: list[Span] = []
    places: list[list[Span]] = []
    for rows in record["clin26_factuality"]:
        words: list[Span] = []
        for row in rows:
            words.append(Span(len(text), len(text) + len(row[1])))
            text += row[1] + " "
        text = text[:-1] + "\n"
        places.append(words)
        sentences.append(Span(words[0].start, words[-1].end))
    numbers = {number: place for place, number in enumerate(record["nl_sent_ids"][: len(sentences)])}
    return MeantimeDocument(
        id=record["id"],
        text=text,
        sentences=tuple(sentences),
        events=tuple(_events(record["clin26_factuality"], places)),
        names=tuple(_names(record["clin26_ne"], places)),
        times=tuple((numbers[t["sent"]], t["value"]) for t in record["en_timex"] if t["sent"] in numbers),
    )


def _events(sentences: Sequence[Any], places: Sequence[Sequence[Span]]) -> Iterable[MeantimeEvent]:
    """Yield events from B-E and I-E tags; an I-E belongs to the last B-E, however far before."""
    for rows, words in zip(sentences, places, strict=True):
        current: list[Span] = []
        labels = ("", "")
        for row, word in zip(rows, words, strict=True):
            if row[2] == "B-E":
                if current:
                    yield MeantimeEvent(tuple(current), *labels)
                current = [word]
                labels = CERTAINTIES.get(row[3][2:], ""), POLARITIES.get(row[4][2:], "")
            elif row[2] == "I-E" and current:
                current.append(word)
        if current:
            yield MeantimeEvent(tuple(current), *labels)


def _names(sentences: Sequence[Any], places: Sequence[Sequence[Span]]) -> Iterable[MeantimeName]:
    """Yield the outermost names of our types; brackets open and close them, `|` parts nested ones."""
    for rows, words in zip(sentences, places, strict=True):
        open_at: Span | None = None
        for row, word in zip(rows, words, strict=True):
            outer = row[2].split("|")[0]
            kind = outer.strip("()")
            if kind not in NAME_TYPES:
                open_at = None
                continue
            if outer.startswith("("):
                open_at = word
            if outer.endswith(")") and open_at is not None:
                yield MeantimeName(Span(open_at.start, word.end), kind)
                open_at = None


def score_meantime(pairs: Iterable[tuple[MeantimeDocument, Found]]) -> list[Metric]:
    """Return detection F1 (exact words and overlap), polarity and certainty macro-F1 on events found, names, times."""
    tally = Tally()
    for gold, found in pairs:
        tally.next_document()
        _score_events(tally, gold, found)
        _score_names(tally, gold, found)
        _score_times(tally, gold, found)
    return tally.metrics()


def _score_events(tally: Tally, gold: MeantimeDocument, found: Found) -> None:
    pairs = match(gold.events, found.events, _same_head)
    sizes = len(found.events), len(gold.events)
    exact = sum(a.words == b.words for a, b in pairs)
    tally.add("meantime events exact", Counts(exact, *sizes))
    tally.add("meantime events detection", Counts(len(pairs), *sizes))
    labels: tuple[tuple[str, Callable[[MeantimeEvent], str]], ...] = (
        ("polarity", lambda event: event.polarity),
        ("certainty", lambda event: event.certainty),
    )
    for name, label_of in labels:
        labelled = [(label_of(a), label_of(b)) for a, b in pairs if label_of(a)]
        for label in {label for pair in labelled for label in pair}:
            hits = sum(a == b == label for a, b in labelled)
            counts = Counts(hits, sum(b == label for _, b in labelled), sum(a == label for a, _ in labelled))
            tally.add(f"meantime {name} macro", counts, label)


def _same_head(left: MeantimeEvent, right: MeantimeEvent) -> float:
    shared = len(set(left.words) & set(right.words))
    return shared / max(len(left.words), len(right.words))


def _score_names(tally: Tally, gold: MeantimeDocument, found: Found) -> None:
    answered = {MeantimeName(name.span, SAME_TYPE.get(name.type, name.type)) for name in found.names}
    answered = {name for name in answered if name.type in NAME_TYPES}
    hits = len(answered & set(gold.names))
    tally.add("meantime names", Counts(hits, len(answered), len(set(gold.names))))


def _score_times(tally: Tally, gold: MeantimeDocument, found: Found) -> None:
    """Values are compared sentence by sentence, as the gold times stand in the English parallel."""
    answered = []
    for span, value in found.times:
        inside = [number for number, sentence in enumerate(gold.sentences) if sentence.covers(span)]
        answered += [(number, value) for number in inside]
    pairs = match(gold.times, answered, lambda a, b: float(a == b))
    tally.add("meantime time values", Counts(len(pairs), len(answered), len(gold.times)))


def analyse_meantime(
    documents: Sequence[MeantimeDocument],
    analyse: Callable[[Iterable[Document]], Iterable[Analysis]],
    language: Language,
) -> list[Found]:
    """Return what an analysis finds in MEANTIME texts, in our labels.

    `analyse` is the flow (`kroniek.pipeline.analyse` with its resources). The text is handed over as
    one paragraph a sentence, as the corpus has it.
    """
    inputs = [
        Document(text=document.text, language="nl", origin=Origin(path=document.id)) for document in documents
    ]
    return [_found(analysis, language) for analysis in analyse(inputs)]


def _found(analysis: Analysis, language: Language) -> Found:
    predicates = find_predicates(analysis, language)
    return Found(
        events=tuple(
            MeantimeEvent(predicate.words, predicate.reading.certainty, predicate.reading.polarity)
            for predicate in predicates
        ),
        names=tuple(MeantimeName(name.span, str(name.type)) for name in analysis.names if name.type),
        times=tuple((timex.span, timex.value) for timex in analysis.timexes),
    )
