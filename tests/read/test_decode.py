"""Bytes to text: what is detected, and the clear line for what is not."""

from __future__ import annotations

import pytest

from kroniek.errors import ReadError
from kroniek.read.decode import decode

TEXT = "De minister reisde naar Genève. Poetin zei: ‘Nee’ – over Oekraïne, België en coördinatie."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_decode_finds_the_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "utf-16"])
def test_decode_finds_the_encoding_of_a_short_text(encoding: str) -> None:
    text = "Zij sprak in Genève over België."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"%PDF-1.7 x", "a PDF"),
        (b"PK\x03\x04abc", "a ZIP archive"),
        ("België é".encode()[:-1], r"cut off inside a character at byte 8"),
        ("België é, ".encode() + b"Oekra\xefne", r"byte 0xEF at offset \d+ is not UTF-8"),
        ("Привет, как дела".encode("koi8-r"), "encoding not recognised"),
        (b"abc\x00def", "NUL at character 3"),
        (bytes(range(1, 9)) * 5, "control characters"),
    ],
)
def test_decode_says_what_is_wrong_and_where(data: bytes, line: str) -> None:
    with pytest.raises(ReadError, match=line):
        decode(data)


def test_decode_obeys_a_named_encoding() -> None:
    assert decode("Genève".encode("cp1252"), "cp1252") == "Genève"
    assert decode(TEXT.encode("utf-16"), "utf-16") == TEXT
    with pytest.raises(ReadError, match="'klingon' is not a text encoding"):
        decode(b"x", "klingon")
    with pytest.raises(ReadError, match="is not ascii"):
        decode(TEXT.encode(), "ascii")
