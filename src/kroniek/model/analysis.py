"""What the steps find in one document. Each record points to its words and says which rule made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kroniek.model.dates import Interval
from kroniek.model.document import Document, Header, Published, Zone
from kroniek.model.span import Span, content_id


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which step and rule made a value, with which version of the pack, and who accepted or corrected it."""

    step: str
    rule: str = ""
    version: str = ""
    by: tuple[str, ...] = ()  # people, each with what they corrected: `an: type, status`


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be read or analysed, and why. Gaps are counted and shown, never dropped."""

    step: str
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its Universal Dependencies analysis.

    `index` counts over the whole document; `head` is the index of the head token, its own index for
    a root. `lemma` joins nothing: a separable verb's particle hangs on it as `compound:prt`.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str = ""
    upos: str = "X"
    feats: str = ""
    head: int = -1
    deprel: str = "dep"
    sentence: int = 0

    @property
    def span(self) -> Span:
        """Return the token's half-open range in the document's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words as the half-open token range [first, last), and its zone's position."""

    span: Span
    first: int
    last: int
    zone: int = 0


class EntityType(StrEnum):
    """Kinds of names, as in the annotation guidelines."""

    PER = "PER"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    FAC = "FAC"
    NORP = "NORP"
    EVENT = "EVENT"
    MISC = "MISC"


class MentionKind(StrEnum):
    """How words refer: by name, by office or description, by pronoun, or hidden inside a compound."""

    NAME = "name"
    ROLE = "role"  # `de Russische president`
    NOMINAL = "nominal"  # `de twee`, `de rebellen`
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to something. `head` is the span of the word that carries the reference."""

    span: Span
    kind: MentionKind
    type: EntityType | None = None
    head: Span | None = None
    score: float = 1.0
    provenance: Provenance = field(default_factory=lambda: Provenance("names"))

    @property
    def id(self) -> str:
        """Return an id unique within the document."""
        return f"m{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing that mentions refer to. `id` is a knowledge-base key, or hashes type and name.

    `name` is the canonical English label, or the fullest form in the text for an unknown name.
    """

    id: str
    name: str
    type: EntityType
    wikidata: str = ""
    country: str = ""  # ISO 3166-1 alpha-2 of the state it belongs to, "" if none
    sector: str = ""  # PLOVER sector code: GOV, MIL, REB, ...
    known: bool = False  # whether the knowledge base has it


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and the entities that it refers to, with score, reason and the candidates weighed.

    More than one entity stands for a group: `de twee`, `beide landen`, `Russisch-Amerikaans`.
    """

    mention: str
    entities: tuple[str, ...]
    score: float
    reason: str  # rule or sieve
    candidates: tuple[tuple[str, float], ...] = ()


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 type and value beside the calendar interval that it stands for.

    `anchor` is the ISO day (or reference) against which it was resolved; `alternatives` keeps other
    readings with their weights, best first, where the text does not decide.
    """

    span: Span
    type: TimexType
    value: str
    interval: Interval | None = None
    granularity: str = ""
    modifier: str = ""  # START, MID, END, APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_LESS
    anchor: str = ""
    alternatives: tuple[tuple[str, float], ...] = ()
    provenance: Provenance = field(default_factory=lambda: Provenance("times"))

    @property
    def id(self) -> str:
        """Return an id unique within the document."""
        return f"t{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, the marks included; `closed` is False when no mark ends it."""

    span: Span
    closed: bool = True
    speech: bool = True  # False for scare quotes, titles and single terms


class Stance(StrEnum):
    """How a source stands to what it says."""

    ANNOUNCES = "announces"
    ASSERTS = "asserts"
    DENIES = "denies"
    DOES_NOT_CONFIRM = "does_not_confirm"
    CONFIRMS = "confirms"
    ADMITS = "admits"
    DEMANDS = "demands"
    PROMISES = "promises"
    REVISES = "revises"


class SpeechKind(StrEnum):
    """All in quotation marks, none of it, or part of it."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement: a source, the cue that reports it, and the content (PARC terms, Pareti 2015)."""

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: SpeechKind
    stance: Stance
    sources: tuple[str, ...] = ()  # entity ids of the source; empty when it has no name
    addressee: Span | None = None
    addressees: tuple[str, ...] = ()
    medium: str = ""
    time: str = ""  # ISO value of the act of saying, "" when not known
    place: str = ""
    parent: str = ""  # id of the attribution that reports this one
    score: float = 1.0
    provenance: Provenance = field(default_factory=lambda: Provenance("attributions"))

    @property
    def id(self) -> str:
        """Return an id unique within the document."""
        first = self.content[0] if self.content else self.cue[0]
        return f"a{self.cue[0].start}-{first.start}-{first.end}"


class Status(StrEnum):
    """An event's factuality as people read it."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    OFFERED = "offered"
    CALLED_FOR = "called_for"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    DENIED = "denied"
    NOT_HAPPENED = "not_happened"
    CANCELLED = "cancelled"


REACHED = frozenset({Status.HAPPENED, Status.ONGOING})  # what took place, or does


@dataclass(frozen=True, slots=True)
class Factuality:
    """How certain a source is of an event, and which way (FactBank, Sauri and Pustejovsky 2009)."""

    source: str  # "reporter" or an attribution id
    certainty: str  # certain, probable, possible, underspecified
    polarity: str  # positive, negative, underspecified


HOST = "host"  # the reason of an argument that stands in for the town where talks are held


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of an event: its role (actor, recipient), words, and the entities that it means."""

    role: str
    entities: tuple[str, ...]
    span: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """One telling of an event: its trigger words, PLOVER type and mode, participants, time and place."""

    trigger: tuple[Span, ...]
    type: str
    mode: str = ""
    contexts: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    time: str = ""  # ISO value, "" when the text gives none
    interval: Interval | None = None
    time_how: str = ""  # syntax, sentence, narrative, statement, publication
    place: str = ""  # entity id
    status: Status = Status.HAPPENED
    factuality: tuple[Factuality, ...] = ()
    according_to: tuple[str, ...] = ()  # entity ids, or words of an unnamed source
    attribution: str = ""  # id of the attribution whose content tells it
    numbers: tuple[tuple[str, str], ...] = ()  # (what is counted, figure): ("raketten", "59")
    background: bool = False
    score: float = 1.0
    provenance: Provenance = field(default_factory=lambda: Provenance("events"))
    resumes: bool = (
        False  # refers back (`de aanval`) or stands in a title: what it leaves out is told elsewhere
    )
    ahead: bool = False  # told as still to come when it was said: `zou hem niet ontvangen` denies a plan

    @property
    def id(self) -> str:
        """Return an id unique within the document."""
        return f"e{self.trigger[0].start}-{self.trigger[0].end}-{self.type}"

    def entities(self, role: str) -> tuple[str, ...]:
        """Return the entity ids in a role, in text order, each once."""
        found = (
            entity for argument in self.arguments if argument.role == role for entity in argument.entities
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """Words that refer to an agreement (a truce, an accord), and the phase of its life that they tell.

    `phase` is one of the ontology's process phases, "" for a bare reference; `negated` tells that the
    phase is said not to have been reached. `dated` is the ISO value in the reference itself
    (`de wapenstilstand van februari`), `time` that of the phase.
    """

    span: Span
    head: Span
    kind: str  # ceasefire, cessation_of_hostilities, de_escalation, memorandum, agreement
    parties: tuple[str, ...] = ()  # entity ids
    places: tuple[str, ...] = ()  # entity ids
    dated: str = ""
    phase: str = ""
    cue: Span | None = None
    time: str = ""
    status: Status = Status.HAPPENED
    negated: bool = False
    attribution: str = ""
    provenance: Provenance = field(default_factory=lambda: Provenance("agreements"))
    mediators: tuple[str, ...] = ()  # entity ids
    terms: tuple[tuple[str, Span], ...] = ()  # (term of the ontology, words)
    form: str = ""  # written, oral, declared
    extent: str = ""  # partial, full
    ends: str = ""  # ISO value of the day on which it ends
    fresh: bool = False  # is told from another: `een nieuw bestand`, `het eerste bestand`

    @property
    def id(self) -> str:
        """Return an id unique within the document."""
        return "-".join(("g" + str(self.head.start), str(self.head.end), *filter(None, (self.phase,))))


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with all that was found in it. Each step returns only the layers that it gives."""

    document: Document
    header: Header = field(default_factory=Header)
    published: Published = field(default_factory=Published)
    zones: tuple[Zone, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tokens: tuple[Token, ...] = ()
    names: tuple[Mention, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()  # names, role phrases, groups
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    references: tuple[Mention, ...] = ()  # pronouns and descriptions, from coreference
    coreferences: tuple[Link, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventMention, ...] = ()
    agreements: tuple[AgreementMention, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def text(self) -> str:
        """Return the document's text."""
        return self.document.text


def record_id(document: Document | str, record_local_id: str) -> str:
    """Return the chronicle-wide id of a record of one document's analysis.

    `document` is the document or its id; give the id where many records of one document are named,
    since a document's id hashes its whole text.
    """
    key = document if isinstance(document, str) else document.id
    return content_id(record_local_id[:1], key, record_local_id)
