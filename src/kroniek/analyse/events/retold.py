"""What one telling of an event leaves out and another in the same report has: its day, its place, its status.

A report tells of its main event again and again, and says once when and where: `De betoging in Gent ... de
betogers`. Tellings of one type go together when one refers back (`de aanval`) or they share a party, and
nothing is at odds. Days that are taken over so are marked `narrative`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from kroniek.analyse.events.circumstances import TITLES
from kroniek.analyse.events.frames import ACTOR, RECIPIENT
from kroniek.model import REACHED, Analysis, EventMention, Interval, Status

# Types of what is done in one place on one day; words (a demand, an accusation) are said wherever.
PLACED = frozenset({"ASSAULT", "COERCE", "CONSULT", "PROTEST", "RETREAT", "MOBILIZE"})
UNNAMED = frozenset({"ASSAULT", "PROTEST"})  # of these a report tells on without names
TOOK_PLACE = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED, Status.DENIED})
AHEAD = frozenset({Status.PLANNED, Status.CANCELLED, Status.POSSIBLE, Status.OFFERED})
HOSTED = "visit"  # has guests and hosts, which are told apart by the words of the telling itself
LAST = 8  # stories of a type, or tellings below a title, that a telling may belong to


@dataclass(slots=True)
class Story:
    """The tellings of one event so far, by number, with all that they say of it."""

    first: EventMention
    tellings: list[int] = field(default_factory=list)
    actors: set[str] = field(default_factory=set)
    recipients: set[str] = field(default_factory=set)
    mode: str = ""
    time: str = ""
    interval: Interval | None = None
    place: str = ""
    announced: bool = False  # told in titles only, which name the nearest big town

    def add(self, number: int, mention: EventMention, *, title: bool = False) -> None:
        """Take in what a telling says that was not told before."""
        if self.announced and not title and mention.place:
            self.place = ""
        self.announced = title and (self.announced or not self.tellings)
        self.tellings.append(number)
        self.actors.update(mention.entities(ACTOR))
        self.recipients.update(mention.entities(RECIPIENT))
        self.mode = self.mode or mention.mode
        self.place = self.place or mention.place
        if not self.time and mention.interval is not None:
            self.time, self.interval = mention.time, mention.interval


def share_circumstances(analysis: Analysis) -> tuple[EventMention, ...]:
    """Return a report's tellings of events with day, place and mode of their event; linear in their number.

    The records of the analysis keep what their own words say: over reports it is merging that brings
    tellings together.
    """
    told = list(analysis.events)
    for story in _stories(told, _in_titles(analysis)):
        for number in story.tellings:
            told[number] = _filled(told[number], story)
    return tuple(told)


def _in_titles(analysis: Analysis) -> set[int]:
    """Return the numbers of the events that are told in a title or a heading."""
    titles = [zone.span for zone in analysis.zones if zone.kind in TITLES]
    starts = [span.start for span in titles]
    found = set()
    for number, mention in enumerate(analysis.events):
        before = bisect_right(starts, mention.trigger[0].start) - 1
        if before >= 0 and titles[before].covers(mention.trigger[0]):
            found.add(number)
    return found


def _filled(mention: EventMention, story: Story) -> EventMention:
    if story.place and not mention.place:
        mention = replace(mention, place=story.place)
    if story.interval is not None and not mention.time:
        mention = replace(mention, time=story.time, interval=story.interval, time_how="narrative")
    if story.mode and not mention.mode and story.mode != HOSTED:
        mention = replace(mention, mode=story.mode)
    return mention


def _stories(told: Sequence[EventMention], titles: Set[int]) -> list[Story]:
    """Return the events that are told of more than once, each with its tellings.

    What names nobody (`het huis werd geramd`) belongs to the one event of its type that was told so far.
    """
    known: dict[tuple[str, bool], list[Story]] = {}
    for number, mention in enumerate(told):
        if mention.type not in PLACED or mention.background or mention.status not in TOOK_PLACE | AHEAD:
            continue
        stories = known.setdefault((mention.type, mention.status in AHEAD), [])
        if mention.resumes or _parties(mention) or mention.time or mention.place:
            story = next((item for item in reversed(stories[-LAST:]) if _is_same(item, mention)), None)
        else:
            only = stories[0] if len(stories) == 1 and mention.type in UNNAMED else None
            story = only if only is not None and _fits(only, mention) else None
            if story is None:
                continue
        if story is None:
            story = Story(mention)
            stories.append(story)
        story.add(number, mention, title=number in titles)
    return [story for stories in known.values() for story in stories if len(story.tellings) > 1]


def _parties(mention: EventMention) -> set[str]:
    return {*mention.entities(ACTOR), *mention.entities(RECIPIENT)}


def _is_same(story: Story, mention: EventMention) -> bool:
    """Tell whether a telling is of an event: it names the same parties, or one of them names none and refers back."""
    known, named = story.actors | story.recipients, _parties(mention)
    shared = known & named
    if known and named and mention.type == "CONSULT":
        together = bool(shared) and shared in (known, named)  # each of two may meet others
    elif known and named:
        together = bool(shared) or mention.resumes
    else:
        together = mention.resumes or (story.first.resumes and not known)
    return together and _fits(story, mention)


def _fits(story: Story, mention: EventMention) -> bool:
    """Tell whether a telling is at odds with nothing that was told of an event."""
    for known, own in ((story.actors, ACTOR), (story.recipients, RECIPIENT)):
        named = set(mention.entities(own))
        if known and named and not known & named:
            return False
    if story.mode and mention.mode and story.mode != mention.mode:
        return False
    if not story.announced and story.place and mention.place and story.place != mention.place:
        return False
    return story.interval is None or mention.interval is None or story.interval.overlaps(mention.interval)


def settle_statuses(
    mentions: Sequence[EventMention], titles: Mapping[int, bool], published: Interval | None
) -> list[EventMention]:
    """Return the tellings, each with the status of its event where it has no tense, or that is yet to come.

    `Opnieuw overleg in Genève` above what is planned; `het bestand geldt` of one that begins on Sunday.
    `titles` has the numbers of those in titles, with whether these have no verb and so no tense of their own.
    """
    told: list[EventMention] = []
    coming: set[tuple[str, str]] = set()  # types and modes whose last telling with a day lies ahead
    for number, mention in enumerate(mentions):
        kind = (mention.type, mention.mode)
        if titles.get(number) and mention.status in REACHED:
            mention = _with_status_below(mention, mentions[number + 1 : number + 1 + LAST])
        elif mention.status is Status.ONGOING and mention.resumes and kind in coming:
            mention = replace(mention, status=Status.PLANNED)
        elif mention.interval is not None and published is not None:
            ahead = mention.status is Status.PLANNED and mention.interval.earliest > published.latest
            (coming.add if ahead else coming.discard)(kind)
        told.append(mention)
    return told


def _with_status_below(mention: EventMention, below: Sequence[EventMention]) -> EventMention:
    """Return a title's telling with the status of the same event in the text, where that is open still."""
    story = Story(mention, announced=True)
    story.add(0, mention, title=True)
    same = (item for item in below if item.type == mention.type and _is_same(story, item))
    first = next(same, None)
    return replace(mention, status=first.status) if first and first.status in AHEAD else mention
