"""Hand-made trees for tests that must not depend on a parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kroniek.analyse.attributions import ATTRIBUTIONS
from kroniek.analyse.quotations import QUOTATIONS
from kroniek.analyse.step import Resources
from kroniek.knowledge import Knowledge
from kroniek.language import load_language
from kroniek.model import Analysis, Document, Origin, Sentence, Span, Token, Zone, ZoneKind

DUTCH = load_language("nl")


def analysis_of(*sentences: str) -> Analysis:
    """Return the analysis of sentences, one paragraph each, with attributions.

    Each sentence is words `form/lemma/UPOS/head/relation[/feats]`; head counts from 1, 0 is the root;
    a form that begins with `+` stands without space before it.
    """
    text, tokens, found, zones = "", [], [], []
    for number, sentence in enumerate(sentences):
        begin, base = len(text), len(tokens)
        for position, word in enumerate(sentence.split()):
            form, lemma, upos, head, relation, *feats = word.split("|")
            glued = form.startswith("+") or position == 0 or text.endswith("“")
            text += ("" if glued else " ") + form.removeprefix("+")
            form = form.removeprefix("+")
            above = base + int(head) - 1 if head != "0" else base + position
            tokens.append(
                Token(
                    base + position, len(text) - len(form), len(text), form, lemma, upos,
                    feats[0] if feats else "", above, relation, number,
                )
            )  # fmt: skip
        span = Span(begin, len(text))
        found.append(Sentence(span, base, len(tokens), number))
        zones.append(Zone(ZoneKind.PARAGRAPH, span))
        text += "\n"
    analysis = Analysis(
        Document(text, Origin("test")), zones=tuple(zones), sentences=tuple(found), tokens=tuple(tokens)
    )
    resources = Resources(DUTCH, Knowledge("test"), _NoParser(), date(2026, 1, 1))
    for step in (QUOTATIONS, ATTRIBUTIONS):
        analysis = replace(analysis, **step.run([analysis], resources)[0])
    return analysis


class _NoParser:
    """A parser that must not be called."""

    def pipe(self, texts: object) -> object:
        raise AssertionError("the trees are given")
