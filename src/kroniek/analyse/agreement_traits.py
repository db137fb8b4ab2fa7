"""What the sentence around an agreement says of it: its terms, form, extent and end, and who mediated.

Terms, form and extent are those of the ETH/PRIO Civil Conflict Ceasefire dataset (Clayton et al. 2023);
their words come from the pack's `agreement_traits.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kroniek.analyse.reference import References
from kroniek.analyse.tree import Tree
from kroniek.language import Language
from kroniek.model import AgreementMention, Span, Timex, Token

LONG = 7  # letters from which on the end of a compound tells what it is
UNTIL = frozenset({"tot", "until"})
NAMED = ("nmod", "obl", "obl:agent", "appos", "flat", "nsubj", "conj")


@dataclass(frozen=True, slots=True)
class Trait:
    """Which lemmas in a sentence show a value; `with_` must have one more lemma when it is not empty."""

    value: str
    lemmas: frozenset[str]
    with_: frozenset[str]


@dataclass(frozen=True, slots=True)
class Traits:
    """The compiled `agreement_traits.toml`."""

    terms: tuple[Trait, ...]
    forms: tuple[Trait, ...]
    extents: tuple[Trait, ...]
    mediating_nouns: frozenset[str]
    mediating_verbs: frozenset[str]
    by: frozenset[str]


def load_traits(language: Language) -> Traits:
    """Compile the pack's table."""
    table = language.table("agreement_traits")
    mediation = table["mediation"]
    return Traits(
        _compiled(table["terms"], "term"), _compiled(table["forms"], "value"), _compiled(table["extents"], "value"),
        frozenset(mediation["nouns"]), frozenset(mediation["verbs"]), frozenset(mediation["by"]),
    )  # fmt: skip


def _compiled(entries: Sequence[Mapping[str, Any]], name: str) -> tuple[Trait, ...]:
    return tuple(
        Trait(entry[name], frozenset(entry["lemmas"]), frozenset(entry.get("with", ()))) for entry in entries
    )


def with_traits(
    mentions: Iterable[AgreementMention],
    tree: Tree,
    references: References,
    timexes: Sequence[Timex],
    traits: Traits,
) -> Iterator[AgreementMention]:
    """Yield the references to agreements with what their sentences say of them."""
    starts = {token.start: token for token in tree.tokens}
    known: dict[int, dict[str, Any]] = {}
    for mention in mentions:
        token = starts.get(mention.head.start)
        if token is None:
            yield mention
            continue
        if token.sentence not in known:
            known[token.sentence] = _of_sentence(token, tree, references, timexes, traits)
        yield replace(mention, **known[token.sentence])


def _of_sentence(
    head: Token, tree: Tree, references: References, timexes: Sequence[Timex], traits: Traits
) -> dict[str, Any]:
    sentence = tree.sentence(head)
    tokens = tree.tokens[sentence.first : sentence.last]
    lemmas = {token.index: _lemmas(token, tree) for token in tokens}
    present = frozenset().union(*lemmas.values())
    terms = [
        (trait.value, token.span)
        for trait in traits.terms
        if _fits(trait, present)
        for token in tokens
        if _has(lemmas[token.index], trait.lemmas)
    ]
    return {
        "terms": tuple({name: (name, span) for name, span in reversed(terms)}.values())[::-1],
        "form": next((trait.value for trait in traits.forms if _fits(trait, present)), ""),
        "extent": next((trait.value for trait in traits.extents if _fits(trait, present)), ""),
        "ends": _end(tokens, tree, timexes, sentence.span),
        "mediators": tuple(dict.fromkeys(_mediators(tokens, lemmas, tree, references, traits))),
    }


def _lemmas(token: Token, tree: Tree) -> frozenset[str]:
    """Return a word's lemma, with its particle where it has one, and its own form."""
    whole = tree.lemma(token).replace("_", "").lower()
    return frozenset({whole, token.lemma.replace("_", "").lower(), token.text.lower().removesuffix("e")})


def _fits(trait: Trait, present: frozenset[str]) -> bool:
    return _has(present, trait.lemmas) and (not trait.with_ or _has(present, trait.with_))


def _has(present: frozenset[str], wanted: frozenset[str]) -> bool:
    """Tell whether one of the words is wanted, or ends on a wanted noun: `VN-waarnemer`."""
    if present & wanted:
        return True
    return any(lemma.endswith(word) for word in wanted if len(word) >= LONG for lemma in present)


def _end(tokens: Sequence[Token], tree: Tree, timexes: Sequence[Timex], sentence: Span) -> str:
    """Return the value of the time that the sentence puts behind `tot`, "" when there is none."""
    for item in timexes:
        if not (sentence.covers(item.span) and item.interval):
            continue
        inside = [token for token in tokens if token.span.overlaps(item.span)]
        before = {
            token.text.lower() for token in tokens if 0 < item.span.start - token.start <= len("tot en met ")
        }
        cases = {child.text.lower() for token in inside for child in tree.children(token, "case")}
        if UNTIL & (cases | before):
            return item.value
    return ""


def _mediators(
    tokens: Sequence[Token],
    lemmas: Mapping[int, frozenset[str]],
    tree: Tree,
    references: References,
    traits: Traits,
) -> Iterator[str]:
    """Yield the entities that brought the parties together: `onder bemiddeling van X`, `X bemiddelde`."""
    for token in tokens:
        if lemmas[token.index] & traits.mediating_verbs:
            agents = [
                child for child in tree.children(token, "nsubj", "obl:agent") if child.deprel != "nsubj:pass"
            ]
        elif lemmas[token.index] & traits.mediating_nouns:
            agents = [
                child for child in tree.children(token, *NAMED)
                if child.deprel == "appos" or _case(child, tree) in traits.by
            ]  # fmt: skip
        else:
            continue
        for agent in agents:
            yield from references.of_head(agent.span, tree.span(agent))


def _case(token: Token, tree: Tree) -> str:
    return next((child.text.lower() for child in tree.children(token, "case")), "")
