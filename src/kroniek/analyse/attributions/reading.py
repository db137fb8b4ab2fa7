"""A document as the patterns read it: trees, quotations and names, looked up by word or by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kroniek.analyse.attributions.cues import Cue, Lexicon
from kroniek.analyse.tree import Tree, tree_of
from kroniek.model import Analysis, Quotation, Span, Token

QUOTE_MARKS = frozenset("\"“”„‟«»‘’‚‛'`´") | {"''", "``", ",,", "’’", "‘‘"}
CLAUSE_BREAKS = frozenset({",", ";", ":", "-", "–", "—", "(", ")", "...", "…"})


@dataclass(frozen=True, slots=True)
class Found:
    """A content: its stretches, the frame that found it, and its predicate or first word."""

    content: tuple[Span, ...]
    frame: str
    head: Token | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as a pattern found it; stance, actors and surroundings come after.

    `at` is the word of the cue, `source_head` the head of the source's noun phrase.
    """

    cue: Cue
    at: Token
    words: tuple[Span, ...]
    content: tuple[Span, ...]
    source: Span | None
    source_head: Token | None
    pattern: str
    head: Token | None = None  # the content's main predicate, where a clause gives it
    passive: bool = False


@dataclass(frozen=True)
class Reading:
    """One document under analysis, with the indexes that keep every pattern local."""

    analysis: Analysis
    lexicon: Lexicon
    tree: Tree
    quotations: tuple[Quotation, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _token_starts: tuple[int, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """Return the document's text."""
        return self.analysis.text

    def verb_lemma(self, token: Token) -> str:
        """Return a verb's infinitive with its particle, `aankondigen` for `kondigde ... aan`.

        Where a tagger gives an infinitive that is no cue, the pack's own inflected forms are asked.
        """
        joined = self.tree.lemma(token)
        if joined in self.lexicon.verbs:
            return joined
        plain = self.lexicon.forms.get(token.text.lower(), token.lemma.replace("_", ""))
        particle = self.tree.child(token, "compound:prt")
        if particle is not None:
            if particle.text.lower() + plain in self.lexicon.verbs:
                return particle.text.lower() + plain
            loose = self._with_loose_particle(token, plain)
            return loose if loose != plain else joined
        return self._with_loose_particle(token, plain)

    def noun_lemma(self, token: Token) -> str:
        """Return a noun's lemma; where a tagger's is no cue, the pack's own plurals are asked."""
        lemma = token.lemma.replace("_", "").lower()
        return (
            lemma if lemma in self.lexicon.nouns else self.lexicon.noun_forms.get(token.text.lower(), lemma)
        )

    def _with_loose_particle(self, token: Token, plain: str) -> str:
        """Join a particle that a parser hung elsewhere: `voegde hieraan toe dat`."""
        particles = self.lexicon.particles.get(plain)
        if particles:
            for later in self.tree.tokens[token.index + 1 : token.index + 8]:
                if later.sentence != token.sentence or is_break(later):
                    break
                if later.text.lower() in particles and self._ends_group(later):
                    return later.text.lower() + plain
        return plain

    def _ends_group(self, token: Token) -> bool:
        """Tell whether nothing follows that a preposition could govern."""
        after = self.tree.tokens[token.index + 1 : token.index + 2]
        return (
            not after
            or is_break(after[0])
            or after[0].upos in {"PUNCT", "SCONJ"}
            or after[0].text.lower() == "dat"
        )

    def first_token(self, offset: int) -> int:
        """Return the index of the first token that begins at or after an offset."""
        return bisect_left(self._token_starts, offset)

    def quotation_from(self, offset: int, reach: int = 3) -> Quotation | None:
        """Return the longest quotation that begins at an offset, or within `reach` characters of space after it."""
        at = bisect_left(self._starts, offset)
        if at < len(self.quotations):
            found = self.quotations[at]
            gap = self.text[offset : found.span.start]
            if len(gap) <= reach and not gap.strip():
                return found
        return None

    def quotation_until(self, offset: int) -> Quotation | None:
        """Return the longest quotation that ends at an offset, a comma or white space between allowed."""
        best = None
        at = bisect_right(self._starts, offset)
        for found in reversed(self.quotations[max(0, at - 24) : at]):
            gap = self.text[found.span.end : offset]
            if found.span.end <= offset and len(gap) <= 3 and not gap.strip(" ,.–-\n"):
                best = found if best is None or found.span.start < best.span.start else best
        return best

    def quotations_in(self, span: Span) -> list[Quotation]:
        """Return the quotations that begin inside a span."""
        return list(
            self.quotations[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        )

    def follows_speech(self, verb: Token) -> bool:
        """Tell whether speech in marks ends right before a finite verb."""
        left = self.quotation_until(verb.start)
        return left is not None and left.speech and "VerbForm=Fin" in verb.feats

    def quotation_around(self, offset: int) -> Quotation | None:
        """Return the innermost quotation that holds an offset."""
        at = bisect_right(self._starts, offset)
        for found in reversed(self.quotations[max(0, at - 24) : at]):
            if found.span.start <= offset < found.span.end:
                return found
        return None


def reading_of(analysis: Analysis, lexicon: Lexicon) -> Reading:
    """Return a document's reading; linear in its length."""
    return Reading(
        analysis,
        lexicon,
        tree_of(analysis),
        analysis.quotations,
        tuple(quotation.span.start for quotation in analysis.quotations),
        tuple(token.start for token in analysis.tokens),
    )


def is_quote_mark(token: Token) -> bool:
    """Tell whether a token is nothing but a quotation mark."""
    return token.text in QUOTE_MARKS


def is_break(token: Token) -> bool:
    """Tell whether a token separates clauses: a comma, a colon, a dash, a quotation mark."""
    return token.text in CLAUSE_BREAKS or is_quote_mark(token)


def stretches(tokens: Iterable[Token]) -> list[list[Token]]:
    """Group tokens, in text order, into runs without a gap between them."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.index == runs[-1][-1].index + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def stops_quote(token: Token) -> bool:
    """Tell whether a word between a verb and a quotation parts the two."""
    return token.text.lower() in {",", ";", "als", "dat", "of"} or (
        token.upos == "VERB" and "VerbForm=Fin" in token.feats
    )


def filled(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Fill gaps of marks and commas between the words of a clause, which parsers hang elsewhere."""
    found: list[Token] = []
    for token in tokens:
        if found:
            gap = reading.tree.tokens[found[-1].index + 1 : token.index]
            if gap and all(is_break(word) or word.upos == "PUNCT" for word in gap):
                found.extend(gap)
        found.append(token)
    return found
