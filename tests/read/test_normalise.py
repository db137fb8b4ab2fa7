"""NFC and newlines, and the way back to the source."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kroniek.model import Document, Origin
from kroniek.read.normalise import is_mangled, normalise

PIECES = st.sampled_from(["e", "\u0301", "é", "\r\n", "\r", "\n", "a", " ", "\u1100\u1161\u11a8", "\u0958", "\u212b", "\u0f73", "\u09c7\u09be", "\U0001d15e"])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


def document(source: str) -> Document:
    text, pairs = normalise(source)
    return Document(text, Origin("a"), raw_offsets=pairs)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_normalise_gives_nfc_with_plain_newlines(source: str) -> None:
    assume(not is_mangled(source))
    wanted = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", source))
    assert normalise(source)[0] == wanted


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_normalise_maps_every_prefix_to_the_source_that_gives_it(source: str) -> None:
    assume(not is_mangled(source))
    found = document(source)
    offsets = [found.source_offset(offset) for offset in range(len(found.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[0] == 0 and offsets[-1] == len(source)
    text_of = {offset: normalise(source[:offset])[0] for offset in set(offsets)}
    for offset, there in enumerate(offsets):
        if (
            offset
            and found.text[offset - 1].isascii()
            and (offset == len(found.text) or found.text[offset].isascii())
        ):
            assert text_of[there] == found.text[:offset]


def test_normalise_puts_right_what_was_decoded_twice() -> None:
    right = "Genève, ‘Oekraïne’ – België”\r\nen Syrië."
    source = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in right.encode()
    )
    found = document(source)
    assert found.text == right.replace("\r\n", "\n")
    start = found.text.index("Syrië")
    assert source[found.source_offset(start) : found.source_offset(start + 5)] == "SyriÃ«"


def test_normalise_leaves_a_text_alone_that_is_not_wholly_mangled() -> None:
    for text in ("GenÃ¨ve en België", "Ã", "São Paulo", "â€", "Müller"):
        assert normalise(text)[0] == text


def test_normalise_keeps_the_map_empty_when_nothing_moves() -> None:
    assert normalise("Genève\n") == ("Genève\n", ())


def test_normalise_maps_a_word_after_a_composed_letter() -> None:
    source = "Gene\u0300ve en\r\nBelgie\u0308 nu"
    found = document(source)
    start = found.text.index("nu")
    assert source[found.source_offset(start) : found.source_offset(start + 2)] == "nu"
    start = found.text.index("België")
    assert source[found.source_offset(start) : found.source_offset(start + 6)] == "Belgie\u0308"


def test_normalise_replaces_lone_surrogates() -> None:
    assert normalise("a\ud800b")[0] == "a\ufffdb"
