"""Measure words per second for each part of the flow: `make bench`, or `python scripts/bench.py PATH...`.

The model is loaded and one batch is run before the clock starts. Words are counted by white space.
"""

from __future__ import annotations

import argparse
import os
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


if __name__ == "__main__":
    main()
