"""Find the time expressions of a document and resolve them: the step `times`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta

from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.times.direction import read_trees, side_by_tree, side_by_words
from kroniek.analyse.times.forms import DURATION
from kroniek.analyse.times.grammar import Match
from kroniek.analyse.times.pack import TimesPack, build_pack
from kroniek.analyse.times.periods import SAME_PERIOD, YEARS_BACK, in_another_year, is_period, year_of
from kroniek.analyse.times.places import Place, inside, lay_out, names_that_swallow, stamps_of
from kroniek.analyse.times.ranges import UNTIL, align, follows, is_apposition, is_range, next_weekday
from kroniek.analyse.times.values import (
    EARLY_HOURS,
    Reference,
    Resolved,
    Side,
    granularity_of,
    interval_of_range,
    minute_of,
    reference_of,
    resolve,
)
from kroniek.analyse.times.words import BROKEN, tokenise
from kroniek.model import (
    Analysis,
    Gap,
    Interval,
    Provenance,
    Published,
    Span,
    Timex,
    TimexType,
)

NEAR_SENTENCES = 2  # how far back an event can stand that `een dag later` is counted from
COUNTED_FROM_EVENT = ("later", "earlier")  # rules whose value is a length where no event is near
STORY_DAY = ("later-in-the-day", "end-of-the-day", "later-in-the-evening")  # else of the report's day
LONG_LENGTH = re.compile(r"P\d+[MWQ]\Z")  # that can be the period meant by `dezelfde periode`
PUT_OFF = 4  # words between what says that something is put off and the preposition of the new time
SMALL_HOURS = re.compile(r"T0[0-7]:")
MAIN = ("root", "parataxis", "conj")  # relations of verbs that tell the story
CLOCKED = re.compile(r"[\dX]T[^/]*\Z")  # a value with a time of day


def find_times(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `timexes` of a document, in text order, and gaps for what could not be dated."""
    pack = resources.language.compiled(build_pack)
    return _Finder(analysis, pack, resources.language.version).run()


class _Finder:
    """Goes through one document's matches from left to right and remembers what the story has dated."""

    def __init__(self, analysis: Analysis, pack: TimesPack, version: str) -> None:
        self.analysis = analysis
        self.pack = pack
        self.version = version
        self.reference = reference_of(analysis.published)
        self.trees = read_trees(analysis.tokens)
        self.tokens = tokenise(analysis.text, [zone.span.start for zone in analysis.zones])
        self.sentences, self.paragraphs, self.quoted = lay_out(self.tokens)
        self.told: list[tuple[Place, Timex, Match]] = []  # in text order
        self.gaps: list[Gap] = []

    def run(self) -> Layers:
        matches, skipped = self.pack.grammar.find(self.tokens)
        if skipped:
            self.gaps.append(self._gap_of(skipped))
        for start, end in self.tokens.left_out:
            self.gaps.append(Gap("times", "a long row of nothing but figures; left out", Span(start, end)))
        names, heads = names_that_swallow(self.analysis.names), stamps_of(self.analysis.zones)
        for match in matches:
            if match.rule.type == "NONE":
                continue
            place = self._place(match)
            if not (
                inside(place.span, heads) or inside(place.span, names, longer=True) or self._is_no_time(match)
            ):
                self.told.append((place, self._timex(match, place), match))
        self._align()
        self._rebase_quoted_days()
        return {"timexes": tuple(timex for _, timex, _ in self.told), "gaps": tuple(self.gaps)}

    def _gap_of(self, skipped: list[tuple[int, int]]) -> Gap:
        span = Span(self.tokens.starts[skipped[0][0]], self.tokens.ends[skipped[-1][1] - 1])
        reason = "too many words of time beside ordinary ones; the rest is left out"
        return Gap("times", reason, span)

    def _place(self, match: Match) -> Place:
        span = Span(self.tokens.starts[match.first], self.tokens.ends[match.last - 1])
        at = match.first
        return Place(span, self.sentences[at], self.paragraphs[at], self.quoted[at])

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

    def _timex(self, match: Match, place: Place) -> Timex:
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

    def _record(self, match: Match, place: Place, kind: TimexType, found: Resolved) -> Timex:
        if kind is TimexType.DATE and CLOCKED.search(found.value):
            kind = TimexType.TIME
        return Timex(
            span=place.span,
            type=kind,
            value=found.value,
            interval=found.interval,
            granularity=granularity_of(found.value),
            modifier=match.rule.modifier or self._modifier(match),
            anchor=found.anchor,
            alternatives=found.alternatives,
            provenance=Provenance("times", match.rule.id, self.version),
        )

    def _resolve(self, match: Match, place: Place) -> Resolved:
        raw = match.value
        if same := SAME_PERIOD.match(raw):
            return self._same_period(same["unit"], replace(match, value=same["year"]), place)
        side, sure = self._side(match, place)
        if raw.startswith("~"):
            before = self._event_before(match, place)
            counted = match.rule.id in COUNTED_FROM_EVENT
            if before is None and (match.rule.id in STORY_DAY or not (counted or side is Side.PAST)):
                before = self._evening_before() if ":T" in raw else self.reference
            if counted and "T" in _counted(raw) and (before is None or before.minute is None):
                before = None  # `vier minuten later` is a length where no clock was told
            return resolve(raw, self.reference, side, before=before, sure=False)
        if raw.startswith("T"):
            return resolve(raw, self._day_at_hand(place, raw), side, sure=False)
        if raw.startswith("XXXX-") and raw[5].isdigit() and side is not Side.FUTURE:
            year = self._year_at_hand(match, place)
            if year:
                dated = "/".join(part.replace("XXXX", year, 1) for part in raw.split("&")[0].split("/"))
                if interval_of_range(dated):
                    return Resolved(dated, interval_of_range(dated), (), year)
        return resolve(raw, self.reference, side, sure=sure)

    def _same_period(self, unit: str, year: Match, place: Place) -> Resolved:
        """Return the period told before in the year beside it; the year alone where none was told."""
        told = self._period_before(unit)
        if told and (back := YEARS_BACK.match(year.value)):
            value = in_another_year(told, year_of(told) - int(back["count"]))
            return Resolved(value, interval_of_range(value), anchor=told)
        found = self._resolve(year, place)
        if not told or not found.value.isdigit():
            return found
        # Said in January of the quarter that has just ended, `vorig jaar` is the year before that one.
        meant = min(int(found.value), year_of(told) - 1) if year.value.startswith("@-") else int(found.value)
        value = in_another_year(told, meant)
        return Resolved(value, interval_of_range(value), anchor=told)

    def _period_before(self, unit: str) -> str:
        """Return the last period told; "" where a length was told since: `de eerste vijf maanden`."""
        for _, timex, _ in reversed(self.told):
            if is_period(timex.value, unit):
                return timex.value
            if timex.type is TimexType.DURATION and LONG_LENGTH.match(timex.value):
                return ""
        return ""

    def _without_eerder(self, match: Match, place: Place) -> Place:
        """Leave `eerder` out of a length that nothing anchors, as the annotation guidelines have it."""
        if match.rule.id != "earlier":
            return place
        return replace(place, span=Span(place.span.start, self.tokens.ends[match.last - 2]))

    def _side(self, match: Match, place: Place) -> tuple[Side, bool]:
        words, cues = self.tokens.words, self.pack.cues
        opens_range = match.last < len(words) and words[match.last] in UNTIL
        before = words[match.first - 1] if match.first else ""
        if before in cues.attributive and not opens_range:
            return Side.OPEN, False  # `de wapenstilstand van februari`: the verb tells nothing of it
        if before in cues.lasting:
            return Side.PAST, True  # `onderzoekt sinds vrijdag`: the present tense is of what lasts
        if self._is_put_off(match.first):
            return Side.FUTURE, False
        side, sure = self._side_of_verb(match, place)
        return (Side.FUTURE if side is Side.OPEN and before in cues.onward else side), sure

    def _is_put_off(self, first: int) -> bool:
        """Tell whether a time is that to which something is put off: `is uitgesteld tot na maandag`."""
        words, cues = self.tokens.words, self.pack.cues
        at = first - 1
        if at > 0 and words[at] in cues.beyond:
            at -= 1
        if at < 1 or words[at] not in cues.until:
            return False
        return bool(cues.postponing.intersection(words[max(0, at - PUT_OFF) : at]))

    def _side_of_verb(self, match: Match, place: Place) -> tuple[Side, bool]:
        cues = self.pack.cues
        if self.trees is None:
            return side_by_words(self.tokens, match.first, match.last, cues), False
        side, sure = side_by_tree(self.trees, place.span.start, cues)
        if side is Side.FUTURE and not sure:
            by_words = side_by_words(self.tokens, match.first, match.last, cues)
            return (Side.OPEN if by_words is Side.PAST else side), False
        return side, sure

    def _event_before(self, match: Match, place: Place) -> Reference | None:
        """Return the days of what was told before, fine enough for the unit that is counted."""
        span = _counted(match.value)
        for earlier, timex, _ in reversed(self.told):
            story = match.rule.id in STORY_DAY and earlier.paragraph != place.paragraph
            far = place.sentence - earlier.sentence > NEAR_SENTENCES
            if story or (far and match.rule.id in (*COUNTED_FROM_EVENT, *STORY_DAY)):
                return None
            if timex.interval is None or timex.type not in (TimexType.DATE, TimexType.TIME):
                continue
            days = timex.interval.days()
            if match.rule.id in STORY_DAY and not self._is_behind(timex.interval):
                continue
            if days <= _widest(span):
                return Reference(timex.interval.earliest, timex.interval.latest, minute_of(timex.value))
        return None

    def _evening_before(self) -> Reference:
        """Return the day of which a report tells the evening: the one before where it appeared after midnight."""
        day, minute = self.reference.day, self.reference.minute
        if day is None or minute is None or minute >= 60 * EARLY_HOURS:
            return self.reference
        return Reference(day - timedelta(days=1), day - timedelta(days=1))

    def _is_behind(self, interval: Interval) -> bool:
        return self.reference.last is None or interval.earliest <= self.reference.last

    def _day_at_hand(self, place: Place, clock: str) -> Reference:
        """Return the day that a bare clock time falls on: the last day told in the paragraph, else the report's.

        The small hours of a night are of the day after: `in de nacht van donderdag op vrijdag, rond twee uur`.
        """
        for earlier, timex, _ in reversed(self.told):
            if earlier.paragraph != place.paragraph or place.sentence - earlier.sentence > 1:
                break
            if timex.interval is not None and timex.interval.days() == 1:
                day = timex.interval.earliest
                if timex.value.endswith("TNI") and SMALL_HOURS.match(clock) and day < date.max:
                    day += timedelta(days=1)
                return Reference(day, day)
        return self.reference

    def _year_at_hand(self, match: Match, place: Place) -> str:
        """Return a past year that the story is in: `In 2004 ... Op 26 december`, "" when it is in none.

        `de oorlog van 2020` is no story of that year, and what is told in the present ends one.
        """
        words = self.tokens.words
        at = match.first - 1
        if at > 0 and words[at] in self.pack.parts:  # `sinds eind oktober`
            at -= 1
        if at >= 0 and words[at] in self.pack.cues.since:
            return ""
        for earlier, timex, other in reversed(self.told):
            if earlier.paragraph != place.paragraph or place.sentence - earlier.sentence > 1:
                break
            year = timex.value[:4]
            if timex.type is TimexType.DATE and year.isdigit() and other.value.startswith((year, "~")):
                before = self.tokens.words[other.first - 1] if other.first else ""
                if before in self.pack.cues.attributive or self._is_present_between(earlier, place):
                    return ""
                current = self.reference.last and self.reference.last.year
                return year if current and int(year) < current else ""
        return ""

    def _is_present_between(self, first: Place, second: Place) -> bool:
        """Tell whether a verb between two places stands in the present."""
        if self.trees is None:
            return False
        begin = bisect_left(self.trees.starts, first.span.end)
        end = bisect_left(self.trees.starts, second.span.start)
        return any(
            token.upos == "VERB" and "Tense=Pres" in token.feats and token.deprel in MAIN
            for token in self.trees.tokens[begin:end]
        )

    def _align(self) -> None:
        """Make the ends of a stretch agree, and the days of a row follow each other."""
        words = self.tokens.words
        for index in range(len(self.told) - 1):
            (place, start, first), (other_place, end, second) = self.told[index : index + 2]
            ends = (first.first, first.last), (second.first, second.last)
            if place.paragraph != other_place.paragraph:
                continue
            opening = closing = None
            if first.value[0] == "~" and end.interval and second.value[0] in "X123":
                if is_apposition(words, *ends) and end.interval.days() <= _widest(_counted(first.value)):
                    place, opening = self._place(first), Resolved(end.value, end.interval)
            elif is_range(words, *ends, self.pack.parts):
                opening, closing = align((first.value, start), (second.value, end), self.reference)
            elif follows(words, *ends):
                closing = next_weekday((first.value, start), (second.value, end))
            if opening is not None:
                kind = TimexType(first.rule.type)
                self.told[index] = (place, self._record(first, place, kind, opening), first)
            if closing is not None:
                timex = self._record(second, other_place, end.type, closing)
                self.told[index + 1] = (other_place, timex, second)

    def _rebase_quoted_days(self) -> None:
        """Count times in a quotation from when it was said: `"Gisteren ...", zei hij vrijdag`."""
        for index, (place, timex, match) in enumerate(self.told):
            if not (place.quoted and match.value.startswith("@") and timex.interval):
                continue
            said = self._day_of_saying(index, place)
            if said is not None and said != self.reference.day:
                found = resolve(match.value, Reference(said, said), Side.OPEN, sure=True)
                timex = self._record(match, place, timex.type, found)
                self.told[index] = (place, timex, match)

    def _day_of_saying(self, index: int, place: Place) -> date | None:
        """Return the day of the nearest saying: a weekday in this sentence or the next, a date in this one."""
        for distance in range(1, 4):
            for other in (index + distance, index - distance):
                if not 0 <= other < len(self.told):
                    continue
                spot, timex, match = self.told[other]
                away = abs(spot.sentence - place.sentence)
                if spot.quoted or spot.paragraph != place.paragraph or timex.interval is None or away > 1:
                    continue
                if "WXX" in match.value or (not away and self._dates_a_saying(timex, match)):
                    return timex.interval.earliest
        return None

    def _dates_a_saying(self, timex: Timex, match: Match) -> bool:
        """Tell whether a calendar day stands in its clause on its own, not in `de aanval van 3 mei`."""
        before = self.tokens.words[match.first - 1] if match.first else ""
        is_day = timex.interval is not None and timex.interval.days() == 1 and match.value[0] in "X12"
        return is_day and before not in self.pack.cues.attributive

    def _modifier(self, match: Match) -> str:
        words = self.tokens.words
        at = match.first - 1
        while at >= 0 and at >= match.first - 3 and words[at] in ("van", "het", "de", "om"):
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
