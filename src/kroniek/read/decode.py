"""Bytes to text: byte order marks, UTF-8, UTF-16, and the 8-bit encodings of Dutch newsrooms."""

from __future__ import annotations

import codecs
import logging
import re

from charset_normalizer import from_bytes

from kroniek.errors import ReadError

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
MAGIC = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive (as DOCX, ODT and XLSX are)"), (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"OggS", "a sound file"), (b"ID3", "a sound file"),
)  # fmt: skip
# What Dutch text was saved in before UTF-8: Windows, DOS and the old Macintosh.
LEGACY = ["cp1252", "cp850", "mac_roman"]
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
SAMPLE = 1 << 16
MAX_CONTROL = 0.01  # share of control characters above which bytes are not a text
MAX_ACCENTED = 0.25  # Dutch has under 3% of letters beyond ASCII

logging.getLogger("charset_normalizer").setLevel(logging.ERROR)


def decode(data: bytes, encoding: str = "") -> str:
    """Return the text of `data`, without byte order mark.

    `encoding` overrules detection. Raises ReadError, saying what and where, for binary data, data
    that is cut off inside a character, a mixture of encodings, and unknown encodings.
    """
    if encoding:
        return _decode_as(data, encoding)
    refuse_binary(data)
    found = detect(data)
    text = _decode_as(data, found)
    refuse_control(text)
    return text


def detect(data: bytes) -> str:
    """Return the name of the encoding of `data`; raises ReadError when none fits."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return name
    if name := _wide(data[:SAMPLE]):
        return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)
    return "utf-8"


def refuse_binary(data: bytes) -> None:
    """Raise ReadError when the first bytes are those of a well-known binary format."""
    for start, what in MAGIC:
        if data.startswith(start):
            raise ReadError(f"this is {what}; want text, HTML, JSON Lines or CSV")


def refuse_control(text: str) -> None:
    """Raise ReadError when a text holds NULs or more than a few control characters."""
    nul = text.find("\x00")
    if nul >= 0:
        raise ReadError(f"binary data: a NUL at character {nul}; want a text")
    if len(CONTROL.findall(text[:SAMPLE])) > MAX_CONTROL * len(text[:SAMPLE]):
        raise ReadError("binary data: too many control characters; want a text")


def _decode_as(data: bytes, encoding: str) -> str:
    for mark, name in BOMS:
        if data.startswith(mark) and _same_family(name, encoding):
            data, encoding = data[len(mark) :], name
            break
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(data) and error.reason in ("unexpected end of data", "truncated data"):
            raise ReadError(
                f"cut off inside a character at byte {error.start}; want the whole file"
            ) from error
        raise ReadError(
            f"byte 0x{data[error.start]:02X} at offset {error.start} is not {encoding}; want {encoding}, or name "
            "the right encoding"
        ) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise ReadError(
            f"{encoding!r} is not a text encoding; want utf-8, windows-1252 and the like"
        ) from error


def _same_family(mark: str, encoding: str) -> bool:
    name = encoding.lower().replace("_", "-")
    return mark.startswith(name.removesuffix("-sig").removesuffix("-le").removesuffix("-be"))


def _wide(sample: bytes) -> str:
    """Tell UTF-16 without a mark by the zero bytes beside ASCII letters."""
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else ""


def _legacy(data: bytes, error: UnicodeDecodeError) -> str:
    """Return the 8-bit encoding of data that is not UTF-8, if it reads as a text with few accents."""
    sample = data[:SAMPLE]
    loose = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in loose)
    sound = sum(char > "\x7f" for char in loose) - broken
    if sound and error.end >= len(data) and error.reason == "unexpected end of data":
        raise ReadError(f"cut off inside a character at byte {error.start}; want the whole file")
    if sound > broken:
        raise ReadError(
            f"byte 0x{data[error.start]:02X} at offset {error.start} is not UTF-8, while the rest is; want one encoding"
        )
    if CONTROL.search(sample.decode("latin-1")):
        raise ReadError("binary data: neither UTF-8 nor an 8-bit text; want a text")
    for name in _candidates(sample):
        if _plausible(data, name):
            return name
    raise ReadError(f"encoding not recognised{_hint(sample)}; want UTF-8, or name the encoding")


def _candidates(sample: bytes) -> list[str]:
    """Return the legacy encodings, likeliest first; Windows unless the bytes speak against it."""
    best = from_bytes(sample, cp_isolation=LEGACY).best()
    guess = best.encoding if best else LEGACY[0]
    return [guess, *(name for name in LEGACY if name != guess)] if guess in LEGACY else LEGACY


def _plausible(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    letters = sum(char.isalpha() for char in text)
    accented = sum(char > "\x7f" and not char.isspace() for char in text)
    return letters > 0 and accented <= MAX_ACCENTED * letters


def _hint(sample: bytes) -> str:
    best = from_bytes(sample).best()
    return f" (perhaps {best.encoding})" if best and best.encoding not in ("ascii", "utf_8") else ""
