"""The network's files: loaded once, read only, checked by hash, and run on batches of sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kroniek.errors import PackError
from kroniek.languages.neural.lemma_trees import EditTree, apply_rule, read_rule
from kroniek.languages.neural.names import best_tags
from kroniek.languages.neural.trees import best_tree

FORMAT = 1
START, PAD, END, UNKNOWN = 0, 1, 2, 3
SLOW_FUSIONS = {"SkipLayerNormFusion"}  # the fused operator is four times as slow as its parts
STEP = 8  # sentence lengths are padded to a multiple of this, from the sentence alone
MOST_PIECES = 256  # of one sentence; a longer one is cut (see `NeuralParser`)
MOST_PIECES_A_WORD = 12
BATCH_PIECES = 1024
CACHED_WORDS = 200_000

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the network says of one sentence; a row for each word. ``heads`` count from 1, 0 the root."""

    upos: list[str]
    feats: list[str]
    xpos: list[str]
    lemmas: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[str]


class NeuralModel:
    """Tokenizer, labels and the two ONNX graphs of a folder with a manifest."""

    def __init__(self, folder: Traversable) -> None:
        files = _read_checked(folder)
        from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = 1  # batches run side by side instead, see `NeuralParser`
        options.inter_op_num_threads = 1
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        self._network = InferenceSession(files["network.onnx"], options, providers=["CPUExecutionProvider"])
        self._relations = InferenceSession(
            files["relations.onnx"], options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
        labels = json.loads(files["labels.json"])
        self._upos, self._feats, self._xpos = labels["upos"], labels["feats"], labels["xpos"]
        self._deprels: list[str] = labels["deprel"]
        self._rules: list[tuple[str, EditTree | None]] = [read_rule(rule) for rule in labels["lemma"]]
        self._known = frozenset(files["lemmas.txt"].decode("utf-8").split())
        self._pieces: dict[str, list[int]] = {}
        self._lemmas: dict[tuple[str, int], str | None] = {}

    def cut(self, words: Sequence[str]) -> list[list[int]]:
        """Return the piece ids of each word; of an overlong word the first pieces and the last."""
        cache = self._pieces
        new = [word for word in dict.fromkeys(words) if word not in cache]
        if len(cache) + len(new) > CACHED_WORDS:
            cache.clear()
            new = list(dict.fromkeys(words))
        for word, encoding in zip(new, self._tokenizer.encode_batch(new), strict=True):
            ids = encoding.ids or [UNKNOWN]
            cache[word] = ids if len(ids) <= MOST_PIECES_A_WORD else [*ids[: MOST_PIECES_A_WORD - 1], ids[-1]]
        return [cache[word] for word in words]

    def analyse(self, sentences: list[list[str]], pieces: list[list[list[int]]]) -> list[Analysed]:
        """Analyse sentences of one length (`padded_length`) together; ``pieces`` as `cut` gives them."""
        feed, bounds = _feed(pieces)
        upos, feats, xpos, lemma, names, arcs, children, heads = self._network.run(OUTPUTS, feed)
        trees = [
            best_tree(arcs[number, :count, : count + 1])
            for number, count in enumerate(np.diff(bounds).tolist())
        ]
        chosen = np.concatenate(
            [
                np.where(np.array(tree) == 0, 0, np.array(tree) + start)
                for tree, start in zip(trees, bounds, strict=False)
            ]
        )
        (relations,) = self._relations.run(None, {"child": children[1:], "head": heads[chosen]})
        found = []
        for number, (words, tree) in enumerate(zip(sentences, trees, strict=True)):
            rows = slice(bounds[number], bounds[number + 1])
            tags = [self._upos[label] for label in upos[rows]]
            labels = [self._deprels[label] for label in relations[rows]]
            found.append(
                Analysed(
                    upos=tags,
                    feats=[self._feats[label] for label in feats[rows]],
                    xpos=[self._xpos[label] for label in xpos[rows]],
                    lemmas=[
                        self._lemma(word, tag, row)
                        for word, tag, row in zip(words, tags, lemma[rows].tolist(), strict=True)
                    ],
                    heads=tree,
                    deprels=_one_subject(
                        [_fitting(label, head) for label, head in zip(labels, tree, strict=True)], tree, tags
                    ),
                    names=best_tags(names[rows]),
                )
            )
        return found

    def _lemma(self, word: str, upos: str, choices: list[int]) -> str:
        """Return the lemma by the best rule that fits, the word itself if none does.

        Among the likeliest rules one that makes a known lemma goes first: `afvuurde` gives `afvuren`
        rather than `afvuuren`. Names and lemmas with a capital are not looked up.
        """
        made = [lemma for choice in choices if (lemma := self._made(word, choice))]
        if not made:
            return word
        if upos == "PROPN" or made[0][0].isupper() or not word.isalpha():
            return made[0]
        return next((lemma for lemma in made if lemma in self._known), made[0])

    def _made(self, word: str, choice: int) -> str | None:
        key = (word, choice)
        if key not in self._lemmas:
            if len(self._lemmas) > CACHED_WORDS:
                self._lemmas.clear()
            self._lemmas[key] = apply_rule(self._rules[choice], word)
        return self._lemmas[key]


OUTPUTS = ["upos", "feats", "xpos", "lemma", "names", "arcs", "relation_child", "relation_head"]


def _fitting(label: str, head: int) -> str:
    """Return the label, but ``root`` exactly for the root."""
    if head == 0:
        return "root"
    return "parataxis" if label == "root" else label


def _one_subject(labels: list[str], tree: list[int], tags: list[str]) -> list[str]:
    """Return the labels with the first of two objects as subject where a verb has no subject.

    The network labels each arc alone: `De oppositie bekritiseerde de premier` can come out with two
    objects, which no verb has.
    """
    objects: dict[int, list[int]] = {}
    subjects = set()
    for place, (label, head) in enumerate(zip(labels, tree, strict=True)):
        if label == "obj":
            objects.setdefault(head, []).append(place)
        elif label.startswith(("nsubj", "csubj", "expl")):
            subjects.add(head)
    fixed = list(labels)
    for head, places in objects.items():
        if len(places) > 1 and head not in subjects and head and tags[head - 1] == "VERB":
            fixed[places[0]] = "nsubj"
    return fixed


def padded_length(pieces: Sequence[Sequence[int]]) -> int:
    """Return the length of a sentence in pieces with its two marks, padded to a multiple of `STEP`."""
    return -(-(2 + sum(map(len, pieces))) // STEP) * STEP


def _feed(sentences: list[list[list[int]]]) -> tuple[dict[str, Numbers], list[int]]:
    """Return the network's inputs, and where each sentence's words start among all words."""
    length = padded_length(sentences[0])
    rows = np.full((len(sentences), length), PAD, np.int64)
    grid = np.zeros((len(sentences), length), np.int64)
    blocked = np.ones((len(sentences), length + 1), np.float32)
    first: list[int] = []
    last: list[int] = []
    bounds = [0]
    for number, words in enumerate(sentences):
        at, row = 1, [START]
        for word in words:
            first.append(number * length + at)
            at += len(word)
            last.append(number * length + at - 1)
            row.extend(word)
        rows[number, : at + 1] = [*row, END]
        count = len(words)
        grid[number, :count] = np.arange(bounds[-1] + 1, bounds[-1] + count + 1)
        blocked[number, : count + 1] = 0
        bounds.append(bounds[-1] + count)
    feed = {
        "pieces": rows,
        "first": np.array(first),
        "last": np.array(last),
        "grid": grid,
        "blocked": blocked,
    }
    return feed, bounds


def _read_checked(folder: Traversable) -> dict[str, bytes]:
    """Return the model's files; raises PackError when one is missing or is not what the manifest says."""
    try:
        manifest = json.loads(folder.joinpath("manifest.json").read_text(encoding="utf-8"))
        if manifest.get("format") != FORMAT:
            raise PackError(f"{folder}/manifest.json: format {manifest.get('format')!r}, expected {FORMAT}")
        files = {name: folder.joinpath(name).read_bytes() for name in manifest["sha256"]}
    except OSError as error:
        raise PackError(f"{folder}: the model is incomplete: {error}") from error
    for name, expected in manifest["sha256"].items():
        if (actual := hashlib.sha256(files[name]).hexdigest()) != expected:
            raise PackError(f"{folder}/{name}: sha256 is {actual}, the manifest says {expected}")
    return files
