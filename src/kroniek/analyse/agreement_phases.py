"""Which words around a reference to an agreement tell a phase of its life, and whether it was reached.

Words and relations come from the pack's `agreements.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kroniek.analyse.events.spelling import Spelling, spelling_of
from kroniek.analyse.tree import Tree, is_relation
from kroniek.language import Language
from kroniek.model import Status, Token

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
    """A word that tells about the noun, how the noun hangs on it, and where it stands.

    `part` is `adjective` (inside the reference), `relative` (`het bestand dat maandag inging`) or `main`.
    """

    role: str
    token: Token
    by: str = ""
    part: str = "main"


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


def phases_beside(token: Token, tree: Tree, lexicon: Lexicon) -> list[tuple[Governor, PhaseRule, bool]]:
    """Return words that tell a phase, with the rule and whether it is denied.

    Of those inside the reference, of those in a clause of its own, and of the others the nearest. What hangs
    on a condition (`als het bestand standhoudt`) is no phase.
    """
    found: dict[str, tuple[Governor, PhaseRule, bool]] = {}
    for governor in _governors(token, tree, lexicon):
        if governor.part not in found and (match := _matching(token, governor, tree, lexicon)):
            found[governor.part] = match
    main = found.get("main")
    for part in ("adjective", "relative"):
        if (
            main
            and part in found
            and (found[part][1].phase == main[1].phase or found[part][0].token == main[0].token)
        ):
            del found[part]
    return [match for match in found.values() if not _is_conditional(match[0].token, tree, lexicon)]


def _is_conditional(token: Token, tree: Tree, lexicon: Lexicon) -> bool:
    marks = (
        mark.text.lower()
        for clause in (token, *_clauses_above(token, tree))
        for mark in tree.children(clause, "mark")
    )
    return any(mark in lexicon.words["conditions"] for mark in marks)


def _matching(
    token: Token, governor: Governor, tree: Tree, lexicon: Lexicon
) -> tuple[Governor, PhaseRule, bool] | None:
    for lemma in lemmas_of(governor.token, tree, lexicon):
        for rule in lexicon.rules.get((governor.role, lemma), ()):
            if rule.by and governor.by not in rule.by:
                continue
            if rule.with_ and not _around(governor.token, tree, lexicon) & rule.with_:
                continue
            negated = _negated(token, governor, tree, lexicon)
            if negated or not rule.negated:
                return governor, rule, negated and not rule.negated
    return None


def lemmas_of(token: Token, tree: Tree, lexicon: Lexicon) -> tuple[str, ...]:
    """Return under which lemmas a word may stand in the pack: with its particle, alone, as a participle."""
    own = token.lemma.replace("_", "").lower()
    if token.upos not in ("VERB", "AUX"):
        word = token.text.lower()
        return tuple(dict.fromkeys((lexicon.spelling.word(own), own, word, word.removesuffix("e"))))
    particle = tree.particle(token)
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
        if is_relation(child, "acl:relcl"):
            continue
        yield Governor("adjective", child, part="adjective")
        if child.upos == "VERB":
            yield Governor("object", child)
    yield from _relative(token, tree)
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


def _relative(token: Token, tree: Tree) -> Iterator[Governor]:
    """Yield the verb of the noun's own clause: `dat op 12 september was ingegaan`, `dat zij beëindigden`."""
    for verb in tree.children(token, "acl:relcl"):
        for word in tree.children(verb, "nsubj", "nsubj:pass", "obj"):
            if word.text.lower() not in ("dat", "die", "welke"):
                continue
            if word.deprel != "obj":
                yield Governor("subject", verb, part="relative")
            if word.deprel != "nsubj" or tree.child(verb, "aux:pass"):
                yield Governor("object", verb, part="relative")


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
    beside = [child for child in tree.children(governor.token, "obj", "advmod", *INSIDE) if child != token]
    near += [word for child in beside for word in tree.children(child, "det", "advmod")]  # `hield geen stand`
    word = governor.token
    light = set(lemmas_of(word, tree, lexicon)) & lexicon.words["light"]
    if light and word.deprel == "nsubj" and (head := tree.head(word)) is not None:
        near += tree.children(head)
    for above in _clauses_above(word, tree):
        if not set(lemmas_of(above, tree, lexicon)) & lexicon.words["achieving"]:
            break
        near += tree.children(above)
    return any(child.text.lower() in lexicon.words["negations"] for child in near)


def _clauses_above(word: Token, tree: Tree) -> Iterator[Token]:
    while word.deprel.partition(":")[0] in CLAUSES and (above := tree.head(word)) is not None:
        yield above
        word = above


def status_of_phase(governor: Governor, tree: Tree, lexicon: Lexicon) -> Status:
    """Return planned or possible where a modal, an aim or a future governs the phase, else happened."""
    word, words = governor.token, lexicon.words
    helpers = {lexicon.spelling.verb(child.lemma.lower(), child.text) for child in tree.children(word, "aux")}
    head = tree.head(word)
    above = set(lemmas_of(head, tree, lexicon)) if head is not None else set()
    if head is not None and word.deprel in ("xcomp", "advcl", "ccomp", "acl"):
        helpers |= above
        helpers |= {child.lemma.lower() for child in tree.children(head, "aux") if above & words["achieving"]}
    if helpers & words["future"]:
        return Status.PLANNED
    if helpers & words["wishes"]:
        return Status.CALLED_FOR
    if above & words["willing"]:
        return Status.OFFERED
    if above & words["accusing"]:
        return Status.HAPPENED  # `beschuldigen elkaar ervan het bestand te schenden`: so it is alleged
    if helpers & words["chances"]:
        return Status.POSSIBLE
    aim = word.deprel in ("xcomp", "advcl", "acl") and any(
        child.text.lower() in words["aims"] for child in tree.children(word, "mark")
    )
    return Status.POSSIBLE if aim and not above & words["achieving"] else Status.HAPPENED
