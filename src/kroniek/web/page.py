"""What one request knows: its language, its session, the links it can make, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kroniek import __version__
from kroniek.web.known import Known
from kroniek.web.messages import LANGUAGES, Messages, choose_language, load_messages
from kroniek.web.session import CODER, LANGUAGE, YEAR, Session, form_token, read_coder
from kroniek.web.workbench import Workbench, render

# The menu: path and the key of its words, in groups.
NAVIGATION: tuple[tuple[tuple[str, str], ...], ...] = (
    (("/", "overview"), ("/timeline", "timeline"), ("/processes", "processes"), ("/commitments", "commitments")),
    (("/review", "review"), ("/coding", "coding")),
    (("/claims", "claims"), ("/statements", "statements")),
    (("/actors", "actors"), ("/network", "network"), ("/relations", "relations")),
    (("/reports", "reports"), ("/gaps", "gaps"), ("/knowledge", "knowledge")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One request to the workbench."""

    request: Request
    bench: Workbench
    text: Messages
    session: Session
    coder: str
    known: Known

    @property
    def language(self) -> str:
        """Return the interface language of this request."""
        return self.text.language

    @property
    def partial(self) -> bool:
        """Tell whether htmx asks for a part of the page only."""
        return self.request.headers.get("hx-request") == "true"

    def show(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Answer with a filled-in template. Its names are those of `common` and the given values."""
        content = render(template, {**self.common(), **values})
        answer = HTMLResponse(content, status_code=status)
        if self.request.query_params.get("lang") == self.language:
            answer.set_cookie(LANGUAGE, self.language, max_age=YEAR, samesite="strict", httponly=True)
        return answer

    def to(self, path: str, **query: str) -> Response:
        """Answer a form: go and see `path`, which must be one of our own."""
        return RedirectResponse(address(path, query), status_code=303)

    def common(self) -> Mapping[str, Any]:
        """Return what every template can use."""
        token = form_token(self.session, self.bench.settings.secret)
        return {
            "t": self.text, "labels": self.text.labels, "page": self, "version": __version__,
            "navigation": NAVIGATION, "here": self.request.url.path, "languages": LANGUAGES,
            "file_name": self.bench.path.name, "coder": self.coder, "token": token,
            "csrf": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(token),
            "link": address, "with_query": self.with_query,
        }  # fmt: skip

    def with_query(self, **changes: object) -> str:
        """Return this page's address with some query values changed; None or "" takes one away."""
        kept = [(key, value) for key, value in self.request.query_params.multi_items() if key not in changes]
        added = [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
        return address(self.request.url.path, [*kept, *added])


def address(path: str, query: Mapping[str, Any] | Iterable[tuple[str, Any]] = (), **more: Any) -> str:
    """Return a path with its query; empty values are left out."""
    pairs = [*(query.items() if isinstance(query, Mapping) else query), *more.items()]
    filled = [(key, value) for key, value in pairs if value not in (None, "")]
    encoded = quote(path, safe="/:@!$&'()*+,;=-._~", errors="replace")
    return f"{encoded}?{urlencode(filled, errors='replace')}" if filled else encoded


def open_page(request: Request) -> Page:
    """Return the page context of a request."""
    language = choose_language(
        request.query_params.get("lang", ""), request.cookies.get(LANGUAGE, ""),
        request.headers.get("accept-language", ""),
    )  # fmt: skip
    return Page(
        request, request.app.state.bench, load_messages(language), request.state.session,
        read_coder(request.cookies.get(CODER, "")), request.app.state.bench.known(),
    )  # fmt: skip


Open = Annotated[Page, Depends(open_page)]
