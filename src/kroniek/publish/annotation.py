"""One document's analysis in the gold format of the annotation guidelines, with offsets. Pure functions.

Entities are the names in the text; `actor` is the canonical name of what they mean. Offsets are
half-open ranges of code points into `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from kroniek.analyse.events.retold import share_circumstances
from kroniek.model import Analysis, Attribution, Document, Entity, EventMention, MentionKind, Span, Timex

UNSAFE = re.compile(r"[^\w.,=+@ -]")  # what a file name may not hold: separators, controls, quotes
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # names that Windows keeps
TIME_OF_DAY = re.compile(r"T[^/]*")  # in a value: an event's `date` is a day, as the guidelines have it
LONGEST_NAME = 120  # code points; four bytes each stay within the 255 bytes that file systems allow

Json = dict[str, Any]


def annotation(analysis: Analysis) -> Json:
    """Return the document with what was found in it, as plain JSON values."""
    entities = {entity.id: entity for entity in analysis.entities}
    return {
        "id": given_id(analysis.document),
        "language": analysis.document.language,
        "published": analysis.published.value,
        "published_how": analysis.published.how.value,
        "text": analysis.text,
        "entities": _names(analysis, entities),
        "times": [_time(timex, analysis.text) for timex in analysis.timexes],
        "attributions": [_attribution(item, analysis.text, entities) for item in analysis.attributions],
        "events": [_event(item, analysis.text, entities) for item in share_circumstances(analysis)],
    }


def given_id(document: Document) -> str:
    """Return the id that the input gave, or the stem of its file (with the record's number, if any)."""
    if document.name:
        return document.name
    stem = PurePath(document.origin.path.replace("\\", "/")).stem or "report"
    return f"{stem}-{document.origin.record}" if document.origin.record else stem


def safe_file_name(name: str) -> str:
    """Return a name that is one path component on every system, for a name that may be hostile.

    `../../etc/passwd` -> `_.._etc_passwd`. The result has no extension of its own added, is never
    empty, hidden or reserved, and has at most 120 code points.
    """
    safe = UNSAFE.sub("_", name).strip(" .")[:LONGEST_NAME].rstrip(" .")
    if not safe:
        return "report"
    return f"_{safe}" if RESERVED.fullmatch(safe) else safe


def _names(analysis: Analysis, entities: Mapping[str, Entity]) -> list[Json]:
    linked = {link.mention: link.entities[0] for link in analysis.links if link.entities}
    names = [mention for mention in analysis.mentions if mention.kind is MentionKind.NAME]
    found = []
    for mention in names or analysis.names:
        entity = entities.get(linked.get(mention.id, ""))
        kind = mention.type or (entity.type if entity else None)
        found.append(
            {
                **_words(mention.span, analysis.text),
                "type": kind.value if kind else "MISC",
                "actor": entity.name if entity else None,
                "wikidata": (entity.wikidata or None) if entity else None,
            }
        )
    return found


def _time(timex: Timex, text: str) -> Json:
    interval = timex.interval
    return {
        **_words(timex.span, text),
        "type": timex.type.value,
        "value": timex.value,
        "earliest": interval.earliest.isoformat() if interval else None,
        "latest": interval.latest.isoformat() if interval else None,
    }


def _attribution(item: Attribution, text: str, entities: Mapping[str, Entity]) -> Json:
    return {
        "source": _words(item.source, text) if item.source else None,
        "actor": next(iter(_named(item.sources, entities)), None),
        "cue": _words(item.cue[0], text),
        "content": [_words(span, text) for span in item.content],
        "kind": item.kind.value,
        "stance": item.stance.value,
        "addressee": item.addressee.of(text) if item.addressee else None,
    }


def _event(item: EventMention, text: str, entities: Mapping[str, Entity]) -> Json:
    return {
        "trigger": _words(item.trigger[0], text),
        "type": item.type,
        "mode": item.mode or None,
        "actors": _named(item.entities("actor"), entities),
        "recipients": _named(item.entities("recipient"), entities),
        "date": TIME_OF_DAY.sub("", item.time) or None,
        "place": next(iter(_named([item.place] if item.place else [], entities)), None),
        "status": item.status.value,
        "according_to": _named(item.according_to, entities) or None,
    }


def _words(span: Span, text: str) -> Json:
    return {"surface": span.of(text), "start": span.start, "end": span.end}


def _named(ids: Iterable[str], entities: Mapping[str, Entity]) -> list[str]:
    """Return canonical names for entity ids, in order, each once; what is no id stays as it is."""
    return list(dict.fromkeys(entities[key].name if key in entities else key for key in ids))
