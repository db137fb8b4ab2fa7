"""Where a verb's content can stand: in a clause, before or after an inserted cue, behind a colon, in an object.

Each frame is a function of the reading, the verb and its cue that returns a `Found`, or None. The
frames follow the grammar of Dutch reported speech; an example stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kroniek.analyse.attributions.content import quotation_spans, spans_of
from kroniek.analyse.attributions.cues import Cue
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
MARKS = frozenset({"dat", "of", "om", "alsof", "als"})
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
    for head in _clauses(reading, verb):
        if _is_content(reading, verb, head, cue):
            return _clause_found(reading, verb, head, "clause")
    return None


def _is_content(reading: Reading, verb: Token, head: Token, cue: Cue) -> bool:
    """Tell whether a clause under a verb gives what is said, and not why or when."""
    marks = _mark_of(reading, head)
    if not _has_mark(reading, head):
        return (
            is_relation(head, "ccomp") and head.index > verb.index and _follows_closely(reading, verb, head)
        )
    if is_relation(head, "advcl", "acl") and not marks & {"dat", "of", "om"}:
        return False
    return "om" not in marks or "infinitive" in cue.takes


def infinitive(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X beloofde te vertrekken`, `X eist met rust gelaten te worden`: an infinitive with `te`."""
    for head in reading.tree.children(verb, "xcomp", "ccomp", "advcl"):
        marks = _mark_of(reading, head)
        if "te" in marks and head.index > verb.index and "dat" not in marks:
            return _clause_found(reading, verb, head, "infinitive")
    return None


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


def _clause_found(reading: Reading, verb: Token, head: Token, frame: str) -> Found | None:
    tokens = clause_tokens(reading, head, verb)
    content = spans_of(reading, tokens)
    if not content:
        return None
    return Found(_with_colon_speech(reading, content), frame, head)


def clause_tokens(reading: Reading, head: Token, verb: Token) -> list[Token]:
    """Return the words of a clause under a verb, without what belongs to the sentence around it.

    `X zei dat A, maar merkte op dat B` ends with A; a cue in the middle of the clause is left out.
    """
    tree = reading.tree
    tokens = tree.subtree(head)
    for branch_head in tree.children(head, "conj", "parataxis", "advcl"):
        branch = tree.subtree(branch_head)
        if is_relation(branch_head, "conj") and _is_main_clause(reading, head, branch_head, branch):
            tokens = [token for token in tokens if token.index < branch[0].index]
        elif (
            is_relation(branch_head, "parataxis")
            and branch_head.lemma.replace("_", "") in reading.lexicon.verbs
        ):
            cut = {token.index for token in branch}
            tokens = [token for token in tokens if token.index not in cut]
    if head.index > verb.index:
        tokens = [token for token in tokens if token.index > verb.index]
    else:
        tokens = [token for token in tokens if token.index < verb.index]
    return _filled(reading, tokens)


def _is_main_clause(reading: Reading, head: Token, joined: Token, branch: Sequence[Token]) -> bool:
    """Tell whether a coordinated verb goes on with the outer sentence: finite verb right after `maar`, `en`."""
    words = [token for token in branch if not is_break(token) and not is_relation(token, "cc")]
    if "dat" in _mark_of(reading, joined) or "of" in _mark_of(reading, joined):
        return False
    verb_final = bool(_mark_of(reading, head) & {"dat", "of"})
    return verb_final and bool(words) and "VerbForm=Fin" in words[0].feats and len(words) > 1


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
    """`X riep "weg ermee" toen ...`: a quotation that follows the verb's own words."""
    sentence = reading.tree.sentence(verb)
    tokens = reading.tree.tokens
    for quotation in reading.quotations_in(Span(verb.end, tokens[sentence.last - 1].end)):
        opening = reading.first_token(quotation.span.start)
        between = tokens[verb.index + 1 : opening]
        if len(between) > 14 or any(_stops_quote(token) for token in between):
            return None
        return Found(quotation_spans(reading, quotation), "quote", None)
    return None


def _stops_quote(token: Token) -> bool:
    return token.text.lower() in {",", ";", "als", "dat", "of"} or (
        token.upos == "VERB" and "VerbForm=Fin" in token.feats
    )


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
        return None
    named = [child for child in tree.children(verb, "obj", "nsubj:pass") if child not in said]
    tokens: list[Token] = []
    clauses = [child for child in tree.children(verb, "ccomp", "csubj") if child.index > said[0].index]
    for child in (*named, *said, *clauses):
        if child.text.lower() not in {"die", "dat"} or child not in named:
            tokens.extend(tree.subtree(child))
    ordered = sorted({token.index: token for token in tokens}.values(), key=lambda token: token.index)
    content = spans_of(reading, _filled(reading, ordered))
    return Found(content, "naming", said[0]) if content else None


def _names_it(reading: Reading, child: Token, cue: Cue) -> bool:
    if child.text.lower() in WH_WORDS:
        return False
    if cue.prepositions:  # `als`
        words = {token.text.lower() for token in reading.tree.children(child, "case", "mark")}
        return bool(words & cue.prepositions)
    return is_relation(child, "xcomp") and "VerbForm=Inf" not in child.feats


def preposition(reading: Reading, verb: Token, cue: Cue) -> Found | None:
    """`X beschuldigt Y van Z`, `X roept op tot Z`, `X pleit voor Z`: Z, without its preposition."""
    tree = reading.tree
    for child in tree.children(verb, "obl", "advmod", "xcomp", "advcl", "nmod"):
        for case in tree.children(child, "case", "mark"):
            if case.text.lower() in cue.prepositions and child.index > case.index:
                tokens = [token for token in tree.subtree(child) if token.index > case.index]
                content = spans_of(reading, _filled(reading, tokens))
                return Found(content[:1], "preposition", child) if content else None
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
        content = spans_of(reading, tokens)
        if content:
            return Found(content, "object", child)
    return None


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
    ("quote", quote), ("preposition", preposition), ("object", object_),
)  # fmt: skip
