"""Learn the ranker of coreference: weights by form and feature beside a hidden layer that all forms share."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from kroniek.analyse.ranker import BIAS, OF_FORM, OUT, SHARED, Ranker, build

HIDDEN, DROPOUT = 32, 0.5
EPOCHS, BATCH, RATE, DECAY = 6, 64, 5e-3, 5e-4
LEAST = 3  # examples of a feature
DIGITS, SMALLEST = 3, 0.0005


@dataclass(frozen=True, slots=True)
class Example:
    """A referent's form, the features of each answer, and which answers are right."""

    form: str
    answers: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    weight: float = 1.0


class Network(nn.Module):
    """The wide and the deep part over one table of keys; the last row is for padding and stays empty."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self.places = {key: place for place, key in enumerate(keys)}
        self.alone = nn.EmbeddingBag(len(keys), 1, mode="sum")
        self.shared = nn.EmbeddingBag(len(keys), HIDDEN, mode="sum")
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.out = nn.Parameter(torch.randn(HIDDEN) * 0.1)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.alone.weight)
        nn.init.normal_(self.shared.weight, std=0.1)

    def forward(self, wide: tuple[Tensor, Tensor], deep: tuple[Tensor, Tensor]) -> Tensor:
        hidden = torch.relu(self.shared(*deep) + self.bias)
        return self.alone(*wide)[:, 0] + self.dropout(hidden) @ self.out


def keys_of(examples: Iterable[Example]) -> list[str]:
    """Return the keys of both parts that enough answers have, and of the forms."""
    counts: Counter[str] = Counter()
    for item in examples:
        counts[OF_FORM + item.form] += LEAST
        for features in item.answers:
            counts.update(f"{item.form} {feature}" for feature in features)
            counts.update(SHARED + feature for feature in features)
    return [key for key, count in counts.items() if count >= LEAST]


def learn(examples: Sequence[Example], *, seed: int = 0) -> Network:
    """Return a network that gives the right answers of each example together the most (softmax, Adam)."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = Network(keys_of(examples))
    rows = [_row(item, network.places) for item in examples if len(item.answers) > 1]
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    seen, total = 0, EPOCHS * len(rows)
    network.train()
    for _ in range(EPOCHS):
        chance.shuffle(rows)
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - seen / total) + 1e-4
            seen += len(batch)
            loss = _loss(network, batch) + DECAY * sum((part**2).sum() for part in network.parameters())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    network.eval()
    return network


Row = tuple[list[list[int]], list[list[int]], frozenset[int], float]


def _row(item: Example, places: dict[str, int]) -> Row:
    wide = [
        [places[key] for name in features if (key := f"{item.form} {name}") in places]
        for features in item.answers
    ]
    deep = [
        [places[OF_FORM + item.form], *(places[key] for name in features if (key := SHARED + name) in places)]
        for features in item.answers
    ]
    return wide, deep, frozenset(item.right), item.weight


def _loss(network: Network, batch: Sequence[Row]) -> Tensor:
    """Return the mean over examples of how unlikely their right answers are together."""
    scores = network(
        _bag(row for wide, _, _, _ in batch for row in wide),
        _bag(row for _, deep, _, _ in batch for row in deep),
    )
    place = torch.tensor([number for number, (wide, _, _, _) in enumerate(batch) for _ in wide])
    right = torch.tensor([answer in good for wide, _, good, _ in batch for answer in range(len(wide))])
    highest = torch.full((len(batch),), -1e9).scatter_reduce(0, place, scores.detach(), "amax")
    likely = torch.exp(scores - highest[place])
    all_of, right_of = (
        torch.zeros(len(batch)).index_add(0, place, part) for part in (likely, likely * right)
    )
    losses = torch.log(all_of) - torch.log(right_of + 1e-9)
    return (losses * torch.tensor([weight for *_, weight in batch])).mean()


def _bag(rows: Iterable[list[int]]) -> tuple[Tensor, Tensor]:
    flat: list[int] = []
    starts: list[int] = []
    for row in rows:
        starts.append(len(flat))
        flat.extend(row)
    return torch.tensor(flat, dtype=torch.long), torch.tensor(starts, dtype=torch.long)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the pack's file holds: weights by form and feature, and the rows of the hidden layer by key."""

    alone: dict[str, float]
    layer: dict[str, np.ndarray]

    def ranker(self) -> Ranker:
        """Return what the run time scores with."""
        layer = {key.removeprefix(SHARED): row.tolist() for key, row in self.layer.items()}
        return build(self.alone, layer.pop(BIAS), layer.pop(OUT), layer)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the pack's file of weights."""
        for key, weight in sorted(self.alone.items()):
            if abs(weight) >= SMALLEST:
                yield f"{key}\t{weight:.{DIGITS}f}"
        for key, row in sorted(self.layer.items()):
            yield f"{key}\t{' '.join(f'{value:.{DIGITS}f}' for value in row)}"


def mean_of(networks: Sequence[Network]) -> Learnt:
    """Return the mean of networks as one; its hidden layer holds theirs side by side."""
    alone: dict[str, float] = {}
    layer: dict[str, np.ndarray] = {}
    width = HIDDEN * len(networks)
    for number, network in enumerate(networks):
        own = slice(HIDDEN * number, HIDDEN * (number + 1))
        wide, deep = network.alone.weight.detach().numpy(), network.shared.weight.detach().numpy()
        for key, place in network.places.items():
            if key.startswith((SHARED, OF_FORM)):
                layer.setdefault(key, np.zeros(width))[own] = deep[place]
            else:
                alone[key] = alone.get(key, 0.0) + float(wide[place, 0]) / len(networks)
    layer[BIAS] = np.concatenate([network.bias.detach().numpy() for network in networks])
    layer[OUT] = np.concatenate([network.out.detach().numpy() / len(networks) for network in networks])
    return Learnt(alone, layer)
