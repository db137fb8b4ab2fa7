"""Statements without a reporting word: `Lavrov: "Wij stoppen"`, `Wij stoppen - Lavrov`."""

from __future__ import annotations

from collections.abc import Iterator

from kroniek.analyse.attributions.content import quotation_spans, span_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.reading import Draft, Reading, is_quote_mark
from kroniek.analyse.attributions.source import source_span, subject_of
from kroniek.analyse.tree import is_relation
from kroniek.model import Quotation, Sentence, Stance, Token, ZoneKind

COLON = Cue("colon", ":", "say", Stance.ASSERTS, frozenset())
DASH = Cue("dash", "-", "say", Stance.ASSERTS, frozenset())
LONGEST_NAME = 9  # words before the colon


def headline_drafts(reading: Reading) -> Iterator[Draft]:
    """Yield what stands after a speaker and a colon, in headlines and in written-out interviews."""
    for sentence in reading.tree.sentences:
        draft = (
            _after_colon(reading, sentence)
            or _before_dash(reading, sentence)
            or _after_sentence(reading, sentence)
        )
        if draft is not None:
            yield draft


def _after_colon(reading: Reading, sentence: Sentence) -> Draft | None:
    tokens = reading.tree.tokens
    for place in range(sentence.first + 1, min(sentence.last, sentence.first + LONGEST_NAME + 1)):
        token = tokens[place]
        if (
            token.upos in {"VERB", "AUX"}
            or is_quote_mark(token)
            or reading.verb_lemma(token) in reading.lexicon.plain_verbs
        ):
            return None
        if token.text == ":":
            quotation = reading.quotation_from(token.end)
            head = _speaker(reading, sentence.first, place)
            if quotation is None or head is None:
                return None
            span = source_span(reading, tokens[head])
            content = quotation_spans(reading, quotation)
            return Draft(COLON, token, (token.span,), content, span, tokens[head], "colon-headline")
    return None


def _after_sentence(reading: Reading, sentence: Sentence) -> Draft | None:
    """`Sofie is een van hen: "Vannacht ging de stroom uit."`: speech after what is told of who speaks."""
    tokens = reading.tree.tokens
    place = next(
        (at for at in range(sentence.first + 2, sentence.last) if tokens[at].text == ":"), sentence.first
    )
    quotation = reading.quotation_from(tokens[place].end)
    if quotation is None or not quotation.speech or not _is_sentence(reading, quotation):
        return None
    before = tokens[sentence.first : place]
    if any(reading.verb_lemma(word) in reading.lexicon.plain_verbs for word in before):
        return None
    main = next((word for word in before if "VerbForm=Fin" in word.feats), None)
    verb = main if main is None or not is_relation(main, "aux", "cop") else reading.tree.head(main)
    subject = subject_of(reading, verb) if verb is not None else None
    if subject is None or subject.index >= place or not _is_person(reading, subject):
        return None
    content = quotation_spans(reading, quotation)
    source = source_span(reading, subject)
    return Draft(COLON, tokens[place], (tokens[place].span,), content, source, subject, "colon-sentence")


def _is_sentence(reading: Reading, quotation: Quotation) -> bool:
    """Tell speech from a slogan or a title: it has a finite verb and ends as a sentence does."""
    first, last = reading.first_token(quotation.span.start), reading.first_token(quotation.span.end)
    finite = any("VerbForm=Fin" in word.feats for word in reading.tree.tokens[first:last])
    return finite and quotation.span.of(reading.text).rstrip("\"“”’‘'» ").endswith((".", "!", "?"))


def _is_person(reading: Reading, subject: Token) -> bool:
    if subject.upos == "PRON":
        return subject.text.lower() in {"hij", "zij", "ze"}
    return any(word.upos == "PROPN" for word in (subject, *reading.tree.children(subject, "appos", "flat")))


def _speaker(reading: Reading, first: int, last: int) -> int | None:
    """Return the head of the phrase [first, last) when it can speak: a name, a title, a script's `Man`."""
    words = reading.tree.tokens[first:last]
    inside = {word.index for word in words}
    for word in words:
        if word.upos in {"PROPN", "NOUN", "PRON"} and word.head not in inside - {word.index}:
            return word.index
    return None


def _before_dash(reading: Reading, sentence: Sentence) -> Draft | None:
    """`Wij stoppen ermee - minister Lavrov`, in titles only, with a name after the dash."""
    zones = reading.analysis.zones
    if not zones or zones[sentence.zone].kind is not ZoneKind.TITLE:
        return None
    tokens = reading.tree.tokens
    dashes = [
        place
        for place in range(sentence.first + 3, sentence.last - 1)
        if tokens[place].text in {"-", "–", "—"}
    ]
    if not dashes or sentence.last - dashes[-1] > LONGEST_NAME:
        return None
    place = dashes[-1]
    tail = tokens[place + 1 : sentence.last]
    if any(word.upos in {"VERB", "AUX"} or is_quote_mark(word) for word in tail):
        return None
    head = _speaker(reading, place + 1, sentence.last)
    if head is None or not any(word.upos == "VERB" for word in tokens[sentence.first : place]):
        return None
    content = span_of(reading, sentence.first, place)
    span = source_span(reading, tokens[head])
    return Draft(DASH, tokens[place], (tokens[place].span,), content, span, tokens[head], "dash-headline")
