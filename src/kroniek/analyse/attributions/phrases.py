"""Frames in which a phrase stands for a clause: `X noemt Y 'Z'`, `X ontkent de aanval`, `Dat meldt X`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kroniek.analyse.attributions.content import span_of, spans_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.edges import phrase_end, right_limit
from kroniek.analyse.attributions.reading import Draft, Found, Reading, filled, stops_quote
from kroniek.analyse.attributions.stance import stance_of
from kroniek.analyse.attributions.words import WH_WORDS
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Stance, Token

POINTERS = frozenset({"dat", "dit"})
NEAR, FAR = 4, 16  # words between a verb and the pronoun that is its object


def pointer(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`Dat meldt persbureau Reuters`, `Hij zei dat in Genève`: a pronoun points to what was told before."""
    for child in reading.tree.children(verb, "obj", "ccomp", "nsubj", "det"):
        opens = (
            child.index == reading.tree.sentence(child).first
        )  # `Dat heeft gezant Jan Maes vrijdag gezegd`
        near = abs(child.index - verb.index) <= (FAR if opens else NEAR)
        if child.text.lower() in POINTERS and near:
            passive = is_relation(child, "nsubj") and reading.tree.child(verb, "aux:pass") is not None
            alone = not reading.tree.children(child)
            if alone and (passive or not is_relation(child, "nsubj") or child.index < verb.index):
                return Found(_pointed_at(reading, child), "pointer", child)
    return None


def with_pointed_content(reading: Reading, draft: Draft) -> Draft:
    """Return a statement with the sentence before for a bare `Dat` that opens its own: `Dat heeft X bekendgemaakt`.

    What is denied stays as it stands: the words before are another's.
    """
    (word, *more) = draft.content
    if more or word.of(reading.text).lower() not in POINTERS:
        return draft
    pronoun = reading.tree.tokens[reading.first_token(word.start)]
    if stance_of(reading, draft) in {Stance.DENIES, Stance.DOES_NOT_CONFIRM}:
        return draft
    return replace(draft, content=_pointed_at(reading, pronoun))


def _pointed_at(reading: Reading, pronoun: Token) -> tuple[Span, ...]:
    """Return the sentence before, for a sentence that opens with `Dat`; elsewhere the pronoun itself."""
    sentence = reading.tree.sentence(pronoun)
    if pronoun.index == sentence.first > 0:
        before = reading.tree.sentence(reading.tree.tokens[sentence.first - 1])
        told = span_of(reading, before.first, before.last)
        if told:
            return told
    return (pronoun.span,)


def naming(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X noemt Y 'Z'`, `X omschrijft Y als Z`: what is said of Y, from Y to Z."""
    tree = reading.tree
    passive = tree.child(verb, "aux:pass") is not None or tree.child(verb, "nsubj:pass") is not None
    loose = "VerbForm=Inf" in verb.feats or (
        "VerbForm=Part" in verb.feats and is_relation(verb, "acl", "advcl")
    )
    if loose or (passive and tree.child(verb, "obl:agent") is None):
        return None  # `wordt ook wel X genoemd` is a custom, nobody's statement
    said = [
        child
        for child in tree.children(verb, "xcomp", "obl", "advcl", "obj", "advmod")
        if _names_it(reading, child, cue)
    ]
    if not said:
        return _named_in_marks(reading, verb) if not cue.prepositions else None
    named = [child for child in tree.children(verb, "obj", "nsubj:pass") if child not in said]
    tokens: list[Token] = []
    clauses = [child for child in tree.children(verb, "ccomp", "csubj") if child.index > said[0].index]
    for child in (*named, *said, *clauses):
        if child.text.lower() not in {"die", "dat"} or child not in named:
            tokens.extend(tree.subtree(child))
    ordered = sorted({token.index: token for token in tokens}.values(), key=lambda token: token.index)
    end = (
        phrase_end(reading, ordered[-1].index + 1, right_limit(reading, verb))
        if ordered[-1].index > verb.index
        else 0
    )
    ordered.extend(reading.tree.tokens[ordered[-1].index + 1 : end])
    content = spans_of(reading, filled(reading, ordered))
    return Found(content, "naming", said[0]) if content else None


def _named_in_marks(reading: Reading, verb: Token) -> Found | None:
    """`X noemde de rapporten 'nepnieuws'` where the tree shows no predicate: from the object to the mark."""
    tokens = reading.tree.tokens
    subject = reading.tree.child(verb, "nsubj")
    begin = verb.index + 1
    if subject is not None and subject.index > verb.index:
        begin = reading.tree.subtree(subject)[-1].index + 1
    left = reading.quotation_until(verb.start)
    if left is not None and reading.text[left.span.end : verb.start] == " ":  # `die hij 'een leugen' noemde`
        begins = [
            reading.tree.subtree(child)[0].index for child in reading.tree.children(verb, "obj", "xcomp")
        ]
        opening = reading.first_token(left.span.start)
        content = span_of(reading, min([opening, *begins]), reading.first_token(left.span.end))
        return Found(content, "naming", None) if content else None
    for quotation in reading.quotations_in(Span(verb.end, tokens[right_limit(reading, verb) - 1].end)):
        opening = reading.first_token(quotation.span.start)
        between = tokens[begin:opening]
        if any(stops_quote(token) or token.text == ":" for token in between):
            return None
        content = span_of(reading, begin, reading.first_token(quotation.span.end))
        return Found(content, "naming", None) if content else None
    return None


def _names_it(reading: Reading, child: Token, cue: Cue) -> bool:
    if child.text.lower() in WH_WORDS:
        return False
    if cue.prepositions:  # `als`
        words = {token.text.lower() for token in reading.tree.children(child, "case", "mark")}
        return bool(words & cue.prepositions)
    if cue.group == "think" and not (child.upos == "ADJ" or reading.tree.child(child, "det") is not None):
        return False  # `vond de bril op straat` finds, `vindt de bril mooi` judges
    return is_relation(child, "xcomp") and "VerbForm=Inf" not in child.feats


def preposition(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X beschuldigt Y van Z`, `X roept op tot Z`, `X pleit voor Z`: Z, without its preposition."""
    tree = reading.tree
    parts = [child for child in tree.children(verb, "obj", "obl") if child.text.lower() in cue.needs]
    below = [child for part in parts for child in tree.children(part, "nmod", "obl")]  # `gewag van X`
    for child in (*tree.children(verb, "obl", "advmod", "xcomp", "advcl", "nmod"), *below):
        for case in tree.children(child, "case", "mark"):
            if case.text.lower() in cue.prepositions and child.index > case.index:
                if cue.indefinite and _is_known(reading, child):
                    continue
                tokens = _near([token for token in tree.subtree(child) if token.index > case.index], child)
                end = phrase_end(reading, _cut_at_comma(reading, tokens), right_limit(reading, verb))
                content = span_of(reading, tokens[0].index, end)
                return Found(content, "preposition", child) if content else None
    return None


def _is_known(reading: Reading, noun: Token) -> bool:
    """Tell whether a noun phrase names what was told before, without words in quotation marks."""
    words = reading.tree.children(noun, "det", "nmod:poss")
    definite = noun.upos in {"PROPN", "PRON"} or any(
        "Definite=Def" in word.feats or "Poss=Yes" in word.feats for word in words
    )
    phrase = reading.tree.subtree(noun)
    return definite and not reading.quotations_in(Span(phrase[0].start, noun.end))


def object_(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X ontkent betrokkenheid`, `de maatregel werd aangekondigd`: a noun phrase that stands for a clause."""
    tree = reading.tree
    passive = tree.child(verb, "aux:pass") is not None or tree.child(verb, "nsubj:pass") is not None
    relation = ("nsubj:pass", "nsubj") if passive else ("obj",)
    for child in tree.children(verb, *relation):
        if child.text.lower() in {"zich", "die", "er"} or child.upos not in {
            "NOUN",
            "PROPN",
            "PRON",
            "DET",
            "NUM",
            "ADJ",
            "VERB",
            "X",
        }:
            continue
        if tree.child(child, "case") is not None:
            continue  # `naar verwachting`
        tokens = _near(tree.subtree(child), child)
        last = _cut_at_comma(reading, tokens) if child.index > verb.index else tokens[-1].index + 1
        if child.index > verb.index:
            last = phrase_end(reading, last, right_limit(reading, verb))
            last -= last > tokens[0].index + 1 and reading.tree.tokens[last - 1].deprel == "compound:prt"
        if cue.group == "revise" and child.lemma.replace("_", "") not in reading.lexicon.revisable:
            continue
        while last > tokens[0].index + 1 and reading.tree.tokens[last - 1].text.lower() in cue.needs:
            last -= 1  # `trok de verklaring | in twijfel`
        content = span_of(reading, tokens[0].index, last)
        if content:
            return Found(content, "object", child)
    return None


def _cut_at_comma(reading: Reading, tokens: Sequence[Token]) -> int:
    """Return where a phrase ends: before an apposition or a relative clause behind a comma."""
    loose = ("appos", "acl", "det", "nsubj", "case", "mark")
    for position, token in enumerate(tokens[:-1]):
        if not position or token.text != "," or not is_relation(tokens[position + 1], *loose):
            continue
        inside = reading.quotation_around(token.start)
        if inside is None or reading.quotation_around(tokens[0].start) is not None:
            return token.index
    return tokens[-1].index + 1


def _near(tokens: Sequence[Token], head: Token) -> list[Token]:
    """Return the run of tokens, small gaps allowed, that holds the head."""
    place = next(position for position, token in enumerate(tokens) if token.index == head.index)
    first = last = place
    while first > 0 and tokens[first].index - tokens[first - 1].index <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].index - tokens[last].index <= 2:
        last += 1
    return list(tokens[first : last + 1])
