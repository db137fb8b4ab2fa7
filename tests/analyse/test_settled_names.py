"""One name, one type: over the occurrences of a document, and with the knowledge base."""

from __future__ import annotations

from kroniek.analyse.settled_names import settle_names
from kroniek.knowledge import load_knowledge
from kroniek.model import EntityType, Mention, MentionKind, Span


def _names(text: str, *found: tuple[str, str]) -> list[Mention]:
    names, start = [], 0
    for words, kind in found:
        start = text.index(words, start)
        names.append(Mention(Span(start, start + len(words)), MentionKind.NAME, EntityType(kind)))
        start += len(words)
    return names


def _types(text: str, *found: tuple[str, str]) -> list[str]:
    settled = settle_names(_names(text, *found), text, load_knowledge())
    return [name.type.value for name in settled if name.type]


def test_settled_names_take_a_surname_from_the_full_name() -> None:
    text = "Piet Wolvega sprak. Volgens Wolvega komt er niets van."
    assert _types(text, ("Piet Wolvega", "PER"), ("Wolvega", "GPE")) == ["PER", "PER"]


def test_settled_names_follow_the_majority_of_the_document() -> None:
    text = "Zorbix bouwt. Zorbix groeit. Zorbix wint."
    assert _types(text, ("Zorbix", "ORG"), ("Zorbix", "PER"), ("Zorbix", "ORG")) == ["ORG"] * 3


def test_settled_names_know_capitals_and_nationalities() -> None:
    text = "Moskou had dat aangekondigd; de Chinese delegatie zweeg."
    assert _types(text, ("Moskou", "PER"), ("Chinese", "GPE")) == ["GPE", "NORP"]


def test_settled_names_leave_a_building_that_acts_to_the_sentence() -> None:
    assert _types("Het Witte Huis weigerde.", ("Witte Huis", "ORG")) == ["ORG"]
