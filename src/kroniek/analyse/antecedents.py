"""What later words can refer to: linked mentions with number, gender, kind and place in the sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kroniek.analyse.phrases import is_one_of_a_people, is_people
from kroniek.analyse.tree import Tree, tokens_in
from kroniek.knowledge import Knowledge
from kroniek.language import Language
from kroniek.model import Analysis, Entity, EntityType, Mention, MentionKind, Quotation, Token


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A linked mention: its first and head token, sentence, entities, kind and grammatical place.

    `kind`: PER, COUNTRY, CITY, ORG, or another entity type. `quotation` is the index of the quotation
    that it stands in, -1 outside. `origin` is the code of the country that its entity belongs to, and
    `person` tells that a people's name stands for one person: `De Portugees`.
    """

    mention: Mention
    at: int
    head: int
    sentence: int
    entities: tuple[str, ...]
    kind: str
    plural: bool
    gender: str
    subject: bool
    quotation: int
    origin: str = ""
    person: bool = False
    unknown: bool = False  # whether the knowledge base lacks what it means


@dataclass(frozen=True, slots=True)
class Genders:
    """First names and titles that tell whether somebody is a man or a woman."""

    feminine: frozenset[str]
    masculine: frozenset[str]
    titles_feminine: frozenset[str]
    titles_masculine: frozenset[str]


def compile_genders(language: Language) -> Genders:
    """Return the lists of names and titles of a pack's `coreference.toml`."""
    own: Mapping[str, Any] = language.table("coreference")["names"]
    listed: Mapping[str, str] = language.table("first_names")
    feminine, masculine = frozenset(own["feminine"]), frozenset(own["masculine"])
    return Genders(
        feminine | (frozenset(listed["feminine"].split()) - masculine),
        masculine | (frozenset(listed["masculine"].split()) - feminine),
        frozenset(own["titles_feminine"]),
        frozenset(own["titles_masculine"]),
    )


def antecedents_of(
    analysis: Analysis, tree: Tree, knowledge: Knowledge, genders: Genders
) -> list[Antecedent]:
    """Return the document's linked mentions, in text order."""
    entities = {entity.id: entity for entity in analysis.entities}
    linked = {link.mention: link.entities for link in analysis.links}
    found = []
    gender_of: dict[str, str] = {}
    for mention in analysis.mentions:
        keys = tuple(key for key in linked.get(mention.id, ()) if key in entities)
        words = tokens_in(analysis, mention.span)
        if not keys or not words:
            continue
        head = head_of(words)
        first = entities[keys[0]]
        if first.id not in gender_of or not gender_of[first.id]:
            gender_of[first.id] = gender(first, words, analysis.tokens, knowledge, genders)
        found.append(
            Antecedent(
                mention, words[0].index, head.index, words[0].sentence, keys, kind_of(first, knowledge),
                is_plural(mention, keys, head), gender_of[first.id], is_subject(head, tree),
                quotation_at(mention.span.start, analysis.quotations), origin_of(first),
                is_people(first.id, words[0].text) and is_one_of_a_people(mention, words, tree), not first.known,
            )
        )  # fmt: skip
    return found


def origin_of(entity: Entity) -> str:
    """Return the code of the country that an entity is or belongs to, "" for none."""
    return entity.id.removeprefix("country:") if entity.id.startswith("country:") else entity.country


def head_of(words: Sequence[Token]) -> Token:
    """Return the word of a mention that hangs outside it, the first if there are several."""
    inside = {word.index for word in words}
    return next((word for word in words if word.head not in inside or word.head == word.index), words[0])


def kind_of(entity: Entity, knowledge: Knowledge) -> str:
    """Return PER, ORG, COUNTRY, CITY or the entity type's own name."""
    if entity.id.startswith("country:"):
        return "COUNTRY"
    if entity.type is EntityType.GPE:
        return "CITY"
    return entity.type.value


def is_plural(mention: Mention, entities: Sequence[str], head: Token) -> bool:
    """Tell whether a mention stands for several: a plural noun or several entities."""
    if len(entities) > 1:
        return True
    return mention.kind is not MentionKind.NAME and "Number=Plur" in head.feats


def is_subject(head: Token, tree: Tree) -> bool:
    """Tell whether a mention is a subject, also as apposition: `president Poetin` as subject."""
    token: Token | None = head
    for _ in range(4):
        if token is None:
            return False
        if token.deprel.startswith("nsubj"):
            return True
        if token.deprel.partition(":")[0] not in ("appos", "flat", "conj"):
            return False
        token = tree.head(token)
    return False


def gender(
    entity: Entity, words: Sequence[Token], tokens: Sequence[Token], knowledge: Knowledge, genders: Genders
) -> str:
    """Return "m", "f" or "" for a person: from the knowledge base, the first name or a title before it."""
    if entity.type is not EntityType.PER:
        return ""
    known = knowledge.entity(entity.id) if entity.known else None
    if known is not None and known.gender:
        return known.gender
    before = tokens[words[0].index - 1].text.lower() if words[0].index else ""
    opening = words[0].text.lower()
    for title in (opening, before):
        if title in genders.titles_feminine or title in genders.titles_masculine:
            return "f" if title in genders.titles_feminine else "m"
    first = next(iter(entity.name.split()), "")
    if first in genders.feminine:
        return "f"
    return "m" if first in genders.masculine else ""


def quotation_at(position: int, quotations: Sequence[Quotation]) -> int:
    """Return the index of the quotation (of those in text order) that holds a position, or -1."""
    index = bisect_right(quotations, position, key=lambda quotation: quotation.span.start) - 1
    inside = index >= 0 and position < quotations[index].span.end
    return index if inside and quotations[index].speech else -1
