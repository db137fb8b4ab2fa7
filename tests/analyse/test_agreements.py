"""Every rule of the pack's table of agreements finds what its examples say, with the real parser."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.language import load_language
from kroniek.model import Analysis, Document, HowKnown, Origin, Published, Status
from kroniek.pipeline import analyse, load_resources

RULES = load_language("nl").table("agreements")["phases"]
EXAMPLES = [(rule["id"], *example) for rule in RULES for example in rule["examples"]]


@pytest.fixture(scope="module")
def analyses() -> dict[str, Analysis]:
    texts = [sentence for _, sentence, *_ in EXAMPLES] + list(MORE)
    documents = [
        Document(text, Origin("a.txt"), given=Published("2016-08-27", HowKnown.GIVEN)) for text in texts
    ]
    resources = load_resources(today=date(2026, 11, 22))
    found = analyse(documents, resources)
    return dict(zip(texts, found, strict=True))


MORE = (
    "Dat moet de wapenstilstand van februari weer tot leven wekken.",
    "De VN riepen op tot een wapenstilstand in Jemen.",
)


def test_agreements_rules_have_ids_of_their_own_and_examples() -> None:
    ids = [rule["id"] for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(rule["examples"] for rule in RULES)


@pytest.mark.parametrize(("rule", "sentence", "kind", "phase", "negated"), EXAMPLES)
def test_agreements_example_of_rule(
    analyses: dict[str, Analysis], rule: str, sentence: str, kind: str, phase: str, negated: bool
) -> None:
    found = [(item.kind, item.phase, item.negated) for item in analyses[sentence].agreements]
    assert (kind, phase, negated) in found, rule


def test_agreements_date_of_a_reference_lies_in_the_past(analyses: dict[str, Analysis]) -> None:
    (mention,) = analyses[MORE[0]].agreements
    assert (mention.dated, mention.phase, mention.status) == ("2016-02", "revived", Status.CALLED_FOR)


def test_agreements_know_where_they_hold(analyses: dict[str, Analysis]) -> None:
    (mention,) = analyses[MORE[1]].agreements
    assert mention.places == ("country:YE",)
