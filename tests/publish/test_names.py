"""What entities are called: names of the interface's language, spelt as the reports spell them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kroniek.knowledge import load_knowledge
from kroniek.model import Analysis, Document, Entity, EntityType, Link, Mention, MentionKind, Origin, Span
from kroniek.publish.labels import load_labels
from kroniek.publish.names import Naming, names_for_reading

NAMES = {
    "country:US": "United States", "country:RU": "Russia", "country:KR": "South Korea", "country:RU/MIL": "Russia",
    "person:sergey-lavrov": "Sergey Lavrov", "place:geneva-ch": "Geneva", "group-1": "rebels",
    "org:RU-foreign": "Ministry of Foreign Affairs of the Russian Federation", "nil-1": "Quneitra",
}  # fmt: skip
TYPES = {"country": EntityType.GPE, "person": EntityType.PER, "place": EntityType.GPE, "org": EntityType.ORG}


def _report(*called: tuple[str, str], kind: MentionKind = MentionKind.NAME) -> Analysis:
    """Return the analysis of a report that calls entities by these names."""
    text = " ".join(words for _, words in called)
    mentions, links, entities, start = [], [], {}, 0
    for entity, words in called:
        mention = Mention(Span(start, start + len(words)), kind)
        start += len(words) + 1
        mentions.append(mention)
        links.append(Link(mention.id, (entity,), 1.0, "name"))
        country = "RU" if entity.startswith("org:RU") else ""
        kind_of = TYPES.get(entity.partition(":")[0], EntityType.NORP)
        entities[entity] = Entity(entity, NAMES[entity], kind_of, country=country)
    return Analysis(
        Document(text, Origin("a.txt")), mentions=tuple(mentions), links=tuple(links), entities=tuple(entities.values())
    )  # fmt: skip


def _name(entity: str, *reports: Analysis, interface: str = "nl") -> str:
    labels = load_labels(interface)
    found = names_for_reading([entity], reports, names=NAMES, knowledge=load_knowledge(), labels=labels)
    return found[entity]


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("country:US", "Verenigde Staten"), ("country:RU", "Rusland"), ("country:KR", "Zuid-Korea"),
        ("country:RU/MIL", "leger (Rusland)"), ("place:geneva-ch", "Genève"), ("nil-1", "Quneitra"),
    ],
)  # fmt: skip
def test_names_are_those_of_the_interface(entity: str, name: str) -> None:
    assert _name(entity) == name
    assert _name(entity, interface="en") == NAMES[entity]


def test_names_of_countries_do_not_follow_what_reports_like_best() -> None:
    assert _name("country:US", _report(("country:US", "Amerika"))) == "Verenigde Staten"


def test_names_of_people_are_spelt_as_reports_do_most_in_full() -> None:
    lavrov = "person:sergey-lavrov"
    report = _report((lavrov, "Lavrov"), (lavrov, "Lavrov"), (lavrov, "Sergej Lavrov"))
    assert _name(lavrov, report) == "Sergej Lavrov"
    english = replace(report, document=replace(report.document, language="en"))
    assert _name(lavrov, english) == "Sergey Lavrov"


def test_names_of_bodies_that_are_no_names_carry_their_country() -> None:
    ministry = "org:RU-foreign"
    report = _report((ministry, "ministerie van Buitenlandse Zaken"))
    assert _name(ministry, report) == "ministerie van Buitenlandse Zaken (Rusland)"


def test_names_of_groups_lose_their_article() -> None:
    assert _name("group-1", _report(("group-1", "de rebellen"), kind=MentionKind.NOMINAL)) == "rebellen"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GB", "Verenigd Koninkrijk"),
        ("NL", "Nederland"),
        ("IL", "Israël"),
        ("CZ", "Tsjechië"),
        ("SA", "Saoedi-Arabië"),
    ],
)
def test_names_of_countries_are_those_of_the_language(code: str, name: str) -> None:
    labels = load_labels("nl")
    assert (
        Naming({}, load_knowledge().full_names("nl"), labels).of(f"country:{code}/MIL", {})
        == f"leger ({name})"
    )
