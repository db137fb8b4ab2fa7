"""A real browser on a real server: Debian's Chromium where it is installed."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from kroniek.web.app import create_app
from kroniek.web.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
# By way of a constructed sheet: the page's own policy refuses a style element.
DOUBLED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% !important }");
  document.adoptedStyleSheets = [sheet];
}"""


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a chronicle on this machine and give its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(path, settings=Settings()), log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield found
        finally:
            found.close()


def too_wide(page: Page, width: int) -> list[str]:
    """Say where this page scrolls sideways, as it is and with its text doubled: another machine has other fonts."""
    found = [page.evaluate("document.documentElement.scrollWidth")]
    page.evaluate(DOUBLED)
    found.append(page.evaluate("document.documentElement.scrollWidth"))
    return [f"{page.url}: {wide} pixels wide at {width}" for wide in found if wide > width]


def coder(browser: Browser, address: str, name: str, width: int = 1100) -> Page:
    """Return a page of a browser of its own in which this person has given a name."""
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-BE").new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{address}/coder?next=/review")
    page.fill("#name", name)
    page.press("#name", "Enter")
    page.wait_for_url("**/review")
    return page


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]
