"""Prune the encoder's vocabulary to Dutch and English, and build a tokenizer of what is left.

A word that needs a dropped piece is cut again from the pieces that stay (the unigram model looks for
the likeliest cut), so nothing in a Latin, Greek, Cyrillic, Arabic or Hebrew script becomes unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kroniek_training.encoder_file import Piece

SPECIAL = 4  # <s> <pad> </s> <unk>
LATIN = re.compile(r"[\u2581\u0000-\u024f\u1e00-\u1eff\u2000-\u20ff]+")
LETTERS_KEPT = re.compile(r"[\u0000-\u06ff\u1e00-\u22ff]")
FREQUENT = 60_000  # ids below this are the most frequent pieces of the encoder's own corpus


def build_tokenizer(pieces: Iterable[Piece]) -> Tokenizer:
    """Return a unigram tokenizer for single words: NFKC, a mark for the word's start, no specials."""
    vocabulary = [(piece.text, piece.score) for piece in pieces]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    return tokenizer


def choose_pieces(pieces: tuple[Piece, ...], words: Counter[str], *, fewest: int) -> list[int]:
    """Return the ids to keep, in order: specials, letters, frequent Latin pieces, and pieces in use.

    ``words`` are the words of the corpora with their counts; a Latin piece that they use at least
    ``fewest`` times stays.
    """
    tokenizer = build_tokenizer(pieces)
    used: Counter[int] = Counter()
    forms = list(words)
    for form, encoding in zip(forms, tokenizer.encode_batch(forms), strict=True):
        for piece in encoding.ids:
            used[piece] += words[form]
    return [
        number
        for number, piece in enumerate(pieces)
        if number < SPECIAL
        or (len(piece.text) == 1 and LETTERS_KEPT.match(piece.text))
        or (LATIN.fullmatch(piece.text) and (number < FREQUENT or used[number] >= fewest))
    ]
