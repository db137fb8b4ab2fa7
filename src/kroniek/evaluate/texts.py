"""Puts the texts beside gold that refers to them without copying them, and checks their hashes.

The articles are those of NTREX-128 (Federmann, Kocmi and Xin 2022, CC BY-SA 4.0). A source is a
folder of `ID.json` files with a `text` field, or a checkout of the NTREX repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from kroniek.errors import GoldError
from kroniek.evaluate.gold import text_hash

NTREX = "https://raw.githubusercontent.com/MicrosoftTranslator/NTREX/main/"
NTREX_TEXT = "NTREX-128/newstest2019-ref.nld.txt"
NTREX_IDS = "DOCUMENT_IDS.tsv"


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one gold document's text: `placed`, `present`, `missing` or `differs`."""

    id: str
    outcome: str


def place_texts(gold: Path, target: Path, texts: dict[str, str]) -> Iterator[Placed]:
    """Write `target/ID.txt` for each gold file without text whose hash the source's text has.

    `texts` maps document ids to texts. A text with another hash is never written.
    """
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(gold.glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        if "sha256" not in record or "text" in record:
            continue
        place = target / f"{record['id']}.txt"
        if place.is_file() and text_hash(place.read_bytes().decode("utf-8")) == record["sha256"]:
            yield Placed(record["id"], "present")
            continue
        text = texts.get(record["id"])
        if text is None:
            yield Placed(record["id"], "missing")
        elif text_hash(text) != record["sha256"]:
            yield Placed(record["id"], "differs")
        else:
            place.write_bytes(text.encode("utf-8"))
            yield Placed(record["id"], "placed")


def texts_of_folder(folder: Path) -> dict[str, str]:
    """Return the texts by document id of a folder of JSON files or of a checkout of NTREX.

    Raises GoldError when the folder is neither.
    """
    if (folder / NTREX_IDS).is_file():
        ids = (folder / NTREX_IDS).read_text(encoding="utf-8")
        return _texts_of_lines(ids, (folder / NTREX_TEXT).read_text(encoding="utf-8"))
    files = sorted(folder.glob("*.json"))
    if not files:
        raise GoldError(f"{folder}: want a folder of ID.json files with a text, or a checkout of NTREX")
    records = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {record["id"]: record["text"] for record in records if "text" in record}


def texts_from_network() -> dict[str, str]:
    """Return the texts of the public NTREX repository; raises GoldError when it cannot be reached."""
    try:
        ids, lines = (_fetch(NTREX + name) for name in (NTREX_IDS, NTREX_TEXT))
    except OSError as error:
        raise GoldError(f"{NTREX}: not reached ({error}); give a local copy with --ntrex DIR") from error
    return _texts_of_lines(ids, lines)


def _fetch(url: str) -> str:
    with urlopen(url, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


def _texts_of_lines(ids: str, lines: str) -> dict[str, str]:
    """Join the lines of each document: line N of the text belongs to the id on line N of the table."""
    found: dict[str, list[str]] = {}
    for row, line in zip(ids.splitlines(), lines.splitlines(), strict=False):
        columns = row.split("\t")
        document = next((cell for cell in columns if "." in cell and cell.rsplit(".", 1)[1].isdigit()), "")
        if document:
            found.setdefault(document, []).append(line)
    return {document: "\n".join(parts) for document, parts in found.items()}
