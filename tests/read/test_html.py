"""Pages: dates from JSON-LD, credits and captions from the raw page, nothing executed or fetched."""

from __future__ import annotations

import pytest

from kroniek.model import Document, HowKnown, Rejection, ZoneKind
from kroniek.read import ReadOptions, read_bytes

BODY = """<p>De Verenigde Staten en Rusland zijn het eens over een wapenstilstand in Syrië. Dat is vrijdag laat in Genève bekendgemaakt.</p>
<h2>Aleppo</h2><p>Het bestand moet ook gelden voor de stad Aleppo, waar veel mensen al weken van hulp verstoken zijn.</p>
<p>Als het een week standhoudt, gaan beide landen samen tegen terreurgroepen optreden, zei de minister.</p>"""


def page(head: str = "", top: str = "", bottom: str = "") -> Document:
    source = f"<!doctype html><html><head><meta charset=utf-8><title>x</title>{head}</head><body><nav><a href=/>Voorpagina</a></nav><article><h1>Bestand in Syrië</h1>{top}{BODY}{bottom}</article><footer>Over ons</footer></body></html>"
    (found,) = read_bytes(source.encode(), "a.html")
    assert isinstance(found, Document), found
    return found


def words(document: Document, kind: ZoneKind) -> list[str]:
    return [zone.span.of(document.text) for zone in document.hint_zones if zone.kind is kind]


def linked(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@graph":[{{"@type":"WebSite"}},{{"@type":"NewsArticle",{fields}}}]}}</script>'


def test_html_gives_title_headings_and_paragraphs_as_zones() -> None:
    found = page()
    assert words(found, ZoneKind.TITLE) == ["Bestand in Syrië"]
    assert words(found, ZoneKind.HEADING) == ["Aleppo"]
    assert len(words(found, ZoneKind.PARAGRAPH)) == 3
    assert "Voorpagina" not in found.text and "Over ons" not in found.text


def test_html_json_ld_date_goes_before_meta_tags() -> None:
    head = linked(
        '"datePublished":"2016-09-09T22:10:00Z","dateModified":"2016-09-10T09:00:00+02:00","author":{"name":"ANP"}'
    )
    found = page(head + '<meta property="article:published_time" content="2016-09-11">')
    assert (found.given.value, found.given.how) == ("2016-09-10T00:10", HowKnown.STATED)
    assert (found.updated, found.agencies) == ("2016-09-10T09:00", ("ANP",))


@pytest.mark.parametrize(
    ("head", "top", "value"),
    [
        ('<meta property="article:published_time" content="2016-09-10T00:10+02:00">', "", "2016-09-10T00:10"),
        ('<meta name="dc.date" content="2016-09">', "", "2016-09"),
        ("", '<time datetime="2016-09-10">10 september</time>', "2016-09-10"),
        (linked('"datePublished":"onbekend"'), "", None),
        ('<script type="application/ld+json">{"@type":"NewsArticle",</script>', "", None),
    ],
)
def test_html_dates_keep_their_precision(head: str, top: str, value: str | None) -> None:
    assert page(head, top).given.value == value


def test_html_a_month_in_words_is_not_made_into_a_day() -> None:
    assert page(top="<p>april 2017</p>").given.value in ("2017", "2017-04")


def test_html_without_paragraphs_is_read_by_its_line_breaks() -> None:
    first, second = (part.split("</p>")[0] for part in BODY.split("<p>")[1:3])
    (found,) = read_bytes(f"<html><body>{first}<br><br>{second}</body></html>".encode(), "a.html")
    assert isinstance(found, Document) and found.text == f"{first}\n\n{second}"


def test_html_credits_and_captions_come_from_the_raw_page() -> None:
    top = '<div class="article__byline"><span>Door: redactie</span><span>10 september 2016, 00:10</span></div><figure><img src=x><figcaption>De ministers in Genève. <span>© AFP</span></figcaption></figure>'
    found = page(top=top, bottom='<p class="source">Bron: Belga</p>')
    assert words(found, ZoneKind.CAPTION) == ["De ministers in Genève. © AFP"]
    assert "Door: redactie 10 september 2016, 00:10" in words(found, ZoneKind.HEADER)
    assert "Bron: Belga" in found.text


def test_html_entity_bombs_and_external_entities_are_harmless(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM")
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    bomb += f'<!ENTITY x SYSTEM "file://{secret}">]><html><body><article><h1>T</h1><p>&c;&x;</p>{BODY}</article></body></html>'
    (found,) = read_bytes(bomb.encode(), "a.xhtml")
    assert isinstance(found, Document)
    assert "GEHEIM" not in found.text and "hahaha" not in found.text


def test_html_scripts_are_not_text() -> None:
    assert "alert" not in page(top="<script>alert('x')</script>", bottom="<style>p{}</style>").text


def test_html_without_an_article_gets_a_clear_line() -> None:
    (found,) = read_bytes(b"<html><body><nav>Menu</nav></body></html>", "a.html", ReadOptions())
    assert isinstance(found, Rejection) and "no article text" in found.reason


def test_html_nested_deeply_is_read_or_refused() -> None:
    source = b"<html><body>" + b"<div>" * 20_000 + BODY.encode() + b"</div>" * 20_000
    (found,) = read_bytes(source, "a.html")
    assert isinstance(found, Document) or "the reader failed" not in found.reason


def test_html_with_too_many_elements_gets_a_clear_line_at_once() -> None:
    (found,) = read_bytes(b"<html><body>" + b"<p>x</p>" * 60_000, "a.html")
    assert isinstance(found, Rejection) and "too many" in found.reason


def test_html_declared_charset_is_obeyed_and_a_false_one_overruled() -> None:
    source = f"<html><head><meta charset='iso-8859-1'></head><body><article><h1>Bestand</h1>{BODY}</article></body></html>"
    for data in (source.encode("latin-1"), source.replace("iso-8859-1", "utf-8").encode("cp1252")):
        (found,) = read_bytes(data, "a.html")
        assert isinstance(found, Document) and "Genève" in found.text
