"""Pages of events and lists: filters, counts and orders agree with the records themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.model import Event, Status
from kroniek.store import browse, listing
from kroniek.store.browse import Wanted
from tests.web.large import write_large

EVENTS = 200


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    path: Path = tmp_path_factory.mktemp("browse") / "klein.kroniek"
    write_large(path, EVENTS)
    with Chronicle.open(path) as found:
        yield found


def _events(chronicle: Chronicle) -> list[Event]:
    return list(chronicle.merged.events)


def _found(chronicle: Chronicle, wanted: Wanted) -> list[str]:
    with chronicle._database.reading() as connection:
        places = browse.find_positions(connection, wanted, limit=10_000)
        assert browse.count_events(connection, wanted) == len(places)
        assert sum(browse.count_statuses(connection, wanted).values()) == len(places)
        return [event.id for event in browse.load_at(connection, places).values()]


def test_browse_filters_choose_what_the_records_say(chronicle: Chronicle) -> None:
    events = _events(chronicle)
    assert _found(chronicle, Wanted()) == [event.id for event in events]
    kind = events[0].type
    assert _found(chronicle, Wanted(types=(kind,))) == [event.id for event in events if event.type == kind]
    assert _found(chronicle, Wanted(statuses=("denied",))) == [
        event.id for event in events if event.status is Status.DENIED
    ]
    place = next(event.place for event in events if event.place)
    assert _found(chronicle, Wanted(places=(place,))) == [
        event.id for event in events if event.place == place
    ]
    actor = events[0].actors[0]
    assert _found(chronicle, Wanted(actors=(actor,))) == [
        event.id for event in events if actor in (*event.actors, *event.recipients)
    ]
    assert _found(chronicle, Wanted(actors=())) == _found(chronicle, Wanted(places=())) == []


def test_browse_dates_fit_what_can_have_happened_then(chronicle: Chronicle) -> None:
    wanted = Wanted(since="2014-01-15", until="2015-12-31")
    assert _found(chronicle, wanted) == [
        event.id for event in _events(chronicle)
        if event.interval and event.interval.latest.isoformat() >= wanted.since
        and event.interval.earliest.isoformat() <= wanted.until
    ]  # fmt: skip


def test_browse_pages_go_on_and_back_over_all(chronicle: Chronicle) -> None:
    with chronicle._database.reading() as connection:
        whole = browse.find_positions(connection, Wanted(), limit=10_000)
        pages, after = [], -1
        while page := browse.find_positions(connection, Wanted(), after=after, limit=33):
            pages += page
            after = page[-1]
        assert pages == whole
        assert browse.find_positions(connection, Wanted(), before=whole[50], limit=20) == whole[30:50]


def test_browse_months_count_only_what_is_known_to_the_month(chronicle: Chronicle) -> None:
    known = [event for event in _events(chronicle) if event.interval and event.interval.days() <= 31]
    with chronicle._database.reading() as connection:
        assert sum(row.events for row in browse.count_months(connection, Wanted())) == len(known)


def test_browse_names_lead_to_entities_whole_before_part(chronicle: Chronicle) -> None:
    with chronicle._database.reading() as connection:
        assert browse.find_ids(connection, "LAND  1") == ("country:Z01",)
        assert "country:Z01" in browse.find_ids(connection, "land")
        assert browse.find_ids(connection, "niemand") == ()
        assert listing.names_of(connection, ["country:Z01", "nobody"]) == {"country:Z01": "Land 1"}


def test_listing_counts_actors_as_their_records_do(chronicle: Chronicle) -> None:
    by_hand = {item.id: item for item in chronicle.actors()}
    with chronicle._database.reading() as connection:
        found = listing.find_actors(connection, limit=10_000)
    assert found == list(by_hand.values())


def test_listing_refs_lead_to_the_records_that_speak_of_them(chronicle: Chronicle) -> None:
    claim = chronicle.claims()[0]
    with chronicle._database.reading() as connection:
        for ref in (claim.about, claim.acts[0].attribution, claim.acts[0].document):
            records = [record for _, record in listing.find_records(connection, "claims", ref=ref)]
            assert claim in records
        assert listing.load_record(connection, "claims", claim.id) == claim
        assert listing.find_records(connection, "claims", ref="nothing") == []
        family = chronicle.families()[0]
        assert listing.find_records(connection, "families", ref=family.documents[1])[0][1] == family


def test_listing_dyads_sum_relations(chronicle: Chronicle) -> None:
    relations = chronicle.merged.relations
    with chronicle._database.reading() as connection:
        found = listing.find_dyads(connection, limit=10_000)
    assert sum(item.events for item in found) == sum(len(item.events) for item in relations)
    assert [item.events for item in found] == sorted((item.events for item in found), reverse=True)


def test_listing_pairs_count_an_event_of_both_directions_once(chronicle: Chronicle) -> None:
    relations = chronicle.merged.relations
    between: dict[tuple[str, str], set[str]] = {}
    for item in relations:
        pair = (min(item.source, item.target), max(item.source, item.target))
        between.setdefault(pair, set()).update(item.events)
    with chronicle._database.reading() as connection:
        found = listing.find_pairs(connection, limit=10_000)
        month = relations[0].period
        in_month = listing.find_pairs(connection, since=month, until=month, limit=10_000)
    assert {(pair.source, pair.target): pair.events for pair in found} == {
        pair: len(events) for pair, events in between.items()
    }
    assert sum(pair.events for pair in in_month) == len(
        {event for item in relations if item.period == month for event in item.events}
    )
