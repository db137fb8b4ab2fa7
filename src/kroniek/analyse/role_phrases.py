"""Finding role phrases: `de Amerikaanse minister van Buitenlandse Zaken`, `zijn Turkse ambtgenoot`.

A phrase is a role noun with what stands before it (article, adjectives, `VS-`) and after it (the
portfolio, `van Rusland`, `voor Syrië`). Which person it means is the business of `roles`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kroniek.analyse.actor_pack import ActorPack, RoleNoun
from kroniek.model import EntityType, Mention, Span, Token

MAX_BEFORE = 6  # words looked at before a role noun
MAX_PORTFOLIO = 4  # words in the name of a portfolio


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A role phrase: tokens [first, last), its noun, and the words that say whose office it is.

    `owners` are surfaces of adjectives, prefixes or complements that name the jurisdiction;
    `targets` those after `voor` and `in`, with which an envoy or ambassador deals.
    """

    first: int
    last: int
    noun_at: int
    noun: RoleNoun
    role: str
    owners: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    determiner: str = ""  # definite, possessive, indefinite or ""
    former: bool = False
    span: Span = field(default_factory=lambda: Span(0, 0))


@dataclass(frozen=True)
class NameIndex:
    """The names of a document by the token with which they begin and end."""

    starts: Mapping[int, tuple[Mention, int]]
    ends: Mapping[int, tuple[Mention, int]]


def find_role_phrases(
    tokens: Sequence[Token], names: NameIndex, pack: ActorPack, adjectives: Mapping[int, str]
) -> list[RolePhrase]:
    """Return the role phrases in text order. `adjectives`: token index -> surface of a nationality."""
    found = []
    index = 0
    while index < len(tokens):
        phrase = _phrase_at(index, tokens, names, pack, adjectives)
        if phrase is None:
            index += 1
        else:
            found.append(phrase)
            index = max(phrase.last, index + 1)
    return found


def _phrase_at(
    index: int, tokens: Sequence[Token], names: NameIndex, pack: ActorPack, adjectives: Mapping[int, str]
) -> RolePhrase | None:
    matched = _noun_at(index, tokens, pack)
    if matched is None:
        return None
    noun, length, prefix, former = matched
    last, role = _portfolio_after(index + length, tokens, noun, pack)
    last, owners, targets = _complements(last, tokens, names, pack)
    first, before, determiner, was = _before(index, tokens, names, pack, adjectives, noun.plural)
    all_owners = (*((prefix,) if prefix else ()), *before, *owners)
    span = Span(tokens[first].start, tokens[last - 1].end)
    return RolePhrase(
        first, last, index, noun, role, all_owners, targets, determiner, former or was, span
    )  # fmt: skip


def _noun_at(index: int, tokens: Sequence[Token], pack: ActorPack) -> tuple[RoleNoun, int, str, bool] | None:
    """Return the role noun that begins here: noun, number of words, prefix (`VS`), former or not."""
    word = tokens[index].text.lower()
    if index + 1 < len(tokens) and (noun := pack.roles.get((word, tokens[index + 1].text.lower()))):
        return noun, 2, "", False
    if noun := pack.roles.get((word,)):
        return noun, 1, "", False
    if "-" not in word:
        return None
    for position, letter in enumerate(word):
        noun = pack.roles.get((word[position + 1 :],)) if letter == "-" else None
        if noun is not None:
            prefix = tokens[index].text[:position]
            if pack.is_word("former_prefixes", prefix.lower()):
                return noun, 1, "", True
            return noun, 1, prefix, False
    return None


def _portfolio_after(last: int, tokens: Sequence[Token], noun: RoleNoun, pack: ActorPack) -> tuple[int, str]:
    """Return where the phrase ends after `van Buitenlandse Zaken`, and the role that it makes."""
    if (
        noun.role != "minister"
        or last + 1 >= len(tokens)
        or not pack.is_word("links", tokens[last].text.lower())
    ):
        return last, noun.role
    for length in range(MAX_PORTFOLIO, 0, -1):
        words = tuple(token.text.lower() for token in tokens[last + 1 : last + 1 + length])
        if words in pack.portfolios:
            return last + 1 + len(words), pack.portfolios[words].role
    return last, noun.role


def _complements(
    last: int, tokens: Sequence[Token], names: NameIndex, pack: ActorPack
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Read `van de VS en Rusland`, `voor Syrië`, `bij de VN` after a role noun."""
    owners: list[str] = []
    targets: list[str] = []
    for _ in range(2):
        if last + 1 >= len(tokens) or not pack.is_word("links", tokens[last].text.lower()):
            break
        link = tokens[last].text.lower()
        name_at = last + 1
        while name_at < len(tokens) - 1 and pack.is_word("articles", tokens[name_at].text.lower()):
            name_at += 1
        if name_at not in names.starts or is_attribute(name_at, tokens, names):
            break
        listed, last = _listed(name_at, tokens, names, pack)
        (targets if link in ("voor", "in") else owners).extend(listed)
    return last, tuple(owners), tuple(targets)


def is_attribute(at: int, tokens: Sequence[Token], names: NameIndex) -> bool:
    """Tell whether the name at a token is an adjective of the noun after it: `van het Amerikaanse bedrijf`."""
    mention, last = names.starts[at]
    following = tokens[last].upos if last < len(tokens) else ""
    return mention.type is EntityType.NORP and (tokens[at].upos == "ADJ" or following in ("NOUN", "ADJ"))


def _listed(at: int, tokens: Sequence[Token], names: NameIndex, pack: ActorPack) -> tuple[list[str], int]:
    """Return the surfaces of names joined by `en`, and the token after them."""
    found = []
    last = at
    while at in names.starts:
        _, last = names.starts[at]
        found.append(_surface(tokens, at, last))
        if last + 1 < len(tokens) and pack.is_word("and", tokens[last].text.lower()):
            at = last + 1
        else:
            break
    return found, last


def _before(
    index: int, tokens: Sequence[Token], names: NameIndex, pack: ActorPack, adjectives: Mapping[int, str],
    plural: bool,
) -> tuple[int, tuple[str, ...], str, bool]:  # fmt: skip
    """Walk back over adjectives to the determiner: first token, owners, kind of determiner, former."""
    owners: list[str] = []
    former = False
    at = index
    for _ in range(MAX_BEFORE):
        previous = at - 1
        if previous < 0 or tokens[previous].sentence != tokens[index].sentence:
            break
        word = tokens[previous].text.lower()
        for kind in ("definite", "possessive", "indefinite"):
            if pack.is_word(kind, word):
                return previous, tuple(owners), kind, former
        if previous in adjectives:
            owners.insert(0, adjectives[previous])
        elif pack.is_word("former", word):
            former = True
        elif not (
            pack.is_word("modifiers", word)
            or tokens[previous].upos == "ADJ"
            or (plural and joins_adjectives(previous, tokens, adjectives, pack))
        ):
            if previous + 1 in names.ends:
                break
            return at, tuple(owners), "", former
        at = previous
    return at, tuple(owners), "", former


def joins_adjectives(
    at: int, tokens: Sequence[Token], adjectives: Mapping[int, str], pack: ActorPack
) -> bool:
    """Tell whether a word joins the nationalities on both its sides: `Amerikaanse en Russische ministers`."""
    return pack.is_word("and", tokens[at].text.lower()) and at - 1 in adjectives and at + 1 in adjectives


def _surface(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first:last])
