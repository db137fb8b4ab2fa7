"""What all forms of the review pages share: who decides, where to go on, conflicts and mistakes as pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from starlette.responses import RedirectResponse, Response

from kroniek.chronicle import utc_now
from kroniek.errors import JudgementError
from kroniek.judging import Place, Stale, judge
from kroniek.model import Judgement
from kroniek.review.state import token_of
from kroniek.review.values import names_of
from kroniek.store.queue import mark_done
from kroniek.web.forms import SentForm
from kroniek.web.page import Page, address

OWN_PATH = re.compile(r"/(?:review|events|reports|statements|actors|coding)(?:[/?#][\w/?=&.%#:+-]*)?")
QUEUE = "/review"
HIDDEN = frozenset({"csrf", "token"})


def onward(form: SentForm, default: str = QUEUE) -> str:
    """Return where a form wants to go on: one of our own pages, the queue for any other address."""
    path = form.text("back", longest=500, default=default)
    return path if OWN_PATH.fullmatch(path) else default


def go(path: str) -> Response:
    """Answer a form: go and see one of our own pages, whose address is given whole."""
    return RedirectResponse(path, status_code=303)


def with_notice(path: str, **query: str) -> str:
    """Return an address with more query values."""
    bare, mark, spot = path.partition("#")
    joined = address("", query).removeprefix("?")
    sign = "&" if "?" in bare else "?"
    return f"{bare}{sign if joined else ''}{joined}{mark}{spot}"


def decide(
    page: Page,
    form: SentForm,
    rows: Callable[[], Sequence[Judgement]],
    tokens: Mapping[Place, str],
    after: Callable[[Sequence[Judgement]], str],
) -> Response:
    """Keep the decisions that a form stands for and go on.

    Without a name the browser is asked for one. When somebody else has decided meanwhile nothing is
    kept, and both decisions are shown; a value that does not fit is explained.
    """
    if not page.coder:
        return page.to("/coder", next=onward(form))
    try:
        kept = judge(page.bench.database, list(rows()), clock=utc_now, tokens=tokens)
    except Stale as stale:
        return _conflict(page, form, stale)
    except JudgementError as error:
        return page.show("review_problem.html", status=400, reason=str(error), back=onward(form))
    item = form.text("item", longest=12, default="")
    if item.isascii() and item.isdigit():
        with page.bench.database.writing() as connection:
            mark_done(connection, int(item))
    return go(after(kept))


def _conflict(page: Page, form: SentForm, stale: Stale) -> Response:
    sent = [(name, value) for name, values in form.fields.items() if name not in HIDDEN for value in values]
    return page.show(
        "review_conflict.html", status=409, theirs=stale.theirs, mine=stale.mine, sent=sent, back=onward(form),
        action=page.request.url.path, token_now=token_of(stale.theirs), names_of=names_of,
    )  # fmt: skip
