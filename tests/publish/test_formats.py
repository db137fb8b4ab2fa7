"""Every format is read back by the library of its format, and leads to the words; nothing in a report breaks it."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cassis
import icalendar
import networkx
import pytest
import rdflib
import yaml
from spacy.training.converters import conllu_to_docs

from kroniek.errors import ExportError
from kroniek.export import FileSource, export_file
from kroniek.model import Status, interval_of
from kroniek.publish.ics import MOST_DAYS
from kroniek.publish.source import Quotes, Settings, hash_of
from kroniek.publish.tables.guard import clean
from kroniek.registry import EXPORTERS, load_plugin, plugins
from kroniek.store.database import open_database

ALL = Settings(statuses=frozenset(Status))
OTHERS = (
    "graphml",
    "gexf",
    "turtle",
    "claimreview",
    "geojson",
    "ics",
    "timelinejs",
    "conllu",
    "xmi",
    "vault",
)


def _export(file: Path, folder: Path, format: str, settings: Settings = ALL) -> Path:
    with open_database(file) as database:
        return export_file(database, folder / format, format=format, settings=settings).folder


@pytest.fixture(params=["examples", "hostile"])
def chronicle(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


def _events(file: Path) -> dict[str, Any]:
    with open_database(file) as database:
        return {told.event.id: told.event for told in FileSource(database).told()}


def test_exporters_are_found_by_entry_points() -> None:
    assert set(plugins(EXPORTERS)) >= {*OTHERS, "csv", "parquet", "xlsx"}
    assert all(load_plugin(EXPORTERS, name).SUMMARY for name in plugins(EXPORTERS))


@pytest.mark.parametrize("format", OTHERS)
def test_formats_are_the_same_bytes_again(format: str, examples: Path, tmp_path: Path) -> None:
    first, second = (_export(examples, tmp_path / part, format) for part in ("a", "b"))
    for path in first.rglob("*.*"):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()


@pytest.mark.parametrize("format", OTHERS)
def test_formats_keep_words_to_themselves_when_asked(format: str, examples: Path, tmp_path: Path) -> None:
    none = Settings(Quotes.NONE, frozenset(Status))
    if format in ("conllu", "xmi"):
        with pytest.raises(ExportError, match="--quotes full"):
            _export(examples, tmp_path, format, none)
        assert not tmp_path.joinpath(format).exists()
        return
    folder = _export(examples, tmp_path, format, none)
    written = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))
    with open_database(examples) as database:
        source = FileSource(database)
        for told in source.told():
            for telling in told.event.tellings:
                sentence = telling.evidence.sentence.of(source.report(telling.document).document.text)
                title = source.report(telling.document).title
                assert sentence == title or len(sentence) < 40 or sentence not in written


def test_graphml_has_an_edge_for_each_direction_of_an_event(chronicle: Path, tmp_path: Path) -> None:
    graph = networkx.read_graphml(
        _export(chronicle, tmp_path, "graphml") / "network.graphml", force_multigraph=True
    )
    events = _events(chronicle)
    assert graph.is_directed() and graph.number_of_edges()
    for source, target, fields in graph.edges(data=True):
        event = events[fields["event_id"]]
        assert {source, target} <= {*event.actors, *event.recipients}
        assert fields["date"] == event.time and fields["status"] == event.status.value
        if fields["reciprocal"]:
            assert graph.has_edge(target, source)


def test_gexf_gives_dyads_the_days_of_their_events(chronicle: Path, tmp_path: Path) -> None:
    file = _export(chronicle, tmp_path, "gexf") / "network.gexf"
    graph, tree = networkx.read_gexf(file), ElementTree.parse(file)
    assert graph.number_of_edges()
    space = {"g": "http://www.gexf.net/1.2draft"}
    top = tree.find("g:graph", space)
    assert top is not None and (top.get("mode"), top.get("timeformat")) == ("dynamic", "date")
    events, spelled = _events(chronicle), 0
    for edge in tree.iterfind(".//g:edge", space):
        fields = graph.edges[edge.attrib["source"], edge.attrib["target"]]
        ids = fields["event_ids"].split("; ")
        assert float(fields["weight"]) == len(ids)
        spells = [
            (spell.get("start"), spell.get("end")) for spell in edge.iterfind("g:spells/g:spell", space)
        ]
        for identity in ids:
            interval = events[identity].interval
            if interval is not None:
                spelled += 1
                first, last = interval.earliest.isoformat(), interval.latest.isoformat()
                assert any(start <= first and last <= end for start, end in spells if start and end)
    assert spelled


def test_turtle_counts_only_what_happened_and_selects_the_words(chronicle: Path, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(_export(chronicle, tmp_path, "turtle") / "chronicle.ttl")
    sem, oa = (
        rdflib.Namespace(space)
        for space in ("http://semanticweb.cs.vu.nl/2009/11/sem/", "http://www.w3.org/ns/oa#")
    )
    events = _events(chronicle)
    happened = {
        f"urn:kroniek:{key}" for key, event in events.items() if event.status.value in ("happened", "ongoing")
    }
    assert {str(node) for node in graph.subjects(rdflib.RDF.type, sem.Event)} == happened
    checked = 0
    with open_database(chronicle) as database:
        source = FileSource(database)
        for target in graph.subjects(rdflib.RDF.type, oa.SpecificResource):
            text = source.report(
                str(graph.value(target, oa.hasSource)).removeprefix("urn:kroniek:")
            ).document.text
            selectors = {
                str(graph.value(node, rdflib.RDF.type)): node
                for node in graph.objects(target, oa.hasSelector)
            }
            place, quote = selectors[str(oa.TextPositionSelector)], selectors[str(oa.TextQuoteSelector)]
            start, end = (int(str(graph.value(place, name))) for name in (oa.start, oa.end))
            assert str(graph.value(quote, oa.exact)) == clean(text[start:end])
            assert str(graph.value(target, rdflib.URIRef("urn:kroniek:vocabulary#wordsSha256"))) == hash_of(
                text[start:end]
            )
            checked += 1
    assert checked >= len(events)
    stamps = {str(node): value for node, value in graph.subject_objects(sem.hasTimeStamp)}
    for key, event in events.items():
        if re.fullmatch(r"\d{4}-\d\d", event.time):
            assert stamps[f"urn:kroniek:{key}"].datatype == rdflib.XSD.gYearMonth


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")
def test_claimreview_says_who_and_gives_no_verdict(examples: Path, tmp_path: Path) -> None:
    written = json.loads(_export(examples, tmp_path, "claimreview").joinpath("claims.jsonld").read_text())
    assert written["@context"] == "https://schema.org"
    reviews = written["@graph"]
    with open_database(examples) as database:
        claims = {f"urn:kroniek:{claim.id}": claim for claim in FileSource(database).claims()}
    assert {review["@id"] for review in reviews} == set(claims)
    for review in reviews:
        assert {"claimReviewed", "author", "reviewRating", "itemReviewed", "url"} <= set(review)
        assert "ratingValue" not in review["reviewRating"]
        assert "no verdict" in review["reviewRating"]["alternateName"]
        claim = claims[review["@id"]]
        assert len(review["itemReviewed"]["appearance"]) == len(claim.acts)
        assert all(act.stance.replace("_", " ") in review["reviewBody"] for act in claim.acts)
    offline = json.dumps({"@context": {"@vocab": "https://schema.org/"}, "@graph": reviews})
    graph = rdflib.Graph().parse(data=offline, format="json-ld")
    kind = rdflib.URIRef("https://schema.org/ClaimReview")
    assert len(set(graph.subjects(rdflib.RDF.type, kind))) == len(reviews)


def test_geojson_keeps_to_rfc_7946(examples: Path, tmp_path: Path) -> None:
    folder = _export(examples, tmp_path, "geojson")
    written = json.loads(folder.joinpath("events.geojson").read_text(encoding="utf-8"))
    assert written["type"] == "FeatureCollection" and "crs" not in written
    features, events = written["features"], _events(examples)
    assert features
    for feature in features:
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        assert set(feature["geometry"]) == {"type", "coordinates"} and feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90
        assert feature["properties"]["where_precision"] in range(1, 8)
    geneva = next(item for item in features if item["properties"]["place"] == "Geneva")
    assert geneva["geometry"]["coordinates"] == [6.15, 46.2]  # longitude first
    manifest = json.loads(folder.joinpath("manifest.json").read_text())
    assert manifest["counts"]["features"] + int(manifest["left_out"][0].split()[0]) == len(events)


def test_ics_covers_the_days_that_an_event_can_be(chronicle: Path, tmp_path: Path) -> None:
    content = _export(chronicle, tmp_path, "ics").joinpath("events.ics").read_bytes()
    calendar = icalendar.Calendar.from_ical(content)
    entries, events = calendar.walk("VEVENT"), _events(chronicle)
    dated = (event.interval for event in events.values() if event.time)
    assert len(entries) == sum(days is not None and days.days() <= MOST_DAYS for days in dated)
    for entry in entries:
        event = events[str(entry["UID"]).removesuffix("@kroniek")]
        interval = interval_of(event.time)
        assert interval and entry.decoded("DTSTART") == interval.earliest
        assert entry.decoded("DTEND") == interval.latest + timedelta(days=1)
        assert str(entry["X-KRONIEK-DATE"]) == event.time and entry["X-KRONIEK-PRECISION"]
        assert (str(entry["STATUS"]) == "CONFIRMED") == (event.status.value in ("happened", "ongoing"))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_timelinejs_dates_are_no_longer_than_they_are_known(chronicle: Path, tmp_path: Path) -> None:
    slides = json.loads(_export(chronicle, tmp_path, "timelinejs").joinpath("timeline.json").read_text())[
        "events"
    ]
    events = _events(chronicle)
    assert slides
    for slide in slides:
        value = events[slide["unique_id"]].time
        assert {"start_date", "text"} <= set(slide) and value in slide["display_date"]
        if re.fullmatch(r"\d{4}-\d\d", value):
            assert set(slide["start_date"]) == {"year", "month"} and "end_date" not in slide
        if "-W" in value:
            assert "end_date" in slide
        assert "<script" not in json.dumps(slide["text"])


UPOS = {
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
}


def test_conllu_keeps_to_the_rules_of_universal_dependencies(examples: Path, tmp_path: Path) -> None:
    content = _export(examples, tmp_path, "conllu").joinpath("reports.conllu").read_text(encoding="utf-8")
    assert content.endswith("\n\n") and "\n\n\n" not in content
    with open_database(examples) as database:
        texts = {
            report.report.document.id: report.report.document.text for report in FileSource(database).filed()
        }
    depth: Counter[str] = Counter()
    for block in content.strip().split("\n\n"):
        comments = dict(line[2:].split(" = ", 1) for line in block.splitlines() if line.startswith("#"))
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        text = texts[comments["sent_id"].rsplit("-", 1)[0]]
        assert all(len(row) == 10 and all(cell and cell == cell.strip() for cell in row) for row in rows)
        assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        assert [row[7] for row in rows if row[6] == "0"] == ["root"] and sum(
            row[7] == "root" for row in rows
        ) == 1
        _assert_tree([int(row[6]) for row in rows])
        assert {row[3] for row in rows} <= UPOS
        misc = [dict(part.split("=", 1) for part in row[9].split("|")) for row in rows]
        forms = [
            row[1] + ("" if "SpaceAfter" in fields else " ") for row, fields in zip(rows, misc, strict=True)
        ]
        assert "".join(forms).strip() == comments["text"]
        for row, fields in zip(rows, misc, strict=True):
            assert " ".join(text[int(fields["Start"]) : int(fields["End"])].split()) == row[1]
            for closing, opening in re.findall(
                r"([^()]+\))|(\([^()]+)", fields.get("Entity", "").replace(")", ")")
            ):
                depth["open"] += bool(opening)
                depth["close"] += bool(closing)
        opened = "".join(fields.get("Entity", "") for fields in misc)
        assert opened.count("(") == opened.count(")")
    assert depth["open"]
    assert sum(1 for _ in conllu_to_docs(content, n_sents=10, no_print=True))


def _assert_tree(heads: list[int]) -> None:
    for place in range(1, len(heads) + 1):
        seen = set()
        while place:
            assert place not in seen
            seen.add(place)
            place = heads[place - 1]


def test_xmi_is_read_back_with_the_same_words(chronicle: Path, tmp_path: Path) -> None:
    folder = _export(chronicle, tmp_path, "xmi")
    system = cassis.load_typesystem(folder / "TypeSystem.xml")
    with open_database(chronicle) as database:
        analyses = {clean(item.text): item for item in FileSource(database).analyses()}
        assert len(list(folder.glob("*.xmi"))) == len(analyses)
    seen = 0
    for file in folder.glob("*.xmi"):
        cas = cassis.load_cas_from_xmi(file, typesystem=system)
        analysis = analyses[cas.sofa_string]
        assert [
            token.get_covered_text()
            for token in cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
        ] == [
            re.sub("[\x00-\x08\x0b-\x1f]", "\N{REPLACEMENT CHARACTER}", token.text)
            for token in analysis.tokens
        ]
        seen += len(cas.select("kroniek.Event"))
    assert seen == sum(len(item.trigger) for analysis in analyses.values() for item in analysis.events)


def test_vault_links_lead_to_notes_and_nothing_escapes(chronicle: Path, tmp_path: Path) -> None:
    folder = _export(chronicle, tmp_path, "vault")
    notes = {path.relative_to(folder).as_posix().removesuffix(".md") for path in folder.rglob("*.md")}
    assert len({note.casefold() for note in notes}) == len(notes)
    linked: set[str] = set()
    for note in notes:
        page = folder.joinpath(f"{note}.md").read_text(encoding="utf-8")
        if page.startswith("---\n"):
            head, body = page[4:].split("\n---\n", 1)
            assert yaml.safe_load(head)["id"]
        else:
            body = page
        links = re.findall(r"(?<!\\)\[\[([^\]|]+)\|[^\]]*\]\]", body)
        assert body.count("[[") == len(links)
        assert "<script" not in body.replace("\\<script", "")
        linked.update(links)
    assert linked and linked <= notes
    assert not [path for path in folder.rglob("*") if path.is_symlink() or ".." in path.name.split(".")[0]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault"]


@pytest.mark.parametrize(("format", "library"), [("ics", "icalendar"), ("turtle", "rdflib"), ("xmi", "cassis"), ("xlsx", "openpyxl")])  # fmt: skip
def test_formats_tell_how_to_install_what_they_need(
    format: str, library: str, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExportError, match=rf'needs {library}.*pip install "kroniek\[publish\]"'):
        _export(examples, tmp_path, format)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format", [*OTHERS, "csv", "parquet", "xlsx"])
def test_formats_of_an_empty_chronicle_are_valid_and_empty(format: str, tmp_path: Path) -> None:
    with open_database(tmp_path / "leeg.kroniek", create=True):
        pass
    folder = _export(tmp_path / "leeg.kroniek", tmp_path, format)
    assert not any(json.loads(folder.joinpath("manifest.json").read_text())["counts"].values())
    if format == "ics":
        assert not icalendar.Calendar.from_ical(folder.joinpath("events.ics").read_bytes()).walk("VEVENT")
    if format in ("geojson", "timelinejs", "claimreview"):
        (file,) = (path for path in folder.iterdir() if path.name != "manifest.json")
        json.loads(file.read_text())


def test_folder_may_be_the_present_one_when_it_is_empty(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("leeg").mkdir()
    monkeypatch.chdir(tmp_path / "leeg")
    with open_database(examples) as database:
        export_file(database, Path(), format="geojson", settings=ALL)
    assert sorted(path.name for path in (tmp_path / "leeg").iterdir()) == ["events.geojson", "manifest.json"]
