"""The first hour of a researcher, by keyboard, in a real browser; then everything is read again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kroniek.chronicle import Chronicle
from kroniek.desk import answers_to, samples, standing
from kroniek.model import Status
from kroniek.store.database import open_database
from tests.web.browser import CHROMIUM, chromium, coder, served, too_wide, violations
from tests.web.conftest import REPORTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (apt-get install chromium)"),
]
SELECT = """() => {
  const block = document.querySelectorAll("p.zone.z-paragraph")[1];
  const node = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, node.data.indexOf(" ") > 0 ? node.data.indexOf(" ") : node.data.length);
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
  return range.toString();
}"""


@pytest.fixture
def file(example_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "voorbeeld.kroniek"
    shutil.copy(example_file, path)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def _correct_a_participant(page: Page, address: str, event: str) -> str:
    """From the timeline to the event, then the form by keyboard alone; return who was taken out."""
    page.goto(f"{address}/timeline?type=CONSULT")
    link = page.locator(f'a[href="/events/{event}"]').first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/events/{event}")
    page.locator(f'a[href="/review/events/{event}"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/review/events/{event}")
    page.keyboard.press("e")
    expect(page.locator("[data-edit] input:not([type=hidden])").first).to_be_focused()
    gone = page.locator(".people label:has(input:checked)").first.inner_text().strip()
    page.keyboard.press("Space")  # the first participant goes
    page.locator("#t1-actors").focus()
    page.keyboard.type("Ban Ki-moon")
    page.keyboard.press("Enter")
    expect(page.locator(".judged").first).to_contain_text("Ban Ki-moon")
    return gone


def _reject_by_key(page: Page, address: str) -> None:
    """Reject what stands first in the queue of events."""
    page.goto(f"{address}/review?kind=events")
    words = page.locator("mark.part-trigger").all_inner_texts()
    page.keyboard.press("x")
    expect(page.locator("form.undo")).to_contain_text("verwerpt")
    assert any(word in page.locator("form.undo").inner_text() for word in words)


def _code_ten(page: Page, address: str, sample: str, keys: str) -> None:
    """Answer ten questions of a sample by digits."""
    page.goto(f"{address}/coding/{sample}")
    for number in range(10):
        expect(page.locator("p[role=status]")).to_contain_text(f"{number} van")
        page.keyboard.press(keys[number % len(keys)])
        expect(page.locator("p[role=status]")).to_contain_text(f"{number + 1} van")


def _draw(page: Page, address: str) -> str:
    page.goto(f"{address}/coding")
    page.fill("#per_layer", "2")
    page.press("#per_layer", "Enter")
    page.wait_for_url("**/coding/sample-*")
    return page.url.rpartition("/")[2]


def _merge_actors(page: Page, address: str, keep: str, other: str) -> None:
    page.goto(f"{address}/review/actors")
    page.locator("#keep").focus()
    page.keyboard.type(keep)
    page.keyboard.press("Tab")
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/log")


def test_first_hour_of_a_researcher_outlives_reading_again(
    file: Path, browser: Browser, tmp_path: Path
) -> None:
    with Chronicle.open(file) as chronicle:
        event = next(item for item in chronicle.events(type="CONSULT") if len(item.actors) == 2 and item.time)
        people = [item for item in chronicle.actors(type="PER") if item.documents == 1]
        keep, other = people[0].name, people[1].name
    with served(file) as address:
        an = coder(browser, address, "An")
        gone = _correct_a_participant(an, address, event.id)
        an.goto(f"{address}/events/{event.id}")
        expect(an.locator("article.one")).to_contain_text("Ban Ki-moon")
        _merge_actors(an, address, keep, other)
        _reject_by_key(an, address)
        sample = _draw(an, address)
        _code_ten(an, address, sample, "12")
        bo = coder(browser, address, "Bo")
        _code_ten(bo, address, sample, "1")
        bo.goto(f"{address}/coding/{sample}/agreement")
        expect(bo.locator("table")).to_contain_text("Krippendorffs alfa")
    _exported(file, tmp_path)
    before = _held(file)
    with Chronicle.open(file) as chronicle:
        chronicle.read([str(REPORTS)], again=True)
    assert _held(file) == before
    with Chronicle.open(file) as chronicle:
        corrected = [item for item in chronicle.events() if item.judged == ("An",)]
        assert any(
            "Ban Ki-moon" in chronicle.named(item.actors) and gone not in chronicle.named(item.actors)
            for item in corrected
        )
        assert other not in {actor.name for actor in chronicle.actors()}
        assert keep in {actor.name for actor in chronicle.actors()}
        assert all(isinstance(item.status, Status) for item in corrected)


def _exported(file: Path, tmp_path: Path) -> None:
    """Export the judgements and the dataset by the command line."""
    program = [sys.executable, "-m", "kroniek"]
    rows = subprocess.run(
        [*program, "review", "export", str(file)], capture_output=True, text=True, check=True
    )
    assert {json.loads(line)["by"] for line in rows.stdout.splitlines()} == {"An", "Bo"}
    out = tmp_path / "dataset"
    subprocess.run([*program, "export", str(file), "--to", str(out)], capture_output=True, check=True)
    assert any(
        "An" in table.read_text(encoding="utf-8", errors="replace") for table in out.rglob("events*.csv")
    )


def _held(file: Path) -> tuple[object, ...]:
    """Return which decisions are in force, that none has lost its record, and the answers of the sample."""
    with open_database(file) as database, database.reading() as connection:
        found = standing(connection)
        assert [item for item in found.orphans if item.outcome == "lost"] == []
        (drawn,) = samples(connection)
        return found.in_force, found.verdicts, found.coders, answers_to(connection, drawn)


def test_review_pages_have_no_fault_that_axe_finds_and_fit_a_phone(file: Path, browser: Browser) -> None:
    with Chronicle.open(file) as chronicle:
        event = max(chronicle.events(), key=lambda item: len(item.tellings))
        document, statement = event.tellings[0].document, next(iter(chronicle.statements()))
    with served(file) as address:
        page = coder(browser, address, "An")
        sample = _draw(page, address)
        paths = [
            *(f"/review?kind={kind}" for kind in ("", "events", "links", "actors", "statements", "merges", "phases", "names")),
            f"/review/events/{event.id}", f"/review/record/statement/{statement.document}/{statement.id}",
            f"/review/add/{document}", "/review/log", "/review/conflicts", "/review/orphans", "/review/keys", "/review/actors", "/coding",
            f"/coding/{sample}", f"/coding/{sample}/agreement",
        ]  # fmt: skip
        faults: list[str] = []
        for width in (1100, 360):
            page.set_viewport_size({"width": width, "height": 800})
            for path in paths:
                page.goto(address + path)
                page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
                faults += violations(page) if width == 1100 else []
                faults += too_wide(page, width)
        assert faults == []


def test_review_keys_can_be_changed_and_switched_off(file: Path, browser: Browser) -> None:
    with served(file) as address:
        page = coder(browser, address, "An")
        page.goto(f"{address}/review/keys")
        page.fill("#key-accept", "g")
        page.press("#key-accept", "Enter")
        page.goto(f"{address}/review?kind=events")
        page.keyboard.press("a")
        page.keyboard.press("g")
        expect(page.locator("form.undo")).to_contain_text("vindt het juist")
        page.goto(f"{address}/review/keys")
        page.locator("input[name=on]").uncheck()
        page.locator("main button").click()
        page.goto(f"{address}/review?kind=events")
        expect(page.locator("kbd")).to_have_count(0)
        for letter in "gxuj1":
            page.keyboard.press(letter)
        page.wait_for_timeout(300)
    with open_database(file) as database, database.reading() as connection:
        assert standing(connection).rows == 1


def test_two_browsers_at_once_lose_nothing_and_see_the_conflict(file: Path, browser: Browser) -> None:
    with served(file) as address:
        an, bo = coder(browser, address, "An"), coder(browser, address, "Bo")
        for page in (an, bo):
            page.goto(f"{address}/review?kind=statements")
        an.keyboard.press("3")
        expect(an.locator("form.undo")).to_contain_text("ontkent")
        bo.keyboard.press("7")
        expect(bo.locator("h1")).to_contain_text("gewijzigd")
        expect(bo.locator("main")).to_contain_text("ontkent")
        expect(bo.locator("main")).to_contain_text("eist")
        assert violations(bo) == []
        bo.get_by_role("button", name="Toch het mijne bewaren").click()
        bo.goto(f"{address}/review/conflicts")
        expect(bo.locator("section.card li")).to_have_count(2)
        bo.locator("section.card button").first.click()
        bo.wait_for_load_state()
        expect(bo.locator("section.card")).to_have_count(0)


def test_selected_words_become_an_event(file: Path, browser: Browser) -> None:
    with Chronicle.open(file) as chronicle:
        document = next(iter(chronicle.documents()))
    with served(file) as address:
        page = coder(browser, address, "An")
        page.goto(f"{address}/reports/{document.id}")
        chosen = page.evaluate(SELECT).strip()
        assert chosen
        page.locator("form.picked button").click()
        expect(page.locator("#words")).to_have_value(chosen)
        page.select_option("#label-event", "CONSULT")
        page.get_by_role("button", name="Toevoegen").click()
        expect(page.locator("mark.part-trigger").first).to_have_text(chosen)
    with Chronicle.open(file) as chronicle:
        assert any(row.verdict == "added" and row.words == chosen for row in chronicle.judgements())
        added = next(row for row in chronicle.judgements() if row.verdict == "added")
        assert added.span is not None
        assert document.text[added.span.start : added.span.end] == chosen
