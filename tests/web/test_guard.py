"""What stands before every page: names, sizes, forged forms, the password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kroniek.web.app import create_app
from kroniek.web.settings import Password, ServeError, Settings, is_loopback
from kroniek.web.workbench import TRIES, Tries
from tests.web.conftest import ORIGIN, token

OWN = {"Origin": ORIGIN}


def test_guard_every_answer_carries_safe_headers(client: TestClient) -> None:
    for path in ("/", "/nothing-here", "/static/app.css"):
        headers = client.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_guard_names_of_other_servers_are_refused(client: TestClient) -> None:
    for name in ("evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example"):
        assert client.get("/", headers={"Host": name}).status_code == 421
    for name in ("localhost:8765", "127.0.0.1", "[::1]:8765", "LOCALHOST"):
        assert client.get("/", headers={"Host": name}).status_code == 200


def test_guard_form_without_token_or_from_elsewhere_does_nothing(client: TestClient) -> None:
    right = token(client)
    for headers, fields in (
        (OWN, {}),
        (OWN, {"csrf": "0" * 64}),
        (OWN, {"csrf": "é"}),
        ({}, {"csrf": right}),
        ({"Origin": "null"}, {"csrf": right}),
        ({"Origin": "http://evil.example"}, {"csrf": right}),
        ({"Origin": "http://localhost.evil.example"}, {"csrf": right}),
        ({**OWN, "Sec-Fetch-Site": "cross-site"}, {"csrf": right}),
    ):
        answer = client.post("/coder", data={"name": "Indringer", **fields}, headers=headers)
        assert answer.status_code == 403
        assert "Indringer" not in client.get("/").text
    client.post("/coder", data={"name": "An", "csrf": right}, headers=OWN)
    assert ">An<" in client.get("/").text


def test_guard_token_of_another_session_is_refused(client: TestClient, example_file: Path) -> None:
    with TestClient(create_app(example_file), base_url=ORIGIN) as other:
        answer = client.post("/coder", data={"name": "x", "csrf": token(other)}, headers=OWN)
    assert answer.status_code == 403


def test_guard_too_much_is_refused(client: TestClient) -> None:
    assert client.get("/?q=" + "x" * 9_000).status_code == 414
    too_large = {"Content-Length": str(10**9), **OWN}
    assert client.post("/coder", content=b"x", headers=too_large).status_code == 413


def test_guard_onward_address_stays_on_this_server(client: TestClient) -> None:
    right = token(client)
    for onward in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = client.post(
            "/coder", data={"name": "An", "next": onward, "csrf": right}, headers=OWN, follow_redirects=False
        )
        assert answer.headers["location"] == "/"


@pytest.fixture
def locked(example_file: Path) -> Iterator[TestClient]:
    settings = Settings(password=Password.of("een lang woord"))
    with TestClient(create_app(example_file, settings=settings), base_url=ORIGIN) as found:
        yield found


def _try(client: TestClient, words: str) -> int:
    fields = {"password": words, "csrf": token(client, "/sign-in")}
    return client.post("/sign-in", data=fields, headers=OWN).status_code


def test_guard_password_opens_the_pages_and_begins_a_new_session(locked: TestClient) -> None:
    assert locked.get("/").url.path == "/sign-in"
    assert locked.get("/api/v1/events").status_code == 401
    assert _try(locked, "verkeerd woord") == 403
    before = locked.cookies["kroniek_session"]
    assert _try(locked, "een lang woord") == 200
    assert locked.cookies["kroniek_session"] != before
    assert locked.get("/").url.path == "/"


def test_guard_programs_send_the_password_with_each_request(locked: TestClient) -> None:
    assert locked.get("/api/v1/state", auth=("ik", "een lang woord")).status_code == 200
    assert locked.get("/api/v1/state").status_code == 401
    for _ in range(TRIES):
        assert locked.get("/api/v1/state", auth=("ik", "verkeerd woord")).status_code == 401
    assert locked.get("/api/v1/state", auth=("ik", "een lang woord")).status_code == 401
    for header in ("Basic é", "Basic !!!", "Bearer x", "Basic"):
        assert locked.get("/api/v1/state", headers={"Authorization": header.encode()}).status_code == 401


def test_guard_password_tries_are_throttled(locked: TestClient) -> None:
    assert [_try(locked, f"verkeerd {number}") for number in range(TRIES + 1)] == [*[403] * TRIES, 429]
    assert _try(locked, "een lang woord") == 429


def test_tries_may_go_on_after_a_while() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    for _ in range(TRIES):
        tries.failed()
    assert tries.seconds_to_wait() > 0
    now[0] = 61.0
    assert tries.seconds_to_wait() == 0


def test_settings_address_that_others_reach_needs_a_good_password() -> None:
    for host in ("0.0.0.0", "192.168.1.4", "::", "example.org", "127.0.0.1.example.org"):
        assert not is_loopback(host)
        with pytest.raises(ServeError, match="password"):
            Settings(host=host)
    with pytest.raises(ServeError, match="too short"):
        Password.of("kort")
    assert Settings(host="0.0.0.0", password=Password.of("een lang woord")).knows("192.168.1.4")
    assert not Settings(host="0.0.0.0", password=Password.of("een lang woord")).knows("evil.example")


def test_guard_head_is_get_without_the_body(client: TestClient) -> None:
    for path in ("/", "/nothing-here", "/static/app.css", "/api/v1/events"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.headers["content-type"]) == (
            got.status_code,
            got.headers["content-type"],
        )
        assert got.content
        assert head.content == b""
