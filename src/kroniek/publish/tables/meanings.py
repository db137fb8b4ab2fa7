"""What the codes in the cells mean, taken from the ontology and the records themselves."""

from __future__ import annotations

from collections.abc import Mapping

from kroniek.model import HowKnown, SpeechKind
from kroniek.ontology import load_ontology

ONTOLOGY = load_ontology()

TYPES: Mapping[str, str] = {code: kind.definition for code, kind in ONTOLOGY.types.items()}
MODES: Mapping[str, str] = {
    mode.name: f"({code}) {mode.definition}" for code, kind in ONTOLOGY.types.items() for mode in kind.modes.values()
}  # fmt: skip
STATUSES: Mapping[str, str] = {status.value: meaning for status, meaning in ONTOLOGY.statuses.items()}
STANCES: Mapping[str, str] = {stance.value: meaning for stance, meaning in ONTOLOGY.stances.items()}
PHASES: Mapping[str, str] = dict(ONTOLOGY.phases)
QUADS: Mapping[str, str] = {str(number): name for number, name in ONTOLOGY.quads.items()}
ROLES: Mapping[str, str] = {
    "actor": "does it, or takes part in it on equal terms",
    "recipient": "it is done to",
}
KINDS_OF_SPEECH: Mapping[str, str] = {
    SpeechKind.DIRECT.value: "all of the content stands in quotation marks",
    SpeechKind.INDIRECT.value: "none of it does",
    SpeechKind.MIXED.value: "a part of it does",
}
HOW_PUBLISHED: Mapping[str, str] = {
    HowKnown.STATED.value: "the report's own header says so",
    HowKnown.GIVEN.value: "the input (a column, a page's metadata) says so",
    HowKnown.INFERRED.value: "concluded from the text and from other reports",
    HowKnown.UNKNOWN.value: "not known",
}
TIME_HOW: Mapping[str, str] = {
    "syntax": "a time that hangs on the event's own words",
    "sentence": "a time elsewhere in the sentence",
    "narrative": "carried over from the sentence before",
    "statement": "the time of the statement that tells it",
    "publication": "concluded from when the report appeared",
}
STANDINGS: Mapping[str, str] = {
    "confirmed": "a source that could deny it confirms or admits it",
    "confirmed with revision": "confirmed, and changed by its source since",
    "disputed": "one source says so and another denies it",
    "unconfirmed": "said, however often, and neither confirmed nor denied",
    "denied": "denied, and nobody holds it up",
    "not realised": "the event was cancelled or did not take place",
    "occurred after denial": "denied before; a later report tells in its own voice that it took place",
    "superseded": "its own source said something else later",
    "demanded": "only demanded, not said to be so",
}
SIDES: Mapping[str, str] = {
    "for": "says that it is so, or wants it",
    "against": "denies it, or does not confirm it",
}
AGAINST = frozenset({"denies", "does_not_confirm"})
OUTCOMES: Mapping[str, str] = {
    "open": "nothing later tells what came of it",
    "kept": "a later report tells that it was done",
    "broken": "a later report tells that it was not done, or the opposite was",
    "expired": "its day passed and nothing was told",
}
CERTAINTIES: Mapping[str, str] = {
    "certain": "the reporter presents it as certain",
    "probable": "as probable",
    "possible": "as possible",
    "underspecified": "does not commit to it",
}
POLARITIES: Mapping[str, str] = {
    "positive": "that it took place",
    "negative": "that it did not",
    "underspecified": "neither",
}
ENTITY_TYPES: Mapping[str, str] = {
    "PER": "person", "ORG": "organisation", "GPE": "country, region or town with a government", "LOC": "other place",
    "FAC": "building or installation", "NORP": "people of a nation, faith or party", "EVENT": "named event",
    "MISC": "other name",
}  # fmt: skip
