"""Every page of the workbench as a path, with the ids of a given file filled in."""

from __future__ import annotations

from fastapi.testclient import TestClient

PATHS = ("/", "/coder", "/sign-in")
WRONG = (("/nothing-here", 404),)


def every_path(client: TestClient) -> tuple[str, ...]:
    """Return a path to each page that has something to show in the client's file."""
    del client
    return PATHS
