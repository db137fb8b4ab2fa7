"""Give what is told its time: by syntax first, then by sentence, then by what the story told before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kroniek.model import Analysis, Interval, Timex, TimexType, Token

CLIMB = 6  # heads from a time up to the word that it belongs to
SENTENCES_BACK = 2  # how far back the story's last time still holds

Found = tuple[str, Interval | None, str]  # ISO value, its days, how it was found
NOTHING: Found = ("", None, "")


def time_of(analysis: Analysis, token_index: int) -> Found:
    """Return the time of what the token at an index tells: value, days, and how it was found.

    `how` is `syntax` (the time hangs on the word or on its clause), `sentence` (the only or nearest time
    of the sentence), `narrative` (the last time told before in the paragraph), or "" with no value.
    Durations, sets and vague references date nothing. The day of publication is never given: whoever
    wants it must say so. Raises IndexError for a token that is not there.
    """
    token = analysis.tokens[token_index]
    here = list(_dated(analysis, token.sentence))
    if here:
        return _by_syntax(analysis, token, here) or _by_sentence(token, here)
    for back in range(1, SENTENCES_BACK + 1):
        number = token.sentence - back
        if number < 0 or analysis.sentences[number].zone != analysis.sentences[token.sentence].zone:
            break
        before = list(_dated(analysis, number))
        if before:
            timex, _ = before[-1]
            return timex.value, timex.interval, "narrative"
    return NOTHING


def _dated(analysis: Analysis, number: int) -> Iterator[tuple[Timex, Token]]:
    """Yield the dating times of a sentence, each with the word by which it hangs in the tree."""
    sentence = analysis.sentences[number]
    words = analysis.tokens[sentence.first : sentence.last]
    first = bisect_left(analysis.timexes, sentence.span.start, key=lambda timex: timex.span.start)
    for timex in analysis.timexes[first:]:
        if timex.span.start >= sentence.span.end:
            return
        if timex.type not in (TimexType.DATE, TimexType.TIME) or timex.value.endswith("_REF"):
            continue
        if inside := _words_in(words, timex):
            own = {word.index for word in inside}
            yield timex, next((word for word in inside if word.head not in own), inside[0])


def _words_in(words: Sequence[Token], timex: Timex) -> Sequence[Token]:
    start = bisect_right(words, timex.span.start, key=lambda word: word.end)
    end = bisect_left(words, timex.span.end, key=lambda word: word.start)
    return words[start:end]


def _by_syntax(analysis: Analysis, token: Token, times: list[tuple[Timex, Token]]) -> Found | None:
    goals = {token.index: 0, _clause(analysis, token).index: 1}
    best: tuple[int, int, Timex] | None = None
    for timex, word in times:
        current, steps = word, 0
        while steps < CLIMB and current.head != current.index:
            current, steps = analysis.tokens[current.head], steps + 1
            if current.index in goals:
                rank = (goals[current.index] + steps, abs(word.index - token.index), timex)
                best = rank if best is None or rank[:2] < best[:2] else best
                break
    return (best[2].value, best[2].interval, "syntax") if best else None


def _clause(analysis: Analysis, token: Token) -> Token:
    """Return the verb of the token's clause, the token itself where there is no tree."""
    current = token
    for _ in range(CLIMB):
        if current.upos == "VERB" or current.head == current.index:
            return current
        current = analysis.tokens[current.head]
    return current


def _by_sentence(token: Token, times: list[tuple[Timex, Token]]) -> Found:
    timex, _ = min(times, key=lambda item: abs(item[1].index - token.index))
    return timex.value, timex.interval, "sentence"
