"""Measure words per second for each part of the flow: `make bench`, or `python scripts/bench.py PATH...`.

The model is loaded and one batch is run before the clock starts. Words are counted by white space.
Where Frog is installed (`apt-get install frog frogdata`) the parser step is set against it: the same text, in
the same run, Frog's own loading left out. The last lines are of whole processes: the first report, from the
start of the process, and the peak memory over all of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from kroniek.analyse.step import Resources
from kroniek.chronicle import utc_now
from kroniek.cli.text import table
from kroniek.merge import merge
from kroniek.model import Analysis, Document
from kroniek.pipeline import BATCH, STEPS, analyse, apply_step, load_resources
from kroniek.publish.annotation import annotation
from kroniek.read import read_inputs
from kroniek.store.database import open_database
from kroniek.store.write import Versions, add_analysis, begin_run

Value = TypeVar("Value")
FROG_WORDS = 6_000  # Frog takes some ten seconds for them
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def timed(work: Callable[[], Value]) -> tuple[Value, float]:
    """Return what the work gives and the seconds that it took."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def measure(documents: Sequence[Document], resources: Resources) -> list[tuple[str, float]]:
    """Return each part of the flow with its seconds, in order."""
    list(analyse(documents[:BATCH], resources))
    spent: dict[str, float] = {step.name: 0.0 for step in STEPS}
    analyses: list[Analysis] = []
    for first in range(0, len(documents), BATCH):
        group = [Analysis(document) for document in documents[first : first + BATCH]]
        for step in STEPS:
            started = time.perf_counter()
            group = apply_step(step, group, resources)
            spent[step.name] += time.perf_counter() - started
        analyses.extend(group)
    rows = list(spent.items())
    rows.append(("annotation", timed(lambda: [annotation(item) for item in analyses])[1]))
    rows.append(("store", timed(lambda: store(analyses))[1]))
    rows.append(("merge", timed(lambda: merge(analyses))[1]))
    return rows


def store(analyses: Sequence[Analysis]) -> None:
    """Write the analyses to a new file, a transaction for each."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(Path(folder, "b.kroniek"), create=True) as database,
    ):
        with database.writing() as connection:
            run = begin_run(connection, Versions("bench", "nl", "0"), utc_now())
        for analysis in analyses:
            with database.writing() as connection:
                add_analysis(connection, analysis, run=run, now=utc_now())


def repeated(documents: Sequence[Document], words: int) -> list[Document]:
    """Return enough documents for so many words, each different, so that nothing is found twice."""
    chosen: list[Document] = []
    count = 0
    while count < words:
        for document in documents:
            number = len(chosen)
            text = document.text if number < len(documents) else f"{document.text}\n\nNummer {number}."
            chosen.append(Document(text, document.origin, name=f"{document.name}#{number}"))
            count += len(text.split())
    return chosen


def frog(documents: Sequence[Document]) -> float | None:
    """Return the seconds that Frog takes for the texts, with its parser; None where it is not installed."""
    if not (program := shutil.which("frog")):
        return None
    with tempfile.TemporaryDirectory() as folder:
        text, one = Path(folder, "texts.txt"), Path(folder, "one.txt")
        text.write_text("\n\n".join(document.text for document in documents), encoding="utf-8")
        one.write_text("Goed.\n", encoding="utf-8")
        loading = min(run([program, "-t", str(one)])[0] for _ in range(2))  # the first reads it from disk
        whole = run([program, "-t", str(text)])[0]
    return whole - loading


def run(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of a command."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def annotating(paths: Sequence[str]) -> tuple[float, float]:
    """Return seconds and peak megabytes of `kroniek annotate` over the paths, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        return run([sys.executable, "-m", "kroniek", "annotate", *paths, "--out", folder])


def first_file(paths: Sequence[str]) -> str:
    """Return one report of the paths."""
    path = Path(paths[0])
    return str(path if path.is_file() else min(item for item in path.iterdir() if item.is_file()))


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("paths", nargs="*", default=[str(EXAMPLES)])
    options.add_argument("--words", type=int, default=20_000, help="measure over at least so many words")
    options.add_argument("--parser", default="")
    chosen = options.parse_args()
    items, reading = timed(lambda: list(read_inputs(chosen.paths)))
    documents = [item for item in items if isinstance(item, Document)]
    if not documents:
        raise SystemExit(f"no reports in {', '.join(chosen.paths)}")
    read_words = sum(len(document.text.split()) for document in documents)
    resources, loading = timed(lambda: load_resources(parser=chosen.parser, today=date.today()))
    many = repeated(documents, chosen.words)
    words = sum(len(document.text.split()) for document in many)
    rows = measure(many, resources)
    annotate = sum(seconds for name, seconds in rows if name not in ("store", "merge"))
    print(f"{len(many)} reports, {words} words, {os.cpu_count()} cores; resources loaded in {loading:.1f} s")
    lines = [("read", f"{reading:.2f}", f"{read_words / max(reading, 1e-9):.0f}")]
    lines += [(name, f"{seconds:.2f}", f"{words / max(seconds, 1e-9):.0f}") for name, seconds in rows]
    lines.append(("all of annotate", f"{annotate:.2f}", f"{words / max(annotate, 1e-9):.0f}"))
    print("\n".join(table(("part", "seconds", "words/s"), lines)))
    some = repeated(documents, min(chosen.words, FROG_WORDS))
    some_words = sum(len(document.text.split()) for document in some)
    parsed = timed(lambda: list(resources.parser.pipe([document.text for document in some])))[1]
    print(f"parser alone, {some_words} words: {some_words / parsed:.0f} words/s")
    if (frogged := frog(some)) is not None:
        print(
            f"Frog with its parser: {some_words / frogged:.0f} words/s; ours is {frogged / parsed:.1f} times as fast"
        )
    first = min(annotating([first_file(chosen.paths)])[0] for _ in range(3))
    print(f"first report: {first:.1f} s from the start of the process (best of 3)")
    print(f"peak memory of annotate: {annotating(chosen.paths)[1]:.0f} MB")


if __name__ == "__main__":
    main()
