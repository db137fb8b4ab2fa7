"""Measure the network's speed by number of layers, in 8 and in 32 bits: the table of decision 0004.

Run ``python -m kroniek_training.speed work/main/newest.pt --encoder ...``. The weights do not matter for
speed, so layers come untrained from the pretrained file.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime

from kroniek.languages.neural.model import SLOW_FUSIONS
from kroniek_training.encoder_file import EncoderFile, read_encoder
from kroniek_training.export import network_model
from kroniek_training.network import Network, Sizes

SENTENCES, PIECES, WORDS = 21, 48, 28  # of one batch: typical news sentences
RUNS = 10


def feed() -> dict[str, np.ndarray]:
    """Return one batch of random pieces in sentences of `WORDS` words."""
    pieces = np.random.default_rng(0).integers(4, 30_000, size=(SENTENCES, PIECES))
    pieces[:, PIECES - 4 :] = 1
    places = np.concatenate([row * PIECES + np.arange(1, 1 + WORDS) for row in range(SENTENCES)])
    grid = np.zeros((SENTENCES, PIECES), np.int64)
    grid[:, :WORDS] = np.arange(1, SENTENCES * WORDS + 1).reshape(SENTENCES, WORDS)
    blocked = np.zeros((SENTENCES, PIECES + 1), np.float32)
    return {"pieces": pieces, "first": places, "last": places, "grid": grid, "blocked": blocked}


def words_a_second(model: bytes) -> float:
    """Return the words that one core does in a second of its own time (best of `RUNS`)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model, options, ["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )
    batch, seconds = feed(), []
    for _ in range(RUNS):
        began = time.process_time()
        session.run(None, batch)
        seconds.append(time.process_time() - began)
    return SENTENCES * WORDS / min(seconds)


def measure(layers: int, labels: dict[str, int], source: EncoderFile, kept: list[int]) -> None:
    """Print size and speed of a network with so many layers."""
    network = Network(Sizes(layers, labels), source, kept)
    state = {name: tensor.float().numpy() for name, tensor in network.state_dict().items()}
    for quantised in (True, False):
        model = network_model(state, layers, source.heads, source.epsilon, quantised=quantised)
        bits = 8 if quantised else 32
        print(f"{layers} layers, {bits} bits: {len(model) / 1e6:.0f} MB, {words_a_second(model):.0f} words/s")


def main() -> None:
    """Run the measurement from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="its folder holds labels and pieces")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int, nargs="+", default=[4, 6, 12])
    options = parser.parse_args()
    folder = options.checkpoint.parent
    names = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["names"]
    kept = json.loads((folder / "pieces.json").read_text(encoding="utf-8"))
    source = read_encoder(options.encoder)
    for layers in options.layers:
        measure(layers, {head: len(labels) for head, labels in names.items()}, source, kept)


if __name__ == "__main__":
    main()
