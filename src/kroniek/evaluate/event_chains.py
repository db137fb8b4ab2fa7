"""Event coreference of MEANTIME (Minard et al. 2016), from the columns of the CLIN26 shared task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kroniek.errors import ReadError
from kroniek.model import Analysis, Document, Origin, Span, Zone, ZoneKind

PART = re.compile(r"(?P<open>\()?(?P<chain>\d+)(?P<close>\))?")
WORD, MARK = 2, 3  # columns of a row: file, number, word, chains


def read_event_chains(record: Mapping[str, Any]) -> tuple[Analysis, list[list[Span]]]:
    """Return a document with a zone for each sentence, and its chains of event mentions in text order.

    A mention that stands in two chains counts for the first. Raises ReadError when a bracket is not
    closed or the document has no such columns.
    """
    if "clin26_coref_event" not in record:
        raise ReadError(f"{record.get('id', '?')}: has no column of event chains")
    text, zones = "", []
    chains: dict[str, list[Span]] = {}
    opened: dict[str, list[int]] = {}
    for sentence in record["clin26_coref_event"]:
        start = len(text)
        for row in sentence:
            span = Span(len(text), len(text) + len(row[WORD]))
            text += row[WORD] + " "
            _mark(row[MARK], span, opened, chains)
        zones.append(Zone(ZoneKind.PARAGRAPH, Span(start, max(start, len(text) - 1))))
        text = text[:-1] + "\n"
    if any(opened.values()):
        raise ReadError(f"{record.get('id', '?')}: a bracket of an event chain is not closed")
    document = Document(text, Origin(str(record.get("id", ""))))
    return Analysis(document, zones=tuple(zones)), _once(chains.values())


def _mark(column: str, span: Span, opened: dict[str, list[int]], chains: dict[str, list[Span]]) -> None:
    for match in PART.finditer(column):
        starts = opened.setdefault(match["chain"], [])
        if match["open"]:
            starts.append(span.start)
        if match["close"] and starts:
            chains.setdefault(match["chain"], []).append(Span(starts.pop(), span.end))


def _once(chains: Iterable[Sequence[Span]]) -> list[list[Span]]:
    seen: set[Span] = set()
    kept = []
    for chain in chains:
        fresh = sorted(set(chain) - seen)
        seen.update(fresh)
        if fresh:
            kept.append(fresh)
    return kept
