"""What entities are called on a page: by the names of the interface's language, and as the reports spell them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kroniek.knowledge import Knowledge, KnownEntity
from kroniek.model import Analysis, Entity, EntityType, MentionKind
from kroniek.publish.labels import Labels

PLACES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.NORP})
COUNTRY = "country:"
Labelled = Mapping[str, Sequence[str]]  # entity -> its full names in the interface's language
GROUP = "group-"  # what has no name of its own: `de rebellen`


def names_for_reading(
    wanted: Iterable[str],
    analyses: Iterable[Analysis],
    *,
    names: Mapping[str, str],
    knowledge: Knowledge,
    labels: Labels,
) -> dict[str, str]:
    """Return the names of the entities wanted for readers of an interface; `names` are the canonical English ones.

    Countries have the knowledge base's name in that language. People and bodies are called as the
    reports in that language call them most, in the fullest form: `Sergej Lavrov`, not `Sergey Lavrov`.
    """
    ids = [entity for entity in dict.fromkeys(wanted) if entity in names]
    language = labels.page("language")
    if language == "en":
        return {entity: names[entity] for entity in ids}
    used, entities = _surfaces(analyses, labels)
    naming = Naming(names, knowledge.full_names(language), labels)
    return {entity: naming.of(entity, used[entity], entities.get(entity)) for entity in ids}


@dataclass(frozen=True, slots=True)
class Naming:
    """How an interface names entities: canonical English `names`, `full` ones in its language, its `labels`."""

    names: Mapping[str, str]
    full: Labelled
    labels: Labels

    def of(self, entity: str, used: Mapping[str, int], record: Entity | KnownEntity | None = None) -> str:
        """Return an entity's name for reading; `used` counts the names that reports in the language give it."""
        return _of_country(entity, self.full, self.labels) or _name(
            entity, self.names, Counter(used), record, self.full
        )


def without_article(words: str, labels: Labels) -> str:
    """Return a description without its article: `de rebellen` -> `rebellen`."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in labels.tables["articles"]["words"] else words


def _surfaces(
    analyses: Iterable[Analysis], labels: Labels
) -> tuple[dict[str, Counter[str]], dict[str, Entity]]:
    """Return how often reports in a language call each entity by which name, and the entities."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    entities: dict[str, Entity] = {}
    for analysis in analyses:
        if analysis.document.language != labels.page("language"):
            continue
        entities.update((entity.id, entity) for entity in analysis.entities)
        mentions = {item.id: item for item in analysis.mentions}
        for link in analysis.links:
            mention = mentions.get(link.mention)
            if mention is None or len(link.entities) != 1:
                continue
            entity = link.entities[0]
            words = " ".join(mention.span.of(analysis.text).split())
            if mention.kind is not MentionKind.NAME:
                if not entity.startswith(GROUP):
                    continue
                words = without_article(words, labels)
            used[entity][words] += 1
    return used, entities


def _of_country(entity: str, full: Labelled, labels: Labels) -> str:
    """Return `leger (Syrië)` for the army of a country, "" for what is no part of a country."""
    country, _, sector = entity.partition("/")
    if not sector or not country.startswith(COUNTRY) or sector not in labels.tables["sectors"]:
        return ""
    return f"{labels.of('sectors', sector)} ({_country(country, full)})"


def _name(
    entity: str,
    names: Mapping[str, str],
    used: Counter[str],
    record: Entity | KnownEntity | None,
    full: Labelled,
) -> str:
    canonical = names[entity]
    if entity.startswith(COUNTRY):
        return _country(entity, full) or canonical
    label = min(
        full.get(entity, ()), key=lambda name: (-used[name], name != canonical, len(name), name), default=""
    )
    if used[label] or (not used[canonical] and label):
        return label
    spelt = _fullest(used, canonical)
    if entity.startswith(GROUP):
        return spelt or canonical
    if used[canonical] or record is None or record.type in PLACES:
        return canonical
    if spelt[:1].islower() and record.country:
        country = COUNTRY + record.country
        return f"{spelt} ({_country(country, full)})"
    return spelt or canonical


def _country(entity: str, full: Labelled) -> str:
    """Return what the language calls a country, "" where the knowledge base does not say."""
    return next(iter(full.get(entity, ())), "")


def _fullest(used: Counter[str], canonical: str) -> str:
    """Return the name used most, one of several words before single words for what has several; "" if none."""
    several = [name for name in used if len(name.split()) > 1]
    found = several if several and len(canonical.split()) > 1 else list(used)
    return min(found, key=lambda name: (-used[name], name), default="")
