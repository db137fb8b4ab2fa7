"""Hostile reports and hostile requests: shown as text, answered with words that help, and nothing else happens."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kroniek.model import (
    Analysis,
    Argument,
    Attribution,
    Claim,
    ClaimAct,
    Document,
    Entity,
    EntityType,
    Event,
    EventMention,
    Evidence,
    Gap,
    Header,
    HowKnown,
    Link,
    Mention,
    MentionKind,
    Merged,
    Origin,
    Phase,
    Process,
    Published,
    Rejection,
    Sentence,
    Span,
    SpeechKind,
    Stance,
    Status,
    Telling,
    Timex,
    TimexType,
    Zone,
    ZoneKind,
    interval_of,
    record_id,
)
from kroniek.store.database import open_database
from kroniek.store.queue import write_queue
from kroniek.store.state import read_state
from kroniek.store.write import Versions, add_analysis, add_rejection, begin_run, write_merged
from kroniek.web.app import create_app
from tests.web.paths import PLAIN, every_path

SCRIPT = "<script>alert('x')</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
ODD = "\u202eomgekeerd\u202c \u0000 \ufeff \U0001f9e8 e\u0301\u0301\u0301"
PERSON = f"person:{IMAGE}/../../etc"
LONG = 5_000_000  # code points of the longest report
NAMES = 20_000  # names in it


def _report(name: str, content: str, *, names: int = 1) -> Analysis:
    step = max(40, len(content) // (names + 1))
    people = [
        Mention(Span(place, place + 8), MentionKind.NAME, EntityType.PER)
        for place in range(0, step * names, step)
    ]
    trigger, sentence = Span(10, 18), Span(0, 40)
    return Analysis(
        Document(content, Origin(f"../../{SCRIPT}/{name}.txt", outlet=f"{IMAGE}{ODD}"), name=name),
        Header(title=f"{SCRIPT}{ODD}"), Published("2016-09-08", HowKnown.INFERRED, grounds=SCRIPT),
        zones=(Zone(ZoneKind.PARAGRAPH, Span(0, len(content))),), sentences=(Sentence(sentence, 0, 0),),
        names=tuple(people), mentions=tuple(people), entities=(Entity(PERSON, IMAGE, EntityType.PER, wikidata=SCRIPT),),
        links=tuple(Link(item.id, (PERSON,), 1.0, SCRIPT) for item in people),
        timexes=(Timex(Span(20, 26), TimexType.DATE, SCRIPT),),
        attributions=(
            Attribution(Span(0, 8), (Span(9, 12),), (Span(12, 40),), SpeechKind.DIRECT, Stance.DENIES, (PERSON, SCRIPT)),
        ),
        events=(
            EventMention((trigger,), "CONSULT", SCRIPT, arguments=(Argument("actor", (PERSON,)),), time="2016-09-08",
                         interval=interval_of("2016-09-08"), place=IMAGE, according_to=(SCRIPT,),
                         numbers=((SCRIPT, IMAGE),)),
        ),
        gaps=(Gap(SCRIPT, f"{IMAGE}{ODD}", Span(0, 30)),),
    )  # fmt: skip


def _merged(report: Analysis) -> Merged:
    identity, mention = report.document.id, report.events[0]
    evidence = Evidence(identity, mention.trigger[0], report.sentences[0].span)
    telling = Telling(
        record_id(identity, mention.id), identity, evidence, Status.HAPPENED, "2016-09-08", SCRIPT
    )
    statement = record_id(identity, report.attributions[0].id)
    event = Event(
        "event-hostile", "CONSULT", SCRIPT, (PERSON,), (SCRIPT,), "2016-09-08", mention.interval, IMAGE, Status.HAPPENED,
        (telling, Telling("gone", "doc-gone", Evidence("doc-gone", Span(0, 1), Span(0, 1)), Status.DENIED, "x")),
        history=(("2016", Status.PLANNED, "gone"), (SCRIPT, Status.HAPPENED, "gone")), according_to=(SCRIPT,),
        related=((SCRIPT, "event-gone"), (SCRIPT, "event-hostile")),
    )  # fmt: skip
    act = ClaimAct(statement, identity, (PERSON, SCRIPT), "denies", SCRIPT, evidence)
    phase = Phase(SCRIPT, SCRIPT, evidence, SCRIPT, "event-gone", SCRIPT)
    return Merged(
        events=(event,), claims=(Claim("claim-hostile", SCRIPT, SCRIPT, (act,), (PERSON,), (SCRIPT,)),),
        processes=(Process("process-hostile", SCRIPT, SCRIPT, (PERSON,), IMAGE, (phase,), ("event-gone",)),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a browser on a file in which every field was written by an enemy."""
    path = tmp_path_factory.mktemp("hostile") / f"{'x' * 40} & <b>.kroniek"
    first = _report("eerste", f"{SCRIPT} {IMAGE} {ODD} " * 3)
    long = _report("lang", ("Kerry <b>sprak</b> met Lavrov. " * (LONG // 31)), names=NAMES)
    database = open_database(path, create=True)
    with database.writing() as connection:
        run = begin_run(connection, Versions("test", "nl", "test"), "2026-01-01T00:00:00")
        for report in (first, long):
            add_analysis(connection, report, run=run, now="2026-01-01T00:00:00")
        add_rejection(connection, Rejection(f"{SCRIPT}.txt", IMAGE, SCRIPT), run=run)
        write_merged(connection, _merged(first), revision=read_state(connection).revision)
        write_queue(connection, (), read_state(connection).revision)
    database.close()
    with TestClient(create_app(path), base_url="http://localhost") as client:
        yield client


def _escaped(content: str) -> bool:
    """Tell whether none of our enemy's tags is one; our own pages have no such tags."""
    return not re.search(r"<script>|<img|<b>", content)


def test_hostile_words_in_every_field_are_shown_as_text(hostile: TestClient) -> None:
    paths = [*every_path(hostile), "/events/event-hostile", "/claims/claim-hostile", "/processes/process-hostile",
             f"/actors/{PERSON}", f"/timeline?actor={SCRIPT}", f"/search?q={SCRIPT}", f"/knowledge?q={IMAGE}"]  # fmt: skip
    for path in paths:
        answer = hostile.get(path)
        assert answer.status_code in (200, 404), path
        assert _escaped(answer.text), path
        assert answer.text.count("<script") == answer.text.count("<script src="), path
    assert "&lt;script&gt;alert" in hostile.get("/events/event-hostile").text


def test_hostile_report_of_five_megabytes_is_read_in_parts(hostile: TestClient) -> None:
    identity = next(
        item["id"]
        for item in hostile.get("/api/v1/documents").json()["items"]
        if item["characters"] > 1_000_000
    )
    for place in (0, LONG // 2, LONG - 10, LONG * 2):
        begun = time.perf_counter()
        answer = hostile.get(f"/reports/{identity}?at={place}&end={place + 5}")
        assert answer.status_code == 200
        assert len(answer.content) < 2_000_000
        assert time.perf_counter() - begun < 5
    assert 'id="here"' in hostile.get(f"/reports/{identity}?at=4000000&end=4000005").text


WRONG = (
    ("/nothing-here", 404), ("/events/nothing", 404), ("/events/%00", 404), ("/events/event-%F0%9F%A7%A8", 404),
    ("/claims/x", 404), ("/processes/x", 404), ("/statements/x", 404), ("/reports/x", 404), ("/actors/nobody", 404),
    ("/knowledge/nobody:at-all", 404), ("/timeline?from=yesterday", 400), ("/timeline?to=2016-02-31", 400),
    ("/timeline?type=PARTY", 400), ("/timeline?group=nice", 400), ("/timeline?status=%3Cb%3E", 400),
    ("/timeline?after=-1", 400), ("/timeline?after=1e9", 400), ("/timeline?after=99999999999999999999", 400),
    ("/timeline?before=%D9%A1", 400), ("/timeline?actor=" + "x" * 300, 400), ("/timeline?q=" + "a+" * 50, 400),
    ("/statements?after=a~b", 400), ("/statements?after=a~b~c", 400), ("/statements?stance=shouts", 400),
    ("/claims?standing=wrong", 400), ("/actors?offset=x", 400), ("/actors?type=DOG", 400), ("/network?pairs=many", 400),
    ("/reports?after=x", 400), ("/search?q=" + "a+" * 50, 400), ("/gaps?after=a~b", 400), ("/relations?from=x", 400),
    ("/static/../app.py", 404), ("/static/%2e%2e/app.py", 404), ("/static/..%2f..%2fapp.py", 404),
    ("/static/%5c..%5capp.py", 404), ("/static/", 404), ("/static/%00", 404),
)  # fmt: skip


@pytest.mark.parametrize(("path", "status"), WRONG)
def test_hostile_addresses_get_a_page_that_helps(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "<h1>" in answer.text
    assert 'href="/search"' in answer.text
    assert "content-security-policy" in answer.headers


def test_hostile_values_in_every_filter_never_break_a_page(hostile: TestClient) -> None:
    values = (
        SCRIPT,
        ODD,
        "'",
        '"',
        '" OR 1=1 --',
        "*",
        "NEAR(a b)",
        "%",
        "_",
        "\x00",
        "-1",
        "9" * 30,
        "~~~",
        "é" * 150,
    )
    names = (
        "q",
        "actor",
        "place",
        "from",
        "type",
        "after",
        "before",
        "offset",
        "pairs",
        "step",
        "reason",
        "at",
        "layer",
    )
    pages = dict.fromkeys(path.partition("?")[0] for path in PLAIN)
    for path, name, value in product(pages, names, values):
        answer = hostile.get(path, params={name: value})
        assert answer.status_code < 500, (path, name, value)
        assert _escaped(answer.text), (path, name, value)


def test_hostile_fault_of_our_own_is_a_safe_page_without_its_cause(
    example_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(example_file)

    def fail() -> Any:
        raise RuntimeError("secret words")

    app.add_api_route("/broken", fail)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "kroniek" in answer.text
    assert "content-security-policy" in answer.headers
    assert "secret words" in caplog.text
