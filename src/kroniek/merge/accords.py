"""Which references mean one agreement: by its name, its date, its parties and places, and by what it lived through.

A truce is declared once and takes effect once: references that give other days for that mean other truces,
as does a breach before it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kroniek.merge.clusters import VETO
from kroniek.merge.grouping import Rule, regroup
from kroniek.merge.nodes import Node, Nodes
from kroniek.merge.references import GENERAL, REFERENCES, TRUCE, Reference
from kroniek.merge.shelf import Shelf
from kroniek.merge.tellings import day_of
from kroniek.model import REACHED, Interval, Status, interval_of

APART = timedelta(days=45)  # a longer silence begins a new process of the same parties
STRETCH = timedelta(days=400)  # within which what stands may still be the agreement that was reached
LAG = timedelta(days=10)  # between its declaration and its beginning
START = timedelta(days=7)  # an agreement takes effect within so many days of the date in its name
SLACK = timedelta(days=2)  # days told of one beginning differ by no more
WEEK = 7
CROWD = 400  # references under one key that are all compared; of more only some
NEIGHBOURS = 40
STARTING = frozenset({"declared", "in_force"})
MAKING = frozenset({"proposed", "no_result", "talks_held"})
STANDING = frozenset(
    {"violation_alleged", "violation_confirmed", "collapsed", "expired", "suspended", "extended", "in_force"}
)
HOLDING = "holding"  # how the pack names the rules by which an agreement is told to hold: no beginning
JOINED = -1.0  # all that is connected and not kept apart is one agreement
COPY, NAME, NEAR, LATER, FAR, OTHER = 0.95, 1.0, 0.9, 0.8, 0.6, 0.55
FADES = 0.002  # by which a link grows weaker with each day, or each hundred characters, between


def regroup_references(
    shelf: Shelf, fresh: Mapping[str, Reference], gone: Mapping[str, Reference]
) -> list[list[str]]:
    """Return the groups of references to one agreement that may have changed; references are on the shelf."""
    groups = regroup(shelf, SAME_AGREEMENT, *NODES.change(shelf, fresh, gone))
    members = NODES.load(shelf, (key for group in groups for key in group))
    return [[key for name in group for key in members[name].members] for group in groups]


def _score(first: Node[Reference], second: Node[Reference]) -> float:
    """Return how sure it is that two references mean one agreement, 0 for what does not tell, or `VETO`."""
    left, right, same_report = first.item, second.item, first.is_beside(second)
    if same_report and left.spot == right.spot:
        return NAME
    if left.group != right.group:
        return VETO if same_report else _across(left, right)
    apart = _begin_apart(left, right)
    early = _is_before(left, right) or _is_before(right, left)
    if not left.fits(right) or early or (apart and left.group == TRUCE):
        return VETO
    if left.named and right.named:
        return NAME if left.named & right.named else VETO
    meet = same_report or bool(left.found_by & right.found_by)
    if left.mention.dated or right.mention.dated:
        return _by_date(left, right, meet=meet)
    if apart:
        return 0.0  # reached and signed, or two: other references tell
    if same_report:
        last = max(left, right, key=lambda item: item.evidence.span)
        if last.mention.fresh:
            return OTHER  # `het eerste bestand` need not be the one that was told of before
        far = abs(left.evidence.span.start - right.evidence.span.start)
        return NEAR - min(0.1, FADES * far / 100 if left.document == right.document else 0.0)
    if left.words and left.words == right.words:
        return COPY
    return _by_days(left, right) if meet else 0.0


def _across(left: Reference, right: Reference) -> float:
    """Return whether `het akkoord van 2 november` is the truce that began on that day."""
    if GENERAL not in (left.group, right.group) or not left.fits(right):
        return VETO
    first, second = _beginning(left), _beginning(right)
    same = first and second and first[0] == second[0] and first[1].days_from(second[1]) <= 1
    return NEAR if same and left.found_by & right.found_by else 0.0


def _by_days(left: Reference, right: Reference) -> float:
    """Return how near two references are in time; of what stands the agreement may have been reached long before."""
    if left.when is None or right.when is None:
        return 0.0
    gap = abs(left.when - right.when)
    first, last = sorted((left, right), key=lambda item: (item.when or date.max, item.id))
    if gap <= APART:
        return OTHER if last.mention.fresh and gap > SLACK else LATER - FADES * gap.days
    told = (first.parties | first.places) & (last.parties | last.places)
    stands = last.mention.phase in STANDING and not last.mention.negated and _beginning(last) is None
    lasts = gap <= STRETCH and told and stands and _beginning(first) is not None
    return FAR - FADES * gap.days / 10 if lasts else 0.0


def _by_date(left: Reference, right: Reference, *, meet: bool) -> float:
    """Return whether two references, one of them with a date in its name, mean one agreement.

    `Het bestand geldt sinds 30 december` is `het bestand van december`. One that is still being made after
    that, or that took effect at another time, is not.
    """
    dated, other = (left, right) if left.mention.dated else (right, left)
    days = interval_of(dated.mention.dated)
    if other.mention.dated:
        second = interval_of(other.mention.dated)
        return NAME if days and second and days.overlaps(second) else VETO
    if days is None or other.when is None:
        return 0.0
    begun = _beginning(other)
    if begun is not None:
        near = begun[1].overlaps(Interval(days.earliest, days.latest + START))
        return VETO if not near else NAME if meet else 0.0
    made = other.mention.phase in MAKING or other.mention.negated
    return VETO if made and other.when > days.latest else 0.0


def holds(reference: Reference) -> bool:
    """Tell whether a reference says that the agreement holds, not that it begins: `het bestand houdt al een week`."""
    return reference.mention.provenance.rule.startswith(HOLDING)


def _beginning(reference: Reference) -> tuple[str, Interval] | None:
    """Return as what and on which days a reference tells that the agreement began, None when it does not."""
    mention = reference.mention
    days = interval_of(reference.time)
    begun = mention.status in REACHED or mention.status is Status.PLANNED
    if mention.phase not in STARTING or mention.negated or not begun or days is None or days.days() > WEEK:
        return None
    return None if holds(reference) else (mention.phase, days)


def _begin_apart(left: Reference, right: Reference) -> bool:
    """Tell whether two references give days of beginning that cannot be of one truce."""
    first, second = _beginning(left), _beginning(right)
    if first is None or second is None:
        return False
    if first[0] == second[0]:
        return first[1].days_from(second[1]) > SLACK.days
    declared, effective = (first[1], second[1]) if first[0] == "declared" else (second[1], first[1])
    return effective.latest < declared.earliest - SLACK or effective.earliest > declared.latest + LAG


def _is_before(standing: Reference, other: Reference) -> bool:
    """Tell whether one is told as broken or over before the other began."""
    begun = _beginning(other)
    reached = standing.mention.status in REACHED and standing.mention.phase in STANDING - STARTING
    if standing.group != TRUCE or begun is None or not reached or standing.when is None:
        return False
    return not standing.mention.dated and standing.when < begun[1].earliest - SLACK


def _keys(reference: Reference) -> Iterator[str]:
    """Yield keys: the report, the words, the towns of its name, and class with state and stretch of time or year."""
    group, mention = reference.group, reference.mention
    yield f"{group} in {reference.document}"
    if reference.words:
        yield f"{group} words {reference.words}"
    yield from (f"{group} called {town}" for town in sorted(reference.named))
    dated, begun = interval_of(mention.dated), _beginning(reference)
    years = {day.year for day in (dated.earliest, dated.latest)} if dated else set()
    if dated:
        yield from (f"{group} of {year}" for year in sorted(years))
    if reference.when is None:
        return
    states = sorted(reference.found_by)
    if dated or mention.phase in STARTING | MAKING:
        # Where what has a date in its name meets what is not yet: they are never one.
        years |= {reference.when.year, *([day.year] if (day := day_of(reference.reported)) else ())}
        yield from (f"{group} {state} of {year}" for state in states for year in sorted(years))
    if begun or mention.phase in STANDING:
        later = (reference.when.year, reference.when.year + 1)[: 1 + bool(begun)]
        told = sorted(reference.parties | reference.places)
        yield from (f"{group} {state} life {year}" for state in told for year in later)
    if begun:
        yield from (f"begun {state} {begun[1].earliest}" for state in states)
    if not dated:
        stretch = reference.when.toordinal() // APART.days
        yield from (f"{group} {state} {number}" for state in states for number in (stretch, stretch + 1))


def _neighbours(members: Iterable[str]) -> Iterable[tuple[str, str]]:
    ordered = list(members)
    return (
        (left, right)
        for place, left in enumerate(ordered)
        for right in ordered[place + 1 : place + 1 + NEIGHBOURS]
    )


NODES: Nodes[Reference] = Nodes(
    "agreement nodes", REFERENCES, lambda item: item.signature, lambda item: item.document
)
SAME_AGREEMENT: Rule[Node[Reference]] = Rule(
    "agreement", lambda node: _keys(node.item), _score, NODES.load, link=0.5, same=JOINED, crowd=CROWD,
    pairs=_neighbours, weight=lambda node: len(node.members),
)  # fmt: skip
