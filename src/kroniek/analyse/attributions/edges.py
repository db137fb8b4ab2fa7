"""Where a content clause begins and ends, by trees and by the order of words together.

A parser's attachment of `dat`, of adjuncts and of coordinated clauses goes wrong more often than the
word order does. So a clause begins at its `dat`, `of`, `om`, and runs to the end of the sentence,
unless the sentence goes on: with another main clause, an inserted cue, or the verb above.
"""

from __future__ import annotations

from collections.abc import Iterator

from kroniek.analyse.attributions.inserted import is_inserted
from kroniek.analyse.attributions.reading import Reading, is_break, is_quote_mark
from kroniek.analyse.attributions.words import COMPLEMENTISERS
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

SEARCH = 30  # words between a verb and its clause: `zei X, die gisteren in Genève aankwam, dat`
NOT_VERBS = frozenset({"ADV", "DET", "NOUN", "PROPN", "PRON", "ADP", "ADJ"})
OUTER_TIME = frozenset({"toen", "nadat", "terwijl", "voordat", "hoewel", "ofschoon"})


def find_mark(reading: Reading, verb: Token, marks: frozenset[str]) -> int | None:
    """Return the index of the `dat`, `of` or `om` that opens a verb's clause, by the order of words.

    The search ends at another clause's finite verb, at a colon and at a quotation.
    """
    tokens = reading.tree.tokens
    end = min(right_limit(reading, verb), verb.index + SEARCH)
    inside = _argument_words(reading, verb)
    for place in range(verb.index + 1, end):
        token = tokens[place]
        word = token.text.lower()
        if word in marks and _opens_clause(reading, token):
            return place
        if token.text in {":", ";", "?", "!"} or is_quote_mark(token):
            return None
        finite = token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats
        if finite and place not in inside and not is_relation(token, "aux", "cop"):
            return None
    return None


def is_reachable(reading: Reading, verb: Token, start: int) -> bool:
    """Tell whether no other clause stands between a verb and the clause that a tree hangs on it."""
    inside = _argument_words(reading, verb)
    for token in reading.tree.tokens[verb.index + 1 : start]:
        finite = token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats
        if (finite and token.index not in inside and not is_relation(token, "aux", "cop")) or token.text in {
            ";",
            "?",
            "!",
        }:
            return False
    return True


def _opens_clause(reading: Reading, token: Token) -> bool:
    if token.text.lower() not in {"dat", "of", "om"}:  # a question word
        return token.upos in {"PRON", "ADV", "DET"} and not is_relation(token, "nsubj:outer")
    if token.text.lower() == "om":
        return is_relation(token, "mark") or token.upos == "SCONJ"
    return token.upos == "SCONJ" or is_relation(token, "mark")


def _argument_words(reading: Reading, verb: Token) -> frozenset[int]:
    """Return the words of a verb's subject and adjuncts, whose relative clauses may hold finite verbs."""
    found: set[int] = set()
    for child in reading.tree.children(verb, "nsubj", "obl", "iobj", "obj"):
        branch = reading.tree.subtree(child)
        if len(branch) < SEARCH:
            found.update(word.index for word in branch)
    return frozenset(found)


def right_limit(reading: Reading, token: Token) -> int:
    """Return the index after the last word of the sentence, or of the quotation, that a token stands in."""
    limit = reading.tree.sentence(token).last
    around = reading.quotation_around(token.start)
    if around is not None:
        limit = min(limit, reading.first_token(around.span.end - 1))
    return max(limit, token.index + 1)


def clause_end(reading: Reading, verb: Token, start: int, head: Token | None) -> int:
    """Return the index after the last word of a clause that begins at `start` under `verb`."""
    limit = right_limit(reading, verb)
    end = min((cut for cut in _cuts(reading, verb, start, limit) if cut > start + 1), default=limit)
    return max(end, start + 1)


def _cuts(reading: Reading, verb: Token, start: int, limit: int) -> Iterator[int]:
    """Yield the places where the clause may end before the sentence does."""
    yield from _outer_coordination(reading, verb, start, limit)
    if is_subordinate(reading, verb):
        yield from _verb_above(reading, verb, start, limit)
    tokens = reading.tree.tokens
    yield inserted_end(reading, start, limit)
    for place in range(start + 2, limit):
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < limit else None
        finite = after is not None and "VerbForm=Fin" in after.feats
        if finite and tokens[place - 1].text == "," and token.text.lower() == "dan":
            yield from [place - 1] if _opened_by_subordinator(reading, verb) else []
        if token.upos == "SCONJ" and token.text.lower() in {"nadat", "terwijl"}:
            yield _before_breaks(reading, place)
        if token.text == ":" and reading.quotation_from(token.end) is not None:
            yield place
            return


def inserted_end(reading: Reading, start: int, limit: int) -> int:
    """Return where an inserted cue ends a content that begins at `start`: `..., meldt de krant`."""
    tokens = reading.tree.tokens
    for place in range(start + 2, limit):
        before = tokens[place - 1]
        if (before.text in {",", "-", "–", "—"} or is_quote_mark(before)) and _is_inserted_cue(
            reading, tokens[place], limit
        ):
            return place - 1
    return limit


def is_subordinate(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb stands in a subordinate clause, by what opens that clause."""
    tree = reading.tree
    marks = {child.text.lower() for child in tree.children(verb, "mark")} - {"te"}
    if marks or (verb.upos not in {"VERB", "AUX"} and not is_relation(verb, "root")):
        return True
    if _opened_by_subordinator(reading, verb):
        return True
    opening = tree.subtree(verb)[0]
    relative = opening.upos in {"PRON", "ADV", "ADP"} and is_relation(verb, "acl", "ccomp", "csubj", "advcl")
    return relative or ("VerbForm=Part" in verb.feats and is_relation(verb, "acl"))


def _opened_by_subordinator(reading: Reading, verb: Token) -> bool:
    """Look back over a clause's words for `nadat`, `toen`, `hoewel`, where the tree has no mark."""
    tokens = reading.tree.tokens
    begin = max(reading.tree.sentence(verb).first, verb.index - 14)
    for place in range(verb.index - 1, begin - 1, -1):
        token = tokens[place]
        if token.upos == "SCONJ":
            return True
        finite = token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats
        if is_break(token) or (finite and tokens[place].head != verb.index):
            return False
    return False


def _outer_coordination(reading: Reading, verb: Token, start: int, limit: int) -> Iterator[int]:
    """`X zei dat A, maar merkte op dat B`: a verb joined to the cue, not to the content."""
    tree, tokens = reading.tree, reading.tree.tokens
    for joined in tree.children(verb, "conj"):
        branch = tree.subtree(joined)
        marks = {child.text.lower() for child in tree.children(joined, "mark")}
        if marks & COMPLEMENTISERS or not start < branch[0].index < limit:
            continue
        if joined.upos in {"VERB", "AUX", "ADJ", "NOUN"} and _is_predicate(reading, joined):
            yield _before_breaks(reading, branch[0].index)
    for place in range(start + 2, limit - 1):
        token, after = tokens[place], tokens[place + 1]
        finite = after.upos in {"VERB", "AUX"} and "VerbForm=Fin" in after.feats
        if token.upos != "CCONJ" or not finite:
            continue
        later = tokens[place + 2] if place + 2 < limit else None
        if after.upos == "AUX" and later is not None and later.upos in NOT_VERBS:
            yield _before_breaks(reading, place)  # `dat A, en heeft al B gedaan`: the outer sentence goes on
        if reading.verb_lemma(after) not in reading.lexicon.plain_verbs:
            continue
        if place + 2 < limit and not is_break(tokens[place + 2]) and tokens[place + 2].upos != "CCONJ":
            yield _before_breaks(reading, place)
    for outer in tree.children(verb, "advcl"):
        branch = tree.subtree(outer)
        marks = {child.text.lower() for child in tree.children(outer, "mark")}
        if marks & OUTER_TIME and start < branch[0].index < limit and is_break(tokens[branch[0].index - 1]):
            yield _before_breaks(reading, branch[0].index)


def _is_predicate(reading: Reading, token: Token) -> bool:
    return "VerbForm=Fin" in token.feats or bool(reading.tree.children(token, "nsubj", "cop", "aux"))


def _verb_above(reading: Reading, verb: Token, start: int, limit: int) -> Iterator[int]:
    """`toen hij zei dat A, liep X weg`; `de belofte dat A is gebroken`: the clause above goes on."""
    tree, tokens = reading.tree, reading.tree.tokens
    for above in list(tree.ancestors(verb))[:4]:
        parts = [above, *tree.children(above, "aux", "cop")]
        later = [part.index for part in parts if start < part.index < limit and "VerbForm=Fin" in part.feats]
        if later:
            near = range(min(later), max(start, min(later) - 4), -1)
            comma = next((place - 1 for place in near if tokens[place - 1].text == ","), None)
            if comma is not None and comma > start:
                yield comma
            elif verb.upos == "NOUN":
                yield min(later)
            break
    for place in range(start + 2, limit):
        token = tokens[place]
        if tokens[place - 1].text == "," and token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats:
            yield place - 1
            return


def _is_inserted_cue(reading: Reading, token: Token, limit: int) -> bool:
    """Tell whether `, meldt de krant` or `, volgens de krant` begins at a token and closes the sentence."""
    word = token.text.lower()
    if word in reading.lexicon.prepositions and word in {"volgens", "aldus", "dixit"}:
        return not any(
            is_break(later) for later in reading.tree.tokens[token.index + 6 : limit - 1]
        ) and _reaches_end(reading, token, limit)
    finite = token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats
    return finite and reading.verb_lemma(token) in reading.lexicon.plain_verbs and is_inserted(reading, token)


def _reaches_end(reading: Reading, token: Token, limit: int) -> bool:
    """Tell whether no verb follows a preposition's phrase: the phrase ends the sentence."""
    rest = reading.tree.tokens[token.index + 1 : limit]
    return not any(
        later.upos in {"VERB", "AUX"} and "VerbForm=Fin" in later.feats and not is_relation(later, "acl")
        for later in rest
    )


def _before_breaks(reading: Reading, place: int) -> int:
    while place > 0 and (
        is_break(reading.tree.tokens[place - 1]) or reading.tree.tokens[place - 1].upos == "CCONJ"
    ):
        place -= 1
    return place


def over_quotation(reading: Reading, start: int, end: int) -> int:
    """Return the end of a clause, moved behind a quotation that begins in it and goes on for sentences."""
    tokens = reading.tree.tokens
    span = Span(tokens[start].start, tokens[end - 1].end)
    for quotation in reading.quotations_in(span):
        if quotation.span.end > span.end and quotation.closed and "\n" not in quotation.span.of(reading.text):
            end = max(end, reading.first_token(quotation.span.end))
    return end


def phrase_end(reading: Reading, last: int, limit: int) -> int:
    """Return where a noun phrase that stands for a content ends: at a comma, a mark or another verb.

    `een verlaging van de lasten | om gezinnen te helpen`: what follows up to there belongs to it.
    """
    tokens = reading.tree.tokens
    place, relative = last, False
    while place < limit:
        token = tokens[place]
        finite = token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats
        if is_break(token) or token.upos == "PUNCT" or (finite and not relative):
            break
        if token.upos == "SCONJ" and token.text.lower() not in {"dat", "om", "of"}:
            break
        if token.upos == "CCONJ" and _starts_clause(reading, place + 1, limit):
            break
        relative = (relative or token.text.lower() in {"die", "dat", "waar", "waarvan"}) and not finite
        place += 1
    return place


def _starts_clause(reading: Reading, place: int, limit: int) -> bool:
    """Tell whether a coordinated clause begins: a finite verb or a subject pronoun comes first."""
    if place >= limit:
        return True
    token = reading.tree.tokens[place]
    return token.upos in {"VERB", "AUX", "PRON", "SCONJ"} or is_relation(token, "nsubj")
