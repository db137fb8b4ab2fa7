"""Looking at the first bytes of a stream without losing them."""

from __future__ import annotations

import io
from typing import BinaryIO


def rejoin(head: bytes, stream: BinaryIO) -> io.BufferedReader:
    """Return a stream of `head` and then the rest of `stream`; closing it leaves `stream` open."""
    return io.BufferedReader(_Joined(head, stream))


class _Joined(io.RawIOBase):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = memoryview(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._head:
            taken = self._head[: len(target)]
            self._head = self._head[len(taken) :]
        else:
            taken = memoryview(self._stream.read(len(target)))
        target[: len(taken)] = taken
        return len(taken)
