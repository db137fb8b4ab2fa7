"""Lines of a raw page that article extraction drops: title, header lines, credits, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

MAX_LINE, MAX_LINES, MAX_CAPTION, MAX_CAPTIONS = 160, 8, 450, 60  # characters, lines, characters, captions
HEADER_NAME = re.compile(
    r"(?:^|[-_\s])(?:by-?line|author|auteur|source|bron|credits?|dateline|timestamp|pub-?date|published|datum|date|"
    r"article-?(?:meta|info)|meta-?(?:data|info)?|posted)(?:$|[-_\s])",
    re.IGNORECASE,
)
CAPTION_NAME = re.compile(
    r"(?:^|[-_\s])(?:caption|bijschrift|onderschrift|fotobijschrift)(?:$|[-_\s])", re.IGNORECASE
)
# Parts of a page that are about other pages, or that readers wrote.
ELSEWHERE = frozenset(
    {"nav", "footer", "aside", "form", "button", "script", "style", "template", "noscript", "select"}
)
ELSEWHERE_NAME = re.compile(
    r"(?:^|[-_\s])(?:related|gerelateerd|comments?|reacties|teasers?|sidebar|footer|nav(?:igation)?|menu|most-?read|meest-?gelezen|share|social|cookie)",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(r"(?:bron(?:nen)?|source)\s*:\s*\S.{1,80}", re.IGNORECASE)
BREAK = "\x1e"


def words_of(element: etree._Element, *, breaks: bool = False) -> str:
    """Return the text of an element with white space folded; `breaks` keeps `<br>` as a newline."""
    if breaks:
        lines = "".join(_texts(element)).split(BREAK)
        return "\n".join(line for part in lines if (line := " ".join(part.split())))
    return " ".join("".join(element.itertext(with_tail=False)).split())


def line_of(element: etree._Element) -> str:
    """Return the text of an element as one line, with a space between its parts."""
    return " ".join(" ".join(element.itertext(with_tail=False)).split())


def _texts(element: etree._Element) -> Iterator[str]:
    for node in element.iter():
        if node.tag in ("lb", "br"):
            yield BREAK
        elif node.text and isinstance(node.tag, str):
            yield node.text
        if node.tail and node is not element:
            yield node.tail


def find_title(tree: html.HtmlElement) -> str:
    """Return the words of the page's first h1 that is not empty, or ""."""
    titles = (words_of(heading) for heading in tree.iter("h1"))
    return next((title for title in titles if title and len(title) <= 300), "")


def find_captions(tree: html.HtmlElement) -> list[str]:
    """Return the captions of the article's pictures, credits included, each once, in page order."""
    found: dict[str, None] = {}
    for element in _article(tree).iter("figcaption", "p", "div", "span"):
        named = element.tag == "figcaption" or CAPTION_NAME.search(element.get("class") or "")
        if named and not _is_elsewhere(element):
            words = line_of(element)
            if len(found) >= MAX_CAPTIONS:
                break
            if words and len(words) <= MAX_CAPTION and not any(words in other for other in found):
                found[words] = None
    return list(found)


def find_header_lines(tree: html.HtmlElement) -> list[str]:
    """Return short lines that markup calls byline, source or date, outermost first, in page order."""
    found: dict[str, None] = {}
    taken: set[etree._Element] = set()
    for element in _article(tree).iter():
        if not isinstance(element.tag, str) or element.getparent() in taken:
            if element.getparent() in taken:
                taken.add(element)
            continue
        if not _names_header(element) or _is_elsewhere(element):
            continue
        words = line_of(element)
        if words and len(words) <= MAX_LINE:
            taken.add(element)
            found[words] = None
        if len(found) >= MAX_LINES:
            break
    return list(found)


def _names_header(element: html.HtmlElement) -> bool:
    if element.tag in ("time", "address"):
        return True
    if element.tag in (
        "figcaption",
        "h1",
        "h2",
        "h3",
        "body",
        "html",
        "article",
        "main",
        "img",
        "a",
    ) or _inside(element, "figcaption"):
        return False
    if (
        element.get("itemprop") in ("author", "datePublished", "dateModified")
        or element.get("rel") == "author"
    ):
        return True
    if HEADER_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return True
    return (
        element.tag in ("p", "span", "div", "small", "em")
        and SOURCE_LINE.fullmatch((element.text or "").strip()) is not None
    )


def _article(tree: html.HtmlElement) -> html.HtmlElement:
    """Return the part of the page that holds the article with its headline."""
    heading = next(iter(tree.iter("h1")), None)
    for element in heading.iterancestors("article", "main") if heading is not None else ():
        return element
    return next(iter(tree.iter("article")), tree)


def _inside(element: html.HtmlElement, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _is_elsewhere(element: html.HtmlElement) -> bool:
    for node in (element, *element.iterancestors()):
        if node.tag in ELSEWHERE or ELSEWHERE_NAME.search(node.get("class") or ""):
            return True
    return False
