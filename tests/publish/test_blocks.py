"""Text in blocks: Markdown and Word show what reports say, and run none of it."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kroniek.publish.blocks import Grid, Heading, Item, Paragraph, Quoted, escaped, markdown, word_document


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>", r"\<script\>"), ("[a](http://x)", r"\[a\](http://x)"), ("- a", r"\- a"), ("1. a", r"1\. a"),
        ("# kop", r"\# kop"), ("a|b", r"a\|b"), ("a\nb", "a b"), ("\x1b[31m", "\N{REPLACEMENT CHARACTER}\\[31m"),
        ("&amp;", r"\&amp;"), ("", ""), ("2.5 procent", "2.5 procent"), ("+ a", r"\+ a"),
    ],
)  # fmt: skip
def test_markdown_shows_signs_as_they_stand(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_markdown_keeps_any_text_on_one_line(text: str) -> None:
    assert len(escaped(text).splitlines()) <= 1


def test_markdown_joins_lists_and_parts_paragraphs() -> None:
    blocks = [
        Heading(2, "Kop"), Paragraph("tekst", strong="Vet:"), Item("een"), Quoted("Zij ", "spraken", " lang.", "[1] krant"),
        Item("twee", depth=1), Grid(["a", "b"], [["x|y", ""]]),
    ]  # fmt: skip
    assert markdown(blocks) == (
        "## Kop\n\n**Vet:** tekst\n\n- een\n  - “Zij **spraken** lang.” (\\[1\\] krant)\n  - twee\n\n"
        "| a | b |\n| --- | --- |\n| x\\|y |   |\n"
    )


def test_word_file_opens_and_holds_signs_that_xml_cannot() -> None:
    blocks = [
        Heading(1, "T\x00"),
        Quoted("a\x01 ", "b", "\ufffe", "c"),
        Item("x", depth=1),
        Grid(["k"], [["\x0b"]]),
    ]
    made = word_document(blocks, title="T\x00", language="nl")
    found = docx.Document(BytesIO(made))
    assert [paragraph.text for paragraph in found.paragraphs][1:] == ["“a b” (c)", "x"]
    assert found.core_properties.language == "nl"
