"""References to agreements (truces, accords) and the phase of their life that the words around tell.

Terms of kinds and phases follow the ETH/PRIO Civil Conflict Ceasefire dataset (Clayton et al. 2023)
and PA-X. Words and relations come from the pack's `agreements.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kroniek.analyse.reference import References, references_of
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.tree import Tree, tree_of
from kroniek.language import Language
from kroniek.model import AgreementMention, Analysis, EntityType, Provenance, Span, Status, Token

NEGATIONS = frozenset({"niet", "geen", "nooit", "evenmin", "nauwelijks", "zonder"})
WISHES = frozenset({"moeten", "willen", "kunnen", "zullen", "mogen", "hopen", "proberen", "dienen"})


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
    return Lexicon(
        kinds, max(map(len, kinds)), conditional, frozenset(table["not"]["nouns"]),
        {key: tuple(found) for key, found in rules.items()},
    )  # fmt: skip


def find_agreements(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `agreements` of one document."""
    lexicon = resources.language.compiled(load_lexicon)
    tree, references = tree_of(analysis), references_of(analysis)
    found = []
    for token in analysis.tokens:
        kind = _kind(token, tree, lexicon)
        if kind:
            found.append(_mention(token, kind, tree, references, analysis, lexicon))
    return {"agreements": tuple(found)}


def _kind(token: Token, tree: Tree, lexicon: Lexicon) -> str:
    """Return the kind of agreement that a noun names, "" for none; compounds go by their head."""
    if token.upos != "NOUN":
        return ""
    lemma = token.lemma.replace("_", "").lower()
    if lemma in lexicon.excluded:
        return ""
    if lemma in lexicon.conditional:
        kind, needed = lexicon.conditional[lemma]
        below = {child.lemma.lower() for child in tree.children(token, "nmod", "amod", "obl")}
        return kind if below & needed else ""
    if lemma in lexicon.kinds:
        return lexicon.kinds[lemma]
    for length in range(min(len(lemma) - 3, lexicon.longest), 3, -1):
        if lemma[-length:] in lexicon.kinds:
            return lexicon.kinds[lemma[-length:]]
    return ""


def _mention(
    token: Token, kind: str, tree: Tree, references: References, analysis: Analysis, lexicon: Lexicon
) -> AgreementMention:
    span = tree.span(
        token, without=("case", "acl:relcl", "punct", "conj", "cop", "nsubj", "parataxis", "mark", "advcl")
    )
    parties, places = _participants(token, span, tree, references)
    governor, rule, negated = _phase(token, tree, lexicon)
    dated = next((item.value for item in analysis.timexes if span.covers(item.span) and item.interval), "")
    cue = governor.token.span if governor else None
    statement = _statement(token.span, analysis)
    return AgreementMention(
        span, token.span, kind, parties, places, dated, rule.phase if rule else "", cue,
        _time(token, span, tree, analysis) if rule else "", _status(governor, tree), negated, statement,
        Provenance("agreements", rule.id if rule else "reference"),
    )  # fmt: skip


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


def _phase(token: Token, tree: Tree, lexicon: Lexicon) -> tuple[Governor | None, PhaseRule | None, bool]:
    """Return the word that tells a phase, its rule, and whether the phase is denied; nearest word first."""
    for governor in _governors(token, tree):
        lemma = tree.lemma(governor.token).lower()
        for rule in lexicon.rules.get((governor.role, lemma), ()):
            if rule.by and governor.by not in rule.by:
                continue
            around = {child.lemma.lower() for child in tree.children(governor.token)} | {lemma}
            if rule.with_ and not around & rule.with_:
                continue
            negated = _negated(token, governor, tree)
            if rule.negated and not negated:
                continue
            return governor, rule, negated and not rule.negated
    return None, None, False


def _governors(token: Token, tree: Tree) -> Iterator[Governor]:
    """Yield the words that the noun hangs on or that hang on it, the nearest first."""
    for child in tree.children(token, "amod", "acl"):
        yield Governor("adjective", child)
        yield Governor("object" if child.upos == "VERB" else "adjective", child)
    first = token
    while first.deprel == "conj" and (above := tree.head(first)) is not None and above.index < first.index:
        first = above
    head = tree.head(first)
    if head is None:
        # A predicate: `is van kracht` may have the copula's complement as root.
        return
    case = next((child.lemma.lower() for child in tree.children(first, "case")), "")
    relation = first.deprel
    if relation in ("obj", "nsubj:pass", "iobj"):
        yield Governor("object", head)
    elif relation.startswith("nsubj"):
        yield Governor("subject", head)
        if head.upos == "VERB" and tree.child(head, "aux:pass"):
            yield Governor("object", head)
    elif relation.startswith(("obl", "nmod")):
        role = "genitive" if head.upos in ("NOUN", "PROPN") and lexical(head) else "oblique"
        yield Governor(role, head, case)
        yield Governor("oblique" if role == "genitive" else "genitive", head, case)
        above = tree.head(head)
        if above is not None and head.deprel in ("obj", "nsubj:pass", "obl"):
            # `een einde maken aan het bestand`, `geen sprake van`: the noun hangs on the light verb's object.
            yield Governor("oblique", above, case)


def lexical(token: Token) -> bool:
    """Tell whether a noun stands for itself and is not part of `geen sprake zijn van`."""
    return token.lemma.lower() not in {"sprake"}


def _negated(token: Token, governor: Governor, tree: Tree) -> bool:
    near = [*tree.children(token), *tree.children(governor.token)]
    return any(child.lemma.lower() in NEGATIONS or child.text.lower() in NEGATIONS for child in near)


def _status(governor: Governor | None, tree: Tree) -> Status:
    """Return planned or possible where a modal, an aim or a future governs the phase, else happened."""
    if governor is None:
        return Status.HAPPENED
    word = governor.token
    helpers = {child.lemma.lower() for child in tree.children(word, "aux")}
    head = tree.head(word)
    if (
        head is not None
        and word.deprel in ("xcomp", "advcl", "ccomp", "acl")
        and head.lemma.lower() in WISHES
    ):
        helpers.add(head.lemma.lower())
    if helpers & {"zullen"}:
        return Status.PLANNED
    if helpers & WISHES:
        return Status.CALLED_FOR if helpers & {"moeten", "dienen", "willen"} else Status.POSSIBLE
    aim = word.deprel in ("xcomp", "advcl", "acl") and any(
        child.text.lower() in ("om", "te") for child in tree.children(word, "mark")
    )
    return Status.POSSIBLE if aim else Status.HAPPENED


def _statement(span: Span, analysis: Analysis) -> str:
    """Return the id of the innermost statement whose content holds the words, "" when nobody says them."""
    holding = [
        item for item in analysis.attributions if any(stretch.covers(span) for stretch in item.content)
    ]
    return min(holding, key=lambda item: sum(map(len, item.content))).id if holding else ""


def _time(token: Token, span: Span, tree: Tree, analysis: Analysis) -> str:
    """Return the value of the one calendar time of the sentence outside the reference, "" when unclear."""
    sentence = tree.sentence(token).span
    outside: Sequence[str] = [
        item.value
        for item in analysis.timexes
        if sentence.covers(item.span) and not span.covers(item.span) and item.interval is not None
    ]
    return outside[0] if len(set(outside)) == 1 else ""


AGREEMENTS = Step(
    "agreements",
    needs=("tokens", "sentences", "mentions", "links", "timexes", "attributions"),
    gives=("agreements",),
    run=per_document(find_agreements),
)
