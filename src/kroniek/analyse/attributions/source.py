"""Sources: the noun phrase that speaks, for a verb, a preposition or a noun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kroniek.analyse.attributions.content import trimmed_tokens
from kroniek.analyse.attributions.reading import Reading, is_break
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})
OUTSIDE = (
    "case",
    "mark",
    "cop",
    "aux",
    "advmod",
    "punct",
    "parataxis",
    "nsubj",
    "obl",
    "obj",
    "advcl",
    "ccomp",
    "xcomp",
    "expl",
    "csubj",
    "iobj",
    "orphan",
    "compound:prt",
)
RELATIVES = frozenset({"die", "dat", "wie", "wat", "welke", "hetgeen"})


def subject_of(reading: Reading, verb: Token) -> Token | None:
    """Return the head of a verb's subject: its own, that of the verb it is joined to, or an antecedent.

    `X liep weg en zei dat ...`, `X wilde zeggen dat ...`, `de man die zei dat ...`. None when it has none.
    """
    tree = reading.tree
    own = _own_subject(reading, verb)
    if own is not None and (shared := _shared_subject(reading, verb, own)) is not None:
        return _named(reading, shared)
    if own is not None:
        return _named(reading, _antecedent(reading, own, verb))
    inverted = _inverted(reading, verb)
    if inverted is not None:
        return inverted
    head = tree.head(verb)
    if head is None:
        return None
    if is_relation(verb, "conj") and head.upos in {"VERB", "AUX", "ADJ", "NOUN"}:
        return subject_of(reading, head)
    if is_relation(verb, "xcomp", "ccomp", "advcl") and "Inf" in verb.feats and head.upos in {"VERB", "AUX"}:
        return subject_of(reading, head)
    return None


def _own_subject(reading: Reading, verb: Token) -> Token | None:
    """Return the best of a verb's subjects: no time, and no `dat` beside a noun (`Dat zegt X`)."""
    found = [
        child
        for child in reading.tree.children(verb, "nsubj")
        if not _is_time(reading, reading.tree.subtree(child)[0])
    ]
    nouns = [child for child in found if child.text.lower() not in {"dat", "dit", "het", "wat"}]
    return next(iter(nouns or found), None)


def _shared_subject(reading: Reading, verb: Token, own: Token) -> Token | None:
    """Return the subject of the clause that a verb is joined to where word order rules its own one out.

    In `Biden veroordeelde de aanval, maar liet Netanyahu weten dat` nothing stands before the second verb,
    so that what follows it is no subject; it can be where the first subject follows its verb, too.
    """
    tree = reading.tree
    first = tree.head(verb)
    if (
        first is None
        or not is_relation(verb, "conj")
        or "VerbForm=Fin" not in verb.feats
        or own.index < verb.index
    ):
        return None
    joined = any(word.index == verb.index - 1 for word in tree.children(verb, "cc"))
    subject = _own_subject(reading, first)
    before = subject is not None and subject.index < min(
        (word.index for word in (first, *tree.children(first, "aux", "cop")) if "VerbForm=Fin" in word.feats),
        default=0,
    )
    return subject if joined and before else None


def guessed_subject(reading: Reading, verb: Token, start: int) -> Token | None:
    """Return the noun beside a finite cue, by word order: `In mei meldde X dat`, `X zegt dat`.

    For verbs whose subject a parser hung elsewhere; `start` is the token at which the content begins.
    """
    tokens = reading.tree.tokens
    if "VerbForm=Fin" not in verb.feats:
        return None
    after = tokens[verb.index + 1 : start] if verb.index < start <= verb.index + 14 else []
    sentence = reading.tree.sentence(verb)
    before = tokens[max(sentence.first, verb.index - 10) : verb.index]
    return free_noun(reading, after) or free_noun(reading, _clause_part(before))


def _clause_part(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the words after the last break or conjunction."""
    cut = max(
        (
            place + 1
            for place, token in enumerate(tokens)
            if is_break(token) or token.upos in {"SCONJ", "CCONJ"}
        ),
        default=0,
    )
    return tokens[cut:]


def free_noun(reading: Reading, words: Sequence[Token]) -> Token | None:
    """Return the head of the first noun phrase among words that stands under no preposition and is no time."""
    inside = {word.index for word in words}
    for word in words:
        if word.upos not in {"NOUN", "PROPN", "PRON", "NUM"} or (
            word.head in inside and word.head != word.index
        ):
            continue
        opening = [token for token in reading.tree.subtree(word) if token.index in inside]
        if (
            not reading.tree.child(word, "case")
            and not _is_time(reading, opening[0])
            and word.text.lower() not in RELATIVES | {"er", "het", "zich", "dit"}
        ):
            return word
    return None


def _inverted(reading: Reading, verb: Token) -> Token | None:
    """Return the noun behind a cue that a parser took for its object: `..., zeiden functionarissen.`"""
    tokens = reading.tree.tokens
    if "VerbForm=Fin" not in verb.feats or verb.index == 0 or not is_break(tokens[verb.index - 1]):
        return None
    for child in reading.tree.children(verb, "obj", "obl", "xcomp"):
        branch = reading.tree.subtree(child)
        if branch[0].index == verb.index + 1 and child.upos in {"NOUN", "PROPN", "PRON"}:
            return child
    return None


def _named(reading: Reading, head: Token) -> Token:
    """Return the name behind a bare title: `Voorzitter van het Huis, Nancy Pelosi, zei` means Pelosi."""
    if head.upos == "NOUN" and not reading.tree.children(head, "det", "nummod", "nmod:poss"):
        for child in reading.tree.children(head, "appos"):
            if child.upos == "PROPN" and "," in {
                token.text for token in reading.tree.tokens[head.index : child.index]
            }:
                return child
    return head


def _antecedent(reading: Reading, subject: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for: `die` in `de man die zei` means `de man`."""
    if subject.text.lower() not in RELATIVES:
        return subject
    for above in (verb, *reading.tree.ancestors(verb)):
        if is_relation(above, "acl"):
            noun = reading.tree.head(above)
            return _agreeing(reading, noun, subject) if noun and noun.index < subject.index else subject
    return subject


def _agreeing(reading: Reading, noun: Token, relative: Token) -> Token:
    """Return the noun that a relative agrees with: in `een reactie van Duitsland, dat` it is no reaction."""
    if relative.text.lower() != "dat" or "Gender=Com" not in noun.feats:
        return noun
    inner = [
        child
        for child in reading.tree.children(noun, "nmod")
        if child.index < relative.index and "Gender=Com" not in child.feats
    ]
    return inner[-1] if inner else noun


def source_span(reading: Reading, head: Token, *, cue: Token | None = None) -> Span:
    """Return the words of a source: title, name, what belongs to it, and joined sources.

    An apposition or relative clause after a comma stays out, and so does a relative clause that holds
    the cue itself.
    """
    kept = _phrase(reading, head, cue)
    for child in reading.tree.children(head, "conj"):
        if (
            child.upos in NOMINAL
            and child.index > head.index
            and not reading.tree.child(child, "nsubj", "cop")
        ):
            between = reading.tree.tokens[kept[-1].index + 1 : child.index]
            if len(between) <= 8 and not any(is_break(token) and token.text != "," for token in between):
                kept = [
                    *kept,
                    *reading.tree.tokens[kept[-1].index + 1 : child.index],
                    *_phrase(reading, child, cue),
                ]
    ordered = sorted({token.index: token for token in kept}.values(), key=lambda token: token.index)
    words = trimmed_tokens(_unbroken(ordered, head)) or [head]
    before = reading.tree.tokens[words[0].index - 1] if words[0].index else None
    if (
        before is not None
        and before.upos == "DET"
        and before.sentence == head.sentence
        and words[0].upos != "PRON"
    ):
        words = [before, *words]
    return Span(words[0].start, words[-1].end)


def _phrase(reading: Reading, head: Token, cue: Token | None) -> list[Token]:
    tree = reading.tree
    kept = [head]
    for child in tree.children(head):
        if is_relation(child, *OUTSIDE) or is_relation(child, "conj", "cc"):
            continue
        branch = tree.subtree(child)
        if cue is not None and branch[0].index <= cue.index <= branch[-1].index:
            continue
        if branch[0].index > head.index and is_relation(child, "acl", "appos", "flat", "nmod", "amod"):
            before = tree.tokens[branch[0].index - 1].text
            if before in {",", "(", "-", "–", "—", ":"} or branch[0].text in {",", "(", "-", "–", "—", ":"}:
                continue
            branch = _until_comma(branch)
            if not branch or _is_time(reading, branch[0]):
                continue
        kept.extend(branch)
    return sorted(kept, key=lambda token: token.index)


def _is_time(reading: Reading, token: Token) -> bool:
    """Tell whether a time expression begins at a word: `aldus Jan | afgelopen zaterdag`."""
    timexes = reading.analysis.timexes
    at = bisect_left(timexes, token.start, key=lambda timex: timex.span.start)
    return at < len(timexes) and timexes[at].span.start == token.start


def _until_comma(branch: list[Token]) -> list[Token]:
    """Cut a branch at its first comma that a relative clause or an apposition follows: `van X, die ...`."""
    for position, token in enumerate(branch):
        if (
            position
            and token.index > branch[position - 1].index + 1
            and token.upos in {"PRON", "SCONJ", "DET", "PROPN"}
        ):
            return branch[:position]  # a comma that hangs elsewhere
        if token.text in {",", "(", "–", "—", ";", ":"} and position:
            after = branch[position + 1] if position + 1 < len(branch) else None
            if after is None or after.upos in {"PRON", "DET", "ADP", "PROPN", "NOUN", "SCONJ", "ADV", "VERB"}:
                return branch[:position]
    return branch


def _unbroken(tokens: list[Token], head: Token) -> list[Token]:
    """Return the run of tokens around the head; what a parser hung on it from afar stays out."""
    place = next(position for position, token in enumerate(tokens) if token.index == head.index)
    first = last = place
    while first > 0 and tokens[first - 1].index == tokens[first].index - 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].index == tokens[last].index + 1:
        last += 1
    return tokens[first : last + 1]


def agent_of(reading: Reading, verb: Token) -> Token | None:
    """Return the head of a passive's `door X`."""
    agent = reading.tree.child(verb, "obl:agent")
    if agent is not None:
        return agent
    for child in reading.tree.children(verb, "obl"):
        case = reading.tree.child(child, "case")
        if case is not None and case.text.lower() == "door" and child.upos in {"PROPN", "PRON", "NOUN"}:
            return child
    return None


def owner_of(reading: Reading, noun: Token) -> Token | None:
    """Return whose statement a noun is: `Trumps waarschuwing`, `de waarschuwing van Trump`, `zijn eis`."""
    tree = reading.tree
    for child in tree.children(noun, "nmod:poss"):
        return child
    for child in tree.children(noun, "nmod"):
        case = tree.child(child, "case")
        if case is not None and case.text.lower() in {"van", "door"} and child.index > noun.index:
            return child
    return None
