"""What a report must give: facts by its words, in the hand-made files of `expected/` (see its README).

The files list what matters and not every mention, so each figure is a recall: of the facts listed, how
many does the machine give.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kroniek.errors import GoldError
from kroniek.evaluate.scores import Counts, Metric, Tally
from kroniek.knowledge import Knowledge
from kroniek.model import Analysis, Attribution, EventMention, Span, Stance, Status

COVERED = 0.4  # share of the expected words that a statement's words must cover
TOOK_PLACE = {"happened", "ongoing", "alleged"}  # alleged: a source says that it did
STANCES = {"denied": Stance.DENIES, "not confirmed": Stance.DOES_NOT_CONFIRM}


@dataclass(frozen=True, slots=True)
class Expected:
    """One file: the report it is about, and its lists of facts as they stand there."""

    path: Path
    report: str
    facts: dict[str, Any]

    def listed(self, layer: str) -> list[dict[str, Any]]:
        """Return the facts of a layer: times, links, statements, events, processes."""
        found: list[dict[str, Any]] = self.facts.get(layer, [])
        return found


def read_expected(path: Path) -> Expected:
    """Return the expected facts of one report; raises GoldError for a file that is not in this form."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return Expected(path, facts["file"], facts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(
            f"{path}: expected JSON with the key 'file' that names a report, found {error!r}"
        ) from error


def score_expected(pairs: Iterable[tuple[Expected, Analysis]], knowledge: Knowledge) -> list[Metric]:
    """Return the share of the listed facts that each analysis gives.

    An actor is right when the knowledge base has the listed name for it, or when it has that name itself.
    """
    tally = Tally()
    for expected, analysis in pairs:
        tally.next_document()
        _score_published(tally, expected, analysis)
        _score_times(tally, expected, analysis)
        actors = Actors(analysis, knowledge)
        _score_links(tally, expected, actors)
        _score_statements(tally, expected, actors)
        _score_events(tally, expected, actors)
    return tally.metrics()


def located(text: str, words: str, nth: int = 1) -> Span | None:
    """Return where words stand for the nth time, whatever their case; None where they do not."""
    places = [match.span() for match in re.finditer(rf"(?i)(?<!\w){re.escape(words)}(?!\w)", text)]
    return Span(*places[nth - 1]) if len(places) >= nth else None


def _right(tally: Tally, metric: str, right: bool) -> None:
    tally.add(metric, Counts(int(right), 1, 1))


def _score_published(tally: Tally, expected: Expected, analysis: Analysis) -> None:
    stated = expected.facts.get("published", {}).get("stated", "")
    _right(tally, "published", (analysis.published.value or "").startswith(stated))


def _score_times(tally: Tally, expected: Expected, analysis: Analysis) -> None:
    for fact in expected.listed("times"):
        span = located(analysis.text, fact["text"], fact.get("nth", 1))
        found = [
            timex
            for timex in analysis.timexes
            if span and timex.span.overlaps(span) and timex.type == fact["type"]
        ]
        _right(tally, "time value", any(timex.value == fact["value"] for timex in found))


@dataclass(frozen=True, slots=True)
class Actors:
    """Who is meant in an analysis, under any of the names that the knowledge base has."""

    analysis: Analysis
    knowledge: Knowledge

    def are(self, entities: Iterable[str], names: Iterable[str]) -> bool:
        """Tell whether each of the names is one of the entities."""
        own = {entity.name: entity.id for entity in self.analysis.entities}
        found = set(entities)
        return all(
            own.get(name) in found or any(alias.entity in found for alias in self.knowledge.named(name))
            for name in names
        )

    def meant(self, words: Span) -> tuple[str, ...]:
        """Return the ids of what the last mention among the words means: `het Russische persbureau Interfax`."""
        analysis = self.analysis
        mentions = [one for one in (*analysis.mentions, *analysis.references) if one.span.overlaps(words)]
        links = (*analysis.coreferences, *analysis.links)
        linked = {link.mention: link.entities for link in links if link.entities}
        last = max((mention.span.end for mention in mentions if mention.id in linked), default=0)
        ending = [one for one in mentions if one.span.end == last and one.id in linked]
        longest = max(ending, key=lambda mention: len(mention.span), default=None)
        return linked[longest.id] if longest else ()


def _score_links(tally: Tally, expected: Expected, actors: Actors) -> None:
    text = actors.analysis.text
    for fact in expected.listed("links"):
        around = located(text, fact["surface"])
        inner = located(fact["surface"], fact["part"]) if "part" in fact else None
        span = Span(around.start + inner.start, around.start + inner.end) if around and inner else around
        meant = actors.meant(span) if span else ()
        _right(tally, "link", actors.are(meant, (fact["actor"], fact.get("also", fact["actor"]))))


def _score_statements(tally: Tally, expected: Expected, actors: Actors) -> None:
    for fact in expected.listed("statements"):
        span = located(actors.analysis.text, fact["content"])
        found = [one for one in actors.analysis.attributions if span and _covers(one, span)]
        speaking = [one for one in found if any(actors.are(one.sources, (name,)) for name in fact["source"])]
        wanted = STANCES.get(fact.get("polarity", ""))
        fitting = [
            one for one in speaking if (one.stance if one.stance in STANCES.values() else None) == wanted
        ]
        _right(tally, "statement", bool(found))
        _right(tally, "statement with speaker", bool(speaking))
        _right(tally, "statement with speaker and stance", bool(fitting))


def _covers(attribution: Attribution, words: Span) -> bool:
    """Tell whether a statement, its cue and source included, covers enough of the words."""
    spans = (*attribution.content, *attribution.cue, *([attribution.source] if attribution.source else []))
    covered = {
        place for span in spans for place in range(max(span.start, words.start), min(span.end, words.end))
    }
    return len(covered) >= COVERED * len(words)


def _score_events(tally: Tally, expected: Expected, actors: Actors) -> None:
    """An event is found where its words stand, with its type, and with all its participants in either role.

    What has not happened (planned, denied, ...) must not stand there as happened, whoever took part.
    """
    for fact in expected.listed("events"):
        span = located(actors.analysis.text, fact["evidence"])
        here = [one for one in actors.analysis.events if span and any(span.overlaps(w) for w in one.trigger)]
        typed = [one for one in here if one.type == fact["type"]]
        parties = (*fact.get("actors", ()), *fact.get("recipients", ()))
        whole = [one for one in typed if actors.are(_parties(one), parties)]
        _right(tally, "event typed", bool(typed))
        _right(tally, "event with parties", bool(whole))
        _right(tally, "event with parties and status", any(one.status == fact["status"] for one in whole))
        if fact["status"] not in TOOK_PLACE:
            shown = any(one.status is Status.HAPPENED for one in typed)
            _right(tally, "event not shown as happened", not shown)


def _parties(event: EventMention) -> tuple[str, ...]:
    return (*event.entities("actor"), *event.entities("recipient"))
