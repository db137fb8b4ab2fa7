"""Reading one line of a report's top: dates, clock times, sources, bylines and credits in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kroniek.analyse.header_rules import TRAILING_REACH, HeaderRule, HeaderRules
from kroniek.model import Span

MAX_HEADER = 300  # characters of a line that can be header
MAX_BARRED, MAX_PART = 160, 40  # characters of a line parted by bars, and of a part that is not understood
BAR = re.compile(r"[|•·]")
# Items that say by themselves that a line is a header; a bare date or name does not.
TELLING = frozenset({"crawler", "source", "byline", "credit", "updated", "published"})


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a header: what it is, where it stands, its named groups, and the rule."""

    item: str
    span: Span
    groups: dict[str, str]
    rule: HeaderRule


@dataclass(frozen=True, slots=True)
class Scan:
    """The items at the beginning of a line and where the rest of the line begins.

    `complete` tells that nothing is left.
    """

    items: tuple[Item, ...]
    rest: int
    complete: bool

    def has(self, *kinds: str) -> bool:
        """Tell whether one of the items is of one of these kinds."""
        return any(item.item in kinds for item in self.items)


def scan_line(text: str, line: Span, rules: HeaderRules, *, first: bool = False) -> Scan:
    """Return the header items with which a line begins. `first`: the line begins the document."""
    position = line.start
    items: list[Item] = []
    limit = min(line.end, line.start + MAX_HEADER)
    while position < line.end:
        item = _longest(text, position, line.end, rules, first and not items) if position < limit else None
        if item is None and (gap := rules.gap.match(text, position, limit)):
            position = gap.end()
            item = (
                _longest(text, position, line.end, rules, first and not items) if position < limit else None
            )
        if item is None or (item.item == "person" and not _near_stamp(text, item, line, items, rules)):
            break
        items.append(item)
        position = item.span.end
    if items and (gap := rules.gap.match(text, position, line.end)):
        position = gap.end()
    if not items:
        return Scan((), line.start, False)
    return Scan(tuple(items), position, position >= line.end)


def scan_barred(text: str, line: Span, rules: HeaderRules) -> Scan:
    """Return the items of a line that bars or bullets part, such as `OMROEP • BUITENLAND • 9-10-2016, 09:12`.

    One part must be a date or a label; the others, of at most 40 characters, may be anything.
    """
    nothing = Scan((), line.start, False)
    if len(line) > MAX_BARRED or not BAR.search(text, line.start, line.end):
        return nothing
    items: list[Item] = []
    start = line.start
    for end in [*(match.start() for match in BAR.finditer(text, line.start, line.end)), line.end]:
        part = scan_line(text, Span(start, end), rules)
        if part.complete:
            items += part.items
        elif end - start > MAX_PART:
            return nothing
        start = end + 1
    found = Scan(tuple(items), line.end, True)
    return found if found.has("date", "clock", "source", "updated", "published") else nothing


def scan_named(text: str, line: Span, rules: HeaderRules) -> Scan:
    """Return the items behind a name that nobody knows: `Streekbode (Zele), zaterdag 4 maart 2017`.

    The name is of at most five words that begin with a capital; all behind it is header, with a full date.
    """
    nothing = Scan((), line.start, False)
    named = rules.masthead.match(text, line.start, min(line.end, line.start + MAX_PART))
    if named is None:
        return nothing
    found = scan_line(text, Span(named.end(), line.end), rules)
    dated = any(item.item == "date" and {"day", "year"} <= item.groups.keys() for item in found.items)
    return found if found.complete and dated else nothing


def accept(scan: Scan, text: str, line: Span) -> Scan:
    """Return the part of a scan that is a header, the rest being text that was glued to it.

    A complete line is one when it says so by a label, a full date, or two items; in front of other
    words only items stand that cannot be the beginning of a sentence.
    """
    items = scan.items
    if scan.complete:
        return scan if _is_header(scan) else Scan((), line.start, False)
    last = max((number for number, item in enumerate(items) if _may_precede_text(items, number)), default=-1)
    if last < 0:
        return Scan((), line.start, False)
    rest = items[last + 1].span.start if last + 1 < len(items) else scan.rest
    following = text[rest : rest + 1]
    if not (following.isupper() or following in "\"'“‘„«’1234567890") and items[last].item != "crawler":
        return Scan((), line.start, False)
    return Scan(items[: last + 1], rest, False)


def trailing_item(text: str, line: Span, rules: HeaderRules) -> Item | None:
    """Return the credit, source or byline that ends a line, or None. Looks at its last 90 characters."""
    start = max(line.start, line.end - TRAILING_REACH)
    for rule in rules.items:
        if not rule.trailing:
            continue
        for match in rule.pattern.finditer(text, start, line.end):
            if (
                match.end() == line.end
                and match.start() > line.start
                and not text[match.start() - 1].isalnum()
            ):
                return Item(rule.item, Span(*match.span()), _groups(match), rule)
    return None


def bare_person(text: str, line: Span, rules: HeaderRules) -> Item | None:
    """Return the name that a line consists of, or None: a byline when a header line stands beside it."""
    for rule in rules.items:
        match = rule.pattern.fullmatch(text, line.start, line.end) if rule.item == "person" else None
        if match:
            return Item(rule.item, line, _groups(match), rule)
    return None


def _longest(text: str, position: int, end: int, rules: HeaderRules, first: bool) -> Item | None:
    best: Item | None = None
    for rule in rules.items:
        if rule.first and not first:
            continue
        match = rule.pattern.match(text, position, end)
        if match and match.end() > position and (best is None or match.end() > best.span.end):
            best = Item(rule.item, Span(position, match.end()), _groups(match), rule)
    return best


def _groups(match: object) -> dict[str, str]:
    found: dict[str, str | None] = match.groupdict()  # type: ignore[attr-defined]
    return {name: value for name, value in found.items() if value is not None}


def _near_stamp(text: str, person: Item, line: Span, before: list[Item], rules: HeaderRules) -> bool:
    """Tell whether a bare name is a byline: a stamp or a source stands on the same line."""
    if any(item.item in ("date", "clock", "source") for item in before):
        return True
    position = person.span.end
    if gap := rules.gap.match(text, position, line.end):
        position = gap.end()
    following = _longest(text, position, line.end, rules, False) if position < line.end else None
    return following is not None and following.item in (
        "date",
        "clock",
        "source",
        "updated",
        "published",
        "agencies",
    )


def _is_header(scan: Scan) -> bool:
    kinds = {item.item for item in scan.items}
    if kinds & TELLING or "furniture" in kinds:
        return True
    full_date = any(item.item == "date" and "year" in item.groups for item in scan.items)
    return full_date or "clock" in kinds or len(kinds - {"count"}) > 1 or kinds == {"agencies"}


def _may_precede_text(items: tuple[Item, ...], number: int) -> bool:
    item = items[number]
    if item.item == "crawler" or (item.item in TELLING and item.rule.glues):
        return True
    earlier = items[:number]
    if item.item == "clock":
        return any(other.item in ("date", "today", "updated", "published") for other in earlier)
    return item.item == "date" and any(other.item in ("published", "updated", "source") for other in earlier)
