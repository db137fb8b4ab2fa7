"""The API as an application of its own: ETags, problem details, and the page that documents it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from kroniek import __version__
from kroniek.errors import KroniekError, NotFoundError, StoreError
from kroniek.web.api.records import router as records
from kroniek.web.api.shapes import Problem
from kroniek.web.messages import load_messages
from kroniek.web.page import Open
from kroniek.web.problems import RequestProblem
from kroniek.web.workbench import Workbench

log = logging.getLogger(__name__)
ROOT = "/api/v1"
PROBLEM = "application/problem+json"
TITLES = {400: "Bad request", 404: "Not found", 405: "Method not allowed", 503: "Service unavailable"}
DESCRIPTION = (
    "Who did what to whom, when, where, and according to whom, as read from reports. Read-only. Every record "
    "leads to its words: a document, offsets in code points, a sentence. Lists go on by cursor. An answer "
    "carries an ETag that changes with the file; send it back as If-None-Match. Errors are problem details "
    "(RFC 9457)."
)
router = APIRouter()
Next = Callable[[Request], Awaitable[Response]]


def create_api(bench: Workbench) -> FastAPI:
    """Return the API on an open file."""
    problem = {"model": Problem, "content": {PROBLEM: {}}}
    api = FastAPI(
        title="kroniek", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None,
        servers=[{"url": ROOT}], root_path_in_servers=False,
        responses={400: {**problem, "description": "Bad request"}, 404: {**problem, "description": "Not found"}},
    )  # fmt: skip
    api.state.bench = bench
    api.include_router(records)
    api.middleware("http")(_with_etag)
    for error in (KroniekError, RequestValidationError, HTTPException):
        api.add_exception_handler(error, show_problem)
    return api


async def _with_etag(request: Request, call_next: Next) -> Response:
    """Answer 304 when the file has not changed since the program asked the same."""
    if request.method not in ("GET", "HEAD"):
        return await call_next(request)
    key = f"{request.app.state.bench.stamp()}|{request.url.path}|{request.url.query}"
    etag = f'W/"{sha256(key.encode("utf-8", "replace")).hexdigest()[:24]}"'
    known = {item.strip() for item in request.headers.get("if-none-match", "").split(",")}
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in known:
        return Response(status_code=304, headers=headers)
    answer = await call_next(request)
    if answer.status_code == 200:
        answer.headers.update(headers)
    return answer


def show_problem(request: Request, error: Exception) -> Response:
    """Return what went wrong as problem details."""
    status, detail = _described(error)
    title = TITLES.get(status, "Error")
    problem = Problem(title=title, status=status, detail=detail, instance=request.url.path)
    return JSONResponse(problem.model_dump(), status_code=status, media_type=PROBLEM)


def _described(error: Exception) -> tuple[int, str]:
    text = load_messages("en")
    match error:
        case RequestProblem():
            return error.status, text(error.key, **error.values)
        case NotFoundError():
            return 404, text("errors.no_record")
        case StoreError():
            return 503, text("errors.store", reason=str(error))
        case RequestValidationError():
            return 400, "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in error.errors()[:10])
        case HTTPException():
            return error.status_code, str(error.detail)
    return 500, text("errors.ours")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address."""

    name: str
    place: str
    required: bool
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API as its page shows it."""

    id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    shape: str
    fields: tuple[tuple[str, str, str], ...]


@router.get(f"{ROOT}/docs")
def documentation(page: Open) -> Response:
    """Show every address with its parameters and what it gives; nothing is loaded from elsewhere."""
    schema = page.known.remember("openapi", lambda: page.request.app.state.api.openapi())
    groups: dict[str, list[Operation]] = {}
    for tag, operation in _operations(schema):
        groups.setdefault(tag, []).append(operation)
    return page.show("api.html", schema=schema, groups=groups, root=ROOT)


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for method in methods.values():
            answer = method["responses"]["200"]["content"]["application/json"]["schema"]
            shape = _item(answer.get("$ref", "").rpartition("/")[2], schema)
            parameters = tuple(_parameter(item, schema) for item in method.get("parameters", ()))
            yield (
                method["tags"][0],
                Operation(
                    method["operationId"], path, method["summary"], method["description"], parameters,
                    shape, tuple(_fields(shape, schema)),
                ),
            )  # fmt: skip


def _item(shape: str, schema: dict[str, Any]) -> str:
    """Return the shape of the records in a list, the shape itself when it is no list."""
    properties = schema["components"]["schemas"].get(shape, {}).get("properties", {})
    listed = properties.get("items", {}).get("items", {}).get("$ref", "") if "next" in properties else ""
    return listed.rpartition("/")[2] or shape


def _parameter(item: dict[str, Any], schema: dict[str, Any]) -> Parameter:
    return Parameter(
        item["name"], item["in"], item.get("required", False), _kind(item["schema"], schema),
        item.get("description", ""),
    )  # fmt: skip


def _fields(shape: str, schema: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, field in schema["components"]["schemas"].get(shape, {}).get("properties", {}).items():
        yield name, _kind(field, schema), field.get("description", "")


def _kind(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return a type in short: `string`, `array of Event`, `one of a, b`."""
    if "$ref" in field:
        name = str(field["$ref"]).rpartition("/")[2]
        values = schema["components"]["schemas"].get(name, {}).get("enum")
        return " | ".join(map(str, values)) if values else name
    if "anyOf" in field:
        return " | ".join(_kind(part, schema) for part in field["anyOf"])
    if field.get("type") == "array":
        return f"array of {_kind(field['items'], schema)}"
    return str(field.get("type", "any"))
