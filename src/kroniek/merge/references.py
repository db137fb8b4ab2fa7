"""References to agreements, grouped by the agreement that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kroniek.merge.sentences import sentence_around
from kroniek.merge.tellings import CITY, day_of, state_of
from kroniek.model import AgreementMention, Analysis, Entity, Evidence, Interval, interval_of

APART = timedelta(days=45)  # a longer silence begins a new process of the same parties
TRUCES = frozenset({"ceasefire", "cessation_of_hostilities"})
GENERAL = "agreement"  # `het akkoord` may be the truce that the same report speaks of
MEETING = frozenset({"CONSULT", "AGREE"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One agreement mention with what it is compared by; parties and places are states where they have one.

    `setting` are the states between which the document tells of talks: they need not be the parties.
    """

    mention: AgreementMention
    document: str
    evidence: Evidence
    parties: frozenset[str]
    places: frozenset[str]
    setting: frozenset[str]
    when: date | None  # first day of the phase, else of the report
    time: str
    reported: str

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Order references by day, then by document and place: the same whatever order they came in."""
        return (self.when or date.max, self.document, self.evidence.span)

    @property
    def group(self) -> str:
        """Return the kind, with all truces as one."""
        return "truce" if self.mention.kind in TRUCES else self.mention.kind


def references_in(analysis: Analysis, entities: Mapping[str, Entity]) -> Iterable[Reference]:
    """Yield a document's references in text order.

    A bare one takes parties and places of the nearest fuller one of its kind before it.
    """
    if not analysis.agreements:
        return
    setting, last = _setting(analysis, entities), dict[str, Reference]()
    for mention in analysis.agreements:
        reference = _reference(mention, analysis, setting, entities)
        before = last.get(reference.group)
        if before and not mention.dated and not (reference.parties or reference.places):
            reference = replace(reference, parties=before.parties, places=before.places)
        if not mention.dated:
            last[reference.group] = reference
        yield reference


def _reference(
    mention: AgreementMention, analysis: Analysis, setting: frozenset[str], entities: Mapping[str, Entity]
) -> Reference:
    reported = analysis.published.value or ""
    return Reference(
        mention, analysis.document.id,
        Evidence(analysis.document.id, mention.span, sentence_around(analysis, mention.head)),
        frozenset(state_of(party, entities) for party in mention.parties),
        frozenset(state_of(place, entities) for place in mention.places), setting,
        day_of(mention.dated) or day_of(mention.time) or day_of(reported),
        mention.time if day_of(mention.time) else "", reported,
    )  # fmt: skip


def _setting(analysis: Analysis, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return the states between which the document tells of talks most often, none when there are none."""
    counts: Counter[frozenset[str]] = Counter()
    for event in analysis.events:
        states = frozenset(
            state_of(entity, entities)
            for role in ("actor", "recipient") for entity in event.entities(role)
            if not entity.startswith(CITY)
        )  # fmt: skip
        if event.type in MEETING and len(states) == 2:
            counts[states] += 1
    return min(counts, key=lambda states: (-counts[states], sorted(states))) if counts else frozenset()


@dataclass(slots=True)
class _Group:
    """References that mean one agreement, with what new ones are compared by."""

    dated: str
    members: list[Reference] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    setting: set[str] = field(default_factory=set)
    latest: date | None = None

    def add(self, reference: Reference) -> None:
        self.members.append(reference)
        self.documents.add(reference.document)
        self.parties |= reference.parties
        self.places |= reference.places
        self.setting |= reference.setting
        if reference.when and (self.latest is None or reference.when > self.latest):
            self.latest = reference.when

    def takes(self, reference: Reference) -> bool:
        """Tell whether both can mean one agreement: by date, else by parties or places and a short silence."""
        if reference.mention.dated or self.dated:
            return self._same_date(reference) and self._common(reference, unknown=True)
        if reference.document in self.documents:
            return self._common(reference, unknown=True)
        if reference.when is None or self.latest is None or reference.when - self.latest > APART:
            return False
        return self._common(reference, unknown=False)

    def _same_date(self, reference: Reference) -> bool:
        left = _interval(reference.mention.dated)
        right = _interval(self.dated)
        return left is not None and right is not None and left.overlaps(right)

    def _common(self, reference: Reference, *, unknown: bool) -> bool:
        if reference.places and self.places:
            return bool(reference.places & self.places)
        if reference.parties and self.parties:
            return bool(reference.parties & self.parties)
        mine = reference.parties | reference.places | reference.setting
        theirs = self.parties | self.places | self.setting
        return bool(mine & theirs) or (unknown and not (mine and theirs))


def _interval(value: str) -> Interval | None:
    return interval_of(value) if value else None


def group_references(references: Sequence[Reference]) -> list[list[Reference]]:
    """Return the references by the agreement that they mean; the result depends on their set only.

    `het akkoord` is the truce of the same report when it has one; otherwise kinds stay apart.
    """
    ordered = sorted(references, key=lambda item: item.sort_key)
    groups: list[_Group] = []
    home: dict[str, _Group] = {}  # document -> its first truce or the like
    for general in (False, True):
        active: dict[str, list[_Group]] = {}
        for reference in ordered:
            if (reference.group == GENERAL) != general:
                continue
            own = home.get(reference.document) if general and not reference.mention.dated else None
            chosen = own if own and own.takes(reference) else _place(reference, active, groups)
            chosen.add(reference)
            if not general and not chosen.dated:
                home.setdefault(reference.document, chosen)
    return [group.members for group in groups]


def _place(reference: Reference, active: dict[str, list[_Group]], groups: list[_Group]) -> _Group:
    """Return the newest group that takes a reference, a new one when none does."""
    near = [group for group in active.get(reference.group, ()) if not _over(group, reference)]
    fitting = [group for group in near if group.takes(reference)]
    if not fitting:
        fitting = [_Group(reference.mention.dated)]
        near.append(fitting[0])
        groups.append(fitting[0])
    active[reference.group] = near
    return fitting[-1]


def _over(group: _Group, reference: Reference) -> bool:
    """Tell whether no later reference can join: dated groups stay open, others end with a long silence."""
    if group.dated or group.latest is None or reference.when is None:
        return False
    return reference.when - group.latest > APART and reference.document not in group.documents
