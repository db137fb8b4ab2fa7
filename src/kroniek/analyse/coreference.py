"""Step: what pronouns and descriptions refer to within a document.

Each referent in text order joins the chain that a small trained ranker holds likeliest, or begins its
own (mention ranking, Denis and Baldridge 2008; entities and sieves as in van Cranenburgh 2019). Pairs
(`de twee`, `beide landen`) and sides (`zijn land`, `we`) have sieves of their own.
"""

from __future__ import annotations

import math

from kroniek.analyse.chains import NOMINAL, Chain, chain_referents
from kroniek.analyse.descriptions import find_descriptions
from kroniek.analyse.discourse import Discourse, discourse_of
from kroniek.analyse.ranker import Ranker, ranker_of
from kroniek.analyse.ranking import Context, answers, new_features
from kroniek.analyse.referents import Referent
from kroniek.analyse.sieves import (
    AUTHORITIES,
    NARROW,
    REPORT,
    body_again,
    description_again,
    last_named,
    may_describe,
    relative_again,
)
from kroniek.analyse.speaking import speaker_again
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.model import Analysis, EntityType, Link, Mention, MentionKind, Provenance, Span

THIRD = frozenset({"he", "she", "ze", "his", "her"})
NEAR = 3  # sentences
GENDERED = frozenset({"nominal.man", "nominal.woman"})  # rules of nouns for kin, among others
NAMED_SOON = 6  # sentences within which who spoke unnamed is named


def resolve_references(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layers `references` and `coreferences` of one document."""
    discourse = read_chains(analysis, resources)
    for referent in discourse.referents:
        _report(referent, discourse)
    for mention, entities, sieve in find_descriptions(discourse, _taken(discourse)):
        _add(discourse, mention, entities, sieve, 0.6)
    found = sorted(discourse.found, key=lambda item: item[0].span)
    return {
        "references": tuple(mention for mention, _ in found),
        "coreferences": tuple(link for _, link in found),
    }


def read_chains(analysis: Analysis, resources: Resources) -> Discourse:
    """Return a document's discourse with all its chains."""
    discourse = discourse_of(analysis, resources)
    context = discourse.context()
    ranker = resources.language.compiled(ranker_of)

    def choose(referent: Referent, candidates: list[Chain]) -> Chain | None:
        return decided(referent, candidates, context, ranker)

    in_order = discourse.in_reading_order()
    for referent, chain in chain_referents(in_order, discourse.chains, choose, context.turns.voices):
        context.note(referent, chain)
    if len(discourse.analysis.tokens) <= REPORT:
        name_earlier(discourse, context)
    return discourse


def name_earlier(discourse: Discourse, context: Context) -> None:
    """Let who speaks by a noun be who is named by it later: `een neef zegt ..., aldus neef Piet Maes`."""
    unnamed: dict[str, list[Chain]] = {}
    for referent in discourse.in_reading_order():
        chain = discourse.chains.of_head[referent.head]
        if chain.kind != "PER" or chain.plural or referent.head not in context.sayers:
            continue
        if not chain.entities and referent.form in ("a", "the", "own"):
            unnamed.setdefault(referent.noun, []).append(chain)
        nouns = (*referent.titles, referent.noun) if chain.entities else ()
        for earlier in (found for noun in nouns for found in unnamed.pop(noun, ())):
            first = earlier.referents[0]  # `een getuige` and `getuige Piet Maes` may be two
            same = first.form != "a" or first.rule in GENDERED or referent.form == "the"
            near = context.distance(referent, earlier.last) <= NAMED_SOON
            if same and near and not earlier.entities and {chain.gender, earlier.gender} != {"m", "f"}:
                earlier.entities = chain.entities


def decided(referent: Referent, candidates: list[Chain], context: Context, ranker: Ranker) -> Chain | None:
    """Return the chain that a sieve or else the ranker puts a referent into, None for a new one."""
    sieved = sieve(referent, candidates, context)
    return sieved or best_chain(referent, allowed(referent, candidates, context), context, ranker)


def allowed(referent: Referent, candidates: list[Chain], context: Context) -> list[Chain]:
    """Return the candidates for the ranker.

    In a report `de rechter` is none of the people named, `het parket` no police, and the reporter's `hij` none whom only a
    quotation speaks of.
    """
    if len(context.tree.tokens) > REPORT:
        return candidates
    if referent.form == "the" and (referent.sort or referent.rule in NARROW):
        return [chain for chain in candidates if not chain.entities or may_describe(referent, chain)]
    if referent.form in THIRD and referent.quotation < 0 and _means_somebody(referent, candidates, context):
        return [chain for chain in candidates if chain.told or chain.entities]
    return candidates


def sieve(referent: Referent, candidates: list[Chain], context: Context) -> Chain | None:
    """Return the chain that a sieve of news decides on; None in prose, and when none does."""
    if len(context.tree.tokens) > REPORT:
        return None
    for tried in (speaker_again, body_again, last_named, relative_again, description_again):
        if found := tried(referent, candidates, context):
            return found
    return None


def best_chain(referent: Referent, candidates: list[Chain], context: Context, ranker: Ranker) -> Chain | None:
    """Return the chain that a referent belongs to, None when it begins its own.

    Who speaks says `ik`, not `hij`; and in a report `hij` and `zij` mean somebody told of before.
    """
    *scores, alone = ranker.scores(
        referent.form, [*answers(referent, candidates, context), new_features(referent, candidates)]
    )
    best: Chain | None = None
    highest = -math.inf if _means_somebody(referent, candidates, context) else alone
    speaker = context.turns.named(referent.quotation) if referent.form in THIRD else -1
    for chain, value in zip(candidates, scores, strict=True):
        if chain.number != speaker and value > highest:
            best, highest = chain, value
    return best


def _means_somebody(referent: Referent, candidates: list[Chain], context: Context) -> bool:
    if referent.form not in ("he", "she", "ze") or len(context.tree.tokens) > REPORT:
        return False
    return any(
        chain.kind == "PER" and chain.entities and context.distance(referent, chain.last) <= NEAR
        for chain in candidates
    )


def _taken(discourse: Discourse) -> frozenset[int]:
    """Return the starts of the head words that are linked already."""
    linked = {link.mention for link in discourse.analysis.links}
    heads = [mention.head or mention.span for mention in discourse.analysis.mentions if mention.id in linked]
    return frozenset(span.start for span in heads)


def _add(discourse: Discourse, mention: Mention, entities: tuple[str, ...], sieve: str, score: float) -> None:
    discourse.found.append((mention, Link(mention.id, entities, score, sieve)))


def _report(referent: Referent, discourse: Discourse) -> None:
    """Give a referent without a name the entities of its chain, if the chain has any."""
    entities = discourse.chains.of_head[referent.head].entities
    sieve = f"{'nominal' if referent.form in NOMINAL else 'pronoun'}.{referent.form}"
    if referent.form == "we" and referent.quotation >= 0:
        entities, sieve = _side(referent, discourse) or entities, "pronoun.quoted-we"
    elif referent.rule == AUTHORITIES and not entities:
        entities, sieve = discourse.country_at(referent.head), AUTHORITIES
    if referent.entities or not entities or referent.form == "name":
        return
    head = discourse.analysis.tokens[referent.head]
    span = Span(discourse.analysis.tokens[referent.first].start, head.end)
    kind = MentionKind.NOMINAL if referent.form in NOMINAL else MentionKind.PRONOUN
    entity = discourse.entities.get(entities[0])
    mention = Mention(
        span,
        kind,
        entity.type if entity else EntityType.PER,
        head.span,
        0.7,
        Provenance("coreference", sieve),
    )
    discourse.resolved[referent.head] = entities
    _add(discourse, mention, entities, sieve, 0.7)


def _side(referent: Referent, discourse: Discourse) -> tuple[str, ...]:
    """`we` in a quotation is the speaker's country, or whom the speaker works for."""
    speaker = discourse.speaker_in(referent.quotation)
    return tuple(dict.fromkeys(discourse.country_of(entity) or entity for entity in speaker))


COREFERENCE = Step(
    "coreference",
    needs=("sentences", "tokens", "quotations", "timexes", "mentions", "entities", "links"),
    gives=("references", "coreferences"),
    run=per_document(resolve_references),
)
