"""Find the time expressions of a document and resolve them: the step `times`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.times.direction import (
    Cues,
    read_cues,
    read_trees,
    side_by_tree,
    side_by_words,
)
from kroniek.analyse.times.forms import DURATION
from kroniek.analyse.times.grammar import Grammar, Match, read_rules
from kroniek.analyse.times.ranges import UNTIL, align, is_range
from kroniek.analyse.times.values import Reference, Resolved, Side, interval_of_range, resolve
from kroniek.analyse.times.words import BROKEN, NEWLINE, Tokens, build_words, tokenise
from kroniek.language import Language
from kroniek.model import (
    Analysis,
    EntityType,
    Gap,
    Mention,
    Precision,
    Provenance,
    Published,
    Span,
    Timex,
    TimexType,
    Zone,
    ZoneKind,
    precision_of,
)

NEAR_SENTENCES = 2  # how far back an event can stand that `een dag later` is counted from
COUNTED_FROM_EVENT = ("later", "earlier")  # rules whose value is a length where no event is near
CLOCKED = re.compile(r"[\dX]T[^/]*\Z")  # a value with a time of day
OPENING, CLOSING, EITHER = "“„«", "”»", '"'


@dataclass(frozen=True, slots=True)
class TimesPack:
    """What the step needs of a language pack, compiled once."""

    grammar: Grammar
    cues: Cues
    modifiers: Mapping[str, str]

    @property
    def parts(self) -> frozenset[str]:
        """Return the words that name a part of the time behind them: `begin`, `einde`."""
        return frozenset(word for word, kind in self.modifiers.items() if kind in ("START", "MID", "END"))


def build_pack(language: Language) -> TimesPack:
    """Compile a pack's `times.toml`. Raises PackError when it is broken."""
    tables = language.table("times")
    grammar = Grammar(read_rules(tables), build_words(tables))
    return TimesPack(grammar, read_cues(tables), tables.get("modifiers", {}))


def find_times(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `timexes` of a document, in text order, and gaps for what could not be dated."""
    pack = resources.language.compiled(build_pack)
    return _Finder(analysis, pack, resources.language.version).run()


def reference_of(published: Published) -> Reference:
    """Return the days in which a report can have appeared, and the minute when it is known."""
    interval = published.interval
    if interval is None:
        return Reference()
    clock = (published.value or "").partition("T")[2]
    minute = None
    if clock[:2].isdigit():
        minute = 60 * int(clock[:2]) + (int(clock[3:5]) if clock[3:5].isdigit() else 0)
    return Reference(interval.earliest, interval.latest, minute)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a match stands: its span, sentence and paragraph, and whether in a quotation."""

    span: Span
    sentence: int
    paragraph: int
    quoted: bool


class _Finder:
    """Goes through one document's matches from left to right and remembers what the story has dated."""

    def __init__(self, analysis: Analysis, pack: TimesPack, version: str) -> None:
        self.analysis = analysis
        self.pack = pack
        self.version = version
        self.reference = reference_of(analysis.published)
        self.trees = read_trees(analysis.tokens)
        self.tokens = tokenise(analysis.text, [zone.span.start for zone in analysis.zones])
        self.sentences, self.paragraphs, self.quoted = _layout(self.tokens)
        self.told: list[tuple[_Place, Timex, Match]] = []  # in text order
        self.gaps: list[Gap] = []

    def run(self) -> Layers:
        matches, skipped = self.pack.grammar.find(self.tokens)
        if skipped:
            self.gaps.append(self._gap_of(skipped))
        for start, end in self.tokens.left_out:
            self.gaps.append(Gap("times", "a long row of nothing but figures; left out", Span(start, end)))
        names, stamps = _names_that_swallow(self.analysis.names), _stamps(self.analysis.zones)
        for match in matches:
            if match.rule.type == "NONE":
                continue
            place = self._place(match)
            if not (
                _inside(place.span, stamps)
                or _inside(place.span, names, longer=True)
                or self._is_no_time(match)
            ):
                self.told.append((place, self._timex(match, place), match))
        self._align_ranges()
        self._rebase_quoted_days()
        return {"timexes": tuple(timex for _, timex, _ in self.told), "gaps": tuple(self.gaps)}

    def _gap_of(self, skipped: list[tuple[int, int]]) -> Gap:
        span = Span(self.tokens.starts[skipped[0][0]], self.tokens.ends[skipped[-1][1] - 1])
        reason = "too many words of time in one line; the rest of it is left out"
        return Gap("times", reason, span)

    def _place(self, match: Match) -> _Place:
        span = Span(self.tokens.starts[match.first], self.tokens.ends[match.last - 1])
        at = match.first
        return _Place(span, self.sentences[at], self.paragraphs[at], self.quoted[at])

    def _is_no_time(self, match: Match) -> bool:
        """Tell by tags, where there are any, what is no time: `2000 betogers`, `nu hij weg is`."""
        if self.trees is not None and match.rule.id == "now":
            word = self.trees.at(self.tokens.starts[match.first])
            return word is not None and (word.upos == "SCONJ" or word.deprel == "mark")
        if match.rule.id != "year-alone" or self.trees is None or match.last >= len(self.tokens.starts):
            return False
        if self.tokens.gaps[match.last] == BROKEN:
            return False
        year = self.trees.at(self.tokens.starts[match.first])
        following = self.trees.at(self.tokens.starts[match.last])
        return bool(year and following and following.upos == "NOUN" and year.deprel == "nummod")

    # --- values -------------------------------------------------------------------------------------

    def _timex(self, match: Match, place: _Place) -> Timex:
        kind = TimexType(match.rule.type)
        if kind in (TimexType.DURATION, TimexType.SET) or match.value.endswith("_REF"):
            return self._record(match, place, kind, Resolved(match.value))
        found = self._resolve(match, place)
        if found.reason and match.rule.id in COUNTED_FROM_EVENT and DURATION.match(_counted(match.value)):
            span = _counted(match.value)
            return self._record(match, self._without_eerder(match, place), TimexType.DURATION, Resolved(span))
        if found.reason:
            self.gaps.append(Gap("times", f"not dated: {found.reason}", place.span))
        return self._record(match, place, kind, found)

    def _record(self, match: Match, place: _Place, kind: TimexType, found: Resolved) -> Timex:
        if kind is TimexType.DATE and CLOCKED.search(found.value):
            kind = TimexType.TIME
        return Timex(
            span=place.span,
            type=kind,
            value=found.value,
            interval=found.interval,
            granularity=_granularity(found.value),
            modifier=match.rule.modifier or self._modifier(match),
            anchor=found.anchor,
            alternatives=found.alternatives,
            provenance=Provenance("times", match.rule.id, self.version),
        )

    def _resolve(self, match: Match, place: _Place) -> Resolved:
        raw = match.value
        side, sure = self._side(match, place)
        if raw.startswith("~"):
            before = self._event_before(match, place)
            if before is None and match.rule.id not in COUNTED_FROM_EVENT and side is not Side.PAST:
                before = self.reference
            return resolve(raw, self.reference, side, before=before, sure=False)
        if raw.startswith("T"):
            return resolve(raw, self._day_at_hand(place), side, sure=False)
        if raw.startswith("XXXX-") and raw[5].isdigit() and side is not Side.FUTURE:
            year = self._year_at_hand(match, place)
            if year:
                dated = "/".join(part.replace("XXXX", year, 1) for part in raw.split("&")[0].split("/"))
                if interval_of_range(dated):
                    return Resolved(dated, interval_of_range(dated), (), year)
        return resolve(raw, self.reference, side, sure=sure)

    def _without_eerder(self, match: Match, place: _Place) -> _Place:
        """Leave `eerder` out of a length that nothing anchors, as the annotation guidelines have it."""
        if match.rule.id != "earlier":
            return place
        return replace(place, span=Span(place.span.start, self.tokens.ends[match.last - 2]))

    def _side(self, match: Match, place: _Place) -> tuple[Side, bool]:
        words, cues = self.tokens.words, self.pack.cues
        opens_range = match.last < len(words) and words[match.last] in UNTIL
        if match.first and words[match.first - 1] in cues.attributive and not opens_range:
            return Side.OPEN, False  # `de wapenstilstand van februari`: the verb tells nothing of it
        if self.trees is None:
            return side_by_words(self.tokens, match.first, match.last, cues), False
        side, sure = side_by_tree(self.trees, place.span.start, cues)
        if side is Side.FUTURE and not sure:
            by_words = side_by_words(self.tokens, match.first, match.last, cues)
            return (Side.OPEN if by_words is Side.PAST else side), False
        return side, sure

    def _event_before(self, match: Match, place: _Place) -> Reference | None:
        """Return the days of what was told before, fine enough for the unit that is counted."""
        span = _counted(match.value)
        for earlier, timex, _ in reversed(self.told):
            if place.sentence - earlier.sentence > NEAR_SENTENCES and match.rule.id in COUNTED_FROM_EVENT:
                return None
            if timex.interval is None or timex.type not in (TimexType.DATE, TimexType.TIME):
                continue
            days = timex.interval.days()
            if days <= _widest(span):
                return Reference(timex.interval.earliest, timex.interval.latest)
        return None

    def _day_at_hand(self, place: _Place) -> Reference:
        """Return the day that a bare clock time falls on: the last day told in the paragraph, else the report's."""
        for earlier, timex, _ in reversed(self.told):
            if earlier.paragraph != place.paragraph or place.sentence - earlier.sentence > 1:
                break
            if timex.interval is not None and timex.interval.days() == 1:
                return Reference(timex.interval.earliest, timex.interval.latest)
        return self.reference

    def _year_at_hand(self, match: Match, place: _Place) -> str:
        """Return a past year that the story is in: `In 2004 ... Op 26 december`, "" when it is in none."""
        if match.first and self.tokens.words[match.first - 1] in self.pack.cues.since:
            return ""
        for earlier, timex, other in reversed(self.told):
            if earlier.paragraph != place.paragraph or place.sentence - earlier.sentence > 1:
                break
            year = timex.value[:4]
            if timex.type is TimexType.DATE and year.isdigit() and other.value.startswith(year):
                current = self.reference.last and self.reference.last.year
                return year if current and int(year) < current else ""
        return ""

    def _align_ranges(self) -> None:
        for index in range(len(self.told) - 1):
            (start_place, start, first), (end_place, end, second) = self.told[index : index + 2]
            ends = (first.first, first.last), (second.first, second.last)
            if start_place.paragraph != end_place.paragraph or not is_range(
                self.tokens.words, *ends, self.pack.parts
            ):
                continue
            opening, closing = align((first.value, start), (second.value, end), self.reference)
            if opening is not None:
                timex = self._record(first, start_place, start.type, opening)
                self.told[index] = (start_place, timex, first)
            if closing is not None:
                timex = self._record(second, end_place, end.type, closing)
                self.told[index + 1] = (end_place, timex, second)

    def _rebase_quoted_days(self) -> None:
        """Count days in a quotation from when it was said: `"Gisteren ...", zei hij vrijdag`."""
        for index, (place, timex, match) in enumerate(self.told):
            if not (
                place.quoted and match.value.startswith("@") and timex.interval and timex.interval.days() == 1
            ):
                continue
            said = self._day_of_saying(index, place)
            if said is not None and said != self.reference.day:
                found = resolve(match.value, Reference(said, said), Side.OPEN, sure=True)
                timex = self._record(match, place, timex.type, found)
                self.told[index] = (place, timex, match)

    def _day_of_saying(self, index: int, place: _Place) -> date | None:
        for distance in range(1, 4):
            for other in (index + distance, index - distance):
                if not 0 <= other < len(self.told):
                    continue
                spot, timex, match = self.told[other]
                near = spot.paragraph == place.paragraph and abs(spot.sentence - place.sentence) <= 1
                if near and not spot.quoted and "WXX" in match.value and timex.interval:
                    return timex.interval.earliest
        return None

    def _modifier(self, match: Match) -> str:
        words = self.tokens.words
        at = match.first - 1
        while at >= 0 and at >= match.first - 3 and words[at] in ("van", "het", "de", "in", "om"):
            at -= 1
        if at < 0 or self.tokens.gaps[match.first] == BROKEN:
            return ""
        pair = f"{words[at - 1]} {words[at]}" if at else ""
        return self.pack.modifiers.get(pair) or self.pack.modifiers.get(words[at], "")


def _counted(raw: str) -> str:
    """Return the duration that a value like `~+P4D:TEV` counts, without what follows the colon."""
    return raw[2:].partition(":")[0] if raw[:1] in ("~", "@") else ""


def _widest(span: str) -> int:
    """Return how many days an event may take to be counted from in a unit."""
    if span.endswith("Y"):
        return 366
    if span.endswith(("M", "Q")) and "T" not in span:
        return 31
    return 7 if span.endswith(("W", "WE")) else 1


def _granularity(value: str) -> str:
    if value.startswith("P") and not value.endswith("_REF"):
        return ""
    first = value.partition("/")[0]
    return "" if precision_of(first) is Precision.VAGUE else str(precision_of(first))


def _layout(tokens: Tokens) -> tuple[list[int], list[int], list[bool]]:
    """Return for each token its sentence, its paragraph, and whether it stands between quotation marks."""
    sentences, paragraphs, quoted = [], [], []
    sentence = paragraph = 0
    inside = ended = False
    for word, gap in zip(tokens.words, tokens.gaps, strict=True):
        if gap >= NEWLINE:
            paragraph, sentence, inside, ended = paragraph + 1, sentence + 1, False, False
        elif ended and gap:
            sentence, ended = sentence + 1, False
        if word in OPENING or (word in EITHER and not inside):
            inside = True
        elif word in CLOSING or word in EITHER:
            inside = False
        ended = word in (".", "!", "?", "…") or (ended and not word.isalnum())
        sentences.append(sentence)
        paragraphs.append(paragraph)
        quoted.append(inside)
    return sentences, paragraphs, quoted


def _stamps(zones: Sequence[Zone]) -> list[Span]:
    """Return the spans of header lines and credits: their stamps date the report and tell of no event."""
    return [zone.span for zone in zones if zone.kind in (ZoneKind.HEADER, ZoneKind.CREDIT)]


def _names_that_swallow(names: Sequence[Mention]) -> list[Span]:
    """Return the spans of names inside which no time is meant: the newspaper `De Morgen`."""
    kinds = (EntityType.ORG, EntityType.MISC, EntityType.PER, EntityType.FAC)
    return sorted(name.span for name in names if name.type in kinds)


def _inside(span: Span, others: list[Span], *, longer: bool = False) -> bool:
    """Tell whether one of the sorted spans covers this one, and (with `longer`) goes beyond it."""
    at = bisect_right(others, Span(span.start, 1 << 60)) - 1
    return at >= 0 and others[at].covers(span) and not (longer and others[at] == span)


def renew(analysis: Analysis, published: Published, resources: Resources) -> Analysis:
    """Return an analysis with its times resolved against another publication time."""
    dated = replace(analysis, published=published)
    gaps = tuple(gap for gap in analysis.gaps if gap.step != "times")
    layers = find_times(dated, resources)
    return replace(dated, timexes=layers["timexes"], gaps=(*gaps, *layers["gaps"]))


TIMES = Step(
    "times",
    needs=("document", "tokens", "sentences", "names", "published", "zones"),
    gives=("timexes",),
    run=per_document(find_times),
)
