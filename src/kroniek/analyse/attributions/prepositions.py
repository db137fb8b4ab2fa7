"""Statements that a preposition reports: `volgens X`, `aldus X`, `naar verluidt`."""

from __future__ import annotations

from collections.abc import Iterator

from kroniek.analyse.attributions.content import quotation_spans, span_of, spans_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.edges import inserted_end, right_limit
from kroniek.analyse.attributions.inserted import before_cue, is_inserted
from kroniek.analyse.attributions.reading import Draft, Reading, is_break
from kroniek.analyse.attributions.source import source_span, subject_of
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADV"})
CLAUSES = ("root", "ccomp", "advcl", "acl", "conj", "parataxis", "csubj", "xcomp")
FAR = 16  # words: how far behind a source its sentence's verb can stand
FAR_BACK = 4000  # characters: no quotation that a cue closes is longer
CONTRASTING = frozenset({"terwijl", "hoewel", "al"})
FIRST_PERSON = frozenset({"mij", "me", "ons", "mijn", "onze"})


def preposition_drafts(reading: Reading) -> Iterator[Draft]:
    """Yield the statements that the prepositions of a document report, in text order."""
    known = reading.lexicon.prepositions
    for token in reading.tree.tokens:
        for cue in known.get(token.text.lower(), ()):
            draft = _draft(reading, token, cue)
            if draft is not None:
                yield draft
                break


def _draft(reading: Reading, token: Token, cue: Cue) -> Draft | None:
    words = _words(reading, token, cue)
    if words is None:
        return None
    noun = _noun(reading, token, cue)
    if cue.group == "hearsay":
        if noun is None:
            noun = token
        content = _content(reading, words[0], words[-1].index + 1, words[-1])
        span = Span(words[0].start, words[-1].end)
        return Draft(cue, token, (span,), content, None, None, cue.id) if content else None
    if cue.group == "own":
        return _own_words(reading, token, cue, words)
    if noun is None or not _may_speak(reading, noun):
        return None
    source = source_span(reading, noun)
    last = reading.first_token(source.end)
    content = _content(reading, words[0], last, noun)
    if not content or any(stretch.overlaps(source) for stretch in content):
        return None
    return Draft(cue, token, (Span(words[0].start, words[-1].end),), content, source, noun, cue.id)


def _own_words(reading: Reading, token: Token, cue: Cue, words: list[Token]) -> Draft | None:
    """`De man was naar eigen zeggen ziek`: the subject says the rest of the clause about himself."""
    root = _clause_root(reading, words[-1]) or _clause_root(reading, token)
    subject = subject_of(reading, root) if root is not None else None
    if root is None or subject is None:
        return None
    left_out = {word.index for word in (*words, *reading.tree.subtree(subject))}
    content = spans_of(reading, [word for word in reading.tree.subtree(root) if word.index not in left_out])
    span = (Span(words[0].start, words[-1].end),)
    return (
        Draft(cue, token, span, content, source_span(reading, subject), subject, cue.id) if content else None
    )


def _words(reading: Reading, token: Token, cue: Cue) -> list[Token] | None:
    """Return the cue's words, None when those that it needs do not follow: `bij monde van`."""
    words = [token, *reading.tree.tokens[token.index + 1 : token.index + 1 + len(cue.needs)]]
    return words if tuple(word.text.lower() for word in words[1:]) == cue.needs else None


def _noun(reading: Reading, token: Token, cue: Cue) -> Token | None:
    """Return the head of the phrase after the preposition; the next noun phrase where the tree gives none."""
    head = reading.tree.head(token)
    if head is not None and not cue.needs and is_relation(token, "case", "mark") and head.index > token.index:
        return head
    following = reading.tree.tokens[token.index + 1 + len(cue.needs) : token.index + 8]
    for word in following:
        if word.sentence != token.sentence or is_break(word):
            return None
        if word.upos in {"NOUN", "PROPN", "PRON"}:
            above = reading.tree.head(word)
            return (
                above
                if above is not None
                and above.index > token.index
                and is_relation(word, "flat", "nmod:poss", "compound")
                else word
            )
    return None


def _may_speak(reading: Reading, noun: Token) -> bool:
    lemma = noun.lemma.replace("_", "").lower()
    words = reading.lexicon.words
    if noun.text.lower() in FIRST_PERSON | {"wat", "die", "welke", "dat"} or any(
        lemma.endswith(word) for word in words["never_sources"]
    ):
        return False
    if lemma in words["not_sources"] and not reading.tree.children(
        noun, "det", "nmod", "amod", "flat", "appos"
    ):
        return False
    return not any(child.text.lower() in FIRST_PERSON for child in reading.tree.children(noun, "nmod:poss"))


def _content(reading: Reading, first: Token, last: int, noun: Token) -> tuple[Span, ...]:
    """Return the clause around the phrase [first, last): what stands before it, what after it.

    At the end of a sentence the phrase bears on all of it, at its beginning on all that follows,
    elsewhere on its own clause.
    """
    tokens, sentence = reading.tree.tokens, reading.tree.sentence(first)
    lead = [
        token
        for token in tokens[sentence.first : first.index]
        if not is_break(token) and token.upos != "CCONJ"
    ]
    if first.text.islower() and reading.quotation_until(first.start) is not None and not lead:
        return before_cue(reading, first.index)
    if not lead and first.index - sentence.first <= 2:
        return _after_opening(reading, first, last)
    rest = [token for token in tokens[last : sentence.last] if not is_break(token) and token.upos != "PUNCT"]
    before = tokens[first.index - 1]
    closing = is_break(before) or reading.quotation_until(first.start) is not None
    if closing and (not rest or _closes_bracket(reading, last) or _is_aside(reading, last, sentence.last)):
        return before_cue(reading, first.index)
    root = _clause_root(reading, noun)
    if root is None or (
        reading.verb_lemma(root) in reading.lexicon.plain_verbs and is_inserted(reading, root)
    ):
        return _sentence_before(reading, first)
    if not rest:
        root = _outermost(reading, root)
    return _own_clause(reading, root, first, last)


def _is_aside(reading: Reading, last: int, end: int) -> bool:
    """Tell whether only an apposition or a relative clause of the source follows: `aldus X, de minister.`"""
    tokens = reading.tree.tokens[last:end]
    if not tokens or tokens[0].text != ",":
        return False
    relative = len(tokens) > 1 and tokens[1].text.lower() in {"die", "dat"} and tokens[1].upos == "PRON"
    return relative or not any(
        token.upos in {"VERB", "AUX"} and "VerbForm=Fin" in token.feats for token in tokens
    )


def _after_opening(reading: Reading, first: Token, last: int) -> tuple[Span, ...]:
    """`Volgens X is Y`: all from the finite verb on; an apposition of X before it stays out."""
    tokens = reading.tree.tokens
    limit = right_limit(reading, first)
    quotation = reading.quotation_from(tokens[last].start) if last < limit else None
    if quotation is not None and quotation.span.end >= tokens[limit - 1].start:
        return quotation_spans(reading, quotation)
    begin = _second_place(reading, last, limit)
    end = _other_voice(reading, begin, max(begin + 1, inserted_end(reading, begin, limit)))
    return span_of(reading, begin, end)


def _other_voice(reading: Reading, begin: int, end: int) -> int:
    """Return where a clause begins in which somebody else speaks, else `end`: `volgens X ..., terwijl Y zegt dat`."""
    tokens = reading.tree.tokens
    for token in tokens[begin + 1 : end]:
        if token.text.lower() in CONTRASTING and tokens[token.index - 1].text == ",":
            verb = reading.tree.head(token)
            if verb is not None and reading.verb_lemma(verb) in reading.lexicon.plain_verbs:
                return token.index
    return end


def _second_place(reading: Reading, last: int, limit: int) -> int:
    """Return the index of the finite verb in second place, or `last` when none is near."""
    tokens = reading.tree.tokens
    comma = False
    for place in range(last, min(limit, last + FAR)):
        token = tokens[place]
        if (
            token.upos in {"VERB", "AUX"}
            and "VerbForm=Fin" in token.feats
            and (not comma or tokens[place - 1].text == ",")
        ):
            return place
        comma = comma or token.text == ","
    return last


def _sentence_before(reading: Reading, first: Token) -> tuple[Span, ...]:
    """`"Ik ga weg", zei X volgens Y`: the whole report of X, with the quotation from its beginning."""
    begin = reading.tree.sentence(first).first
    tokens = reading.tree.tokens
    for quotation in reading.quotations_in(Span(max(0, tokens[begin].start - FAR_BACK), first.start)):
        if quotation.span.end > tokens[begin].start and quotation.span.start < tokens[begin].start:
            begin = reading.first_token(quotation.span.start)
            break
    return span_of(reading, begin, first.index)


def _outermost(reading: Reading, root: Token) -> Token:
    """Climb from an adjunct clause to the clause that it belongs to."""
    while is_relation(root, "advcl", "xcomp", "acl", "conj", "csubj"):
        head = reading.tree.head(root)
        if head is None or reading.verb_lemma(head) in reading.lexicon.plain_verbs:
            break
        root = head
    return root


def _own_clause(reading: Reading, root: Token, first: Token, last: int) -> tuple[Span, ...]:
    around = reading.quotation_around(first.start)
    words = [
        token for token in _clause_words(reading, root, first, last) if not first.index <= token.index < last
    ]
    if around is not None:
        words = [token for token in words if around.span.start < token.start < around.span.end]
    words = _without_relatives(reading, words, last, reading.tree.sentence(first).last)
    if is_relation(root, "acl", "ccomp", "advcl"):
        words = [token for token in words if not _is_opening(token, first)]
    found = spans_of(reading, words)
    return tuple(span for span in found if not _only_joins(reading, span))


def _only_joins(reading: Reading, span: Span) -> bool:
    words = reading.tree.tokens[reading.first_token(span.start) : reading.first_token(span.end)]
    return all(word.upos in {"CCONJ", "SCONJ", "PUNCT"} for word in words)


def _is_opening(token: Token, first: Token) -> bool:
    """Tell whether a word only joins the clause: `die` in `die volgens X vertrok` is no part of what is said."""
    return token.index == first.index - 1 and token.text.lower() in {
        "die",
        "dat",
        "of",
        "omdat",
        "waar",
        "want",
    }


def _closes_bracket(reading: Reading, last: int) -> bool:
    return last < len(reading.tree.tokens) and reading.tree.tokens[last].text == ")"


def _clause_root(reading: Reading, noun: Token) -> Token | None:
    """Return the predicate of the clause that the phrase stands in."""
    for above in reading.tree.ancestors(noun):
        if is_relation(above, *CLAUSES) and above.upos in PREDICATES:
            if (
                is_relation(above, "conj")
                and not reading.tree.child(above, "nsubj")
                and above.upos not in {"VERB", "AUX"}
            ):
                continue
            if is_relation(above, "xcomp") and reading.tree.head(above) is not None:
                continue  # `X wil volgens Y vertrekken`: the clause is that of `wil`
            return above
    return None


def _clause_words(reading: Reading, root: Token, first: Token, last: int) -> list[Token]:
    """Return a clause's words, without a clause with a subject of its own that is joined to it after the phrase.

    `Het is vol volgens X en Y wacht` ends with `vol`; `Volgens X is het vol en wacht Y` goes on.
    """
    words = reading.tree.subtree(root)
    if first.index == reading.tree.sentence(first).first:
        return words
    for joined in reading.tree.children(root, "conj"):
        branch = reading.tree.subtree(joined)
        if branch[0].index >= last and reading.tree.child(joined, "nsubj") is not None:
            words = [token for token in words if token.index < branch[0].index]
    return words


def _without_relatives(reading: Reading, words: list[Token], last: int, end: int) -> list[Token]:
    """Leave out an apposition or relative clause of the source that follows it after a comma."""
    tokens = reading.tree.tokens
    if last < end and tokens[last].text == ",":
        source_head = tokens[last - 1]
        cut: set[int] = set()
        for above in (source_head, *list(reading.tree.ancestors(source_head))[:3]):
            for child in reading.tree.children(above, "appos", "acl"):
                branch = reading.tree.subtree(child)
                if branch[0].index in (last, last + 1):
                    cut.update(token.index for token in branch)
        words = [token for token in words if token.index not in cut]
    return words
