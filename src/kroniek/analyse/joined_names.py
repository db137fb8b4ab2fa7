"""Names that the recogniser cut short or passed over, where the knowledge base knows better."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from kroniek.knowledge import Knowledge
from kroniek.model import EntityType, Mention, MentionKind, Provenance, Sentence, Span, Token

JOINED = Provenance("parse", "names-known-whole")
COUNTRY = Provenance("parse", "names-country")
# A body and, after a hyphen, what it goes with, in small letters; the G20 is as a rule the meeting itself.
_COMPOUND = re.compile(r"([^\W\d_a-z][^\W\d_]+)-[^\W\d_A-Z][^A-Z]+$")
REACH = 4  # words that a known name may go beyond the found one, on either side


def join_names(
    names: Sequence[Mention], text: str, tokens: Sequence[Token], sentences: Sequence[Sentence], knowledge: Knowledge
) -> list[Mention]:  # fmt: skip
    """Return the names, those that are part of a longer known name as that name: `Syrische Rode` | `Halve Maan`.

    A known name begins and ends with a word that the text writes with a capital, within one sentence;
    the longest is taken, unless its parts are rather names of their own.
    """
    starts = [token.start for token in tokens]
    found: list[Mention] = []
    ordered = sorted(names, key=lambda item: item.span)
    for at, name in enumerate(ordered):
        if found and found[-1].span.overlaps(name.span):
            continue
        whole = _whole(name, text, tokens, starts, sentences, knowledge)
        if whole is not None and (not at or ordered[at - 1].span.end <= whole.span.start):
            near = ordered[at : at + 1 + REACH]  # more parts than words it cannot have
            parts = [part for part in near if part.span.overlaps(whole.span)]
            name = whole if not _apart(whole, parts, text, knowledge) else name
        found.append(name)
    return found


def _whole(
    name: Mention, text: str, tokens: Sequence[Token], starts: Sequence[int], sentences: Sequence[Sentence],
    knowledge: Knowledge,
) -> Mention | None:  # fmt: skip
    first, last = bisect_left(starts, name.span.start), bisect_left(starts, name.span.end) - 1
    if first > last or tokens[first].start != name.span.start or tokens[last].end != name.span.end:
        return None
    sentence = sentences[tokens[first].sentence]
    for start, end in _windows(first, last, tokens, sentence):
        span = Span(tokens[start].start, tokens[end].end)
        kind = _kind(span.of(text), knowledge)
        if kind is not None:
            return Mention(span, MentionKind.NAME, kind, span, name.score, JOINED)
    return None


def _windows(first: int, last: int, tokens: Sequence[Token], sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Give where a longer name may begin and end, the longest first."""
    begins = [
        at for at in range(max(sentence.first, first - REACH), first + 1) if tokens[at].text[:1].isupper()
    ]
    ends = [at for at in range(last, min(sentence.last, last + REACH + 1)) if tokens[at].text[:1].isupper()]
    pairs = [(begin, end) for begin in begins for end in ends if (begin, end) != (first, last)]
    yield from sorted(pairs, key=lambda pair: (pair[0] - pair[1], pair[0]))


def _kind(words: str, knowledge: Knowledge) -> EntityType | None:
    """Return the type of what has these words as its own name, None for nothing and for things of several types."""
    found = {
        entity.type for key in knowledge.labelled(words) if (entity := knowledge.entity(key)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _apart(whole: Mention, parts: Sequence[Mention], text: str, knowledge: Knowledge) -> bool:
    """Tell whether names are rather names of their own: `Amerikaanse` | `Senaat`, `Hof` van de `Unie`.

    What names nothing without its second part is no name of its own: `Straat` van `Taiwan`.
    """
    if parts[-1].span.end > whole.span.end or parts[0].type is EntityType.NORP:
        return True
    between = {text[one.span.end : other.span.start].strip() for one, other in pairwise(parts)} - {""}
    return bool(between) and (between != {"van"} or bool(knowledge.named(parts[0].span.of(text))))


def restore_adjectives(
    names: Sequence[Mention], tokens: Sequence[Token], knowledge: Knowledge
) -> list[Mention]:
    """Return the names, those cut from an adjective of a country as that adjective: `Turk` of `Turks`."""
    words = {token.start: token for token in tokens}
    found: list[Mention] = []
    for name in names:
        word = words.get(name.span.start)
        whole = Span(word.start, word.end) if word else name.span
        if word and whole.end == name.span.end + 1 and _adjective(word.text, knowledge):
            found.append(Mention(whole, MentionKind.NAME, EntityType.NORP, whole, name.score, JOINED))
        else:
            found.append(name)
    return found


def _adjective(word: str, knowledge: Knowledge) -> bool:
    return word.endswith("s") and any(alias.kind == "adjective" for alias in knowledge.named(word))


def add_countries(
    names: Sequence[Mention], tokens: Sequence[Token], countries: Mapping[str, Sequence[tuple[str, ...]]]
) -> list[Mention]:
    """Return the names with the countries that no name covers: a country's full name is seldom another word.

    `countries` gives the names of countries as words, by their first word.
    """
    covered = {offset for name in names for offset in range(name.span.start, name.span.end)}
    found = list(names)
    for token in tokens:
        for words in countries.get(token.text, ()):
            here = tokens[token.index : token.index + len(words)]
            inside = here[-1].sentence == token.sentence and tuple(word.text for word in here) == words
            span = Span(token.start, here[-1].end)
            if inside and not covered & {span.start, span.end - 1}:
                found.append(Mention(span, MentionKind.NAME, EntityType.GPE, span, 1.0, COUNTRY))
                covered.update(range(span.start, span.end))
    return found


def add_bodies(names: Sequence[Mention], tokens: Sequence[Token], knowledge: Knowledge) -> list[Mention]:
    """Return the names with the bodies that begin a compound which no name covers: `VN-chef`, `Navo-top`."""
    covered = {offset for name in names for offset in range(name.span.start, name.span.end)}
    found = list(names)
    for token in tokens:
        compound = _COMPOUND.match(token.text)
        if compound is None or token.start in covered:
            continue
        kinds = {alias.entity.split(":")[0] for alias in knowledge.named(compound[1])}
        if kinds == {"org"}:
            span = Span(token.start, token.start + compound.end(1))
            found.append(Mention(span, MentionKind.NAME, EntityType.ORG, span, 1.0, JOINED))
    return found


@lru_cache(maxsize=4)
def country_names(knowledge: Knowledge, language: str) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the full names of countries in a language as words, by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entity, surfaces in knowledge.full_names(language).items():
        if entity.startswith("country:"):
            for surface in surfaces:
                words = tuple(surface.split())
                found.setdefault(words[0], []).append(words)
    return {first: sorted(listed, key=lambda words: (-len(words), words)) for first, listed in found.items()}
