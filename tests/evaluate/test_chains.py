"""Scores of chains: reading the gold, the baseline, and whole and partial annotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from kroniek.errors import GoldError
from kroniek.evaluate.chains import (
    FoundChains,
    GoldChains,
    gold_chains,
    head_matches,
    is_openboek,
    read_openboek,
    score_chains,
    score_found,
)
from kroniek.evaluate.gold import document_of
from kroniek.model import Span

NOVEL = """#begin document (proef); part 000
proef\t0\t0\tJan\tN\t*\t-\t-\t-\t-\t*\t(1)
proef\t0\t1\tlacht\tWW\t*\t-\t-\t-\t-\t*\t-
proef\t0\t2\t.\tLET\t*\t-\t-\t-\t-\t*\t-

proef\t0\t0\tZijn\tVNW\t*\t-\t-\t-\t-\t*\t(2|(1)
proef\t0\t1\tvrouw\tN\t*\t-\t-\t-\t-\t*\t2)
proef\t0\t2\tniet\tBW\t*\t-\t-\t-\t-\t*\t-

#end document
"""


def test_chains_reads_a_novel(tmp_path: Path) -> None:
    file = tmp_path / "proef.conll"
    file.write_text(NOVEL, encoding="utf-8")
    gold = read_openboek(file)
    words = [[span.of(gold.text) for span in chain] for chain in gold.chains]
    assert is_openboek(file) and words == [["Jan", "Zijn"], ["Zijn vrouw"]]
    assert gold.text == "Jan lacht.\nZijn vrouw niet\n"


@pytest.mark.parametrize("broken", [NOVEL.replace("2)", "-"), NOVEL + "proef\t0\t0\n"])
def test_chains_name_a_broken_novel(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "proef.conll"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(GoldError, match=r"proef\.conll"):
        read_openboek(file)


def found_chains(*chains: tuple[tuple[Span, Span], ...]) -> FoundChains:
    """Return chains of (mention, head) pairs."""
    return FoundChains(
        tuple(tuple(span for span, _ in chain) for chain in chains),
        tuple(pair for chain in chains for pair in chain),
    )


TEXT = "Jan zwijgt. De man slaapt. Man!"
JAN, MAN, CRY = (Span(0, 3), Span(0, 3)), (Span(12, 18), Span(15, 18)), (Span(27, 30), Span(27, 30))


def test_chains_baseline_joins_the_same_heads() -> None:
    found = found_chains((JAN, MAN), (CRY,))
    assert head_matches(found, TEXT) == [[JAN[0]], [MAN[0], CRY[0]]]


def test_chains_gain_is_ours_less_the_baseline() -> None:
    gold = GoldChains("proef", TEXT, ((JAN[0], MAN[0]), (CRY[0],)))
    scores = score_chains([(gold, found_chains((JAN, MAN), (CRY,)))])
    assert scores["coreference conll"] == pytest.approx(100.0)
    assert scores["coreference gain"] == pytest.approx(100 - scores["coreference head match"])
    assert scores["coreference head match"] < 60


def test_chains_count_a_found_mention_for_the_gold_one_with_its_head() -> None:
    found = found_chains((JAN, (Span(12, 26), Span(15, 18))), (CRY,))
    whole = GoldChains("proef", TEXT, ((JAN[0], MAN[0]),))
    partial = GoldChains("proef", TEXT, ((JAN[0], MAN[0]),), partial=True)
    assert score_found(partial, found, found.chains).conll == pytest.approx(100.0)
    assert score_found(whole, found, found.chains).conll < 100.0


def test_chains_of_the_gold_corpus_are_names_and_sources_of_an_actor() -> None:
    name = {"start": 0, "end": 3, "type": "PER", "actor": "Jan"}
    said = {"source": {"start": 12, "end": 18}, "actor": "Jan", "cue": {"start": 19, "end": 25},
            "content": [{"start": 27, "end": 30}], "kind": "indirect", "stance": "asserts"}  # fmt: skip
    document = document_of({"id": "proef", "text": TEXT, "entities": [name], "attributions": [said]})
    assert gold_chains(document).chains == ((JAN[0], MAN[0]),)
