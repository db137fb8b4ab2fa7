"""The compiled form of a language pack's `coreference.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kroniek.errors import PackError
from kroniek.language import Language
from kroniek.model import Entity, EntityType

LEAST_FRONT = 3  # letters before the noun in a compound: `autofabrikant`, not `iemand`
LEAST_NOUN = 3
LIGHT = frozenset(
    {"light", "impersonal", "result", "show", "name", "want"}
)  # cues that need more to say something


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that may refer back: its rule, the kinds of antecedent, and the gender it shows.

    `sectors` (PLOVER) and `names` (words in small letters) tell which organisations it fits. `sort`
    parts nouns of one rule that never mean the same: `het ministerie`, `de rechtbank`.
    """

    rule: str
    kinds: frozenset[str]
    gender: str
    sectors: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sort: str = ""


@dataclass(frozen=True)
class CoreferencePack:
    """Pronouns by form, nouns that refer back, nouns of pairs, and other word lists."""

    pronouns: Mapping[str, str]
    nouns: Mapping[str, Description]
    pairs: Mapping[str, Description]
    words: Mapping[str, frozenset[str]]
    age: str
    whole: frozenset[str]
    kinds: tuple[Description, ...] = ()  # descriptions that tell their organisations apart
    saying: frozenset[str] = frozenset()  # lemmas of the pack's reporting verbs
    documents: frozenset[str] = frozenset()  # nouns for documents that speak for who issued them

    def kind_of(self, entity: Entity) -> Description | None:
        """Return the nouns that fit an organisation, by its name or its sector; None when none do."""
        if entity.type is not EntityType.ORG:
            return None
        words = frozenset(entity.name.lower().replace("-", " ").split())
        named = (item for item in self.kinds if words & item.names)
        fitting = (item for item in self.kinds if entity.sector and entity.sector in item.sectors)
        return next(named, None) or next(fitting, None)

    def description(self, noun: str) -> Description | None:
        """Return what a noun in small letters may mean; a compound means what its last part means."""
        if noun in self.nouns or noun in self.whole:
            return self.nouns.get(noun)
        for cut in range(LEAST_FRONT, len(noun) - LEAST_NOUN + 1):
            found = self.nouns.get(noun[cut:])
            if found is not None:
                return found
        if noun.endswith(self.age):
            return Description("nominal.age", frozenset({"PER"}), "")
        return None


def compile_coreference(language: Language) -> CoreferencePack:
    """Return the compiled `coreference.toml`; raises PackError when a field is missing."""
    table = language.table("coreference")
    try:
        return CoreferencePack(
            {form: kind for kind, forms in reversed(table["pronouns"].items()) for form in forms},
            {word.lower(): description for entry in table["noun"]
             for description in (_description(entry),) for word in entry["words"]},
            {word: Description(entry["id"], frozenset(entry["type"]), "")
             for entry in table["pair"] for word in entry["words"]},
            {name: frozenset(words) for name, words in table["words"].items() if isinstance(words, list)},
            table["words"]["age"],
            frozenset(word for entry in table["noun"] for word in entry.get("whole", ())),
            tuple(_description(entry) for entry in table["noun"] if "names" in entry or "sectors" in entry),
            frozenset(entry["lemma"] for entry in language.table("cues")["verbs"] if entry["group"] not in LIGHT),
            frozenset(language.table("cues")["words"]["documents"]),
        )  # fmt: skip
    except KeyError as error:
        raise PackError(f"{language.package}/coreference.toml: field {error} is missing") from error


def _description(entry: Mapping[str, Any]) -> Description:
    return Description(
        entry["id"],
        frozenset(entry["type"]),
        entry["gender"],
        frozenset(entry.get("sectors", ())),
        frozenset(word.lower() for word in entry.get("names", ())),
        entry.get("sort", ""),
    )
