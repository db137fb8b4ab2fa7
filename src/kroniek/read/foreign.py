"""Which language a text is in, decided by lingua on enough of it, with few candidates."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

# What reports in a European newsroom's folders are written in; lingua tells the rest by their script.
CANDIDATES = (
    "nl", "en", "de", "fr", "es", "it", "pt", "af", "da", "pl", "tr", "ru", "uk", "ar", "fa", "zh", "ja",
)  # fmt: skip
FEW, ENOUGH = 40, 160  # letters below which the language is not judged, and from which it is easily judged
SLICE = 350  # characters looked at in the beginning, the middle and the end
# A text is foreign from this confidence of lingua in another language, and up to this one in the wanted.
LONG_TEXT, SHORT_TEXT = (0.75, 0.10), (0.97, 0.005)
NAMES = {
    "nl": "Dutch", "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "af": "Afrikaans", "da": "Danish", "pl": "Polish", "tr": "Turkish", "ru": "Russian",
    "uk": "Ukrainian", "ar": "Arabic", "fa": "Persian", "zh": "Chinese", "ja": "Japanese",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")


def foreign_language(text: str, wanted: str) -> str:
    """Return the name of the language of a text that is not in the wanted one, else "".

    Texts with fewer than 40 letters pass, those with fewer than 160 unless lingua is very sure, and so
    does a text of which a part is in the wanted language: reports quote.
    """
    slices = _slices(text)
    found = ""
    for piece in slices:
        verdict = _judge(piece, wanted)
        if verdict == "":
            return ""  # the other slices need not be judged
        found = found or verdict or ""
    return found


def language_name(code: str) -> str:
    """Return the English name of a language code, or the code itself."""
    return NAMES.get(code, code)


def _slices(text: str) -> list[str]:
    if len(text) <= 2 * SLICE:
        return [text]
    middle = len(text) // 2 - SLICE // 2
    return [text[middle : middle + SLICE], text[:SLICE], text[-SLICE:]]


def _judge(piece: str, wanted: str) -> str | None:
    """Return "" for the wanted language, another's name, or None when the piece has too few letters."""
    found = WORD.findall(piece)
    letters = sum(len(word) for word in found)
    if letters < FEW:
        return None
    words = " ".join(found)
    sure, unlikely = LONG_TEXT if letters >= ENOUGH else SHORT_TEXT
    values = _detector(wanted).compute_language_confidence_values(words)
    best = values[0]
    chances = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
    code = best.language.iso_code_639_1.name.lower()
    if code == wanted or best.value < sure or chances.get(wanted, 0.0) > unlikely:
        return ""
    return language_name(code)


@cache
def _detector(wanted: str) -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [IsoCode639_1.from_str(code.upper()) for code in dict.fromkeys((wanted, *CANDIDATES))]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
