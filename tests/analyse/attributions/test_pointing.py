"""`Dat` that opens a sentence: what was said stands in the sentence before."""

from datetime import date

import pytest

from kroniek.model import Document, Origin
from kroniek.pipeline import analyse, load_resources

BEFORE = "De strijdende partijen hebben een bestand gesloten. "


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("Dat heeft gezant Martin Griffiths donderdag in Stockholm gezegd.", BEFORE.strip(" .")),
        ("Dat heeft António Guterres bekendgemaakt.", BEFORE.strip(" .")),
        ("Iran ontkent dat.", "dat"),
    ],
)
def test_pointing_takes_the_sentence_before(sentence: str, content: str) -> None:
    document = Document(f"Bestand gesloten\n\n{BEFORE}{sentence}", Origin("a.txt"))
    (analysis,) = analyse([document], load_resources(today=date(2026, 1, 1)))
    (statement,) = analysis.attributions
    assert [span.of(analysis.text) for span in statement.content] == [content]
