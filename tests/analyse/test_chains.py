"""Chains: what may belong together, and which words refer at all."""

from __future__ import annotations

import pytest

from kroniek.analyse.chains import Chains, agrees, ordered
from kroniek.analyse.coreference import read_chains
from kroniek.analyse.referents import Referent
from kroniek.model import Span
from tests.analyse import actor_texts
from tests.analyse.test_coreference import parser_resources, referred


def referent(
    head: int,
    form: str,
    noun: str = "",
    *,
    number: str = "s",
    gender: str = "",
    kind: str = "",
    **more: object,
) -> Referent:
    """Return a referent of one word, the only one of its sentence."""
    kinds = frozenset({kind} if kind else ())
    values: dict[str, object] = {"subject": False, "quotation": -1, **more}
    span = Span(10 * head, 10 * head + 5)
    return Referent(span, head, head, head, head, form, noun, number, gender, kinds, **values)  # type: ignore[arg-type]


def test_chains_keep_what_the_linker_knows_together() -> None:
    chains = Chains()
    first = chains.join(referent(0, "name", "kerry", kind="PER", entities=("person:kerry",)), None)
    assert chains.linked(referent(9, "name", "kerry", entities=("person:kerry",))) is first
    assert chains.linked(referent(9, "name", "lavrov", entities=("person:lavrov",))) is None


@pytest.mark.parametrize(
    ("later", "fits"),
    [
        (referent(5, "he", "hij", gender="m"), False),  # a woman
        (referent(5, "she", "haar", gender="f"), True),
        (referent(5, "they", "hen", number="p"), False),
        (referent(5, "the", "bedrijf", kind="ORG"), False),
        (referent(5, "the", "zangeres", gender="f", kind="PER"), True),
    ],
)
def test_agrees_asks_number_gender_and_kind(later: Referent, fits: bool) -> None:
    chain = Chains().join(referent(0, "name", "els", gender="f", kind="PER", entities=("nil:els",)), None)
    assert agrees(later, chain) is fits


def test_ordered_reads_a_quotation_after_who_speaks_in_it() -> None:
    quoted, plain = referent(1, "I", "ik", quotation=0), referent(7, "he", "hij")
    fronted = referent(2, "his", "zijn", renames=5)
    subject = referent(5, "name", "kerry", entities=("person:kerry",))
    assert ordered([quoted, fronted, subject, plain], [9]) == [subject, fronted, plain, quoted]
    assert ordered([quoted, fronted, subject, plain], [6]) == [subject, fronted, quoted, plain]


def chained(text: str, names: dict[str, str]) -> list[list[str]]:
    """Return the words of each chain with more than one referent."""
    analysis = referred(text, names)
    chains = read_chains(analysis, parser_resources()).chains.found
    return [
        [item.span.of(text) for item in sorted(chain.referents, key=lambda item: item.head)]
        for chain in chains if len(chain.referents) > 1
    ]  # fmt: skip


@pytest.mark.slow
def test_chains_hold_people_without_a_name() -> None:
    chains = chained("Een vrouw kwam binnen. Ze legde haar jas neer.", {})
    assert chains == [["Een vrouw", "Ze", "haar"]]


@pytest.mark.slow
def test_referents_take_title_and_name_as_one() -> None:
    analysis = referred("De rapper Jan Jansen en zijn broer zingen.", {"Jan Jansen": "PER"})
    found = [item.span.of(analysis.text) for item in read_chains(analysis, parser_resources()).referents]
    assert "De rapper Jan Jansen" in found and "De rapper" not in found


def test_chains_long_documents_take_linear_time() -> None:
    text = "Jan zag een man. Hij zei dat zijn huis van hem is. De man zweeg en hij lachte. " * 300
    analysis = referred(text, {"Jan": "PER"}, resources=actor_texts.resources())
    assert read_chains(analysis, actor_texts.resources()).chains.found
