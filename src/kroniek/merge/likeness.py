"""How likely two tellings tell of one event: a logistic score of few features, and what rules it out.

The weights were set by hand and checked against a made-up chronicle (`test_likeness_is_calibrated`):
there pairs scored above .7 belong together nearly always, pairs below .3 nearly never. They have not
been fitted to annotated reports. They are constants so that a score can be explained: `features` gives
each part.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from kroniek.merge.clusters import VETO
from kroniek.merge.tellings import AHEAD, REFUTED, UNSURE, Told, figures
from kroniek.model import REACHED, Interval, Status, interval_of

BIAS = -5.4
WEIGHTS = {
    "participants": 4.6,
    "time": 3.4,
    "place": 0.8,
    "mode": 0.4,
    "figures": 0.8,
    "type": -0.6,
    "words": 1.2,
}
SAME_STATE = 0.75  # `Kerry` against `de Verenigde Staten`
UNNAMED = 0.6  # a telling without participants that refers back (`het overleg`), in the same report
BOTH_UNNAMED = 0.59  # two such: one that names somebody goes first
LOOSE = 0.3  # one that does not: `er vielen doden bij luchtaanvallen`
AFTER_ALL = 0.9  # what was called off, and held after all
ONE_SIDED = 0.75  # `het gesprek met Lavrov`: who is left out does not speak against it
CLOSE_FIGURES = 2.0  # figures that differ by more tell of two events, but for those of one known day
EXACT = 2  # days in a row that are still exact: `donderdag en vrijdag`
WIDE = 62  # days; a longer interval says little about the day
SAME_WORD = 0.3  # both tellings of a report use one word, or a verb and its noun
COPY = 0.98  # tellings in the same words
MUTUAL = frozenset(
    {"CONSULT", "AGREE", "COOPERATE"}
)  # nobody of those who meet or agree is at the receiving end
PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Features:
    """The parts of a score, each from -1 to 1; None when something rules the pair out."""

    participants: float
    time: float
    place: float
    mode: float
    figures: float
    type: float
    words: float

    @property
    def probability(self) -> float:
        """Return the score as a probability."""
        total = BIAS + sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())
        return 1 / (1 + exp(-total))


def score(left: Told, right: Told, *, beside: bool | None = None) -> float:
    """Return the probability that both tell of one event, `VETO` when they cannot.

    `beside` tells whether one report has both, or a copy of each; None leaves it to the two tellings.
    """
    if beside is None:
        beside = left.telling.document == right.telling.document
    found = features(left, right, beside=beside)
    if found is None:
        return VETO
    return COPY if not beside and _is_copy(left, right) else found.probability


def _is_copy(left: Told, right: Told) -> bool:
    """Tell whether two reports print the same sentence: its event is one, however little it says of it."""
    same = left.words != "" and left.words == right.words
    return same and left.mention.type == right.mention.type and left.mention.mode == right.mention.mode


def features(left: Told, right: Told, *, beside: bool) -> Features | None:
    """Return what speaks for and against one event, None for an explicit conflict."""
    if left.group != right.group:
        return None
    time = _time(left, right, beside)
    place = _place(left, right)
    mode = _mode(left, right)
    numbers = _figures(left, right)
    if time is None or place is None or mode is None or numbers is None or (beside and _opposed(left, right)):
        return None
    people = _participants(left, right, beside, same_spot=place > 0 and time == 1)
    if people is None:
        return None
    return Features(
        people,
        time,
        place,
        mode,
        numbers,
        float(left.mention.type != right.mention.type),
        _words(left, right) if beside else 0.0,
    )


def _words(left: Told, right: Told) -> float:
    """Return what the words for two acts that one report tells say: `schortte de hulp op` is no `sloot het luchtruim`.

    Talks are called by many words, and who refers back (`de aanval`) or denies chooses his own.
    """
    if left.mention.type == "CONSULT" or not (left.verb and right.verb):
        return 0.0
    kinds = {left.telling.status, right.telling.status}
    if left.verb == right.verb:
        return SAME_WORD if kinds <= REACHED or kinds <= AHEAD else 0.0
    again = left.mention.resumes or right.mention.resumes
    return 0.0 if again or Status.DENIED in kinds else -1.0


def _opposed(left: Told, right: Told) -> bool:
    """Tell whether one report tells side by side what came about and what did not.

    Who said on Monday that nothing was planned does not speak of what came about on Wednesday, nor does
    who wrote that they would not meet.
    """
    if left.said != right.said:
        return False
    failed = [told for told in (left, right) if told.telling.status is Status.NOT_HAPPENED]
    held = [told for told in (left, right) if told.telling.status in REACHED]
    return bool(failed and held) and not failed[0].mention.ahead


def _time(left: Told, right: Told, beside: bool) -> float | None:
    first, second = left.mention.interval or left.around, right.mention.interval or right.around
    if first is None or second is None:
        return 0.5 if beside else 0.0
    dated = left.mention.interval is not None and right.mention.interval is not None
    if not first.overlaps(second):
        gap = _gap(first, second)
        unsure = not dated or left.mention.time_how in UNSURE or right.mention.time_how in UNSURE
        return 0.4 if gap <= 1 and unsure else None
    if beside and (_tells_apart(left, right) or _tells_apart(right, left)):
        return 0.2
    if dated:
        widest = max(first.days(), second.days())
        if widest == 1:
            return 1.0
        if widest <= EXACT:
            return 0.85
        return 0.7 if widest <= 7 else 0.55 if widest <= 31 else 0.35 if widest <= WIDE else 0.1
    return _undated(left, right, first, second, beside)


def _undated(left: Told, right: Told, first: Interval, second: Interval, beside: bool) -> float:
    """Return how well a day fits what is told without one: the nearer to its report the better."""
    if beside:
        # Of one report's talks those to come go together, and those that were held.
        kinds = {left.telling.status, right.telling.status}
        if kinds & REFUTED or kinds <= AHEAD or not kinds & AHEAD:
            return 0.8
        return 0.6
    if left.mention.interval is None and right.mention.interval is None:
        gap = _gap(_saying(left), _saying(right))
        return 0.6 if gap <= 1 else 0.45 if gap <= 4 else 0.1
    undated, day = (left, second) if left.mention.interval is None else (right, first)
    if undated.around is None or day.days() > WIDE:
        return 0.1
    gap = _gap(_saying(undated), day)
    planned = right if undated is left else left
    if undated.telling.status in REACHED and planned.telling.status in AHEAD and gap == 0:
        return 0.5  # a plan for the day on which something is told as done, or later
    return 0.7 if gap <= 3 else 0.5 if gap <= 8 else 0.3


def _tells_apart(plan: Told, held: Told) -> bool:
    """Tell whether one report tells one thing as to come and another, by the same day, as held.

    A plan without a day is not what had been held by then, and what was held without a day is not what is
    planned for that day or later. What was called off can have been held after all.
    """
    if plan.said != held.said or not plan.said:
        return False
    if plan.telling.status not in AHEAD - {Status.CANCELLED} or held.telling.status not in REACHED:
        return False
    said, days, planned = interval_of(plan.said), held.mention.interval, plan.mention.interval
    if said is None:
        return False
    if planned is None and days is None:
        return held.telling.status is Status.HAPPENED  # what goes on may be what is planned
    if planned is None:
        return days is not None and days.latest <= said.latest
    return planned.latest >= said.earliest and (days is None or days.days() > EXACT)


def _saying(told: Told) -> Interval | None:
    """Return the day on which it was said, of a month or a year the end that is nearer to what is told."""
    said = interval_of(told.said)
    if said is None or told.telling.status in REFUTED:
        return said
    day = said.earliest if told.telling.status in AHEAD else said.latest
    return Interval(day, day)


def _gap(first: Interval | None, second: Interval | None) -> int:
    """Return the days between two intervals, 0 when they touch."""
    if first is None or second is None:
        return 0
    return first.days_from(second)


def _place(left: Told, right: Told) -> float | None:
    if not left.place or not right.place:
        return 0.0
    if left.place == right.place:
        return 1.0
    # A country holds its towns; two towns of one country exclude each other.
    if left.place_state == right.place_state:
        if left.place_state in (left.place, right.place):
            return 0.5
        if left.site != right.site:
            return 0.0  # the Kremlin may be in that town
    return None


def _mode(left: Told, right: Told) -> float | None:
    one, other = left.mention.mode, right.mention.mode
    if not one or not other:
        plan, told = (left, right) if not one else (right, left)
        # Talks that are to come are seldom the call that was made since.
        return -1.0 if told.mention.mode == PHONE and plan.telling.status in AHEAD else 0.0
    if one == other:
        return 1.0
    # A visit may be to a third party's; a call is never a visit, a shell no gas.
    soft = {one, other} <= {"visit", "third-party", "multilateral"}
    return 0.0 if soft else None


def _figures(left: Told, right: Told) -> float | None:
    mine, theirs = figures(left.mention), figures(right.mention)
    found = 0.0
    for what in mine.keys() & theirs.keys():
        low, high = sorted((mine[what], theirs[what]))
        if high == low:
            found = max(found, 1.0)
        elif high > CLOSE_FIGURES * low:
            if not _of_one_day(left, right):
                return None
            found = min(found, -1.0)
    return found


def _of_one_day(left: Told, right: Told) -> bool:
    """Tell whether both give the same day: sources then often count differently (`59 raketten`, `23 raketten`)."""
    first, second = left.mention.interval, right.mention.interval
    return first is not None and first == second and first.days() == 1


def _participants(left: Told, right: Told, beside: bool, *, same_spot: bool) -> float | None:
    """Return how far the participants agree; None when both name people and they are others."""
    if not left.participants or not right.participants:
        if same_spot:
            return UNNAMED
        if not beside:
            return 0.0
        if _held_after_all(left, right):
            return AFTER_ALL
        if not _refers_back(left, right):
            return LOOSE
        named = left.participants or right.participants
        denied = Status.DENIED in (left.telling.status, right.telling.status)
        return UNNAMED if named or denied else BOTH_UNNAMED
    if _other_people(left, right):
        return None
    if left.mention.type in MUTUAL or right.mention.type in MUTUAL:
        if _offers_to(left, right) or _offers_to(right, left):
            return 0.0
        return _agreement(left, right, left.participants, right.participants)
    actors = _side(left, right, left.actors, right.actors)
    recipients = _side(left, right, left.recipients, right.recipients)
    if actors is None and recipients is None:
        return 0.0
    sides = [side for side in (actors, recipients) if side is not None]
    complete = 1.0 if len(sides) == 2 else ONE_SIDED
    return complete * min(sides)


def _offers_to(offer: Told, other: Told) -> bool:
    """Tell whether somebody offers something to those who talk or agree without him: he has no part in that."""
    if offer.telling.status is not Status.OFFERED or not offer.actors or not offer.recipients:
        return False
    mine = offer.actors | {offer.states[key] for key in offer.actors}
    return not mine & (other.participants | {other.states[key] for key in other.participants})


def _refers_back(left: Told, right: Told) -> bool:
    """Tell whether of two tellings of one report one without names is about the other.

    A denial is about what is claimed: `Damascus ontkent dat het gifgas heeft ingezet`.
    """
    bare = [told for told in (left, right) if not told.participants]
    kinds = {told.telling.status for told in (left, right)}
    if Status.DENIED in kinds:
        return not kinds <= REFUTED and left.mention.type == right.mention.type
    return any(told.mention.resumes for told in bare)


def _held_after_all(left: Told, right: Told) -> bool:
    """Tell whether one sentence calls something off and says, without names, that it came about.

    `Er ging een streep door hun ontmoeting, maar later bleek dat de twee elkaar toch hebben gesproken.`
    """
    first, second = sorted((left, right), key=lambda told: told.telling.evidence.span)
    one, other = first.telling.evidence, second.telling.evidence
    return (
        (one.document, one.sentence) == (other.document, other.sentence)
        and first.telling.status is Status.CANCELLED
        and second.telling.status is Status.HAPPENED
        and not second.participants
    )


def _side(left: Told, right: Told, mine: frozenset[str], theirs: frozenset[str]) -> float | None:
    if not mine or not theirs:
        return None if mine or theirs else 1.0
    return _agreement(left, right, mine, theirs)


def _other_people(left: Told, right: Told) -> bool:
    """Tell whether for a common state both name people, and not one in common: Kerry and Obama."""
    by_state: dict[str, tuple[set[str], set[str]]] = {}
    for told, position in ((left, 0), (right, 1)):
        for person in told.people:
            by_state.setdefault(told.states[person], (set(), set()))[position].add(person)
    return any(mine and theirs and not mine & theirs for mine, theirs in by_state.values())


def _agreement(left: Told, right: Told, mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the share of participants that match, those of the same state by three quarters."""
    common = mine & theirs
    my_rest, their_rest = mine - common, theirs - common
    my_states = {left.states[key] for key in my_rest}
    their_states = {right.states[key] for key in their_rest}
    # A state counts as met also when one of its people is met already: `Kerry` covers `de VS`.
    met = {left.states[key] for key in common}
    by_state = my_states & their_states
    alone_mine, alone_theirs = my_states - by_state - met, their_states - by_state - met
    matched = len(common) + SAME_STATE * len(by_state)
    if not matched:
        return 0.0
    smaller = min(len(alone_mine), len(alone_theirs))
    larger = max(len(alone_mine), len(alone_theirs))
    return matched / (len(common) + len(by_state) + smaller + (larger - smaller) / 2)
