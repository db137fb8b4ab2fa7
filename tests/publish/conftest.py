"""The chronicle of the example reports, made once for all tests of exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.export import FileSource
from kroniek.store.database import open_database

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the chronicle file of the example reports, with one input that could not be read."""
    folder = tmp_path_factory.mktemp("examples")
    folder.joinpath("leeg.txt").write_bytes(b"")
    with Chronicle.open(folder / "voorbeeld.kroniek", create=True) as chronicle:
        chronicle.read([str(REPORTS), str(folder / "leeg.txt")])
    return folder / "voorbeeld.kroniek"


@pytest.fixture(scope="session")
def source(examples: Path) -> Iterator[FileSource]:
    """Return the records of that chronicle, as exporters are given them."""
    with open_database(examples) as database:
        yield FileSource(database)
