"""Every rule of the pack's table of traits finds what its examples say, with the real parser."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.language import load_language
from kroniek.model import Analysis, Document, HowKnown, Origin, Published
from kroniek.ontology import load_ontology
from kroniek.pipeline import analyse, load_resources

TABLE = load_language("nl").table("agreement_traits")
TERMS = [(rule["id"], *example) for rule in TABLE["terms"] for example in rule["examples"]]
FORMS = [(rule["id"], *example) for rule in TABLE["forms"] for example in rule["examples"]]
EXTENTS = [(rule["id"], *example) for rule in TABLE["extents"] for example in rule["examples"]]
ENDS = [
    ("De wapenstilstand geldt tot en met zondag.", "2016-08-28"),
    ("Het bestand loopt tot 12 september.", "2016-09-12"),
    ("Het bestand ging maandag in.", ""),
]
SENTENCES = [item[1] for item in (*TERMS, *FORMS, *EXTENTS)] + [
    item[0] for item in TABLE["mediation"]["examples"]
]


@pytest.fixture(scope="module")
def analyses() -> dict[str, Analysis]:
    texts = [*SENTENCES, *(sentence for sentence, _ in ENDS)]
    documents = [
        Document(text, Origin("a.txt"), given=Published("2016-08-26", HowKnown.GIVEN)) for text in texts
    ]
    found = analyse(documents, load_resources(today=date(2026, 11, 22)))
    return dict(zip(texts, found, strict=True))


def test_traits_have_ids_of_their_own_and_terms_of_the_ontology() -> None:
    ids = [rule["id"] for name in ("terms", "forms", "extents") for rule in TABLE[name]]
    assert len(ids) == len(set(ids))
    assert {rule["term"] for rule in TABLE["terms"]} == set(load_ontology().terms)


@pytest.mark.parametrize(("rule", "sentence", "term"), TERMS)
def test_traits_term_of_rule(analyses: dict[str, Analysis], rule: str, sentence: str, term: str) -> None:
    found = {name for item in analyses[sentence].agreements for name, _ in item.terms}
    assert found == {term} - {""}, rule
    for item in analyses[sentence].agreements:
        assert all(span.of(sentence) for _, span in item.terms)


@pytest.mark.parametrize(("rule", "sentence", "form"), FORMS)
def test_traits_form_of_rule(analyses: dict[str, Analysis], rule: str, sentence: str, form: str) -> None:
    assert {item.form for item in analyses[sentence].agreements} == {form}, rule


@pytest.mark.parametrize(("rule", "sentence", "extent"), EXTENTS)
def test_traits_extent_of_rule(analyses: dict[str, Analysis], rule: str, sentence: str, extent: str) -> None:
    assert {item.extent for item in analyses[sentence].agreements} == {extent}, rule


@pytest.mark.parametrize(("sentence", "mediator"), TABLE["mediation"]["examples"])
def test_traits_mediator(analyses: dict[str, Analysis], sentence: str, mediator: str) -> None:
    names = {entity.id: entity.name for entity in analyses[sentence].entities}
    (mention, *_) = analyses[sentence].agreements
    assert [names[key] for key in mention.mediators] == [mediator]


@pytest.mark.parametrize(("sentence", "end"), ENDS)
def test_traits_end(analyses: dict[str, Analysis], sentence: str, end: str) -> None:
    assert {item.ends for item in analyses[sentence].agreements} == {end}
