"""Score a network on encoded development sentences with gold words."""

from __future__ import annotations

import torch

from kroniek_training.batches import Encoded, Labels, collate
from kroniek_training.network import Network


@torch.no_grad()
def evaluate(network: Network, sentences: list[Encoded], labels: Labels) -> dict[str, float]:
    """Return the accuracies in percent: tags, lemma rules, UAS and LAS (heads by plain argmax)."""
    network.eval()
    right = dict.fromkeys(("upos", "feats", "xpos", "lemma", "uas", "las"), 0)
    total = 0
    ordered = sorted(sentences, key=lambda sentence: sentence.bucket)
    for start in range(0, len(ordered), 16):
        batch = collate(ordered[start : start + 16])
        with torch.autocast("cpu", torch.bfloat16):
            words = network.words(batch.pieces, batch.first, batch.last)
            scores = {name: head(words) for name, head in network.tags.items()}
        heads = network.arcs(words.float(), batch.real).argmax(2)
        relations = network.relations(words.float(), heads).argmax(2)
        total += int(batch.real.sum())
        for name in ("upos", "feats", "xpos", "lemma"):
            right[name] += int(((scores[name].argmax(2) == batch.tags[name]) & batch.real).sum())
        good = (heads == batch.tags["head"]) & batch.real
        right["uas"] += int(good.sum())
        right["las"] += int((good & (relations == batch.tags["deprel"])).sum())
    network.train()
    return {name: 100 * count / total for name, count in right.items()}
