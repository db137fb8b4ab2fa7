"""The API: cursors lead through everything once, ETags follow the file, errors say what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from kroniek.chronicle import Chronicle
from kroniek.web.api.cursors import pack, unpack
from kroniek.web.app import create_app
from kroniek.web.problems import BadRequest

ROOT = "/api/v1"
LISTS = ("documents", "events", "statements", "claims", "processes", "actors", "relations", "gaps")


def _all(client: TestClient, path: str, limit: int) -> list[Any]:
    found, cursor = [], ""
    for _ in range(1_000):
        answer = client.get(
            f"{ROOT}/{path}", params={"limit": limit, "cursor": cursor} if cursor else {"limit": limit}
        )
        assert answer.status_code == 200, answer.text
        content = answer.json()
        assert len(content["items"]) <= limit
        found += content["items"]
        cursor = content["next"] or ""
        if not cursor:
            return found
    raise AssertionError(f"{path}: the cursor has no end")


@pytest.mark.parametrize("name", LISTS)
def test_api_small_pages_give_the_same_records_as_a_large_one(client: TestClient, name: str) -> None:
    whole = _all(client, name, 500)
    assert whole
    assert _all(client, name, 7) == whole


def test_api_lists_hold_what_the_file_holds(client: TestClient, example_file: Path) -> None:
    with Chronicle.open(example_file) as chronicle:
        assert [item["id"] for item in _all(client, "events", 50)] == [
            event.id for event in chronicle.events()
        ]
        assert {item["id"] for item in _all(client, "documents", 5)} == {
            doc.id for doc in chronicle.documents()
        }
        assert [item["id"] for item in _all(client, "statements", 9)] == [
            item.id for item in chronicle.statements()
        ]
        assert {item["id"] for item in _all(client, "claims", 9)} == {
            claim.id for claim in chronicle.claims()
        }
        assert len(_all(client, "gaps", 50)) == len(list(chronicle.gaps()))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"from": "2016-09", "to": "2016-12"}, {"since": "2016-09-01", "until": "2016-12-31"}),
        ({"actor": "Rusland"}, {"actor": "Rusland"}),
        ({"type": "CONSULT", "status": "happened"}, {"type": "CONSULT", "statuses": ("happened",)}),
        ({"q": "bestand"}, {"about": "bestand"}),
    ],
)
def test_api_filters_mean_the_same_as_on_the_command_line(
    client: TestClient, example_file: Path, query: dict[str, str], wanted: dict[str, Any]
) -> None:
    from kroniek.model import Status

    if "statuses" in wanted:
        wanted = {**wanted, "statuses": tuple(Status(value) for value in wanted["statuses"])}
    found = [
        item["id"] for item in client.get(f"{ROOT}/events", params={**query, "limit": 500}).json()["items"]
    ]
    with Chronicle.open(example_file) as chronicle:
        assert found == [event.id for event in chronicle.events(**wanted)]
    assert found


def test_api_each_record_has_its_own_address(client: TestClient) -> None:
    for name in ("documents", "events", "statements", "claims", "processes", "actors"):
        for item in _all(client, name, 500)[:3]:
            answer = client.get(f"{ROOT}/{name}/{item['id']}")
            assert answer.status_code == 200
            assert answer.json()["id"] == item["id"]


def test_api_words_stand_where_the_offsets_say(client: TestClient) -> None:
    for item in _all(client, "events", 500)[:20]:
        for telling in item["tellings"]:
            evidence = telling["evidence"]
            content = client.get(f"{ROOT}/documents/{evidence['document']}").json()["text"]
            assert content[evidence["start"] : evidence["end"]] == evidence["words"]
            assert evidence["words"] in evidence["sentence"]


def test_api_etag_spares_the_answer_until_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "klein.kroniek"
    with Chronicle.open(path, create=True):
        pass
    with TestClient(create_app(path), base_url="http://localhost") as client:
        first = client.get(f"{ROOT}/events")
        same = client.get(f"{ROOT}/events", headers={"If-None-Match": first.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        other = client.get(f"{ROOT}/gaps", headers={"If-None-Match": first.headers["etag"]})
        assert other.status_code == 200
        with Chronicle.open(path) as chronicle:
            chronicle.read(
                [str(Path(__file__).parents[2] / "examples" / "reports" / "10-correctie-2017-04-13.txt")]
            )
        changed = client.get(f"{ROOT}/events", headers={"If-None-Match": first.headers["etag"]})
        assert changed.status_code == 200
        assert changed.json()["items"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("events/nothing", 404), ("documents/%2e%2e%2fetc", 404), ("claims/%00", 404), ("nothing", 404),
        ("events?from=2016-13", 400), ("events?type=PARTY", 400), ("events?status=maybe", 400),
        ("events?cursor=%%%", 400), ("events?cursor=WyIxIl0", 400), ("events?limit=0", 400),
        ("events?limit=100000", 400), ("search", 400), ("search?q=" + "a+" * 60, 400), ("documents?cursor=WzFd", 400),
    ],
)  # fmt: skip
def test_api_errors_are_problem_details(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"] and problem["instance"].startswith(ROOT)


def test_api_writes_nothing(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, f"{ROOT}/events").status_code in (403, 405)


def test_api_describes_itself_validly(client: TestClient) -> None:
    schema = client.get(f"{ROOT}/openapi.json").json()
    assert {f"/{name}" for name in LISTS} <= schema["paths"].keys()
    for shape in schema["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    page = client.get(f"{ROOT}/docs").text
    assert all(f"{ROOT}{path}" in page for path in schema["paths"])


def test_cursors_come_back_and_strange_ones_are_refused() -> None:
    assert unpack(pack("2016-09-08", "doc-é", 3), "", "", -1) == ("2016-09-08", "doc-é", 3)
    for strange in ("x", pack(1), pack("a", "b"), pack(2**63), pack(-5), "é", "W10"):
        with pytest.raises(BadRequest):
            unpack(strange, -1) if strange not in (pack(1),) else unpack(strange, "")


@pytest.mark.slow
def test_api_schemathesis_finds_no_fault(example_file: Path) -> None:
    app = create_app(example_file)
    host = {"Host": "localhost"}
    schema = schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", app, headers=host)
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        tried += 1

        for case in _examples(operation.as_strategy(), 25):
            case.call_and_validate(
                headers=host,
                checks=(not_a_server_error, content_type_conformance, response_schema_conformance),
            )
    assert tried >= len(LISTS)


def _examples(strategy: Any, count: int) -> list[Any]:
    from hypothesis import given

    found: list[Any] = []

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=strategy)
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    return found
