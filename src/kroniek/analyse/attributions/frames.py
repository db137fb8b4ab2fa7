"""Where a verb's content can stand: in a clause, before or after an inserted cue, behind a colon, in an object.

Each frame is a function of the reading, the verb and its cue that returns a `Found`, or None. The
frames follow the grammar of Dutch reported speech; an example stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kroniek.analyse.attributions.content import quotation_spans, span_of, spans_of
from kroniek.analyse.attributions.cues import Cue
from kroniek.analyse.attributions.edges import (
    COMPLEMENTISERS,
    clause_end,
    find_mark,
    is_reachable,
    over_quotation,
    phrase_end,
    right_limit,
)
from kroniek.analyse.attributions.inserted import colon, tag
from kroniek.analyse.attributions.reading import Found, Reading, is_break
from kroniek.analyse.tree import is_relation
from kroniek.model import Span, Token

WH_WORDS = frozenset(
    [
        "wie",
        "wat",
        "waar",
        "wanneer",
        "waarom",
        "hoe",
        "hoeveel",
        "welke",
        "welk",
        "waarmee",
        "waarvan",
        "waarop",
        "waarvoor",
        "hoezeer",
        "wiens",
        "waarbij",
    ]
)
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
    if opening.text.lower() not in MARKS and reading.quotation_from(opening.start, 0) is not None:
        return None  # `riep "Weg ermee" tijdens ...`: a quotation, whatever the tree makes of it
    if "object" in cue.takes and _is_reporting_noun(reading, verb, start):
        return None  # `ontkent de beschuldiging dat ...`: the noun with its clause is the object
    end = over_quotation(reading, start, clause_end(reading, verb, start, head))
    if opening.text.lower() in COMPLEMENTISERS and not _has_verb(reading, start, end):
        return None  # `Hij zei dat in een vraaggesprek`
    content = span_of(reading, start, end)
    return (
        Found(_with_colon_speech(reading, content), "clause", head or _predicate(reading, start))
        if content
        else None
    )


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
        return False
    return "om" not in marks or "infinitive" in cue.takes


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


def _filled(reading: Reading, tokens: list[Token]) -> list[Token]:
    """Fill gaps of marks and commas between the words of a clause, which parsers hang elsewhere."""
    found: list[Token] = []
    for token in tokens:
        if found:
            gap = reading.tree.tokens[found[-1].index + 1 : token.index]
            if gap and all(is_break(word) or word.upos == "PUNCT" for word in gap):
                found.extend(gap)
        found.append(token)
    return found


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
        if len(between) > 14 or any(_stops_quote(token) for token in between):
            return None
        if not quotation.speech and cue.group not in {"shout", "name"}:
            return None
        if _belongs_to_noun(reading, verb, between):
            return None  # `vertelde dit bij de opening van de tentoonstelling "..."`
        return Found(quotation_spans(reading, quotation), "quote", None)
    return None


def _stops_quote(token: Token) -> bool:
    return token.text.lower() in {",", ";", "als", "dat", "of"} or (
        token.upos == "VERB" and "VerbForm=Fin" in token.feats
    )


def _belongs_to_noun(reading: Reading, verb: Token, between: Sequence[Token]) -> bool:
    if not between or between[-1].upos not in {"NOUN", "DET", "ADP", "ADJ", "NUM"}:
        return False
    arguments = reading.tree.children(verb, "nsubj", "iobj")
    return not any(between[-1] in reading.tree.subtree(child) for child in arguments)


def pointer(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`Dat meldt persbureau Reuters`, `Hij zei dat in Genève`: a pronoun points to what was told before."""
    for child in reading.tree.children(
        verb, "obj", "ccomp", "nsubj:pass", "nsubj", "advmod", "mark", "det", "expl"
    ):
        if child.text.lower() in {"dat", "dit"} and abs(child.index - verb.index) <= 4:
            passive = is_relation(child, "nsubj") and reading.tree.child(verb, "aux:pass") is not None
            alone = not reading.tree.children(child)
            if alone and (passive or not is_relation(child, "nsubj") or child.index < verb.index):
                return Found((child.span,), "pointer", child)
    return None


def naming(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X noemt Y 'Z'`, `X omschrijft Y als Z`: what is said of Y, from Y to Z."""
    tree = reading.tree
    passive = tree.child(verb, "aux:pass") is not None or tree.child(verb, "nsubj:pass") is not None
    loose = "VerbForm=Inf" in verb.feats or (
        "VerbForm=Part" in verb.feats and is_relation(verb, "acl", "advcl")
    )
    if loose or (passive and tree.child(verb, "obl:agent") is None):
        return None  # `wordt ook wel X genoemd` is a custom, nobody's statement
    said = [
        child
        for child in tree.children(verb, "xcomp", "obl", "advcl", "obj", "advmod")
        if _names_it(reading, child, cue)
    ]
    if not said:
        return _named_in_marks(reading, verb) if not cue.prepositions else None
    named = [child for child in tree.children(verb, "obj", "nsubj:pass") if child not in said]
    tokens: list[Token] = []
    clauses = [child for child in tree.children(verb, "ccomp", "csubj") if child.index > said[0].index]
    for child in (*named, *said, *clauses):
        if child.text.lower() not in {"die", "dat"} or child not in named:
            tokens.extend(tree.subtree(child))
    ordered = sorted({token.index: token for token in tokens}.values(), key=lambda token: token.index)
    end = (
        phrase_end(reading, ordered[-1].index + 1, right_limit(reading, verb))
        if ordered[-1].index > verb.index
        else 0
    )
    ordered.extend(reading.tree.tokens[ordered[-1].index + 1 : end])
    content = spans_of(reading, _filled(reading, ordered))
    return Found(content, "naming", said[0]) if content else None


def _named_in_marks(reading: Reading, verb: Token) -> Found | None:
    """`X noemde de rapporten 'nepnieuws'` where the tree shows no predicate: from the object to the mark."""
    tokens = reading.tree.tokens
    subject = reading.tree.child(verb, "nsubj")
    begin = verb.index + 1
    if subject is not None and subject.index > verb.index:
        begin = reading.tree.subtree(subject)[-1].index + 1
    left = reading.quotation_until(verb.start)
    if left is not None and reading.text[left.span.end : verb.start] == " ":  # `die hij 'een leugen' noemde`
        begins = [
            reading.tree.subtree(child)[0].index for child in reading.tree.children(verb, "obj", "xcomp")
        ]
        opening = reading.first_token(left.span.start)
        content = span_of(reading, min([opening, *begins]), reading.first_token(left.span.end))
        return Found(content, "naming", None) if content else None
    for quotation in reading.quotations_in(Span(verb.end, tokens[right_limit(reading, verb) - 1].end)):
        opening = reading.first_token(quotation.span.start)
        between = tokens[begin:opening]
        if any(_stops_quote(token) or token.text == ":" for token in between):
            return None
        content = span_of(reading, begin, reading.first_token(quotation.span.end))
        return Found(content, "naming", None) if content else None
    return None


def _names_it(reading: Reading, child: Token, cue: Cue) -> bool:
    if child.text.lower() in WH_WORDS:
        return False
    if cue.prepositions:  # `als`
        words = {token.text.lower() for token in reading.tree.children(child, "case", "mark")}
        return bool(words & cue.prepositions)
    if cue.group == "think" and not (child.upos == "ADJ" or reading.tree.child(child, "det") is not None):
        return False  # `vond de bril op straat` finds, `vindt de bril mooi` judges
    return is_relation(child, "xcomp") and "VerbForm=Inf" not in child.feats


def preposition(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X beschuldigt Y van Z`, `X roept op tot Z`, `X pleit voor Z`: Z, without its preposition."""
    tree = reading.tree
    parts = [child for child in tree.children(verb, "obj", "obl") if child.text.lower() in cue.needs]
    below = [child for part in parts for child in tree.children(part, "nmod", "obl")]  # `gewag van X`
    for child in (*tree.children(verb, "obl", "advmod", "xcomp", "advcl", "nmod"), *below):
        for case in tree.children(child, "case", "mark"):
            if case.text.lower() in cue.prepositions and child.index > case.index:
                tokens = _near([token for token in tree.subtree(child) if token.index > case.index], child)
                end = phrase_end(reading, _cut_at_comma(reading, tokens), right_limit(reading, verb))
                content = span_of(reading, tokens[0].index, end)
                return Found(content, "preposition", child) if content else None
    return None


def object_(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X ontkent betrokkenheid`, `de maatregel werd aangekondigd`: a noun phrase that stands for a clause."""
    tree = reading.tree
    passive = tree.child(verb, "aux:pass") is not None or tree.child(verb, "nsubj:pass") is not None
    relation = ("nsubj:pass", "nsubj") if passive else ("obj",)
    for child in tree.children(verb, *relation):
        if child.text.lower() in {"zich", "die", "er"} or child.upos not in {
            "NOUN",
            "PROPN",
            "PRON",
            "DET",
            "NUM",
            "ADJ",
            "VERB",
            "X",
        }:
            continue
        tokens = _near(tree.subtree(child), child)
        last = _cut_at_comma(reading, tokens) if child.index > verb.index else tokens[-1].index + 1
        if child.index > verb.index:
            last = phrase_end(reading, last, right_limit(reading, verb))
            last -= last > tokens[0].index + 1 and reading.tree.tokens[last - 1].deprel == "compound:prt"
        if cue.group == "revise" and child.lemma.replace("_", "") not in reading.lexicon.revisable:
            continue
        content = span_of(reading, tokens[0].index, last)
        if content:
            return Found(content, "object", child)
    return None


def _cut_at_comma(reading: Reading, tokens: Sequence[Token]) -> int:
    """Return where a phrase ends: before an apposition or a relative clause behind a comma."""
    loose = ("appos", "acl", "det", "nsubj", "case", "mark")
    for position, token in enumerate(tokens[:-1]):
        if not position or token.text != "," or not is_relation(tokens[position + 1], *loose):
            continue
        inside = reading.quotation_around(token.start)
        if inside is None or reading.quotation_around(tokens[0].start) is not None:
            return token.index
    return tokens[-1].index + 1


def _near(tokens: Sequence[Token], head: Token) -> list[Token]:
    """Return the run of tokens, small gaps allowed, that holds the head."""
    place = next(position for position, token in enumerate(tokens) if token.index == head.index)
    first = last = place
    while first > 0 and tokens[first].index - tokens[first - 1].index <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].index - tokens[last].index <= 2:
        last += 1
    return list(tokens[first : last + 1])


Frame = Callable[[Reading, Token, Cue], Found | None]
# In order of trust: what the tree states outright first, a bare object last.
FRAMES: tuple[tuple[str, Frame], ...] = (
    ("clause", clause), ("colon", colon), ("tag", tag), ("infinitive", infinitive), ("naming", naming),
    ("preposition", preposition), ("object", object_), ("quote", quote),
    ("pointer", pointer),
)  # fmt: skip
