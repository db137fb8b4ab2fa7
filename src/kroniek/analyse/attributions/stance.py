"""Stance: from the cue's own class through negation and through what the content says."""

from __future__ import annotations

from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Stance, Token

# What a negated cue does: `bevestigde niet`, `ontkende niet`, `sluit niet uit` (Sauri and Pustejovsky 2009, polarity).
NEGATED = {
    Stance.CONFIRMS: Stance.DOES_NOT_CONFIRM,
    Stance.DENIES: Stance.ADMITS,
    Stance.ADMITS: Stance.DENIES,
    Stance.ASSERTS: Stance.DOES_NOT_CONFIRM,
    Stance.ANNOUNCES: Stance.DOES_NOT_CONFIRM,
}
NEUTRAL = frozenset(
    {"say", "write", "report", "preposition", "light", "impersonal", "think", "colon", "document"}
)
FIRST = frozenset({"ik", "we", "wij", "mijn", "ons", "onze"})
THIRD = frozenset({"hij", "zij", "ze", "het", "men"})


def stance_of(reading: Reading, draft: Draft) -> Stance:
    """Return the stance of a statement: the cue's, turned by negation, refined by the content."""
    stance = draft.cue.stance
    words = reading.lexicon.words
    if is_negated(reading, draft.at):
        if draft.cue.group in {"think", "hope"}:
            return Stance.DENIES if draft.cue.group == "think" else stance
        return NEGATED.get(stance, stance)
    if withheld(reading, draft.at, words["withholding"]):
        return Stance.DOES_NOT_CONFIRM
    if draft.cue.group == "warn" and draft.head is not None and _has_om(reading, draft):
        return Stance.DEMANDS
    if draft.cue.group not in NEUTRAL or stance is not Stance.ASSERTS:
        return stance
    return _by_content(reading, draft) or stance


def _has_om(reading: Reading, draft: Draft) -> bool:
    return draft.content[0].of(reading.text).lower().startswith("om ")


def is_negated(reading: Reading, cue: Token) -> bool:
    """Tell whether `niet`, `nooit`, `geen` or `evenmin` bears on a cue, or on what governs it."""
    negations = reading.lexicon.words["negations"]
    tree = reading.tree
    for child in tree.children(cue, "advmod", "det", "obj", "obl", "nsubj"):
        if child.text.lower() in negations:
            return True
        if is_relation(child, "obj") and any(
            word.text.lower() == "geen" for word in tree.children(child, "det")
        ):
            return cue.lemma not in {"hebben", "zijn"} or True
    head = tree.head(cue)
    if head is not None and is_relation(cue, "xcomp"):
        return any(child.text.lower() in negations for child in tree.children(head, "advmod"))
    return False


def withheld(reading: Reading, cue: Token, verbs: frozenset[str]) -> bool:
    """Tell whether the cue is refused: `weigerde te bevestigen`, `kon niet zeggen of`."""
    head = reading.tree.head(cue)
    return (
        head is not None and is_relation(cue, "xcomp", "ccomp", "obj") and reading.verb_lemma(head) in verbs
    )


def _by_content(reading: Reading, draft: Draft) -> Stance | None:
    tokens = _content_tokens(reading, draft.content[0])
    if not tokens:
        return None
    words = [token.text.lower() for token in tokens]
    spoken = reading.quotation_from(draft.content[0].start, 0) is not None
    if spoken and "?" in words[-3:]:
        return Stance.DEMANDS
    if _rejects(reading, words):
        return Stance.DENIES
    return _by_modal(reading, draft, tokens)


def _content_tokens(reading: Reading, span: Span) -> list[Token]:
    tokens = reading.tree.tokens
    first, last = reading.first_token(span.start), reading.first_token(span.end)
    if last - first > 60:
        last = first + 60
    sentence = tokens[first].sentence if first < len(tokens) else -1
    return [token for token in tokens[first:last] if token.sentence == sentence]


def _rejects(reading: Reading, words: list[str]) -> bool:
    """Tell whether the content calls something false: `is onzin`, `klopt niet`, `geen sprake van`."""
    text = " ".join(words)
    return any(phrase in text for phrase in reading.lexicon.words["rejections"])


def _by_modal(reading: Reading, draft: Draft, tokens: list[Token]) -> Stance | None:
    """Read demands from `moeten` aimed at others, announcements from `zullen` about oneself."""
    head = (
        draft.head if draft.head is not None and draft.head.upos in {"VERB", "AUX", "ADJ", "NOUN"} else None
    )
    root = head or _root(reading, tokens)
    if root is None:
        return None
    tree = reading.tree
    subject = tree.child(root, "nsubj")
    around = [
        root,
        *tree.children(root, "aux", "cop"),
        *[above for above in list(tree.ancestors(root))[:1] if is_relation(root, "xcomp")],
    ]
    lemmas = {token.lemma.replace("_", "") for token in around}
    own = subject is not None and _is_own(draft, subject)
    lexicon = reading.lexicon.words
    if lemmas & lexicon["obligations"]:
        return None if own else Stance.DEMANDS
    if (
        own
        and draft.cue.group != "think"
        and {token.lemma for token in around if token is not root} & lexicon["futures"]
    ):
        return Stance.ANNOUNCES
    return None


def _root(reading: Reading, tokens: list[Token]) -> Token | None:
    inside = {token.index for token in tokens}
    for token in tokens:
        if token.upos in {"VERB", "AUX", "ADJ", "NOUN"} and (
            token.head not in inside or token.head == token.index
        ):
            return token
    return None


def _is_own(draft: Draft, subject: Token) -> bool:
    """Tell whether the content's subject is the source itself, as far as the words show."""
    word = subject.text.lower()
    if word in FIRST:
        return True
    if word in THIRD:
        return True
    return draft.source_head is not None and subject.text == draft.source_head.text
