"""Statements that a verb reports."""

from __future__ import annotations

from collections.abc import Iterator

from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.frames import FRAMES
from kroniek.analyse.attributions.inserted import tag
from kroniek.analyse.attributions.reading import Draft, Found, Reading, is_break
from kroniek.analyse.attributions.source import agent_of, guessed_subject, source_span, subject_of
from kroniek.analyse.attributions.subjects import crossing_subject, subject_outside
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

SPEAKERS_THEMSELVES = frozenset({"ik", "we", "wij"})
ADDRESSED = frozenset({"je", "jij", "u", "jullie", "gij", "ge"})
NOBODY, IT = "niemand", "het"
EMPTY_SUBJECTS = frozenset({"het", "dat", "dit", "wat", "er", "'t"})
ANY_VERB = "*"  # the pack's cue for verbs that tell how something was said
REACH = 16  # words between a light verb and its other words
JUDGING = frozenset({"criticise", "praise", "name", "claim"})
GUESSING = frozenset({"think", "hope", "fear", "expect", "name", "want"})
IMPERSONAL = frozenset({"impersonal", "document", "result"})


def verb_drafts(reading: Reading) -> Iterator[Draft]:
    """Yield the statements that the verbs of a document report, in text order."""
    for token in reading.tree.tokens:
        if token.upos in {"VERB", "AUX", "ADJ", "X", "NOUN"} and not is_relation(
            token, "amod", "aux", "fixed"
        ):
            cues = _cues_of(reading, token)
            found = next((draft for cue in cues if (draft := _draft(reading, token, cue)) is not None), None)
            if found is not None:
                yield found


def _cues_of(reading: Reading, token: Token) -> tuple[Cue, ...]:
    """Return the cues that a verb can be, the most specific first."""
    verbs = reading.lexicon.verbs
    joined = reading.verb_lemma(token)
    if token.upos not in {"VERB", "AUX"}:  # participles that a tagger calls adjectives: `is gevraagd`
        return tuple(
            cue for cue in verbs.get(joined, ()) if token.text.lower().startswith("ge") and not cue.needs
        )
    bare = token.lemma.replace("_", "")
    cues = verbs.get(joined, ())
    if not cues and _tells_manner(reading, token):
        return verbs.get(ANY_VERB, ())
    plain = reading.lexicon.forms.get(token.text.lower(), bare)
    for lemma in {bare, plain} - {joined}:
        cues = (*(cue for cue in verbs.get(lemma, ()) if cue.needs), *cues)
    return tuple(
        cue
        for cue in cues
        if not cue.needs or joined == "".join((*cue.needs, cue.lemma)) or _has_parts(reading, token, cue)
    )


def _tells_manner(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb, whatever it says, stands where one reports speech: `"Nooit", bulderde X`."""
    tokens = reading.tree.tokens
    opens_with_so = verb.index > 0 and tokens[verb.index - 1].text.lower() == "zo"
    speech = reading.quotation_until(tokens[verb.index - opens_with_so].start)
    if speech is None or not speech.speech or "VerbForm=Fin" not in verb.feats:
        return False
    subject = subject_of(reading, verb) or _noun_after(reading, verb)
    if subject is None or subject.index < verb.index or subject.text.lower() in EMPTY_SUBJECTS:
        return False
    opening = tokens[reading.first_token(speech.span.start)]
    alone = reading.tree.sentence(opening).span.start >= opening.start  # not `op de vraag "..." knikte hij`
    return alone and not any(is_break(word) for word in tokens[verb.index + 1 : subject.index])


def _noun_after(reading: Reading, verb: Token) -> Token | None:
    """Return the noun phrase behind an inserted verb that the parser hung elsewhere."""
    return guessed_subject(reading, verb, min(verb.index + REACH, reading.tree.sentence(verb).last))


def _has_parts(reading: Reading, token: Token, cue: Cue) -> bool:
    """Tell whether a light verb has its other words with it: `bracht naar voren`, `is van mening`."""
    if IT in cue.needs and not any(
        child.text.lower() == IT and is_relation(child, "obj", "expl", "nsubj", "xcomp")
        for child in reading.tree.children(token)
    ):
        return False  # `heeft het over X`, not `heeft over het plan`
    near: set[str] = set()
    for child in reading.tree.children(token):
        near.add(child.text.lower())
        near.update(
            below.text.lower()
            for below in reading.tree.children(child, "case", "det", "fixed", "nmod", "amod", "mark")
        )
    return near.issuperset(cue.needs) or _parts_follow(reading, token, cue)


def _parts_follow(reading: Reading, token: Token, cue: Cue) -> bool:
    """Look for the other words behind the verb, up to its clause: `liet het agentschap ... weten dat`."""
    wanted = list(cue.needs)
    for later in reading.tree.tokens[token.index + 1 : token.index + REACH]:
        if later.sentence != token.sentence or is_break(later) or later.upos == "SCONJ":
            return False
        if later.text.lower() == wanted[0]:
            wanted.pop(0)
            if not wanted:
                return True
    return False


def _draft(reading: Reading, verb: Token, cue: Cue) -> Draft | None:
    passive = is_passive(reading, verb)
    subject = subject_of(reading, verb)
    if not _may_speak(reading, verb, cue, subject, passive=passive):
        return None
    found = _content(reading, verb, cue)
    if found is None or not found.content or _only_wants_to_say(reading, verb, cue):
        return None
    head = _speaker(reading, verb, cue, subject, passive=passive)
    if not passive and (head is None or (found.frame == "colon" and head.index > verb.index)):
        head = crossing_subject(reading, verb) or head
    if (
        head is None
        and not passive
        and cue.group != "hear"
        and found.frame in {"clause", "infinitive", "colon", "pointer"}
    ):
        head = guessed_subject(reading, verb, reading.first_token(found.content[0].start))
    if head is None and found.frame == "tag" and cue.lemma == ANY_VERB:
        head = _noun_after(reading, verb)
    if head is None and cue.group in {"document", "result"}:
        return None
    source = source_span(reading, head, cue=verb) if head is not None else None
    if source is not None and head is not None:
        source = _with_name(reading, source, verb)
    if source is not None and any(stretch.overlaps(source) for stretch in found.content):
        if found.frame == "object":
            return None
        head = subject_outside(reading, verb, found.content)
        source = source_span(reading, head, cue=verb) if head is not None else None
        if source is not None and any(stretch.overlaps(source) for stretch in found.content):
            source, head = None, None
    words = cue_words(reading, verb, cue)
    return Draft(cue, verb, words, found.content, source, head, found.frame, found.head, passive)


def _only_wants_to_say(reading: Reading, verb: Token, cue: Cue) -> bool:
    """Tell whether what is wanted is to say something, which is then what is said: `wilde dat niet bevestigen`."""
    said = reading.tree.child(verb, "xcomp") if cue.group == "want" else None
    if said is None:
        return False
    return any(other.group != cue.group and _draft(reading, said, other) for other in _cues_of(reading, said))


def _with_name(reading: Reading, source: Span, verb: Token) -> Span:
    """Add a name between a source and its finite verb: only one phrase stands before that.

    `Woordvoerder van Buitenlandse Zaken | Jan Jansen | zei`.
    """
    between = reading.tree.tokens[reading.first_token(source.end) : verb.index]
    fits = source.end <= verb.start and 0 < len(between) <= 4 and "VerbForm=Fin" in verb.feats
    return (
        Span(source.start, between[-1].end)
        if fits and all(token.upos == "PROPN" for token in between)
        else source
    )


def is_passive(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb stands in the passive."""
    return (
        reading.tree.child(verb, "aux:pass") is not None or reading.tree.child(verb, "nsubj:pass") is not None
    )


def _content(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    if "tag" in cue.takes and reading.follows_speech(verb):  # `"Nee", vertelde X toen hij zag dat ...`
        found = tag(reading, verb, cue)
        if found is not None and ":" not in reading.text[verb.end : verb.end + 80]:
            return found
    for name, frame in FRAMES:
        if name in cue.takes:
            found = frame(reading, verb, cue)
            if found is not None and found.content:
                return found
    return None


def _may_speak(reading: Reading, verb: Token, cue: Cue, subject: Token | None, *, passive: bool) -> bool:
    """Tell whether a verb reports somebody's words: not the reader's, the writer's, or nobody's."""
    if "VerbForm=Inf" in verb.feats and (cue.group == "show" or not _is_carried(reading, verb, cue)):
        return False
    if subject is None:
        if _is_imperative(reading, verb):
            return False
        return (
            passive or cue.group in IMPERSONAL or _is_participle_clause(verb) or "VerbForm=Fin" in verb.feats
        )
    word = subject.text.lower()
    if passive:
        return cue.group not in JUDGING or agent_of(reading, verb) is not None
    if word == "men" and cue.group in GUESSING:
        return False
    if word in ADDRESSED or word == NOBODY:
        return False
    if word in SPEAKERS_THEMSELVES:
        # The writer of an opinion piece is the reporter; in a quotation only an act of saying counts.
        inside = reading.quotation_around(verb.start) is not None
        return inside and cue.group not in {"think", "hope", "fear"} and "Tense=Past" in verb.feats
    if word in EMPTY_SUBJECTS and subject.upos in {"PRON", "DET", "ADV"}:
        return cue.group in IMPERSONAL
    return True


def _is_carried(reading: Reading, verb: Token, cue: Cue) -> bool:
    """Tell whether an infinitive is what somebody does, as in `wilde zeggen`, and no part of a purpose."""
    if reading.tree.children(verb, "nsubj", "aux"):
        return True
    head = reading.tree.head(verb)
    return (
        head is not None
        and is_relation(verb, "xcomp", "conj")
        and reading.verb_lemma(head) in reading.lexicon.words["carriers"]
    )


def _is_imperative(reading: Reading, verb: Token) -> bool:
    """Tell whether a finite verb without subject opens its sentence: `Stel dat het misgaat`."""
    opens = verb.index == reading.tree.sentence(verb).first
    return opens and "Tense=Pres" in verb.feats and reading.tree.child(verb, "aux") is None


def _is_participle_clause(verb: Token) -> bool:
    return "VerbForm=Part" in verb.feats and is_relation(verb, "acl", "advcl", "root", "parataxis")


def _speaker(
    reading: Reading, verb: Token, cue: Cue, subject: Token | None, *, passive: bool
) -> Token | None:
    if passive or (subject is None and _is_participle_clause(verb)):
        return agent_of(reading, verb) or _written_in(reading, verb)
    if cue.group == "hear":
        return None
    if cue.group == "document":
        if (written := _wherein(reading, verb)) is not None:
            return written
        return _oblique(reading, verb, "in") or (
            subject if subject is not None and subject.text.lower() not in EMPTY_SUBJECTS else None
        )
    if cue.group == "result":
        return _oblique(reading, verb, "uit")
    if cue.group == "impersonal" and (subject is None or subject.text.lower() in EMPTY_SUBJECTS):
        return _oblique(reading, verb, "bij", "in")
    return subject


def _written_in(reading: Reading, verb: Token) -> Token | None:
    """Return the document in which something is said: `in het rapport wordt gesteld dat`."""
    document = _oblique(reading, verb, "in")
    known = document is not None and document.lemma.replace("_", "").lower() in reading.lexicon.media
    return document if known else None


def _wherein(reading: Reading, verb: Token) -> Token | None:
    """Return what `waarin` stands for: `het rapport waarin staat dat`."""
    tokens = reading.tree.tokens
    if verb.index < 2 or tokens[verb.index - 1].text.lower() != "waarin":
        return None
    for token in reversed(tokens[max(0, verb.index - 5) : verb.index - 1]):
        if token.upos == "NOUN" and token.sentence == verb.sentence:
            return token
    return None


def _oblique(reading: Reading, verb: Token, *prepositions: str) -> Token | None:
    for child in reading.tree.children(verb, "obl", "nmod"):
        case = reading.tree.child(child, "case")
        if case is not None and case.text.lower() in prepositions:
            return child
    return None


def cue_words(reading: Reading, verb: Token, cue: Cue) -> tuple[Span, ...]:
    """Return the words of a cue: the finite part first, the particle or the light verb's parts after it.

    Parts that follow without a gap are one span: `liet weten`, but `liet` ... `weten`.
    """
    spans = [verb.span]
    tree = reading.tree
    parts = [
        child
        for child in tree.children(verb)
        if is_relation(child, "compound:prt") or child.text.lower() in cue.needs
    ]
    for part in sorted(parts, key=lambda token: token.index):
        if part.index == verb.index + 1:
            spans[0] = Span(spans[0].start, part.end)
        elif part.index != verb.index:
            spans.append(part.span)
    return tuple(spans)
