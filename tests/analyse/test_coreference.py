"""References within a document: the examples of the pack, and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from kroniek.analyse.actors import find_actors
from kroniek.analyse.coreference import resolve_references
from kroniek.analyse.parse import parse
from kroniek.analyse.quotations import QUOTATIONS
from kroniek.analyse.step import Resources
from kroniek.language import load_language
from kroniek.model import Analysis, EntityType, Mention, MentionKind
from kroniek.pipeline import load_resources
from tests.analyse import actor_texts

EXAMPLES = load_language("nl").table("coreference")["example"]


@lru_cache(maxsize=1)
def parser_resources() -> Resources:
    return load_resources("nl", today=date(2026, 1, 1))


def referred(
    text: str, names: dict[str, str], day: str = "2016-09-09", resources: Resources | None = None
) -> Analysis:
    """Return the analysis of a text with actors and references, parsed by the pack's own parser."""
    resources = resources or parser_resources()
    analysis = actor_texts.unparsed(text, day)
    analysis = replace(analysis, **parse([analysis], resources)[0])
    analysis = replace(analysis, names=tuple(actor_texts.names_in(text, names)))
    analysis = replace(analysis, **QUOTATIONS.run([analysis], resources)[0])
    analysis = replace(analysis, **find_actors(analysis, resources))
    return replace(analysis, **resolve_references(analysis, resources))


def meant(analysis: Analysis, words: str, nth: int = 1) -> list[str]:
    """Return the names of what the reference with these words means."""
    names = {entity.id: entity.name for entity in analysis.entities}
    links = {link.mention: link for link in (*analysis.links, *analysis.coreferences)}
    mentions = [
        mention for mention in (*analysis.mentions, *analysis.references)
        if mention.span.of(analysis.text) == words and mention.id in links
    ]  # fmt: skip
    found = mentions[nth - 1 : nth]
    return [names[key] for mention in found for key in links[mention.id].entities]


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["sieve"])
def test_coreference_example(example: dict[str, object]) -> None:
    analysis = referred(str(example["text"]), example["names"], str(example.get("day", "2016-09-09")))  # type: ignore[arg-type]
    assert meant(analysis, str(example["words"])) == example["entities"]


@pytest.mark.slow
def test_coreference_the_speaker_is_not_he_in_his_own_words() -> None:
    text = 'Kerry prees Lavrov. "Hij is een vakman", zei Kerry.'
    assert meant(referred(text, {"Kerry": "PER", "Lavrov": "PER"}), "Hij") == ["Sergey Lavrov"]


@pytest.mark.slow
def test_coreference_a_pronoun_is_nobody_named_after_it_in_its_clause() -> None:
    text = (
        "De Amerikaanse minister John Kerry sprak over Assad. Volgens hem is er geen plaats meer voor Assad."
    )
    assert meant(referred(text, {"John Kerry": "PER", "Amerikaanse": "NORP", "Assad": "PER"}), "hem") == [
        "John Kerry"
    ]


def test_coreference_survives_odd_input_without_trees() -> None:
    blank = actor_texts.resources()
    for text in ("Hij.", "de twee", '" ik zei', "Zijn land zijn land zijn land", "ze " * 100, "beide landen"):
        analysis = referred(text, {}, resources=blank)
        assert analysis.coreferences == ()


def test_coreference_every_link_has_its_mention_and_known_entities() -> None:
    text = (
        "Poetin sprak. Hij zei dat de twee landen praten. Rusland en Turkije zijn blij. Beide landen wachten."
    )
    analysis = referred(
        text, {"Poetin": "PER", "Rusland": "GPE", "Turkije": "GPE"}, resources=actor_texts.resources()
    )
    mentions = {mention.id for mention in analysis.references}
    entities = {entity.id for entity in analysis.entities}
    assert analysis.coreferences
    assert all(link.mention in mentions and set(link.entities) <= entities for link in analysis.coreferences)


def test_coreference_long_documents_take_linear_time() -> None:
    text = "Poetin sprak met Kerry. Hij zei dat zijn land wacht. De twee zwegen. " * 100
    analysis = referred(text, {"Poetin": "PER", "Kerry": "PER"}, resources=actor_texts.resources())
    assert len(analysis.coreferences) > 100


def test_mention_kinds_are_pronoun_or_nominal() -> None:
    analysis = referred("Poetin sprak. Hij lachte.", {"Poetin": "PER"}, resources=actor_texts.resources())
    kinds = {mention.kind for mention in analysis.references}
    assert kinds <= {MentionKind.PRONOUN, MentionKind.NOMINAL}
    assert all(
        isinstance(mention, Mention) and mention.type in (None, *EntityType)
        for mention in analysis.references
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "place", "wanted"),
    [
        ("De president heeft Havana bezocht.", "Havana", "Havana"),
        ("Het konvooi trok Damascus binnen.", "Damascus", "Damascus"),
        ("De VS waarschuwen Moskou.", "Moskou", "Russia"),
        ("Zijn bezoek aan Moskou is uitgesteld.", "Moskou", "Moscow"),
    ],
)
def test_metonyms_follow_the_verb_of_which_they_are_the_object(text: str, place: str, wanted: str) -> None:
    assert meant(referred(text, {place: "GPE"}), place) == [wanted]


@pytest.mark.slow
def test_coreference_a_description_that_says_which_is_no_body_named_before() -> None:
    names = {"Apple": "ORG", "Londen": "GPE"}
    analysis = referred("Apple verloor de zaak. Het gerechtshof in Londen gaf Apple ongelijk.", names)
    assert meant(analysis, "Het gerechtshof") == []
