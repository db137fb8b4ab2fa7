"""Decisions in a file: they show at once, as the whole merge shows them later, and outlive a rerun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle
from kroniek.ingest import merge_chronicle
from kroniek.judging import Place, Stale, applied_to, judge, rows_at, take, token_at
from kroniek.model import Analysis, Document, Entity, EntityType, Event, Judgement, Status, record_id
from kroniek.review.make import about, addition, merge_entities, one_story, undoing
from kroniek.review.stories import telling_place
from kroniek.review.values import entities_text
from kroniek.store import judgements as stored
from kroniek.store.database import Database, open_database
from tests.flows import STEPS, document, resources

REPORTS = [
    document("Kerry ontmoette Lavrov op 2016-08-26. Het gesprek duurde lang.", 1),
    document("Volgens bronnen: Kerry ontmoette Lavrov op 2016-08-26 in een hotel.", 2),
    document("Kerry ontmoette Lavrov op 2016-09-05, opnieuw zonder akkoord.", 3),
    document("Poetin ontmoette Obama op 2016-09 in China.", 4),
    document("Poetin ontmoette Erdogan en zei weinig.", 5),
]
MERKEL = Entity("person:merkel", "Angela Merkel", EntityType.PER)
SECONDS = iter(range(10**6))


def clock() -> str:
    """Return a moment that stands still, as a machine's clock may."""
    return "2026-11-22T10:00:00+00:00"


def _read(path: Path, *reports: Document, again: bool = False) -> None:
    with Chronicle.open(path, create=True) as chronicle:
        chronicle.add(reports or REPORTS, resources(), steps=STEPS, again=again, clock=clock)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.kroniek"
    _read(path)
    return path


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    with open_database(file) as found:
        yield found


def _events(database: Database) -> list[Event]:
    return list(Chronicle(database).events())


def _analysis(database: Database, place: int) -> Analysis:
    with database.reading() as connection:
        return stored.machine_analysis(connection, REPORTS[place].id)


def _event(database: Database, place: int) -> Event:
    """Return the event that a report tells."""
    return next(
        event for event in _events(database) if REPORTS[place].id in {t.document for t in event.tellings}
    )


def _decide(
    database: Database, place: int, verdict: str, field: str = "", new: str = "", by: str = "An"
) -> Judgement:
    analysis = _analysis(database, place)
    row = about("event", analysis.events[0], analysis, verdict=verdict, by=by, field=field, new=new)
    return judge(database, [row], clock=clock)[0]


def _shape(events: Sequence[Event]) -> set[tuple[object, ...]]:
    """Return events without what only a whole merge gives."""
    return {
        (event.type, event.actors, event.recipients, event.time, event.place, event.status, event.sources, event.judged,
         frozenset(telling.event_mention for telling in event.tellings))
        for event in events
    }  # fmt: skip


def _settled(database: Database) -> set[tuple[object, ...]]:
    """Return the same after the whole was merged anew."""
    merge_chronicle(database)
    return _shape(_events(database))


def test_judging_shows_a_correction_at_once_and_as_the_whole_merge_does(database: Database) -> None:
    before = _event(database, 0)
    analyses = [_analysis(database, place) for place in (0, 1)]
    rows = [
        about("event", item.events[0], item, verdict="corrected", by="An", field="actors", new=entities_text([MERKEL]))
        for item in analyses
    ]  # fmt: skip
    judge(database, rows, clock=clock)
    event = _event(database, 0)
    assert event.id == before.id
    assert (event.actors, event.judged, len(event.tellings)) == ((MERKEL.id,), ("An",), 2)
    assert Chronicle(database).named(event.actors) == ("Angela Merkel",)
    assert [item.id for item in Chronicle(database).events(actor="Angela Merkel")] == [event.id]
    state = Chronicle(database).state
    assert state.merged == state.revision > state.settled
    _decide(database, 3, "corrected", "time", "2015-01-02")
    _decide(database, 4, "corrected", "status", "planned")
    assert _events(database)[0].time == "2015-01-02"
    assert _event(database, 4).status is Status.PLANNED
    assert _shape(_events(database)) == _settled(database)


def test_judging_rejects_and_undoes(database: Database) -> None:
    before = _shape(_events(database))
    row = _decide(database, 2, "rejected")
    assert len(_events(database)) == len(before) - 1
    assert _shape(_events(database)) == _settled(database)
    judge(database, [undoing(row, by="An")], clock=clock)
    assert _shape(_events(database)) == before == _settled(database)


def test_judging_corrects_a_type_that_changes_the_id_of_the_telling(database: Database) -> None:
    _decide(database, 2, "corrected", "type", "AGREE")
    assert _event(database, 2).type == "AGREE"
    row = _decide(database, 2, "corrected", "type", "CONCEDE", by="Bo")
    assert _event(database, 2).type == "CONCEDE"
    assert _shape(_events(database)) == _settled(database)
    judge(database, [undoing(row, by="Bo")], clock=clock)
    assert _event(database, 2).type == "AGREE"


def test_judging_adds_a_missed_event(database: Database) -> None:
    analysis = _analysis(database, 2)
    start = analysis.text.index("akkoord")
    row = addition(
        "event",
        replace(analysis.events[0].trigger[0], start=start, end=start + 7),
        "AGREE",
        analysis,
        by="An",
    )
    judge(database, [row], clock=clock)
    assert {event.type for event in _events(database)} == {"CONSULT", "AGREE"}
    assert _shape(_events(database)) == _settled(database)


def test_judging_merges_and_splits_events_and_takes_it_back(database: Database) -> None:
    before = _shape(_events(database))
    places = [telling_place(_analysis(database, n), _analysis(database, n).events[0]) for n in (0, 1, 2)]
    (merge,) = judge(database, [one_story([places], by="An")], clock=clock)
    assert len(_event(database, 0).tellings) == 3
    assert _shape(_events(database)) == _settled(database)
    judge(database, [one_story([[places[0]], places[1:]], by="Bo")], clock=clock)
    assert len(_event(database, 0).tellings) == 1
    assert len(_event(database, 2).tellings) == 2
    assert _shape(_events(database)) == _settled(database)
    rows = list(Chronicle(database).judgements())
    judge(database, [undoing(rows[-1], by="Bo")], clock=clock)
    judge(database, [undoing(merge, by="An")], clock=clock)
    assert _shape(_events(database)) == before == _settled(database)


def test_judging_makes_two_actors_one_everywhere(database: Database) -> None:
    putin, obama = (Entity(f"Q-{name}", name, EntityType.PER, known=True) for name in ("Poetin", "Obama"))
    before = _shape(_events(database))
    (row,) = judge(database, [merge_entities(obama, [putin], by="An")], clock=clock)
    assert {key for event in _events(database) for key in event.actors} >= {"Q-Obama"}
    assert "Q-Poetin" not in {key for event in _events(database) for key in event.actors}
    assert "Q-Poetin" not in {actor.id for actor in Chronicle(database).actors()}
    assert _shape(_events(database)) == _settled(database)
    judge(database, [undoing(row, by="An")], clock=clock)
    assert _shape(_events(database)) == before == _settled(database)


def test_judging_puts_off_what_a_merge_of_actors_cannot_do_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kroniek.judging.MOST_AT_ONCE", 1)
    kerry, lavrov = (Entity(f"Q-{name}", name, EntityType.PER, known=True) for name in ("Kerry", "Lavrov"))
    judge(database, [merge_entities(kerry, [lavrov], by="An")], clock=clock)
    assert "Q-Lavrov" not in {key for event in _events(database) for key in event.actors}
    merge_chronicle(database)
    assert "Q-Lavrov" not in {actor.id for actor in Chronicle(database).actors()}


def test_judging_outlives_reading_again(file: Path, database: Database) -> None:
    _decide(database, 0, "corrected", "place", entities_text([MERKEL]))
    _decide(database, 2, "rejected")
    places = [telling_place(_analysis(database, n), _analysis(database, n).events[0]) for n in (3, 4)]
    putin, obama = (Entity(f"Q-{name}", name, EntityType.PER, known=True) for name in ("Poetin", "Obama"))
    judge(database, [one_story([places], by="An"), merge_entities(obama, [putin], by="An")], clock=clock)
    before = _settled(database)
    _read(file, again=True)
    assert _shape(_events(database)) == before
    _read(file, document("Kerry ontmoette Lavrov op 2016-08-26, zegt ook deze krant.", 9))
    assert _event(database, 0).place == MERKEL.id
    assert len(_event(database, 0).tellings) == 3


def test_judging_refuses_what_was_decided_without_seeing_another_decision(database: Database) -> None:
    analysis = _analysis(database, 2)
    place = Place("event", analysis.document.id, record_id(analysis.document.id, analysis.events[0].id))
    with database.reading() as connection:
        seen = token_at(connection, place)
    mine, theirs = (
        about("event", analysis.events[0], analysis, verdict="corrected", by=by, field="type", new=new)
        for by, new in (("An", "AGREE"), ("Bo", "CONCEDE"))
    )
    judge(database, [theirs], clock=clock, tokens={place: seen})
    with pytest.raises(Stale) as stale:
        judge(database, [mine], clock=clock, tokens={place: seen})
    assert [row.by for row in stale.value.theirs] == ["Bo"]
    with database.reading() as connection:
        assert [row.by for row in rows_at(connection, place)] == ["Bo"]
        seen = token_at(connection, place)
    judge(database, [mine], clock=clock, tokens={place: seen})
    with database.reading() as connection:
        (judged,) = applied_to(connection, analysis.document.id).judged
    assert {row.by for row in judged.contested} == {"An", "Bo"}


def test_judging_takes_the_rows_of_a_colleague_once(database: Database, tmp_path: Path) -> None:
    _decide(database, 2, "rejected")
    rows = list(Chronicle(database).judgements())
    _read(tmp_path / "b.kroniek")
    with open_database(tmp_path / "b.kroniek") as other:
        for expected in (1, 0):
            with other.writing() as connection:
                assert len(take(connection, rows)) == expected
        assert _shape(_events(other)) == _shape(_events(database))
        strange = replace(rows[0], document="doc-nowhere")
        with other.writing() as connection:
            assert take(connection, [strange]) == [strange]
