"""Whose document speaks: `Oxfam publiceerde een studie. De studie waarschuwt dat ...`, `het artikel` of a paper.

A document speaks for the body that it belongs to or that issued it, and a report calls one document
by several nouns: `een studie van Oxfam ... het rapport`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kroniek.analyse.attributions.reading import Reading
from kroniek.analyse.attributions.source import agent_of, owner_of, subject_of
from kroniek.analyse.reference import References
from kroniek.analyse.tree import is_relation
from kroniek.model import Entity, EntityType, Token

AUTHORS = (EntityType.ORG, EntityType.PER)
LOOK_BACK = 50  # documents looked through for one of the same noun


@dataclass(frozen=True)
class Documents:
    """The documents that a report tells of, in text order: token, lemma, and whose they are.

    `media` holds the newspapers, agencies and stations that it names, by place.
    """

    told: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    media: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def author_of(self, reading: Reading, head: Token) -> tuple[str, ...]:
        """Return who speaks in a document: as told of it here or before, for a paper's piece the paper; or ()."""
        lemma = _document(reading, head)
        if not lemma:
            return ()
        at = bisect_left(self.told, head.index + 1, key=lambda item: item[0])
        if at and self.told[at - 1][0] == head.index:
            return self.told[at - 1][2]
        article = reading.tree.child(head, "det")
        if article is None or "Definite=Ind" in article.feats:
            return ()
        earlier = self.told[max(0, at - LOOK_BACK) : at][::-1]
        same = next((found for _, other, found in earlier if other == lemma), ())
        if same or lemma not in reading.lexicon.words["pieces"]:
            return same or next((found for _, _, found in earlier), ())
        before = bisect_left(self.media, head.start, key=lambda item: item[0])
        return self.media[before - 1][1] if before else ()


def documents_of(reading: Reading, references: References, is_medium: Callable[[Entity], bool]) -> Documents:
    """Return the documents of a report with their authors, and the media; linear in its words."""
    told = [
        (token.index, lemma, found)
        for token in reading.tree.tokens
        if (lemma := _document(reading, token)) and (found := _author(reading, references, token))
    ]
    media = [
        (mention.span.start, found)
        for mention in references.mentions
        if (found := references.of_mention(mention))
        and (entity := references.entities.get(found[0])) is not None
        and is_medium(entity)
    ]
    return Documents(told, media)


def _document(reading: Reading, noun: Token) -> str:
    """Return the lemma of a word for a document, also of a compound (`VN-rapport`); "" for other words."""
    if noun.upos not in ("NOUN", "PROPN"):
        return ""
    words, lemma = reading.lexicon.words["documents"], reading.noun_lemma(noun)
    if lemma in words:
        return lemma
    return next((word for word in words if lemma.endswith(word) and len(lemma) > len(word) + 2), "")


def _author(reading: Reading, references: References, noun: Token) -> tuple[str, ...]:
    for token in _authors(reading, noun):
        found = references.of_head(token.span, token.span)
        kinds = {references.entities[key].type for key in found if key in references.entities}
        if found and kinds <= set(AUTHORS):
            return found
    return ()


def _authors(reading: Reading, noun: Token) -> Iterator[Token]:
    """Yield the words for whose a document may be: its owner, who drew it up, who issues it."""
    tree, issuing = reading.tree, reading.lexicon.words["issuing"]
    owner = owner_of(reading, noun)
    if owner is not None:
        yield owner
    for child in tree.children(noun, "amod", "acl"):
        agent = agent_of(reading, child)
        if agent is not None:
            yield agent
    if "-" in noun.text:
        yield noun
    verb = tree.head(noun)
    if verb is None or reading.verb_lemma(verb) not in issuing:
        return
    if is_relation(noun, "obj"):
        subject = subject_of(reading, verb)
    else:
        subject = agent_of(reading, verb) if is_relation(noun, "nsubj") else None
    if subject is not None and subject.index != noun.index:
        yield subject
