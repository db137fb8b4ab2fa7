"""Where a verb's content can stand: in a clause, before or after an inserted cue, behind a colon, in an object.

Each frame is a function of the reading, the verb and its cue that returns a `Found`, or None. The
frames follow the grammar of Dutch reported speech; an example stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kroniek.analyse.attributions.content import quotation_spans, span_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.edges import (
    clause_end,
    find_mark,
    is_reachable,
    over_quotation,
)
from kroniek.analyse.attributions.inserted import colon, tag
from kroniek.analyse.attributions.phrases import naming, object_, pointer, preposition
from kroniek.analyse.attributions.reading import Found, Reading, is_break, stops_quote
from kroniek.analyse.attributions.words import COMPLEMENTISERS, WH_WORDS
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

MARKS = frozenset({"dat", "of", "om"})
POINTER_REACH = 4  # words: `beschuldigt grote bedrijven ervan de prijzen hoog te houden`
POINTERS = frozenset(
    {
        "er",
        "hier",
        "daar",
        "ervan",
        "erop",
        "ervoor",
        "ertoe",
        "erover",
        "eraan",
        "ermee",
        "hiervan",
        "hieraan",
        "daaraan",
        "daarop",
        "ertegen",
    }
)


def clause(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X zei dat hij komt`, `X vroeg of zij komen`, `X wees erop dat ...`: a clause that the verb governs."""
    head = next((head for head in _clauses(reading, verb) if _is_content(reading, verb, head, cue)), None)
    start = _clause_start(reading, verb, head, cue)
    if start is None or not is_reachable(reading, verb, start):
        return None
    opening = reading.tree.tokens[start]
    if opening.text.lower() == "om" and _has_own_object(reading, verb, start, cue):
        return None  # `zegde een miljoen toe om ...`
    if cue.group == "want" and opening.text.lower() != "dat":
        return None
    if opening.text.lower() not in MARKS and _opens_quotation(reading, opening):
        return None  # `riep "Weg ermee" tijdens ...`: a quotation, whatever the tree makes of it
    if "object" in cue.takes and _is_reporting_noun(reading, verb, start):
        return None  # `ontkent de beschuldiging dat ...`: the noun with its clause is the object
    end = over_quotation(reading, start, clause_end(reading, verb, start, head))
    if opening.text.lower() in COMPLEMENTISERS and not _has_verb(reading, start, end):
        return None  # `Hij zei dat in een vraaggesprek`
    if _is_circumstance(reading, start) or (end - start == 1 and opening.text.lower() in WH_WORDS):
        return None  # `op voorwaarde dat`; `leg uit waarom`
    content = span_of(reading, start, end)
    return (
        Found(_with_colon_speech(reading, content), "clause", head or _predicate(reading, start))
        if content
        else None
    )


def _is_circumstance(reading: Reading, start: int) -> bool:
    """Tell whether a clause fills in a phrase that says how or when: `wil praten op voorwaarde dat ...`."""
    before = reading.tree.tokens[start - 1]
    known = reading.noun_lemma(before) in reading.lexicon.words["circumstances"]
    return known and reading.tree.child(before, "case") is not None


def _opens_quotation(reading: Reading, token: Token) -> bool:
    before = reading.tree.tokens[token.index - 1] if token.index else token
    return any(reading.quotation_from(start, 0) is not None for start in (token.start, before.start))


def _has_own_object(reading: Reading, verb: Token, start: int, cue: Cue) -> bool:
    if "object" not in cue.takes or "object" in cue.addressed_by:
        return False
    return any(verb.index < child.index < start for child in reading.tree.children(verb, "obj"))


def _has_verb(reading: Reading, start: int, end: int) -> bool:
    return any(token.upos in {"VERB", "AUX"} for token in reading.tree.tokens[start:end])


def _clause_start(reading: Reading, verb: Token, head: Token | None, cue: Cue) -> int | None:
    """Return the first word of a verb's clause: its `dat`, or the first word of its tree to the right."""
    marks = MARKS if "infinitive" in cue.takes else COMPLEMENTISERS
    surface = find_mark(reading, verb, marks | WH_WORDS if cue.group == "ask" else marks)
    from_tree = _tree_start(reading, verb, head) if head is not None else None
    if from_tree is not None and reading.tree.tokens[from_tree].text.lower() in cue.needs:
        return surface
    if from_tree is None or (surface is not None and surface < from_tree):
        return surface
    return from_tree


def _tree_start(reading: Reading, verb: Token, head: Token) -> int | None:
    """Return the first word, right of the verb, of the clause that a tree hangs on it."""
    marks = [child for child in reading.tree.children(head, "mark") if child.text.lower() in MARKS]
    if marks and marks[0].index > verb.index:
        return marks[0].index
    words = [
        token for token in reading.tree.subtree(head) if token.index > verb.index and not is_break(token)
    ]
    opening = next((token.index for token in words if token.text.lower() in WH_WORDS), None)
    if opening is not None and words[0].upos == "ADP" and opening == words[0].index + 1:
        opening -= 1
    if opening is not None:
        return opening
    return words[0].index if words else None


def _predicate(reading: Reading, start: int) -> Token | None:
    mark = reading.tree.tokens[start]
    head = reading.tree.head(mark)
    return head if is_relation(mark, "mark") else None


def _is_reporting_noun(reading: Reading, verb: Token, start: int) -> bool:
    before = reading.tree.tokens[start - 1]
    known = reading.noun_lemma(before) in reading.lexicon.nouns
    return known and before.upos == "NOUN" and before.index > verb.index


def _is_content(reading: Reading, verb: Token, head: Token, cue: Cue) -> bool:
    """Tell whether a clause under a verb gives what is said, and not why or when."""
    marks = _mark_of(reading, head) | {reading.tree.subtree(head)[0].text.lower()}
    if not _has_mark(reading, head):
        return (
            is_relation(head, "ccomp") and head.index > verb.index and _follows_closely(reading, verb, head)
        )
    if head.index < verb.index:
        return False
    if is_relation(head, "advcl", "acl") and not marks & {"dat", "of", "om"}:
        return is_relation(head, "advcl") and bool(marks & WH_WORDS) and _adjoins(reading, verb, head)
    return "om" not in marks or "infinitive" in cue.takes


def _adjoins(reading: Reading, verb: Token, head: Token) -> bool:
    """Tell whether nothing but a particle or an adverb parts a verb from its question: `liet niet weten wanneer`."""
    first = reading.tree.subtree(head)[0].index
    between = reading.tree.tokens[verb.index + 1 : first]
    return 0 < first - verb.index <= 4 and all(token.upos in {"ADV", "VERB", "ADP"} for token in between)


def infinitive(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X beloofde te vertrekken`, `X eist met rust gelaten te worden`: an infinitive with `te`."""
    for head in reading.tree.children(verb, "xcomp", "ccomp", "advcl"):
        marks = _mark_of(reading, head)
        if "te" in marks and head.index > verb.index and "dat" not in marks:
            start = _infinitive_start(reading, verb, head)
            if not is_reachable(reading, verb, start):
                continue
            end = over_quotation(reading, start, clause_end(reading, verb, start, head))
            content = span_of(reading, start, max(end, head.index + 1))
            return Found(content, "infinitive", head) if content else None
    return None


def _infinitive_start(reading: Reading, verb: Token, head: Token) -> int:
    """Return the first word of an infinitive's clause; `ervan`, `erop` before it stay out."""
    words = [
        token for token in reading.tree.subtree(head) if token.index > verb.index and not is_break(token)
    ]
    start = words[0].index
    for token in words[:POINTER_REACH]:
        if token.index < head.index and token.text.lower() in POINTERS:
            start = token.index + 1
    marks = [child.index for child in reading.tree.children(head, "mark") if child.text.lower() == "om"]
    return marks[0] if marks and marks[0] >= start else start


def _clauses(reading: Reading, verb: Token) -> Iterator[Token]:
    tree = reading.tree
    yield from tree.children(verb, "ccomp", "csubj", "xcomp", "advcl")
    for part in tree.children(verb, "compound"):  # `liet weten | wanneer`
        yield from tree.children(part, "ccomp", "advcl")
    for child in tree.children(verb):
        if child.text.lower() in POINTERS:  # `ervan overtuigd dat`, `erop wijzen dat`
            yield from tree.children(child, "ccomp", "acl", "advcl")


def _mark_of(reading: Reading, head: Token) -> set[str]:
    return {child.text.lower() for child in reading.tree.children(head, "mark")}


def _has_mark(reading: Reading, head: Token) -> bool:
    """Tell whether a clause is subordinate by its first words: `dat`, `of`, `om`, a question word."""
    words = reading.tree.subtree(head)
    for word in words[:4]:
        if not is_break(word):
            if word.upos == "ADP" and word.index + 1 < len(reading.tree.tokens):
                word = reading.tree.tokens[word.index + 1]  # `met wie`, `in welke mate`
                return word.text.lower() in WH_WORDS
            return word.text.lower() in MARKS or word.text.lower() in WH_WORDS
    return False


def _follows_closely(reading: Reading, verb: Token, head: Token) -> bool:
    """Tell whether a clause without mark begins right after the verb's own words: `X zegt te hopen`."""
    first = reading.tree.subtree(head)[0]
    between = reading.tree.tokens[verb.index + 1 : first.index]
    return not any(token.text in {":", ","} for token in between)


def _with_colon_speech(reading: Reading, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """`X zei dat het zwaar is: "Het ..."`: the speech after the colon belongs to the content."""
    end = content[-1].end
    rest = reading.text[end : end + 3]
    if rest.lstrip().startswith(":"):
        quotation = reading.quotation_from(end + rest.index(":") + 1)
        if quotation is not None:
            return (*content, *quotation_spans(reading, quotation))
    return content


def quote(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X riep "weg ermee" toen ...`, `die X "weg ermee" hoorde roepen`: a quotation beside the verb."""
    left = reading.quotation_until(verb.start)
    if left is not None and left.speech and reading.text[left.span.end : verb.start] == " ":
        return Found(quotation_spans(reading, left), "quote", None)
    sentence = reading.tree.sentence(verb)
    tokens = reading.tree.tokens
    for quotation in reading.quotations_in(Span(verb.end, tokens[sentence.last - 1].end)):
        opening = reading.first_token(quotation.span.start)
        between = tokens[verb.index + 1 : opening]
        if len(between) > 14 or any(stops_quote(token) for token in between):
            return None
        if not quotation.speech and cue.group not in {"shout", "name"}:
            return None
        if _belongs_to_noun(reading, verb, between):
            return None  # `vertelde dit bij de opening van de tentoonstelling "..."`
        return Found(quotation_spans(reading, quotation), "quote", None)
    return None


def _belongs_to_noun(reading: Reading, verb: Token, between: Sequence[Token]) -> bool:
    if not between or between[-1].upos not in {"NOUN", "DET", "ADP", "ADJ", "NUM"}:
        return False
    arguments = reading.tree.children(verb, "nsubj", "iobj")
    return not any(between[-1] in reading.tree.subtree(child) for child in arguments)


Frame = Callable[[Reading, Token, Cue], Found | None]
# In order of trust: what the tree states outright first, a bare object last.
FRAMES: tuple[tuple[str, Frame], ...] = (
    ("clause", clause), ("colon", colon), ("tag", tag), ("infinitive", infinitive), ("naming", naming),
    ("preposition", preposition), ("object", object_), ("quote", quote),
    ("pointer", pointer),
)  # fmt: skip
