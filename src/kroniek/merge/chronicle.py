"""Merging for a growing set of reports: what is known stays, only what is new is compared.

`update` brings a shelf up to date with reports that came in or changed; the shelf is in memory
(`Merging`) or in a chronicle file. The result is a pure function of the set of reports, whatever the
order and the batches in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from kroniek.merge.claims import CLAIMS, STATEMENTS, claim_order, regroup_statements
from kroniek.merge.commitments import COMMITMENTS, commitment_order, last_day, update_commitments
from kroniek.merge.decisions import Decision, obeyed
from kroniek.merge.digest import REPORTS, Digest, digest_of, forget, keep, remembered
from kroniek.merge.events import EVENT_OF, EVENTS, event_order, regroup_tellings
from kroniek.merge.families import FAMILIES, SKETCHES, regroup_families
from kroniek.merge.fusion import fuse
from kroniek.merge.histories import update_steps
from kroniek.merge.passages import Sketch, sketches
from kroniek.merge.processes import PROCESSES, process_order, update_agreements, update_negotiations
from kroniek.merge.related import relate
from kroniek.merge.relations import RELATIONS, relation_key, update_relations
from kroniek.merge.shelf import MemoryShelf, Shelf, Table
from kroniek.merge.sources import sources_on
from kroniek.merge.tellings import TELLINGS, Told
from kroniek.merge.threads import THREADS, Threads, threads_of
from kroniek.model import Analysis, Claim, Event, Merged, Published
from kroniek.ontology import load_ontology

VERSION = "9"  # grows with every change of what merging remembers or decides; files are then merged anew
LAYERS = ("tellings", "statements", "references", "pledges")


@dataclass(frozen=True, slots=True)
class Product:
    """One part of `Merged`: its table, under which key a record stands in it, and what it is sorted by."""

    table: Table[Any]
    key: Callable[[Any], str]
    rank: Callable[[Any], str]


PRODUCTS: dict[str, Product] = {
    "families": Product(FAMILIES, attrgetter("id"), attrgetter("id")),
    "events": Product(EVENTS, attrgetter("id"), event_order),
    "claims": Product(CLAIMS, attrgetter("id"), claim_order),
    "processes": Product(PROCESSES, attrgetter("id"), process_order),
    "commitments": Product(COMMITMENTS, attrgetter("id"), commitment_order),
    "relations": Product(RELATIONS, relation_key, relation_key),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Touched:
    """The events that were there and those that are now, as far as touched, with what they are threaded by."""

    gone: Mapping[str, Event]
    fresh: Mapping[str, Event]
    gone_threads: Mapping[str, Threads]
    fresh_threads: Mapping[str, Threads]

    @property
    def tellings(self) -> set[str]:
        """Return the tellings of all these events."""
        return {item.event_mention for event in self._events() for item in event.tellings}

    @property
    def documents(self) -> set[str]:
        """Return the documents that tell of these events."""
        return {item.document for event in self._events() for item in event.tellings}

    def keys(self, thread: str) -> tuple[dict[str, Sequence[str]], dict[str, Sequence[str]]]:
        """Return the keys of one kind of thread, by event: those that were, those that are."""
        before, after = (
            {event: getattr(threads, thread) for event, threads in side.items()}
            for side in (self.gone_threads, self.fresh_threads)
        )
        return before, after

    def _events(self) -> Iterable[Event]:
        return (*self.gone.values(), *self.fresh.values())


def update(
    shelf: Shelf,
    digests: Sequence[Digest],
    sketched: Sequence[Sketch],
    decisions: Sequence[Decision] = (),
    *,
    again: Iterable[str] = (),
) -> None:
    """Put reports on the shelf and bring everything up to date that they touch.

    A report that the shelf has already is replaced; it must have the sentences that it had. `decisions`
    of people on what is one event are obeyed in their order; they replace those of the last update.
    `again` are known tellings whose event is to be made anew.
    """
    old = remembered(shelf, [digest.document for digest in digests])
    forget(shelf, old.values())
    keep(shelf, digests)
    prints = {sketch.document: sketch for sketch in sketched}
    copied = _tellings(shelf, regroup_families(shelf, prints, {key: prints[key] for key in old}))
    layers = {name: (_by_id(digests, name), _by_id(old.values(), name)) for name in LAYERS}
    touched = _update_events(shelf, layers["tellings"], {*again, *copied}, decisions)
    told = {**shelf.get(TELLINGS, touched.tellings), **layers["tellings"][1]}
    claims = regroup_statements(
        shelf, *layers["statements"], {item.statement for item in told.values() if item.statement}
    )
    update_steps(shelf, {*touched.fresh, *_told_in(shelf, claims)})
    ontology = load_ontology()
    relate(shelf, *touched.keys("stories"))
    update_relations(shelf, *touched.keys("dyads"), ontology)
    update_agreements(shelf, *layers["references"], ontology)
    update_negotiations(shelf, *touched.keys("talks"), ontology)
    dates = ([digest.report.published for digest in side] for side in (digests, old.values()))
    pledges, left = layers["pledges"]
    documents = touched.documents | {digest.document for digest in digests}
    update_commitments(shelf, documents, left.keys() - pledges.keys(), last_day(shelf, *dates))


def _told_in(shelf: Shelf, claims: Iterable[Mapping[str, Claim]]) -> set[str]:
    """Return the events that the statements of claims tell."""
    acts = {act.attribution for side in claims for claim in side.values() for act in claim.acts}
    tellings = {key for said in shelf.get(STATEMENTS, acts).values() for key in said.tells}
    return set(shelf.get(EVENT_OF, tellings).values())


def _by_id(digests: Iterable[Digest], layer: str) -> dict[str, Any]:
    return {item.id: item for digest in digests for item in getattr(digest, layer)}


def _tellings(shelf: Shelf, documents: Iterable[str]) -> set[str]:
    """Return the tellings of reports that are copies of others now, or no longer: their sources change."""
    return {key for report in shelf.get(REPORTS, documents).values() for key in report.tellings}


def _update_events(
    shelf: Shelf,
    layers: tuple[Mapping[str, Told], Mapping[str, Told]],
    again: Iterable[str],
    decisions: Sequence[Decision],
) -> Touched:
    """Bring the events up to date and return those that were touched.

    `layers` are the tellings that came and those that went.
    """
    fresh, gone = layers
    groups = obeyed(shelf, regroup_tellings(shelf, fresh, gone, set(again) - fresh.keys()), decisions)
    sources = sources_on(shelf, (told.telling.document for group in groups for told in group))
    made = {event.id: (event, group) for group in groups for event in (fuse(group, sources),)}
    belongs = {told.id: event for event, (_, group) in made.items() for told in group}
    before = shelf.get(EVENT_OF, belongs.keys() | gone.keys())
    ids = set(before.values())
    old = shelf.get(EVENTS, ids)
    new = {key: event for key, (event, _) in made.items()}
    threads = {key: threads_of(event, group, load_ontology()) for key, (event, group) in made.items()}
    touched = Touched(old, new, shelf.get(THREADS, ids), threads)
    shelf.put(EVENT_OF, {**dict.fromkeys(before), **belongs})
    shelf.put(EVENTS, {**dict.fromkeys(ids), **new})
    shelf.put(THREADS, {**dict.fromkeys(ids), **threads})
    return touched


@dataclass(frozen=True, slots=True)
class Merging:
    """A set of reports with what comparing them gave, in memory."""

    shelf: MemoryShelf = field(default_factory=MemoryShelf)

    def with_reports(self, contributions: Iterable[Analysis], decisions: Sequence[Decision] = ()) -> Merging:
        """Return the merging of these reports with the others; tokens may be left out.

        A report that is known already is taken once; one whose analysis has changed replaces the old.
        `decisions` are all that hold now.
        """
        given = {item.document.id: item for item in contributions}
        digests = {key: digest_of(item, load_ontology().groups) for key, item in given.items()}
        known = remembered(self.shelf, digests)
        fresh = [digests[key] for key in sorted(digests) if known.get(key) != digests[key]]
        if any(
            item.document in known and known[item.document].report.sentences != item.report.sentences
            for item in fresh
        ):
            return self._anew(given, decisions)
        shelf = self.shelf.copy()
        update(shelf, fresh, sketches([given[digest.document] for digest in fresh]), decisions)
        return Merging(shelf)

    def _anew(self, given: Mapping[str, Analysis], decisions: Sequence[Decision]) -> Merging:
        """Compare everything again, as the sentences of a known report have changed."""
        fresh = {key: digest_of(item, load_ontology().groups) for key, item in given.items()}
        documents = [report.document for report in self.shelf.all(REPORTS)]
        digests = remembered(self.shelf, documents) | fresh
        prints = self.shelf.get(SKETCHES, documents) | {
            item.document: item for item in sketches(list(given.values()))
        }
        shelf = MemoryShelf()
        update(
            shelf,
            [digests[key] for key in sorted(digests)],
            [prints[key] for key in sorted(digests)],
            decisions,
        )
        return Merging(shelf)

    def merged(self) -> Merged:
        """Return the chronicle of the reports."""
        return Merged(
            **{
                name: tuple(sorted(self.shelf.all(product.table), key=product.rank))
                for name, product in PRODUCTS.items()
            }
        )


def merge(
    contributions: Iterable[Analysis],
    *,
    as_known_on: date | None = None,
    decisions: Sequence[Decision] = (),
) -> Merged:
    """Return what a set of analyses says together; the tokens of the analyses may be left out.

    With `as_known_on` only reports count that had certainly appeared by the end of that day. The result
    depends on the set, not on its order; a document given twice counts once. `decisions` of people on what
    is one event are obeyed.
    """
    known = (item for item in contributions if as_known_on is None or known_on(item.published, as_known_on))
    return Merging().with_reports(known, decisions).merged()


def known_on(published: Published, day: date) -> bool:
    """Tell whether a report had certainly appeared by the end of a day.

    A time that was inferred counts at its likeliest day; a report of an unknown day is never known.
    """
    if published.weights:
        likeliest = min(published.weights, key=lambda item: (-item[1], item[0]))[0]
        return likeliest <= day.isoformat()
    interval = published.interval
    return interval is not None and interval.latest <= day
