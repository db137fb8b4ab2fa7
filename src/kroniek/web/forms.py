"""Forms that only our own pages can send: a signed token, and the browser's word on where they come from."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from kroniek.web.problems import BadRequest, Forbidden
from kroniek.web.session import form_token

FIELD, HEADER = "csrf", "x-csrf-token"
READING = {"GET", "HEAD", "OPTIONS"}
LONGEST_FIELD = 10_000  # code points, unless a page allows more


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields of a form that one of our own pages sent."""

    fields: Mapping[str, tuple[str, ...]]
    files: Mapping[str, bytes]

    def text(self, name: str, *, longest: int = LONGEST_FIELD, default: str | None = None) -> str:
        """Return a field's words without outer blanks.

        Raises BadRequest when the field is missing and has no default, or is too long.
        """
        values = self.fields.get(name, ())
        if not values and default is None:
            raise BadRequest("errors.field_missing", field=name)
        value = values[0].strip() if values else str(default)
        if len(value) > longest:
            raise BadRequest("errors.field_long", field=name, longest=longest)
        return value

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, such as of check boxes."""
        return self.fields.get(name, ())


async def checked_form(request: Request) -> SentForm:
    """Return the form of a request, empty for one that only reads.

    Raises Forbidden when the request does not come from a page of this server in this session.
    """
    if request.method in READING:
        return SentForm({}, {})
    check_origin(request.headers, request.headers.get("host", ""))
    content = await request.form(max_files=4, max_fields=2_000, max_part_size=16 * 1024 * 1024)
    fields: dict[str, tuple[str, ...]] = {}
    files: dict[str, bytes] = {}
    for name, value in content.multi_items():
        if isinstance(value, UploadFile):
            files[name] = await value.read()
        else:
            fields[name] = (*fields.get(name, ()), value)
    sent = request.headers.get(HEADER) or (fields.get(FIELD) or ("",))[0]
    bench = request.app.state.bench
    expected = form_token(request.state.session, bench.settings.secret)
    if not hmac.compare_digest(sent.encode("utf-8", "replace"), expected.encode()):
        raise Forbidden("errors.forged")
    return SentForm(fields, files)


def check_origin(headers: Mapping[str, str], host: str) -> None:
    """Raise Forbidden unless the browser says that a page of this same server sends the request."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("errors.strange_origin")
    origin = headers.get("origin") or headers.get("referer") or ""
    try:
        sender = urlsplit(origin).netloc
    except ValueError:
        sender = ""
    if not sender or sender.casefold() != host.casefold():
        raise Forbidden("errors.strange_origin")


Form = Annotated[SentForm, Depends(checked_form)]
