"""Who speaks: from the words of a source to the entities behind them.

A spokesperson, a document or an authority speaks for the body that it belongs to: `een woordvoerder van
het Pentagon`, `een rapport van Human Rights Watch`, `de Catalaanse autoriteiten`.
"""

from __future__ import annotations

from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.analyse.reference import References, named_beside
from kroniek.analyse.tree import is_relation
from kroniek.model import EntityType, Span, Token

Voiced = dict[str, tuple[str, ...]]  # noun of a voice -> whom it spoke for last


def actors_of(reading: Reading, references: References, draft: Draft, voiced: Voiced) -> tuple[str, ...]:
    """Return the entities of a source: of its head, of the name beside a title, of the body it speaks for.

    `voiced` remembers the bodies of one document's voices: `een bericht van de politie ... het bericht`.
    """
    head, span = draft.source_head, draft.source
    if head is None or span is None:
        return ()
    found = _actors_of(reading, references, head, span)
    if not found and head.upos == "NOUN" and _is_definite(reading, head):
        return voiced.get(reading.noun_lemma(head), ())
    if found and _is_voice(reading, head):
        voiced[reading.noun_lemma(head)] = found
    return found


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
        or _person_in(references, span)
        or _joined(reading, references, head)
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
            found = references.of_head(child.span, tree.span(child)) or _spoken_for(
                reading, references, child
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


def _person_in(references: References, span: Span) -> tuple[str, ...]:
    """Return the last person named in a source: `Woordvoerder van Buitenlandse Zaken Jan Jansen`."""
    for mention in reversed(references.within(span)):
        if mention.type is EntityType.PER:
            return references.of_mention(mention)
    return ()


def _joined(reading: Reading, references: References, head: Token) -> tuple[str, ...]:
    """Return the entities of sources joined to one that has none: `het bedrijf en Volvo`."""
    for child in reading.tree.children(head, "conj"):
        if is_relation(child, "conj"):
            found = references.of_head(child.span, child.span)
            if found:
                return found
    return ()
