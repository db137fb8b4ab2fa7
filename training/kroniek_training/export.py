"""Write a trained network as two ONNX graphs in 8 bits, with tokenizer, labels and manifest.

``network.onnx`` goes from pieces to tags, name scores and head scores; ``relations.onnx`` labels the
arcs once the tree is chosen. Weights are 8-bit with a scale for each output unit. Activations are
quantised with a scale for each row (one piece or word), never for the whole batch: so what a
sentence gets does not depend on its neighbours in the batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from kroniek_training.corpora import read_roles, read_treebank
from kroniek_training.data import TREEBANKS
from kroniek_training.encoder_file import read_encoder
from kroniek_training.vocabulary import build_tokenizer

OPSET = 21
IR_VERSION = 10
CONTRIB = "com.microsoft"
ZERO_POINT = 128
HEADS = ("upos", "feats", "xpos", "lemma", "names")
LEMMA_CHOICES = 6
FAR = -1e4
Array = NDArray[np.float32]


class Graph:
    """Collects nodes and weights; every method returns the name of what it computes."""

    def __init__(self, *, quantised: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.quantised = quantised
        self.count = 0

    def add(
        self, operator: str, inputs: list[str], *, domain: str = "", outputs: int = 1, **attributes: object
    ) -> str:
        """Add a node; with several outputs the names are ``name``, ``name_1`` and so on."""
        self.count += 1
        name = f"{operator.lower()}_{self.count}"
        names = [name, *(f"{name}_{number}" for number in range(1, outputs))]
        self.nodes.append(helper.make_node(operator, inputs, names, name=name, domain=domain, **attributes))
        return name

    def constant(self, name: str, values: object, kind: type | str = np.float32) -> str:
        """Add a weight once and return its name."""
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(np.array(values, dtype=kind, order="C"), name)
        return name

    def quantise(self, rows: str) -> tuple[str, str]:
        """Return 8-bit rows [rows, width] around the zero point, and the scale of each row [rows]."""
        top = self.add(
            "ReduceMax", [self.add("Abs", [rows]), self.constant("last_axis", [1], np.int64)], keepdims=0
        )
        scale = self.add("Mul", [top, self.constant("step", 1 / 127)])
        scale = self.add("Max", [scale, self.constant("least", 1e-9)])
        zero = numpy_helper.from_array(np.array([ZERO_POINT], np.uint8), "value")
        zeros = self.add("ConstantOfShape", [self.add("Shape", [scale])], value=zero)
        return self.add("QuantizeLinear", [rows, scale, zeros], axis=0), scale

    def linear(self, name: str, rows: list[str], weight: Array) -> str:
        """Return rows [n, in] times weight [out, in], without bias; ``rows`` as `prepare` gives them."""
        if not self.quantised:
            return self.add("MatMul", [rows[0], self.constant(f"{name}.weight", weight.T)])
        scale = np.maximum(np.abs(weight).max(1), 1e-9) / 127
        integers = np.clip(np.round(weight / scale[:, None]), -127, 127)
        product = self.add(
            "MatMulIntegerToFloat",
            [
                rows[0],
                self.constant(f"{name}.weight", integers.T, np.int8),
                self.constant("one", 1.0),
                self.constant(f"{name}.scale", scale),
                self.constant("zero_point", ZERO_POINT, np.uint8),
            ],
            domain=CONTRIB,
        )
        return self.add("Mul", [product, rows[1]])

    def prepare(self, rows: str) -> list[str]:
        """Return what `linear` takes for these rows: quantised once for several products."""
        if not self.quantised:
            return [rows]
        integers, scale = self.quantise(rows)
        return [integers, self.add("Unsqueeze", [scale, self.constant("last_axis", [1], np.int64)])]

    def model(self, inputs: dict[str, tuple[int, list[str]]], outputs: dict[str, str]) -> bytes:
        """Return the serialised model; ``outputs`` maps public names to names of the graph."""
        kinds = {"upos": TensorProto.INT64, "feats": TensorProto.INT64, "xpos": TensorProto.INT64,
                 "lemma": TensorProto.INT64, "relation": TensorProto.INT64}  # fmt: skip
        for public, inner in outputs.items():
            self.nodes.append(helper.make_node("Identity", [inner], [public]))
        graph = helper.make_graph(
            self.nodes,
            "kroniek",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [
                helper.make_tensor_value_info(name, kinds.get(name, TensorProto.FLOAT), None)
                for name in outputs
            ],
            list(self.weights.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="kroniek")
        model.ir_version = IR_VERSION
        return model.SerializeToString(deterministic=True)


def _encoder(graph: Graph, state: dict[str, Array], layers: int, heads: int, epsilon: float) -> str:
    """Add the encoder and return its output rows [batch x pieces, hidden]."""
    hidden = state["word.weight"].shape[1]
    table = state["word.weight"]
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127
    shrunk = graph.constant("word", np.round(table / scale), np.int8)
    axis = graph.constant("first_axis", [0], np.int64)
    picked = graph.add("Cast", [graph.add("Gather", [shrunk, "pieces"])], to=TensorProto.FLOAT)
    x = graph.add("Mul", [picked, graph.add("Gather", [graph.constant("word.scale", scale), "pieces"])])
    length = graph.add("Shape", ["pieces"], start=1, end=2)
    begin = graph.constant("begin", [0], np.int64)
    place = graph.add("Slice", [graph.constant("position", state["position"]), begin, length, axis])
    x = graph.add("Add", [x, place])
    norm = [
        graph.constant(f"embedded_norm.{part}", state[f"embedded_norm.{part}"]) for part in ("weight", "bias")
    ]
    x = graph.add("LayerNormalization", [x, *norm], axis=-1, epsilon=epsilon)
    pad = graph.constant("pad", 1, np.int64)
    real = graph.add("Cast", [graph.add("Not", [graph.add("Equal", ["pieces", pad])])], to=TensorProto.INT32)
    flat = graph.constant("flat", [-1, hidden], np.int64)
    solid = graph.add(
        "Concat", [graph.add("Shape", ["pieces"]), graph.constant("hidden", [hidden], np.int64)], axis=0
    )
    x = graph.add("Reshape", [x, flat])
    for number in range(layers):
        x = _layer(graph, state, f"layers.{number}", x, (solid, flat, real), (heads, epsilon))
    return x


def _layer(
    graph: Graph,
    state: dict[str, Array],
    at: str,
    x: str,
    shapes: tuple[str, str, str],
    sizes: tuple[int, float],
) -> str:
    """Add one transformer layer on rows ``x`` and return its output rows."""
    solid, flat, real = shapes
    heads, epsilon = sizes

    def held(name: str) -> str:
        return graph.constant(f"{at}.{name}", state[f"{at}.{name}"])

    rows = graph.prepare(x)
    hidden = state[f"{at}.qkv.weight"].shape[1]
    parts = [
        graph.add(
            "Reshape",
            [
                graph.linear(
                    f"{at}.{letter}", rows, state[f"{at}.qkv.weight"][part * hidden : (part + 1) * hidden]
                ),
                solid,
            ],
        )
        for part, letter in enumerate("qkv")
    ]
    context = graph.add(
        "MultiHeadAttention",
        [*parts, held("qkv.bias"), real],
        domain=CONTRIB,
        num_heads=heads,
        mask_filter_value=FAR,
    )
    rows = graph.prepare(graph.add("Reshape", [context, flat]))
    attended = graph.linear(f"{at}.attended", rows, state[f"{at}.attended.weight"])
    x = _skip_norm(
        graph,
        [attended, x, held("attended_norm.weight"), held("attended_norm.bias"), held("attended.bias")],
        epsilon,
    )
    widened = graph.linear(f"{at}.widen", graph.prepare(x), state[f"{at}.widen.weight"])
    bent = graph.add("BiasGelu", [widened, held("widen.bias")], domain=CONTRIB)
    narrowed = graph.linear(f"{at}.narrow", graph.prepare(bent), state[f"{at}.narrow.weight"])
    return _skip_norm(
        graph, [narrowed, x, held("out_norm.weight"), held("out_norm.bias"), held("narrow.bias")], epsilon
    )


def _skip_norm(graph: Graph, inputs: list[str], epsilon: float) -> str:
    """Add bias, residual and norm as plain operators: the fused one takes four times as long on a CPU."""
    new, old, weight, offset, bias = inputs
    summed = graph.add("Add", [graph.add("Add", [new, bias]), old])
    return graph.add("LayerNormalization", [summed, weight, offset], axis=-1, epsilon=epsilon)


def network_model(
    state: dict[str, Array], layers: int, heads: int, epsilon: float, *, quantised: bool
) -> bytes:
    """Return the graph from pieces [batch, pieces] to the words' tags, name scores and head scores.

    ``first`` and ``last`` [words] are positions in the flattened pieces, ``grid`` [batch, pieces] the
    row of each word (counted from 1, 0 the root) and ``blocked`` [batch, 1 + pieces] 1 where a
    column is no word. Outputs have a row for each word but ``arcs`` [batch, pieces, 1 + pieces].
    """
    graph = Graph(quantised=quantised)
    x = _encoder(graph, state, layers, heads, epsilon)
    words = graph.add("Concat", [graph.add("Gather", [x, "first"]), graph.add("Gather", [x, "last"])], axis=1)
    rows = graph.prepare(words)
    outputs = {}
    for name in HEADS:
        scores = graph.linear(f"tags.{name}", rows, state[f"tags.{name}.weight"])
        scores = graph.add("Add", [scores, graph.constant(f"{name}.bias", state[f"tags.{name}.bias"])])
        if name == "lemma":
            choices = graph.constant("choices", [LEMMA_CHOICES], np.int64)
            outputs[name] = graph.add("TopK", [scores, choices], outputs=2, axis=1) + "_1"
        else:
            outputs[name] = scores if name == "names" else graph.add("ArgMax", [scores], axis=1, keepdims=0)
    root = graph.constant("root", state["root"][None])
    candidates = graph.prepare(graph.add("Concat", [root, words], axis=0))
    sides = {}
    for side in ("arc_child", "arc_head", "relation_child", "relation_head"):
        y = graph.linear(side, candidates, state[f"{side}.weight"])
        y = graph.add("Add", [y, graph.constant(f"{side}.bias", state[f"{side}.bias"])])
        sides[side] = graph.add("LeakyRelu", [y], alpha=0.1)
    child = graph.add("Gather", [sides["arc_child"], "grid"])
    first_column = graph.add("Shape", ["grid"], start=0, end=1)
    zeros = numpy_helper.from_array(np.array([0], np.int64), "value")
    column = graph.add(
        "ConstantOfShape",
        [graph.add("Concat", [first_column, graph.constant("single", [1], np.int64)], axis=0)],
        value=zeros,
    )
    head = graph.add("Gather", [sides["arc_head"], graph.add("Concat", [column, "grid"], axis=1)])
    arc = state["arc"]
    left = graph.add("MatMul", [child, graph.constant("arc", arc[:-1])])
    left = graph.add("Add", [left, graph.constant("arc.bias", arc[-1])])
    arcs = graph.add("MatMul", [left, graph.add("Transpose", [head], perm=[0, 2, 1])])
    walls = graph.add("Mul", ["blocked", graph.constant("far", FAR)])
    outputs["arcs"] = graph.add(
        "Add", [arcs, graph.add("Unsqueeze", [walls, graph.constant("last_axis", [1], np.int64)])]
    )
    outputs["relation_child"], outputs["relation_head"] = sides["relation_child"], sides["relation_head"]
    inputs = {
        "pieces": (TensorProto.INT64, ["batch", "length"]),
        "first": (TensorProto.INT64, ["words"]),
        "last": (TensorProto.INT64, ["words"]),
        "grid": (TensorProto.INT64, ["batch", "length"]),
        "blocked": (TensorProto.FLOAT, ["batch", "columns"]),
    }
    return graph.model(inputs, outputs)


def relations_model(state: dict[str, Array], *, quantised: bool) -> bytes:
    """Return the graph from the sides of chosen arcs (child and head [words, size]) to relation labels."""
    graph = Graph(quantised=quantised)
    relation = state["relation"]  # [labels, size + 1, size + 1], child first
    labels, width, _ = relation.shape
    size = width - 1
    weight = relation[:, :size, :].transpose(0, 2, 1).reshape(labels * width, size)
    mixed = graph.linear("relation", graph.prepare("child"), weight)
    mixed = graph.add("Add", [mixed, graph.constant("relation.bias", relation[:, size, :].reshape(-1))])
    mixed = graph.add("Reshape", [mixed, graph.constant("split", [-1, labels, width], np.int64)])
    inner = graph.add(
        "Slice",
        [
            mixed,
            graph.constant("begin", [0], np.int64),
            graph.constant("size", [size], np.int64),
            graph.constant("axis", [2], np.int64),
        ],
    )
    offset = graph.add("Gather", [mixed, graph.constant("end", size, np.int64)], axis=2)
    middle = graph.constant("middle", [1], np.int64)
    products = graph.add("Mul", [inner, graph.add("Unsqueeze", ["head", middle])])
    scores = graph.add("ReduceSum", [products, graph.constant("axis", [2], np.int64)], keepdims=0)
    scores = graph.add("Add", [scores, offset])
    best = graph.add("ArgMax", [scores], axis=1, keepdims=0)
    sides = (TensorProto.FLOAT, ["words", "size"])
    return graph.model({"child": sides, "head": sides}, {"relation": best})


def known_lemmas(shared: Path) -> list[str]:
    """Return the lemmas of the training treebanks (names left out) and SoNaR's verbs and adjectives, sorted.

    SoNaR's nouns are left out: they keep the linking letters that UD drops (`staat_hervorming`).
    """
    trees = (
        word
        for name in TREEBANKS
        for tree in read_treebank(shared / f"treebank/{name}.conllu")
        for word in tree
    )
    roles = (word for sentence in read_roles(shared / "roles/srl_sentences.jsonl") for word in sentence)
    found = {word.lemma for word in trees if word.upos != "PROPN"}
    found |= {word.lemma for word in roles if word.xpos.startswith(("WW", "ADJ"))}
    return sorted(lemma for lemma in found if lemma.isalpha())


def export(checkpoint: Path, encoder: Path, out: Path, shared: Path, *, quantised: bool) -> None:
    """Write the model's files for a checkpoint (its folder holds labels and pieces)."""
    out.mkdir(parents=True, exist_ok=True)
    source = read_encoder(encoder)
    state = {name: tensor.float().numpy() for name, tensor in torch.load(checkpoint).items()}
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    labels = json.loads((checkpoint.parent / "labels.json").read_text(encoding="utf-8"))["names"]
    kept = json.loads((checkpoint.parent / "pieces.json").read_text(encoding="utf-8"))
    network = network_model(state, layers, source.heads, source.epsilon, quantised=quantised)
    (out / "network.onnx").write_bytes(network)
    (out / "relations.onnx").write_bytes(relations_model(state, quantised=quantised))
    tokenizer = build_tokenizer(source.pieces[number] for number in kept)
    (out / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
    (out / "lemmas.txt").write_text("\n".join(known_lemmas(shared)) + "\n", encoding="utf-8")
    files = ("network.onnx", "relations.onnx", "tokenizer.json", "labels.json", "lemmas.txt")
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in files}
    (out / "manifest.json").write_text(
        json.dumps({"format": 1, "sha256": hashes}, indent=1) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Run the export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../../shared/training"), help="the corpora")
    parser.add_argument("--out", type=Path, default=Path("../src/kroniek/languages/nl/model"))
    parser.add_argument("--float", action="store_true", help="32-bit weights, to see what 8 bits cost")
    options = parser.parse_args()
    export(options.checkpoint, options.encoder, options.out, options.shared, quantised=not options.float)


if __name__ == "__main__":
    main()
