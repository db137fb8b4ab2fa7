"""Cues that are inserted in what they report, stand behind it, or announce it with a colon.

`Hij komt, zegt X.`, `"Ik", zo zei X, "ga weg."`, `X zei: "Ik ga weg."`: the content is the sentence around
the cue, or the quotation beside it.
"""

from __future__ import annotations

from kroniek.analyse.attributions.content import quotation_spans, span_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.reading import Found, Reading, is_break, is_quote_mark
from kroniek.analyse.tree import is_relation
from kroniek.model import Quotation, Span, Token

LONG_CUE = 40  # words: an inserted cue clause with its relative clauses is no longer than this


def own_words(reading: Reading, verb: Token) -> list[Token]:
    """Return the words of an inserted cue clause: verb, subject, adjuncts: `zei de minister vrijdag`."""
    tree = reading.tree
    if is_relation(verb, "parataxis"):
        words = tree.subtree(verb, without=("ccomp", "conj"))
        if len(words) <= LONG_CUE:
            return words
    found = {verb.index}
    for child in tree.children(verb):
        if is_relation(
            child, "nsubj", "aux", "compound", "obl", "advmod", "iobj", "obj", "advcl", "expl", "xcomp"
        ):
            branch = tree.subtree(child)
            if branch[0].index > verb.index - 3 and not (
                is_relation(child, "obj", "xcomp") and branch[-1].index < verb.index
            ):
                found.update(token.index for token in branch)
    ordered = sorted(found)
    kept = [verb.index]
    for index in ordered:
        if index > kept[-1] and (index == kept[-1] + 1 or is_break(tree.tokens[index - 1])):
            kept.append(index)
    return [tree.tokens[index] for index in kept]


def tag(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`Hij komt, zegt X.`, `"...", zo zei X, "..."`: the cue is inserted in the content or follows it."""
    if not is_inserted(reading, verb):
        return None
    first = first_word(reading, verb).index
    last = next(word.index for word in reversed(own_words(reading, verb)) if not is_break(word))
    while first > 0 and reading.tree.tokens[first - 1].text.lower() in {"zo", "aldus"}:
        first -= 1
    left = before_cue(reading, first)
    if reading.quotation_until(reading.tree.tokens[first].start) is None and _tells_about(reading, verb):
        return None
    if left and not _holds_statement(reading, left):
        return None
    right = after_cue(reading, verb, last, bool(left))
    content = (*left, *right)
    return Found(content, "tag", _content_root(reading, verb)) if content else None


def _tells_about(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb has its topic in `over X`: `..., vertelde ze over de reis en ...`."""
    for child in reading.tree.children(verb, "obl"):
        case = reading.tree.child(child, "case")
        if case is not None and case.text.lower() == "over" and case.index > verb.index:
            return True
    return False


def _holds_statement(reading: Reading, content: tuple[Span, ...]) -> bool:
    """Tell a statement from an adverbial before a comma: `In een brief van vrijdag, zei X "..."`."""
    first, last = reading.first_token(content[0].start), reading.first_token(content[-1].end)
    words = reading.tree.tokens[first:last]
    if not words or reading.quotation_from(content[0].start, 0) is not None:
        return True
    finite = sum(word.upos in {"VERB", "AUX"} and "VerbForm=Fin" in word.feats for word in words)
    if words[0].upos == "SCONJ" and words[0].text.lower() != "dat":
        return finite > 1  # `Toen hij kwam, vertelde X over ...` has no main clause before the verb
    return words[0].upos != "ADP" or finite > 0


def first_word(reading: Reading, verb: Token) -> Token:
    """Return the finite word that opens an inserted cue: `had` in `"Nooit", had hij gezegd`."""
    aux = reading.tree.child(verb, "aux")
    return aux if aux is not None and aux.index < verb.index else verb


def is_inserted(reading: Reading, verb: Token) -> bool:
    """Tell whether a finite verb opens an inserted cue: a comma or mark before it, its subject after it."""
    tokens = reading.tree.tokens
    if "VerbForm=Fin" not in verb.feats and verb.feats not in ("", "_"):
        aux = reading.tree.child(verb, "aux")
        if aux is None or aux.index > verb.index:
            return False
        verb_first = aux
    else:
        verb_first = verb
    place = verb_first.index - 1
    while place >= 0 and tokens[place].text.lower() in {"zo", "dus", "aldus", "maar", "en"}:
        place -= 1
    if place < 0 or tokens[place].sentence != verb.sentence:
        return bool(reading.quotation_until(tokens[place + 1].start)) if place >= 0 else False
    subject = reading.tree.child(verb, "nsubj")
    if subject is not None and subject.index < verb_first.index:
        return False
    before = tokens[place]
    if not _may_be_inserted(reading, verb, verb_first):
        return False
    breaks = before.text in {",", "-", "–", "—", "?", "!", ".", "...", "…", ")"} or is_quote_mark(before)
    if breaks and subject is None:
        after = tokens[verb_first.index + 1] if verb_first.index + 1 < len(tokens) else None
        if after is not None and after.upos in {"DET", "NOUN", "PROPN", "PRON"}:
            return True
        return is_relation(verb, "parataxis") or reading.quotation_until(verb_first.start) is not None
    return breaks or (is_relation(verb, "parataxis") and subject is not None)


def _may_be_inserted(reading: Reading, verb: Token, first: Token) -> bool:
    """Tell a cue from a main verb after its adverbials: `In Genève, zei X, ...` from `In Genève zei X ...`.

    A main verb has nothing but adjuncts before it; what a cue reports has a predicate or stands in marks.
    """
    if is_relation(verb, "parataxis") or reading.quotation_until(first.start) is not None:
        return True
    before = [
        child for child in reading.tree.children(verb) if child.index < first.index and child.upos != "PUNCT"
    ]
    adjuncts = ("obl", "advmod", "advcl", "cc", "mark", "discourse", "expl", "vocative")
    return not before or not all(is_relation(child, *adjuncts) for child in before)


def before_cue(reading: Reading, first: int) -> tuple[Span, ...]:
    """Return the content that ends where an inserted cue begins (token index `first`)."""
    tokens = reading.tree.tokens
    here = tokens[first]
    quotation = reading.quotation_until(here.start)
    begin = _left_bound(reading, here)
    if quotation is not None:
        opening = tokens[reading.first_token(quotation.span.start)]
        lead = tokens[_left_bound(reading, opening, skip=quotation.span) : opening.index]
        words = [token for token in lead if not is_break(token) and token.upos != "CCONJ"]
        ends_lead = lead and lead[-1].text in {":", "."}
        if not words or ends_lead:
            return quotation_spans(reading, quotation)
        return span_of(reading, lead[0].index, reading.first_token(quotation.span.end))
    return span_of(reading, begin, first)


def _left_bound(reading: Reading, token: Token, skip: Span | None = None) -> int:
    """Return the first token of the sentence, or of the quotation around, in which a token stands."""
    begin = reading.tree.sentence(token).first
    around = reading.quotation_around(token.start)
    if around is not None and around.span != skip and around.span.start < token.start:
        begin = max(begin, reading.first_token(around.span.start + 1))
    return begin


def after_cue(reading: Reading, verb: Token, last: int, has_left: bool) -> tuple[Span, ...]:
    """Return the content that goes on after an inserted cue that ends with token index `last`."""
    tokens, sentence = reading.tree.tokens, reading.tree.sentence(verb)
    place = last + 1
    while place < len(tokens) and tokens[place].text in {",", ";", ":", "-", "–"}:
        place += 1
    if place > last + 1 and place < len(tokens):
        quotation = reading.quotation_from(tokens[place].start)
        if quotation is not None and quotation.span.start >= tokens[last].end:
            return quotation_spans(reading, quotation)
    around = reading.quotation_around(verb.start)
    end = sentence.last
    if around is not None:
        end = min(end, reading.first_token(around.span.end))
    if has_left and reading.quotation_until(first_word(reading, verb).start) is not None:
        return ()  # the speech is whole; what follows belongs to the cue
    root = _content_root(reading, verb)
    goes_on = root is not None and (root.index > last or _reaches_over(reading, root, last))
    goes_on = goes_on or (not has_verb(reading, verb, before=True) and has_verb(reading, verb, before=False))
    if root is not None and place < end and place > last + 1 and tokens[place].upos == "CCONJ":
        goes_on = tokens[verb.index - 1].text.lower() == "zo" and any(
            joined.index > place for joined in reading.tree.children(root, "conj")
        )
    if place >= end or not ((goes_on and place > last + 1) or not has_left):
        return ()
    return span_of(reading, place, end)


def has_verb(reading: Reading, cue: Token, *, before: bool) -> bool:
    """Tell whether a finite verb besides the cue stands before it, or after it, in its sentence.

    In `Het akkoord, waarschuwde X, is broos` the sentence goes on, whatever the parser makes of the cue.
    """
    first = first_word(reading, cue).index
    own = {word.index for word in own_words(reading, cue)}
    return any(
        "VerbForm=Fin" in word.feats and word.index not in own and (word.index < first) == before
        for word in reading.tree.words(reading.tree.sentence(cue))
    )


def _content_root(reading: Reading, verb: Token) -> Token | None:
    head = reading.tree.head(verb)
    return head if head is not None and is_relation(verb, "parataxis", "conj", "advcl") else None


def _reaches_over(reading: Reading, root: Token, last: int) -> bool:
    """Tell whether a predicate before the cue has arguments after it."""
    return any(
        child.index > last
        for child in reading.tree.children(
            root, "nsubj", "obj", "obl", "xcomp", "ccomp", "advmod", "compound"
        )
    )


def colon(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X zei: "..."`, `X zei: ik kom.`, also with the speech in the next sentence."""
    tokens, sentence = reading.tree.tokens, reading.tree.sentence(verb)
    place = _colon_after(reading, verb, sentence.last)
    if place is None:
        return None
    quotation = reading.quotation_from(tokens[place].end)
    if quotation is not None:
        left = reading.quotation_until(first_word(reading, verb).start)  # `"Nee", zei X: "nooit."`
        whole = left is not None and left.speech and _is_whole(reading, left, verb)
        before = quotation_spans(reading, left) if left is not None and whole else ()
        return Found((*before, *quotation_spans(reading, quotation)), "colon", None)
    around = reading.quotation_around(verb.start)
    begin, end = place + 1, sentence.last
    if begin == end and end < len(tokens) and around is None:
        end = reading.tree.sentence(tokens[begin]).last
    if around is not None:
        end = min(end, reading.first_token(around.span.end - 1))
    content = span_of(reading, begin, end)
    return Found(content, "colon", None) if content else None


def _is_whole(reading: Reading, left: Quotation, verb: Token) -> bool:
    """Tell speech before a cue from a quotation that is a word of its clause: `Op de vraag "..." zei X: "..."`."""
    gap = reading.text[left.span.end : first_word(reading, verb).start]
    opening = reading.tree.tokens[reading.first_token(left.span.start)]
    if not reading.text[reading.tree.sentence(opening).span.start : left.span.start].strip():
        return True
    return "," in gap or reading.text[left.span.start : left.span.end].rstrip("\"“”’‘'» ").endswith(
        (",", ".", "!")
    )


def _colon_after(reading: Reading, verb: Token, end: int) -> int | None:
    """Return the index of the colon that closes the verb's clause, None when another clause comes first."""
    for place in range(verb.index + 1, min(end, verb.index + LONG_CUE)):
        token = reading.tree.tokens[place]
        if token.text == ":":
            return place
        if is_quote_mark(token) or token.text in {";", "?", "!"}:
            return None
        if (
            token.upos == "VERB"
            and "VerbForm=Fin" in token.feats
            and not is_relation(token, "acl", "advcl", "aux")
        ):
            return None
    return None
