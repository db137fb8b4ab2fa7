"""Small trees for tests: one word a line, `form lemma upos feats head deprel`."""

from __future__ import annotations

from kroniek.model import (
    Analysis,
    Document,
    EntityType,
    Mention,
    MentionKind,
    Origin,
    Published,
    Sentence,
    Span,
    Token,
)


def analysis_of(rows: str, names: dict[str, EntityType] | None = None) -> Analysis:
    """Return an analysis of one sentence; `names` gives the type of words that are names."""
    tokens: list[Token] = []
    place = 0
    for number, row in enumerate(line for line in rows.splitlines() if line.strip()):
        form, lemma, upos, feats, head, deprel = row.split()
        above = int(head) - 1 if int(head) else number
        feats = "" if feats == "_" else feats
        tokens.append(Token(number, place, place + len(form), form, lemma, upos, feats, above, deprel))
        place += len(form) + 1
    text = " ".join(token.text for token in tokens)
    document = Document(text=text, language="nl", origin=Origin(path="test"))
    mentions = tuple(
        Mention(token.span, MentionKind.NAME, (names or {})[token.text], token.span)
        for token in tokens
        if token.text in (names or {})
    )
    return Analysis(
        document=document,
        published=Published("2018-09-30"),
        tokens=tuple(tokens),
        sentences=(Sentence(Span(0, len(text)), 0, len(tokens)),),
        names=mentions,
        mentions=mentions,
    )
