"""Every page of the workbench as a path, with the ids of a given file filled in."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

PLAIN = (
    "/", "/timeline", "/timeline?from=2016-09&to=2017&group=happened&group=denied", "/timeline?q=overleg",
    "/timeline?actor=rusland", "/processes", "/commitments", "/claims", "/claims?standing=denied", "/statements",
    "/statements?stance=denies", "/actors", "/actors?q=a", "/network", "/network?pairs=10", "/relations", "/reports",
    "/reports?q=minister", "/gaps", "/knowledge", "/knowledge?q=poetin", "/search", "/search?q=bestand", "/coder",
    "/sign-in", "/review", "/review?kind=events&skip=3", "/review/log", "/review/conflicts", "/review/orphans", "/review/keys",
    "/review/actors", "/coding",
)  # fmt: skip
# A list, and what the pages of its records look like.
RECORDS = (
    ("/timeline", r"/events/[\w-]+"),
    ("/processes", r"/processes/[\w-]+"),
    ("/claims", r"/claims/[\w-]+"),
    ("/statements", r"/statements/[\w-]+"),
    ("/actors", r"/actors/[\w:-]+"),
    ("/relations", r"/relations/[\w:/-]+"),
    ("/reports", r"/reports/[\w-]+"),
    ("/knowledge?q=poetin", r"/knowledge/[\w:-]+"),
)


def every_path(client: TestClient, each: int = 2) -> list[str]:
    """Return the paths of all pages, and of `each` records of every kind in the client's file."""
    found = list(PLAIN)
    for path, pattern in RECORDS:
        page = client.get(path).text
        links = dict.fromkeys(re.findall(rf'href="({pattern})"', page))
        found += list(links)[:each]
    return found
