"""From paths to documents: files, folders, globs and standard input, each with the reader that knows it."""

from __future__ import annotations

import glob
import io
import logging
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from kroniek.errors import ReadError
from kroniek.model import Document, Rejection
from kroniek.read.options import Read, Reader, ReadOptions
from kroniek.read.streams import rejoin
from kroniek.registry import READERS, load_plugin, plugins

log = logging.getLogger(__name__)

HEAD = 4096  # bytes that readers sniff
STDIN = "-"
DEFAULTS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What paths stand for: files in the order of reading, hidden ones left out, paths with nothing."""

    files: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    missing: tuple[Rejection, ...] = ()


def find_inputs(paths: Iterable[str]) -> Inputs:
    """Return the files that paths stand for, each once: folders are walked, sorted by name.

    Files and folders whose name begins with a full stop are left out unless they are named; a glob is
    expanded when no file has that very name. "-" is standard input.
    """
    files: dict[str, None] = {}
    hidden: dict[str, None] = {}
    missing: list[Rejection] = []
    for path in paths:
        if path == STDIN or (os.path.lexists(path) and not Path(path).is_dir()):
            files[path] = None
        elif Path(path).is_dir():
            _walk(path, files, hidden, missing)
        elif glob.has_magic(path) and (found := sorted(glob.glob(path, recursive=True))):  # noqa: PTH207 - "**" and absolute patterns
            inside = find_inputs(found)
            files.update(dict.fromkeys(inside.files))
            hidden.update(dict.fromkeys(inside.hidden))
            missing += inside.missing
        else:
            missing.append(Rejection(path, "", "no such file or folder"))
    return Inputs(tuple(files), tuple(hidden), tuple(missing))


def read_inputs(
    paths: Sequence[str] | Inputs, options: ReadOptions = DEFAULTS, *, stdin: BinaryIO | bytes = b""
) -> Iterator[Read]:
    """Yield a Document or a Rejection for every report that the paths announce, lazily and in order.

    No input stops the run: what cannot be read gives a Rejection that says why. `stdin` is what "-"
    stands for. Raises NotFoundError at once when `options.format` names no reader.
    """
    inputs = paths if isinstance(paths, Inputs) else find_inputs(paths)
    if options.format:
        load_plugin(READERS, options.format)
    return _read_all(inputs, options, io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin)


def read_bytes(data: bytes, name: str, options: ReadOptions = DEFAULTS) -> Iterator[Read]:
    """Yield the documents and rejections of an input that is in memory; `name` tells its kind."""
    yield from _guarded(io.BytesIO(data), name, options)


def _read_all(inputs: Inputs, options: ReadOptions, stdin: BinaryIO) -> Iterator[Read]:
    yield from inputs.missing
    for name in inputs.files:
        if name == STDIN:
            yield from _guarded(stdin, name, options)
        else:
            yield from _read_file(name, options)


def _read_file(name: str, options: ReadOptions) -> Iterator[Read]:
    try:
        mode = Path(name).stat().st_mode
        if not stat.S_ISREG(mode):
            yield Rejection(name, "", "not a regular file; want a file or a folder")
            return
        with Path(name).open("rb") as stream:
            yield from _guarded(stream, name, options)
    except OSError as error:
        yield Rejection(name, "", f"cannot be opened: {error.strerror or error}")


def _guarded(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
    """Read one input; whatever goes wrong inside it becomes a Rejection."""
    try:
        head = stream.read(HEAD)
        whole: BinaryIO = rejoin(head, stream)
        yield from choose_reader(name, head, options.format).read(whole, name, options)
    except ReadError as error:
        yield Rejection(name, "", str(error))
    except Exception as error:  # noqa: BLE001 - a fault in a reader, or a plug-in, must not end the run
        log.warning("reading %s failed: %r", name, error)
        yield Rejection(name, "", f"the reader failed: {type(error).__name__}: {error}")


def checked(items: Iterable[Document | Rejection]) -> Iterator[Document | Rejection]:
    """Turn documents that no file can hold (half of a surrogate pair) into rejections."""
    for item in items:
        if isinstance(item, Document):
            try:
                item.text.encode("utf-8")
            except UnicodeEncodeError as error:
                origin = item.origin
                reason = f"not valid Unicode at code point {error.start}: half of a surrogate pair"
                yield Rejection(origin.path, origin.record, reason)
                continue
        yield item


def choose_reader(name: str, head: bytes, wanted: str = "") -> Reader:
    """Return the reader that knows an input best; among equals the first by name."""
    if wanted:
        named: Reader = load_plugin(READERS, wanted)
        return named
    return max(_readers(), key=lambda reader: reader.sniff(name, head))


@cache
def _readers() -> tuple[Reader, ...]:
    """Return every reader that can be loaded, by name; a broken plug-in is logged and left out."""
    found: list[Reader] = []
    for point in plugins(READERS):
        try:
            found.append(load_plugin(READERS, point))
        except Exception as error:  # noqa: BLE001 - a stranger's plug-in may fail in any way
            log.warning("the reader plug-in %s cannot be loaded: %r", point, error)
    return tuple(found)


def _walk(folder: str, files: dict[str, None], hidden: dict[str, None], missing: list[Rejection]) -> None:
    def note(error: OSError) -> None:
        missing.append(Rejection(str(error.filename), "", f"cannot be opened: {error.strerror or error}"))

    for here, folders, names in os.walk(folder, onerror=note):
        hidden.update({str(Path(here, name)): None for name in sorted(folders) if name.startswith(".")})
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            target = hidden if name.startswith(".") else files
            target[str(Path(here, name))] = None
