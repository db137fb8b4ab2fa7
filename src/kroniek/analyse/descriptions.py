"""Descriptions that refer back: `de rapper`, `het land`, `de twee`, `beide landen`, `zijn land`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from kroniek.analyse.coreference_pack import Description
from kroniek.analyse.discourse import says
from kroniek.analyse.sieves import REPORT
from kroniek.analyse.tree import is_relation
from kroniek.model import EntityType, Mention, MentionKind, Provenance, Span, Token

if TYPE_CHECKING:
    from kroniek.analyse.antecedents import Antecedent
    from kroniek.analyse.discourse import Discourse

Found = tuple[Mention, tuple[str, ...], str]
PAIR_REACH = 4  # sentences back
SEVERAL = (2, 3, 4)  # how many may be meant without a number
BARE_REACH = 2  # sentences back where no number tells how many are meant
NOMINAL = ("appos", "flat", "nmod", "conj", "amod", "compound")  # relations inside one phrase
MOST = 60  # mentions before them that descriptions of pairs look at
SIDES = frozenset({"COUNTRY", "ORG"})
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
        elif word in discourse.pack.words["opposite"] and token.index not in discourse.resolved:
            yield from _opposites(token, discourse)


def _opposites(token: Token, discourse: Discourse) -> Iterator[Found]:
    """Resolve `de partijen`, `de buurlanden`, `de strijdende kampen` without a number: those told of last.

    Only where they were joined or told of in one sentence, and nobody else of their kind since.
    """
    tree, words = discourse.tree, discourse.pack.words
    kind = discourse.pack.pairs.get(token.text.lower())
    told = [child for child in tree.children(token) if not is_relation(child, "case", "punct", "cc", "conj")]
    modifiers = [child for child in told if child.text.lower() not in words["opposed"]]
    bare = len(modifiers) == 1 and modifiers[0].text.lower() in words["determiners"]
    if kind is None or not bare or len(discourse.analysis.tokens) > REPORT:
        return
    entities = _joined_last(token, kind, discourse)
    if entities:
        first = min(child.index for child in told)
        span = Span(tree.tokens[first].start, token.end)
        rule = kind.rule
        given = Provenance("coreference", rule)
        yield Mention(span, MentionKind.NOMINAL, EntityType.ORG, token.span, 0.6, given), entities, rule


def _joined_last(token: Token, kind: Description, discourse: Discourse) -> tuple[str, ...]:
    """Return those of a kind that were joined last, () where another one was named beside or after them."""
    near = [
        item
        for item in discourse.before(token.index, token.sentence, BARE_REACH)[-MOST:]
        if item.kind in kind.kinds
        and not _is_setting(item, discourse)
        and (item.sentence < token.sentence or not _tells(item, discourse))
    ]
    sides = [item for item in near if item.kind in SIDES]
    for group in (sides, near):
        together = (_together(group, count, discourse) for count in SEVERAL)
        found = [joined for joined in together if joined and _are_sides(joined, group, discourse)]
        if found:
            joined = max(found, key=lambda keys: _last_of(group, keys).at)
            last = _last_of(group, joined)
            others = (item for item in group if set(item.entities) - set(joined))
            rival = any(
                item.at > last.at or (item.sentence == last.sentence and not _tells(item, discourse))
                for item in others
            )
            return () if rival else joined
    return ()


def _are_sides(keys: tuple[str, ...], group: Sequence[Antecedent], discourse: Discourse) -> bool:
    """Tell whether those of one sentence are sides: bodies are where they are joined, as a court is no party."""
    items = [item for item in group if set(item.entities) <= set(keys)]
    if all(item.kind != "ORG" for item in items):
        return True
    joined: dict[int, set[str]] = {}
    for item in items:
        joined.setdefault(_coordination(item, discourse), set()).update(item.entities)
    return any(len(members) == len(keys) for members in joined.values())


def _last_of(group: Sequence[Antecedent], keys: tuple[str, ...]) -> Antecedent:
    return max((item for item in group if set(item.entities) <= set(keys)), key=lambda item: item.at)


def _is_setting(item: Antecedent, discourse: Discourse) -> bool:
    """Tell whether a mention only says where, or what about: `De VN is bezorgd over Libië`."""
    head: Token = discourse.tree.tokens[item.head]
    cases = discourse.tree.children(head, "case")
    return any(case.text.lower() in discourse.pack.words["settings"] for case in cases)


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
    """Return so many entities of a kind: those named together last, else those named last."""
    told = discourse.before(token.index, token.sentence, PAIR_REACH)[-MOST:]
    near = [
        item
        for item in told
        # `Volgens Perthes hebben beide partijen beloofd`: who tells of the two is the last to be one of them.
        if item.sentence < token.sentence or not _tells(item, discourse)
    ]
    if kind.kinds == {"COUNTRY"}:
        countries = [item for item in near if item.kind == "COUNTRY"]
        return _together(countries, count, discourse) or _last_countries(told, count, discourse)
    near = [item for item in near if item.kind in kind.kinds]
    if kind.kinds >= SIDES:  # parties are sides before they are people
        bodies = [item for item in near if item.kind in SIDES]
        return _together(bodies, count, discourse) or _together(near, count, discourse) or _last(near, count)
    return _together(near, count, discourse) or _last(near, count)


def _tells(item: Antecedent, discourse: Discourse) -> bool:
    """Tell whether a mention is who tells, or part of the words for who tells."""
    head: Token = discourse.tree.tokens[item.head]
    for above in discourse.tree.ancestors(head):
        if says(head, discourse) or not is_relation(head, *NOMINAL):
            break
        head = above
    return says(head, discourse)


def _together(near: Sequence[Antecedent], count: int, discourse: Discourse) -> tuple[str, ...]:
    """Return the nearest of exactly so many entities in one coordination, else in one sentence."""
    heads = {item.head for item in near}
    whole = [item for item in near if not _is_part(item, near, heads, discourse)]
    places: tuple[Callable[[Antecedent], tuple[int, bool]], ...] = (
        lambda item: (_coordination(item, discourse), False),
        lambda item: (item.sentence, item.kind == "PER"),  # a person and a country are no two sides
    )
    for place in places:
        joined: dict[tuple[int, bool], list[str]] = {}
        for item in whole:
            joined.setdefault(place(item), []).extend(item.entities)
        for keys in reversed(joined.values()):
            if len(found := tuple(dict.fromkeys(keys))) == count:
                return found
    return ()


def _is_part(item: Antecedent, near: Sequence[Antecedent], heads: Set[int], discourse: Discourse) -> bool:
    """Tell whether a mention only says more of another: `Soedanese` of `het Soedanese leger`, `van Soedan`."""
    span = item.mention.span
    if any(other.mention.span != span and other.mention.span.covers(span) for other in near):
        return True
    head = discourse.tree.tokens[item.head]
    return head.deprel == "nmod" and head.head in heads and bool(discourse.tree.children(head, "case"))


def _coordination(item: Antecedent, discourse: Discourse) -> int:
    """Return the first word of the coordination that a mention stands in: `premier X en president Y`."""
    head: Token = discourse.tree.tokens[item.head]
    for above in discourse.tree.ancestors(head):
        if not is_relation(head, "appos", "flat", "conj"):
            break
        head = above
    return head.index


def _last(near: Sequence[Antecedent], count: int) -> tuple[str, ...]:
    """Return the entities of the last so many mentions of one kind."""
    found: list[str] = []
    for item in reversed(near):
        if item.kind == near[-1].kind:
            found.extend(entity for entity in item.entities if entity not in found)
        if len(found) >= count:
            return tuple(found[:count][::-1])
    return ()


def _last_countries(near: Sequence[Antecedent], count: int, discourse: Discourse) -> tuple[str, ...]:
    """The last countries named, or those of the people named: Tillerson and Putin give two countries."""
    found: list[str] = []
    for item in reversed(near):
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
