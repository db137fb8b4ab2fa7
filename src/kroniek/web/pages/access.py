"""Signing in where there is a password, and the name under which a person judges."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.web.forms import Form
from kroniek.web.guard import cookie_header
from kroniek.web.page import Open, Page
from kroniek.web.problems import BadRequest, TooMany
from kroniek.web.session import (
    CODER,
    LONGEST_NAME,
    SESSION,
    YEAR,
    coder_name,
    new_session,
    pack_coder,
    pack_session,
)

router = APIRouter()
LONGEST_PASSWORD = 1_000  # code points


@router.get("/sign-in")
def ask_password(page: Open) -> Response:
    """Ask for the password."""
    return page.show("sign_in.html", wrong=False)


@router.post("/sign-in")
def sign_in(page: Open, form: Form) -> Response:
    """Check the password; begin a new session when it is right."""
    password, tries = page.bench.settings.password, page.bench.tries
    if password is None:
        return page.to("/")
    if seconds := tries.seconds_to_wait():
        raise TooMany("errors.wait", seconds=seconds)
    if not password.fits(form.text("password", longest=LONGEST_PASSWORD)):
        tries.failed()
        return page.show("sign_in.html", status=403, wrong=True)
    answer = page.to("/")
    session = new_session(signed_in=True)
    answer.headers.append(
        "Set-Cookie", cookie_header(SESSION, pack_session(session, page.bench.settings.secret))
    )
    return answer


@router.post("/sign-out")
def sign_out(page: Open, form: Form) -> Response:
    """End the session."""
    del form
    answer = page.to("/")
    answer.headers.append("Set-Cookie", f"{cookie_header(SESSION, '')}; Max-Age=0")
    return answer


@router.get("/coder")
def ask_coder(page: Open) -> Response:
    """Ask under which name this browser's judgements are stamped."""
    return page.show("coder.html", onward=_own_path(page.request.query_params.get("next", "/")))


@router.post("/coder")
def name_coder(page: Open, form: Form) -> Response:
    """Keep the coder's name in a cookie."""
    words = form.text("name", longest=LONGEST_NAME)
    if words and not coder_name(words):
        raise BadRequest("errors.name_signs")
    return _named(page, words, _own_path(form.text("next", default="/")))


def _named(page: Page, name: str, onward: str) -> Response:
    answer = page.to("/")
    answer.headers["Location"] = onward
    answer.headers.append("Set-Cookie", cookie_header(CODER, pack_coder(name), seconds=YEAR))
    return answer


def _own_path(path: str) -> str:
    """Return a path of this server, `/` for any other address: `//strange.example` is one."""
    plain = path.isascii() and path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"
