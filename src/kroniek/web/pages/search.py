"""Search: reports by their words, and who or what goes by them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from kroniek.store import listing
from kroniek.web.filters import read_key, read_search
from kroniek.web.page import Open
from kroniek.web.views import Moment, Viewer

router = APIRouter()
SHOWN = 25  # reports on a page
SNIPPET = 110  # code points on each side of a word
SNIPPETS = 3  # of one report
COUNTED = 10_000  # reports are counted up to so many


@dataclass(frozen=True, slots=True)
class Snippet:
    """A word found, with what stands around it, and where."""

    before: str
    words: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class HitView:
    """A report in which the words stand."""

    id: str
    label: str
    title: str
    moment: Moment
    snippets: tuple[Snippet, ...]


@router.get("/search")
def search(page: Open) -> Response:
    """Find reports and actors by words."""
    query = page.request.query_params
    words = read_search(query, "q")
    day, identity = read_key(query, "after", 2) or ("", "")
    if not words:
        return page.show("search.html", words="", hits=[], actors=[], onward="", total=None)
    with page.bench.reading() as connection:
        viewer = Viewer(connection, page.known, page.text)
        asked = words.split()
        rows = listing.find_reports(connection, after=(day, identity), words=asked, limit=SHOWN + 1)
        hits = [_hit(viewer, row.id, asked) for row in rows[:SHOWN]]
        actors = [] if identity else viewer.named(listing.find_actors(connection, words=words, limit=8))
        many = listing.is_common(connection, asked, COUNTED)
        total = None if many else page.known.remember(
            ("hits", tuple(asked)), lambda: listing.count_reports(connection, asked)
        )  # fmt: skip
    onward = "~".join(rows[SHOWN - 1].key) if len(rows) > SHOWN else ""
    return page.show("search.html", words=words, hits=hits, actors=actors, onward=onward, total=total)


def _hit(viewer: Viewer, identity: str, words: list[str]) -> HitView:
    report = viewer.report(identity)
    found = sorted(
        (snippet for word in words if (snippet := snippet_of(report.document.text, word))),
        key=lambda snippet: snippet.start,
    )
    kept: list[Snippet] = []
    for snippet in found:
        if not kept or snippet.start > kept[-1].start + SNIPPET:
            kept.append(snippet)
    return HitView(
        identity, viewer.label(report), report.title, viewer.published(report), tuple(kept[:SNIPPETS])
    )


def snippet_of(content: str, word: str) -> Snippet | None:
    """Return the first place of a word, whatever its case; None when it stands in the title only."""
    start = content.casefold().find(word.casefold())
    if start < 0 or content[start : start + len(word)].casefold() != word.casefold():
        start = content.find(word)  # case folding can change lengths: `ß` becomes `ss`
    if start < 0:
        return None
    end = start + len(word)
    before, after = content[max(0, start - SNIPPET) : start], content[end : end + SNIPPET]
    return Snippet(before.replace("\n", " "), content[start:end], after.replace("\n", " "), start)
