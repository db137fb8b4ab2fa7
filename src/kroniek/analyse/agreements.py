"""References to agreements (truces, accords) and the phase of their life that the words around tell.

Terms of kinds and phases follow the ETH/PRIO Civil Conflict Ceasefire dataset (Clayton et al. 2023)
and PA-X. Words and relations come from the pack's `agreements.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kroniek.analyse.agreement_phases import (
    Governor,
    Lexicon,
    PhaseRule,
    lemmas_of,
    load_lexicon,
    phases_beside,
    status_of_phase,
)
from kroniek.analyse.agreement_traits import load_traits, with_traits
from kroniek.analyse.reference import References, references_of
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.times.linking import time_beside
from kroniek.analyse.tree import Tree, is_relation, tokens_in, tree_of
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


def find_agreements(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layer `agreements` of one document."""
    lexicon = resources.language.compiled(load_lexicon)
    tree, references = tree_of(analysis), references_of(analysis)
    found: list[AgreementMention] = []
    last: Token | None = None
    for token in analysis.tokens:
        kind = _kind(token, tree, lexicon)
        if kind and _is_any(token, tree):
            last = None  # a pronoun after it means those
        elif kind:
            found.extend(_mentions(token, kind, tree, references, analysis, lexicon))
            last = token
        elif last is not None and token.sentence <= last.sentence + 1:
            found.extend(_resumed(token, found[-1], tree, references, analysis, lexicon))
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


def _is_fresh(token: Token, tree: Tree, lexicon: Lexicon) -> bool:
    """Tell whether a reference is told from another: `een nieuw bestand`, `het tweede bestand`."""
    words = tree.children(token, "amod", "nummod")
    return any({word.text.lower(), word.lemma.lower()} & lexicon.words["telling_apart"] for word in words)


def _is_any(token: Token, tree: Tree) -> bool:
    """Tell whether several are meant that no word points to: `er werden al verschillende akkoorden bereikt`."""
    if "Number=Plur" not in token.feats:
        return False
    pointing = tree.children(token, "det", "nmod:poss")
    return not any("Definite=Def" in word.feats or word.upos in ("DET", "PRON") for word in pointing)


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
        fresh=_is_fresh(token, tree, lexicon),
    )  # fmt: skip
    told = phases_beside(token, tree, lexicon)
    yield from _with_phases(bare, told, tree, references, analysis, lexicon)
    if not told:
        yield bare


def _with_phases(
    bare: AgreementMention,
    told: Sequence[tuple[Governor, PhaseRule, bool]],
    tree: Tree,
    references: References,
    analysis: Analysis,
    lexicon: Lexicon,
) -> Iterator[AgreementMention]:
    """Yield a reference with each phase that is told of it, dated by what hangs on the word that tells it."""
    for governor, rule, negated in told:
        time, interval, _ = time_beside(analysis, tree, governor.token, without=bare.span)
        if governor.part == "adjective" or interval is None:
            time = ""  # inside the reference no time is that of the sentence
        status = status_of_phase(governor, tree, lexicon)
        if rule.phase == "in_force" and time and status is Status.CALLED_FOR:
            status = Status.PLANNED  # `moet maandag ingaan`
        if status is Status.HAPPENED and time and _lies_ahead(interval, analysis.published.interval):
            status = Status.PLANNED  # `gaat zondag in`
        concludes = (
            rule.phase in ("declared", "accepted")
            and status is Status.HAPPENED
            and not negated
            and not bare.parties
        )
        yield replace(
            bare, phase=rule.phase, cue=governor.token.span, time=time, negated=negated, status=status,
            parties=_by_whom(governor.token, tree, references) if concludes else bare.parties,
            provenance=Provenance("agreements", rule.id),
        )  # fmt: skip


def _by_whom(verb: Token, tree: Tree, references: References) -> tuple[str, ...]:
    """Return who concludes an agreement: the subject of the verb that tells it.

    One person alone may only bring the news of it: `Lavrov kondigde een bestand aan`.
    """
    active = verb.upos == "VERB" and tree.child(verb, "aux:pass") is None
    subjects = tree.children(verb, "nsubj") if active else []
    heads = [word for subject in subjects for word in (subject, *tree.children(subject, "conj"))]
    found = [entity for head in heads for entity in references.of_head(head.span, tree.phrase(head))]
    known = (references.entities[entity] for entity in found if entity in references.entities)
    alone = len(found) == 1 and all(entity.type is EntityType.PER for entity in known)
    return () if alone else tuple(dict.fromkeys(found))


def _lies_ahead(interval: Interval | None, published: Interval | None) -> bool:
    return interval is not None and published is not None and interval.earliest > published.latest


def _resumed(
    token: Token,
    last: AgreementMention,
    tree: Tree,
    references: References,
    analysis: Analysis,
    lexicon: Lexicon,
) -> Iterator[AgreementMention]:
    """Yield a pronoun that stands for the last agreement: `Die moet maandag ingaan`, `zij kwamen het overeen`.

    Only beside verbs that are said of agreements alone, in the sentence after it or in its own.
    """
    head = tree.head(token) if token.text.lower() in lexicon.words["pronouns"] else None
    if head is None or is_relation(head, "acl:relcl"):
        return
    if not set(lemmas_of(head, tree, lexicon)) & lexicon.words["of_agreements"]:
        return
    told = [item for item in phases_beside(token, tree, lexicon) if item[0].part == "main"]
    bare = replace(
        last, span=token.span, head=token.span, phase="", cue=None, time="", negated=False, fresh=False,
        attribution=_statement(token.span, analysis),
    )  # fmt: skip
    yield from _with_phases(bare, told[:1], tree, references, analysis, lexicon)


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
        if not item.interval or not (
            span.covers(item.span) or (reach != span and item.span.start == reach.end)
        ):
            continue
        if not any(_in_clause_below(word, token, tree) for word in tokens_in(analysis, item.span)[:1]):
            return item
    return None


def _in_clause_below(word: Token, top: Token, tree: Tree) -> bool:
    """Tell whether a word belongs to a clause inside the reference: `een akkoord over een bestand dat vrijdag inging`."""
    for above in (word, *tree.ancestors(word)):
        if above == top:
            return False
        if is_relation(above, "acl:relcl"):
            return True
    return False


def _past(item: Timex, published: Interval | None) -> str:
    """Return the reading of a time that lies before the report: what has a date is there already."""
    for value in (item.value, *(value for value, _ in item.alternatives)):
        interval = interval_of(value)
        if published is None or (interval and interval.earliest <= published.latest):
            return value
    return item.value


def _statement(span: Span, analysis: Analysis) -> str:
    """Return the id of the innermost statement whose content holds the words, "" when nobody says them."""
    holding = [
        item for item in analysis.attributions if any(stretch.covers(span) for stretch in item.content)
    ]
    return min(holding, key=lambda item: sum(map(len, item.content))).id if holding else ""


AGREEMENTS = Step(
    "agreements",
    needs=("tokens", "sentences", "mentions", "links", "timexes", "attributions"),
    gives=("agreements",),
    run=per_document(find_agreements),
)
