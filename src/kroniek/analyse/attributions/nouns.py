"""Statements that a noun or a predicate reports: `de waarschuwing van X dat ...`, `X is van mening dat ...`."""

from __future__ import annotations

from collections.abc import Iterator

from kroniek.analyse.attributions.content import span_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.edges import clause_end, over_quotation
from kroniek.analyse.attributions.reading import Draft, Reading, is_break
from kroniek.analyse.attributions.source import owner_of, source_span, subject_of
from kroniek.analyse.attributions.verbs import ADDRESSED, EMPTY_SUBJECTS, SPEAKERS_THEMSELVES
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

OWN_OR_YOURS = frozenset({"mijn", "ons", "onze", "je", "jouw", "uw"})


def noun_drafts(reading: Reading) -> Iterator[Draft]:
    """Yield the statements that nouns with a content clause report, in text order."""
    known = reading.lexicon.nouns
    for token in reading.tree.tokens:
        if token.upos == "NOUN":
            for cue in known.get(reading.noun_lemma(token), ()):
                draft = _noun_draft(reading, token, cue)
                if draft is not None:
                    yield draft
                    break


def _noun_draft(reading: Reading, noun: Token, cue: Cue) -> Draft | None:
    start, head = _clause_of(reading, noun, cue)
    if start is None:
        return None
    content = span_of(reading, start, over_quotation(reading, start, clause_end(reading, noun, start, head)))
    speaker = _speaker(reading, noun)
    if not content or (speaker is not None and speaker.text.lower() in OWN_OR_YOURS):
        return None
    source = source_span(reading, speaker) if speaker is not None else None
    return Draft(cue, noun, (noun.span,), content, source, speaker, "noun", head)


def _clause_of(reading: Reading, noun: Token, cue: Cue) -> tuple[int | None, Token | None]:
    """Return the first word and the predicate of a noun's content clause."""
    for head in reading.tree.children(noun, "acl", "ccomp", "advcl"):
        opening = [
            child.index for child in reading.tree.children(head, "mark") if child.text.lower() in _marks(cue)
        ]
        if head.index > noun.index and opening and opening[0] > noun.index:
            return opening[0], head
    place = noun.index + 1
    owner = owner_of(reading, noun)
    if owner is not None and owner.index > noun.index:
        place = reading.first_token(source_span(reading, owner).end)
    for at in (noun.index + 1, place):
        after = reading.tree.tokens[at] if at < len(reading.tree.tokens) else None
        if after is not None and after.sentence == noun.sentence and _opens(reading, noun, after, cue):
            return after.index, reading.tree.head(after)
    if reading.tree.head(noun) is not None:
        return _after_uttering(reading, noun)
    return None, None


def _opens(reading: Reading, noun: Token, token: Token, cue: Cue) -> bool:
    """Tell whether a word opens a content clause: no relative `dat` with a part in its clause.

    A relative `dat` needs a neuter noun: in `de boodschap van de gezant dat` there is none.
    """
    word = token.text.lower()
    if word == "om":
        return "infinitive" in cue.takes and (is_relation(token, "mark") or token.upos == "SCONJ")
    if word not in {"dat", "of"} or is_relation(token, "cc"):
        return False
    if token.upos == "SCONJ" or not is_relation(token, "nsubj", "obj"):
        return True
    verb = reading.tree.head(token)
    subjects = reading.tree.children(verb, "nsubj") if verb is not None else []
    between = reading.tree.tokens[max(0, noun.index - 3) : token.index]
    neuter = any(part.text.lower() in {"het", "dit", "een", "geen"} for part in between)
    return len(subjects) > 1 or not neuter


def _after_uttering(reading: Reading, noun: Token) -> tuple[int | None, Token | None]:
    """`toen X een verklaring uitbracht dat ...`, `X sprak de hoop uit dat ...`: the verb stands between."""
    verb = reading.tree.head(noun)
    known = reading.lexicon.words["uttering"]
    if verb is None or not is_relation(noun, "obj", "nsubj") or reading.verb_lemma(verb) not in known:
        return None, None
    for token in reading.tree.tokens[noun.index + 1 : noun.index + 5]:
        if token.text.lower() in {"dat", "of"} and token.upos == "SCONJ":
            return token.index, reading.tree.head(token)
        if token.upos not in {"VERB", "AUX", "ADP", "ADV"} and not is_break(token):
            break
    return None, None


def _marks(cue: Cue) -> frozenset[str]:
    return frozenset({"dat", "of", "om"}) if "infinitive" in cue.takes else frozenset({"dat", "of"})


def _speaker(reading: Reading, noun: Token) -> Token | None:
    """Return whose words a noun stands for: its owner, or the subject of the verb that utters it."""
    owner = owner_of(reading, noun)
    if owner is not None:
        return owner
    verb = reading.tree.head(noun)
    if verb is not None and reading.verb_lemma(verb) in reading.lexicon.words["uttering"]:
        subject = subject_of(reading, verb)
        return subject if subject is not None and subject.index != noun.index else None
    return _who_acts(reading, noun)


def _who_acts(reading: Reading, noun: Token) -> Token | None:
    """Return who does something in a hope or with a promise: `X bleef thuis in de hoop dat ...`."""
    case, verb = reading.tree.child(noun, "case"), reading.tree.head(noun)
    if case is None or verb is None or case.text.lower() not in reading.lexicon.words["minded"]:
        return None
    if verb.upos != "VERB" or reading.tree.child(verb, "aux:pass") is not None:
        return None
    subject = subject_of(reading, verb)
    empty = subject is None or subject.text.lower() in EMPTY_SUBJECTS | SPEAKERS_THEMSELVES | ADDRESSED
    return None if empty else subject


def predicate_drafts(reading: Reading) -> Iterator[Draft]:
    """Yield what adjectives and set phrases with `dat` report: `is bang dat`, `is van mening dat`."""
    known = reading.lexicon.predicates
    for token in reading.tree.tokens:
        for cue in known.get(token.text.lower(), ()):
            draft = _predicate_draft(reading, token, cue)
            if draft is not None:
                yield draft
                break


def _predicate_draft(reading: Reading, token: Token, cue: Cue) -> Draft | None:
    tree, tokens = reading.tree, reading.tree.tokens
    before = [word.text.lower() for word in tokens[max(0, token.index - len(cue.needs)) : token.index]]
    if cue.needs and tuple(before) != cue.needs:
        return None
    holders = [token, *list(tree.ancestors(token))[:2]]
    for holder in holders:
        for head in tree.children(holder, "ccomp", "advcl", "acl", "csubj"):
            marks = {child.text.lower() for child in tree.children(head, "mark")}
            if head.index > token.index and marks & {"dat", "of"} and _near(reading, token, head):
                return _with_subject(reading, token, cue, holder, head)
    return None


def _near(reading: Reading, token: Token, head: Token) -> bool:
    """Tell whether a clause begins soon after the predicate, so that it is the predicate's own."""
    return reading.tree.subtree(head)[0].index - token.index <= 8


def _with_subject(reading: Reading, token: Token, cue: Cue, holder: Token, head: Token) -> Draft | None:
    subject = reading.tree.child(token, "nsubj") or subject_of(reading, holder)
    if subject is None:
        return None
    if subject.text.lower() in ADDRESSED | SPEAKERS_THEMSELVES | EMPTY_SUBJECTS:
        return None
    marks = [
        child.index for child in reading.tree.children(head, "mark") if child.text.lower() in {"dat", "of"}
    ]
    content = span_of(reading, marks[0], clause_end(reading, token, marks[0], head))
    if not content:
        return None
    first = reading.tree.tokens[token.index - len(cue.needs)]
    words = (Span(first.start, token.end),)
    return Draft(
        cue, token, words, content, source_span(reading, subject, cue=token), subject, "predicate", head
    )
