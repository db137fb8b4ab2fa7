"""The first page: where the chronicle stands."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.web.page import Open

router = APIRouter()


@router.get("/")
def overview(page: Open) -> Response:
    """Show where the chronicle stands."""
    return page.show("overview.html", state=page.bench.state)
