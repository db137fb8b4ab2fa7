"""Events for a page: those that fit a filter, also by the words of their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kroniek.errors import NotFoundError
from kroniek.model import Event
from kroniek.store import browse, listing
from kroniek.store.browse import Wanted
from kroniek.web.views import Viewer

COMMON = 3_000  # reports; words in more of them are looked for in the sentences, event by event
CHECKED = 3_000  # events whose sentences are read for one page
CHUNK = 200  # events loaded at a time


@dataclass(frozen=True, slots=True)
class Found:
    """A page of events with their positions; `onward` is the position to go on behind, None at the end."""

    events: dict[int, Event]
    onward: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A filter made ready: `indexed` also holds the words if the full-text index narrows them well."""

    wanted: Wanted
    indexed: Wanted

    @property
    def common(self) -> bool:
        """Tell whether the words are in so many reports that counting their events takes too long."""
        return bool(self.wanted.words) and not self.indexed.words


def ready(connection: Connection, wanted: Wanted) -> Question:
    """Return how a filter is best asked."""
    common = bool(wanted.words) and listing.is_common(connection, wanted.words, COMMON)
    return Question(wanted, replace(wanted, words=()) if common else wanted)


def find_page(
    viewer: Viewer, question: Question, *, after: int = -1, before: int | None = None, limit: int = 50
) -> Found:
    """Return the events that fit behind a position, or those just before one."""
    connection = viewer.connection
    if not question.wanted.words:
        places = browse.find_positions(
            connection, question.indexed, after=after, before=before, limit=limit + 1
        )
        more = len(places) > limit
        kept = places[1:] if more and before is not None else places[:limit]
        onward = (kept[-1] if kept else None) if more or before is not None else None
        return Found(browse.load_at(connection, kept), onward)
    found: dict[int, Event] = {}
    for checked, (place, event) in enumerate(_stream(viewer, question.indexed, after), 1):
        if _says(viewer, event, question.wanted.words):
            if len(found) == limit:
                return Found(found, list(found)[-1])
            found[place] = event
        if checked >= CHECKED:
            return Found(found, place)
    return Found(found, None)


def _stream(viewer: Viewer, wanted: Wanted, after: int) -> Iterator[tuple[int, Event]]:
    """Yield fitting events behind a position; their names and reports are looked up together."""
    while places := browse.find_positions(viewer.connection, wanted, after=after, limit=CHUNK):
        found = browse.load_at(viewer.connection, places)
        viewer.look_up(
            key for event in found.values() for key in (*event.actors, *event.recipients, event.place)
        )
        viewer.fetch(telling.document for event in found.values() for telling in event.tellings)
        yield from found.items()
        after = places[-1]


def _says(viewer: Viewer, event: Event, words: tuple[str, ...]) -> bool:
    """Tell whether one telling's sentence, with the participants' names, holds all the words."""
    names = " ".join(party.name for party in viewer.parties((*event.actors, *event.recipients, event.place)))
    folded = [word.casefold() for word in words]
    for telling in event.tellings:
        try:
            text = viewer.report(telling.document).document.text
        except NotFoundError:  # a report that was taken out since the last merge
            continue
        evidence = telling.evidence
        sentence = f"{evidence.sentence.joined(evidence.span).of(text)} {names}".casefold()
        if all(word in sentence for word in folded):
            return True
    return False
