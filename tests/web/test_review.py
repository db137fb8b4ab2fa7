"""The review pages without a script: forms do what they say, forged and broken ones do nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kroniek.chronicle import Chronicle
from kroniek.desk import standing
from kroniek.model import Event, Judgement, record_id
from kroniek.store.database import open_database
from kroniek.web.app import create_app
from kroniek.web.settings import Settings
from tests.web.conftest import ORIGIN, token

FIELDS = re.compile(r'name="(?P<name>kind|document|record|token)" value="(?P<value>[^"]*)"')
POSTS = (
    "/review/judge", "/review/undo", "/review/copies", "/review/settle", "/review/keys", "/review/actors",
    "/review/adjudicate", "/review/events/x/merge", "/review/events/x/split", "/review/add/x", "/coding", "/coding/x",
    "/coding/x/adjudicate",
)  # fmt: skip


@pytest.fixture
def file(example_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "voorbeeld.kroniek"
    shutil.copy(example_file, path)
    return path


@pytest.fixture
def an(file: Path) -> Iterator[TestClient]:
    """A browser of somebody called An."""
    with TestClient(create_app(file, settings=Settings()), base_url=ORIGIN) as found:
        _send(found, "/coder", name="An")
        yield found


def _send(client: TestClient, path: str, **fields: Any) -> Any:
    """Send a form as a browser does from one of our own pages."""
    data = {"csrf": token(client), **fields}
    return client.post(path, data=data, headers={"origin": ORIGIN})


def _card(client: TestClient, path: str) -> dict[str, str]:
    """Return the hidden fields of the first card on a page."""
    found: dict[str, str] = {}
    for match in FIELDS.finditer(client.get(path).text):
        found.setdefault(match["name"], unescape(match["value"]))
    return found


def _rows(file: Path) -> list[Judgement]:
    with Chronicle.open(file) as chronicle:
        return list(chronicle.judgements())


def _events(file: Path, **wanted: Any) -> list[Event]:
    with Chronicle.open(file) as chronicle:
        return list(chronicle.events(**wanted))


@pytest.mark.parametrize("path", POSTS)
def test_review_forged_forms_do_nothing(an: TestClient, file: Path, path: str) -> None:
    right = _card(an, "/review?kind=events")
    for data, headers in (
        ({**right, "act": "rejected"}, {"origin": ORIGIN}),
        ({**right, "act": "rejected", "csrf": "0" * 64}, {"origin": ORIGIN}),
        ({**right, "act": "rejected", "csrf": token(an)}, {"origin": "http://strange.example"}),
    ):
        assert an.post(path, data=data, headers=headers).status_code == 403
    assert _rows(file) == []


def test_review_accepts_corrects_and_takes_the_whole_act_back(an: TestClient, file: Path) -> None:
    before = {event.id: event for event in _events(file)}
    card = _card(an, "/review?kind=events")
    answer = _send(
        an,
        "/review/judge",
        **card,
        act="edit",
        status="cancelled",
        time="2016-09",
        back="/review?kind=events",
    )
    assert answer.status_code == 200
    assert [(row.verdict, row.field, row.new, row.by) for row in _rows(file)] == [
        ("corrected", "time", "2016-09", "An"), ("corrected", "status", "cancelled", "An"), ("accepted", "", "", "An"),
    ]  # fmt: skip
    (changed,) = [event for event in _events(file) if event.judged]
    assert (changed.time, changed.status.value) == ("2016-09", "cancelled")
    last = _rows(file)[-1]
    _send(an, "/review/undo", id=last.id, whole="yes")
    assert {event.id: event for event in _events(file)} == before


def test_review_names_an_actor_from_the_file_the_knowledge_base_or_anew(an: TestClient, file: Path) -> None:
    card = _card(an, "/review?kind=events")
    refused = _send(an, "/review/judge", **card, act="edit", actors_sent="1", actors_new="Xyzzy Qwertz")
    assert refused.status_code == 400
    assert "Xyzzy Qwertz" in refused.text
    assert _rows(file) == []
    _send(
        an,
        "/review/judge",
        **card,
        act="edit",
        actors_sent="1",
        actors_new="Angela Merkel; Xyzzy Qwertz",
        actors_type="PER",
    )
    with Chronicle.open(file) as chronicle:
        (event,) = [item for item in chronicle.events() if item.judged]
        assert set(chronicle.named(event.actors)) == {"Angela Merkel", "Xyzzy Qwertz"}
    assert "Xyzzy Qwertz" in an.get("/actors?q=xyzzy").text


def test_review_shows_both_when_somebody_was_first(an: TestClient, file: Path) -> None:
    card = _card(an, "/review?kind=statements")
    with TestClient(create_app(file, settings=Settings()), base_url=ORIGIN) as bo:
        _send(bo, "/coder", name="Bo")
        assert _send(bo, "/review/judge", **card, act="choose", choice="denies").status_code == 200
    late = _send(an, "/review/judge", **card, act="choose", choice="demands")
    assert late.status_code == 409
    assert "Bo" in late.text
    assert {row.by for row in _rows(file)} == {"Bo"}
    again = {**card, "token": re.findall(r'name="token" value="(\w+)"', late.text)[0]}
    assert _send(an, "/review/judge", **again, act="choose", choice="demands").status_code == 200
    with open_database(file) as database, database.reading() as connection:
        (contested,) = standing(connection).contested
    assert {row.new for row in contested} == {"denies", "demands"}
    assert "demands" in an.get("/review/conflicts").text or "eist" in an.get("/review/conflicts").text


def test_review_offers_the_wire_copies_of_a_telling(an: TestClient, file: Path) -> None:
    event = next(
        item for item in _events(file)
        if len({telling.document for telling in item.tellings if telling.family}) > 1
    )  # fmt: skip
    telling = next(item for item in event.tellings if item.family)
    path = f"/review/record/event/{telling.document}/{telling.event_mention}"
    page = _send(an, "/review/judge", **_card(an, path), act="accepted", back=path)
    offered = re.findall(r'name="copies" value="([^"]+)"', page.text)
    assert offered == [f"{telling.document}:{telling.event_mention}"]
    _send(an, "/review/copies", copies=offered[0], back=path)
    copies = [item for item in event.tellings if item.family == telling.family]
    assert len({row.document for row in _rows(file)}) == len({item.document for item in copies}) > 1


def test_review_corrects_who_is_meant_wherever_the_same_words_stand(an: TestClient, file: Path) -> None:
    with Chronicle.open(file) as chronicle:
        name, places = _named_often(chronicle)
        document, mention = places[0]
        record = record_id(document, mention)
    path = f"/review/record/name/{document}/{record}"
    choices = re.findall(
        r'name="choice" value="([^"]*)"(?: data-digit="."| aria-pressed="true")*>', an.get(path).text
    )
    other = next(value for value in map(unescape, choices) if name not in value)
    _send(an, "/review/judge", **_card(an, path), act="choose", choice=other, scope="words")
    assert sum(row.field == "entity" for row in _rows(file)) == len(places) > 1
    one = _rows(file)[0]
    _send(an, "/review/judge", **_card(an, f"/review/record/name/{one.document}/{one.record}"), act="unlink")
    with Chronicle.open(file) as chronicle:
        found = chronicle.analysis(one.document)
    assert one.span is not None
    assert f"m{one.span.start}-{one.span.end}" not in {link.mention for link in found.links}
    assert f"m{one.span.start}-{one.span.end}" in {item.id for item in found.mentions}


def _named_often(chronicle: Chronicle) -> tuple[str, list[tuple[str, str]]]:
    """Return words that mean one person in several places, by its name, and those places."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for analysis in chronicle.analyses():
        people = {entity.id: entity.name for entity in analysis.entities if entity.type == "PER"}
        words = {item.id: item.span.of(analysis.text) for item in analysis.mentions}
        for link in analysis.links:
            if len(link.entities) == 1 and link.entities[0] in people and len(people) > 2:
                key = (people[link.entities[0]], words[link.mention])
                found.setdefault(key, []).append((analysis.document.id, link.mention))
    (name, _), places = max(found.items(), key=lambda item: len(item[1]))
    return name, places


def test_review_parts_and_joins_events(an: TestClient, file: Path) -> None:
    event = max(_events(file), key=lambda item: len(item.tellings))
    first = event.tellings[0].event_mention
    assert _send(an, f"/review/events/{event.id}/split").status_code == 400
    _send(an, f"/review/events/{event.id}/split", telling=first)
    alone = next(item for item in _events(file) if first in {t.event_mention for t in item.tellings})
    assert len(alone.tellings) == 1
    other = next(
        item
        for item in _events(file)
        if event.tellings[1].event_mention in {t.event_mention for t in item.tellings}
    )
    _send(an, f"/review/events/{alone.id}/merge", same=other.id)
    joined = next(item for item in _events(file) if first in {t.event_mention for t in item.tellings})
    assert len(joined.tellings) == len(event.tellings)


@pytest.mark.parametrize(
    ("kind", "label"), [("event", "AGREE"), ("name", "ORG"), ("time", "DATE"), ("statement", "asserts")]
)
def test_review_adds_what_was_missed_by_its_words(an: TestClient, file: Path, kind: str, label: str) -> None:
    with Chronicle.open(file) as chronicle:
        document = next(iter(chronicle.documents()))
    words = re.findall(r"[a-z]{7,}", document.text)[3]
    page = _send(an, f"/review/add/{document.id}", kind=kind, words=words, **{f"label_{kind}": label})
    assert page.status_code == 200
    assert page.url.path.startswith(f"/review/record/{kind}/{document.id}/")
    assert f'">{words}</mark>' in page.text
    (row,) = _rows(file)
    assert (row.verdict, row.words) == ("added", words)
    missing = _send(
        an, f"/review/add/{document.id}", kind=kind, words="staat er niet", **{f"label_{kind}": label}
    )
    assert missing.status_code == 400


def test_review_every_page_of_the_queue_can_be_shown(an: TestClient) -> None:
    for kind in ("", "events", "links", "actors", "statements", "merges", "phases", "names", "strange"):
        for skip in (0, 1, 7, 500):
            assert an.get(f"/review?kind={kind}&skip={skip}").status_code == 200


def test_review_takes_no_harm_from_hostile_forms(an: TestClient, file: Path) -> None:
    card = _card(an, "/review?kind=events")
    for change in (
        {"kind": "colour"}, {"kind": "entity"}, {"document": "../../etc/passwd"}, {"record": "'; DROP TABLE judgement; --"},
        {"act": "explode"}, {"act": "choose", "choice": "<script>"}, {"act": "edit", "time": "gisteren"},
        {"act": "edit", "trigger": "woorden die er niet staan"}, {"act": "edit", "type": "DANCE"},
        {"act": "edit", "actors_sent": "1", "actors_new": "x" * 301}, {"token": "0" * 12}, {"item": "9" * 12, "act": "edit", "type": ""},
    ):  # fmt: skip
        answer = _send(an, "/review/judge", **{"act": "accepted", **card, **change})
        assert 400 <= answer.status_code < 500, change
        assert "<script>alert" not in answer.text
    for path in (
        "/review/record/event/x/y",
        "/review/record/strange/x/y",
        "/review/events/x",
        "/review/add/x",
        "/coding/x",
    ):
        assert an.get(path).status_code == 404
    assert an.get("/review?skip=" + "9" * 400).status_code == 200
    assert _rows(file) == []


def test_review_goes_on_to_its_own_pages_only(an: TestClient) -> None:
    card = _card(an, "/review?kind=events")
    data = {"csrf": token(an), **card, "act": "accepted"}
    for strange in (
        "//strange.example",
        "https://strange.example",
        "/review\r\nX: y",
        "/\\strange.example",
        "javascript:1",
    ):
        answer = an.post(
            "/review/judge",
            data={**data, "back": strange},
            headers={"origin": ORIGIN},
            follow_redirects=False,
        )
        assert answer.headers.get("location", "/review").startswith("/review"), strange
        data["token"] = _card(an, f"/review/record/event/{card['document']}/{card['record']}")["token"]


def test_review_escapes_a_coder_and_an_actor_with_a_script_for_a_name(an: TestClient, file: Path) -> None:
    _send(an, "/coder", name="<img src=x onerror=alert(1)>")
    card = _card(an, "/review?kind=events")
    _send(
        an,
        "/review/judge",
        **card,
        act="edit",
        actors_sent="1",
        actors_new="<script>alert(1)</script>",
        actors_type="ORG",
    )
    assert [row.by for row in _rows(file)][:1] == ["<img src=x onerror=alert(1)>"]
    event = next(item for item in _events(file) if item.judged)
    for path in (
        "/review/log",
        f"/events/{event.id}",
        f"/review/events/{event.id}",
        "/actors?q=script",
        "/review/conflicts",
    ):
        page = an.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_coding_is_blind_until_done_and_adjudication_holds(an: TestClient, file: Path) -> None:
    with TestClient(create_app(file, settings=Settings()), base_url=ORIGIN) as bo:
        _send(bo, "/coder", name="Bo")
        sample = _send(an, "/coding", per_layer="1", seed="5").url.path
        for client, pick in ((an, 0), (bo, 1)):
            while 'name="unit"' in (page := client.get(sample).text):
                assert ("Bo" if client is an else ">An<") not in page.partition("<main")[2]
                unit = re.findall(r'name="unit" value="([^"]+)"', page)[0]
                choices = [unescape(value) for value in re.findall(r'name="choice" value="([^"]*)"', page)]
                answer = _send(
                    client, sample, unit=unescape(unit), choice=choices[min(pick, len(choices) - 1)]
                )
                assert answer.status_code == 200
        page = bo.get(f"{sample}/agreement").text
        assert "Cohens kappa" in page
        open_units = re.findall(
            r'name="unit" value="([^"]+)".*?name="choice" value="([^"]*)"', page, re.DOTALL
        )
        assert open_units
        before = _rows(file)
        for unit, choice in open_units:
            _send(bo, f"{sample}/adjudicate", unit=unescape(unit), choice=unescape(choice))
        assert len(_rows(file)) == len(before) + len(open_units)
        assert 'name="unit"' not in bo.get(f"{sample}/agreement").text
        assert _send(bo, sample, unit=unescape(open_units[0][0]), choice="DANCE").status_code == 400
