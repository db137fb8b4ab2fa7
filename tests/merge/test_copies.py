"""Many near-copies of one story: compared once, counted as one source, in time that grows with their number."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kroniek.merge import Merging, merge
from kroniek.merge.tellings import words_of
from kroniek.model import (
    AgreementMention,
    Analysis,
    Entity,
    EntityType,
    EventMention,
    Sentence,
    Span,
    Status,
)
from tests.makers import meeting

STORY = (
    "Volgens diplomatieke waarnemers spraken Kerry en Lavrov uitvoerig over praktische kwesties rond hulpkonvooien.",
    "Washington ontkende dinsdag uitdrukkelijk dat beide ministers afzonderlijk onderhandelden met vertegenwoordigers.",
    "Ambtenaren verwachten binnenkort opnieuw een ontmoeting tussen bewindslieden zonder voorafgaande voorwaarden.",
)
SYRIA = Entity("country:SY", "Syria", EntityType.GPE, country="SY")
SMALL = ("nu", "dus", "toen", "ook", "zo", "wel", "daar", "hier", "al", "nog")


def copy_of_story(number: int) -> Analysis:
    """Return a copy of the story with a small word of its own in each sentence."""
    extra = f"{SMALL[number % 10]} {SMALL[number // 10 % 10]}"
    sentences = [line.replace(" en ", f" en {extra} ").replace(" uit", f" {extra} uit") for line in STORY]
    sentences[2] = sentences[2].replace("opnieuw", f"opnieuw {extra}")
    text = " ".join(sentences)
    made = meeting(text, day="", published="2016-09-09", path=f"{number}.txt")
    starts = [text.index(line) for line in sentences]
    spans = [Span(start, start + len(line)) for start, line in zip(starts, sentences, strict=True)]
    kinds = (("spraken", Status.HAPPENED), ("onderhandelden", Status.DENIED), ("ontmoeting", Status.PLANNED))
    events = tuple(_told(made.events[0], text, word, status) for word, status in kinds)
    return replace(
        made, events=events, sentences=tuple(Sentence(span, 0, 0) for span in spans), tokens=(),
    )  # fmt: skip


def _told(event: EventMention, text: str, word: str, status: Status) -> EventMention:
    start = text.index(word)
    return replace(event, trigger=(Span(start, start + len(word)),), status=status)


def test_copies_are_compared_once_however_many() -> None:
    few, many = (Merging().with_reports(map(copy_of_story, range(count))) for count in (10, 90))
    for table in ("nodes", "same event links"):
        assert len(many.shelf.tables[table]) == len(few.shelf.tables[table])
    assert [len(family.documents) for family in many.merged().families] == [90]


def test_copies_give_the_events_of_one_with_all_their_tellings() -> None:
    one, many = merge([copy_of_story(0)]).events, merge(map(copy_of_story, range(90))).events
    assert sorted((event.status, 90 * len(event.tellings)) for event in one) == sorted(
        (event.status, len(event.tellings)) for event in many
    )
    assert {event.sources for event in many} == {1}


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(60)), st.integers(0, 60))
def test_copies_come_in_any_order_and_batches(order: list[int], first: int) -> None:
    merging = Merging().with_reports(map(copy_of_story, order[:first]))
    assert merging.with_reports(map(copy_of_story, order[first:])).merged() == merge(
        map(copy_of_story, range(60))
    )


def test_copies_are_known_by_their_long_words_and_figures() -> None:
    def words(text: str) -> str:
        return words_of(meeting(text + " Kerry Lavrov spraken"), Span(0, len(text)))

    line = "Ministers onderhandelden donderdag urenlang over veertien geschilpunten en 23 gevangenen."
    assert words(line) == words(line.replace(" over ", " nu over "))
    assert words(line) != words(line.replace("23", "24"))
    assert words(line) != words(line.replace("donderdag", "woensdag "))


def test_copies_of_what_is_told_of_one_truce_are_compared_once() -> None:
    def report(number: int) -> Analysis:
        text = f"Kerry en Lavrov spraken voor keer {number} over het bestand."
        start = text.index("het bestand")
        span = Span(start, start + 11)
        told = AgreementMention(span, span, "ceasefire", phase="violation_alleged", places=("country:SY",))
        made = meeting(text, day="", published=f"2016-09-{1 + number % 5:02d}", path=f"{number}.txt")
        return replace(made, entities=(*made.entities, SYRIA), agreements=(told,), events=())

    few, many = (Merging().with_reports(map(report, range(count))) for count in (10, 60))
    assert len(few.shelf.tables["agreement nodes"]) == len(many.shelf.tables["agreement nodes"]) == 5
    (process,) = many.merged().processes
    assert (len(process.mentions), len(process.phases)) == (60, 5)
