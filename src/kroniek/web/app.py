"""The application: its pages in one list, and how errors become pages with words that help."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import PathLike
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kroniek.errors import KroniekError, NotFoundError, StoreError
from kroniek.web.api import app as api
from kroniek.web.forms import checked_form
from kroniek.web.guard import Guard
from kroniek.web.page import open_page
from kroniek.web.pages import (
    access,
    actors,
    claims,
    coding,
    events,
    gaps,
    knowledge,
    overview,
    processes,
    relations,
    reports,
    review,
    review_log,
    review_stories,
    search,
    statements,
    timeline,
)
from kroniek.web.problems import RequestProblem
from kroniek.web.settings import Settings
from kroniek.web.workbench import Workbench

log = logging.getLogger(__name__)

# Every page of the workbench; the first that fits a path answers.
ROUTERS: tuple[APIRouter, ...] = (
    overview.router, timeline.router, events.router, statements.router, claims.router, processes.router,
    relations.router, actors.router, reports.router, search.router, gaps.router, knowledge.router, access.router,
    review_log.router, review_stories.router, review.router, coding.router,
    api.router,
)  # fmt: skip
STATIC = Path(__file__).parent / "static"


def create_app(path: str | PathLike[str], *, settings: Settings | None = None) -> FastAPI:
    """Return the workbench for a chronicle file.

    Raises StoreError when the file is missing or no chronicle. Reports that were not merged yet are
    merged first.
    """
    settings = settings or Settings()
    bench = Workbench(Path(path), settings)
    bench.chronicle.refresh()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        bench.close()

    # Every request that writes is checked, also by pages that do not look at the form.
    app = FastAPI(
        title="kroniek", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(checked_form)],
    )  # fmt: skip
    app.state.bench = bench
    for router in ROUTERS:
        app.include_router(router)
    app.state.api = api.create_api(bench)
    app.mount(api.ROOT, app.state.api)
    app.mount("/static", Kept(directory=STATIC), name="static")
    for error in (KroniekError, RequestValidationError, HTTPException):
        app.add_exception_handler(error, show_error)
    app.add_middleware(Guard, settings=settings, tries=bench.tries, on_error=show_error)
    return app


class Kept(StaticFiles):
    """Static files; their addresses change with their content, so browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with the word that it never changes."""
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def show_error(request: Request, error: Exception) -> Response:
    """Return the page that says what went wrong, and what would be right."""
    page = open_page(request)
    status, key, values = describe(error)
    if status >= 500:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return page.show("error.html", status=status, code=status, message=page.text(key, **values))


def describe(error: Exception) -> tuple[int, str, dict[str, object]]:
    """Return the status, the key of the message and its values for an error."""
    match error:
        case RequestProblem():
            return error.status, error.key, error.values
        case NotFoundError():
            return 404, "errors.no_record", {}
        case StoreError():
            return 503, "errors.store", {"reason": str(error)}
        case RequestValidationError():
            fields = ", ".join(sorted({str(item["loc"][-1]) for item in error.errors()}))
            return 400, "errors.fields", {"fields": fields}
        case HTTPException():
            known = {404: "errors.no_page", 405: "errors.method"}
            return error.status_code, known.get(error.status_code, "errors.refused"), {}
    return 500, "errors.ours", {}
