"""Export of gold to the formats of other tools."""

from __future__ import annotations

import io

from kroniek.evaluate.exchange import to_conllu_plus, to_webanno, to_xmi, typesystem_xml
from kroniek.evaluate.gold import GoldAttribution, GoldDocument, GoldName, text_hash
from kroniek.model import Span

TEXT = "😀 Jan Smit zegt niets.\nPiet zwijgt."
DOCUMENT = GoldDocument(
    id="a", language="nl", published=None, sha256=text_hash(TEXT), text=TEXT,
    names=(GoldName(Span(2, 10), "PER", "Jan Smit"), GoldName(Span(23, 27), "PER", None)), times=(),
    attributions=(GoldAttribution(Span(2, 10), "Jan Smit", Span(11, 15), (Span(16, 21),), "indirect", "asserts"),),
    events=(),
)  # fmt: skip


def test_exchange_conllu_plus_has_a_column_for_each_layer() -> None:
    rows = [line.split("\t") for line in to_conllu_plus(DOCUMENT).split("\n") if "\t" in line]
    assert [row[:3] for row in rows[1:3]] == [["2", "Jan", "B-PER"], ["3", "Smit", "I-PER"]]
    assert all(len(row) == 8 for row in rows)


def test_exchange_webanno_counts_in_utf16() -> None:
    rows = [line.split("\t") for line in to_webanno(DOCUMENT).split("\n") if line[:2] == "1-"]
    assert rows[1][:4] == ["1-2", "3-6", "Jan", "PER[1]"]
    assert rows[2][3] == "PER[1]"


def test_exchange_xmi_reads_back_with_the_same_words() -> None:
    from cassis import load_cas_from_xmi, load_typesystem

    types = load_typesystem(io.BytesIO(typesystem_xml().encode()))
    cas = load_cas_from_xmi(io.BytesIO(to_xmi(DOCUMENT).encode()), typesystem=types)
    assert [name.get_covered_text() for name in cas.select("kroniek.Name")] == ["Jan Smit", "Piet"]
    assert 'begin="3"' in to_xmi(DOCUMENT)  # UTF-16: the emoji counts for two
