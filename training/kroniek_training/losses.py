"""The losses of the heads on one batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from kroniek_training.batches import MISSING, Batch
from kroniek_training.network import FAR, Network

WEIGHTS = {"upos": 1.0, "feats": 0.5, "xpos": 0.5, "lemma": 0.7}
WEAK_NAMES = 0.2  # weight of what a treebank's tags tell about names
SMOOTHING = 0.03


def loss_of(network: Network, batch: Batch, *, names_weight: float) -> Tensor:
    """Return the sum of the mean losses of all heads for which the batch has labels."""
    with torch.autocast("cpu", torch.bfloat16):
        words = network.words(batch.pieces, batch.first, batch.last)
        dropped = network.head_dropout(words)
        scores = {name: head(dropped).float() for name, head in network.tags.items()}
        total = names_weight * names_loss(scores["names"], batch)
        for name, weight in WEIGHTS.items():
            gold = batch.tags[name]
            if (gold != MISSING).any():
                total = total + weight * _entropy(scores[name], gold)
        heads = batch.tags["head"]
        if (heads != MISSING).any():
            with torch.autocast("cpu", enabled=False):
                total = total + _entropy(network.arcs(words, batch.real), heads)
                relations = network.relations(words, heads.clamp(min=0))
            total = total + _entropy(relations, batch.tags["deprel"])
    return total


def _entropy(scores: Tensor, gold: Tensor) -> Tensor:
    smoothing = 0.0 if scores.shape[1] + 1 == scores.shape[2] else SMOOTHING
    return cross_entropy(
        scores.flatten(0, 1), gold.flatten(), ignore_index=MISSING, label_smoothing=smoothing
    )


def names_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean negative log of the probability that the allowed tags have together."""
    allowed = torch.logsumexp(scores + ~batch.names * FAR, 2)
    known = batch.real & ~batch.names.all(2)
    loss = (torch.logsumexp(scores, 2) - allowed) * known
    return loss.sum() / known.sum().clamp(min=1)
