"""From what a person writes (words and which occurrence of them) to offsets, and nothing that does not stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kroniek.errors import GoldError
from kroniek.evaluate.gold import text_hash

Authored = Mapping[str, Any]


def resolve(record: Authored, text: str, *, with_text: bool = False) -> dict[str, Any]:
    """Return an authored record in the gold format with offsets.

    `nth` counts plain occurrences from the start of the text, from 1. Without `with_text` no word of
    the text remains in the result. Raises GoldError that lists each piece that is not in the text.
    """
    finder = _Finder(text)
    resolved: dict[str, Any] = {
        "id": record["id"],
        "language": record.get("language", "nl"),
        "published": record.get("published"),
        "sha256": text_hash(text),
        **({"text": text} if with_text else {}),
        "entities": sorted((finder.name(item) for item in record.get("entities", ())), key=_place),
        "times": sorted((finder.time(item) for item in record.get("times", ())), key=_place),
        "attributions": [finder.attribution(item) for item in record.get("attributions", ())],
        "events": [finder.event(item) for item in record.get("events", ())],
    }
    resolved["attributions"].sort(key=lambda item: (item["content"][0]["start"], item["cue"]["start"]))
    resolved["events"].sort(key=lambda item: item["trigger"]["start"])
    if finder.problems:
        raise GoldError(f"{record['id']}: " + "; ".join(finder.problems))
    return resolved


def _place(item: Mapping[str, Any]) -> tuple[int, int]:
    return item["start"], item["end"]


class _Finder:
    """Looks words up in one text and remembers what it could not find."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[str] = []

    def find(self, words: str, nth: int = 1) -> dict[str, int]:
        start = -1
        for _ in range(nth):
            start = self.text.find(words, start + 1)
            if start < 0 or not words:
                self.problems.append(f"{words!r} (occurrence {nth}) does not stand in the text")
                return {"start": 0, "end": 1}
        return {"start": start, "end": start + len(words)}

    def name(self, item: Authored) -> dict[str, Any]:
        return {
            **self.find(item["surface"], item.get("nth", 1)),
            "type": item["type"],
            "actor": item.get("actor"),
        }

    def time(self, item: Authored) -> dict[str, Any]:
        return {
            **self.find(item["surface"], item.get("nth", 1)),
            "type": item["type"],
            "value": item["value"],
        }

    def attribution(self, item: Authored) -> dict[str, Any]:
        source = item.get("source")
        content = [self.find(item["content"], item.get("content_nth", 1))]
        for stretch in item.get("more", ()):
            if isinstance(stretch, str):
                content.append(self.find(stretch))
            else:
                content.append(
                    self.find(stretch["content"], stretch.get("content_nth", stretch.get("nth", 1)))
                )
        return {
            "source": self.find(source, item.get("source_nth", 1)) if source else None,
            "actor": item.get("actor"),
            "cue": self.find(item["cue"], item.get("cue_nth", 1)),
            "content": sorted(content, key=lambda stretch: stretch["start"]),
            "kind": item["kind"],
            "stance": item["stance"],
            "addressee": item.get("addressee"),
        }

    def event(self, item: Authored) -> dict[str, Any]:
        according_to = item.get("according_to")
        return {
            "trigger": self.find(item["trigger"], item.get("nth", item.get("trigger_nth", 1))),
            "type": item["type"],
            "mode": item.get("mode"),
            "actors": list(item.get("actors") or ()),
            "recipients": list(item.get("recipients") or ()),
            "date": item.get("date"),
            "place": item.get("place"),
            "status": item["status"],
            "according_to": [according_to] if isinstance(according_to, str) else list(according_to or ()),
        }
