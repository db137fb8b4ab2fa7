"""Write the pictures of docs/dossier.md from the example reports: `python scripts/pictures.py`.

Needs chromium on the path, `pip install -e '.[dev,publish]'`, and no network.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from kroniek.chronicle import Chronicle
from kroniek.dossiers import gather_dossier
from kroniek.publish.dossier_page import dossier_page
from kroniek.publish.labels import load_labels
from kroniek.publish.plots import plot, rendered

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SUBJECT = "staakt-het-vuren in Syrië"
# name, width, height, colour scheme, id of the place to scroll to ("" for the top)
SHOTS = (
    ("dossier-desktop", 1000, 1100, "light", ""),
    ("dossier-map", 1000, 760, "light", "map"),
    ("dossier-phone", 360, 1000, "light", ""),
    ("dossier-phone-dark", 360, 1000, "dark", "timeline"),
)


def main() -> int:
    """Read the examples, write the page, and take a picture of each part."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no chromium here: apt-get install chromium", file=sys.stderr)
        return 1
    labels = load_labels("nl")
    with tempfile.TemporaryDirectory() as folder:
        with Chronicle.open(Path(folder) / "voorbeeld.kroniek", create=True) as chronicle:
            chronicle.read([str(ROOT / "examples" / "reports")])
            dossier = gather_dossier(chronicle, about=SUBJECT)
        page = Path(folder) / "dossier.html"
        page.write_text(dossier_page(dossier, labels), encoding="utf-8")
        for kind in ("timeline", "network"):
            IMAGES.joinpath(f"plot-{kind}.svg").write_bytes(
                rendered(plot(kind, dossier, labels), "svg", "nl")
            )
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for shot in SHOTS:
                take(browser, page, *shot)
            browser.close()
    return 0


def take(browser: Any, page: Path, name: str, width: int, height: int, scheme: str, anchor: str) -> None:
    """Take one picture of a page."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
    )
    opened = context.new_page()
    opened.goto(page.as_uri() + (f"#{anchor}" if anchor else ""))
    opened.screenshot(path=IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
