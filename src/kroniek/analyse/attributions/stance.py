"""Stance: from the cue's own class through negation and through what the content says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kroniek.analyse.attributions.reading import Draft, Reading
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Stance, Token

# What a negated cue does: `bevestigde niet`, `ontkende niet` (Sauri and Pustejovsky 2009, polarity).
NEGATED = {
    Stance.CONFIRMS: Stance.DOES_NOT_CONFIRM,
    Stance.DENIES: Stance.ADMITS,
    Stance.ADMITS: Stance.DENIES,
    Stance.ASSERTS: Stance.DOES_NOT_CONFIRM,
    Stance.ANNOUNCES: Stance.DOES_NOT_CONFIRM,
}
NEUTRAL = frozenset({"say", "stress", "write", "report", "shout", "light", "impersonal", "think", "document", "suggest", "preposition", "assure"})  # fmt: skip
NOT_DEMANDING = frozenset({"preposition", "document", "impersonal", "report"})
FIRST = frozenset({"ik", "we", "wij"})
OTHERS = frozenset({"hij", "zij", "ze"})
FAR = 60  # words of a content that are looked at


def stance_of(reading: Reading, draft: Draft) -> Stance:
    """Return the stance of a statement: the cue's, turned by negation, refined by the content."""
    stance = draft.cue.stance
    words = reading.lexicon.words
    if is_negated(reading, draft):
        if draft.cue.group in {"think", "hope", "name", "describe"}:
            return stance
        if draft.cue.group == "exclude":
            return Stance.ASSERTS  # `sluit niet uit dat`: that it may be
        return NEGATED.get(stance, stance)
    if withheld(reading, draft.at, words["withholding"]):
        return Stance.DOES_NOT_CONFIRM
    if draft.cue.group == "warn" and draft.content[0].of(reading.text).lower().startswith("om "):
        return Stance.DEMANDS
    if draft.cue.group == "announce" and draft.pattern == "clause" and _is_over(reading, draft):
        return Stance.ASSERTS  # `maakte bekend dat zeven mensen waren gewond`
    if draft.cue.group not in NEUTRAL or stance is not Stance.ASSERTS:
        return stance
    if _takes_back(reading, draft):
        return Stance.REVISES
    return _by_content(reading, draft) or stance


def _is_over(reading: Reading, draft: Draft) -> bool:
    """Tell whether a content clause tells what has happened: a participle with `hebben` or `zijn`."""
    head = draft.head
    if head is None or "VerbForm=Part" not in head.feats:
        return False
    lemmas = {token.lemma for token in reading.tree.children(head, "aux")}
    return bool(lemmas & {"hebben", "zijn"}) and "zullen" not in lemmas


def is_negated(reading: Reading, draft: Draft) -> bool:
    """Tell whether `niet`, `nooit` or `evenmin` bears on a cue, on what governs it, or stands before the content."""
    negations = reading.lexicon.words["negations"]
    tree, cue = reading.tree, draft.at
    outside = [
        child for child in tree.children(cue, "advmod", "det", "nsubj") if not _in_content(draft, child)
    ]
    if any(child.text.lower() in negations for child in outside):
        return True
    head = tree.head(cue)
    if head is not None and is_relation(cue, "xcomp"):
        return any(child.text.lower() in negations for child in tree.children(head, "advmod"))
    first = reading.first_token(draft.content[0].start)
    between = tree.tokens[cue.index + 1 : first] if 0 < first - cue.index <= 4 else ()
    return draft.pattern == "clause" and any(token.text.lower() in negations for token in between)


def _in_content(draft: Draft, token: Token) -> bool:
    return any(stretch.start <= token.start < stretch.end for stretch in draft.content)


def withheld(reading: Reading, cue: Token, verbs: frozenset[str]) -> bool:
    """Tell whether the cue is refused: `weigerde te bevestigen`, `kon niet zeggen of`."""
    head = reading.tree.head(cue)
    return (
        head is not None and is_relation(cue, "xcomp", "ccomp", "obj") and reading.verb_lemma(head) in verbs
    )


def _takes_back(reading: Reading, draft: Draft) -> bool:
    """`X zegt dat A, nadat het eerder had gemeld dat B`: a new word on the matter replaces an older one."""
    sentence = reading.tree.sentence(draft.at)
    after = reading.first_token(draft.content[-1].end)
    words = [token.text.lower() for token in reading.tree.tokens[after : sentence.last]]
    if not {"eerder", "aanvankelijk", "eerst"} & set(words) or not {"nadat", "terwijl", "hoewel"} & set(
        words
    ):
        return False
    tokens = reading.tree.tokens[after : sentence.last]
    return any(
        token.upos == "VERB" and reading.verb_lemma(token) in reading.lexicon.plain_verbs for token in tokens
    )


def _by_content(reading: Reading, draft: Draft) -> Stance | None:
    tokens = _content_tokens(reading, draft.content[0])
    if not tokens:
        return None
    spoken = reading.quotation_from(draft.content[0].start, 0) is not None
    words = [token.text.lower() for token in tokens if token.upos != "PUNCT"]
    if (
        spoken
        and draft.content[-1].of(reading.text).rstrip("\"“”’‘' »").endswith("?")
        and len(draft.content) == 1
    ):
        return Stance.DEMANDS
    if spoken and _has_phrase(reading, words, "admissions"):
        return Stance.ADMITS
    if _has_phrase(reading, words, "rejections") or (spoken and _disowns(words)):
        return Stance.DENIES
    if spoken and _is_order(reading, tokens):
        return Stance.DEMANDS
    return _by_modal(reading, draft, tokens)


def _content_tokens(reading: Reading, span: Span) -> Sequence[Token]:
    """Return the words of the first sentence of a content, at most `FAR`."""
    tokens = reading.tree.tokens
    first, last = reading.first_token(span.start), reading.first_token(span.end)
    sentence = tokens[first].sentence if first < len(tokens) else -1
    return [token for token in tokens[first : min(last, first + FAR)] if token.sentence == sentence]


def _has_phrase(reading: Reading, words: Sequence[str], table: str) -> bool:
    """Tell whether a content has one of the pack's phrases: `is onzin`, `klopt niet`, `zal niet ontkennen`."""
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in reading.lexicon.words[table])


def _disowns(words: Sequence[str]) -> bool:
    """`Ik heb niets gedaan`, `Nee, dat deed ik niet`: the speaker denies an act of his own."""
    if words[:1] in (["nee"], ["neen"]):
        return True
    early = set(words[2:7])
    return words[:1] in (["ik"], ["wij"], ["we"]) and words[1:2] in (["heb"], ["hebben"]) and bool(early & {"niets", "nooit", "niet", "geen"})  # fmt: skip


def _is_order(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Tell an imperative: speech that opens with a finite verb without a subject."""
    first = next((token for token in tokens if token.upos != "PUNCT"), None)
    if first is None or first.upos != "VERB" or "VerbForm=Part" in first.feats:
        return False
    after = reading.tree.tokens[first.index + 1 : first.index + 2]
    return reading.tree.child(first, "nsubj") is None and not (after and after[0].upos in {"PRON", "DET"} and after[0].text.lower() in FIRST | OTHERS | {"je", "u", "jij"})  # fmt: skip


def _by_modal(reading: Reading, draft: Draft, tokens: Sequence[Token]) -> Stance | None:
    """Read demands from `moeten` aimed at others, announcements from `zullen` and `willen` about oneself."""
    lexicon = reading.lexicon.words
    root = draft.head if draft.head is not None and not is_relation(draft.head, "mark") else _root(tokens)
    if root is None:
        return None
    around = _verbs_of(reading, root)
    subject = next((child for token in around for child in reading.tree.children(token, "nsubj")), None)
    lemmas = {token.lemma.replace("_", "") for token in around}
    own = _is_own(draft, subject) or _is_body(draft, subject, root)
    if lemmas & lexicon["obligations"] and draft.cue.group not in NOT_DEMANDING:
        passive = any(is_relation(child, "aux:pass") for child in around)
        return None if own or passive else Stance.DEMANDS
    if not own or draft.cue.group == "think" or reading.verb_lemma(root) in reading.lexicon.plain_verbs:
        return None
    beside = {token.lemma.replace("_", "") for token in around if token is not root}
    if beside & lexicon["futures"]:
        vows = lemmas & lexicon["vows"] and subject is not None and subject.text.lower() in FIRST
        return Stance.PROMISES if vows else Stance.ANNOUNCES
    willing = lemmas & lexicon["plans"] and subject is not None and subject.text.lower() not in FIRST
    if willing or _lies_ahead(reading, draft.content[0]):
        return Stance.ANNOUNCES
    return None


def _verbs_of(reading: Reading, root: Token) -> list[Token]:
    """Return a predicate with its auxiliaries and the verbs directly above and below it."""
    tree = reading.tree
    found = [root, *tree.children(root, "aux", "cop", "xcomp")]
    head = tree.head(root)
    if head is not None and is_relation(root, "xcomp"):
        found += [head, *tree.children(head, "aux")]
    return found


def _root(tokens: Sequence[Token]) -> Token | None:
    inside = {token.index for token in tokens}
    for token in tokens:
        if token.upos in {"VERB", "AUX", "ADJ", "NOUN"} and (
            token.head not in inside or token.head == token.index
        ):
            return token
    return None


def _is_own(draft: Draft, subject: Token | None) -> bool:
    """Tell whether the content's subject is the source itself, as far as the words show."""
    if subject is None:
        return False
    word = subject.text.lower()
    if word in FIRST or word in OTHERS:
        return True
    return draft.source_head is not None and subject.text == draft.source_head.text


def _is_body(draft: Draft, subject: Token | None, root: Token) -> bool:
    """Tell whether `het` is a state or a company that speaks: `BMW zegt dat het de fabriek zal sluiten`."""
    neuter = subject is not None and subject.text.lower() == "het" and subject.upos == "PRON"
    acts = root.upos == "VERB" and not is_relation(root, "expl")
    return neuter and acts and draft.source_head is not None and draft.source_head.upos == "PROPN"


def _lies_ahead(reading: Reading, span: Span) -> bool:
    """Tell whether the content names a day after the report's own: `dat hij volgend jaar deelneemt`."""
    day = reading.analysis.published.day
    if day is None:
        return False
    timexes = reading.analysis.timexes
    first = bisect_left(timexes, span.start, key=lambda timex: timex.span.start)
    for timex in timexes[first:]:
        if timex.span.start >= span.end:
            break
        if (
            timex.interval is not None
            and timex.interval.earliest is not None
            and timex.interval.earliest > day
        ):
            return True
    return False
