"""A chronicle of the example reports, and the workbench on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kroniek.chronicle import Chronicle
from kroniek.web.app import create_app
from kroniek.web.settings import Settings

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
ORIGIN = "http://localhost"


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a chronicle file of the example reports, read from a folder whose name fits on no narrow page."""
    path = tmp_path_factory.mktemp("web") / "voorbeeld.kroniek"
    reports = shutil.copytree(
        REPORTS, path.with_name("berichten_over_het_vredesoverleg_in_kopenhagen_en_wenen")
    )
    with Chronicle.open(path, create=True) as chronicle:
        chronicle.read([str(reports)])
    return path


@pytest.fixture(scope="session")
def client(example_file: Path) -> Iterator[TestClient]:
    """Return a browser without scripts, on the workbench of the example reports."""
    with TestClient(create_app(example_file, settings=Settings()), base_url=ORIGIN) as found:
        yield found


def token(client: TestClient, path: str = "/coder") -> str:
    """Return the token of a form on a page."""
    match = re.search(r'name="csrf" value="(?P<token>\w+)"', client.get(path).text)
    assert match
    return match["token"]
