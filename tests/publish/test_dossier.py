"""The dossier: about its subject only, escaped, accessible, and open from disk without network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kroniek.chronicle import Chronicle
from kroniek.dossiers import gather_dossier
from kroniek.errors import NotFoundError
from kroniek.publish import dossier_text as text
from kroniek.publish.blocks import markdown
from kroniek.publish.dossier import Dossier
from kroniek.publish.dossier_blocks import dossier_blocks
from kroniek.publish.dossier_page import dossier_page
from kroniek.publish.labels import load_labels
from kroniek.publish.timeline import Group

TRUCE = "staakt-het-vuren in Syrië"


@pytest.fixture(scope="module")
def chronicle(examples: Path) -> Iterator[Chronicle]:
    with Chronicle.open(examples) as found:
        yield found


@pytest.fixture(scope="module")
def truce(chronicle: Chronicle) -> Dossier:
    return gather_dossier(chronicle, about=TRUCE)


def _hostile(dossier: Dossier) -> Dossier:
    """Return the dossier with markup wherever reports can put words."""
    bad = "</title><script>alert(1)</script><img src=x onerror=y>\"'"
    sources = tuple(replace(row, title=bad, label=bad, agencies=(bad,)) for row in dossier.sources)
    events = tuple(
        replace(row, item=replace(row.item, actors=(bad,), place=bad, according_to=(bad,)), disagreements=((bad, ((bad, (bad,)),)),),
                passages=tuple(replace(found, lead=bad, tail=bad, source=bad) for found in row.passages))
        for row in dossier.events
    )  # fmt: skip
    actors = tuple(replace(row, name=bad) for row in dossier.actors)
    places = tuple(replace(row, name=bad) for row in dossier.places)
    processes = tuple(replace(row, parties=(bad,), places=(bad,)) for row in dossier.processes)
    claims = tuple(replace(row, about=bad) for row in dossier.claims)
    return replace(
        dossier, title=bad, subject=bad, forms=((bad, (bad,)),), sources=sources, events=events, actors=actors,
        places=places, processes=processes, claims=claims,
    )  # fmt: skip


def test_dossier_holds_what_is_about_its_subject(truce: Dossier) -> None:
    assert {row.document for row in truce.sources} == {
        found.quote.document for row in truce.events for found in row.passages
    } | {row.document for row in truce.sources}
    assert 5 < len(truce.sources) < 12
    assert not any("Stoltenberg" in name for row in truce.events for name in row.item.actors)
    assert {row.kind for row in truce.processes} <= {
        "ceasefire", "cessation_of_hostilities", "negotiation", "agreement"
    }  # fmt: skip


def test_dossier_without_subject_holds_everything(chronicle: Chronicle) -> None:
    dossier = gather_dossier(chronicle)
    assert len(dossier.sources) == dossier.documents == 12
    assert len(dossier.events) == len(chronicle.merged.events)


def test_dossier_calls_people_as_the_reports_do(truce: Dossier, chronicle: Chronicle) -> None:
    names = {name for row in truce.events for name in row.item.actors}
    assert {"Rusland", "Verenigde Staten", "Sergej Lavrov"} <= names
    english = gather_dossier(chronicle, about=TRUCE, interface="en")
    assert {"Russia", "United States", "Sergey Lavrov"} <= {
        name for row in english.events for name in row.item.actors
    }


def test_dossier_ranks_first_what_later_reports_look_back_to(truce: Dossier) -> None:
    looking = [row.looking > 0 for row in truce.dates if len(row.value) == 10]
    assert looking == sorted(looking, reverse=True)
    assert "2016-09-12" in {row.value for row in truce.dates[:5]}


def test_dossier_as_known_leaves_later_reports_out(chronicle: Chronicle) -> None:
    dossier = gather_dossier(chronicle, about=TRUCE, known_on=date(2016, 9, 9))
    assert dossier.sources and max(row.published for row in dossier.sources) < "2016-09-10"
    assert all(found.quote.published < "2016-09-10" for row in dossier.events for found in row.passages)
    assert "9 september 2016" in dossier_page(dossier, load_labels("nl"))


def test_dossier_on_nothing_known_names_what_comes_near(chronicle: Chronicle) -> None:
    with pytest.raises(NotFoundError, match=r"no report speaks of 'Lavrof'; near: .*Lavrov"):
        gather_dossier(chronicle, about="Lavrof")
    with pytest.raises(NotFoundError, match=r"'Shayrat' in 1.*'Sotsji' in 1"):
        gather_dossier(chronicle, about="Shayrat Sotsji")
    with pytest.raises(NotFoundError, match="no word of 'over de' says"):
        gather_dossier(chronicle, about="over de")


def test_dossier_counts_nothing_planned_or_denied_as_happened(truce: Dossier) -> None:
    apart = [row for row in truce.events if row.item.group is not Group.HAPPENED]
    happened = {row.item.id for row in truce.group(Group.HAPPENED)}
    counted = {event for row in truce.relations for event in row.events} | {
        event for tie in truce.ties for event in tie.events
    }
    assert apart and counted <= happened
    assert f"{len(happened)} gebeurtenissen die hebben plaatsgevonden" in " ".join(
        text.summary(truce, load_labels("nl"))
    )


def test_dossier_parts_claims_that_somebody_answers_from_those_of_one_side(truce: Dossier) -> None:
    contested = [claim.contested for claim in truce.claims]
    assert contested and contested == sorted(contested, reverse=True)
    assert all(claim.contested for claim in truce.claims if claim.denying)


@pytest.mark.parametrize("interface", ["nl", "en"])
def test_page_escapes_what_reports_say_and_loads_nothing(truce: Dossier, interface: str) -> None:
    page = dossier_page(_hostile(truce), load_labels(interface))
    assert "<script" not in page and "<img" not in page and page.count("<title>") == page.count("</title>")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:[a-z]+:)?//""", page)
    assert (
        'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;' in page
        or "default-src 'none'" in page
    )


def test_page_links_lead_somewhere_and_ids_are_unique(truce: Dossier) -> None:
    page = dossier_page(truce, load_labels("nl"))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_event_and_phase_opens_its_sentence_in_its_paragraph(truce: Dossier) -> None:
    for row in truce.events:
        assert row.passages
        for found in row.passages:
            paragraph = f"{found.lead}{found.quote.sentence}{found.tail}"
            assert found.words in found.quote.sentence and "\n" not in paragraph.strip()


def test_markdown_tells_the_same_events(truce: Dossier) -> None:
    written = markdown(dossier_blocks(truce, load_labels("nl")))
    assert all(found.place in written for row in truce.events for found in row.passages)
    assert "## Tijdlijn" in written and "### Gebeurd" in written


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("interface", "width", "scheme"),
    [("nl", 1100, "light"), ("nl", 360, "dark"), ("en", 1100, "dark"), ("en", 360, "light")],
)
def test_page_opens_from_disk_without_network_and_is_accessible(
    chronicle: Chronicle, browser: Any, tmp_path: Path, interface: str, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "dossier.html"
    dossier = gather_dossier(chronicle, about=TRUCE, interface=interface)
    file.write_text(dossier_page(dossier, load_labels(interface)), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    page = context.new_page()
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    report = Axe().run(page)
    assert (told, asked) == ([], [file.as_uri()])
    assert report.violations_count == 0, report.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
