"""Same input, same output: in any process, whatever its hash seed and its cores, in any order of the reports."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "reports").glob("*.txt"))


def annotations(
    folder: Path, paths: list[Path], *, seed: str, cores: set[int] | None = None
) -> dict[str, bytes]:
    """Return what a process of its own writes for the reports, by file name."""
    command = [sys.executable, "-m", "kroniek", "annotate", *map(str, paths), "--out", str(folder)]
    before = os.sched_getaffinity(0) if cores else set()
    try:
        if cores:
            os.sched_setaffinity(0, cores)
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    finally:
        if cores:
            os.sched_setaffinity(0, before)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_annotate_is_the_same_in_two_processes(tmp_path: Path) -> None:
    first = annotations(tmp_path / "first", EXAMPLES, seed="1")
    second = annotations(tmp_path / "second", EXAMPLES[::-1], seed="2")
    assert len(first) == len(EXAMPLES)
    assert first == second


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores can be chosen on Linux alone")
def test_annotate_is_the_same_on_one_core_and_for_one_report(tmp_path: Path) -> None:
    core = {min(os.sched_getaffinity(0))}
    alone = annotations(tmp_path / "alone", EXAMPLES[:1], seed="3", cores=core)
    among = annotations(tmp_path / "among", EXAMPLES, seed="4")
    assert len(alone) == 1
    assert alone.items() <= among.items()
