"""The parser of the Dutch pack: its Docs, and that a text's result never depends on its neighbours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kroniek.errors import PackError
from kroniek.languages.neural.model import NeuralModel
from kroniek.languages.neural.parser import NeuralParser
from kroniek.languages.nl.parser import load_dutch

TEXTS = (
    "De VN-gezant kondigde donderdag een akkoord aan.",
    "",
    "  \n",
    "‘Goed!’, zei de minister.\n\nDe Russische president vertrok om 16u59 uit Genève.",
    "Amerika en Rusland spraken over een wapenstilstand in het noorden van Syrië, maar volgens de woordvoerder "
    "van het ministerie is er nog geen datum vastgelegd voor een volgende ronde van de onderhandelingen.",
    "Nee.",
    "woord " * 300,
    "x" * 3000,
    "日本語 😀 \u0000 \u200b",
)


def _described(parser: NeuralParser, texts: tuple[str, ...]) -> list[list[tuple[object, ...]]]:
    return [
        [
            (t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_)
            for t in doc
        ]
        for doc in parser.pipe(texts)
    ]


def test_parser_keeps_the_text_and_gives_each_sentence_one_root() -> None:
    for text, doc in zip(TEXTS, load_dutch().pipe(TEXTS), strict=True):
        assert doc.text == text
        for sentence in doc.sents:
            assert len([token for token in sentence if token.head is token and not token.is_space]) <= 1


def test_parser_finds_tags_trees_and_lemmas() -> None:
    doc = next(load_dutch().pipe(["De gezant kondigde donderdag een akkoord aan."]))
    found = {token.text: (token.pos_, token.lemma_, token.dep_, token.head.text) for token in doc}
    assert found["kondigde"] == ("VERB", "kondigen", "ROOT", "kondigde")
    assert found["gezant"] == ("NOUN", "gezant", "nsubj", "kondigde")
    assert found["akkoord"] == ("NOUN", "akkoord", "obj", "kondigde")
    assert found["aan"][2:] == ("compound:prt", "kondigde")


def test_parser_gives_the_same_whatever_the_batch() -> None:
    parser = load_dutch()
    texts = TEXTS + tuple(text[: len(text) // 2] for text in TEXTS)
    expected = _described(parser, texts)
    alone = [_described(parser, (text,))[0] for text in texts]
    assert alone == expected
    for pieces in (16, 7 * 48):
        other = NeuralParser(parser._model, parser._tokenizer, parser._abbreviations, batch_pieces=pieces)
        assert _described(other, texts) == expected
    assert _described(parser, texts[::-1])[::-1] == expected


def test_parser_parses_given_words() -> None:
    (doc,) = load_dutch().parse_tokens([["De", "gezant", "vertrok", "."]])
    assert [token.text for token in doc] == ["De", "gezant", "vertrok", "."]
    assert doc[1].head.text == "vertrok"


def test_model_refuses_a_file_that_is_not_what_the_manifest_says(tmp_path: Path) -> None:
    (tmp_path / "network.onnx").write_bytes(b"something else")
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "sha256": {"network.onnx": "0" * 64}}))
    with pytest.raises(PackError, match=r"network\.onnx: sha256 is"):
        NeuralModel(tmp_path)


def test_model_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="incomplete"):
        NeuralModel(tmp_path)
