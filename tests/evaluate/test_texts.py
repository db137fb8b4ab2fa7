"""Texts are put beside gold only when their hash is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kroniek.errors import GoldError
from kroniek.evaluate.gold import text_hash
from kroniek.evaluate.texts import place_texts, texts_of_folder


def _gold(folder: Path, name: str, text: str) -> None:
    record = {"id": name, "sha256": text_hash(text), "entities": []}
    (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


def test_texts_are_placed_once_and_never_with_another_hash(tmp_path: Path) -> None:
    gold, target = tmp_path / "gold", tmp_path / "texts"
    gold.mkdir()
    for name, text in (("x.1", "een"), ("x.2", "twee"), ("x.3", "drie")):
        _gold(gold, name, text)
    source = {"x.1": "een", "x.2": "TWEE"}
    outcomes = {placed.id: placed.outcome for placed in place_texts(gold, target, source)}
    assert outcomes == {"x.1": "placed", "x.2": "differs", "x.3": "missing"}
    assert [file.name for file in target.iterdir()] == ["x.1.txt"]
    assert next(iter(place_texts(gold, target, source))).outcome == "present"


def test_texts_of_an_ntrex_checkout_join_the_lines_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "NTREX-128").mkdir()
    (tmp_path / "DOCUMENT_IDS.tsv").write_text("en\tx.1\nen\tx.1\nen\ty.2\n", encoding="utf-8")
    (tmp_path / "NTREX-128" / "newstest2019-ref.nld.txt").write_text("a\nb\nc\n", encoding="utf-8")
    assert texts_of_folder(tmp_path) == {"x.1": "a\nb", "y.2": "c"}


def test_texts_of_an_empty_folder_say_what_would_be_right(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="NTREX"):
        texts_of_folder(tmp_path)
