"""Walking the dependency trees of a document: who hangs on whom, and which words a phrase spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kroniek.model import Analysis, Sentence, Span, Token

# Relations that do not belong to a noun phrase when its words are quoted: what follows a comma.
LOOSE = frozenset({"appos", "acl:relcl", "acl", "parataxis", "conj", "cc", "punct"})


@dataclass(frozen=True)
class Tree:
    """A document's tokens with their children; made once for each document by `tree_of`."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    _children: tuple[tuple[int, ...], ...] = field(repr=False)

    def children(self, token: Token, *relations: str) -> list[Token]:
        """Return a token's children in text order; only those with one of the relations when given.

        A relation without subtype stands for its subtypes too: `nsubj` takes `nsubj:pass`.
        """
        below = self._children[token.index]
        if not below:  # most words: asked often enough to leave at once
            return []
        found = [self.tokens[index] for index in below]
        return [child for child in found if is_relation(child, *relations)] if relations else found

    def child(self, token: Token, *relations: str) -> Token | None:
        """Return the first child with one of the relations, or None."""
        return next(iter(self.children(token, *relations)), None)

    def head(self, token: Token) -> Token | None:
        """Return the token's head, None for a root."""
        return None if token.head in (token.index, -1) else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the heads above a token, nearest first. A broken tree with a cycle ends, too."""
        seen = {token.index}
        head = self.head(token)
        while head is not None and head.index not in seen:
            yield head
            seen.add(head.index)
            head = self.head(head)

    def subtree(self, token: Token, *, without: Iterable[str] = ()) -> list[Token]:
        """Return a token and all below it, in text order, leaving out branches with these relations.

        The relations in `without` are meant for direct children of `token` only.
        """
        left_out = tuple(without)
        found = {token.index}
        stack = [child for child in self._children[token.index]
                 if not (left_out and is_relation(self.tokens[child], *left_out))]  # fmt: skip
        while stack:
            index = stack.pop()
            if index not in found:
                found.add(index)
                stack.extend(self._children[index])
        return [self.tokens[index] for index in sorted(found)]

    def span(self, token: Token, *, without: Iterable[str] = ()) -> Span:
        """Return the span from the first to the last word of a subtree."""
        words = self.subtree(token, without=without)
        return Span(words[0].start, words[-1].end)

    def phrase(self, token: Token) -> Span:
        """Return the span of a noun phrase around its head, without what follows loosely after it.

        Appositions, relative clauses, conjuncts, prepositions (`case`) and punctuation stay out:
        `de minister` of `volgens de minister, die gisteren aankwam,`. A name that follows its
        title directly, `minister Kerry`, stays in, however the parser hangs it.
        """
        kept = [token]
        for child in self.children(token):
            close = child.index == kept[-1].index + 1 or child.deprel == "appos"
            if is_relation(child, "case", "mark", "punct", "cc", "conj", "parataxis", "acl", "cop", "nsubj"):
                continue
            if child.deprel == "appos" and self._after_comma(child):
                continue
            if is_relation(child, *LOOSE) and not close:
                continue
            kept.extend(self.subtree(child))
        kept.sort(key=lambda word: word.index)
        return Span(kept[0].start, kept[-1].end)

    def lemma(self, token: Token) -> str:
        """Return a verb's lemma with its separable particle: `kondigde ... aan` gives `aankondigen`."""
        particle = self.particle(token)
        if particle is None or token.lemma.startswith(particle.text.lower()):
            return token.lemma.replace("_", "")
        return particle.text.lower() + token.lemma.replace("_", "")

    def particle(self, token: Token) -> Token | None:
        """Return the separated part of a verb: the last one, as in `In ruil laat Israël gevangenen vrij`."""
        parts = [part for part in self.children(token, "compound:prt") if not self._behind_finite(part)]
        after = self.tokens[token.index + 1 : token.index + 2]
        parts += [part for part in after if is_relation(part, "compound:prt") and self._behind_finite(part)]
        single = [part for part in parts if not self.children(part, "fixed")]
        return next(reversed(single or parts), None)

    def _behind_finite(self, part: Token) -> bool:
        """Tell whether a particle belongs to the finite verb before it, though a parser gave it to an infinitive.

        `bood aan opnieuw te bemiddelen`, but `dreigt aan te vallen`.
        """
        around = self.tokens[max(part.index - 1, 0) : part.index + 2]
        if len(around) < 3 or around[0].upos != "VERB" or "VerbForm=Fin" not in around[0].feats:
            return False
        head = self.head(part)
        later = head is not None and head.index > part.index and head.sentence == around[0].sentence
        return later and around[2].text.lower() != "te" and not self.children(part, "fixed")

    def sentence(self, token: Token) -> Sentence:
        """Return the sentence that a token stands in."""
        return self.sentences[token.sentence]

    def words(self, sentence: Sentence) -> Sequence[Token]:
        """Return a sentence's tokens."""
        return self.tokens[sentence.first : sentence.last]

    def _after_comma(self, token: Token) -> bool:
        first = self.subtree(token)[0].index
        return first > 0 and self.tokens[first - 1].text in {",", "(", "-", "–", "—"}


def is_relation(token: Token, *relations: str) -> bool:
    """Tell whether a token's relation is one of these, with or without subtype."""
    own = token.deprel
    return own in relations or (":" in own and own.partition(":")[0] in relations)


def tree_of(analysis: Analysis) -> Tree:
    """Return the trees of a document; linear in its number of words."""
    children: list[list[int]] = [[] for _ in analysis.tokens]
    for token in analysis.tokens:
        if token.head not in (token.index, -1):
            children[token.head].append(token.index)
    return Tree(analysis.tokens, analysis.sentences, tuple(map(tuple, children)))


def tokens_in(analysis: Analysis, span: Span) -> Sequence[Token]:
    """Return the tokens that overlap a span; logarithmic in the number of words."""
    from bisect import bisect_left, bisect_right

    first = bisect_right(analysis.tokens, span.start, key=lambda token: token.end)
    last = bisect_left(analysis.tokens, span.end, key=lambda token: token.start)
    return analysis.tokens[first:last]
