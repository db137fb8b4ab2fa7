"""What each stretch of a report is (title, header, caption, credit, heading, paragraph), and its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from kroniek.analyse.header_rules import HeaderRules, header_rules
from kroniek.analyse.header_scan import Item
from kroniek.analyse.header_time import Stamp, collect_stamps, date_value, decide, state
from kroniek.analyse.layout import ends_sentence, find_groups, join_wrapped, trim
from kroniek.analyse.pieces import Piece, Place, cut_block, find_header, looks_like_title
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.model import Analysis, Document, Gap, Header, Published, Span, Zone, ZoneKind

MAX_HEADING, MAX_HEADING_WORDS, MAX_QUESTION = 90, 12, 60
NEAR = 40  # characters around a block in which a blank line is looked for
OPENING = "\"'“‘„«"
SEPARATORS = re.compile(r"\s*(?:,|/|&|\+|;|\ben\b)\s*")


def find_zones(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layers `zones`, `header` and `published` of a document.

    Zones are in text order, do not overlap, and cover all but white space. The header holds what the
    report itself states; `published` also weighs what was given with it.
    """
    document = analysis.document
    rules = header_rules(resources.language)
    pieces = _mark_headings(document.text, _cut(document, rules))
    items = [piece.items for piece in pieces if piece.items]
    published, updated, gaps = _times(document, items, rules.months)
    zones = _cover(document.text, pieces)
    header = _header(document, zones, [item for group in items for item in group], rules, published, updated)
    return {"zones": zones, "header": header, "published": published, "gaps": gaps}


def _cut(document: Document, rules: HeaderRules) -> list[Piece]:
    """Cut the document block by block; where a reader gave zones from markup they are the blocks."""
    pieces: list[Piece] = []
    seen: set[ZoneKind] = set()
    hints = {zone.span: zone.kind for zone in document.hint_zones}
    blocks = [(zone.span, "") for zone in document.hint_zones] or _blocks(document.text, rules)
    for number, (block, _) in enumerate(blocks):
        found = cut_block(document.text, block, _place(document, blocks, number, pieces, seen), rules)
        found = _as_hinted(found, block, hints[block]) if block in hints else found
        seen.update(piece.kind for piece in found)
        pieces.extend(found)
    return _without_lonely_title(pieces)


def _place(
    document: Document, blocks: list[tuple[Span, str]], number: int, pieces: list[Piece], seen: set[ZoneKind]
) -> Place:
    """Return what surrounds a block: what was seen before it, and what the blocks beside it are."""
    text, in_top, block = document.text, ZoneKind.PARAGRAPH not in seen, blocks[number][0]
    before = blocks[number - 1][1] if number else ""
    after, kind = blocks[number + 1] if number + 1 < len(blocks) else (Span(len(text), len(text)), "")
    return Place(
        first=not pieces,
        in_top=in_top,
        title_seen=ZoneKind.TITLE in seen,
        title=document.title,
        beside_header=bool(before or kind),
        above_credit=kind == "credit" and text.count("\n", block.end, after.start) == 1,
        above_title=in_top and not kind and len(after.of(text).split()) > 2 and looks_like_title(text, after),
    )


def _as_hinted(found: list[Piece], block: Span, kind: ZoneKind) -> list[Piece]:
    """Give the words of a block the kind that markup gave them; credits and headers stay cut out."""
    if kind in (ZoneKind.TITLE, ZoneKind.HEADING):
        return [Piece(kind, block, settled=True)]
    words = (ZoneKind.PARAGRAPH, ZoneKind.TITLE, ZoneKind.HEADING, ZoneKind.CAPTION)
    return [Piece(kind, piece.span, piece.items, True) if piece.kind in words else piece for piece in found]


def _without_lonely_title(pieces: list[Piece]) -> list[Piece]:
    """Turn a title into a paragraph when no text follows it."""
    if any(piece.kind is ZoneKind.PARAGRAPH for piece in pieces):
        return pieces
    return [
        Piece(ZoneKind.PARAGRAPH, piece.span) if piece.kind is ZoneKind.TITLE and not piece.settled else piece
        for piece in pieces
    ]


def _blocks(text: str, rules: HeaderRules) -> list[tuple[Span, str]]:
    """Return the paragraphs and header lines of a plain text, each with "header", "credit" or "".

    Hard-wrapped lines are joined; header lines stay apart.
    """
    blocks: list[tuple[Span, str]] = []
    groups = find_groups(text)
    first = groups[0][0] if groups else None
    for group in groups:
        for kind, run in groupby(group, key=lambda line: _header_kind(text, line, rules, line == first)):
            lines = list(run)
            blocks.extend((block, kind) for block in (lines if kind else join_wrapped(text, lines)))
    return blocks


def _header_kind(text: str, line: Span, rules: HeaderRules, first: bool) -> str:
    scan = find_header(text, line, rules, first=first)
    if not scan.complete:
        return ""
    return "credit" if {item.item for item in scan.items} == {"credit"} else "header"


def _mark_headings(text: str, pieces: list[Piece]) -> list[Piece]:
    """Make headings of the short lines without a full stop that stand in front of a paragraph."""
    marked: list[Piece] = []
    follows = False
    for piece in reversed(pieces):
        if (
            piece.kind is ZoneKind.PARAGRAPH
            and not piece.settled
            and follows
            and _is_heading(text, piece.span)
        ):
            marked.append(Piece(ZoneKind.HEADING, piece.span))
        else:
            marked.append(piece)
            follows = follows or piece.kind is ZoneKind.PARAGRAPH
    return marked[::-1]


def _is_heading(text: str, span: Span) -> bool:
    words = span.of(text)
    if len(words) > MAX_HEADING or len(words.split()) > MAX_HEADING_WORDS or "\n" in words:
        return False
    if words[0].islower() or words[0] in "-–—•*·" or not any(char.isalpha() for char in words):
        return False
    if words.endswith(("?", "!")):
        return len(words) <= MAX_QUESTION and words[0] not in OPENING and _stands_alone(text, span)
    return not ends_sentence(text, span) and not words.endswith(",")


def _stands_alone(text: str, span: Span) -> bool:
    """Tell whether blank lines part a block from what is before and after it."""
    before, after = text[max(0, span.start - NEAR) : span.start], text[span.end : span.end + NEAR]
    above = before[len(before.rstrip()) :].count("\n")
    below = after[: len(after) - len(after.lstrip())].count("\n")
    return above > 1 and below > 1


def _cover(text: str, pieces: list[Piece]) -> tuple[Zone, ...]:
    """Return pieces as zones, neighbours of one header line joined, and every word between as a paragraph."""
    zones: list[Zone] = []
    end = 0
    for piece in sorted(pieces, key=lambda piece: piece.span):
        span = trim(text, Span(max(piece.span.start, end), max(piece.span.end, end)))
        if not len(span):
            continue
        zones.extend(_between(text, zones, end, span))
        zones.append(Zone(piece.kind, span))
        end = span.end
    zones.extend(_between(text, zones, end, Span(len(text), len(text))))
    return tuple(zones)


def _between(text: str, zones: list[Zone], end: int, following: Span) -> list[Zone]:
    """Return a zone for what lies between two: separators belong to the header before them."""
    gap = trim(text, Span(end, following.start))
    if not len(gap):
        return []
    if (
        zones
        and zones[-1].kind in (ZoneKind.HEADER, ZoneKind.CREDIT)
        and not any(c.isalnum() for c in gap.of(text))
    ):
        zones[-1] = Zone(zones[-1].kind, Span(zones[-1].span.start, gap.end))
        return []
    return [Zone(ZoneKind.PARAGRAPH if any(c.isalnum() for c in gap.of(text)) else ZoneKind.HEADER, gap)]


def _times(
    document: Document, lines: list[tuple[Item, ...]], months: Mapping[str, int]
) -> tuple[Published, str | None, tuple[Gap, ...]]:
    crawler: list[Stamp] = []
    stamps: list[Stamp] = []
    datelines: list[Stamp] = []
    for items in lines:
        crawler += collect_stamps(tuple(item for item in items if item.item == "crawler"), months)
        stamps += collect_stamps(
            tuple(item for item in items if item.item not in ("crawler", "dateline")), months
        )
        datelines += [
            _dateline_stamp(item, months)
            for item in items
            if item.item == "dateline" and "day" in item.groups
        ]
    if not any(stamp.value and not stamp.updated for stamp in stamps):
        stamps += datelines  # the day of writing, when nothing says the day of publication
    stated = state(crawler, stamps, document.given, document.text)
    published, gaps = decide(stated, document.given)
    updated = stated.updated.value if stated.updated else document.updated
    return published, updated, (*stated.gaps, *gaps)


def _dateline_stamp(item: Item, months: Mapping[str, int]) -> Stamp:
    return Stamp(date_value(item.groups, months) or "", item.span)


def _header(
    document: Document, zones: tuple[Zone, ...], items: list[Item], rules: HeaderRules,
    published: Published, updated: str | None,
) -> Header:  # fmt: skip
    def words(kind: ZoneKind) -> tuple[str, ...]:
        return tuple(zone.span.of(document.text) for zone in zones if zone.kind is kind)

    def first(item_group: str) -> str:
        return next((item.groups[item_group] for item in items if item_group in item.groups), "").strip()

    titles = words(ZoneKind.TITLE)
    photos = dict.fromkeys(item.groups["photo"].strip(" .") for item in items if "photo" in item.groups)
    return Header(
        published=published, updated=updated, agencies=_agencies(items, document.agencies, rules),
        byline=first("byline"), photo_credit=", ".join(photos), place=first("place"),
        title=titles[0] if titles else document.title,
        captions=words(ZoneKind.CAPTION), headings=words(ZoneKind.HEADING),
    )  # fmt: skip


def _agencies(items: Iterable[Item], given: tuple[str, ...], rules: HeaderRules) -> tuple[str, ...]:
    """Return the sources of the text, each once, known agencies as they write themselves."""
    found: list[str] = []
    for item in items:
        listed = SEPARATORS.split(item.groups.get("agencies", ""))
        bylines = SEPARATORS.split(item.groups.get("byline", ""))
        found += [rules.agencies.get(name.strip(" .").lower(), name.strip(" .")) for name in listed]
        found += [rules.agencies[name.lower()] for name in bylines if name.lower() in rules.agencies]
    return tuple(dict.fromkeys(name for name in (*found, *given) if name))


ZONES = Step(
    "zones", needs=("document",), gives=("zones", "header", "published"), run=per_document(find_zones)
)  # fmt: skip
