"""What the markup of a page says about its report: JSON-LD first, then meta tags, then htmldate."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from kroniek.model import HowKnown, Published
from kroniek.read.given import parse_stamp

ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Blog|Live|Opinion|Background)?\w*(?:Article|Posting|Report)$"
)
PUBLISHED_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "date",
)
UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
TITLE_META, OUTLET_META, AUTHOR_META = (
    ("og:title", "twitter:title"),
    ("og:site_name", "application-name"),
    ("author", "article:author", "dc.creator"),
)
MAX_JSON_LD, MAX_DEPTH = 1_000_000, 20  # characters, levels

logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts of a page; a field is empty when the markup does not say."""

    published: Published = field(default_factory=Published)
    updated: str | None = None
    title: str = ""
    outlet: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    body: str = ""


def page_facts(tree: html.HtmlElement, timezone: str) -> PageFacts:
    """Return what JSON-LD and meta tags state; htmldate is asked only when both are silent on the date."""
    linked = _linked_article(tree)
    meta = _meta(tree)
    published = (
        _stamp(linked.get("datePublished"), "JSON-LD datePublished", timezone)
        or _first_stamp(meta, PUBLISHED_META, timezone)
        or _marked_time(tree, timezone)
        or _guessed(tree)
    )
    updated = _stamp(linked.get("dateModified"), "", timezone) or _first_stamp(meta, UPDATED_META, timezone)
    return PageFacts(
        published or Published(),
        updated.value if updated and published and updated.value != published.value else None,
        _one(linked.get("headline")) or _first(meta, TITLE_META),
        _name(linked.get("publisher")) or _first(meta, OUTLET_META),
        _canonical(tree) or _first(meta, ("og:url",)),
        tuple(dict.fromkeys([*_names(linked.get("author")), *_names(linked.get("creditText")), *([_first(meta, AUTHOR_META)] if _first(meta, AUTHOR_META) else [])])),
        _one(linked.get("articleBody")),
    )  # fmt: skip


def _linked_article(tree: html.HtmlElement) -> dict[str, Any]:
    """Return the first JSON-LD object of the page that is an article, or an empty one."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if not text or len(text) > MAX_JSON_LD:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(value, 0):
            kinds = found.get("@type")
            if any(
                ARTICLE_TYPES.match(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return found
    return {}


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(value.get(key), depth + 1)


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
            or ""
        )
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _stamp(value: Any, grounds: str, timezone: str) -> Published | None:
    iso = parse_stamp(value.strip(), timezone) if isinstance(value, str) else None
    return Published(iso, HowKnown.STATED, grounds) if iso else None


def _first_stamp(meta: dict[str, str], names: tuple[str, ...], timezone: str) -> Published | None:
    stamps = (_stamp(meta.get(name), f"meta {name}", timezone) for name in names)
    return next((stamp for stamp in stamps if stamp), None)


def _marked_time(tree: html.HtmlElement, timezone: str) -> Published | None:
    """Return the date of the `<time>` that markup calls the publication, or of the only one."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        element
        for element in times
        if "datePublished" in (element.get("itemprop") or "") or "pubdate" in element.attrib
    ]
    chosen = marked[:1] or (times if len(times) == 1 else [])
    return _stamp(chosen[0].get("datetime"), "<time> of the page", timezone) if chosen else None


def _guessed(tree: html.HtmlElement) -> Published | None:
    """Ask htmldate; its day is believed only where the page shows one."""
    try:
        from htmldate import find_date

        found = find_date(tree, original_date=True, extensive_search=True)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    if not found:
        return None
    if found.endswith("-01") and not _shows_first_day(tree, found):
        # htmldate fills in what the page leaves out: `april 2017` comes back as the first of January.
        found = found[:4] if found.endswith("-01-01") else found[:7]
    return Published(found, HowKnown.STATED, "htmldate")


def _shows_first_day(tree: html.HtmlElement, found: str) -> bool:
    """Tell whether the page has the first of that month in digits or words, not only the month."""
    year, month, _ = found.split("-")
    page = html.tostring(tree, encoding="unicode")
    forms = rf"{year}[-/]?{month}[-/]?01|\b0?1[-/.]0?{int(month)}[-/.](?:{year}|{year[2:]})|\b1e?\s+[a-z]{{3,9}}\.?\s+{year}"
    return re.search(forms, page, re.IGNORECASE) is not None


def _canonical(tree: html.HtmlElement) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return (link.get("href") or "")[:2000]
    return ""


def _names(value: Any) -> list[str]:
    return [name for item in (value if isinstance(value, list) else [value]) if (name := _name(item))]


def _name(value: Any) -> str:
    return _one(value.get("name")) if isinstance(value, dict) else _one(value)


def _one(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")
