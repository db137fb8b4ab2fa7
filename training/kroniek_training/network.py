"""The multi-task network: one encoder, and heads for tags, lemmas, trees and names.

The encoder is a BERT with the first layers of the pretrained file; a word is the first and the last
of its pieces. Dependencies are scored by a biaffine classifier (Dozat and Manning 2017).
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from kroniek_training.encoder_file import EncoderFile

FAR = -1e4  # added to the score of what may not be chosen


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the network; ``labels`` gives the number of labels of each head."""

    layers: int
    labels: dict[str, int]
    arc: int = 256
    relation: int = 128


class CheapDropout(nn.Module):
    """Dropout that cuts its masks from one pool of random bits: drawing them anew costs 8% of a step."""

    def __init__(self, rate: float, pool: int = 6_000_011) -> None:
        super().__init__()
        self.pool = (torch.rand(pool) > rate).to(torch.bfloat16) / (1 - rate)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        start = random.randrange(self.pool.numel() - x.numel())
        return x * self.pool[start : start + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(
        self, hidden: int, heads: int, feed_forward: int, epsilon: float, dropout: CheapDropout
    ) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.attended = nn.Linear(hidden, hidden)
        self.attended_norm = nn.LayerNorm(hidden, epsilon)
        self.widen = nn.Linear(hidden, feed_forward)
        self.narrow = nn.Linear(feed_forward, hidden)
        self.out_norm = nn.LayerNorm(hidden, epsilon)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape
        size = hidden // self.heads
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ (k * (1 / math.sqrt(size))).transpose(-1, -2) + mask, -1).to(v.dtype)
        context = (weights @ v).transpose(1, 2).reshape(batch, length, hidden)
        x = self.attended_norm(x + self.dropout(self.attended(context)))
        return self.out_norm(x + self.dropout(self.narrow(nn.functional.gelu(self.widen(x)))))


class Network(nn.Module):
    """Encoder and heads. Inputs: piece ids [batch, pieces], index of each word's first and last piece."""

    def __init__(self, sizes: Sizes, source: EncoderFile, kept: list[int]) -> None:
        super().__init__()
        hidden = source.hidden
        self.sizes = sizes
        self.dropout, self.head_dropout = CheapDropout(0.1), CheapDropout(0.33)
        self.word = nn.Embedding(len(kept), hidden, sparse=True)
        self.position = nn.Parameter(torch.zeros(source.positions, hidden))
        self.embedded_norm = nn.LayerNorm(hidden, source.epsilon)
        self.layers = nn.ModuleList(
            Layer(hidden, source.heads, source.feed_forward, source.epsilon, self.dropout)
            for _ in range(sizes.layers)
        )
        self.root = nn.Parameter(torch.randn(2 * hidden) * 0.1)
        self.tags = nn.ModuleDict(
            {name: nn.Linear(2 * hidden, count) for name, count in sizes.labels.items() if name != "deprel"}
        )
        self.arc_child = nn.Linear(2 * hidden, sizes.arc)
        self.arc_head = nn.Linear(2 * hidden, sizes.arc)
        self.arc = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.relation_child = nn.Linear(2 * hidden, sizes.relation)
        self.relation_head = nn.Linear(2 * hidden, sizes.relation)
        width = sizes.relation + 1
        self.relation = nn.Parameter(torch.zeros(sizes.labels["deprel"], width, width))
        self.activation = nn.LeakyReLU(0.1)
        self._load(source, kept)

    @torch.no_grad()
    def _load(self, source: EncoderFile, kept: list[int]) -> None:
        tensors = {name: torch.from_numpy(values.copy()) for name, values in source.tensors.items()}
        hidden, wide = source.hidden, source.feed_forward
        self.word.weight.copy_(tensors["emb.word"].view(-1, hidden)[kept])
        types = tensors["emb.type"].view(-1, hidden)[0]  # one text only: its type is part of the position
        self.position.copy_(tensors["emb.pos"].view(-1, hidden) + types)
        self.embedded_norm.weight.copy_(tensors["emb.ln.w"])
        self.embedded_norm.bias.copy_(tensors["emb.ln.b"])
        for number, layer in enumerate(self.layers):
            parts = {
                layer.attended: ("ao", hidden, hidden),
                layer.widen: ("fi", wide, hidden),
                layer.narrow: ("fo", hidden, wide),
            }
            for module, (name, rows, columns) in parts.items():
                module.weight.copy_(tensors[f"l{number}.{name}.w"].view(rows, columns))
                module.bias.copy_(tensors[f"l{number}.{name}.b"])
            for part, name in enumerate("qkv"):
                rows = slice(part * hidden, (part + 1) * hidden)
                layer.qkv.weight[rows] = tensors[f"l{number}.{name}.w"].view(hidden, hidden)
                layer.qkv.bias[rows] = tensors[f"l{number}.{name}.b"]
            for module, name in ((layer.attended_norm, "aln"), (layer.out_norm, "oln")):
                module.weight.copy_(tensors[f"l{number}.{name}.w"])
                module.bias.copy_(tensors[f"l{number}.{name}.b"])

    def words(self, pieces: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return the vectors of words [batch, words, 2 x hidden]; piece 1 is padding."""
        mask = (pieces == 1)[:, None, None, :] * FAR
        x = self.word(pieces) + self.position[: pieces.shape[1]]
        x = self.dropout(self.embedded_norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        index = torch.stack([first, last], 2).flatten(1)  # first and last piece of each word side by side
        picked = torch.gather(x, 1, index[:, :, None].expand(-1, -1, x.shape[2]))
        return picked.view(first.shape[0], first.shape[1], 2 * x.shape[2])

    def arcs(self, words: Tensor, real: Tensor) -> Tensor:
        """Return scores [batch, words, 1 + words] of each word's head, column 0 being the root."""
        candidates = torch.cat([self.root.expand(words.shape[0], 1, -1).to(words.dtype), words], 1)
        child = self.head_dropout(self.activation(self.arc_child(words))).float()
        head = self.head_dropout(self.activation(self.arc_head(candidates))).float()
        child = torch.cat([child, torch.ones_like(child[:, :, :1])], 2)
        scores = (child @ self.arc) @ head.transpose(1, 2)
        allowed = torch.cat([torch.ones_like(real[:, :1]), real], 1)
        itself = torch.eye(words.shape[1], words.shape[1] + 1).roll(1, 1)
        return scores + (~allowed)[:, None, :] * FAR + itself * FAR

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return scores [batch, words, labels] of the relation to the given heads (0 = root)."""
        candidates = torch.cat([self.root.expand(words.shape[0], 1, -1).to(words.dtype), words], 1)
        child = self.head_dropout(self.activation(self.relation_child(words))).float()
        head = self.head_dropout(self.activation(self.relation_head(candidates))).float()
        head = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        ones = torch.ones_like(child[:, :, :1])
        child, head = torch.cat([child, ones], 2), torch.cat([head, ones], 2)
        labels, width, _ = self.relation.shape
        mixed = (child @ self.relation.permute(1, 0, 2).reshape(width, labels * width)).view(
            *child.shape[:2], labels, width
        )
        return (mixed @ head[..., None]).squeeze(-1)
