"""The chronicle of the example reports, made once for all tests of exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.export import FileSource
from kroniek.model import Document, Origin
from kroniek.store.database import open_database
from tests.flows import STEPS, resources

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
HOSTILE = '<script>alert(1)</script> ]] [[x|y]] | =1+1 "&amp; {{x}} \x07\x1b[31m \U0001f600 \u202e`rm`'


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


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronicle whose reports try to break out of whatever they are written into."""
    path = tmp_path_factory.mktemp("hostile") / "x.kroniek"
    reports = [
        Document(f"{HOSTILE} Kerry ontmoette Lavrov op 2016-08-26. {HOSTILE}", Origin("../../../etc/passwd", outlet=HOSTILE), title=HOSTILE),
        Document(f"Kerry ontmoette Lavrov op 2016-09. {HOSTILE}", Origin("CON.txt", url="javascript:alert(1)"), name="../../weg"),
        Document('=HYPERLINK("http://x";"klik") Merkel ontmoette Rutte.', Origin("=1+1.txt", outlet="@SUM(1)"), title="-2+3"),
        Document("Poetin ontmoette Erdogan. END:VCALENDAR\nBEGIN:VEVENT", Origin("con.TXT")),
    ]  # fmt: skip
    with Chronicle.open(path, create=True) as chronicle:
        chronicle.add(reports, resources(), steps=STEPS)
    return path
