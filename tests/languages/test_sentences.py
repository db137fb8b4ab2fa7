"""Where Dutch words and sentences begin, by the pack's rules."""

from __future__ import annotations

import pytest

from kroniek.languages.neural.sentences import sentence_starts
from kroniek.languages.neural.tokens import abbreviations_of, make_tokenizer


def _sentences(text: str) -> list[str]:
    doc = make_tokenizer("nl")(text)
    words = [token.text for token in doc]
    starts = sentence_starts(words, [bool(token.whitespace_) for token in doc], abbreviations_of("nl"))
    return [doc[start:end].text.strip() for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


@pytest.mark.parametrize(
    "word",
    [
        "16u59",
        "G20-top",
        "VN-gezant",
        "IS'ers",
        "Turks-Syrische",
        "zo'n",
        "'s",
        "o.a.",
        "dr.",
        "25-jarige",
        "en/of",
    ],
)
def test_tokens_keep_a_word_whole(word: str) -> None:
    assert word in [token.text for token in make_tokenizer("nl")(f"Daar is {word} weer.")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‘Nee’, zei hij.", "‘ Nee ’ , zei hij ."),
        (",,Ja'' en «oui»", ",, Ja '' en « oui »"),
        ("``App Store''", "`` App Store ''"),
        ("’s Morgens—om 15.00 uur", "’s Morgens — om 15.00 uur"),
        ("in de VS. Dat is best.", "in de VS . Dat is best ."),
        ("op 12 jan. 2018.", "op 12 jan. 2018 ."),
    ],
)
def test_tokens_split_off_marks(text: str, words: str) -> None:
    assert " ".join(token.text for token in make_tokenizer("nl")(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "‘Kom!’ zei hij.|Zij bleef.",
        '"Kom je?" vroeg ze.|"Nee." Hij ging.',
        "Hij zei: 'Ik ga.'|Toen ging hij.",
        "Dr. J. de Vries c.s. woont in St. Petersburg (o.a. in mei).|Daar is het koud.",
        "Hij woont in de V.S.|Daar is het goed.",
        "Dat was op 5 jan. in Genève.|'s Avonds vertrok hij.",
        "Het kostte 5 mln. euro.|Dat is veel...|En nu?",
        "(Dat was waar.)|Hij ging.",
        "Een kop\n\n|dan de tekst.",
    ],
)
def test_sentences_start_where_a_reader_would_say(text: str) -> None:
    expected = [part.strip() for part in text.replace('" Hij', '"|Hij').split("|")]
    assert _sentences(text.replace("|", " ").replace("\n\n ", "\n\n")) == expected
