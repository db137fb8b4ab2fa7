"""Descriptions that refer back: `de rapper`, `het land`, `de twee`, `beide landen`, `zijn land`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kroniek.analyse.coreference_pack import Description
from kroniek.model import EntityType, Mention, MentionKind, Provenance, Span, Token

if TYPE_CHECKING:
    from kroniek.analyse.discourse import Discourse

Found = tuple[Mention, tuple[str, ...], str]
PAIR_REACH = 4  # sentences back
PEOPLE = Description("pair.people", frozenset({"PER"}), "")


def find_descriptions(discourse: Discourse, taken: frozenset[int]) -> Iterator[Found]:
    """Yield (mention, entities, sieve) for each description that is resolved, in text order.

    `taken` holds the starts of words that are linked already.
    """
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
