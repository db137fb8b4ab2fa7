"""Give what is told its time: by syntax first, then by sentence, then by what the story told before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set

from kroniek.analyse.tree import Tree, is_relation, tokens_in
from kroniek.model import Analysis, Interval, Span, Timex, TimexType, Token

CLIMB = 4  # heads above a word
NEAR = 8  # times before and after a word in its sentence that are looked at
SENTENCES_BACK = 2  # how far back the story's last time still holds
CLAUSES = ("acl:relcl", "advcl", "ccomp", "parataxis")  # what a clause of its own hangs by

Found = tuple[str, Interval | None, str]  # ISO value, its days, how it was found
Dated = tuple[Timex, Token]  # a time and the word by which it hangs in the tree
NOTHING: Found = ("", None, "")


def time_of(analysis: Analysis, tree: Tree, token: Token) -> Found:
    """Return the time of what a token tells: value, days, and how it was found.

    `how` is `syntax` (the time hangs on the word or on its clause), `sentence` (the nearest time of the
    sentence), `narrative` (the last time told before in the paragraph), or "" with no value.
    Durations, sets and vague references date nothing. The day of publication is never given: whoever
    wants it must say so.
    """
    here = list(times_near(analysis, tree, token))
    if here:
        return _by_syntax(tree, token, here, frozenset(), clause_of(tree, token)) or _found(
            _nearest(token, here), "sentence"
        )
    for back in range(1, SENTENCES_BACK + 1):
        number = token.sentence - back
        if number < 0 or analysis.sentences[number].zone != analysis.sentences[token.sentence].zone:
            break
        before = list(times_near(analysis, tree, tree.tokens[analysis.sentences[number].last - 1]))
        if before:
            return _found(before[-1][0], "narrative")
    return NOTHING


def time_beside(
    analysis: Analysis,
    tree: Tree,
    token: Token,
    *,
    others: Set[int] = frozenset(),
    without: Span | None = None,
    in_clause: bool = True,
) -> Found:
    """Return the time that hangs on a word or on its clause, as `time_of` does, or nothing.

    What is one of the `others`, by token index, or hangs below one is theirs: `beschuldigd van een aanval in mei`.
    Times in the stretch `without` are passed over: the date in a name dates nothing else. Not `in_clause`, only what
    hangs on the word itself counts.
    """
    near = times_near(analysis, tree, token)
    times = [item for item in near if without is None or not without.covers(item[0].span)]
    return _by_syntax(tree, token, times, others, clause_of(tree, token) if in_clause else token) or NOTHING


def _found(timex: Timex, how: str) -> Found:
    return timex.value, timex.interval, how


def times_near(analysis: Analysis, tree: Tree, token: Token) -> Iterator[Dated]:
    """Yield the dating times near a word in its sentence; few, however long the sentence."""
    sentence = tree.sentence(token)
    place = bisect_left(analysis.timexes, token.start, key=lambda timex: timex.span.start)
    for timex in analysis.timexes[max(0, place - NEAR) : place + NEAR]:
        if timex.type not in (TimexType.DATE, TimexType.TIME) or timex.value.endswith("_REF"):
            continue
        words = tokens_in(analysis, timex.span)
        inside = [word for word in words if sentence.first <= word.index < sentence.last]
        if inside:
            own = {word.index for word in inside}
            yield timex, next((word for word in inside if word.head not in own), inside[0])


def _nearest(token: Token, times: list[Dated]) -> Timex:
    return min(times, key=lambda item: abs(item[1].index - token.index))[0]


def _by_syntax(tree: Tree, token: Token, times: list[Dated], others: Set[int], clause: Token) -> Found | None:
    best: tuple[int, int, Timex] | None = None
    for timex, word in times:
        if word.index in others:
            continue
        rank = _rank(tree, token, word, clause)
        if rank in (2, 3) and _is_of_another(tree, token, word, others):
            continue
        if rank is not None and (best is None or (rank, abs(word.index - token.index)) < best[:2]):
            best = (rank, abs(word.index - token.index), timex)
    return _found(best[2], "syntax") if best else None


def clause_of(tree: Tree, token: Token) -> Token:
    """Return the verb of a word's clause, the word itself where there is none."""
    current = token
    for _ in range(CLIMB):
        if current.upos == "VERB" and not is_relation(current, "xcomp", "amod"):
            return current
        head = tree.head(current)
        if head is None or is_relation(current, *CLAUSES):
            return current
        current = head
    return current


def _rank(tree: Tree, told: Token, time: Token, clause: Token) -> int | None:
    """Return 0: hangs on the word; 1: on its clause's verb; 2: deeper below it; 3: on a verb beside; None."""
    head = tree.head(time)
    if head is None:
        return None
    if head.index == told.index:
        return 0
    if head.index == clause.index or _between(tree, told, head, clause):
        return 1
    adverbial = True  # so far: `later op de dag`, not `de zitting van donderdag`
    for ancestor, _ in zip(tree.ancestors(time), range(CLIMB), strict=False):
        if ancestor.index == told.index or (ancestor.index == clause.index and adverbial):
            return 2
        if ancestor.upos == "VERB":
            return 3 if _shares_time(tree, told, ancestor, clause) else None
        adverbial = adverbial and (ancestor.upos == "ADV" or is_relation(ancestor, "advmod"))
    return None


def _between(tree: Tree, told: Token, verb: Token, clause: Token) -> bool:
    """Tell whether a verb stands between a word and that of its clause: `wil op 25 mei een top houden`."""
    if told.index == clause.index:
        return False
    for ancestor, _ in zip(tree.ancestors(told), range(CLIMB), strict=False):
        if ancestor.index == clause.index:
            return False
        if ancestor.index == verb.index:
            return is_relation(verb, "xcomp") and verb.upos == "VERB"
    return False


def time_after(analysis: Analysis, tree: Tree, token: Token, head: Token) -> Found:
    """Return the first time after a word that hangs on the verb above it: `beschuldigd van moord, in mei`."""
    for timex, word in times_near(analysis, tree, token):
        above = zip(tree.ancestors(word), range(CLIMB), strict=False)
        if word.index > token.index and any(ancestor.index == head.index for ancestor, _ in above):
            return _found(timex, "syntax")
    return NOTHING


def _is_of_another(tree: Tree, told: Token, time: Token, others: Set[int]) -> bool:
    """Tell whether a time hangs below one of the other words on the way up to the word that is told."""
    for ancestor, _ in zip(tree.ancestors(time), range(CLIMB), strict=False):
        if ancestor.index == told.index:
            return False
        if ancestor.index in others and ancestor.upos != "VERB":
            return True
    return False


def _shares_time(tree: Tree, told: Token, verb: Token, clause: Token) -> bool:
    """Tell whether a verb beside dates a word too.

    `werd vrijdag neergeschoten en stierf`: a conjunct without subject of its own; `de aanslag die vrijdag
    plaatsvond`: the clause that says when.
    """
    for first, second in ((clause, verb), (verb, clause)):
        if tree.head(second) == first and is_relation(second, "conj"):
            return not tree.children(second, "nsubj")
    return tree.head(verb) == told and told.upos == "NOUN" and is_relation(verb, "acl:relcl", "acl")
