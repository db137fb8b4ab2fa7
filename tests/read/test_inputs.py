"""From paths to documents: nothing announced is lost, nothing stops the run."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kroniek.errors import NotFoundError
from kroniek.model import Document, Rejection
from kroniek.read import Columns, ReadOptions, find_inputs, read_bytes, read_inputs

SENTENCE = "Kerry en Lavrov spraken vrijdag in Genève over een bestand in Syrië.\n"


def only(data: bytes, name: str = "a.txt", options: ReadOptions = ReadOptions()) -> Document | Rejection:  # noqa: B008
    (found,) = read_bytes(data, name, options)
    return found


@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    ),
    st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a", "-"]),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_inputs_any_bytes_give_documents_or_rejections(data: bytes, name: str) -> None:
    for found in read_bytes(data, name):
        assert isinstance(found, (Document, Rejection))
        if isinstance(found, Document):
            found.text.encode("utf-8")
            assert found.text.strip() and all(zone.span.end <= len(found.text) for zone in found.hint_zones)
        else:
            assert found.reason and "the reader failed" not in found.reason


@given(st.lists(st.sampled_from(
    ['<p>', '</p>', '<h1>Titel</h1>', '<div class="byline">', '<time datetime="x">', '<figcaption>', '</div>', '<!--', '-->', '<br>',
     '<script type="application/ld+json">{"@type":"NewsArticle"', '</script>', '{"@graph":[', '&euml;', '&#0;', '<![CDATA[', SENTENCE, '<html>', '<table><tr><td>', '\x00', '<meta charset="x">'])).map("".join))  # fmt: skip
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_inputs_broken_pages_give_documents_or_rejections(page: str) -> None:
    for found in read_bytes(page.encode(), "a.html"):
        assert isinstance(found, Document) or "the reader failed" not in found.reason


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "empty file"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (os.urandom(4000), "binary|encoding"),
        ("Genève é".encode()[:-1], "cut off"),
        (b"12345 67890\n", "no words"),
        (("The United States and Russia agreed on Friday on a ceasefire in Syria, Kerry said. " * 3).encode(), "the text is English; want Dutch"),
        (b"Les Etats-Unis et la Russie se sont entendus vendredi sur un cessez-le-feu en Syrie, a dit M. Kerry.", "French"),
    ],
)  # fmt: skip
def test_inputs_bad_files_get_one_clear_line(data: bytes, line: str) -> None:
    found = only(data)
    assert isinstance(found, Rejection)
    assert re.search(line, found.reason), found.reason


def test_inputs_too_large_a_file_gets_a_clear_line_and_is_not_read_whole() -> None:
    found = only(SENTENCE.encode() * 50, options=ReadOptions(max_bytes=1000))
    assert isinstance(found, Rejection) and "larger than 0.001 MB" in found.reason
    found = only(SENTENCE.encode() * 50, options=ReadOptions(max_chars=1000))
    assert isinstance(found, Rejection) and "too long for one report" in found.reason


def test_inputs_short_dutch_and_names_alone_are_not_foreign() -> None:
    for words in ("Kerry, Lavrov, Obama, Putin.", "Akkoord!", "Trump en Poetin in Hamburg", SENTENCE):
        assert isinstance(only(words.encode()), Document), words


def test_inputs_a_dutch_report_may_quote_english() -> None:
    words = (
        SENTENCE * 8
        + "'The United States and Russia will continue to work together on this ceasefire', zei Kerry."
    )
    assert isinstance(only(words.encode()), Document)


def test_inputs_json_lines_need_no_mapping_and_lose_only_broken_lines() -> None:
    good = {"id": "r1", "text": SENTENCE, "published": "2016-09-09T00:34"}
    lines = [
        json.dumps(good),
        "",
        '{"id": "r2"',
        "[1]",
        json.dumps({"id": 3, "text": 5}),
        json.dumps({**good, "id": 4, "published": "2016-09"}),
    ]
    found = list(read_bytes("\n".join(lines).encode(), "a.jsonl"))
    assert [item.record if isinstance(item, Rejection) else item.name for item in found] == [
        "r1",
        "3",
        "4",
        "5",
        "4",
    ]
    first = found[0]
    assert isinstance(first, Document)
    assert (first.text, first.given.value, first.origin.record) == (SENTENCE, "2016-09-09T00:34", "1")


def test_inputs_json_lines_map_columns_also_inside_objects() -> None:
    record = {
        "meta": {"dag": "9/09/16"},
        "artikel": {"inhoud": SENTENCE, "kop": "Titel"},
        "krant": "De Ochtendpost",
    }
    columns = Columns(text="artikel.inhoud", date="meta.dag", title="artikel.kop")
    found = only(json.dumps(record).encode(), "a.jsonl", ReadOptions(columns=columns))
    assert isinstance(found, Document)
    assert (found.given.value, found.title, found.origin.outlet) == ("2016-09-09", "Titel", "De Ochtendpost")


def test_inputs_a_json_file_may_hold_one_object_or_a_list_or_lines() -> None:
    record = {"text": SENTENCE}
    pretty = json.dumps(record, indent=1).encode()
    assert isinstance(only(pretty, "a.json"), Document)
    assert isinstance(only(pretty, "-"), Document)
    assert len(list(read_bytes(json.dumps([record, record]).encode(), "a.json"))) == 2
    assert len(list(read_bytes(f"{json.dumps(record)}\n{json.dumps(record)}\n".encode(), "a.json"))) == 2


def test_inputs_csv_rejects_broken_records_one_by_one() -> None:
    rows = [
        "id,body,published,title",
        f'1,"{SENTENCE.strip()}, zei ""hij"",\nen meer.",09/09/2016,Titel',
        '2,"Nooit gesloten, x,y',
        "3,Een gewone regel over Kerry.,2016-09,T",
        "4,te,weinig",
        "5,een \x00 nul,2016,T",
        "6," + "x" * 5000 + ",2016,T",
        '7,"rommel"achter,2016,T',
        "8,Weer een gewone regel over Kerry.,2016,T",
    ]
    options = ReadOptions(columns=Columns(text="body"), max_bytes=3000)
    found = list(read_bytes("\n".join(rows).encode(), "a.csv", options))
    assert [item.name for item in found if isinstance(item, Document)] == ["1", "3", "8"]
    reasons = {item.record: item.reason for item in found if isinstance(item, Rejection)}
    assert list(reasons) == ["4", "6", "7", "8", "9"]
    assert "never closed" in reasons["4"] and "want 4" in reasons["6"] and "NUL" in reasons["7"]
    assert "too large" in reasons["8"] and "quoting" in reasons["9"]


def test_inputs_csv_says_which_columns_there_are() -> None:
    found = only(b"a;b\n1;2\n", "a.csv")
    assert isinstance(found, Rejection) and "there are: a, b" in found.reason


@given(
    st.lists(st.sampled_from(['"', ",", "\n", "a", "\r\n", '""', "\x00", "é", SENTENCE]), max_size=60).map(
        "".join
    )
)
@settings(max_examples=200, deadline=None)
def test_inputs_csv_with_any_quoting_never_fails_and_counts_each_line_once(body: str) -> None:
    found = list(read_bytes(f"text,date\n{body}".encode(), "a.csv"))
    records = [item.record if isinstance(item, Rejection) else item.origin.record for item in found]
    assert len(records) == len(set(records))
    assert all("the reader failed" not in item.reason for item in found if isinstance(item, Rejection))


def test_inputs_csv_of_unbalanced_quotes_takes_linear_time() -> None:
    found = list(read_bytes(b"text,date\n" + b'"x,1\n' * 30_001, "a.csv"))
    assert all(isinstance(item, Rejection) for item in found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".verborgen.txt", ".map/d.txt", "leeg.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("" if "leeg" in name else f"{name}: {SENTENCE}", encoding="utf-8")
    return tmp_path


def test_inputs_folders_are_walked_sorted_and_hidden_files_counted(folder: Path) -> None:
    found = find_inputs([str(folder)])
    assert [str(Path(name).relative_to(folder)) for name in found.files] == [
        "a.txt",
        "b.txt",
        "leeg.txt",
        "sub/c.txt",
    ]
    assert sorted(Path(name).name for name in found.hidden) == [".map", ".verborgen.txt"]


def test_inputs_announced_is_read_plus_rejected(folder: Path) -> None:
    paths = [str(folder), str(folder / "nergens.txt"), str(folder / "*.txt")]
    inputs = find_inputs(paths)
    found = list(read_inputs(inputs))
    assert len(found) == len(inputs.files) + len(inputs.missing) == 5
    assert [item.path for item in found if isinstance(item, Rejection)] == [
        paths[1],
        str(folder / "leeg.txt"),
    ]


def test_inputs_order_of_reading_does_not_matter(folder: Path) -> None:
    names = list(find_inputs([str(folder)]).files)
    forward, backward = list(read_inputs(names)), list(read_inputs(names[::-1]))
    assert forward == backward[::-1]
    ids = [item.id for item in forward if isinstance(item, Document)]
    assert len(set(ids)) == 3


def test_inputs_a_pipe_and_a_folder_without_permission_do_not_stop_the_run(folder: Path) -> None:
    os.mkfifo(folder / "pijp")
    reasons = [item.reason for item in read_inputs([str(folder)]) if isinstance(item, Rejection)]
    assert any("not a regular file" in reason for reason in reasons)


def test_inputs_standard_input_is_sniffed(folder: Path) -> None:
    (found,) = read_inputs(["-"], stdin=json.dumps({"text": SENTENCE}).encode())
    assert isinstance(found, Document) and found.origin.format == "jsonl"
    (found,) = read_inputs(["-"], stdin=SENTENCE.encode())
    assert isinstance(found, Document) and found.origin.path == "-"


def test_inputs_an_unknown_format_is_refused_at_once() -> None:
    with pytest.raises(NotFoundError, match="csv, html, jsonl, text"):
        read_inputs(["-"], ReadOptions(format="docx"))
