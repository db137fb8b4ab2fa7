"""What a question is about: its words, the other words for the same, and the actors that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kroniek.knowledge import Knowledge
from kroniek.language import Language
from kroniek.model import Claim, Commitment, Entity, Event, Evidence, Process

LONGEST_NAME = 5  # words: `Verenigde Naties`, `Raad van State`
SHORTEST = 4  # letters: shorter forms stand inside too many other words
COUNTRY = "country:"
GENERAL = "agreement"
TRUCES = frozenset({"ceasefire", "cessation_of_hostilities"})
NAME_KINDS = frozenset({"label", "adjective", "inhabitant"})


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for: the words given, other forms of it, kinds of process and entities that it means.

    `forms` are in small letters and count inside longer words, too. `countries` are two-letter codes:
    whoever belongs to such a country, and every place in it, is meant as well.
    """

    words: str
    forms: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def in_text(self, text: str) -> bool:
        """Tell whether one of the forms stands in a text."""
        folded = text.casefold()
        return any(form in folded for form in self.forms)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dossier is about; no concepts means everything.

    `countries` gives the country of each entity, `sentence_of` the sentence of a piece of evidence.
    """

    words: str
    concepts: tuple[Concept, ...]
    documents: frozenset[str]
    countries: Mapping[str, str]
    sentence_of: Callable[[Evidence], str]

    def is_near(self, words: str) -> bool:
        """Tell whether words speak of one of the concepts at least; any do when nothing was asked for."""
        return not self.concepts or any(concept.in_text(words) for concept in self.concepts)

    def holds(self, evidence: Iterable[Evidence], entities: Iterable[str], kind: str = "") -> bool:
        """Tell whether a record lies in the chosen reports and speaks of one of the concepts at least."""
        pieces = [piece for piece in evidence if piece.document in self.documents]
        if not pieces or not self.concepts:
            return bool(pieces)
        named = set(entities)
        return any(
            kind in concept.kinds
            or named & concept.entities
            or any(self.countries.get(entity) in concept.countries for entity in named)
            or any(concept.in_text(self.sentence_of(piece)) for piece in pieces)
            for concept in self.concepts
        )

    def processes(self, found: Iterable[Process]) -> tuple[Process, ...]:
        """Return the processes that belong to the subject.

        Where the question names a kind of process, only that kind belongs, and talks about it.
        """
        wanted = {kind for concept in self.concepts for kind in concept.kinds}
        return tuple(
            process for process in found
            if (not wanted or _is_of_kind(process, wanted))
            and self.holds(
                [*(phase.evidence for phase in process.phases), *process.mentions],
                (*process.parties, *_ids(process.subject)), process.kind,
            )
        )  # fmt: skip

    def events(self, found: Iterable[Event], processes: Sequence[Process]) -> tuple[Event, ...]:
        """Return the events that belong to the subject, or to one of its processes."""
        members = {event for process in processes for event in process.events}
        return tuple(
            event for event in found
            if (event.id in members and any(telling.document in self.documents for telling in event.tellings))
            or self.holds([telling.evidence for telling in event.tellings], (*event.actors, *event.recipients, event.place))
        )  # fmt: skip

    def claims(self, found: Iterable[Claim], events: Iterable[Event]) -> tuple[Claim, ...]:
        """Return the claims about the chosen events, and others that speak of the subject."""
        chosen = {event.id for event in events}
        return tuple(
            claim for claim in found
            if claim.about in chosen or self.holds([act.evidence for act in claim.acts], ())
        )  # fmt: skip

    def commitments(self, found: Iterable[Commitment]) -> tuple[Commitment, ...]:
        """Return the commitments that speak of the subject."""
        return tuple(item for item in found if self.holds([item.words, *item.steps], (*item.by, *item.to)))


def _is_of_kind(process: Process, wanted: set[str]) -> bool:
    """Tell whether a process is of a kind asked for, may be (`het akkoord`), or is talks about one."""
    spoken = {kind.replace("_", " ") for kind in wanted}
    return process.kind in wanted | {GENERAL} or any(kind in process.subject for kind in spoken)


def _ids(subject: str) -> list[str]:
    return subject.replace(",", " ").split()


def concepts_of(
    about: str, language: Language, knowledge: Knowledge, entities_called: Callable[[str], Sequence[str]]
) -> tuple[Concept, ...]:
    """Return the concepts of a question, in its order: names first taken as long as they are.

    `entities_called` gives the ids of the entities of the chronicle that go by a name, [] for none.
    """
    table = language.table("subject")
    empty = frozenset(table["function_words"])
    words = [word.strip("\"'“”‘’.,:;?!()") for word in about.split()]
    words = [word for word in words if word]
    found, position = [], 0
    while position < len(words):
        size, entities = _longest_name(words[position:], entities_called, empty)
        phrase = " ".join(words[position : position + size])
        if phrase.casefold() not in empty:
            found.append(_concept(phrase, entities, language, knowledge))
        position += size
    return tuple(found)


def _longest_name(
    words: Sequence[str], entities_called: Callable[[str], Sequence[str]], empty: frozenset[str]
) -> tuple[int, Sequence[str]]:
    """Return how many words are one name, and the entities that go by it; (1, []) when none does."""
    if words[0].casefold() in empty:
        return 1, []
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        if words[size - 1].casefold() not in empty and (entities := entities_called(" ".join(words[:size]))):
            return size, entities
    return 1, []


def _concept(phrase: str, entities: Sequence[str], language: Language, knowledge: Knowledge) -> Concept:
    folded = phrase.casefold()
    kinds = {
        kind: nouns
        for kind, nouns in language.table("agreements")["kinds"].items()
        if folded in nouns or folded.removesuffix("en") in nouns or folded.removesuffix("s") in nouns
    }
    forms = [folded, *(noun for nouns in kinds.values() for noun in nouns)]
    for group in language.table("subject")["alike"]:
        if folded in group["words"]:
            forms += group["words"]
    for entity in entities:
        forms += _names(entity, language.code, knowledge)
    long = tuple(dict.fromkeys(form for form in forms if len(form) >= SHORTEST or form == folded))
    return Concept(
        phrase, long, frozenset(kinds) | (TRUCES if TRUCES & set(kinds) else frozenset()), frozenset(entities),
        frozenset(entity.removeprefix(COUNTRY) for entity in entities if entity.startswith(COUNTRY)),
    )  # fmt: skip


def _names(entity: str, language: str, knowledge: Knowledge) -> Iterator[str]:
    for alias in knowledge.aliases_of(entity):
        if alias.kind in NAME_KINDS and alias.language in (language, ""):
            yield alias.surface.casefold()


def countries_of(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the country of each entity that has one."""
    return {entity.id: entity.country for entity in entities if entity.country}
