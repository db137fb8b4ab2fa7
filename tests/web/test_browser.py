"""What a browser and its user meet: access for all, narrow screens, no errors, nothing from elsewhere.

Runs with Debian's Chromium; skipped only where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from tests.web.browser import CHROMIUM, chromium, served, too_wide
from tests.web.paths import every_path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: apt-get install chromium"),
]
NARROW = 360  # CSS pixels


@pytest.fixture(scope="module")
def address(example_file: Path) -> Iterator[str]:
    """Return the address of a running workbench."""
    with served(example_file) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a headless browser."""
    with chromium() as found:
        yield found


def _watched(browser: Browser, address: str, faults: list[str], **context: Any) -> Page:
    page = browser.new_context(**context).new_page()
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else faults.append(request.url),
    )
    return page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_browser_every_page_is_open_to_all_and_loads_nothing_else(
    browser: Browser, address: str, client: TestClient, language: str
) -> None:
    faults: list[str] = []
    page = _watched(browser, address, faults, locale=language, viewport={"width": 1280, "height": 900})
    for path in every_path(client, each=1):
        page.goto(f"{address}{path}")
        assert page.locator("html").get_attribute("lang") == language
        page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
        found = Axe().run(page).response["violations"]
        faults += [f"{path}: {item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]
    assert not faults, "\n".join(faults)


def test_browser_dark_and_narrow_pages_are_open_to_all_and_never_scroll_sideways(
    browser: Browser, address: str, client: TestClient
) -> None:
    faults: list[str] = []
    page = _watched(browser, address, faults, color_scheme="dark", viewport={"width": NARROW, "height": 740})
    for path in every_path(client, each=1):
        page.goto(f"{address}{path}")
        found = Axe().run(page, options={"runOnly": ["color-contrast", "target-size"]}).response["violations"]
        faults += [f"{path}: {item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]
        faults += too_wide(page, NARROW)
    assert not faults, "\n".join(faults)


def test_browser_pages_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False, locale="en").new_page()
    page.goto(f"{address}/timeline")
    page.get_by_label("Actor").fill("Rusland")
    page.get_by_role("button", name="Show").click()
    assert "actor=Rusland" in page.url
    page.locator(".event .head a").first.click()
    assert page.get_by_role("heading", name="All tellings side by side").is_visible()
    page.locator("figcaption a").first.click()
    assert page.locator("#here").first.is_visible()


def test_browser_filter_changes_the_list_and_the_address_without_a_new_page(
    browser: Browser, address: str
) -> None:
    faults: list[str] = []
    page = _watched(browser, address, faults, locale="en")
    page.goto(f"{address}/timeline")
    page.evaluate("window.same = true")
    before = page.locator("[data-say]").inner_text()
    page.get_by_role("checkbox", name="Denied").check()
    page.wait_for_url("**/timeline?group=denied")
    page.wait_for_function("(text) => document.querySelector('[data-say]').innerText !== text", arg=before)
    assert page.evaluate("window.same")
    assert page.locator(".event").count() == page.locator(".event.denied").count() > 0
    page.wait_for_function("document.getElementById('said').textContent.length > 0")
    page.go_back()
    page.wait_for_url("**/timeline")
    assert not faults, "\n".join(faults)


def test_browser_layers_of_a_report_switch_and_stay_in_the_address(browser: Browser, address: str) -> None:
    faults: list[str] = []
    page = _watched(browser, address, faults, locale="en")
    page.goto(f"{address}/reports")
    page.locator("ol.reports a").first.click()
    page.get_by_role("checkbox", name="layout").check()
    page.get_by_role("checkbox", name="names").uncheck()
    assert "layer=zones" in page.url and "layer=names" not in page.url
    page.reload()
    assert page.get_by_role("checkbox", name="layout").is_checked()
    assert not page.get_by_role("checkbox", name="names").is_checked()
    assert not faults, "\n".join(faults)


def test_browser_keyboard_leads_past_the_menu_into_the_page(browser: Browser, address: str) -> None:
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/timeline")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "from"
