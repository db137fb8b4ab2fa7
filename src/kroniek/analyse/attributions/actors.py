"""Who speaks: from the words of a source to the entities behind them.

A spokesperson, a document or an authority speaks for the body that it belongs to: `een woordvoerder van
het Pentagon`, `een rapport van Human Rights Watch`, `de Catalaanse autoriteiten`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kroniek.analyse.attributions.documents import Documents, documents_of
from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.analyse.coreference_pack import CoreferencePack
from kroniek.analyse.reference import References, named_beside
from kroniek.model import Entity, EntityType, Span, Token

MEDIUM = "nominal.medium"  # rule of the nouns for newspapers, agencies and stations


@dataclass(frozen=True)
class Voices:
    """What tells voices: which nouns mean one person, and for whom each noun of a document spoke last.

    `told` holds the bodies named with a noun anywhere, in text order: `Onderzoekers van de VUB vonden`.
    """

    is_person: Callable[[str], bool]
    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, Sequence[tuple[int, tuple[str, ...]]]] = field(default_factory=dict)
    documents: Documents = field(default_factory=Documents)


def voices_of(reading: Reading, references: References, pack: CoreferencePack) -> Voices:
    """Return a document's voices; linear in its words."""

    def is_person(noun: str) -> bool:
        description = pack.description(noun)
        return description is not None and "PER" in description.kinds

    def is_medium(entity: Entity) -> bool:
        kind = pack.kind_of(entity)
        return kind is not None and kind.rule == MEDIUM

    told: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    voices = Voices(is_person)
    for token in reading.tree.tokens:
        if token.upos == "NOUN" and (found := _of_body(reading, references, token, voices)):
            told.setdefault(token.text.lower(), []).append((token.index, found))
    return Voices(is_person, told=told, documents=documents_of(reading, references, is_medium))


def actors_of(reading: Reading, references: References, draft: Draft, voices: Voices) -> tuple[str, ...]:
    """Return the entities of a source: of its head, of the name beside a title, of the body it speaks for.

    `voices` remembers whom they spoke for: `een bericht van de politie ... het bericht`.
    """
    head, span = draft.source_head, draft.source
    if head is None or span is None:
        return ()
    found = _actors_of(reading, references, head, span)
    if not found and head.upos == "NOUN" and _is_definite(reading, head):
        found = voices.last.get(reading.noun_lemma(head), ()) or _told_of(voices, head)
    if found and _is_voice(reading, head):
        voices.last[reading.noun_lemma(head)] = found
    found = (
        found
        or _of_body(reading, references, head, voices)
        or voices.documents.author_of(reading, head)
        or _of_researchers(reading, head, voices)
        or _of_last(reading, references, head)
    )
    return tuple(dict.fromkeys((*found, *_others(reading, references, head, span))))


def _others(reading: Reading, references: References, head: Token, span: Span) -> Iterator[str]:
    """Give the entities of the other sources of a joint statement: `Kiev en Moskou ontkennen`."""
    for child in reading.tree.children(head, "conj"):
        if span.covers(child.span):
            yield from _actors_of(reading, references, child, Span(child.start, span.end))


def _told_of(voices: Voices, head: Token) -> tuple[str, ...]:
    """Return the body that a noun was last named with: `Onderzoekers van de VUB ... de onderzoekers`."""
    told = voices.told.get(head.text.lower(), ())
    at = bisect_left(told, head.index, key=lambda item: item[0])
    return told[at - 1][1] if at else ()


def _of_researchers(reading: Reading, head: Token, voices: Voices) -> tuple[str, ...]:
    """Return whose researchers a study is by: `Onderzoekers van de VUB vonden ... Volgens de studie`."""
    words = reading.lexicon.words
    if reading.noun_lemma(head) not in words["studies"] or not _is_definite(reading, head):
        return ()
    found = [item for noun in sorted(words["researchers"]) for item in voices.told.get(noun, ())[:1]]
    return min((item for item in found if item[0] < head.index), default=(0, ()))[1]


def _of_last(reading: Reading, references: References, head: Token) -> tuple[str, ...]:
    """Return the body named last before a bare spokesperson: `Het Pentagon aarzelt. Een woordvoerder zei`."""
    if reading.noun_lemma(head) not in reading.lexicon.words["spokespeople"]:
        return ()
    if reading.tree.children(head, "nmod", "amod", "nmod:poss", "acl"):
        return ()
    first = reading.tree.sentences[max(0, head.sentence - 1)].span.start
    for mention in reversed(references.within(Span(first, head.start))):
        found = references.of_mention(mention)
        kinds = {references.entities[key].type for key in found if key in references.entities}
        if kinds == {EntityType.ORG} and len(found) == 1:
            return found
    return ()


def _of_body(reading: Reading, references: References, head: Token, voices: Voices) -> tuple[str, ...]:
    """Return the body that things and several people speak for: `cijfers van X`, `onderzoekers van X`.

    One member or lawyer speaks for himself: `een lid van de partij`.
    """
    one = "Number=Sing" in head.feats and voices.is_person(head.text.lower())
    if head.upos != "NOUN" or one:
        return ()
    for child in reading.tree.children(head, "nmod"):
        case = reading.tree.child(child, "case")
        if case is not None and case.text.lower() in {"van", "bij"}:
            found = references.of_head(child.span, reading.tree.span(child))
            kinds = {references.entities[key].type for key in found if key in references.entities}
            if EntityType.ORG in kinds:
                return found
    return ()


def _is_definite(reading: Reading, head: Token) -> bool:
    article = reading.tree.child(head, "det")
    return article is not None and "Definite=Def" in article.feats and not reading.tree.children(head, "nmod")


def _actors_of(reading: Reading, references: References, head: Token, span: Span) -> tuple[str, ...]:
    named = _name_beside(reading, head)
    if named is not None and span.start <= named.start < span.end:
        found = references.of_head(named.span, span)
        if found:
            return found
    found = references.of_head(head.span, span)
    if found and not _inside_compound(head, named):
        return found
    return (
        _spoken_for(reading, references, head)
        or found
        or named_beside(references, reading.tree, head)
        or _person_in(reading, references, span)
    )


def _name_beside(reading: Reading, head: Token) -> Token | None:
    """Return the name that follows a title: `basketbalcoach Will Wade`."""
    if head.upos != "NOUN":
        return None
    for child in reading.tree.children(head, "appos", "flat", "nmod"):
        close = 0 < child.index - head.index <= 3 and reading.tree.child(child, "case") is None
        between = reading.tree.tokens[head.index + 1 : child.index]
        if child.upos == "PROPN" and close and not any(token.text == "," for token in between):
            return child
    return None


def _inside_compound(head: Token, named: Token | None) -> bool:
    """Tell whether what the head refers to is only a part of it: `LSU` in `LSU-coach`."""
    return named is not None and "-" in head.text


def _spoken_for(reading: Reading, references: References, head: Token) -> tuple[str, ...]:
    tree = reading.tree
    if not _is_voice(reading, head):
        return ()
    for child in tree.children(head, "nmod", "appos"):
        case = tree.child(child, "case")
        if case is not None and case.text.lower() in {"van", "bij", "uit", "in"}:
            found = (
                references.of_head(child.span, tree.span(child))
                or named_beside(references, tree, child)
                or _spoken_for(reading, references, child)
            )
            if found:
                return found
    for child in tree.children(head, "amod", "nmod:poss", "compound"):
        found = references.of_head(child.span, child.span)
        if found:
            return found
    return ()


def _is_voice(reading: Reading, head: Token) -> bool:
    return reading.noun_lemma(head) in reading.lexicon.words["voices"] or _ends_like_voice(reading, head)


def _ends_like_voice(reading: Reading, head: Token) -> bool:
    """Tell whether a compound ends in such a word: `politiewoordvoerder`, `opinieonderzoek`."""
    word = reading.noun_lemma(head)
    return head.upos == "NOUN" and any(word.endswith(voice) for voice in reading.lexicon.words["voices"])


def _person_in(reading: Reading, references: References, span: Span) -> tuple[str, ...]:
    """Return the last person named in a source: `Woordvoerder van Buitenlandse Zaken Jan Jansen`.

    Not the one of whom somebody is something: `de neef van Jan Jansen`.
    """
    for mention in reversed(references.within(span)):
        first = reading.tree.tokens[reading.first_token(mention.span.start)]
        of_whom = reading.tree.child(first, "case") is not None or "Poss=Yes" in first.feats
        if mention.type is EntityType.PER and not of_whom:
            return references.of_mention(mention)
    return ()
