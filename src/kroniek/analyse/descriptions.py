"""Descriptions that refer back: `de rapper`, `het land`, `de twee`, `beide landen`, `zijn land`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kroniek.analyse.antecedents import Antecedent
from kroniek.analyse.coreference_pack import Description
from kroniek.model import EntityType, Mention, MentionKind, Provenance, Span, Token

if TYPE_CHECKING:
    from kroniek.analyse.coreference import Discourse

Found = tuple[Mention, tuple[str, ...], str]
PAIR_REACH, NOUN_REACH = 4, 4  # sentences back
PEOPLE = Description("pair.people", frozenset({"PER"}), "")


def find_descriptions(discourse: Discourse, taken: frozenset[int]) -> Iterator[Found]:
    """Yield (mention, entities, sieve) for each description that is resolved, in text order.

    `taken` holds the starts of words that are linked already.
    """
    described = _described_names(discourse)
    tokens = discourse.analysis.tokens
    for token in tokens:
        if token.start in taken:
            continue
        word = token.text.lower()
        own = word in discourse.pack.words["own_country"] or word in discourse.pack.words["own_side"]
        if own and (found := _own(token, discourse)):
            yield found
            continue
        if word in discourse.pack.words["two"] | discourse.pack.words["three"]:
            yield from _pair(token, discourse)
        elif _is_bare(token, discourse):
            yield from _noun(token, word, described, discourse)


def _described_names(discourse: Discourse) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Return which nouns stood beside which names: `rapper Kanye West` -> rapper, at which token."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    tokens = discourse.analysis.tokens
    for item in discourse.antecedents:
        if item.mention.kind is not MentionKind.NAME or item.kind not in ("PER", "ORG"):
            continue
        nouns = [tokens[item.at - 1]] if item.at else []
        head = discourse.tree.head(tokens[item.head])
        if head is not None and tokens[item.head].deprel == "appos":
            nouns.append(head)
        nouns.extend(discourse.tree.children(tokens[item.head], "appos"))
        for noun in nouns:
            if noun.sentence == item.sentence and (
                noun.upos == "NOUN" or noun.text.lower() in discourse.pack.nouns
            ):
                found.setdefault(noun.text.lower(), []).append((item.at, item.entities))
    return found


def _is_bare(token: Token, discourse: Discourse) -> bool:
    """Tell whether a noun stands alone with its article: `de rapper`, not `de rapper uit Londen`."""
    tokens = discourse.analysis.tokens
    if not token.index or tokens[token.index - 1].text.lower() not in discourse.pack.words["determiners"]:
        return False
    if tokens[token.index - 1].sentence != token.sentence:
        return False
    following = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
    return following is None or not (
        following.text.lower() in ("van", "voor", "uit") or following.upos == "PROPN"
    )


def _noun(
    token: Token, word: str, described: dict[str, list[tuple[int, tuple[str, ...]]]], discourse: Discourse
) -> Iterator[Found]:
    mention = _mention(token, 1, discourse, "nominal.description")
    beside = [entities for at, entities in described.get(word, ()) if at < token.index]
    if beside:
        yield mention, beside[-1], "nominal.description"
        return
    noun = discourse.pack.nouns.get(word)
    if noun is None and word.endswith(discourse.pack.age):
        noun = Description("nominal.age", frozenset({"PER"}), "")
    if noun is None:
        return
    for item in _nearest_first(discourse, token, NOUN_REACH):
        if item.kind in noun.kinds and not item.plural and _gender_fits(item, noun):
            yield _mention(token, 1, discourse, noun.rule), item.entities, noun.rule
            return


def _nearest_first(discourse: Discourse, token: Token, reach: int) -> list[Antecedent]:
    """Return the antecedents by sentence, the nearest sentence first, subjects before others in each."""
    near = discourse.before(token.index, token.sentence, reach)
    return sorted(near, key=lambda item: (token.sentence - item.sentence, not item.subject, -item.at))


def _gender_fits(item: Antecedent, noun: Description) -> bool:
    return not noun.gender or not item.gender or item.gender == noun.gender


def _pair(token: Token, discourse: Discourse) -> Iterator[Found]:
    """Resolve `de twee`, `beide landen`, `de drie leiders`: the last two or three of their kind."""
    tokens = discourse.analysis.tokens
    before = tokens[token.index - 1].text.lower() if token.index else ""
    both = token.text.lower() in discourse.pack.words["both"]
    if not both and before not in discourse.pack.words["determiners"] | {"alle"}:
        return
    following = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
    noun = discourse.pack.pairs.get(following.text.lower()) if following is not None else None
    if noun is None and following is not None and following.upos in ("NOUN", "ADJ", "PROPN"):
        return  # `de twee auto's`
    count = 3 if token.text.lower() in discourse.pack.words["three"] else 2
    kind = noun or PEOPLE
    entities = _last_of_kind(token, count, kind, discourse)
    if not entities:
        return
    first = token.index if both else token.index - 1
    last = token.index + (1 if noun is not None else 0)
    span = Span(tokens[first].start, tokens[last].end)
    mention = Mention(
        span,
        MentionKind.NOMINAL,
        EntityType.PER,
        tokens[last].span,
        0.6,
        Provenance("coreference", kind.rule),
    )
    yield mention, entities, kind.rule


def _last_of_kind(token: Token, count: int, kind: Description, discourse: Discourse) -> tuple[str, ...]:
    if kind.kinds == {"COUNTRY"}:
        return _last_countries(token, count, discourse)
    near = [
        item for item in discourse.before(token.index, token.sentence, PAIR_REACH) if item.kind in kind.kinds
    ]
    plural = [item.entities for item in near if len(item.entities) == count]
    if plural:
        return plural[-1]
    found: list[str] = []
    wanted = near[-1].kind if near else ""
    for item in reversed(near):
        if item.kind == wanted:
            found.extend(entity for entity in item.entities if entity not in found)
        if len(found) >= count:
            return tuple(found[:count][::-1])
    return ()


def _last_countries(token: Token, count: int, discourse: Discourse) -> tuple[str, ...]:
    """The last countries named, or those of the people named: Tillerson and Putin give two countries."""
    found: list[str] = []
    for item in reversed(discourse.before(token.index, token.sentence, PAIR_REACH)):
        keys = item.entities if item.kind == "COUNTRY" else tuple(map(discourse.country_of, item.entities))
        found.extend(key for key in keys[::-1] if key and key not in found)
        if len(found) >= count:
            return tuple(found[:count][::-1])
    return ()


def _own(token: Token, discourse: Discourse) -> Found | None:
    """`zijn land`, `haar regering`: the country of whom the possessive means."""
    for child in discourse.tree.children(token, "nmod:poss", "det") or _previous(token, discourse):
        entities = discourse.resolved.get(child.index, ())
        countries = tuple(dict.fromkeys(key for key in map(discourse.country_of, entities) if key))
        if countries:
            span = Span(child.start, token.end)
            mention = Mention(
                span,
                MentionKind.NOMINAL,
                EntityType.GPE,
                token.span,
                0.7,
                Provenance("coreference", "own-country"),
            )
            return mention, countries, "own-country"
    return None


def _previous(token: Token, discourse: Discourse) -> Sequence[Token]:
    return discourse.analysis.tokens[token.index - 1 : token.index] if token.index else ()


def _mention(token: Token, back: int, discourse: Discourse, rule: str) -> Mention:
    span = Span(discourse.analysis.tokens[token.index - back].start, token.end)
    return Mention(span, MentionKind.NOMINAL, None, token.span, 0.6, Provenance("coreference", rule))
