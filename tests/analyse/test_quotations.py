"""Quotations: the pack's examples, and what must hold for any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kroniek.analyse.quotations import find_quotations, habits_of
from kroniek.language import load_language
from kroniek.model import Quotation, Span

DUTCH = load_language("nl")
HABITS = DUTCH.compiled(habits_of)
EXAMPLES = DUTCH.table("quotes")["example"]


def lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def quotations(text: str) -> list[Quotation]:
    return find_quotations(text, lines(text), HABITS)[0]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_quotations_example_of_the_pack(example: dict[str, object]) -> None:
    text = str(example["text"])
    assert [quotation.span.of(text) for quotation in quotations(text)] == example["quotations"]


def test_quotations_left_open_end_with_their_paragraph_and_leave_a_gap() -> None:
    text = 'Hij zei: "Wij gaan.\nDat was alles.'
    found, gaps = find_quotations(text, lines(text), HABITS)
    assert [(quotation.span.of(text), quotation.closed) for quotation in found] == [('"Wij gaan.', False)]
    assert [gap.reason for gap in gaps] == ["a quotation mark is opened and never closed"]


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ('Hij schreef versjes over "wetende ogen."', False),
        ('"Duivel" zei hij.', True),
        ('Een man zei: "opscheppers" tegen wie het hoorde.', True),
        ('Zij zei later "wat een nette jongen".', True),
        ('Hij noemt het "een schande voor het hele land en voor ons allen."', True),
    ],
)
def test_quotations_tells_speech_from_words_of_the_sentence(text: str, speech: bool) -> None:
    assert [quotation.speech for quotation in quotations(text)] == [speech]


def test_quotations_tells_speech_from_terms() -> None:
    text = "De ‘vrije wereld’ zwijgt. ‘Wij zwijgen nooit meer’, zei hij. Zij zei: ‘Nee’."
    assert [quotation.speech for quotation in quotations(text)] == [False, True, True]


@given(st.text(alphabet="ab .,:\n\"'‘’“”„«»`-", max_size=80))
def test_quotations_lie_in_the_text_and_nest(text: str) -> None:
    found = quotations(text)
    for quotation in found:
        assert quotation.span.end <= len(text) and len(quotation.span) > 0
    assert found == sorted(found, key=lambda item: (item.span.start, -item.span.end))


@pytest.mark.parametrize("piece", ['"', " '", "“a ", ",,a ", "''", '"a\n', "‘a’’ "])
def test_quotations_takes_linear_time_on_unbalanced_marks(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * size
        paragraphs = lines(text)
        begin = time.process_time()
        find_quotations(text, paragraphs, HABITS)
        return time.process_time() - begin

    seconds(100)
    once, tenfold = min(seconds(1_000) for _ in range(3)), min(seconds(10_000) for _ in range(2))
    assert tenfold < 50 * max(once, 0.004)
