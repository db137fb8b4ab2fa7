"""Every rule of the pack finds what its examples say, with the value that they say."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.analyse.times import find_times
from kroniek.analyse.times.grammar import read_rules
from kroniek.language import load_language
from kroniek.model import Analysis, Document, Origin, Published, Span, Timex, Zone, ZoneKind
from kroniek.pipeline import Resources, load_resources

RULES = read_rules(load_language("nl").table("times"))
EXAMPLES = [(rule.id, *example) for rule in RULES for example in rule.examples]


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(today=date(2026, 1, 1), parser="spacy")


def times_of(text: str, published: str | None, resources: Resources) -> tuple[Timex, ...]:
    zones = (Zone(ZoneKind.PARAGRAPH, Span(0, len(text))),)
    analysis = Analysis(Document(text, Origin("a.txt")), published=Published(published), zones=zones)
    found: tuple[Timex, ...] = find_times(analysis, resources)["timexes"]
    return found


def test_every_rule_has_an_example_and_its_own_id() -> None:
    assert [rule.id for rule in RULES if not rule.examples] == []
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "text", "published", "surface", "value"), EXAMPLES)
def test_rule_example(
    rule: str, text: str, published: str, surface: str, value: str, resources: Resources
) -> None:
    found = [(timex.span.of(text), timex.value) for timex in times_of(text, published, resources)]
    if surface:
        assert (surface, value) in found, rule
    else:
        assert found == [], rule
