"""Cutting one block of a report into the pieces that have one function each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kroniek.analyse.header_rules import HeaderRules
from kroniek.analyse.header_scan import (
    TELLING,
    Item,
    Scan,
    accept,
    bare_person,
    scan_barred,
    scan_line,
    scan_named,
    trailing_item,
)
from kroniek.analyse.layout import ends_sentence, trim
from kroniek.model import Span, ZoneKind

MAX_TITLE, MAX_CAPTION, MAX_MARKED_CAPTION, MAX_GLUED_TITLE = 170, 450, 250, 150  # characters
# A sentence ends here, unless the full stop follows an initial or a short bracketed mark: `John F.`, `(l.)`.
SENTENCE_END = re.compile(r"(?<![\s(][A-Za-z])[.!?][\"'”’)\]]*\s+(?=[\"'“‘„(]?[A-ZÀ-Þ0-9])")
WORD_START = re.compile(r"(?<=\S)[ \t\xa0]+(?=[\w(©])")
BULLETS = "-–—•*·>"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch with one function, and the header items that stand in it."""

    kind: ZoneKind
    span: Span
    items: tuple[Item, ...] = ()
    settled: bool = False  # a reader knew it from markup: no heading is to be seen in it


@dataclass(frozen=True, slots=True)
class Place:
    """What came before a block: nothing at all, only top matter, a title, text."""

    first: bool
    in_top: bool
    title_seen: bool
    title: str  # the title as metadata gives it, "" if not
    beside_header: bool  # the block before or after is a header line
    above_credit: bool = False  # a credit stands on the next line
    above_title: bool = False  # the next block could be a title


def cut_block(text: str, block: Span, place: Place, rules: HeaderRules) -> list[Piece]:
    """Return the pieces of a block, in order; together they cover all its words."""
    if any(rule.pattern.fullmatch(text, block.start, block.end) for rule in rules.furniture):
        return [Piece(ZoneKind.HEADER, block)]
    scan = find_header(text, block, rules, first=place.first)
    if scan.complete and not place.in_top and not _stands_anywhere(scan):
        scan = Scan((), block.start, False)
    if not place.in_top and not scan.complete and not scan.has("credit"):
        scan = Scan((), block.start, False)
    if not scan.items and place.beside_header and (item := bare_person(text, block, rules)):
        return [Piece(ZoneKind.HEADER, block, (item,))]
    pieces = header_pieces(scan.items)
    if scan.complete and pieces:  # brackets and words between bars belong to the header line
        pieces[0] = Piece(pieces[0].kind, Span(block.start, pieces[0].span.end), pieces[0].items)
        pieces[-1] = Piece(pieces[-1].kind, Span(pieces[-1].span.start, block.end), pieces[-1].items)
    rest = trim(text, Span(scan.rest if scan.items else block.start, block.end))
    if scan.complete or not len(rest):
        return pieces
    if scan.items and scan.items[-1].item == "credit":
        return [*pieces, *_captioned(text, rest, place, rules)]
    if place.in_top and (inner := _cut_inner_header(text, rest, place, rules)):
        return [*pieces, *inner]
    return [*pieces, *_cut_end(text, rest, place, rules)]


def _cut_inner_header(text: str, block: Span, place: Place, rules: HeaderRules) -> list[Piece]:
    """Cut a title from header items that stand on the same line, and from the text after those.

    `Overleg hervat Redactie 15 oktober 2016, 22:10 Bron: Belga De ministers ...`
    """
    limit = min(block.end, block.start + MAX_TITLE)
    for match in WORD_START.finditer(text, block.start, limit):
        title = trim(text, Span(block.start, match.start()))
        if SENTENCE_END.search(text, title.start, match.end()):
            return []
        if len(title.of(text).split()) < 3 or title.of(text).split()[-1].lower() in rules.before_date:
            continue
        line = Span(match.end(), block.end)
        scan = accept(scan_line(text, line, rules), text, line)
        if not scan.has("date", *TELLING) or not looks_like_title(text, title) or not _stands_anywhere(scan):
            continue
        kind = ZoneKind.PARAGRAPH if place.title_seen else ZoneKind.TITLE
        rest = trim(text, Span(scan.rest, block.end))
        found = [Piece(kind, title), *header_pieces(scan.items)]
        if scan.complete or not len(rest):
            return found
        if scan.items[-1].item == "credit":
            return [*found, *_captioned(text, rest, place, rules)]
        return [*found, *_cut_dateline(text, rest, rules)]
    return []


def find_header(text: str, line: Span, rules: HeaderRules, *, first: bool) -> Scan:
    """Return the header items with which a line begins, or of which it consists."""
    scan = accept(scan_line(text, line, rules, first=first), text, line)
    for other in (scan_barred, scan_named):
        scan = scan if scan.items else other(text, line, rules)
    return scan


def _stands_anywhere(scan: Scan) -> bool:
    """Tell whether a header line is one even between paragraphs, where a bare date is a heading."""
    return scan.has(*TELLING, "agencies", "furniture") or (scan.has("date") and scan.has("clock"))


def header_pieces(items: tuple[Item, ...]) -> list[Piece]:
    """Return items as pieces: credits apart, all neighbours else in one header piece."""
    pieces: list[Piece] = []
    for item in items:
        kind = ZoneKind.CREDIT if item.item == "credit" else ZoneKind.HEADER
        if pieces and pieces[-1].kind is kind:
            pieces[-1] = Piece(kind, pieces[-1].span.joined(item.span), (*pieces[-1].items, item))
        else:
            pieces.append(Piece(kind, item.span, (item,)))
    return pieces


def _captioned(text: str, rest: Span, place: Place, rules: HeaderRules) -> list[Piece]:
    """Cut what follows a credit: the caption, one sentence when a whole paragraph is glued to it."""
    match = SENTENCE_END.search(text, rest.start, rest.end)
    if match is None or (rest.end - match.end() < 60 and len(rest) <= MAX_CAPTION):
        return [Piece(ZoneKind.CAPTION, rest)]
    caption = trim(text, Span(rest.start, match.end()))
    return [Piece(ZoneKind.CAPTION, caption), *_cut_end(text, Span(match.end(), rest.end), place, rules)]


def _cut_end(text: str, block: Span, place: Place, rules: HeaderRules) -> list[Piece]:
    """Cut a credit, a source or a byline from the end of a block of words."""
    item = trailing_item(text, block, rules)
    if item is None:
        return _cut_words(text, block, place, rules)
    before = trim(text, Span(block.start, item.span.start))
    if item.item == "credit":
        if len(before) > MAX_CAPTION:
            return _cut_words(text, block, place, rules)
        return [Piece(ZoneKind.CAPTION, before), Piece(ZoneKind.CREDIT, item.span, (item,))]
    if item.item == "byline" and (not place.in_top or ends_sentence(text, before) or len(before) > MAX_TITLE):
        return _cut_words(text, block, place, rules)
    return [*_cut_words(text, before, place, rules), Piece(ZoneKind.HEADER, item.span, (item,))]


def _cut_words(text: str, block: Span, place: Place, rules: HeaderRules) -> list[Piece]:
    """Cut a block of words: a caption, a title, a dateline in front, a title glued in front."""
    if len(block) <= MAX_MARKED_CAPTION and rules.caption_marker.search(text, block.start, block.end):
        match = SENTENCE_END.search(text, block.start, block.end)
        if match is None or place.in_top:
            return [Piece(ZoneKind.CAPTION, block)]
    if not place.in_top:
        return _cut_dateline(text, block, rules, anywhere=True)
    if (
        place.above_credit
        and (place.title_seen or ends_sentence(text, block))
        and _is_one_sentence(text, block)
    ):
        return [Piece(ZoneKind.CAPTION, block)]
    if not place.title_seen:
        if place.above_title and len(block.of(text).split()) <= 2 and not ends_sentence(text, block):
            return [Piece(ZoneKind.HEADER, block)]
        if known := _known_title(text, block, place.title):
            return [
                Piece(ZoneKind.TITLE, known),
                *_cut_dateline(text, trim(text, Span(known.end, block.end)), rules),
            ]
        if looks_like_title(text, block):
            return [Piece(ZoneKind.TITLE, block)]
    if len(cut := _cut_dateline(text, block, rules)) > 1:
        return cut
    seam = None if place.title_seen else _find_seam(text, block, rules)
    if seam is None:
        return [Piece(ZoneKind.PARAGRAPH, block)]
    title = trim(text, Span(block.start, seam))
    return [Piece(ZoneKind.TITLE, title), *_cut_dateline(text, trim(text, Span(seam, block.end)), rules)]


def _is_one_sentence(text: str, block: Span) -> bool:
    return len(block) <= MAX_MARKED_CAPTION and SENTENCE_END.search(text, block.start, block.end) is None


def _cut_dateline(text: str, block: Span, rules: HeaderRules, *, anywhere: bool = False) -> list[Piece]:
    """Return a paragraph with its dateline (`GENÈVE - `) as a header piece in front.

    `anywhere`: only the rules that are sure enough for any paragraph, not only for the first.
    """
    if not len(block):
        return []
    for rule in rules.datelines:
        match = None if anywhere and not rule.glues else rule.pattern.match(text, block.start, block.end)
        if match and (match.groupdict().get("place") or "").upper() not in rules.kickers:
            groups = {name: value for name, value in match.groupdict().items() if value is not None}
            if groups.get("place", "").lower() in rules.agencies:  # `TASS - Rusland ...`
                groups["agencies"] = groups.pop("place")
            span = trim(text, Span(*match.span()))
            item = Item("dateline", span, groups, rule)
            return [
                Piece(ZoneKind.HEADER, span, (item,)),
                Piece(ZoneKind.PARAGRAPH, Span(match.end(), block.end)),
            ]
    return [Piece(ZoneKind.PARAGRAPH, block)]


def _known_title(text: str, block: Span, title: str) -> Span | None:
    if title and text.startswith(title, block.start) and block.start + len(title) <= block.end:
        return Span(block.start, block.start + len(title))
    return None


def looks_like_title(text: str, block: Span) -> bool:
    """Tell whether a block has the form of a title: one line, some words, no full stop at its end or inside."""
    words = block.of(text)
    if len(words) > MAX_TITLE or "\n" in words or len(words.split()) < 2 or words[0].islower():
        return False
    if words[0] in BULLETS:
        return False
    if ends_sentence(text, block) and not words.rstrip("\"'”’").endswith(("?", "!")):
        return False
    return not re.search(r"[a-zà-ÿ]{2}\.\s+[A-Z]", words)


def _find_seam(text: str, block: Span, rules: HeaderRules) -> int | None:
    """Return where the text begins after a title that lost its newline, or None.

    `Kerry reist toch naar Genève De Amerikaanse minister ...`: at least four words without a full
    stop, then a word that begins a sentence, with its capital.
    """
    limit = min(block.end, block.start + MAX_GLUED_TITLE)
    for match in rules.seam.finditer(text, block.start, limit):
        left = text[block.start : match.end("left")]
        if re.search(r"[.!?:;]\s|[\"“‘„,(]", left):
            return None
        if len(left.split()) >= 4 and re.search(r"[.!?]", text[match.end() : block.end]):
            return match.end()
    return None
