"""The best one-to-one assignment, for scores that align two partitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def best_assignment(weights: Mapping[tuple[int, int], float]) -> float:
    """Return the greatest sum of weights when every row and every column is used at most once.

    `weights` maps (row, column) to a positive weight; pairs left out cannot be assigned. Parts that
    share no row or column are solved apart, each by shortest augmenting paths (Jonker and Volgenant
    1987), cubic in the size of the part.
    """
    return sum(_solve(part) for part in _parts(weights))


def _parts(weights: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    by_row: dict[int, list[int]] = defaultdict(list)
    by_column: dict[int, list[int]] = defaultdict(list)
    for row, column in weights:
        by_row[row].append(column)
        by_column[column].append(row)
    parts, seen = [], set()
    for start in by_row:
        if start in seen:
            continue
        seen.add(start)
        rows, stack = [], [start]
        while stack:
            row = stack.pop()
            rows.append(row)
            for column in by_row[row]:
                for other in by_column.pop(column, ()):
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
        parts.append({(row, column): weights[row, column] for row in rows for column in by_row[row]})
    return parts


def _solve(part: Mapping[tuple[int, int], float]) -> float:
    if len(part) == 1:
        return next(iter(part.values()))
    rows = {row: index for index, row in enumerate(sorted({row for row, _ in part}))}
    columns = {column: index for index, column in enumerate(sorted({column for _, column in part}))}
    matrix = np.zeros((len(rows), len(columns)))
    for (row, column), weight in part.items():
        matrix[rows[row], columns[column]] = weight
    if matrix.shape[0] > matrix.shape[1]:
        matrix = matrix.T
    return float(sum(matrix[row, column] for column, row in _augment(-matrix).items()))


def _augment(costs: NDArray[np.float64]) -> dict[int, int]:
    """Return for each assigned column its row; there are at most as many rows as columns."""
    height, width = costs.shape
    row_price, column_price = np.zeros(height), np.zeros(width)
    row_of = np.full(width, -1)
    for start in range(height):
        distance, before = np.full(width, np.inf), np.full(width, -1)
        done = np.zeros(width, dtype=bool)
        row, column, reached = start, -1, 0.0
        while row >= 0:
            step = reached + costs[row] - row_price[row] - column_price
            shorter = ~done & (step < distance)
            distance[shorter], before[shorter] = step[shorter], row
            column = int(np.argmin(np.where(done, np.inf, distance)))
            reached = distance[column]
            done[column] = True
            row = int(row_of[column])
        for index in np.flatnonzero(done):
            if row_of[index] >= 0:
                row_price[row_of[index]] += reached - distance[index]
            column_price[index] -= reached - distance[index]
        row_price[start] += reached
        while True:
            row = int(before[column])
            row_of[column], column = row, int(np.flatnonzero(row_of == row)[0]) if row != start else -1
            if row == start:
                break
    return {column: int(row) for column, row in enumerate(row_of) if row >= 0}
