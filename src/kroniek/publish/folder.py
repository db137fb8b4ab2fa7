"""An export's folder: filled beside its place, and put there whole; with a manifest of all that it holds."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kroniek import __version__
from kroniek.errors import ExportError
from kroniek.ontology import load_ontology
from kroniek.publish.source import Facts, Settings, Written

MANIFEST = "manifest.json"
BLOCK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Made:
    """A finished export: its folder, its files in order, and what the exporter said of them."""

    folder: Path
    files: tuple[str, ...]
    written: Written


def fill_folder(
    target: Path, write: Callable[[Path], Written], *, format: str, facts: Facts, settings: Settings, force: bool
) -> Made:  # fmt: skip
    """Let `write` fill a new folder, add its manifest, and put it at `target`.

    What stands there is replaced only with `force`, and only when it is an export and nothing else.
    Raises ExportError with what would be right; then `target` is as it was.
    """
    return replace_folder(
        target,
        lambda folder: _with_manifest(folder, write(folder), format=format, facts=facts, settings=settings),
        force=force,
    )


def replace_folder(target: Path, write: Callable[[Path], Written], *, force: bool) -> Made:
    """Let `write` fill a new folder and put it at `target`, whole or not at all."""
    check_target(target, force=force)
    place = Path(os.path.abspath(target))  # `.` has no name of its own  # noqa: PTH100 - resolve() follows links
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        written = write(unfinished)
        files = tuple(sorted(_files(unfinished)))
        _put(unfinished, place)
    except OSError as error:
        raise ExportError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Made(target, files, written)


def check_target(target: Path, *, force: bool) -> None:
    """Raise ExportError when an export cannot be put at `target`."""
    if target.is_symlink():
        raise ExportError(f"{target}: is a link; name the folder itself")
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportError(f"{target}: is a file; --to names a folder")
    held = set(_files(target))
    if not held and not any(target.iterdir()):
        return
    if not force:
        raise ExportError(f"{target}: is there already; name another folder, or replace it with --force")
    strange = sorted(held - files_of(target))
    if strange:
        raise ExportError(
            f"{target}: holds files that are not of an export, such as {strange[0]}; name another folder"
        )


def files_of(folder: Path) -> set[str]:
    """Return the files that a folder's manifest lists, itself too; empty when it has no manifest."""
    try:
        listed = read_manifest(folder)["files"]
        return {MANIFEST, *(str(entry["path"]) for entry in listed)}
    except (ExportError, KeyError, TypeError):
        return set()


def read_manifest(folder: Path) -> Any:
    """Return the manifest of an export; raises ExportError when the folder is none."""
    try:
        return json.loads(folder.joinpath(MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExportError(f"{folder}: is no export of kroniek: it has no {MANIFEST}") from error


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest with the size and hash of every other file in the folder."""
    files = [_entry(folder, name) for name in sorted(_files(folder)) if name != MANIFEST]
    write_json(folder / MANIFEST, {**content, "files": files})


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON that people can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def write_items(path: Path, items: Iterable[Any], *, head: str, tail: str) -> tuple[int, int]:
    """Write items as a JSON list between `head` and `tail`, one in memory at a time.

    Returns how many were written, and how many were None and left out.
    """
    written = skipped = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{head}[")
        for item in items:
            if item is None:
                skipped += 1
                continue
            file.write(",\n" if written else "\n")
            json.dump(item, file, ensure_ascii=False)
            written += 1
        file.write(f"\n]{tail}\n")
    return written, skipped


def _with_manifest(
    folder: Path, written: Written, *, format: str, facts: Facts, settings: Settings
) -> Written:  # fmt: skip
    ontology = load_ontology()
    write_manifest(
        folder,
        {
            "format": format,
            "program": f"kroniek {__version__}",
            "chronicle": {
                "name": facts.name, "revision": facts.revision, "reports": facts.reports,
                "last_report_entered": facts.entered or None,
            },
            "versions": {
                "ontology": ontology.version, "knowledge": facts.knowledge or None,
                "analysed_with": [dict(pack) for pack in facts.packs],
            },
            "options": {
                "quotes": settings.quotes.value, "status": sorted(item.value for item in settings.statuses),
            },
            "counts": dict(written.counts),
            "left_out": list(written.left_out),
        },
    )  # fmt: skip
    return written


def _entry(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return {"path": name, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _files(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
    ]


def _put(unfinished: Path, target: Path) -> None:
    """Put a filled folder in its place; what stood there is taken away only after it has been moved aside."""
    if not target.exists():
        unfinished.rename(target)
        return
    aside = target.with_name(f".{target.name}.{os.getpid()}.old")
    target.rename(aside)
    try:
        unfinished.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
