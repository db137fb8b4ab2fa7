"""The trained ranker: how likely a referent belongs to each of its candidates, by their features.

Each feature weighs by itself, for each form of word; and all features together go through one hidden
layer that the forms share (a wide and a deep part, as in Cheng and others 2016).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kroniek.errors import PackError
from kroniek.language import Language

FILE = "coreference_weights.tsv"
SHARED, OF_FORM, BIAS, OUT = "* ", "@ ", "bias", "out"  # how the keys of the hidden layer's rows begin
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Ranker:
    """The weights of features for each form, and a hidden layer: a row for each feature and form, bias, output.

    `alone` has a column for each row of `table`, whose last row is of zeros.
    """

    rows: Mapping[str, int]  # feature, or OF_FORM and a form -> row
    alone: Mapping[str, Vector]  # form -> weight of each row
    table: Vector
    bias: Vector
    out: Vector

    def scores(self, form: str, answers: Iterable[Iterable[str]]) -> list[float]:
        """Return the score of each answer, given by its features; unknown features count nothing."""
        nothing = len(self.table) - 1
        begin = self.rows.get(OF_FORM + form, nothing)
        flat: list[int] = []
        starts: list[int] = []
        for features in answers:
            starts.append(len(flat))
            flat.append(begin)
            flat.extend([self.rows[feature] for feature in features if feature in self.rows])
        found = np.maximum(np.add.reduceat(self.table[flat], starts) + self.bias, 0.0) @ self.out
        if form in self.alone:
            found = found + np.add.reduceat(self.alone[form][flat], starts)
        return [float(value) for value in found]


def ranker_of(language: Language) -> Ranker:
    """Return a pack's ranker; raises PackError with the line for one that holds no numbers."""
    alone: dict[str, float] = {}
    layer: dict[str, list[float]] = {}
    for number, line in enumerate(language.text(FILE).splitlines(), start=1):
        key, _, values = line.partition("\t")
        try:
            if key in (BIAS, OUT) or key.startswith((SHARED, OF_FORM)):
                layer[key.removeprefix(SHARED)] = [float(value) for value in values.split()]
            else:
                alone[key] = float(values)
        except ValueError as error:
            raise PackError(f"{language.package}/{FILE}:{number}: want a key, a tab and numbers") from error
    if len({len(row) for row in layer.values()}) != 1 or not {BIAS, OUT} <= layer.keys():
        raise PackError(f"{language.package}/{FILE}: the rows `bias`, `out`, `* ...` must be of one length")
    return build(alone, layer.pop(BIAS), layer.pop(OUT), layer)


def build(
    alone: Mapping[str, float],
    bias: Sequence[float],
    out: Sequence[float],
    layer: Mapping[str, Sequence[float]],
) -> Ranker:
    """Return a ranker of weights by form and feature, a space between, and the hidden layer's rows."""
    rows = {key: place for place, key in enumerate(layer)}
    table = np.array([*layer.values(), [0.0] * len(bias)])
    weights: dict[str, Vector] = {}
    for key, weight in alone.items():
        form, _, feature = key.partition(" ")
        if feature in rows:
            weights.setdefault(form, np.zeros(len(table)))[rows[feature]] = weight
    return Ranker(rows, weights, table, np.array(bias), np.array(out))
