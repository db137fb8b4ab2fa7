"""Who speaks where the tree gives no subject to a cue, or one that stands in what is said.

Parsers hang the subject of a cue on the verb of the speech when the speech follows a colon or stands
before the cue: `Els Claes, een moeder uit Gent, vertelde Het Laatste Nieuws: "Elke dag komen er bij."`
"""

from __future__ import annotations

from collections.abc import Sequence

from kroniek.analyse.attributions.reading import Reading
from kroniek.analyse.attributions.source import RELATIVES, free_noun, subject_of
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

BEHIND = 8  # words behind a cue among which its subject stands


def crossing_subject(reading: Reading, verb: Token) -> Token | None:
    """Return the subject before a cue that hangs on a word after it: the one phrase before a finite verb."""
    if "VerbForm=Fin" not in verb.feats or not is_relation(verb, "parataxis", "root"):
        return None
    tokens, sentence = reading.tree.tokens, reading.tree.sentence(verb)
    for token in tokens[sentence.first : verb.index]:
        over = is_relation(token, "nsubj") and token.head > verb.index
        if over and token.upos in {"PROPN", "NOUN"} and token.text.lower() not in RELATIVES:
            return token
    return None


def subject_outside(reading: Reading, verb: Token, content: Sequence[Span]) -> Token | None:
    """Return the subject of a cue that is no part of what is said, None when there is none."""
    tokens = reading.tree.tokens
    found = [child for child in reading.tree.children(verb, "nsubj") if not _inside(child, content)]
    if found:
        return found[0]
    crossing = crossing_subject(reading, verb)
    if crossing is not None and not _inside(crossing, content):
        return crossing
    head = reading.tree.head(verb)
    if head is not None and is_relation(verb, "conj") and not _inside(head, content):
        joint = subject_of(reading, head)
        if joint is not None and not _inside(joint, content):
            return joint
    if not reading.follows_speech(verb):
        return None
    after = tokens[verb.index + 1 : min(verb.index + BEHIND, reading.tree.sentence(verb).last)]
    return free_noun(reading, [token for token in after if not _inside(token, content)])


def _inside(token: Token, content: Sequence[Span]) -> bool:
    return any(stretch.covers(token.span) for stretch in content)
