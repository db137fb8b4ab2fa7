"""HTML pages: trafilatura finds the article; title, header lines, credits and captions come from the raw page.

Nothing in a page is executed, fetched or expanded.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import BinaryIO

from lxml import etree, html

from kroniek.errors import ReadError
from kroniek.model import Document, Origin, Span, Zone, ZoneKind
from kroniek.read.decode import BOMS, decode
from kroniek.read.finish import finish
from kroniek.read.html_facts import PageFacts, page_facts
from kroniek.read.html_lines import ELSEWHERE, find_captions, find_header_lines, find_title, words_of
from kroniek.read.normalise import normalise
from kroniek.read.options import Read, ReadOptions
from kroniek.read.plain import read_whole

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)[\s>]", re.IGNORECASE)
WHOLE_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE
)
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*(?P<name>[\w:.-]{2,40})""", re.IGNORECASE)
MAX_ELEMENTS = 50_000  # pages of news sites have some 2,000; extraction slows down with the square of it
MIN_BARE_LINE = 60  # characters from which a line of a page without markup counts as text
BLOCKS = {
    "p": ZoneKind.PARAGRAPH,
    "quote": ZoneKind.PARAGRAPH,
    "item": ZoneKind.PARAGRAPH,
    "code": ZoneKind.PARAGRAPH,
    "head": ZoneKind.HEADING,
}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page's text with its function."""

    kind: ZoneKind
    words: str


def sniff(name: str, head: bytes) -> float:
    """Return how surely an input is an HTML page: by its suffix, else by its first tags."""
    if name.lower().endswith(SUFFIXES):
        return 0.95
    if WHOLE_PAGE.match(head):  # also when its name ends in .txt
        return 0.92
    return 0.8 if PAGE.search(head[:2000]) else 0.0


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the report of a page; raises ReadError when there is none in it."""
    source = _decode_page(read_whole(stream, options.max_bytes), options.encoding)
    tree = _parse(source)
    if (count := sum(1 for _ in tree.iter())) > MAX_ELEMENTS:
        raise ReadError(
            f"{count:,} elements are too many for the page of one report; want at most {MAX_ELEMENTS:,}"
        )
    facts = page_facts(tree, options.timezone)
    blocks = [Block(block.kind, normalise(block.words)[0]) for block in _blocks(tree, source, facts)]
    if not any(block.kind is ZoneKind.PARAGRAPH for block in blocks):
        raise ReadError("no article text in the page; want a page with one report")
    origin = Origin(name, format="html", outlet=facts.outlet or options.outlet, url=facts.url)
    text = "\n\n".join(block.words for block in blocks)
    document = finish(text, origin, options, given=facts.published)
    if isinstance(document, Document):
        document = replace(
            document, hint_zones=_zones(blocks), updated=facts.updated, agencies=_agencies(facts, options)
        )
    yield document


def _decode_page(data: bytes, encoding: str) -> str:
    """Return the page's text; the charset that it declares is tried before detection."""
    declared = CHARSET.search(data[:4096])
    if not encoding and declared and not any(data.startswith(mark) for mark, _ in BOMS):
        try:
            return decode(data, declared["name"].decode("ascii"))
        except ReadError:
            pass  # pages often declare what they are not
    return decode(data, encoding)


def _parse(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"not a page that can be parsed: {error}") from error
    return tree


def _blocks(tree: html.HtmlElement, source: str, facts: PageFacts) -> list[Block]:
    """Return title, header lines, captions and text of a page, each once, in that order."""
    title = find_title(tree) or facts.title
    body = [block for block in _body(tree, source, facts) if block.words != title]
    captions = find_captions(tree)
    seen = {block.words for block in body}
    top = [Block(ZoneKind.TITLE, title)] if title else []
    top += [
        Block(ZoneKind.HEADER, line) for line in find_header_lines(tree) if line not in seen and line != title
    ]
    top += [Block(ZoneKind.CAPTION, caption) for caption in captions if caption not in seen]
    return [
        *top,
        *(Block(ZoneKind.CAPTION, block.words) if block.words in captions else block for block in body),
    ]


def _body(tree: html.HtmlElement, source: str, facts: PageFacts) -> list[Block]:
    """Return the article's blocks: from trafilatura, else from JSON-LD, paragraphs, or bare lines."""
    from trafilatura import bare_extraction  # a quarter of a second, for pages only

    found = bare_extraction(source, include_comments=False, include_tables=False, with_metadata=False)
    root = getattr(found, "body", None)
    blocks = [block for element in root for block in _element_blocks(element)] if root is not None else []
    linked = [words for part in facts.body.split("\n") if (words := " ".join(part.split()))]
    if len(linked) > 1 >= len(blocks) or (linked and not blocks):
        return [Block(ZoneKind.PARAGRAPH, words) for words in linked]
    if blocks:
        return blocks
    lines = [words_of(element) for element in tree.iter("p")]
    return [Block(ZoneKind.PARAGRAPH, line) for line in lines if line] or _bare_lines(tree)


def _bare_lines(tree: html.HtmlElement) -> list[Block]:
    """Return the long lines of a page without paragraphs, as `<br>` parts them."""
    body = deepcopy(next(iter(tree.iter("body")), tree))
    etree.strip_elements(body, *ELSEWHERE, with_tail=False)
    lines = words_of(body, breaks=True).split("\n")
    return [Block(ZoneKind.PARAGRAPH, line) for line in lines if len(line) >= MIN_BARE_LINE]


def _element_blocks(element: etree._Element) -> Iterator[Block]:
    if element.tag == "list":
        for item in element:
            yield from _element_blocks(item)
    elif element.tag in BLOCKS:
        for part in words_of(element, breaks=True).split("\n"):
            if part:
                yield Block(BLOCKS[element.tag], part)


def _zones(blocks: list[Block]) -> tuple[Zone, ...]:
    zones = []
    start = 0
    for block in blocks:
        zones.append(Zone(block.kind, Span(start, start + len(block.words))))
        start += len(block.words) + 2
    return tuple(zones)


def _agencies(facts: PageFacts, options: ReadOptions) -> tuple[str, ...]:
    """Return the authors that are news agencies, as the language pack lists them."""
    from kroniek.language import load_language

    names = {
        name.lower(): name for name in load_language(options.language).table("zones")["agencies"]["names"]
    }
    return tuple(names[author.lower()] for author in facts.authors if author.lower() in names)
