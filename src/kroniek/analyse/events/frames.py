"""Event frames as the language pack states them, and the index by which a word finds its frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kroniek.analyse.events.spelling import Spelling, spelling_of
from kroniek.errors import PackError
from kroniek.language import Language
from kroniek.model import EntityType, Status
from kroniek.ontology import load_ontology

ACTOR, RECIPIENT = "actor", "recipient"
ROLES = (ACTOR, RECIPIENT, "none")
MIN_HEAD = 4  # letters: a shorter noun (`top`, `rel`) answers for compounds only at a seam or hyphen
MIN_CLASS_HEAD = 5  # letters of a compound's head by which it belongs to a class
MIN_NOUN = 4  # letters of a noun of a fixed combination that its compounds stand for
MIN_FIRST = 3  # letters before the head of a compound that has no seam: `luchtaanval`
# Classes of names by what they name; the other classes are lists of words in the pack.
ACTING = frozenset({EntityType.PER, EntityType.ORG, EntityType.GPE, EntityType.NORP})
NAME_CLASSES = {
    "name": ACTING,
    "person_name": frozenset({EntityType.PER}),
    "place": frozenset({EntityType.GPE, EntityType.LOC}),
    "org_name": frozenset({EntityType.ORG}),
}
LISTS = ("verbs", "nouns", "adjectives")
WORDS = (
    "carriers",
    "receivers",
    "occurrences",
    "generic",
    "bare",
    "negations",
    "resuming",
)  # lists that all frames share
FIELDS = {
    *("id", "type", "mode", "contexts", "examples", "status", "trigger"),
    *("verbs", "nouns", "adjectives", "phrases"),
    *("subject", "object", "iobj", "of", "adjective", "to", "with", "by", "speaker"),
    *("symmetric", "reflexive", "durative", "sure", "weak", "resumed"),
    *("when", "when_any", "unless"),
}


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a condition: something on `path` has one of the lemmas or belongs to a class.

    `*` among the lemmas takes any word, `none` wants that there is nothing.
    """

    path: str
    lemmas: frozenset[str]
    classes: tuple[str, ...]


Condition = tuple[Test, ...]  # all must hold


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed combination: a verb with a certain noun (or class of nouns), bare or after a preposition."""

    verb: str
    preposition: str
    noun: str
    condition: Condition = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the record that it must give."""

    text: str
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Which words name an event of one type and mode, and where its participants stand."""

    id: str
    type: str
    mode: str
    contexts: tuple[str, ...]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    subject: str
    object: str
    iobj: str
    of: str
    adjective: str
    to: tuple[str, ...]
    fellows: tuple[str, ...]
    by: tuple[str, ...]
    speaker: str
    symmetric: bool
    reflexive: bool
    durative: bool
    sure: bool
    weak: bool
    resumed: bool
    status: Status | None
    trigger: str
    when: tuple[Condition, ...]
    when_any: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    examples: tuple[Example, ...]

    @property
    def negated(self) -> bool:
        """Tell whether a negation is part of what the frame says: `niet accepteren` is a refusal."""
        return any(test.path == "negated" for condition in self.when for test in condition)


@dataclass(frozen=True)
class Lexicon:
    """All frames of a pack, indexed: by verb, noun and adjective lemma, and by the verb of a phrase.

    `heads` are the nouns that answer for compounds. `found` remembers what a lemma led to.
    """

    frames: tuple[Frame, ...]
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]
    phrases: Mapping[str, tuple[tuple[Frame, Phrase], ...]]
    classes: Mapping[str, frozenset[str]]
    domains: Mapping[str, frozenset[str]]
    contents: Mapping[str, Mapping[str, frozenset[str]]]  # type -> mode -> words of what is asked, refused
    domain_shares: Mapping[str, float]  # of a report's words, from which on it belongs to the domain
    domain_words: Mapping[str, int]  # how many of them there must be at least, where one is not enough
    carriers: frozenset[str]
    receivers: frozenset[str]
    occurrences: frozenset[str]
    agent_prepositions: frozenset[str]
    generic: frozenset[str]  # pronouns for anybody
    bare: frozenset[str]  # words of classes that other words end in by chance
    negations: frozenset[str]  # adverbs and determiners
    resuming: frozenset[str]  # pronouns that may stand for the event told last
    quantities: frozenset[str]  # nouns that count: who or what is meant is what they count
    spelling: Spelling = field(repr=False)
    found: dict[str, tuple[str, tuple[Frame, ...]]] = field(default_factory=dict, repr=False, compare=False)
    headed: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def heads_of(self, lemma: str) -> frozenset[str]:
        """Return the words of the classes that a compound ends in: `vliegtuig` of `vrachtvliegtuig`."""
        if lemma not in self.headed:
            ends = (lemma[start:] for start in range(MIN_FIRST, len(lemma) - MIN_CLASS_HEAD + 1))
            self.headed[lemma] = frozenset(end for end in ends if end in self.class_words)
        return self.headed[lemma]

    def ends_in(self, lemma: str, noun: str) -> bool:
        """Tell whether a word is a compound of a noun: `graanakkoord` of `akkoord`; never of a short one."""
        long = len(noun) >= MIN_NOUN and len(lemma) >= len(noun) + MIN_FIRST
        return long and noun not in self.bare and lemma.endswith(noun)

    @cached_property
    def class_words(self) -> frozenset[str]:
        """Return the words of all classes by which a compound belongs to them."""
        return frozenset().union(*self.classes.values()) - self.bare

    def of_noun(self, lemma: str) -> tuple[str, tuple[Frame, ...]]:
        """Return the noun of the lexicon that a lemma is or ends in, and its frames; ("", ()) if none.

        The longest one wins: `gifgasaanval` is not `aanval` when it stands in the lexicon itself.
        """
        if lemma not in self.found:
            self.found[lemma] = self._find_noun(lemma)
        return self.found[lemma]

    def _find_noun(self, lemma: str) -> tuple[str, tuple[Frame, ...]]:
        plain = self.spelling.word(lemma.replace("_", ""))
        if plain in self.nouns:
            return plain, self.nouns[plain]
        seams = {len(lemma[:place].replace("_", "")) for place, sign in enumerate(lemma) if sign in "_-"}
        seams |= {seam + 1 for seam in seams if plain[seam : seam + 1] == "-"}
        for start in range(1, len(plain) - 2):
            head = plain[start:]
            whole = start in seams or (len(head) >= MIN_HEAD and start >= MIN_FIRST)
            if whole and head in self.nouns:
                return head, self.nouns[head]
        return "", ()


def lexicon_of(language: Language) -> Lexicon:
    """Return a pack's event lexicon; build it through `language.compiled`.

    Raises PackError with the frame and field that is wrong.
    """
    shared = language.table("events")
    frames: list[Frame] = []
    for part in shared["parts"]:
        frames.extend(_read_frame(record, part) for record in language.table(part).get("frame", ()))
    _check_unique(frames)
    _check_classes(frames, {*shared["classes"], *shared["domains"], *NAME_CLASSES})
    indexes: dict[str, Any] = {
        "verbs": _index((lemma, frame) for frame in frames for lemma in frame.verbs),
        "nouns": _index((lemma, frame) for frame in frames for lemma in frame.nouns),
        "adjectives": _index((lemma, frame) for frame in frames for lemma in frame.adjectives),
        "phrases": _index((phrase.verb, (frame, phrase)) for frame in frames for phrase in frame.phrases),
    }
    vocabulary = frozenset(shared["distinct"].split()).union(
        *indexes.values(),
        _condition_lemmas(frames),
        _all_words(shared),
        _all_words(language.table("modality")),
    )
    words: dict[str, Any] = {name: frozenset(shared[name].split()) for name in WORDS}
    return Lexicon(
        frames=tuple(frames),
        **indexes,
        **words,
        spelling=spelling_of(vocabulary, shared["strong"]),
        classes=_word_sets(shared["classes"]),
        domains=_word_sets(shared["domains"]),
        contents={kind: _word_sets(modes) for kind, modes in shared["contents"].items()},
        domain_shares=shared["domain_shares"],
        domain_words=shared["domain_words"],
        agent_prepositions=frozenset(shared["agent_prepositions"]),
        quantities=frozenset(shared["participants"]["quantities"].split()),
    )


def _condition_lemmas(frames: Iterable[Frame]) -> set[str]:
    conditions = (c for frame in frames for c in (*frame.when, *frame.when_any, *frame.unless))
    return {lemma for condition in conditions for test in condition for lemma in test.lemmas}


def _all_words(table: Mapping[str, Any]) -> set[str]:
    """Return the words of all word lists of a table, however deep."""
    words: set[str] = set()
    for value in table.values():
        if isinstance(value, Mapping):
            words |= _all_words(value)
        elif isinstance(value, str):
            words.update(value.split())
    return words


def _word_sets(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table.items()}


def _index(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _check_unique(frames: Iterable[Frame]) -> None:
    seen: set[str] = set()
    for frame in frames:
        if frame.id in seen:
            raise PackError(f"events: frame id {frame.id!r} stands twice; ids must differ")
        seen.add(frame.id)


def _check_classes(frames: Iterable[Frame], known: Iterable[str]) -> None:
    classes = set(known)
    for frame in frames:
        conditions = [
            *frame.when,
            *frame.when_any,
            *frame.unless,
            *(phrase.condition for phrase in frame.phrases),
        ]
        for label in (label for condition in conditions for test in condition for label in test.classes):
            if label not in classes:
                raise PackError(
                    f"events: frame {frame.id!r}: no class @{label}; there are: {sorted(classes)}"
                )


def _read_frame(record: Mapping[str, Any], part: str) -> Frame:
    where = f"{part}.toml, frame {record.get('id', '?')!r}"
    if strange := set(record) - FIELDS:
        raise PackError(f"{where}: unknown field {sorted(strange)[0]!r}; known: {', '.join(sorted(FIELDS))}")
    for name in ("id", "type", "examples"):
        if not record.get(name):
            raise PackError(f"{where}: field {name!r} is missing")
    _check_labels(record, where)
    return Frame(
        id=record["id"],
        type=record["type"],
        mode=record.get("mode", ""),
        contexts=tuple(record.get("contexts", ())),
        **{name: tuple(record.get(name, "").split()) for name in LISTS},
        phrases=tuple(_read_phrase(text, where) for text in record.get("phrases", ())),
        subject=record.get("subject", "actor"),
        object=record.get("object", "recipient"),
        iobj=record.get("iobj", "recipient"),
        of=record.get("of", "actor"),
        adjective=record.get("adjective", "actor"),
        to=tuple(record.get("to", ())),
        fellows=tuple(record.get("with", ())),
        by=tuple(record.get("by", ())),
        speaker=record.get("speaker", "none"),
        symmetric=record.get("symmetric", False),
        reflexive=record.get("reflexive", False),
        durative=record.get("durative", False),
        sure=record.get("sure", False),
        weak=record.get("weak", False),
        resumed=record.get("resumed", False),
        status=Status(record["status"]) if "status" in record else None,
        trigger=record.get("trigger", "verb"),
        when=tuple(read_condition(text, where) for text in record.get("when", ())),
        when_any=tuple(read_condition(text, where) for text in record.get("when_any", ())),
        unless=tuple(read_condition(text, where) for text in record.get("unless", ())),
        examples=tuple(_read_example(text, where) for text in record["examples"]),
    )


def _check_labels(record: Mapping[str, Any], where: str) -> None:
    ontology = load_ontology()
    event_type = ontology.types.get(record["type"])
    if event_type is None:
        raise PackError(f"{where}: type {record['type']!r} is not in the ontology")
    if record.get("mode", "") not in {"", *event_type.modes}:
        raise PackError(f"{where}: mode {record['mode']!r} is not one of {sorted(event_type.modes)}")
    if strange := set(record.get("contexts", ())) - set(ontology.contexts):
        raise PackError(f"{where}: context {sorted(strange)[0]!r} is not in the ontology")
    for name in ("subject", "object", "iobj", "of", "adjective", "speaker"):
        if record.get(name, "none") not in ROLES:
            raise PackError(f"{where}: {name} must be one of {', '.join(ROLES)}")


def read_condition(text: str, where: str) -> Condition:
    """Return a condition: `path=lemma|lemma|@class`, several joined by `&`.

    Raises PackError for a test without `=`.
    """
    return tuple(_read_test(part, where) for part in text.split("&"))


def _read_test(text: str, where: str) -> Test:
    path, equals, wanted = text.partition("=")
    if not equals or not wanted:
        raise PackError(f"{where}: condition {text!r} wants the form path=lemma|lemma")
    words = wanted.split("|")
    lemmas = frozenset(word for word in words if not word.startswith("@"))
    return Test(path.strip(), lemmas, tuple(word[1:] for word in words if word.startswith("@")))


def _read_phrase(text: str, where: str) -> Phrase:
    verb, arrow, rest = text.partition(" > ")
    if not arrow:
        raise PackError(f"{where}: phrase {text!r} wants the form `verb > noun` or `verb > preposition:noun`")
    words, _, condition = rest.partition("&")
    preposition, colon, noun = words.partition(":")
    if not colon:
        preposition, noun = "", words
    return Phrase(verb, preposition, noun, read_condition(condition, where) if condition else ())


def _read_example(text: str, where: str) -> Example:
    sentence, arrow, record = text.partition(" => ")
    parts = [part.strip() for part in record.split("|")]
    if not arrow or len(parts) != 3 or parts[0] not in set(Status):
        raise PackError(f"{where}: example {text!r} wants `sentence => status | actors | recipients`")
    actors, recipients = (tuple(_names(part)) for part in parts[1:])
    return Example(sentence, Status(parts[0]), actors, recipients)


def _names(text: str) -> Iterator[str]:
    return (name.strip() for name in text.split(",") if name.strip())
