"""The ranker: its weights by form, its hidden layer, and what a broken file gives."""

from __future__ import annotations

import pytest

from kroniek.analyse.ranker import ranker_of
from kroniek.errors import PackError
from kroniek.language import Language


def pack(monkeypatch: pytest.MonkeyPatch, text: str) -> Language:
    """Return a pack whose file of weights has this text."""
    monkeypatch.setattr(Language, "text", lambda self, name: text)
    return Language("xx", "Test", "1", "", "test.pack")


WEIGHTS = "he near\t0.5\n* near\t1 -2\n* far\t0 3\n@ he\t1 1\nbias\t0 0\nout\t1 2\n"


def test_ranker_adds_both_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    ranker = ranker_of(pack(monkeypatch, WEIGHTS))
    near = 0.5 + (1 + 1) * 1 + 0 * 2  # 1 - 2 is below nothing
    far = (1 + 0) * 1 + (1 + 3) * 2
    assert ranker.scores("he", [["near"], ["far", "never seen"]]) == pytest.approx([near, far])


def test_ranker_scores_a_form_that_it_never_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    ranker = ranker_of(pack(monkeypatch, WEIGHTS))
    assert ranker.scores("she", [["near"], []]) == pytest.approx([1.0, 0.0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WEIGHTS.replace("0.5", "half"), "coreference_weights.tsv:1: want a key"),
        (WEIGHTS.replace("0 3", "0 3 4"), "must be of one length"),
        (WEIGHTS.replace("bias\t0 0\n", ""), "must be of one length"),
    ],
)
def test_ranker_of_tells_what_is_wrong(monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    with pytest.raises(PackError, match=message):
        ranker_of(pack(monkeypatch, text))
