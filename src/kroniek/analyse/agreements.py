"""References to agreements (truces, accords) and the phase of their life that the words around tell.

Terms of kinds and phases follow the ETH/PRIO Civil Conflict Ceasefire dataset (Clayton et al. 2023)
and PA-X. Words and relations come from the pack's `agreements.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kroniek.analyse.agreement_traits import load_traits, with_traits
from kroniek.analyse.events.spelling import Spelling, spelling_of
from kroniek.analyse.reference import References, references_of
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.tree import Tree, tree_of
from kroniek.language import Language
from kroniek.model import (
    AgreementMention,
    Analysis,
    EntityType,
    Interval,
    Provenance,
    Span,
    Status,
    Timex,
    Token,
    interval_of,
)

INSIDE = ("fixed", "compound:prt", "flat")  # relations that make one expression of several words
CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "obl")


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """Which words, hanging how, tell which phase. `negated`: only together with a negation."""

    id: str
    phase: str
    role: str
    lemmas: frozenset[str]
    by: frozenset[str]
    with_: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled `agreements.toml`."""

    kinds: Mapping[str, str]  # noun -> kind
    longest: int
    conditional: Mapping[str, tuple[str, frozenset[str]]]  # noun -> kind, lemmas that must hang on it
    excluded: frozenset[str]
    spelling: Spelling
    words: Mapping[str, frozenset[str]]  # class of function words -> lemmas
    rules: Mapping[tuple[str, str], tuple[PhaseRule, ...]]  # (role, lemma) -> rules


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that tells about the noun, and how the noun hangs on it."""

    role: str
    token: Token
    by: str = ""


def load_lexicon(language: Language) -> Lexicon:
    """Compile the pack's table."""
    table = language.table("agreements")
    kinds = {noun: kind for kind, nouns in table["kinds"].items() for noun in nouns}
    rules: dict[tuple[str, str], list[PhaseRule]] = {}
    for entry in table["phases"]:
        rule = PhaseRule(
            entry["id"], entry["phase"], entry["role"], frozenset(entry["lemmas"]), frozenset(entry.get("by", ())),
            frozenset(entry.get("with", ())), entry.get("negated", False),
        )  # fmt: skip
        for lemma in entry["lemmas"]:
            rules.setdefault((rule.role, lemma), []).append(rule)
    conditional = {
        noun: (kind, frozenset(entry["lemmas"]))
        for kind, entry in table["with"].items()
        for noun in entry["nouns"]
    }
    words = {name: frozenset(lemmas) for name, lemmas in table["words"].items()}
    vocabulary = {*kinds, *conditional, *(lemma for _, lemma in rules)}.union(
        *words.values(), *(rule.with_ for found in rules.values() for rule in found)
    )
    return Lexicon(
        kinds, max(map(len, kinds)), conditional, frozenset(table["not"]["nouns"]),
        spelling_of(vocabulary, language.table("events")["strong"]), words,
        {key: tuple(found) for key, found in rules.items()},
    )  # fmt: skip


def find_agreements(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `agreements` of one document."""
    lexicon = resources.language.compiled(load_lexicon)
    tree, references = tree_of(analysis), references_of(analysis)
    found: list[AgreementMention] = []
    for token in analysis.tokens:
        kind = _kind(token, tree, lexicon)
        if kind:
            found.extend(_mentions(token, kind, tree, references, analysis, lexicon))
    traits = resources.language.compiled(load_traits)
    return {"agreements": tuple(with_traits(found, tree, references, analysis.timexes, traits))}


def _kind(token: Token, tree: Tree, lexicon: Lexicon) -> str:
    """Return the kind of agreement that a noun names, "" for none; compounds go by their head."""
    if token.upos != "NOUN":
        return ""
    lemma = lexicon.spelling.word(token.lemma.replace("_", "").lower())
    if lemma in lexicon.excluded:
        return ""
    if lemma in lexicon.conditional:
        kind, needed = lexicon.conditional[lemma]
        below = {
            lexicon.spelling.word(child.lemma.lower())
            for child in tree.children(token, "nmod", "amod", "obl")
        }
        return kind if below & needed else ""
    if lemma in lexicon.kinds:
        return lexicon.kinds[lemma]
    for length in range(min(len(lemma) - 3, lexicon.longest), 3, -1):
        if lemma[-length:] in lexicon.kinds:
            return lexicon.kinds[lemma[-length:]]
    return ""


def _mentions(
    token: Token, kind: str, tree: Tree, references: References, analysis: Analysis, lexicon: Lexicon
) -> Iterator[AgreementMention]:
    """Yield the reference with each phase that is told of it: `de gesneuvelde akkoorden weer oppakken` has two."""
    span = tree.span(
        token, without=("case", "acl:relcl", "punct", "conj", "cop", "nsubj", "parataxis", "mark", "advcl")
    )
    parties, places = _participants(token, span, tree, references)
    dating = _dating(token, span, tree, analysis, lexicon)
    bare = AgreementMention(
        span, token.span, kind, parties, places,
        _past(dating, analysis.published.interval) if dating else "",
        attribution=_statement(token.span, analysis), provenance=Provenance("agreements", "reference"),
    )  # fmt: skip
    time = _time(token, dating, span, tree, analysis)
    told = _phases(token, tree, lexicon)
    for governor, rule, negated in told:
        inside = governor.role == "adjective"  # its time is not that of the sentence
        yield replace(
            bare, phase=rule.phase, cue=governor.token.span, time="" if inside else time, negated=negated,
            status=_status(governor, tree, lexicon), provenance=Provenance("agreements", rule.id),
        )  # fmt: skip
    if not told:
        yield bare


def _participants(
    token: Token, span: Span, tree: Tree, references: References
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the entity ids of the parties (adjectives, `tussen`, `van`, `met`) and of the places."""
    parties: list[str] = []
    places: list[str] = []
    for mention in references.within(span):
        entities = references.of_mention(mention)
        holder = next((word for word in tree.subtree(token) if word.span.overlaps(mention.span)), token)
        case = next((child.text.lower() for child in tree.children(holder, "case")), "")
        kinds = {references.entities[entity].type for entity in entities if entity in references.entities}
        is_place = case in {"in", "op", "boven", "voor", "rond", "bij", "over"} and kinds <= {
            EntityType.GPE, EntityType.LOC, EntityType.FAC,
        }  # fmt: skip
        (places if is_place else parties).extend(entities)
    return tuple(dict.fromkeys(parties)), tuple(dict.fromkeys(places))


def _dating(token: Token, span: Span, tree: Tree, analysis: Analysis, lexicon: Lexicon) -> Timex | None:
    """Return the time inside a reference: `de wapenstilstand van februari`.

    The parser may hang the time on the verb, so the words after `van` count, too.
    """
    after = next(iter(tree.tokens[token.index + 1 : token.index + 2]), None)
    reach = span
    if after is not None and after.text.lower() in lexicon.words["dating"]:
        reach = span.joined(Span(after.start, min(after.end + 1, len(analysis.text))))
    for item in analysis.timexes:
        if item.interval and (span.covers(item.span) or (reach != span and item.span.start == reach.end)):
            return item
    return None


def _past(item: Timex, published: Interval | None) -> str:
    """Return the reading of a time that lies before the report: what has a date is there already."""
    for value in (item.value, *(value for value, _ in item.alternatives)):
        interval = interval_of(value)
        if published is None or (interval and interval.earliest <= published.latest):
            return value
    return item.value


def _phases(token: Token, tree: Tree, lexicon: Lexicon) -> list[tuple[Governor, PhaseRule, bool]]:
    """Return words that tell a phase, with the rule and whether it is denied: an adjective, and the nearest other."""
    found: dict[bool, tuple[Governor, PhaseRule, bool]] = {}
    for governor in _governors(token, tree, lexicon):
        inside = governor.role == "adjective"
        if inside not in found and (match := _matching(token, governor, tree, lexicon)):
            found[inside] = match
    adjective, other = found.get(True), found.get(False)
    if adjective and other and (adjective[1].phase == other[1].phase or other[0].token == adjective[0].token):
        return [other]
    return [match for match in (adjective, other) if match]


def _matching(
    token: Token, governor: Governor, tree: Tree, lexicon: Lexicon
) -> tuple[Governor, PhaseRule, bool] | None:
    for lemma in _lemmas(governor.token, tree, lexicon):
        for rule in lexicon.rules.get((governor.role, lemma), ()):
            if rule.by and governor.by not in rule.by:
                continue
            if rule.with_ and not _around(governor.token, tree, lexicon) & rule.with_:
                continue
            negated = _negated(token, governor, tree, lexicon)
            if negated or not rule.negated:
                return governor, rule, negated and not rule.negated
    return None


def _lemmas(token: Token, tree: Tree, lexicon: Lexicon) -> tuple[str, ...]:
    """Return under which lemmas a word may stand in the pack: with its particle, alone, as a participle."""
    own = token.lemma.replace("_", "").lower()
    if token.upos not in ("VERB", "AUX"):
        word = token.text.lower()
        return tuple(dict.fromkeys((lexicon.spelling.word(own), own, word, word.removesuffix("e"))))
    particle = tree.child(token, "compound:prt")
    parted = particle.text.lower() if particle else ""
    joined = lexicon.spelling.verb(tree.lemma(token).lower(), token.text, parted)
    alone = lexicon.spelling.verb(own, token.text)
    return tuple(dict.fromkeys((joined, alone, token.text.lower(), token.text.lower().removesuffix("e"))))


def _around(token: Token, tree: Tree, lexicon: Lexicon) -> set[str]:
    """Return the lemmas of a word and of those that hang on it, expressions (`van kracht`) included."""
    near = [token, *tree.children(token)]
    near += [part for child in near[1:] for part in tree.children(child, *INSIDE)]
    return {lexicon.spelling.word(word.lemma.replace("_", "").lower()) for word in near}


def _governors(token: Token, tree: Tree, lexicon: Lexicon) -> Iterator[Governor]:
    """Yield the words that the noun hangs on or that hang on it, the nearest first."""
    for child in tree.children(token, "amod", "acl"):
        yield Governor("adjective", child)
        if child.upos == "VERB":
            yield Governor("object", child)
    first = token
    while first.deprel == "conj" and (above := tree.head(first)) is not None and above.index < first.index:
        first = above
    head = tree.head(first)
    if head is None:
        # A predicate: `is van kracht` may have the copula's complement as root.
        return
    case = next((child.text.lower() for child in tree.children(first, "case")), "")
    relation = first.deprel
    if relation in ("obj", "nsubj:pass", "iobj"):
        yield Governor("object", head)
        if relation == "obj":
            # `verklaarde de wapenstilstand voor beëindigd`: what is said of the object.
            # Parsers call `voor beëindigd` an xcomp or an oblique; a verb form tells it from a noun.
            said = tree.children(head, "xcomp", "obl")
            yield from (
                Governor("object", c) for c in said if c.deprel == "xcomp" or c.upos in ("VERB", "ADJ")
            )
        else:
            yield Governor("subject", head)  # `is ingestort` looks like a passive
    elif relation.startswith("nsubj"):
        yield Governor("subject", head)
        subjects = tree.children(head, "nsubj")
        # A parser may call both `dat` and the object subjects: `Dat moet de wapenstilstand redden.`
        if tree.child(head, "aux:pass") or (len(subjects) > 1 and subjects[0].index < first.index):
            yield Governor("object", head)
    elif relation.startswith(("obl", "nmod")):
        yield from _oblique(head, case, tree, lexicon)


def _oblique(head: Token, case: str, tree: Tree, lexicon: Lexicon) -> Iterator[Governor]:
    """Yield what a noun with a preposition may depend on: a noun, a verb, or a light verb's object."""
    nominal = head.upos in ("NOUN", "PROPN")
    light = nominal and lexicon.spelling.word(head.lemma.lower()) in lexicon.words["light"]
    roles = ("oblique", "genitive") if light or not nominal else ("genitive", "oblique")
    yield from (Governor(role, head, case) for role in roles)
    if not nominal:
        # `van een overeenkomst is geen sprake`: the noun of the expression hangs on the verb.
        yield from (
            Governor("oblique", child, case) for child in tree.children(head, "nsubj", "obj", "xcomp")
        )
        return
    above = tree.head(head)
    if above is not None and head.deprel in ("obj", "nsubj:pass", "nsubj", "obl"):
        # `een einde maken aan het bestand`: the noun hangs on the light verb's object.
        yield Governor("oblique", above, case)


def _negated(token: Token, governor: Governor, tree: Tree, lexicon: Lexicon) -> bool:
    """Tell whether the phase is denied, by a word at the noun or its verb, or at what has to succeed for it.

    `Zij zijn er niet in geslaagd een akkoord te bereiken.`
    """
    near = [*tree.children(token), *tree.children(governor.token)]
    near += tree.children(governor.token, *INSIDE)
    word = governor.token
    light = set(_lemmas(word, tree, lexicon)) & lexicon.words["light"]
    if light and word.deprel == "nsubj" and (head := tree.head(word)) is not None:
        near += tree.children(head)
    for above in _clauses_above(word, tree):
        if not set(_lemmas(above, tree, lexicon)) & lexicon.words["achieving"]:
            break
        near += tree.children(above)
    return any(child.text.lower() in lexicon.words["negations"] for child in near)


def _clauses_above(word: Token, tree: Tree) -> Iterator[Token]:
    while word.deprel.partition(":")[0] in CLAUSES and (above := tree.head(word)) is not None:
        yield above
        word = above


def _status(governor: Governor, tree: Tree, lexicon: Lexicon) -> Status:
    """Return planned or possible where a modal, an aim or a future governs the phase, else happened."""
    word, words = governor.token, lexicon.words
    helpers = {lexicon.spelling.verb(child.lemma.lower(), child.text) for child in tree.children(word, "aux")}
    head = tree.head(word)
    above = set(_lemmas(head, tree, lexicon)) if head is not None else set()
    if head is not None and word.deprel in ("xcomp", "advcl", "ccomp", "acl"):
        helpers |= above
        helpers |= {child.lemma.lower() for child in tree.children(head, "aux") if above & words["achieving"]}
    if helpers & words["future"]:
        return Status.PLANNED
    if helpers & words["wishes"]:
        return Status.CALLED_FOR
    if helpers & words["chances"]:
        return Status.POSSIBLE
    aim = word.deprel in ("xcomp", "advcl", "acl") and any(
        child.text.lower() in words["aims"] for child in tree.children(word, "mark")
    )
    return Status.POSSIBLE if aim and not above & words["achieving"] else Status.HAPPENED


def _statement(span: Span, analysis: Analysis) -> str:
    """Return the id of the innermost statement whose content holds the words, "" when nobody says them."""
    holding = [
        item for item in analysis.attributions if any(stretch.covers(span) for stretch in item.content)
    ]
    return min(holding, key=lambda item: sum(map(len, item.content))).id if holding else ""


def _time(token: Token, dating: Timex | None, span: Span, tree: Tree, analysis: Analysis) -> str:
    """Return the value of the one calendar time of the sentence outside the reference, "" when unclear."""
    sentence = tree.sentence(token).span
    outside: Sequence[str] = [
        item.value
        for item in analysis.timexes
        if sentence.covers(item.span) and not span.covers(item.span) and item.interval and item != dating
    ]
    return outside[0] if len(set(outside)) == 1 else ""


AGREEMENTS = Step(
    "agreements",
    needs=("tokens", "sentences", "mentions", "links", "timexes", "attributions"),
    gives=("agreements",),
    run=per_document(find_agreements),
)
