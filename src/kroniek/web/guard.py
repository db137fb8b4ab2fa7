"""What stands before every page: the name of the server, limits of size, the session, safe headers."""

from __future__ import annotations

import base64
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kroniek.web.session import SESSION, Session, new_session, pack_session, read_session

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kroniek.web.settings import Settings
    from kroniek.web.workbench import Tries

# No inline script or style, nothing from elsewhere, no framing by others.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `same-origin`, not `no-referrer`: with the latter browsers hide the Origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LONGEST_ADDRESS = 8_000  # bytes of path and query
OPEN_TO_ALL = ("/static/", "/sign-in")


class Guard:
    """ASGI middleware around the whole application; `on_error` makes the page of a fault of our own."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: Settings,
        tries: Tries,
        on_error: Callable[[Request, Exception], Response],
    ) -> None:
        self._app = app
        self._tries = tries
        self._settings = settings
        self._on_error = on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before any page sees it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bodiless = scope["method"] == "HEAD"
        if bodiless:  # a GET whose answer keeps its body; no page has to know
            scope = {**scope, "method": "GET"}
        headers = Headers(scope=scope)
        session = read_session(_cookie(headers, SESSION), self._settings.secret)
        fresh = session is None
        session = session or new_session()
        scope.setdefault("state", {})["session"] = session
        answer = self._refusal(scope, headers) or await self._sign_in_first(scope, headers, session)
        safe_send = _Sender(
            send, pack_session(session, self._settings.secret) if fresh else "", bodiless=bodiless
        )
        if answer is not None:
            await answer(scope, receive, safe_send)
            return
        try:
            await self._app(scope, _Limited(receive, self._settings.largest_form), safe_send)
        except Exception as error:  # the last line: also a fault gets a safe, helpful page
            if safe_send.begun:
                raise
            await self._on_error(Request(scope), error)(scope, receive, safe_send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = _host_name(headers.get("host", ""))
        if not self._settings.knows(host):
            return PlainTextResponse(
                f"421 This server is not called {host[:100]!r}. Use the address that `kroniek serve` printed.\n",
                status_code=421,
            )
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return PlainTextResponse(
                f"414 This address is too long: at most {LONGEST_ADDRESS} bytes.\n", status_code=414
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or len(length) > 15 or int(length) > self._settings.largest_form:
            most = self._settings.largest_form // 2**20
            return PlainTextResponse(f"413 What was sent is too large: at most {most} MB.\n", status_code=413)
        return None

    async def _sign_in_first(self, scope: Scope, headers: Headers, session: Session) -> Response | None:
        path: str = scope["path"]
        password = self._settings.password
        if password is None or session.signed_in or path.startswith(OPEN_TO_ALL):
            return None
        if not path.startswith("/api/"):
            return RedirectResponse("/sign-in", status_code=303)
        given = _basic_password(headers.get("authorization", ""))
        if given and not self._tries.seconds_to_wait():
            # Off the event loop: checking takes some 50 ms.
            if await run_in_threadpool(password.fits, given):
                return None
            self._tries.failed()
        return PlainTextResponse(
            "401 Sign in first: in the browser, or send the password as basic authentication.\n",
            status_code=401, headers={"WWW-Authenticate": 'Basic realm="kroniek", charset="UTF-8"'},
        )  # fmt: skip


class _Sender:
    """Adds the safe headers, and the cookie of a new session, to an answer; leaves out its body when asked."""

    def __init__(self, send: Send, cookie: str, *, bodiless: bool) -> None:
        self._send = send
        self._cookie = cookie
        self._bodiless = bodiless
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in SAFE_HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            if self._cookie and f"{SESSION}=" not in "".join(headers.getlist("set-cookie")):
                headers.append("Set-Cookie", cookie_header(SESSION, self._cookie))
        elif self._bodiless:
            message = {**message, "body": b""}
        await self._send(message)


class _Limited:
    """Passes a body on up to a number of bytes; a longer one looks like a sender that went away."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else {"type": "http.disconnect"}


def cookie_header(name: str, value: str, *, seconds: int = 0, script: bool = False) -> str:
    """Return a Set-Cookie header that other sites' requests never carry; `seconds` 0 lasts for the session."""
    age = f"; Max-Age={seconds}" if seconds else ""
    return f"{name}={value}; Path=/; SameSite=Strict{age}{'' if script else '; HttpOnly'}"


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _basic_password(header: str) -> str:
    """Return the password of an Authorization header, "" when there is none."""
    scheme, _, packed = header.partition(" ")
    if scheme.casefold() != "basic" or len(packed) > 4_000:
        return ""
    try:
        return base64.b64decode(packed).decode("utf-8").partition(":")[2]
    except ValueError:
        return ""


def _host_name(host: str) -> str:
    """Return a Host header without its port, in small letters: `[::1]:8765` -> `[::1]`."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).casefold()
