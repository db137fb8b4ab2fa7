"""What was looked up in one state of the file: names, reports, and answers that cost time.

When the file changes, another `Known` takes its place, so that nothing stale is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from kroniek.knowledge import KnownEntity, load_knowledge
from kroniek.publish.labels import Labels, load_labels
from kroniek.publish.names import GROUP, Naming, without_article
from kroniek.publish.timeline import Report
from kroniek.store import listing
from kroniek.store.load import load_report, load_reports
from kroniek.store.names import known_name

Value = TypeVar("Value")
REPORTS_KEPT = 1_000
CHARACTERS_KEPT = 20_000_000  # of all reports kept together
NAMES_KEPT = 100_000
ANSWERS_KEPT = 300


class Known:
    """Names, reports and answers of one state of the file, `stamp`; used by many threads."""

    def __init__(self, stamp: str) -> None:
        self.stamp = stamp
        self._lock = Lock()
        self._names: dict[tuple[str, str], tuple[str, bool]] = {}
        self._reports: dict[str, Report] = {}
        self._characters = 0
        self._answers: dict[object, tuple[Any]] = {}

    def look_up(self, connection: Connection, ids: Iterable[str], language: str) -> None:
        """Look the names of these ids up in one go."""
        missing = {key for key in ids if key and (language, key) not in self._names}
        if not missing:
            return
        found = listing.names_of(connection, missing)
        read = _names_for(language, _Names(found), listing.used_names(connection, missing))
        entries = {(language, key): (read(key), key in found or _known(key) is not None) for key in missing}
        with self._lock:
            if len(self._names) > NAMES_KEPT:
                self._names.clear()
            self._names.update(entries)

    def name(self, connection: Connection, key: str, language: str) -> tuple[str, bool]:
        """Return the name of an id and whether it has a page; other words come back as they are."""
        if (language, key) not in self._names:
            self.look_up(connection, [key], language)
        found = self._names.get((language, key))
        return found if found else (key, False)

    def report(self, connection: Connection, document: str) -> Report:
        """Return a report with its publication time; raises NotFoundError for an unknown id."""
        found = self._reports.get(document)
        if found is None:
            found = Report(*load_report(connection, document))
            with self._lock:
                self._make_room(len(found.document.text))
                self._reports[document] = found
        return found

    def fetch(self, connection: Connection, documents: Iterable[str]) -> None:
        """Have reports at hand in one go, before they are asked one by one."""
        missing = [key for key in dict.fromkeys(documents) if key not in self._reports][:REPORTS_KEPT]
        for key, found in load_reports(connection, missing).items() if missing else ():
            with self._lock:
                self._make_room(len(found[0].text))
                self._reports[key] = Report(*found)

    def remember(self, key: object, compute: Callable[[], Value]) -> Value:
        """Return the answer to `key`, computed only the first time."""
        found = self._answers.get(key)
        if found is None:
            found = (compute(),)
            with self._lock:
                if len(self._answers) >= ANSWERS_KEPT:
                    self._answers.clear()
                self._answers[key] = found
        answer: Value = found[0]
        return answer

    def _make_room(self, characters: int) -> None:
        if len(self._reports) >= REPORTS_KEPT or self._characters + characters > CHARACTERS_KEPT:
            self._reports.clear()
            self._characters = 0
        self._characters += characters


def _names_for(
    language: str, canonical: _Names, used: Mapping[str, Mapping[str, int]]
) -> Callable[[str], str]:
    """Return what names an entity to readers: `Rusland` for country:RU in Dutch, `rebellen` for a group.

    Canonical names are English, so there is nothing to choose for English.
    """
    if language == "en":
        return canonical.__getitem__
    naming = Naming(canonical, _full_names(language), load_labels(language))
    spellings = _labels(language)

    def read(key: str) -> str:
        names = {canonical[key], *spellings.get(key, ())}
        return naming.of(key, _names_only(key, used.get(key, {}), names, naming.labels), _known(key))

    return read


def _names_only(key: str, words: Mapping[str, int], names: Set[str], labels: Labels) -> Counter[str]:
    """Leave of the words for an entity its names: `de topdiplomaat` is none, `rebellen` is all that a group has."""
    counts: Counter[str] = Counter()
    for surface, uses in words.items():
        if key.startswith(GROUP):
            counts[without_article(surface, labels)] += uses
        elif surface in names:
            counts[surface] += uses
    return counts


class _Names(dict[str, str]):
    """Canonical names; of what no report names, such as the country of an army, the knowledge base's."""

    def __missing__(self, key: str) -> str:
        return known_name(key)


@cache
def _full_names(language: str) -> Mapping[str, Sequence[str]]:
    return load_knowledge().full_names(language)


@cache
def _labels(language: str) -> Mapping[str, frozenset[str]]:
    return load_knowledge().labels_in(language)


def _known(key: str) -> KnownEntity | None:
    return load_knowledge().entity(key)
