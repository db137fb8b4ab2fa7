"""From the tellings of one event to the event: best day, participants, place, figures, status, history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kroniek.merge.sources import Sources
from kroniek.merge.tellings import Told, day_of
from kroniek.model import Disagreement, Event, EventMention, Interval, Status, content_id

# What weighs more when one report gives several: an outcome outweighs a claim, a claim a plan.
WEIGHT = {
    status: weight
    for weight, status in enumerate(
        (
            Status.POSSIBLE, Status.CALLED_FOR, Status.OFFERED, Status.DENIED, Status.PLANNED, Status.ALLEGED,
            Status.NOT_HAPPENED, Status.CANCELLED, Status.ONGOING, Status.HAPPENED,
        )
    )
}  # fmt: skip
SETTLED = frozenset({Status.HAPPENED, Status.ONGOING, Status.CANCELLED, Status.NOT_HAPPENED})
RARELY = 0.34  # a participant that fewer of the tellings name is not taken over


def fuse(tellings: Sequence[Told], sources: Sources) -> Event:
    """Return the event that these tellings tell of; the order in which they are given does not matter."""
    told = sorted(tellings, key=told_order)
    dated = corrected(told, "time") or told
    best = _timed(dated)
    actors, recipients = _judged_participants(told)
    listed = tuple(
        replace(item.telling, family=sources.families.get(item.telling.document, "")) for item in told
    )
    mentions = [item.mention for item in told]
    return Event(
        id=content_id("event", told[0].id),
        type=_most(item.mention.type for item in corrected(told, "type") or told),
        mode=_most(item.mention.mode for item in corrected(told, "mode") or corrected(told, "type") or told),
        actors=actors, recipients=recipients,
        time=_time(best.mention) if best else _first(item.mention.time for item in dated),
        interval=best.mention.interval if best else None,
        place=_place(corrected(told, "place") or told),
        status=final_status(corrected(told, "status") or told), tellings=listed, history=history_of(told),
        sources=sources.count(item.telling.evidence for item in told),
        according_to=tuple(sorted({words for mention in mentions for words in mention.according_to})),
        numbers=_numbers(told),
        background=all(mention.background for mention in mentions),
        score=max(mention.score for mention in mentions),
        judged=tuple(sorted({by.rpartition(": ")[0] for mention in mentions for by in mention.provenance.by})),
        disagreements=_disagreements(told, sources),
    )  # fmt: skip


def corrected(told: Sequence[Told], name: str) -> list[Told]:
    """Return the tellings of which a person corrected that field: it outweighs what the machine read elsewhere."""
    return [item for item in told if any(_names_field(by, name) for by in item.mention.provenance.by)]


def _names_field(by: str, name: str) -> bool:
    """Tell whether `an: type, status` names a field."""
    return name in by.rpartition(": ")[2].split(", ")


def told_order(told: Told) -> tuple[object, ...]:
    """Sort tellings by when they were reported, the undated last, then by document and place in it."""
    telling = told.telling
    return (not telling.reported, telling.reported, telling.document, telling.evidence.span, told.id)


def history_of(told: Sequence[Told]) -> tuple[tuple[str, Status, str], ...]:
    """Return (when it was said, status, telling) in the order of saying.

    What a report says was said earlier (`woensdag kondigde Rusland aan`) stands at that day. What a
    report gives without a day of its own stands at the report's, in the order of the text.
    """
    ordered = sorted(told, key=lambda item: (day_of(item.said) or date.max, told_order(item)))
    return tuple((item.said, item.telling.status, item.id) for item in ordered)


def final_status(told: Sequence[Told]) -> Status:
    """Return where the event stands after the last report.

    An outcome stays until a later report tells another; of what one report says the outcome counts,
    else what weighs most. A denial counts only where nobody else says more.
    """
    by_report: dict[str, list[Told]] = defaultdict(list)
    for item in told:
        by_report[item.telling.reported].append(item)
    reports = sorted(by_report, key=lambda value: (bool(value), value), reverse=True)
    for reported in reports:
        settled = [item for item in by_report[reported] if item.telling.status in SETTLED]
        if _still_ahead(by_report[reported]):
            return Status.PLANNED
        if settled:
            return max((item.telling.status for item in settled), key=WEIGHT.__getitem__)
    last = by_report[reports[0]]
    return max((item.telling.status for item in last), key=WEIGHT.__getitem__)


def _still_ahead(told: Sequence[Told]) -> bool:
    """Tell whether most tellings of a report speak of a plan for a day that had not passed by then.

    One reading of `het was niet duidelijk wanneer zij zouden aankomen` does not call a meeting off.
    """
    plans = [item for item in told if item.telling.status is Status.PLANNED]
    if 2 * len(plans) <= len(told) or any(item.telling.status is Status.HAPPENED for item in told):
        return False
    reported = day_of(told[0].telling.reported)
    days = [item.mention.interval.latest for item in plans if item.mention.interval]
    return bool(reported and days and max(days) >= reported)


def _timed(told: Sequence[Told]) -> Told | None:
    """Return the telling that gives the best day: what happened before plans, the exact first, then the many."""
    dated = [item for item in told if item.mention.interval]
    if not dated:
        return None
    happened = [item for item in dated if item.telling.status in (Status.HAPPENED, Status.ONGOING)]
    chosen = happened or dated
    counts = Counter(item.mention.interval for item in chosen)

    def rank(item: Told) -> tuple[object, ...]:
        interval = item.mention.interval
        assert isinstance(interval, Interval)
        sure = item.mention.time_how != "publication"
        return (
            interval.days(),
            not sure,
            -counts[interval],
            -len(item.mention.time),
            item.mention.time,
            told_order(item),
        )

    return min(chosen, key=rank)


def _judged_participants(told: Sequence[Told]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return actors and recipients; a role that a person corrected is as that person has it."""
    actors, recipients = _participants(told)
    if chosen := corrected(told, "actors"):
        actors = tuple(dict.fromkeys(key for item in chosen for key in item.mention.entities("actor")))
        recipients = tuple(key for key in recipients if key not in actors)
    if others := corrected(told, "recipients"):
        recipients = tuple(
            dict.fromkeys(key for item in others for key in item.mention.entities("recipient"))
        )
        actors = actors if chosen else tuple(key for key in actors if key not in recipients)
    return actors, recipients


def _time(mention: EventMention) -> str:
    """Return the time of a telling; `XXXX-WXX-5`, of a report without a day, as what its days have in common."""
    if not mention.time.startswith("X") or mention.interval is None:
        return mention.time
    first, last = (day.isoformat() for day in (mention.interval.earliest, mention.interval.latest))
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), "")


def _participants(told: Sequence[Told]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return actors and recipients that enough tellings name; a state gives way to its own people.

    A state that is only where talks of others are held has no part in them. Who only denies to have done what took place (`de rebellen ontkennen elke betrokkenheid`) did not do it.
    """
    took_place = [item for item in told if item.telling.status is not Status.DENIED]
    told = took_place or told
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    states: dict[str, str] = {}
    people: set[str] = set()
    naming = 0
    for item in told:
        states |= item.states
        people |= item.people
        naming += len(item.participants) > 1  # who names one only leaves others out
        for entity in item.actors:
            roles[entity]["actor"] += 1
        for entity in item.recipients:
            roles[entity]["recipient"] += 1
    enough = max(1, RARELY * naming)
    venues = _venues(told, states)
    kept = [
        entity for entity, counts in roles.items() if sum(counts.values()) >= enough and entity not in venues
    ]
    covered = {states[entity] for entity in kept if entity in people}
    named = sorted(
        (entity for entity in kept if not (entity in covered and entity not in people)),
        key=lambda entity: (-sum(roles[entity].values()), entity),
    )
    actors = tuple(entity for entity in named if roles[entity]["actor"] >= roles[entity]["recipient"])
    return actors, tuple(entity for entity in named if entity not in actors)


def _venues(told: Sequence[Told], states: Mapping[str, str]) -> set[str]:
    """Return the states that every telling has as host only, when two others or more take part."""
    named = {entity for item in told for entity in item.participants - item.hosts}
    hosts = {entity for item in told for entity in item.hosts} - named
    parties = {states[entity] for entity in named}
    return {host for host in hosts if len(parties - {host}) > 1}


def _numbers(told: Sequence[Told]) -> tuple[tuple[str, str, str], ...]:
    """Return (what is counted, figure, telling), once for each figure of each telling."""
    return tuple(sorted({(what, figure, item.id) for item in told for what, figure in item.mention.numbers}))


def _disagreements(told: Sequence[Told], sources: Sources) -> tuple[Disagreement, ...]:
    """Return for each thing counted the figures that differ, with who gives each; those of most sources first."""
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for item in told:
        for what, figure in item.mention.numbers:
            named = item.mention.according_to or sources.names(item.telling.document)
            given[what.casefold()][figure].update(named)
    return tuple(
        Disagreement(what, tuple(
            (figure, tuple(sorted(by)))
            for figure, by in sorted(figures.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        ))
        for what, figures in sorted(given.items()) if len(figures) > 1
    )  # fmt: skip


def _place(told: Sequence[Told]) -> str:
    """Return the place that most name; a town outweighs the country that it lies in, when as many name one."""
    placed = [item for item in told if item.place]
    inside = Counter(item.place_state for item in placed if item.place != item.place_state)
    whole = Counter(item.place for item in placed if item.place == item.place_state)
    return _most(item.place for item in placed if inside[item.place] < max(1, whole[item.place]))


def _most(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _first(values: Iterable[str]) -> str:
    """Return the first time that says something: not that of a report without a day, `XXXX-WXX-5`."""
    return next((value for value in values if value and not value.startswith("X")), "")
